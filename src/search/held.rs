//! What the index keeps of a version is held against what its captures say now.
//!
//! In come an entry with its text as kept, and the version as it is read again; out come the quotes that are not at their
//! place any more. Nothing is put right: an index is made again from the captures.

use super::entry::Entry;
use crate::pipeline::Analysis;
use std::collections::BTreeSet;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Quotes that were looked for.
    pub quotes: usize,
    /// Of those, quotes that are read at another place now, by another program or other dictionaries than made the index.
    pub elsewhere: usize,
    /// What is not true any more: which claim or finding, what it says and what stands there.
    pub wrong: Vec<String>,
}

/// Longest part of a quote that is shown, in characters.
const SHOWN: usize = 80;

/// Holds an entry against the version that it is of. `same` tells whether program and dictionaries are those that made the
/// index: then claim for claim must be read again.
pub fn held(entry: &Entry, text: &str, read: &Analysis, same: bool) -> Held {
    let mut out = Held::default();
    let claims = entry.claims.iter().map(|c| (format!("claim {} “{}”", c.kind, c.value), Some(c.evidence)));
    let findings = entry.findings.iter().map(|f| (format!("finding {}", f.rule), f.evidence));
    for (what, (start, end)) in claims.chain(findings).filter_map(|(what, at)| Some((what, at?))) {
        out.quotes += 1;
        let range = start as usize..(end as usize).max(start as usize);
        let there = read.text.body.get(range.clone()).unwrap_or("");
        match text.get(range).filter(|quote| !quote.is_empty()) {
            None => {
                out.wrong.push(format!("{what}: there are no words at bytes {start} to {end} of the text it keeps"))
            }
            Some(quote) if quote == there => {}
            Some(quote) if !same && read.text.body.contains(quote) => out.elsewhere += 1,
            Some(quote) => out.wrong.push(format!(
                "{what} rests on “{}” at bytes {start} to {end}, where the capture reads “{}”",
                shown(quote),
                shown(there)
            )),
        }
    }
    if same && out.wrong.is_empty() {
        out.wrong.extend(other_claims(entry, read));
    }
    out
}

/// Claims that only one of the two has: the words may be there, and mean something else.
fn other_claims(entry: &Entry, read: &Analysis) -> Vec<String> {
    let again = Entry::of(read);
    let all = |entry: &Entry| -> BTreeSet<(String, String, (u32, u32))> {
        entry.claims.iter().map(|c| (c.kind.clone(), c.value.clone(), c.evidence)).collect()
    };
    let (kept, now) = (all(entry), all(&again));
    let told = |(kind, value, (start, end)): &(String, String, (u32, u32)), what: &str| {
        format!("claim {kind} “{}” at bytes {start} to {end} {what}", shown(value))
    };
    let gone = kept.difference(&now).map(|c| told(c, "is not what the capture says there"));
    gone.chain(now.difference(&kept).map(|c| told(c, "is read in the capture, and is not in the index"))).collect()
}

fn shown(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}
