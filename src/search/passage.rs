//! The words that made a notice a hit, in their sentence, under their headings.
//!
//! In come a text, its entry and what was looked for; out comes the sentence in which most of it stands, with the words
//! marked. It never changes a word: where a sentence is too long it is cut with `…`.

use super::entry::Entry;
use super::plan::Sought;
use super::terms;
use super::together::all_fit;
use super::words::{Word, Words};
use crate::text::{Fold, sentence_starts};
use std::collections::BTreeMap;
use std::ops::Range;

/// A passage of a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The headings above it.
    pub section: Vec<String>,
    /// Its words.
    pub snippet: String,
    /// The words looked for, in bytes of the snippet.
    pub marks: Vec<Range<usize>>,
    /// Where its first marked words stand in the notice's text, in bytes.
    pub evidence: Option<Range<usize>>,
}

/// Longest snippet, in characters.
const LONGEST: usize = 420;

/// Fewer words than this make a heading or a label rather than a sentence.
const HEADING: usize = 5;

/// Most places that are compared: the first of them are as good as all.
const PLACES: usize = 4096;

/// The best passage.
pub fn of(text: &str, entry: &Entry, sought: &[Sought]) -> Passage {
    let mut found = places(text, sought);
    let message = facts(text, entry, sought, &mut found);
    found.sort_by_key(|(range, number)| (range.start, range.end, *number));
    found.truncate(PLACES);
    let Some((sentence, marks)) = best(text, &found) else {
        // An absence has no words: the finding's own, or else how the notice begins.
        return message.map_or_else(|| beginning(text, entry), |snippet| Passage { snippet, ..Passage::default() });
    };
    let evidence = marks.first().cloned();
    let at = evidence.as_ref().map_or(sentence.start, |e| e.start);
    let (snippet, marks) = cut(text, sentence, &marks);
    Passage { section: entry.path(at as u32, text), snippet, marks, evidence }
}

/// Where words of the text fit, each with the number of what was sought.
fn places(text: &str, sought: &[Sought]) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    if sought.iter().all(|f| matches!(f, Sought::Fact(_))) {
        return found;
    }
    let longest = sought.iter().map(length).max().unwrap_or(1);
    // The last words read, as many as the longest phrase has.
    let mut recent: Vec<Word> = Vec::new();
    for word in Words::of(text) {
        if found.len() >= PLACES {
            break;
        }
        if word.reference {
            let fits = |f: &Sought| matches!(f, Sought::Word(forms) if forms.contains(&word.text));
            found.extend(sought.iter().enumerate().filter(|(_, f)| fits(f)).map(|(n, _)| (word.start..word.end, n)));
            continue;
        }
        if recent.len() == longest {
            recent.remove(0);
        }
        recent.push(word);
        for (number, one) in sought.iter().enumerate() {
            if let Some(first) = ends_here(one, &recent) {
                found.push((first.start..recent[recent.len() - 1].end, number));
            }
        }
    }
    found
}

fn length(sought: &Sought) -> usize {
    match sought {
        Sought::Word(_) | Sought::Fact(_) => 1,
        Sought::Phrase(words) => words.len(),
        Sought::Begins(words, _) => words.len() + 1,
    }
}

/// The first word of what is sought, where it ends with the last word read.
fn ends_here<'w>(sought: &Sought, recent: &'w [Word]) -> Option<&'w Word> {
    let last = recent.last()?;
    let tail = recent.len().checked_sub(length(sought)).map(|at| &recent[at..])?;
    let fits = match sought {
        Sought::Word(forms) => forms.contains(&last.text),
        Sought::Phrase(words) => tail.iter().zip(words).all(|(w, p)| w.text == *p),
        Sought::Begins(words, prefix) => {
            last.text.starts_with(prefix.as_str()) && tail.iter().zip(words).all(|(w, p)| w.text == *p)
        }
        Sought::Fact(_) => false,
    };
    fits.then(|| &tail[0])
}

/// Adds the places of claims and findings that fit; the words of a finding that rests on no place.
fn facts(text: &str, entry: &Entry, sought: &[Sought], found: &mut Vec<(Range<usize>, usize)>) -> Option<String> {
    let mut message = None;
    let wanted = sought.iter().enumerate().filter_map(|(number, one)| match one {
        Sought::Fact(alternatives) => Some((number, alternatives)),
        _ => None,
    });
    let wanted: Vec<_> = wanted.collect();
    if wanted.is_empty() {
        return None;
    }
    let place = |(start, end): (u32, u32)| {
        let range = start as usize..end as usize;
        text.get(range.clone()).map(|_| range)
    };
    for claim in &entry.claims {
        let terms = terms::of_claim(claim);
        let fits = wanted.iter().filter(|(_, any)| any.iter().any(|groups| all_fit(groups, &terms)));
        found.extend(fits.filter_map(|(number, _)| place(claim.evidence).map(|range| (range, *number))));
    }
    for wrong in &entry.findings {
        let terms = terms::of_finding(wrong);
        for (number, _) in wanted.iter().filter(|(_, any)| any.iter().any(|groups| all_fit(groups, &terms))) {
            match wrong.evidence.and_then(place) {
                Some(range) => found.push((range, *number)),
                None => message = message.or_else(|| Some(format!("{}: {}", wrong.rule, wrong.message))),
            }
        }
    }
    message
}

