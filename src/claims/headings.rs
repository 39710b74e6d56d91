//! Tells headings, labels and named purposes by their words.
//!
//! In come blocks with the dictionary's hits; out come decisions the outline is built from. A line is never taken for a
//! heading only because it is short: addresses are short too.

use super::layout::is_purpose;
use super::levels::number_level;
use super::outline::Aspect;
use super::run_in::{runs_into_sentence, value_follows};
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
    /// Further purposes it names beside that one: "Complaints and letters from MPs".
    pub more_purposes: Vec<TermId>,
    /// The purpose that a longer item or paragraph is about, where it gives the ground for it.
    pub about: Option<TermId>,
    /// Labels inside running text: their bytes in the folded text, and what they announce.
    pub labels: Vec<(Range<usize>, Aspect)>,
    /// Whether it is short and what stands under a label rather than one: a provision, a name, a period.
    pub value: bool,
    /// Whether the whole of it is page furniture by its words.
    pub furniture: bool,
}

impl Line {
    /// Looks at one block.
    pub fn of(block: &Block, text: &Text, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Line {
        let folded = fold.range(block.span);
        let words_text = &fold.text[folded.clone()];
        let words = words_in(words_text);
        let mine = &without_hidden_purposes(hits_in(hits, &folded), dictionary)[..];
        let trimmed = text.quote(block.span).trim_end();
        let short = words > 0 && is_short(block, trimmed, words_text, words);
        let aspect = if short { heading_aspect(mine, words_text, folded.start, dictionary, words) } else { None };
        let purpose =
            if short { heading_purpose(mine, words_text, folded.start, dictionary, words, aspect) } else { None };
        let more_purposes = purpose.map_or_else(Vec::new, |p| beside(mine, p, fold, dictionary));
        let mut labels = if matches!(block.kind, BlockKind::Heading(_)) {
            Vec::new()
        } else {
            inner_labels(mine, &folded, text, fold, dictionary)
        };
        let run_in = labels.first().is_some_and(|(l, aspect)| {
            l.start <= folded.start + 8
                && (runs_into_sentence(text, fold, l.end, folded.end)
                    || value_follows(*aspect, &(l.end..folded.end), mine, fold, dictionary))
        });
        if short && !trimmed.contains(':') && !run_in {
            labels.clear();
        }
        let short = short && !run_in;
        // What is not short announces nothing in any case.
        let contents = (short || aspect.is_some() || purpose.is_some())
            && (trimmed.contains("....") || trimmed.contains(". . . ."));
        let short = short && !contents;
        let (aspect, purpose, more_purposes) =
            if contents { (None, None, Vec::new()) } else { (aspect, purpose, more_purposes) };
        let value = short && is_value(mine, words_text, dictionary);
        let furniture = is_furniture(trimmed, words_text, words, mine, dictionary);
        Line {
            folded,
            short,
            words,
            aspect: aspect.map(|a| a.0),
            purpose,
            more_purposes,
            about: None,
            labels,
            value,
            furniture,
        }
    }
}

/// Whether a block is short enough for a heading or label and does not end as a sentence does.
fn is_short(block: &Block, line: &str, folded: &str, words: usize) -> bool {
    let ends_open = !line.ends_with(['.', ';', ',', '!']) || numbered(line);
    let starts_well = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let marked = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Term) || block.cell.is_some();
    let most = || {
        let asks = line.ends_with('?');
        let question = line.contains("? ") && !line.contains(". ") || asks && line.contains(". ");
        match number_level(line).1 {
            true if asks => 25,
            numbered if question || numbered => 20,
            _ => 14,
        }
    };
    // "CEfF = controlled environment for finance" explains a word.
    let explains = line.contains(" = ");
    !explains
        && (marked && words <= 25
            || line.len() <= 140 && ends_open && starts_well && words <= most() && !leads_in(folded))
}

/// Whether the whole of a block is page furniture by its words: a page number, an arrow to the next page, a menu's word.
fn is_furniture(line: &str, folded: &str, words: usize, hits: &[Hit], dictionary: &Dictionary) -> bool {
    let arrow = line.starts_with(['«', '‹', '←']) || line.ends_with(['»', '›', '→']);
    is_page_number(folded)
        || words <= 12 && arrow
        || words <= 6
            && hits.iter().any(|h| {
                let term = dictionary.term(h.term);
                term.family == Family::Furniture && (h.end - h.start) * 10 >= folded.len() * 8
            })
}

/// Number of a line's words: pieces between spaces that hold a letter or digit.
fn words_in(line: &str) -> usize {
    let mut words = 0;
    let mut counted = false;
    for byte in line.bytes() {
        if byte == b' ' {
            counted = false;
        } else if !counted && byte.is_ascii_alphanumeric() {
            counted = true;
            words += 1;
        }
    }
    words
}

