//! Tells headings, labels and named purposes by their words.
//!
//! In come blocks with the dictionary's hits; out come decisions the outline is built from. A line is never taken for a
//! heading only because it is short: addresses are short too.

use super::outline::{Aspect, Outline, PartKind, is_purpose};
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::{Block, BlockKind, Text};
use crate::text::Fold;
use std::ops::Range;

/// What a block's words say about its place in the outline.
pub struct Line {
    /// Its bytes in the folded text.
    pub folded: Range<usize>,
    /// Whether it is short enough for a heading or label and does not end as a sentence does.
    pub short: bool,
    /// Number of words.
    pub words: usize,
    /// The aspect it announces, where it is short.
    pub aspect: Option<Aspect>,
    /// The purpose it names, where it is short.
    pub purpose: Option<TermId>,
    /// Labels inside running text: their bytes in the folded text, and what they announce.
    pub labels: Vec<(Range<usize>, Aspect)>,
    /// Whether the whole of it is page furniture by its words.
    pub furniture: bool,
}

impl Line {
    /// Looks at one block.
    pub fn of(block: &Block, text: &Text, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Line {
        let folded = fold.range(block.span);
        let words_text = &fold.text[folded.clone()];
        let words = words_text.split(' ').filter(|w| w.bytes().any(|b| b.is_ascii_alphanumeric())).count();
        let mine = hits_in(hits, &folded);
        let trimmed = text.quote(block.span).trim_end();
        let ends_open = !trimmed.ends_with(['.', ';', ',', '!']) || numbered(trimmed);
        let starts_well = trimmed.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let marked = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Term) || block.cell.is_some();
        let short = words > 0 && (marked && words <= 25 || words <= 14 && ends_open && starts_well && trimmed.len() <= 110);
        let aspect = if short { heading_aspect(mine, words_text, folded.start, dictionary, words) } else { None };
        let purpose = if short { heading_purpose(mine, words_text, folded.start, dictionary, words, aspect) } else { None };
        let labels = if matches!(block.kind, BlockKind::Heading(_)) || short && !trimmed.contains(':') { Vec::new() } else { inner_labels(mine, &folded, text, fold, dictionary) };
        let furniture = words <= 6
            && mine.iter().any(|h| {
                let term = dictionary.term(h.term);
                term.family == Family::Furniture && (h.end - h.start) * 10 >= words_text.len() * 8
            });
        Line { folded, short, words, aspect: aspect.map(|a| a.0), purpose, labels, furniture }
    }
}

/// The hits that lie in a range of the folded text.
pub(super) fn hits_in<'a>(hits: &'a [Hit], range: &Range<usize>) -> &'a [Hit] {
    let from = hits.partition_point(|h| h.start < range.start);
    let to = hits.partition_point(|h| h.start < range.end);
    &hits[from..to]
}

fn numbered(words: &str) -> bool {
    words.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The aspect a short line announces, with the length of the phrase that does.
fn heading_aspect(hits: &[Hit], words: &str, base: usize, dictionary: &Dictionary, count: usize) -> Option<(Aspect, usize)> {
    hits.iter()
        .filter(|h| dictionary.term(h.term).family == Family::Headings)
        .filter(|h| count <= 8 || h.start - base <= 4 || (h.end - h.start) * 2 >= words.len() || h.end - base + 3 >= words.len())
        .filter_map(|h| Aspect::of(&dictionary.term(h.term).id).map(|a| (a, h.end - h.start)))
        .max_by_key(|(_, len)| *len)
}

/// The purpose a short line names: it begins with it, ends with it, or consists mostly of it.
fn heading_purpose(hits: &[Hit], words: &str, base: usize, dictionary: &Dictionary, count: usize, aspect: Option<(Aspect, usize)>) -> Option<TermId> {
    let mut best: Option<(usize, TermId)> = None;
    for hit in hits.iter().filter(|h| is_purpose(h, dictionary)) {
        let len = hit.end - hit.start;
        let lead = words[..hit.start - base].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')' | '(' | '-'));
        let begins = lead.is_empty() || matches!(lead.trim(), "the" | "nhs" | "our" | "for" | "your" | "a" | "an" | "managing" | "handling" | "processing" | "activity:" | "purpose:" | "purpose");
        let after_break = lead.trim_end().ends_with(['-', ':', '?', '/', '|', '(']);
        let ends = hit.end - base + 2 >= words.trim_end_matches([':', '?', ')', '.']).len();
        let most = len * 2 >= words.len();
        let covered_by_aspect = aspect.is_some_and(|(_, a)| a > len) && !begins && !after_break;
        if (begins || after_break || most || ends && count <= 8) && !covered_by_aspect && best.is_none_or(|(l, _)| len > l) {
            best = Some((len, hit.term));
        }
    }
    let longer_aspect = aspect.is_some_and(|(a, len)| best.is_some_and(|(l, _)| len > l) && !matches!(a, Aspect::Purpose));
    best.filter(|_| !longer_aspect).map(|(_, p)| p)
}

