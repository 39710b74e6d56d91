//! `retention`: how long records are kept, by a code of practice or by a period.

use super::Context;
use super::outline::Aspect;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};

/// Reads all retention statements.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    codes(context, claims);
    periods(context, claims);
}

/// Editions of the Records Management Code of Practice.
fn codes(context: &Context<'_>, claims: &mut Vec<Claim>) {
    const BASE: &str = "code:nhs-records-management";
    for (hit, term, _) in context.hits_of(Family::Records) {
        let mut value = term.id.to_string();
        let mut end = hit.end;
        if value == BASE {
            // The year may stand behind more of the title: "(NHSX, 2021)", " - 2016 edition", ", July 2016".
            let after = &context.folded()[hit.end..context.folded().floor_char_boundary(hit.end + 60)];
            let after = after.split(['\n', ';']).next().unwrap_or("");
            if let Some((year, at)) = edition_year(after) {
                value = format!("{BASE}-{year}");
                end = hit.end + at;
            } else if let Some(year) = year_before(
                &context.folded()[context.folded().ceil_char_boundary(hit.start.saturating_sub(24))..hit.start],
            ) {
                value = format!("{BASE}-{year}");
            }
        }
        let covered =
            claims.iter().any(|c| c.kind == ClaimKind::Retention && c.evidence.overlaps(context.span(hit.start..end)));
        if !covered {
            claims.push(context.claim(ClaimKind::Retention, value, hit.start..end));
        }
    }
}

/// An edition's year in the words behind a title, and the byte behind it.
fn edition_year(after: &str) -> Option<(&str, usize)> {
    ["2006", "2009", "2016", "2020", "2021", "2023"]
        .iter()
        .filter_map(|year| after.find(year).map(|at| (*year, at + 4)))
        .filter(|(_, at)| {
            let between = &after[..at - 4];
            let words = between.split([' ', '(', ',', '-', ')', '"', '\'']).filter(|w| !w.is_empty());
            words.clone().count() <= 8 && words.clone().all(|w| TITLE_WORDS.contains(&w)) && !between.contains('.')
        })
        .min_by_key(|(_, at)| *at)
}

const TITLE_WORDS: &[&str] = &[
    "for", "health", "and", "social", "care", "nhs", "nhsx", "england", "digital", "edition", "the", "part", "1", "2",
    "version", "published", "in", "of", "july", "august", "january", "march", "2nd", "second", "first", "ed",
    "updated", "department", "practice", "rmcop", "code", "&", "iga", "information", "governance", "alliance", "by",
    "draft", "consultation", "from", "(draft)", "april", "records", "management",
];

fn year_before(before: &str) -> Option<&'static str> {
    ["2006", "2009", "2016", "2020", "2021", "2023"]
        .into_iter()
        .find(|year| before.trim_end().ends_with(year) || before.trim_end().ends_with(&format!("{year} nhs")))
}

/// Periods with their records: "for eight years after", "kept for 10 years", "up to 12 months".
fn periods(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for unit in ["year", "years", "month", "months", "week", "weeks", "days", "day"] {
        for at in context.find_words(unit).collect::<Vec<_>>() {
            let Some((start, count)) = count_before(context.folded(), at) else { continue };
            let Some(part) = context.outline.part_at(at) else { continue };
            let sentence = context.sentence(at);
            let words = &context.folded()[sentence.clone()];
            let before = &context.folded()[sentence.start.min(start)..start];
            let after = &context.folded()[at + unit.len()..sentence.end.max(at + unit.len())];
            let labelled = part.aspect == Some(Aspect::Retention)
                || start <= sentence.start + 1 && is_answer(context, part, &sentence);
            let says = [
                "kept", "keep", "retain", "retention", "held for", "hold ", "stored for", "store ", "destroyed",
                "deleted", "delete ", "disposed", "archived", "erased", "removed after", "overwritten", "wiped",
                "shred", "written over", "kept.", "destroy", "thrown away", "throw ", "discard", "got rid of",
                "get rid of", "purged", "cleared after", "cleared out",
            ]
            .iter()
            .any(|w| words.contains(w));
            if !(labelled || says) || is_other_period(before, after, words, labelled) {
                continue;
            }
            let letter = match unit.as_bytes()[0] {
                b'y' => 'Y',
                b'm' => 'M',
                b'w' => 'W',
                _ => 'D',
            };
            let claim = context.claim(ClaimKind::Retention, format!("P{count}{letter}"), start..at + unit.len());
            let action = ["destroy", "review", "transfer"]
                .into_iter()
                .find(|a| words.contains(a))
                .or_else(|| words.contains("delet").then_some("destroy"));
            claims.push(
                claim
                    .with_text("action", action)
                    .with_text("from", anchor(after))
                    .with("record", Attr::Text(record(context, &sentence, part))),
            );
        }
    }
}