/// The hits of a block, but for purposes inside the names of bodies and laws: "commissioning" in "Commissioning Support
/// Unit" names none.
pub(super) fn without_hidden_purposes(hits: &[Hit], dictionary: &Dictionary) -> Vec<Hit> {
    let hides = |outer: &Hit, inner: &Hit| {
        let family = dictionary.term(outer.term).family;
        matches!(family, Family::Bodies | Family::Processors | Family::Legislation | Family::Commissioners)
            && outer.start <= inner.start
            && inner.end <= outer.end
    };
    hits.iter().filter(|h| !is_purpose(h, dictionary) || !hits.iter().any(|o| hides(o, h))).copied().collect()
}

/// The hits that lie in a range of the folded text.
pub(super) fn hits_in<'a>(hits: &'a [Hit], range: &Range<usize>) -> &'a [Hit] {
    let from = hits.partition_point(|h| h.start < range.start);
    let to = hits.partition_point(|h| h.start < range.end);
    &hits[from..to]
}

/// Whether a short line is a value: a provision, a body's name, a period of time, "None".
fn is_value(hits: &[Hit], words: &str, dictionary: &Dictionary) -> bool {
    let covered: usize = hits
        .iter()
        .filter(|h| {
            matches!(
                dictionary.term(h.term).family,
                Family::LawfulBases | Family::Processors | Family::Bodies | Family::Confidentiality | Family::Records
            )
        })
        .map(|h| h.end - h.start)
        .max()
        .unwrap_or(0);
    let provision = ["article ", "articles ", "6(1)", "9(2)", "schedule 1"].iter().any(|w| words.contains(w));
    let period = words.contains(" years") || words.contains(" months") || words.contains(" days");
    let company = [" ltd", " limited", " llp", " plc", " nhs trust", " foundation trust", " cic"]
        .iter()
        .any(|w| words.trim_end_matches(['.', ')']).ends_with(w));
    covered * 2 > words.len()
        || provision
        || period
        || company
        || matches!(words.trim_end_matches('.'), "none" | "no" | "yes" | "n/a" | "not applicable")
}