/// Labels in running text: a heading phrase that starts a sentence, is written with a capital, and is followed by a
/// capital or a colon.
fn inner_labels(hits: &[Hit], folded: &Range<usize>, text: &Text, fold: &Fold, dictionary: &Dictionary) -> Vec<(Range<usize>, Aspect)> {
    let mut out: Vec<(Range<usize>, Aspect)> = Vec::new();
    for hit in hits.iter().filter(|h| dictionary.term(h.term).family == Family::Headings) {
        let Some(aspect) = Aspect::of(&dictionary.term(hit.term).id) else { continue };
        if out.last().is_some_and(|(last, _)| hit.start < last.end) {
            continue;
        }
        let span = fold.span(hit.start, hit.end, &text.body);
        let before = fold.text[folded.start..hit.start].trim_end();
        let starts = before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', ')', '"', '\'', '|']);
        let capital = text.quote(span).starts_with(|c: char| c.is_uppercase());
        let behind = &text.body[span.end as usize..];
        let behind = behind.split('\n').next().unwrap_or("");
        let colon = behind.trim_start().starts_with([':', '–', '-', '|', '?']);
        let opens = behind.starts_with(' ') && behind.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if starts && capital && (colon || opens && !continues_title(behind)) {
            let end = if colon { hit.end + fold.text[hit.end..folded.end].find([':', '-', '|', '?']).map_or(0, |n| n + 1) } else { hit.end };
            out.push((hit.start..end, aspect));
        }
    }
    out
}

/// Whether what follows a label is the rest of a title rather than a sentence: "Records Management Code", "Rights Act".
fn continues_title(behind: &str) -> bool {
    let next = behind.trim_start().split(' ').next().unwrap_or("");
    matches!(next, "Act" | "Code" | "Officer" | "Register" | "Team" | "Department" | "Policy" | "Regulations" | "Notice" | "Framework" | "Agreement" | "Agreements" | "Office")
}

/// The level of a block that is a heading, `None` where it is none.
pub fn is_heading(lines: &[Line], at: usize, text: &Text) -> Option<u8> {
    let block = &text.blocks[at];
    match block.kind {
        BlockKind::Heading(level) => return Some(level),
        BlockKind::Term => return Some(6),
        BlockKind::Item(_) | BlockKind::Cell | BlockKind::Definition => return None,
        BlockKind::Paragraph => {}
    }
    let line = &lines[at];
    let words = text.quote(block.span);
    if !line.short || block.furniture || is_address_line(words) {
        return None;
    }
    let (level, numbered) = number_level(words);
    let known = (line.aspect.is_some() || line.purpose.is_some()) && line.words <= 12 && !words.ends_with(':') | (line.words <= 6);
    if known {
        let base = if line.purpose.is_some() { 2 } else { 3 };
        return Some(if numbered { level } else { base });
    }
    let next = lines.get(at + 1)?;
    let next_block = &text.blocks[at + 1];
    let next_words = text.quote(next_block.span);
    let followed = matches!(next_block.kind, BlockKind::Item(_)) || next.words >= 9 || next.short && (next.aspect.is_some() || next.purpose.is_some());
    let value = words.contains(':') && !words.ends_with(':') || words.contains('@');
    let titled = line.words <= 10 && !words.ends_with(':') && !value && !is_address_line(next_words);
    (followed && titled || numbered && line.words <= 10 && !value).then_some(if numbered { level } else { 2 })
}

/// Level of a numbered heading ("3", "3.1", "3.1.2"), and whether it is numbered at all.
fn number_level(words: &str) -> (u8, bool) {
    let first = words.split(' ').next().unwrap_or("");
    let number = first.trim_end_matches('.');
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.len() <= 6 && words.len() > first.len();
    let dots = number.matches('.').count() as u8;
    (2 + dots.min(3), numbered)
}

/// Whether a line is part of an address or of contact details rather than a heading.
fn is_address_line(words: &str) -> bool {
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
        || words.starts_with(|c: char| c.is_ascii_digit()) && [" road", " street", " lane", " house", " avenue", " way", " square", " close", " drive"].iter().any(|w| lower.ends_with(w))
}

