//! Sections, parts, schedules and regulations: what stands before or behind the name of a law.

use super::Context;
use crate::dictionary::Family;
use std::ops::Range;

/// What a unit of a law is called, and its name in paths.
const UNITS: &[(&str, &str)] = &[
    ("sections", "section"),
    ("section", "section"),
    ("ss.", "section"),
    ("ss", "section"),
    ("s.", "section"),
    ("s", "section"),
    ("regulations", "regulation"),
    ("regulation", "regulation"),
    ("regs.", "regulation"),
    ("regs", "regulation"),
    ("reg.", "regulation"),
    ("reg", "regulation"),
    ("schedules", "schedule"),
    ("schedule", "schedule"),
    ("sched.", "schedule"),
    ("sch.", "schedule"),
    ("sch", "schedule"),
    ("paragraphs", "paragraph"),
    ("paragraph", "paragraph"),
    ("paras", "paragraph"),
    ("para", "paragraph"),
    ("parts", "part"),
    ("part", "part"),
    ("pt", "part"),
];

/// The unit of provisions ("section"), their numbers with their ends, and the byte behind all of it.
pub type Units = (&'static str, Vec<(String, usize)>, usize);

/// The provisions written directly at `at`: "section 251", "sections 10 and 11", "s261(5)(d)", "part 6".
pub fn units_at(folded: &str, at: usize) -> Option<Units> {
    let rest = &folded[at..];
    let (word, unit) = UNITS.iter().find(|(w, _)| {
        rest.starts_with(w) && rest[w.len()..].starts_with(|c: char| c == ' ' || c.is_ascii_digit() || c == '(')
    })?;
    let bytes = folded.as_bytes();
    let mut end = at + word.len();
    let mut numbers = Vec::new();
    loop {
        while bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        let bracketed = bytes.get(end) == Some(&b'(') && numbers.is_empty();
        let start = end + usize::from(bracketed);
        let len = bytes[start..].iter().take(8).take_while(|b| b.is_ascii_alphanumeric()).count();
        let number = &folded[start..start + len];
        if !number.starts_with(|c: char| c.is_ascii_digit()) || number.len() > 6 || digits(number) > 3 {
            break;
        }
        end = start + len + usize::from(bracketed && bytes.get(start + len) == Some(&b')'));
        while let Some(close) = bracket(folded, end) {
            end = close;
        }
        numbers.push((number.to_ascii_uppercase(), end));
        let Some(next) = joined(folded, end) else { break };
        end = next;
    }
    let end = numbers.last().map(|n| n.1)?;
    Some((unit, numbers, end))
}

fn digits(number: &str) -> usize {
    number.bytes().take_while(u8::is_ascii_digit).count()
}

/// The end of a bracketed subdivision at `at`: `(2)`, ` (b)`, `(ii)`.
fn bracket(folded: &str, at: usize) -> Option<usize> {
    let rest = &folded[at..];
    let skip = usize::from(rest.starts_with(' '));
    let inner = rest[skip..].strip_prefix('(')?;
    let close = inner.find(')').filter(|n| (1..=4).contains(n))?;
    inner[..close].bytes().all(|b| b.is_ascii_alphanumeric()).then_some(at + skip + 1 + close + 1)
}

/// The start of the next number of a list: "10 and 11", "17, 27".
fn joined(folded: &str, at: usize) -> Option<usize> {
    let rest = &folded[at..];
    [" and ", ", ", " & ", " or ", " to ", ","]
        .iter()
        .find(|j| rest.starts_with(*j) && rest[j.len()..].starts_with(|c: char| c.is_ascii_digit()))
        .map(|j| at + j.len())
        .filter(|start| {
            // A year is no section.
            folded[*start..].bytes().take_while(u8::is_ascii_digit).count() <= 3
        })
}

/// Starts of unit words in the `reach` bytes before `end`, nearest first.
pub fn unit_starts_before(folded: &str, end: usize, reach: usize) -> Vec<usize> {
    let floor = folded.ceil_char_boundary(end.saturating_sub(reach));
    let bytes = folded.as_bytes();
    let mut out = Vec::new();
    for at in (floor..end).rev() {
        if bytes[at] == b'\n' {
            break;
        }
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if begins
            && matches!(bytes[at], b's' | b'r' | b'p')
            && folded.is_char_boundary(at)
            && units_at(folded, at).is_some()
        {
            out.push(at);
        }
    }
    out
}

/// Conditions of Schedule 1 to the 2018 Act and of Schedules 2 and 3 to the 1998 Act: place and claim value.
pub fn schedule_conditions(context: &Context<'_>) -> Vec<(Range<usize>, String)> {
    let folded = context.folded();
    let old = context.hits_of(Family::Legislation).any(|(_, t, _)| t.id == "ukpga/1998/29");
    let new = context.hits_of(Family::Legislation).any(|(_, t, _)| t.id == "ukpga/2018/12");
    let mut out = Vec::new();
    for at in context.places("sch") {
        let Some(("schedule", numbers, end)) = units_at(folded, at) else { continue };
        let Some((schedule, first_end)) = numbers.first().cloned() else { continue };
        let sentence = context.sentence(at);
        let words = &folded[sentence.clone()];
        let old_here = words.contains("1998") && !words.contains("2018") || (old && !new);
        let (range, paragraphs) = conditions_around(folded, at, first_end.max(end), &sentence);
        for paragraph in paragraphs {
            let number: u32 =
                paragraph.bytes().take_while(u8::is_ascii_digit).fold(0, |n, d| n * 10 + u32::from(d - b'0'));
            let value = match (schedule.as_str(), old_here) {
                ("1", false) if (1..=41).contains(&number) => format!("dpa-2018:sch1:{number}"),
                ("2", true) if (1..=6).contains(&number) => format!("dpa-1998:sch2:{number}"),
                ("3", true) if (1..=10).contains(&number) => {
                    format!("dpa-1998:sch3:{}", if paragraph == "7a" { "7A" } else { &paragraph })
                }
                _ => continue,
            };
            out.push((range.clone(), value));
        }
    }
    out
}

/// The paragraphs named with a schedule, behind it ("Schedule 1, Part 1, paragraph 2", "Schedule 1 part 2(6)") or before
/// it ("paragraph 18 of Schedule 1", "condition 5 in Schedule 2").
fn conditions_around(folded: &str, at: usize, end: usize, sentence: &Range<usize>) -> (Range<usize>, Vec<String>) {
    let mut paragraphs = Vec::new();
    let mut stop = end;
    // `Schedule 1(2)`: the subdivision is the paragraph, except where a part follows.
    let glued = &folded[at..end];
    let mut rest_at = end;
    let stop_at = sentence.end.max(end);
    let skip = |mut at: usize| {
        while at < stop_at && matches!(folded.as_bytes()[at], b' ' | b',' | b'(' | b':' | b'-' | b';') {
            at += 1;
        }
        at
    };
    rest_at = skip(rest_at);
    let mut parted = false;
    if let Some(("part", _, part_end)) = part_at(folded, rest_at) {
        parted = true;
        stop = part_end;
        let written = &folded[rest_at..part_end];
        if let Some(inner) = bracketed_number(written) {
            paragraphs.push(inner);
        } else if let Some((inner, close)) = spaced_bracket(folded, part_end) {
            paragraphs.push(inner);
            stop = close;
        }
        rest_at = skip(stop);
    }
    if paragraphs.is_empty()
        && let Some((numbers, close)) = condition_numbers(folded, rest_at)
    {
        paragraphs = numbers;
        stop = close;
    }
    if paragraphs.is_empty() && !parted {
        paragraphs.extend(bracketed_number(glued));
    }
    let mut start = at;
    if paragraphs.is_empty() {
        let before = &folded[sentence.start.min(at)..at];
        if let Some((from, numbers)) = conditions_before(before) {
            paragraphs = numbers;
            start = sentence.start + from;
        }
    }
    (start..stop, paragraphs)
}

fn part_at(folded: &str, at: usize) -> Option<Units> {
    units_at(folded, at).filter(|(unit, _, _)| *unit == "part")
}

fn bracketed_number(words: &str) -> Option<String> {
    let open = words.find('(')?;
    let inner = words[open + 1..].split(')').next()?.trim();
    inner.starts_with(|c: char| c.is_ascii_digit()).then(|| inner.to_owned())
}

fn spaced_bracket(folded: &str, at: usize) -> Option<(String, usize)> {
    let close = bracket(folded, at)?;
    bracketed_number(&folded[at..close]).map(|n| (n, close))
}

/// "paragraph 2", "paragraphs 6 and 18", "condition 5", "para 2(2)(d)" at `at`.
fn condition_numbers(folded: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let rest = folded.get(at..)?;
    let word = [
        "paragraphs ", "paragraph ", "paras ", "para. ", "para ", "conditions ", "condition ", "sub-paragraph ",
        "section ", "no. ", "point ",
    ]
    .iter()
    .find(|w| rest.starts_with(*w))?;
    numbers_from(folded, at + word.len())
}

fn numbers_from(folded: &str, mut at: usize) -> Option<(Vec<String>, usize)> {
    let bytes = folded.as_bytes();
    let mut out = Vec::new();
    loop {
        let open = bytes.get(at) == Some(&b'(');
        let start = at + usize::from(open);
        let len = bytes[start..].iter().take(3).take_while(|b| b.is_ascii_alphanumeric()).count();
        let number = &folded[start..start + len];
        if !number.starts_with(|c: char| c.is_ascii_digit()) || digits(number) > 2 {
            break;
        }
        at = start + len + usize::from(open);
        while let Some(close) = bracket(folded, at) {
            at = close;
        }
        out.push(number.to_owned());
        match joined(folded, at) {
            Some(next) => at = next,
            None => break,
        }
    }
    (!out.is_empty()).then_some((out, at))
}

/// "paragraph 18 of " at the end of `before`: its start and the numbers.
fn conditions_before(before: &str) -> Option<(usize, Vec<String>)> {
    let trimmed = before.trim_end();
    let linked = ["of", "in", "to", "under", "at"].iter().any(|w| trimmed.ends_with(w))
        || trimmed.ends_with("part 1 of")
        || trimmed.ends_with("part 2 of");
    if !linked {
        return None;
    }
    let at = ["paragraphs ", "paragraph ", "paras ", "para ", "conditions ", "condition "]
        .iter()
        .filter_map(|w| before.rfind(w))
        .max()?;
    if before.len() - at > 70 {
        return None;
    }
    let word = before[at..].find(' ')? + at + 1;
    numbers_from(before, word).map(|(numbers, _)| (at, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_with_their_lists() {
        let (unit, numbers, _) = units_at("sections 10 and 11 of the act 2018", 0).expect("sections");
        assert_eq!((unit, numbers.len()), ("section", 2));
        assert_eq!(units_at("s261(5)(d)", 0).expect("s").1[0].0, "261");
        assert_eq!(units_at("section 14z8", 0).expect("s").1[0].0, "14Z8");
        assert!(units_at("section 2018", 0).is_none());
        assert!(units_at("services 5", 0).is_none());
    }
}