/// Whether a sentence that begins with a period is all about it and stands where a purpose is told: "Eight years.", "Ten
/// years once more.", "Six years after the end of the tax year."
fn is_answer(context: &Context<'_>, part: &super::Part, sentence: &std::ops::Range<usize>) -> bool {
    let words = context.folded()[sentence.clone()].trim();
    let told = words.split(' ').nth(3).is_none()
        || [
            "once more", "again", "here as well", "as well", "here too", "likewise", "after ", "from ",
            "in the case of",
        ]
        .iter()
        .any(|w| words.contains(w));
    let before = context.sentence_words(sentence.start.saturating_sub(2));
    let waits =
        ["answer", "reply", "respond", "wait", "how old", "take to", "take you"].iter().any(|w| before.contains(w));
    part.purpose.is_some()
        && !matches!(part.aspect, Some(Aspect::Rights | Aspect::Contact | Aspect::Complaints))
        && words.split(' ').count() <= 14
        && told
        && !waits
}

/// What the record is: the heading above, or the words before the period.
fn record(context: &Context<'_>, sentence: &std::ops::Range<usize>, part: &super::Part) -> String {
    match part.section.map(|s| context.outline.sections[s].heading) {
        Some(heading) => context.text.quote(heading).to_owned(),
        None => {
            let words = context.published(sentence.clone());
            words[..words.floor_char_boundary(80)].to_owned()
        }
    }
}

/// Where the period starts to run.
fn anchor(after: &str) -> Option<&str> {
    let after = after.trim_start();
    let rest = ["after ", "from ", "following ", "of "].iter().find_map(|w| after.strip_prefix(w))?;
    let end = rest.find([',', '.', ';', '(']).unwrap_or(rest.len());
    let words = rest[..end].trim();
    (words.len() <= 60 && !words.is_empty()).then_some(words)
}

/// Numbers as words.
const NUMBER_WORDS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("twenty-five", 25),
    ("twenty five", 25),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("seventy-five", 75),
    ("seventy five", 75),
    ("twenty-eight", 28),
    ("ninety", 90),
];

/// The number before a unit: "8", "eight", "twenty five", "10 (ten)", and where it starts.
fn count_before(folded: &str, at: usize) -> Option<(usize, u32)> {
    let mut before = folded[..at].trim_end_matches([' ', '-']);
    for filler in ["calendar", "full", "working", "financial"] {
        before = before.strip_suffix(filler).map_or(before, |b| b.trim_end());
    }
    if let Some(open) = before.strip_suffix(')').and_then(|b| b.rfind('(')) {
        let inner = &before[open + 1..before.len() - 1];
        let outer = before[..open].trim_end();
        if before.len() - open <= 16
            && (inner.bytes().all(|b| b.is_ascii_digit()) || NUMBER_WORDS.iter().any(|(w, _)| *w == inner))
        {
            return count_before(outer, outer.len()).or_else(|| inner.parse().ok().map(|n| (open, n)));
        }
    }
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let start = before.len() - digits;
        let clean = start == 0
            || !matches!(before.as_bytes()[start - 1], b'0'..=b'9' | b'a'..=b'z' | b'/' | b'.' | b'(' | b',');
        return clean.then(|| before[start..].parse().ok().map(|n| (start, n))).flatten();
    }
    let mut best: Option<(usize, u32)> = None;
    for (word, value) in NUMBER_WORDS.iter().copied() {
        if before.ends_with(word) {
            let start = before.len() - word.len();
            let boundary = start == 0 || !before.as_bytes()[start - 1].is_ascii_alphanumeric();
            if boundary && best.is_none_or(|(s, _)| start < s) {
                best = Some((start, value));
            }
        }
    }
    best
}

/// Periods that are not of retention: time to answer, ages, notice, frequency.
fn is_other_period(before: &str, after: &str, words: &str, labelled: bool) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(40))..];
    let next = after.trim_start();
    next.starts_with("old")
        || next.starts_with("of age")
        || next.starts_with("of receipt")
        || next.starts_with("of receiving")
        || near.contains("aged")
        || near.contains("over the age")
        || near.ends_with("every ")
        || near.contains("within ") && !words.contains("delet") && !words.contains("destr")
        || !labelled
            && [
                "respond", "reply", "acknowledg", "subject access request within", "last reviewed", "reviewed every",
                "calendar month of", "appeal within",
            ]
            .iter()
            .any(|w| words.contains(w))
            && !words.contains("retain")
            && !words.contains("kept")
        || near.contains("for the last ")
        || near.contains("past ")
        || next.starts_with("ago")
}