/// Whether the list around block `at` lists purposes: its heading or the words before it say so.
pub fn lists_purposes(outline: &Outline, fold: &Fold, at: usize) -> bool {
    let lead = outline.parts.iter().rev().find(|p| p.block < at && p.kind != PartKind::Item);
    let Some(lead) = lead.filter(|l| at - l.block <= 40) else { return false };
    let words = &fold.text[lead.folded.clone()];
    let tail = &words[words.len().saturating_sub(160)..].to_owned();
    let says = ["purpose", "use ", "uses", "used", "areas", "activities", "functions", "following reasons", "where we", "may need to", "for example", "such as"].iter().any(|w| tail.contains(w));
    let other = ["share", "recipient", "rights", "receive", "organisations", "source", "collect", "providers"].iter().any(|w| tail.contains(w)) && !tail.contains("purpose");
    let aspect_fits = matches!(lead.aspect, None | Some(Aspect::Purpose | Aspect::About | Aspect::LegalBasis | Aspect::Categories));
    says && !other && aspect_fits && (lead.kind == PartKind::Heading || words.trim_end().ends_with(':') || !words.trim_end().ends_with('.'))
}

/// The purpose a list item is about: it starts with it, or names it within its first words.
pub fn item_purpose(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<TermId> {
    let words = &fold.text[line.folded.clone()];
    let reach = line.folded.start + if line.words <= 12 { words.len() } else { words.len().min(60) };
    hits_in(hits, &line.folded).iter().filter(|h| is_purpose(h, dictionary) && h.end <= reach).map(|h| h.term).next()
}

/// The purpose that a cell in a row's first column names.
pub fn cell_purpose(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<TermId> {
    if line.purpose.is_some() || line.words > 16 {
        return line.purpose;
    }
    item_purpose(line, fold, hits, dictionary).filter(|_| line.words <= 8)
}

/// Words with a capital that open a sentence, where a heading has run into it.
const OPENERS: &[&str] = &[
    "We", "The", "This", "To", "In", "If", "When", "Our", "You", "NHS", "As", "For", "There", "These", "Where", "It", "Under", "From", "By", "Your", "All", "Hospitals", "Because",
    "Information", "Some", "Data", "National", "Risk", "Personal", "Information",
];

/// A purpose that runs into the sentence behind it at the start of a block ("Complaints To process …"): the end of the
/// run-in heading in the folded text, and the purpose.
pub fn run_in_purpose(line: &Line, text: &Text, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<(usize, TermId)> {
    if line.words < 8 {
        return None;
    }
    let hit = hits_in(hits, &line.folded).iter().find(|h| is_purpose(h, dictionary))?;
    let lead = fold.text[line.folded.start..hit.start].trim_end_matches(' ');
    let begins = lead.is_empty() || matches!(lead.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' '), "" | "the" | "nhs" | "for");
    if !begins {
        return None;
    }
    let from = fold.body_at(line.folded.start) as usize;
    let to = fold.body_at(line.folded.end) as usize;
    let body = &text.body[from..to];
    if !body.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let past = fold.span(hit.start, hit.end, &text.body).end as usize - from;
    let tail: String = body[past..].chars().take(90).collect();
    let mut at = 0;
    for word in tail.split_inclusive(' ') {
        let bare = word.trim_end();
        if at > 0 && OPENERS.contains(&bare) && !tail[..at].trim_end().ends_with(',') {
            let end = fold.folded_at((from + past + at) as u32);
            return (tail[..at].split_whitespace().count() <= 9).then_some((end, hit.term));
        }
        if bare.ends_with(['.', '!', '?', ';', ',']) || bare == "is" || bare == "are" || bare == "was" {
            return None;
        }
        at += word.len();
    }
    None
}

/// The block from which all to the end is page furniture: news, related links and the like behind the notice.
pub fn furniture_start(text: &Text, hits: &[Hit], dictionary: &Dictionary, fold: &Fold) -> Option<usize> {
    for hit in hits.iter().filter(|h| dictionary.term(h.term).family == Family::Furniture && dictionary.term(h.term).kind() == "start") {
        let block = text.block_at(fold.body_at(hit.start));
        let whole = fold.range(text.blocks.get(block)?.span);
        if hit.start <= whole.start + 2 && whole.len() <= hit.end - hit.start + 12 && block * 2 > text.blocks.len() {
            return Some(block);
        }
    }
    None
}
