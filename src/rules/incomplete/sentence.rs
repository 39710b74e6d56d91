//! `incomplete/sentence`.

use crate::claims::{Part, PartKind};
use crate::model::{ClaimKind, Span};
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A sentence that breaks off: a paragraph that ends in a word no sentence ends in ("of", "the", "we will"), in a
    /// comma, or in "please visit" with nothing behind it; and a passage of several sentences whose last one has no end
    /// before the next heading.
    ///
    /// ## Why it matters
    /// What is lost is often what matters: a web address, the consequence of a right, the rest of a list. Readers cannot
    /// tell what it was.
    ///
    /// ## When it is wrong
    /// Where only the full stop is missing. Headings and short list items are not taken for sentences.
    ///
    /// ## Example
    /// Bad: "If we cannot find what you are looking for we will", and then "There is no charge for this, whatever you
    /// ask for."
    ///
    /// Good: "If we cannot find what you are looking for we will tell you so." "There is no charge for this, whatever
    /// you ask for."
    SENTENCE = "incomplete/sentence", Warning, since: None,
    references: [("UK GDPR, Article 12(1): concise, transparent, intelligible", "https://www.legislation.gov.uk/eur/2016/679/article/12")]
}

/// Words that no sentence ends in.
const OPEN_ENDS: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "nor", "of", "for", "with", "from", "into", "between", "among", "because",
    "although", "unless", "whether", "if", "than", "whose", "your", "our", "their", "its", "my", "will", "would",
    "should", "must", "shall", "cannot", "could", "is", "are", "was", "were", "be", "been", "being", "as", "to", "at",
    "by", "via", "during", "including", "such", "under", "we", "they", "who", "while", "every", "each",
];
/// Those of them that a heading may end in: "the information we hold and who we share it with".
const STRANDED: &[&str] =
    &["of", "for", "with", "from", "into", "to", "at", "by", "under", "is", "are", "was", "were", "be", "they", "we"];
/// Openers of questions and headings, which may end in a preposition: "what we use your information for".
const QUESTIONS: &[&str] = &["who ", "what ", "how ", "why ", "where ", "which ", "when ", "whom "];
/// Ends behind which an address was lost.
const LOST_ADDRESS: &[&str] = &[
    "please visit", "please email", "please e-mail", "please contact", "please see", "by visiting", "available at",
    "available from", "at www", "directed to", "by emailing", "email us at", "please write to", "telephone on",
    "please visit:", "please email:", "further information visit", "more information visit", "at http",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let parts: Vec<&Part> = notice.context.parts().map(|(_, p)| p).collect();
    for (at, part) in parts.iter().enumerate() {
        if part.kind == PartKind::Heading || part.cell.is_some() {
            continue;
        }
        let Some(last) = last_sentence(notice, part) else { continue };
        let next = parts.get(at + 1).copied();
        if breaks_off(notice, part, last, next) || unended(notice, part, last, next) {
            out.report("a sentence breaks off", "finish the sentence").at(last);
        }
    }
}

/// The last sentence of a part where it is a passage of six words or more.
fn last_sentence(notice: &Notice<'_>, part: &Part) -> Option<Span> {
    if part.words < 6 || !has_words(notice.quote(part.span), 6) {
        return None;
    }
    let context = notice.context;
    let end = part.folded.start + context.words(part).trim_end().len();
    let last = context.folded()[..end].char_indices().next_back()?.0;
    let sentence = context.sentence(last.max(part.folded.start));
    let span = context.span(sentence.start..end.max(sentence.start));
    (!span.is_empty()).then_some(span)
}

/// Whether a passage has so many words or more.
fn has_words(passage: &str, least: usize) -> bool {
    passage.split(' ').filter(|w| w.chars().any(char::is_alphabetic)).take(least).count() >= least
}

/// No word that a sentence breaks off in is longer than this, with what matters before it, in bytes.
const TAIL: usize = 48;

/// Whether a passage ends in the middle of a sentence, by its last word.
fn breaks_off(notice: &Notice<'_>, part: &Part, last: Span, next: Option<&Part>) -> bool {
    let words = notice.quote(last).trim_end();
    let tail = words[words.ceil_char_boundary(words.len().saturating_sub(TAIL))..].to_lowercase();
    let final_word = tail.rsplit([' ', '\u{a0}', '(', '/']).next().unwrap_or("");
    let lost = LOST_ADDRESS.iter().any(|e| tail.trim_end_matches(['.', ' ']).ends_with(e));
    let comma =
        part.kind == PartKind::Prose && words.ends_with(',') && !words.ends_with(" etc.,") && has_words(words, 8);
    let open = OPEN_ENDS.contains(&final_word);
    let least = if part.kind == PartKind::Item { 8 } else { 4 };
    if !(open || lost || comma) || !has_words(words, least) {
        return false;
    }
    let joint = part.kind == PartKind::Item && matches!(final_word, "and" | "or");
    let alone = part.folded.len() <= notice.context.fold.range(last).len() + 2 && !has_words(words, 15);
    let stranded = alone && STRANDED.contains(&final_word) && !tail.ends_with(" we will");
    let opening = words[..words.floor_char_boundary(8)].to_lowercase();
    let question = QUESTIONS.iter().any(|q| opening.starts_with(q));
    (open && !question && !joint && !stranded || lost || comma)
        && !ends_in_link(notice, last)
        && !goes_on(notice, part, next)
}

/// Whether the last words are a link, whose address is not lost.
fn ends_in_link(notice: &Notice<'_>, last: Span) -> bool {
    notice.text.links.iter().any(|l| l.span.end + 1 >= last.end && l.span.start < last.end)
}

/// Whether what follows may be the rest: a list, a table, an address, a line in lower case, a link.
fn goes_on(notice: &Notice<'_>, part: &Part, next: Option<&Part>) -> bool {
    let Some(next) = next else { return false };
    if part.block == next.block {
        return true;
    }
    let words = notice.quote(next.span);
    let lower_case = words
        .trim_start_matches(['(', '"', '“', '‘', '['])
        .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() && next.kind != PartKind::Heading);
    let contact = notice.of(ClaimKind::Contact).any(|c| next.span.contains(c.evidence)) && !has_words(words, 13);
    let list = next.kind == PartKind::Item && part.kind != PartKind::Item || next.cell.is_some();
    let dash = words.starts_with(['-', '–', '•', '·', '*']);
    let short = next.kind != PartKind::Heading && !has_words(words, 5);
    list || lower_case || contact || dash || short
}

/// Whether a passage of several sentences has no end before the next heading.
fn unended(notice: &Notice<'_>, part: &Part, last: Span, next: Option<&Part>) -> bool {
    let whole = notice.quote(part.span).trim_end();
    let words = notice.quote(last).trim_end();
    let several = last.start > part.span.start + 40
        && whole[..whole.len() - words.len().min(whole.len())].trim_end().ends_with(['.', '?', '!']);
    let final_word = words.rsplit(' ').next().unwrap_or("");
    let plain_word = final_word.chars().count() >= 3 && final_word.chars().all(|c| c.is_lowercase());
    if !several || !plain_word {
        return false;
    }
    let follows = next.is_none_or(|n| n.kind == PartKind::Heading || n.section != part.section);
    let addressed = words.contains("http") || words.contains("www.") || words.contains('@');
    // "… the ICB.10 years": the cells of a flattened table.
    let row = words.rsplit(' ').take(3).any(|w| w.chars().any(|c| c.is_ascii_digit()));
    !row && follows && !addressed && has_words(words, 6) && has_words(whole, 20) && !ends_in_link(notice, last)
}
