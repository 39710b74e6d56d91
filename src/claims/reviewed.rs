//! `reviewed` and `next-review`: the dates a notice gives for its last and its next review.
//!
//! Notices are full of dates: laws, mergers, approvals, cookies. A date counts only beside words that tie it to the
//! review, update or publication of this notice.

use super::Context;
use super::dates::{date_at, may_start};
use crate::model::{Claim, ClaimKind, PartialDate};
use crate::text::Cues;
use std::ops::Range;
use std::sync::LazyLock;

/// What a date is said to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Reviewed,
    Next,
    /// "Review date: …" alone: the last or the next.
    Either,
}

const NEXT: &[&str] = &[
    "next review", "review due", "due for review", "next due", "to be reviewed", "will be reviewed", "next update",
    "review by", "be reviewed again", "reviewed again", "next scheduled", "future review", "review is due",
    "scheduled for review", "review date due", "date for review", "date of next review", "expiry date",
    "be reviewed in", "looked at again", "checked again", "review it again", "review this notice", "reviewed next",
    "look at it again", "review it by", "review again", "revisited", "be updated again", "be revised again",
];
const REVIEWED: &[&str] = &[
    "last reviewed", "last updated", "last review", "last update", "last revised", "last amended", "last modified",
    "last changed", "was reviewed", "was updated", "was revised", "reviewed on", "reviewed in", "reviewed:",
    "reviewed -", "reviewed", "updated on", "updated in", "updated:", "updated -", "updated", "page updated",
    "published", "publication date", "published on", "issued", "issue date", "date of issue", "effective from",
    "effective date", "version date", "document date", "date approved", "approved on", "date of last review",
    "checked",
];
const EITHER: &[&str] = &["review date", "date of review", "reviewed date", "date reviewed"];

/// Reads both kinds of dates.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let mut found: Vec<(Sense, PartialDate, Range<usize>, bool)> = Vec::new();
    for (at, date, end) in all_dates(context) {
        if let Some((sense, start, strong)) = sense_of(context, at, end) {
            found.push((sense, date, start..end, strong));
        }
    }
    let has_last = found.iter().any(|(s, _, _, _)| *s == Sense::Reviewed);
    let has_next = found.iter().any(|(s, _, _, _)| *s == Sense::Next);
    // "Published" beside "last reviewed" is the older event of the two and no review.
    let has_strong = found.iter().any(|(s, _, _, strong)| *s == Sense::Reviewed && *strong);
    for (sense, date, range, strong) in found {
        let kind = match sense {
            Sense::Reviewed if has_strong && !strong => continue,
            Sense::Reviewed => ClaimKind::Reviewed,
            Sense::Next => ClaimKind::NextReview,
            Sense::Either if has_last && !has_next => ClaimKind::NextReview,
            Sense::Either => ClaimKind::Reviewed,
        };
        claims.push(context.claim(kind, date.to_string(), range));
    }
}

/// All dates of a text outside page furniture: first byte, date, byte behind.
fn all_dates(context: &Context<'_>) -> Vec<(usize, PartialDate, usize)> {
    let folded = context.folded();
    let bytes = folded.as_bytes();
    let mut out: Vec<(usize, PartialDate, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if begins
            && may_start(bytes, at)
            && let Some((date, end)) = date_at(folded, at)
        {
            if !context.is_furniture(at) {
                out.push((at, date, end));
            }
            at = end;
            continue;
        }
        at += 1;
    }
    out
}

/// What the words around a date say it is: the sense, where the evidence starts, and whether it is of a review or update.
fn sense_of(context: &Context<'_>, at: usize, end: usize) -> Option<(Sense, usize, bool)> {
    let folded = context.folded();
    let sentence = context.sentence(at);
    let floor_at = sentence.start.min(at).max(at.saturating_sub(110));
    let before = &folded[folded.ceil_char_boundary(floor_at)..at];
    let base = at - before.len();
    // Only what stands behind the date before: "approved May 2020, reviewed June 2021".
    let cut = last_date_end(folded, base, at);
    let before = &folded[cut..at];
    let base = cut;
    if is_other_event(&folded[sentence.start.min(at)..sentence.end.max(end)], before) {
        return None;
    }
    if let Some((sense, from, strong)) = cue(before) {
        return notice_is_meant(context, at, &folded[sentence.start.min(at)..sentence.end.max(end)], before, from)
            .then_some((sense, base + from, strong));
    }
    label_beside(context, at, end)
}

