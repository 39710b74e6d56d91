//! Which lines are headings and at which level, which stand in contents lists, and which list items and cells name a
//! purpose.
//!
//! In come the lines of a document as `headings.rs` read them; out come decisions the outline is built from. A line is
//! never taken for a heading only because it is short: addresses are short too.

use super::headings::{Line, hits_in};
use super::layout::is_purpose;
use super::outline::{Aspect, Outline, PartKind};
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::{BlockKind, Text};
use crate::text::Fold;

/// A heading's level, and whether it is marked up or numbered rather than guessed from the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// 1 to 6.
    pub level: u8,
    /// Whether the document itself says so.
    pub sure: bool,
}

/// The level of a block that is a heading, `None` where it is none.
pub fn is_heading(lines: &[Line], at: usize, text: &Text) -> Option<Level> {
    let block = &text.blocks[at];
    match block.kind {
        BlockKind::Heading(level) => return Some(Level { level, sure: true }),
        BlockKind::Term => return Some(Level { level: 6, sure: true }),
        BlockKind::Item(_) if item_is_heading(lines, at, text) => return Some(Level { level: 3, sure: false }),
        BlockKind::Item(_) | BlockKind::Cell | BlockKind::Definition => return None,
        BlockKind::Paragraph => {}
    }
    let line = &lines[at];
    let words = text.quote(block.span);
    if !line.short || block.furniture || line.furniture || is_address_line(words) {
        return None;
    }
    let (level, numbered) = number_level(words);
    let known = (line.aspect.is_some() || line.purpose.is_some())
        && (line.words <= 12 || words.contains("? ") || words.ends_with('?') || numbered && line.words <= 20)
        && (!words.ends_with(':') || line.words <= 6);
    if known {
        let base = if line.purpose.is_some() { 2 } else { 3 };
        return Some(if numbered { Level { level, sure: true } } else { Level { level: base, sure: false } });
    }
    let next = lines.get(at + 1)?;
    let next_block = &text.blocks[at + 1];
    let next_words = text.quote(next_block.span);
    let followed = matches!(next_block.kind, BlockKind::Item(_))
        || next.words >= 9
        || next.short && (next.aspect.is_some() || next.purpose.is_some());
    let value = words.contains(':') && !words.ends_with(':') || words.contains('@') || line.value;
    let under_label = at > 0 && awaits_value(&lines[at - 1]);
    let asks = words.trim_end().ends_with('?');
    let titled = (line.words <= 10 || asks)
        && !words.ends_with(':')
        && !words.contains("; ")
        && !value
        && !under_label
        && !is_address_line(next_words);
    let dotted = numbered && words.split(' ').next().is_some_and(|n| n.contains('.'));
    (followed && titled || dotted && line.words <= 10 && !value).then_some(if numbered {
        Level { level, sure: true }
    } else {
        Level { level: 2, sure: false }
    })
}

/// Whether a line is a label under which its value stands and no other heading.
fn awaits_value(line: &Line) -> bool {
    line.short
        && line.purpose.is_none()
        && line.words <= 5
        && line.aspect.is_some_and(|a| {
            matches!(
                a,
                Aspect::Processors
                    | Aspect::Retention
                    | Aspect::Controller
                    | Aspect::LegalBasis
                    | Aspect::Roles
                    | Aspect::Recipients
                    | Aspect::Sources
                    | Aspect::Categories
            )
        })
}

/// Whether an item is a lettered or numbered heading: it names a purpose, and text rather than another item stands before
/// and behind it.
fn item_is_heading(lines: &[Line], at: usize, text: &Text) -> bool {
    let is_text = |at: usize| {
        text.blocks
            .get(at)
            .is_some_and(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && b.cell.is_none())
    };
    let line = &lines[at];
    line.short
        && line.purpose.is_some()
        && line.words <= 10
        && text.blocks[at].cell.is_none()
        && (at == 0 || is_text(at - 1))
        && is_text(at + 1)
        && lines[at + 1].words >= 6
}

/// Level of a numbered heading ("3", "3.1", "3.1.2"), and whether it is numbered at all.
pub(super) fn number_level(words: &str) -> (u8, bool) {
    let first = words.split(' ').next().unwrap_or("");
    let number = first.trim_end_matches('.');
    let numbered = !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && number.len() <= 6
        && words.len() > first.len();
    let dots = number.matches('.').count() as u8;
    (2 + dots.min(3), numbered)
}

/// Whether a line is part of an address or of contact details rather than a heading.
pub(super) fn is_address_line(words: &str) -> bool {
    let lower = words.to_lowercase();
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let postcode = super::contact::has_postcode(words);
    postcode
        || lower.starts_with("tel")
        || lower.starts_with("email")
        || lower.starts_with("e-mail")
        || lower.starts_with("www.")
        || lower.starts_with("http")
        || lower.contains(".nhs.uk")
        || lower.contains(".org.uk")
        || words.ends_with(',')
        || digits * 2 > words.len()
        || words.starts_with(|c: char| c.is_ascii_digit())
            && [" road", " street", " lane", " house", " avenue", " way", " square", " close", " drive"]
                .iter()
                .any(|w| lower.ends_with(w))
}

