//! Acts by their titles and years: "… Act 2012", "… Act (2012)", "… Acts 1989 and 2004".
//!
//! In comes a text; out come the Acts that exist under the title and year, and those that do not.

use super::Context;
use crate::dictionary::{Family, Hit, act_by_title, acts_with_title};
use std::ops::Range;

/// Whether a place is inside an address: "legislation.gov.uk/ukpga/1998/29".
pub(super) fn in_token(folded: &str, at: usize) -> bool {
    let start = folded[..at].rfind([' ', '\n']).map_or(0, |n| n + 1);
    let token = &folded[start..at];
    token.contains("www.") || token.contains("://") || token.contains(".uk/") || token.contains('@')
}

/// "… Act 2012", "… Act (2012)", "… Act in 2012", "… Acts 1989 and 2004": the word and each year.
pub(super) struct DatedAct {
    pub(super) word: usize,
    pub(super) year: String,
    pub(super) year_end: usize,
}

pub(super) fn dated_acts(context: &Context<'_>) -> Vec<DatedAct> {
    let folded = context.folded();
    let bytes = folded.as_bytes();
    let mut out = Vec::new();
    for word in context.places("act") {
        let mut end = word + 3;
        if word == 0 || bytes[word - 1] != b' ' {
            continue;
        }
        if bytes.get(end) == Some(&b's') {
            end += 1;
        }
        if bytes.get(end).is_none_or(u8::is_ascii_alphanumeric) {
            continue;
        }
        // A short form may stand between the name and the year: "Act (DPA) 2018".
        let rest = &folded[end..];
        if let Some(close) = rest.strip_prefix(" (").and_then(|r| r.find(')')).filter(|n| *n <= 14)
            && !rest[2..2 + close].bytes().any(|b| b.is_ascii_digit())
        {
            end += close + 3;
        }
        let lead = folded[end..].bytes().take_while(|b| matches!(b, b' ' | b'(' | b',')).count();
        let mut year_at = end + lead;
        if folded[year_at..].starts_with("in ") || folded[year_at..].starts_with("of ") {
            year_at += 3;
        }
        while let Some(year) = year_at_byte(folded, year_at) {
            let bracket =
                usize::from(bytes.get(year_at + 4) == Some(&b')') && bytes.get(year_at.wrapping_sub(1)) == Some(&b'('));
            out.push(DatedAct { word, year: year.to_owned(), year_end: year_at + 4 + bracket });
            let behind = &folded[year_at + 4..];
            let Some(join) = [" and ", " & ", ", ", "/", " / "].iter().find(|j| behind.starts_with(*j)) else { break };
            year_at += 4 + join.len();
        }
    }
    out
}

pub(super) fn year_at_byte(folded: &str, at: usize) -> Option<&str> {
    let year = folded.get(at..at + 4)?;
    let plain = year.bytes().all(|b| b.is_ascii_digit()) && (year.starts_with("19") || year.starts_with("20"));
    (plain && !folded.as_bytes().get(at + 4).is_some_and(u8::is_ascii_digit)).then_some(year)
}

/// The starts of the words before "act", nearest first.
pub(super) fn title_starts(folded: &str, word: usize) -> Vec<usize> {
    let bytes = folded.as_bytes();
    let mut out = Vec::new();
    let mut at = word - 1;
    while at > 0 && out.len() < 12 {
        if matches!(bytes[at - 1], b'\n' | b'.' | b';') {
            break;
        }
        at -= 1;
        if at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'"' | b'/' | b'\'') {
            out.push(at);
        }
    }
    out
}

pub(super) fn title_of(folded: &str, start: usize, act: &DatedAct) -> String {
    let words = folded[start..act.word].trim_end().replace('&', "and");
    format!("{words} act {}", act.year)
}

/// The longest run of words before "act" that makes an Act's title: its start, title and path.
pub(super) fn longest_title(folded: &str, act: &DatedAct) -> Option<(usize, String, &'static str)> {
    title_starts(folded, act.word).into_iter().rev().find_map(|start| {
        let title = title_of(folded, start, act);
        let found = act_by_title(&title).or_else(|| act_by_title(&title.replace("'s act", " act")));
        found.map(|(path, _)| (start, title, path))
    })
}

/// Acts cited with a year in which no Act of that title was passed: place, words as cited, and the years that exist.
pub fn doubtful_statutes(context: &Context<'_>) -> Vec<(Range<usize>, Vec<String>)> {
    let folded = context.folded();
    let mut out = Vec::new();
    for act in dated_acts(context) {
        let year: i32 = act.year.parse().unwrap_or(0);
        if !(1963..=2025).contains(&year) || longest_title(folded, &act).is_some() || in_token(folded, act.word) {
            continue;
        }
        // A title that the dictionary knows without its year says nothing of the year behind it.
        let dated =
            |h: &Hit| h.end >= act.year_end || folded[..h.end].ends_with(|c: char| c.is_ascii_digit() || c == ')');
        if context
            .hits_of(Family::Legislation)
            .any(|(h, _, _)| h.start < act.year_end && act.word <= h.end && h.end + 8 >= act.word && dated(h))
        {
            continue;
        }
        let starts = title_starts(folded, act.word);
        let known = starts.into_iter().rev().find_map(|start| {
            let stem = format!("{} act ", folded[start..act.word].trim_end().replace('&', "and"));
            let titles = acts_with_title(&stem);
            let capital = context.published(start..start + 1).starts_with(|c: char| c.is_uppercase());
            (!titles.is_empty() && capital).then_some((start, titles))
        });
        if let Some((start, titles)) = known {
            out.push((start..act.year_end, titles.into_iter().map(str::to_owned).collect()));
        }
    }
    out
}
