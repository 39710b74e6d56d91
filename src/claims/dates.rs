//! Dates as people write them.

use crate::model::PartialDate;

const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
];

/// Whether a date may start at byte `at`, by what stands there: nearly always it may not, and this says so at once.
pub fn may_start(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii_digit()
        || matches!(
            bytes.get(at..at + 3),
            Some(
                b"jan"
                    | b"feb"
                    | b"mar"
                    | b"apr"
                    | b"may"
                    | b"jun"
                    | b"jul"
                    | b"aug"
                    | b"sep"
                    | b"oct"
                    | b"nov"
                    | b"dec"
            )
        )
}

/// A date that starts at byte `at` of a folded text, and the byte behind it: "24th June 2022", "1 Oct 2024", "June 2023",
/// "Sept. 2019", "19/08/2015", "04-12-2020", "25.05.18", "2022-02-14", "10th April 24". A year alone is none.
pub fn date_at(folded: &str, at: usize) -> Option<(PartialDate, usize)> {
    let before = at.checked_sub(1).map(|b| folded.as_bytes()[b]);
    if before.is_some_and(|b| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'/' | b'-' | b'.') && at >= 2 && folded.as_bytes()[at - 2].is_ascii_digit()
    }) {
        return None;
    }
    let first = folded.as_bytes().get(at)?;
    if first.is_ascii_digit() {
        return iso(folded, at)
            .or_else(|| numeric(folded, at))
            .or_else(|| day_first(folded, at))
            .or_else(|| month_year_numeric(folded, at));
    }
    month_first(folded, at)
}

fn number(folded: &str, at: usize, longest: usize) -> Option<(i16, usize)> {
    let len =
        folded.as_bytes()[at.min(folded.len())..].iter().take(longest + 1).take_while(|b| b.is_ascii_digit()).count();
    (1..=longest).contains(&len).then(|| folded[at..at + len].parse().ok().map(|n| (n, at + len))).flatten()
}

fn made(year: i16, month: Option<i8>, day: Option<i8>, end: usize) -> Option<(PartialDate, usize)> {
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    if !(1980..=2060).contains(&year) {
        return None;
    }
    let date = PartialDate { year, month, day };
    PartialDate::parse(&date.to_string()).map(|d| (d, end))
}

fn iso(folded: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (year, next) = number(folded, at, 4).filter(|(y, n)| *y > 1900 && n - at == 4)?;
    let rest = &folded[next..];
    let (month, next) = number(folded, next + 1, 2).filter(|_| rest.starts_with('-'))?;
    let (day, next) = number(folded, next + 1, 2).filter(|_| folded[next..].starts_with('-'))?;
    made(year, Some(month as i8), Some(day as i8), next)
}

fn numeric(folded: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (day, next) = number(folded, at, 2)?;
    let separator = folded[next..].chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let (month, next) = number(folded, next + 1, 2)?;
    if !folded[next..].starts_with(separator) {
        return None;
    }
    let (year, end) = number(folded, next + 1, 4).filter(|(_, end)| matches!(end - next - 1, 2 | 4))?;
    made(year, Some(month as i8), Some(day as i8), end)
}

fn month_year_numeric(folded: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (month, next) = number(folded, at, 2).filter(|(m, _)| (1..=12).contains(m))?;
    if !folded[next..].starts_with('/') {
        return None;
    }
    let (year, end) = number(folded, next + 1, 4).filter(|(y, end)| end - next - 1 == 4 && *y > 1990)?;
    made(year, Some(month as i8), None, end)
}

/// Month named at `at`, and the byte behind it.
fn month(folded: &str, at: usize) -> Option<(i8, usize)> {
    let word: &str = folded[at..].split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let found = MONTHS
        .iter()
        .position(|m| *m == word || word == "sept" && *m == "september" || word.len() == 3 && m.starts_with(word))?;
    let dot = usize::from(folded[at + word.len()..].starts_with('.'));
    Some((found as i8 + 1, at + word.len() + dot))
}

fn skip(folded: &str, mut at: usize) -> usize {
    while folded.as_bytes().get(at).is_some_and(|b| matches!(b, b' ' | b',' | b'-')) {
        at += 1;
    }
    at
}

fn day_first(folded: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (day, mut next) = number(folded, at, 2).filter(|(d, _)| (1..=31).contains(d))?;
    let gap = usize::from(folded[next..].starts_with(' '));
    if ["st", "nd", "rd", "th"].iter().any(|s| {
        folded[next + gap..].starts_with(s) && !folded[next + gap + 2..].starts_with(|c: char| c.is_alphabetic())
    }) {
        next += gap + 2;
    }
    next = skip(folded, next);
    if folded[next..].starts_with("of ") {
        next += 3;
    }
    let (month, next) = month(folded, next)?;
    let (year, end) = year_behind(folded, next)?;
    made(year, Some(month), Some(day as i8), end)
}

fn month_first(folded: &str, at: usize) -> Option<(PartialDate, usize)> {
    let (month, next) = month(folded, at)?;
    // "July 4th, 2022" before "July 2022".
    if let Some((day, mut end)) = number(folded, skip(folded, next), 2).filter(|(d, _)| (1..=31).contains(d)) {
        if ["st", "nd", "rd", "th"].iter().any(|s| folded[end..].starts_with(s)) {
            end += 2;
        }
        if let Some((year, end)) = number(folded, skip(folded, end), 4).filter(|(y, _)| *y > 1990) {
            return made(year, Some(month), Some(day as i8), end);
        }
    }
    let (year, end) = year_behind(folded, next)?;
    made(year, Some(month), None, end)
}

fn year_behind(folded: &str, at: usize) -> Option<(i16, usize)> {
    let start = skip(folded, at);
    if start == at && folded[at..].starts_with(|c: char| c.is_ascii_digit()) || start > at {
        let quote = usize::from(folded[start..].starts_with('\''));
        return number(folded, start + quote, 4).filter(|(_, end)| matches!(end - start - quote, 2 | 4));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_date() {
        for (written, meant) in [
            ("24th june 2022", "2022-06-24"),
            ("24 may 2018", "2018-05-24"),
            ("1 oct 2024", "2024-10-01"),
            ("october 2022", "2022-10"),
            ("sept. 2019", "2019-09"),
            ("19/08/2015", "2015-08-19"),
            ("04-12-2020", "2020-12-04"),
            ("25.05.18", "2018-05-25"),
            ("10th april 24", "2024-04-10"),
            ("30 th january 2020", "2020-01-30"),
            ("2022-02-14t13:29", "2022-02-14"),
            ("july 4th, 2022", "2022-07-04"),
            ("06/2023", "2023-06"),
            ("jan-26", "2026-01"),
        ] {
            assert_eq!(date_at(written, 0).map(|(d, _)| d.to_string()).as_deref(), Some(meant), "{written}");
        }
        for written in ["2018", "may contact", "march with", "32 june 2020", "7-07(a)/2013", "12 months"] {
            assert_eq!(date_at(written, 0), None, "{written}");
        }
    }
}