/// The sentence in which most of what was sought has a place, the earliest of several, and the places in it.
fn best(text: &str, found: &[(Range<usize>, usize)]) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let mut lines: BTreeMap<usize, Vec<&(Range<usize>, usize)>> = BTreeMap::new();
    for place in found {
        let line = text[..place.0.start].rfind('\n').map_or(0, |at| at + 1);
        lines.entry(line).or_default().push(place);
    }
    let different = |places: &[&(Range<usize>, usize)]| {
        let mut numbers: Vec<usize> = places.iter().map(|p| p.1).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len()
    };
    let end_of = |line: usize| text[line..].find('\n').map_or(text.len(), |at| line + at);
    // Of a heading and a sentence with as much of it, the sentence says more.
    let speaks = |line: usize| text[line..end_of(line)].split(' ').nth(HEADING).is_some();
    let (line, places) =
        lines.iter().max_by_key(|(at, places)| (different(places), speaks(**at), std::cmp::Reverse(**at)))?;
    let end = end_of(*line);
    let sentences = sentences(&text[*line..end], *line);
    let within = |s: &Range<usize>| {
        places.iter().filter(|p| s.contains(&p.0.start)).copied().collect::<Vec<&(Range<usize>, usize)>>()
    };
    let best = sentences.iter().max_by_key(|s| (different(&within(s)), std::cmp::Reverse(s.start)))?;
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (place, _) in within(best) {
        match marks.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => marks.push(place.clone()),
        }
    }
    // Evidence may run over several sentences or lines, such as a heading and the cell under it.
    let last = marks.iter().map(|m| m.end).max().unwrap_or(best.end);
    Some((best.start..best.end.max(last), marks))
}

/// The sentences of a line that begins at byte `from` of the text.
fn sentences(line: &str, from: usize) -> Vec<Range<usize>> {
    let fold = Fold::of(line);
    let mut starts: Vec<usize> =
        sentence_starts(&fold.text).iter().map(|s| fold.body_at(*s as usize) as usize).collect();
    starts.push(line.len());
    starts.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| from + pair[0]..from + pair[1]).collect()
}

/// A sentence with its marks, white space at its ends left out, cut around the first mark where it is too long.
fn cut(text: &str, sentence: Range<usize>, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let words = &text[sentence.clone()];
    let mut start = sentence.start + (words.len() - words.trim_start().len());
    let mut end = start + words.trim().len();
    let (mut before, mut after) = ("", "");
    if text[start..end].chars().count() > LONGEST {
        let first = marks.first().map_or(start, |m| m.start);
        let lead = text[start..first].char_indices().rev().nth(LONGEST / 3).map(|(at, _)| start + at);
        if let Some(lead) = lead {
            start = text[lead..first].find(char::is_whitespace).map_or(first, |at| lead + at + 1);
            start = text.ceil_char_boundary(start);
            before = "… ";
        }
        if let Some((at, _)) = text[start..end].char_indices().nth(LONGEST) {
            let tail = text[start..start + at].rfind(char::is_whitespace).unwrap_or(at);
            end = start + tail;
            after = " …";
        }
    }
    let snippet = format!("{before}{}{after}", &text[start..end]);
    // A line feed inside evidence would break a table's row; both are one byte.
    let snippet = snippet.replace('\n', " ");
    let shift = |m: &Range<usize>| {
        let (from, to) = (m.start.max(start), m.end.min(end));
        (from < to).then(|| from - start + before.len()..to - start + before.len())
    };
    (snippet, marks.iter().filter_map(shift).collect())
}

/// How a notice begins: its first sentence that is more than a heading.
fn beginning(text: &str, entry: &Entry) -> Passage {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().split(' ').count() > 8 {
            break;
        }
        at += line.len();
    }
    let at = if at >= text.len() { 0 } else { at };
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    let first = sentences(&text[at..end], at).into_iter().next().unwrap_or(at..end);
    let (snippet, _) = cut(text, first, &[]);
    Passage { section: entry.path(at as u32, text), snippet, ..Passage::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str, sought: &[Sought]) -> (String, Vec<String>) {
        let found = of(text, &Entry::default(), sought);
        let marks = found.marks.iter().map(|m| found.snippet[m.clone()].to_owned()).collect();
        (found.snippet, marks)
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown() {
        let text = "Consent is one ground.\nWe keep invoices. We rely on consent for newsletters, e.g. by post. Bye.\n";
        let word = |w: &str| Sought::Word(vec![w.to_owned()]);
        let (snippet, marks) = passage(text, &[word("consent"), word("newsletters")]);
        assert_eq!(snippet, "We rely on consent for newsletters, e.g. by post.");
        assert_eq!(marks, ["consent", "newsletters"]);
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_words() {
        let text = format!("{}– the phrase é looked for {}", "wörter ".repeat(200), "more ".repeat(200));
        let (snippet, marks) = passage(&text, &[Sought::Phrase(vec!["phrase".to_owned(), "é".to_owned()])]);
        assert_eq!(marks, ["phrase é"]);
        assert!(snippet.starts_with("… ") && snippet.ends_with(" …") && snippet.chars().count() < 450, "{snippet}");
    }

    #[test]
    fn what_is_not_there_is_shown_by_how_the_notice_begins() {
        let text = "Privacy notice\nThis notice tells you what we do with data about you. More.\n";
        assert_eq!(passage(text, &[]).0, "This notice tells you what we do with data about you.");
        assert_eq!(passage("", &[]).0, "");
    }
}
