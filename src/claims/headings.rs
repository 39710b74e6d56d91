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
    /// Further purposes it names beside that one: "Complaints and letters from MPs".
    pub more_purposes: Vec<TermId>,
    /// Labels inside running text: their bytes in the folded text, and what they announce.
    pub labels: Vec<(Range<usize>, Aspect)>,
    /// Whether it is what stands under a label rather than one: a provision, a name, a period.
    pub value: bool,
    /// Whether the whole of it is page furniture by its words.
    pub furniture: bool,
}

impl Line {
    /// Looks at one block.
    pub fn of(block: &Block, text: &Text, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Line {
        let folded = fold.range(block.span);
        let words_text = &fold.text[folded.clone()];
        let words = words_text.split(' ').filter(|w| w.bytes().any(|b| b.is_ascii_alphanumeric())).count();
        let mine = &without_hidden_purposes(hits_in(hits, &folded), dictionary)[..];
        let trimmed = text.quote(block.span).trim_end();
        let ends_open = !trimmed.ends_with(['.', ';', ',', '!']) || numbered(trimmed);
        let starts_well =
            trimmed.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let marked = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Term) || block.cell.is_some();
        let most = if trimmed.contains("? ") && !trimmed.contains(". ") {
            20
        } else if number_level(trimmed).1 {
            20
        } else {
            14
        };
        let short = words > 0
            && (marked && words <= 25
                || words <= most && ends_open && starts_well && trimmed.len() <= 140 && !leads_in(words_text));
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
        let contents = trimmed.contains("....") || trimmed.contains(". . . .");
        let short = short && !contents;
        let (aspect, purpose, more_purposes) =
            if contents { (None, None, Vec::new()) } else { (aspect, purpose, more_purposes) };
        let value = is_value(mine, words_text, dictionary);
        let furniture = is_page_number(words_text)
            || words <= 6
                && mine.iter().any(|h| {
                    let term = dictionary.term(h.term);
                    term.family == Family::Furniture && (h.end - h.start) * 10 >= words_text.len() * 8
                });
        Line { folded, short, words, aspect: aspect.map(|a| a.0), purpose, more_purposes, labels, value, furniture }
    }
}

