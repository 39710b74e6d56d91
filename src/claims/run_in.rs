//! Headings that run into the sentence behind them, in text that lost its line breaks.
//!
//! In comes a block with the dictionary's hits; out come where a run-in heading ends and what it announces. It never
//! takes a sentence for a heading only because it is short: the words must name something known, or a section that began
//! in the same way must be going on.

use super::headings::{Line, heading_aspect, heading_purpose, hits_in, without_hidden_purposes};
use super::layout::is_purpose;
use super::outline::Aspect;
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::Text;
use crate::text::Fold;
use std::ops::Range;

/// Whether a sentence stands behind a label that opens a block: "Legal Basis We will rely on your consent".
pub(super) fn runs_into_sentence(text: &Text, fold: &Fold, from: usize, to: usize) -> bool {
    let rest = text.quote(fold.span(from, to, &text.body));
    let mut words = rest.split_whitespace();
    words.next().is_some_and(|w| OPENERS.contains(&w)) && words.count() >= 3
}

/// Whether what stands behind a label on its line is the value that such a label has: "Retention 8 years", "Processor NHS
/// Shared Business Services", "Lawful basis Article 6(1)(e)".
pub(super) fn value_follows(
    aspect: Aspect,
    rest: &Range<usize>,
    hits: &[Hit],
    fold: &Fold,
    dictionary: &Dictionary,
) -> bool {
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

/// Whether a block opens with a label of its own: up to five words with a capital, a colon, and more behind it.
pub fn has_own_label(folded: &str, body: &str) -> bool {
    let near = &folded[..folded.floor_char_boundary(50)];
    let Some(colon) = near.find(": ") else { return false };
    let label = &folded[..colon];
    body.starts_with(char::is_uppercase) && label.split(' ').count() <= 5 && !label.contains(['.', ',', '@', '/'])
}

/// Words with a capital that open a sentence, where a heading has run into it.
pub(super) const OPENERS: &[&str] = &[
    "We", "The", "This", "To", "In", "If", "When", "Our", "You", "NHS", "As", "For", "There", "These", "Where", "It",
    "Under", "From", "By", "Your", "All", "Hospitals", "Because", "Information", "Some", "Data", "A", "An", "Each",
    "No", "Unless", "They", "Anyone", "People", "Patients", "Practices", "Any", "Most", "Every", "Staff", "Everyone",
    "Details", "Files", "Records", "What", "How", "Who", "Is", "Does", "Do", "Can", "On", "With", "At", "Sometimes",
    "Only", "Legal",
];

/// Words that open sentences and no headings.
pub(super) const NO_FIRST: &[&str] = &[
    "We", "This", "To", "In", "If", "When", "Our", "You", "As", "For", "There", "These", "Where", "It", "Under",
    "From", "By", "Because", "A", "An", "Each", "No", "Unless", "They", "Any", "Most", "Every", "On", "With", "At",
    "Sometimes", "Only", "Article", "Articles", "GDPR", "Section",
];

/// Words that no heading ends with, and verbs that make a sentence of it.
pub(super) const NO_HEADING: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "may", "can", "do", "does", "must", "should", "would",
    "could", "be", "been", "by", "to", "of", "with", "from", "in", "the", "our", "a", "an", "at", "under", "that",
    "which", "who", "because", "via", "than", "be", "not",
];

/// The first characters of a passage.
fn first_chars(words: &str, most: usize) -> &str {
    // In most passages a character is a byte.
    if words.as_bytes().iter().take(most).all(u8::is_ascii) {
        return &words[..words.len().min(most)];
    }
    words.char_indices().nth(most).map_or(words, |(end, _)| &words[..end])
}

/// Where a named purpose ends and a capital follows, a heading in capitals may end too: "National Fraud Initiative
/// Auditors may". `from` is the byte of the body that `head` begins with.
fn ends_of_purposes(
    head: &str,
    from: usize,
    mine: &[Hit],
    text: &Text,
    fold: &Fold,
    dictionary: &Dictionary,
    ends: &mut Vec<(usize, usize)>,
) {
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
}

/// A heading that stands before its sentence with a stop, a colon or a dash: "Invoice validation. We check …", "Paying
/// bills (invoice validation) - we look …". Its end in the folded text, and the purpose that it names.
pub fn stopped_heading(line: &Line, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Option<(usize, TermId)> {
    let folded = &fold.text[line.folded.clone()];
    let near = &folded[..folded.floor_char_boundary(80)];
    let (stop, mark) = [". ", ": ", " - "].iter().filter_map(|m| near.find(m).map(|at| (at, *m))).min()?;
    let head = &near[..stop];
    let sentence = head.split(' ').any(|w| VERBS.contains(&w));
    if folded.len() < stop + 30 || sentence {
        return None;
    }
    let start = line.folded.start;
    let mine = without_hidden_purposes(hits_in(hits, &(start..start + stop)), dictionary);
    let inside: Vec<Hit> = mine.into_iter().filter(|h| h.end <= start + stop).collect();
    let purpose = if mark == ". " {
        // A short sentence may end so too; a heading is hardly more than the name.
        let named = inside.iter().filter(|h| is_purpose(h, dictionary) && (h.end - h.start) * 5 >= stop * 4);
        named.max_by_key(|h| h.end - h.start)?.term
    } else {
        heading_purpose(&inside, head, start, dictionary, head.split(' ').count(), None)?
    };
    Some((start + stop + 1, purpose))
}

/// The sentences of a passage that say on which ground one purpose rests: "For complaints we rely on Article 6(1)(c)."
pub fn sentences_for(
    passage: &Range<usize>,
    fold: &Fold,
    hits: &[Hit],
    dictionary: &Dictionary,
) -> Vec<(Range<usize>, TermId)> {
    let mut out: Vec<(Range<usize>, TermId)> = Vec::new();
    for hit in hits_in(hits, passage).iter().filter(|h| is_purpose(h, dictionary) && h.end <= passage.end) {
        let before = &fold.text[passage.start..hit.start];
        let Some(lead) = before.strip_suffix("for ").or_else(|| before.strip_suffix("for the ")) else { continue };
        let opens = lead.is_empty() || lead.ends_with(". ") || lead.ends_with("; ");
        let end = fold.text[hit.end..passage.end].find(". ").map_or(passage.end, |stop| hit.end + stop + 2);
        let rest = &fold.text[hit.end..end];
        let rests = ["rely on", "relies on", "lawful basis", "legal basis", "article"].iter().any(|w| rest.contains(w));
        let start = passage.start + lead.len();
        if opens && rests && out.last().is_none_or(|(last, _)| last.end <= start) {
            out.push((start..end, hit.term));
        }
    }
    out
}

/// Words that make a sentence of what would be a heading.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "may", "can", "do", "does", "must", "should", "we",
    "you", "it", "they", "i", "be", "not", "join", "joins",
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
    let head = first_chars(&text.body[from..to], 140);
    if !head.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let mine = hits_in(hits, &line.folded);
    let mut ends = heading_ends(head);
    if ends.is_empty() && !mine.iter().any(|h| is_purpose(h, dictionary)) {
        return None;
    }
    let mine = without_hidden_purposes(mine, dictionary);
    ends_of_purposes(head, from, &mine, text, fold, dictionary, &mut ends);
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
        if opener && (2..=8).contains(&count) {
            return Some((end, None, None));
        }
    }
    None
}

/// Where two words are glued: a capital between small letters.
pub(super) fn glued(word: &str) -> Option<usize> {
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
pub(super) fn heading_ends(head: &str) -> Vec<(usize, usize)> {
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