/// The byte behind the last date that ends before `at`.
fn last_date_end(folded: &str, from: usize, at: usize) -> usize {
    let mut cut = from;
    let mut place = from;
    while place < at {
        if may_start(folded.as_bytes(), place)
            && let Some((_, end)) = date_at(folded, place).filter(|(_, end)| *end <= at)
        {
            cut = end;
            place = end;
            continue;
        }
        place += 1;
    }
    cut
}

/// The nearest cue in the words before a date.
fn cue(before: &str) -> Option<(Sense, usize, bool)> {
    set_phrase(before).or_else(|| spoken(before))
}

/// The nearest of the set phrases before a date.
fn set_phrase(before: &str) -> Option<(Sense, usize, bool)> {
    static ANY: LazyLock<Cues> = LazyLock::new(|| Cues::new(&[NEXT, REVIEWED, EITHER].concat()));
    if !ANY.any(before) {
        return None;
    }
    let find = |cues: &[&str]| {
        cues.iter()
            .filter_map(|c| before.rfind(c).map(|at| (at + c.len(), at)))
            .filter(|(end, _)| linking(&before[*end..]))
            .max_by_key(|(end, at)| (*end, std::cmp::Reverse(*at)))
    };
    let next = find(NEXT);
    let last = find(REVIEWED);
    let either = find(EITHER);
    let best = [(next, Sense::Next), (last, Sense::Reviewed), (either, Sense::Either)]
        .into_iter()
        .filter_map(|(found, sense)| found.map(|(end, at)| (end, at, sense)))
        .max_by_key(|(end, at, sense)| (*end, *sense == Sense::Next || *sense == Sense::Either, usize::MAX - at))?;
    let (_, mut at, mut sense) = best;
    if sense == Sense::Either && before[..at].trim_end().ends_with("next") {
        sense = Sense::Next;
        at = before[..at].trim_end().len() - "next".len();
    }
    for lead in ["last", "was last", "was"] {
        if before[..at].trim_end().ends_with(lead) {
            at = before[..at].trim_end().len() - lead.len();
        }
    }
    if sense == Sense::Reviewed && (next.is_some_and(|(_, n)| n < at && at - n < 30) || looks_ahead(&before[..at])) {
        sense = Sense::Next;
    }
    let words = &before[at..];
    let strong = !["published", "publication", "issue", "effective", "document date", "version date", "approved"]
        .iter()
        .any(|w| words.starts_with(w));
    Some((sense, at, strong))
}

/// Whether the words just before "reviewed" speak of what is to come: "it will next be".
fn looks_ahead(lead: &str) -> bool {
    lead.split(' ').rev().filter(|w| !w.is_empty()).take(4).any(|w| matches!(w, "next" | "will" | "shall"))
}

/// A review told in a sentence rather than by a label: "we shall read it over again in", "was brought up to date in". The
/// verb stands nearest before the date; the words around it tell whether it is past.
fn spoken(before: &str) -> Option<(Sense, usize, bool)> {
    const VERBS: &[&str] = &[
        "reviewed", "revised", "updated", "revisited", "checked", "looked", "refreshed", "amended", "rewritten",
        "renewed", "renewal", "revision", "review", "look", "read", "brought", "went", "go", "gone", "check", "revise",
        "refresh",
    ];
    let clause = before.rfind([';', '|']).map_or(0, |at| at + 1);
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = clause;
    for word in before[clause..].split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            words.push((at, bare));
        }
        at += word.len() + 1;
    }
    const BESIDE: &[&str] = &[
        "it", "them", "all", "over", "through", "afresh", "up", "to", "text", "pages", "for", "planned", "these", "so",
    ];
    let verb = words.iter().rposition(|(_, w)| VERBS.contains(w))?;
    let behind = &words[verb + 1..];
    if behind.len() > 9 || !behind.iter().all(|(_, w)| LINKING.contains(w) || BESIDE.contains(w)) {
        return None;
    }
    let ahead = |w: &str| matches!(w, "next" | "will" | "shall" | "due" | "planned" | "again" | "afresh");
    let from = verb.saturating_sub(5);
    let future = words[from..].iter().any(|(_, w)| ahead(w))
        || words[verb].1 == "renewal" && words[from..].iter().any(|(_, w)| *w == "for");
    let past = words[verb].1.ends_with("ed") || matches!(words[verb].1, "rewritten" | "brought" | "went" | "gone");
    (future || past).then_some((if future { Sense::Next } else { Sense::Reviewed }, words[verb].0, true))
}

/// Words that may stand between a cue and its date; versions ("v3.0") may too.
const LINKING: &[&str] = &[
    "on", "in", "at", "the", "of", "date", "is", "was", "and", "by", "our", "a", "this", "notice", "policy", "page",
    "updated", "reviewed", "review", "last", "data", "protection", "officer", "information", "governance", "team",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "due", "during", "version",
    "privacy", "statement", "published", "approved", "steering", "group", "head", "lead", "again", "or", "before",
    "as", "number", "manager", "not", "later", "than", "it", "them",
];