/// The hits of a block, but for purposes inside the names of bodies and laws: "commissioning" in "Commissioning Support
/// Unit" names none.
fn without_hidden_purposes(hits: &[Hit], dictionary: &Dictionary) -> Vec<Hit> {
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
    let first = words.split(' ').next().unwrap_or("");
    if matches!(first, "what" | "who" | "why" | "how" | "where" | "when") {
        return false;
    }
    let last = words.trim_end_matches([':', ' ', '-']).rsplit(' ').next().unwrap_or("");
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
fn heading_aspect(
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
fn heading_purpose(
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
        let ends = hit.end - base + 2 >= words.trim_end_matches([':', '?', ')', '.']).len();
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
        let behind = &text.body[span.end as usize..];
        let behind = behind.split('\n').next().unwrap_or("");
        let colon = behind.trim_start().starts_with([':', '–', '-', '|', '?']);
        let opens = behind.starts_with(' ')
            && behind.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if starts && capital && (colon || opens && !continues_title(behind)) {
            let end = if colon {
                hit.end + fold.text[hit.end..folded.end].find([':', '-', '|', '?']).map_or(0, |n| n + 1)
            } else {
                hit.end
            };
            out.push((hit.start..end, aspect));
        }
    }
    out
}

/// Whether what stands behind a label on its line is the value that such a label has: "Retention 8 years", "Processor NHS
/// Shared Business Services", "Lawful basis Article 6(1)(e)".
fn value_follows(aspect: Aspect, rest: &Range<usize>, hits: &[Hit], fold: &Fold, dictionary: &Dictionary) -> bool {
    let words = fold.text[rest.clone()].trim_start();
    let begins_with = |family: Family| {
        hits_in(hits, rest).iter().any(|h| h.start <= rest.start + 5 && dictionary.term(h.term).family == family)
    };
    let number = words.starts_with(|c: char| c.is_ascii_digit())
        || ["one ", "two ", "three ", "five ", "six ", "seven ", "eight ", "ten ", "twelve ", "twenty ", "up to "]
            .iter()
            .any(|n| words.starts_with(n));
    match aspect {
        Aspect::Retention => number,
        Aspect::LegalBasis => {
            words.starts_with("article")
                || words.starts_with("uk gdpr")
                || words.starts_with("gdpr")
                || begins_with(Family::LawfulBases)
                || words.starts_with("6(")
                || words.starts_with("consent")
        }
        Aspect::Processors => {
            begins_with(Family::Processors)
                || begins_with(Family::Bodies)
                || words.starts_with("none")
                || begins_with(Family::Commissioners)
        }
        _ => false,
    }
}

/// Whether a sentence stands behind a label that opens a block: "Legal Basis We will rely on your consent".
fn runs_into_sentence(text: &Text, fold: &Fold, from: usize, to: usize) -> bool {
    let rest = text.quote(fold.span(from, to, &text.body));
    let mut words = rest.split_whitespace();
    words.next().is_some_and(|w| OPENERS.contains(&w)) && words.count() >= 3
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
        && (line.words <= 12 || words.contains("? ") || numbered && line.words <= 20)
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
    // Directly under a label stands its value, not another heading.
    let under_label = at > 0
        && lines[at - 1].short
        && lines[at - 1].purpose.is_none()
        && lines[at - 1].aspect.is_some_and(|a| {
            matches!(
                a,
                Aspect::Processors | Aspect::Retention | Aspect::Controller | Aspect::LegalBasis | Aspect::Roles
            )
        })
        && lines[at - 1].words <= 5;
    let titled = line.words <= 10 && !words.ends_with(':') && !value && !under_label && !is_address_line(next_words);
    let dotted = numbered && words.split(' ').next().is_some_and(|n| n.contains('.'));
    (followed && titled || dotted && line.words <= 10 && !value).then_some(if numbered {
        Level { level, sure: true }
    } else {
        Level { level: 2, sure: false }
    })
}

/// Level of a numbered heading ("3", "3.1", "3.1.2"), and whether it is numbered at all.
fn number_level(words: &str) -> (u8, bool) {
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
    let tail = &words[words.len().saturating_sub(160)..].to_owned();
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

/// The purpose that a cell in a row's first column names.
pub fn cell_purpose(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<TermId> {
    if line.purpose.is_some() || line.words > 16 {
        return line.purpose;
    }
    item_purpose(line, fold, hits, dictionary).filter(|_| line.words <= 8)
}

/// Whether a block opens with a label of its own: up to five words with a capital, a colon, and more behind it.
pub fn has_own_label(folded: &str, body: &str) -> bool {
    let Some(colon) = folded.find(": ").filter(|at| *at <= 48) else { return false };
    let label = &folded[..colon];
    body.starts_with(char::is_uppercase) && label.split(' ').count() <= 5 && !label.contains(['.', ',', '@', '/'])
}

/// Words with a capital that open a sentence, where a heading has run into it.
const OPENERS: &[&str] = &[
    "We", "The", "This", "To", "In", "If", "When", "Our", "You", "NHS", "As", "For", "There", "These", "Where", "It",
    "Under", "From", "By", "Your", "All", "Hospitals", "Because", "Information", "Some", "Data", "A", "An", "Each",
    "No", "Unless", "They", "Anyone", "People", "Patients", "Practices", "Any", "Most", "Every", "Staff", "Everyone",
    "Details", "Files", "Records", "What", "How", "Who", "Is", "Does", "Do", "Can", "On", "With", "At", "Sometimes",
    "Only", "Legal",
];

/// Words that open sentences and no headings.
const NO_FIRST: &[&str] = &[
    "We", "This", "To", "In", "If", "When", "Our", "You", "As", "For", "There", "These", "Where", "It", "Under",
    "From", "By", "Because", "A", "An", "Each", "No", "Unless", "They", "Any", "Most", "Every", "On", "With", "At",
    "Sometimes", "Only", "Article", "Articles", "GDPR", "Section",
];

/// Words that no heading ends with, and verbs that make a sentence of it.
const NO_HEADING: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "may", "can", "do", "does", "must", "should", "would",
    "could", "be", "been", "by", "to", "of", "with", "from", "in", "the", "our", "a", "an", "at", "under", "that",
    "which", "who", "because", "via", "than", "be", "not",
];

/// A heading that runs into the sentence behind it at the start of a block ("Complaints To process …", "Checking invoices
/// A small team …"): its end in the folded text, and what it announces. A heading that names nothing known counts only
/// where an opener follows; it ends the section before it.
pub fn run_in_heading(
    line: &Line,
    text: &Text,
    fold: &Fold,
    hits: &[Hit],
    dictionary: &Dictionary,
) -> Option<(usize, Option<Aspect>, Option<TermId>)> {
    if line.words < 8 || line.labels.first().is_some_and(|(l, _)| l.start == line.folded.start) {
        return None;
    }
    let from = fold.body_at(line.folded.start) as usize;
    let to = fold.body_at(line.folded.end) as usize;
    let head: String = text.body[from..to].chars().take(140).collect();
    if !head.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let mine = without_hidden_purposes(hits_in(hits, &line.folded), dictionary);
    let mut ends = heading_ends(&head);
    // Where a named purpose ends and a capital follows, a heading in capitals may end too: "National Fraud Initiative Auditors may".
    for hit in mine.iter().filter(|h| is_purpose(h, dictionary)) {
        let at = fold.span(hit.start, hit.end, &text.body).end as usize - from + 1;
        let opens = head.get(at..).is_some_and(|rest| rest.starts_with(char::is_uppercase))
            && head.get(at - 1..at) == Some(" ");
        let clear = head.get(..at).is_some_and(|lead| {
            !lead.contains(['.', ':', ';', '!']) && lead.split(' ').next().is_some_and(|w| !NO_FIRST.contains(&w))
        });
        if opens && clear && !ends.iter().any(|(e, _)| *e == at) {
            ends.push((at, head[..at].split_whitespace().count()));
        }
    }
    ends.retain(|(_, count)| *count <= 10);
    for (at, count) in ends {
        let end = fold.folded_at((from + at) as u32);
        let words = fold.text[line.folded.start..end].trim_end();
        let inside: Vec<Hit> = mine.iter().filter(|h| h.end <= end).copied().collect();
        let aspect = heading_aspect(&inside, words, line.folded.start, dictionary, count);
        let purpose = heading_purpose(&inside, words, line.folded.start, dictionary, count, aspect);
        let next = head.get(at..).unwrap_or("").split(' ').next().unwrap_or("");
        let opener = OPENERS.contains(&next);
        // A purpose that goes on behind the break ("Continuing Healthcare Assessments") is cut too early.
        let straddles = mine.iter().any(|h| {
            h.start < end
                && end < h.end
                && matches!(dictionary.term(h.term).family, Family::Purposes | Family::Headings)
        });
        if straddles {
            continue;
        }
        if purpose.is_some() || aspect.is_some() {
            return Some((end, aspect.map(|a| a.0), purpose));
        }
        if opener && count <= 8 && count >= 2 {
            return Some((end, None, None));
        }
    }
    None
}

/// Where two words are glued: a capital between small letters.
fn glued(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    (3..bytes.len().saturating_sub(1))
        .find(|at| {
            bytes[*at].is_ascii_uppercase()
                && bytes[at - 1].is_ascii_lowercase()
                && bytes[at - 2].is_ascii_lowercase()
                && bytes[at - 3].is_ascii_lowercase()
                && (bytes[at + 1].is_ascii_lowercase() || bytes[at + 1].is_ascii_uppercase())
        })
        .filter(|_| !word.contains(['@', '/', '.']))
}

/// Where a run-in heading at the start of `head` may end: before a capital that follows a small word, or a known opener;
/// with the number of its words.
fn heading_ends(head: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut previous = "";
    for (count, word) in head.split_inclusive(' ').enumerate() {
        let bare = word.trim_end();
        if count > 10 {
            break;
        }
        // "Risk stratificationPractices learn": the heading's last word and the sentence's first are glued.
        if let Some(glue) = glued(bare) {
            out.push((at + glue, count + 1));
            break;
        }
        if count > 0 {
            let capital = bare.starts_with(char::is_uppercase);
            let before = previous.trim_matches(|c: char| !c.is_alphanumeric());
            let breaks = previous.starts_with(char::is_lowercase) || previous.ends_with(')') || OPENERS.contains(&bare);
            let ends_well = !previous.ends_with([':', '.', ';', '!', ','])
                && !NO_HEADING.contains(&before.to_lowercase().as_str())
                && !matches!(before, "and" | "or" | "for" | "about" | "on" | "&")
                && !previous.ends_with(',');
            if capital && breaks && ends_well {
                out.push((at, count));
            }
            if NO_HEADING[..17].contains(&bare) || previous.ends_with(['.', ';', '!', ':']) || previous.ends_with(":-")
            {
                break;
            }
        } else if NO_HEADING[..17].contains(&bare) || NO_FIRST.contains(&bare) {
            break;
        }
        previous = bare;
        at += word.len();
    }
    out
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