/// "Page 3 of 12": a running head or foot.
fn is_page_number(words: &str) -> bool {
    let rest = words.trim().strip_prefix("page ").unwrap_or("");
    let mut parts = rest.split(" of ");
    let digits = |part: Option<&str>| {
        part.is_some_and(|p| !p.is_empty() && p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(parts.next()) && parts.next().is_none_or(|p| digits(Some(p)))
}

/// Whether a line only leads up to what follows: "These include:", "The form asks for".
fn leads_in(words: &str) -> bool {
    let first = words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let first = first.split(' ').next().unwrap_or("");
    if matches!(first, "what" | "who" | "why" | "how" | "where" | "when") {
        return false;
    }
    let mut backwards = words.trim_end_matches([':', ' ', '-']).rsplit(' ');
    let last = backwards.next().unwrap_or("");
    // "People who work for us, or would like to" leaves out what stood before.
    if last == "to" && matches!(backwards.next(), Some("like" | "want" | "hope" | "belong" | "belongs")) {
        return false;
    }
    matches!(
        last,
        "include"
            | "includes"
            | "including"
            | "are"
            | "is"
            | "following"
            | "by"
            | "from"
            | "to"
            | "as"
            | "with"
            | "where"
            | "when"
            | "if"
            | "for"
            | "of"
            | "and"
            | "or"
            | "the"
            | "these"
            | "at"
            | "that"
            | "such"
            | "must"
            | "will"
            | "upon"
            | "on"
            | "we"
            | "can"
            | "may"
    ) && words.split(' ').count() > 1
}

fn numbered(words: &str) -> bool {
    words.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The aspect a short line announces, with the length of the phrase that does.
pub(super) fn heading_aspect(
    hits: &[Hit],
    words: &str,
    base: usize,
    dictionary: &Dictionary,
    count: usize,
) -> Option<(Aspect, usize)> {
    hits.iter()
        .filter(|h| dictionary.term(h.term).family == Family::Headings)
        .filter(|h| {
            count <= 8 || h.start - base <= 4 || (h.end - h.start) * 2 >= words.len() || h.end - base + 3 >= words.len()
        })
        .filter_map(|h| Aspect::of(&dictionary.term(h.term).id).map(|a| (a, h.end - h.start)))
        .max_by_key(|(_, len)| *len)
}

/// The purpose a short line names: it begins with it, ends with it, or consists mostly of it.
pub(super) fn heading_purpose(
    hits: &[Hit],
    words: &str,
    base: usize,
    dictionary: &Dictionary,
    count: usize,
    aspect: Option<(Aspect, usize)>,
) -> Option<TermId> {
    let mut best: Option<(usize, TermId)> = None;
    for hit in hits.iter().filter(|h| is_purpose(h, dictionary)) {
        let len = hit.end - hit.start;
        let lead = words[..hit.start - base]
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')' | '(' | '-'));
        let begins = lead.is_empty()
            || matches!(
                lead.trim(),
                "the"
                    | "nhs"
                    | "our"
                    | "for"
                    | "your"
                    | "a"
                    | "an"
                    | "managing"
                    | "handling"
                    | "processing"
                    | "activity:"
                    | "purpose:"
                    | "purpose"
            );
        let after_break = lead.trim_end().ends_with(['-', ':', '?', '/', '|', '(']);
        // "What we use: health and care records" is a label with its value.
        let ends = !lead.contains(": ") && hit.end - base + 2 >= words.trim_end_matches([':', '?', ')', '.']).len();
        let most = len * 2 >= words.len();
        let covered_by_aspect = aspect.is_some_and(|(_, a)| a > len) && !begins && !after_break;
        let first = best.is_none()
            || best.is_some_and(|(l, _)| len > l) && !hits.iter().any(|h| is_purpose(h, dictionary) && h.start == base);
        let question = words.trim_end().ends_with('?');
        if (begins || after_break || most || ends && (count <= 8 || question)) && !covered_by_aspect && first {
            best = Some((len, hit.term));
        }
    }
    let longer_aspect =
        aspect.is_some_and(|(a, len)| best.is_some_and(|(l, _)| len > l) && !matches!(a, Aspect::Purpose));
    best.filter(|_| !longer_aspect).map(|(_, p)| p)
}

/// The purposes that a heading joins to the one it names, by "and", a comma or a stroke.
fn beside(hits: &[Hit], named: TermId, fold: &Fold, dictionary: &Dictionary) -> Vec<TermId> {
    let mut out: Vec<TermId> = Vec::new();
    for hit in hits.iter().filter(|h| is_purpose(h, dictionary) && h.term != named) {
        let before = fold.text[..hit.start].trim_end();
        let after = fold.text[hit.end..].trim_start();
        let joined = [" and", ",", " &", "/", " or"].iter().any(|j| before.ends_with(j))
            || ["and ", ",", "& ", "/"].iter().any(|j| after.starts_with(j));
        let overlaps = hits.iter().any(|h| h.term == named && h.start < hit.end && hit.start < h.end);
        if joined && !overlaps && !out.contains(&hit.term) {
            out.push(hit.term);
        }
    }
    out
}

/// Labels in running text: a heading phrase that starts a sentence, is written with a capital, and is followed by a
/// capital or a colon.
fn inner_labels(
    hits: &[Hit],
    folded: &Range<usize>,
    text: &Text,
    fold: &Fold,
    dictionary: &Dictionary,
) -> Vec<(Range<usize>, Aspect)> {
    let mut out: Vec<(Range<usize>, Aspect)> = Vec::new();
    for hit in hits.iter().filter(|h| dictionary.term(h.term).family == Family::Headings) {
        let Some(aspect) = Aspect::of(&dictionary.term(hit.term).id) else { continue };
        if out.last().is_some_and(|(last, _)| hit.start < last.end) {
            continue;
        }
        let span = fold.span(hit.start, hit.end, &text.body);
        let before = fold.text[folded.start..hit.start].trim_end();
        let starts = before.is_empty()
            || before.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            || before.ends_with(['.', '!', '?', ':', ';', ')', '"', '\'', '|']);
        let capital = text.quote(span).starts_with(|c: char| c.is_uppercase());
        // What matters is at hand; a line may be the whole text.
        let behind = &text.body[span.end as usize..];
        let behind = &behind[..behind.floor_char_boundary(160)];
        let behind = behind.split('\n').next().unwrap_or("");
        let numbered = before.trim_matches(|c| matches!(c, '(' | ')' | '.')).len() <= 3;
        let colon = behind.trim_start().starts_with([':', '–', '-', '|', '?'])
            // "(e) Retention. Eight years."
            || numbered && !before.ends_with(|c: char| c.is_ascii_alphabetic()) && behind.starts_with(". ");
        let opens = behind.starts_with(' ')
            && behind.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if starts && capital && (colon || opens && !continues_title(behind)) {
            let end = if colon {
                hit.end + fold.text[hit.end..folded.end].find([':', '-', '|', '?', '.']).map_or(0, |n| n + 1)
            } else {
                hit.end
            };
            out.push((hit.start..end, aspect));
        }
    }
    out
}

/// Whether what follows a label is the rest of a title rather than a sentence: "Records Management Code", "Rights Act".
fn continues_title(behind: &str) -> bool {
    let next = behind.trim_start().split(' ').next().unwrap_or("");
    matches!(
        next,
        "Act"
            | "Code"
            | "Officer"
            | "Register"
            | "Team"
            | "Department"
            | "Policy"
            | "Regulations"
            | "Notice"
            | "Framework"
            | "Agreement"
            | "Agreements"
            | "Office"
    )
}