/// Whether only linking words stand between a cue and its date.
fn linking(words: &str) -> bool {
    let mut count = 0;
    words.split([' ', ':', '-', ',', '(', ')', '.', '|', '/', '"', '\'']).filter(|w| !w.is_empty()).all(|word| {
        count += 1;
        count <= 9 && (LINKING.contains(&word) || word.len() <= 4 && word.starts_with('v'))
    })
}

/// Events that have dates of their own: approvals, laws, bodies, cookies, documents.
fn is_other_event(sentence: &str, before: &str) -> bool {
    const OTHER: &[&str] = &[
        "approval", "approved by the secretary", "section 251", "cag ", "came into force", "come into force",
        "comes into force", "established", "merged", "registration", "cookie", "contract", "agreement", "opt-out",
        "opt out", "data were", "repealed", "abolished", "dissolved", "consultation", "deadline", "launched",
        "new website", "code of practice was", "expires", "records management", "guidance",
    ];
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(70))..];
    let reviewed_notice = [
        "this notice", "this privacy", "this page", "this policy", "this statement", "our privacy notice",
        "last reviewed", "last updated", "privacy notice was",
    ]
    .iter()
    .any(|w| sentence.contains(w));
    OTHER.iter().any(|o| near.contains(o)) || !reviewed_notice && OTHER[..9].iter().any(|o| sentence.contains(o))
}

/// Whether the review is the notice's: the sentence names it, or the cue stands on a line of its own.
fn notice_is_meant(context: &Context<'_>, at: usize, sentence: &str, before: &str, from: usize) -> bool {
    const NOTICE: &[&str] = &[
        "notice", "policy", "statement", "this page", "page", "document", "this information", "content", "website",
        "version", "fpn", "framework",
    ];
    let foreign = [
        "toolkit", "regulations", "register", " act ", "framework contract", "list of", "code of", "schedule",
        "care plan", "treatment", "your case", "your eligibility", "your care", "decision",
    ]
    .iter()
    .any(|w| before.contains(w))
        && !before.contains("notice");
    let part = context.outline.part_at(at);
    let parted = ['·', '|', '•'];
    let short = part.is_some_and(|p| p.words <= 14)
        || sentence.contains(parted) && sentence.split(parted).all(|piece| piece.split_whitespace().count() <= 14);
    let lead = before[..from].trim();
    let opens = lead.is_empty()
        || [
            "it", "this", "it was", "this was", "it is", "it has been", "they were", "and was", "was", "these were",
            "it will", "it will be", "we shall", "we will", "we", "next",
        ]
        .iter()
        .any(|w| lead.ends_with(w))
        || before[..from].trim_end().ends_with([':', '.', '|', '-', ')', ',']);
    let paragraph = part.map_or("", |p| context.words(p));
    let near = paragraph.len() < 600 && NOTICE[..3].iter().any(|n| paragraph.contains(n));
    !foreign
        && (near || NOTICE.iter().any(|n| sentence.contains(n)) || short || opens && sentence.split(' ').count() <= 16)
}

/// A label on the line or in the cell before or behind: "Date of last review" / "June 2022".
fn label_beside(context: &Context<'_>, at: usize, end: usize) -> Option<(Sense, usize, bool)> {
    let index = context.outline.part_index(at);
    let part = context.outline.parts.get(index)?;
    let alone = end - at + 4 >= part.folded.len();
    if !alone {
        return None;
    }
    let beside = |other: Option<&super::Part>| {
        let words = context.words(other?).trim().trim_end_matches(':').trim();
        let words = &words[..words.floor_char_boundary(60)];
        let (sense, _, strong) = cue(&format!("{words} "))?;
        (words.split(' ').count() <= 7).then_some((sense, strong))
    };
    let previous = index.checked_sub(1).and_then(|i| context.outline.parts.get(i));
    // "2 July 2026 / Last updated / July 2027 / Review due": the label before belongs to the date before it, unless that
    // date has a label of its own before it.
    let taken = index >= 2 && {
        let date = &context.outline.parts[index - 2];
        let alone = date_at(context.folded(), date.folded.start)
            .is_some_and(|(_, end)| end - date.folded.start + 4 >= date.folded.len());
        alone && beside(index.checked_sub(3).and_then(|i| context.outline.parts.get(i))).is_none()
    };
    let previous = previous.filter(|_| !taken);
    let (sense, strong) = beside(previous).or_else(|| beside(context.outline.parts.get(index + 1)))?;
    Some((sense, at, strong))
}