/// Whether the list around block `at` lists purposes: its heading or the words before it say so.
pub fn lists_purposes(outline: &Outline, fold: &Fold, at: usize) -> bool {
    let lead = outline.parts.iter().rev().find(|p| p.block < at && p.kind != PartKind::Item);
    let Some(lead) = lead.filter(|l| at - l.block <= 40) else { return false };
    let words = &fold.text[lead.folded.clone()];
    let tail = &words[words.ceil_char_boundary(words.len().saturating_sub(160))..];
    let says = [
        "purpose", "use ", "uses", "used", "areas", "activities", "functions", "following reasons", "where we",
        "may need to", "for example", "such as",
    ]
    .iter()
    .any(|w| tail.contains(w));
    if ["statistic", "anonymis", "contract", "processor", "compan"].iter().any(|w| tail.contains(w)) {
        return false;
    }
    let other = ["share", "recipient", "rights", "receive", "organisations", "source", "collect", "providers"]
        .iter()
        .any(|w| tail.contains(w))
        && !tail.contains("purpose");
    let aspect_fits =
        matches!(lead.aspect, None | Some(Aspect::Purpose | Aspect::About | Aspect::LegalBasis | Aspect::Categories));
    says && !other
        && aspect_fits
        && (lead.kind == PartKind::Heading || words.trim_end().ends_with(':') || !words.trim_end().ends_with('.'))
}

/// The purpose a list item is about: it starts with it, or names it within its first words.
pub fn item_purpose(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<TermId> {
    let words = &fold.text[line.folded.clone()];
    let reach = line.folded.start + if line.words <= 12 { words.len() } else { words.len().min(60) };
    let mine = hits_in(hits, &line.folded);
    let in_name = |hit: &Hit| {
        mine.iter().any(|n| {
            matches!(dictionary.term(n.term).family, Family::Processors | Family::Bodies)
                && n.start <= hit.start
                && hit.end <= n.end
        })
    };
    mine.iter().filter(|h| is_purpose(h, dictionary) && h.end <= reach && !in_name(h)).map(|h| h.term).next()
}

/// Whether a line cites a provision that is relied on, or an approval.
pub fn cites(line: &Line, fold: &Fold) -> bool {
    let words = &fold.text[line.folded.clone()];
    ["cag", "article 6", "article 9", "section 251"].iter().any(|w| words.contains(w))
}

/// The purpose for which a list item cites a provision or an approval: "for invoice validation, CAG 7-07(a)/2013".
pub fn cited_for(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<TermId> {
    let words = &fold.text[line.folded.clone()];
    let cites = cites(line, fold);
    let lead = ["for ", "in "].iter().find(|l| words.starts_with(**l)).map_or(0, |l| l.len());
    let opens = line.folded.start + lead;
    hits_in(hits, &line.folded)
        .iter()
        .filter(|h| cites && is_purpose(h, dictionary) && h.start <= opens + 4)
        .max_by_key(|h| h.end - h.start)
        .map(|h| h.term)
}

/// The purpose that a cell in a row's first column names.
pub fn cell_purpose(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<TermId> {
    if line.purpose.is_some() || line.words > 16 {
        return line.purpose;
    }
    item_purpose(line, fold, hits, dictionary).filter(|_| line.words <= 8)
}

/// For each line, whether it stands in a contents list: a run of six or more short lines.
pub fn in_contents_list(lines: &[Line]) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let mut start = 0;
    for at in 0..=lines.len() {
        let short = lines.get(at).is_some_and(|l| l.words <= 10 && l.words > 0 && (l.short || l.aspect.is_some()));
        if !short {
            if at - start >= 6
                && lines[start..at].iter().filter(|l| l.aspect.is_some() || l.purpose.is_some()).count() * 2
                    >= at - start
            {
                out[start..at].fill(true);
            }
            start = at + 1;
        }
    }
    out
}

/// A heading "Complaints" over words about data protection or the regulator announces how to complain about the use of
/// data, not the purpose of handling complaints about care.
pub fn tell_complaints_apart(lines: &mut [Line], fold: &Fold, dictionary: &Dictionary) {
    for at in 0..lines.len() {
        let complaints =
            lines[at].purpose.is_some_and(|p| dictionary.term(p).id == "complaints") && lines[at].words <= 6;
        if !complaints || !lines[at].short {
            continue;
        }
        let below: String = lines[at + 1..]
            .iter()
            .take_while(|l| !(l.short && (l.purpose.is_some() || l.aspect.is_some())))
            .take(6)
            .map(|l| &fold.text[l.folded.clone()])
            .collect::<Vec<_>>()
            .join(" ");
        let of_data = [
            "information commission", "ico.org", "the ico", "how we use your", "how we have used your",
            "handled your information", "handling of your information", "use of your information",
            "deal with your information", "personal data has been", "about this notice",
        ]
        .iter()
        .any(|w| below.contains(w));
        let of_care = [
            "lawful basis", "legal basis", "article 6", "care you", "service you", "ombudsman", "retained for",
            "kept for", "complaint file", "explicit consent", "investigat", "10 years", "ten years",
        ]
        .iter()
        .any(|w| below.contains(w));
        if of_data && !of_care {
            lines[at].purpose = None;
            lines[at].aspect = Some(Aspect::Complaints);
        }
    }
}

/// The block from which all to the end is page furniture: news, related links and the like behind the notice.
pub fn furniture_start(text: &Text, hits: &[Hit], dictionary: &Dictionary, fold: &Fold) -> Option<usize> {
    for hit in hits
        .iter()
        .filter(|h| dictionary.term(h.term).family == Family::Furniture && dictionary.term(h.term).kind() == "start")
    {
        let block = text.block_at(fold.body_at(hit.start));
        let whole = fold.range(text.blocks.get(block)?.span);
        if hit.start <= whole.start + 2 && whole.len() <= hit.end - hit.start + 12 && block * 2 > text.blocks.len() {
            return Some(block);
        }
    }
    None
}
