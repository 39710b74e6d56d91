//! CCGs and ICBs by the names people write.
//!
//! There are hundreds of them and the same words make many ("North East", "Sussex"), so their names are not phrases of
//! the matcher: a mention is found by its form ("CCG", "Integrated Care Board") and its name read backwards from there.

use super::TermId;
use super::term::{Family, Term};
use crate::text::folding::{HASH_START, hash_on};
use std::collections::{HashMap, HashSet};

/// The form of body that a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Clinical commissioning group.
    Ccg,
    /// Integrated care board.
    Icb,
    /// Health and care partnership, integrated care system: no legal person, though notices call it "we".
    Partnership,
}

/// Longest name, in words, that is looked for.
const LONGEST: usize = 12;

/// The names of all commissioners.
pub struct Commissioners {
    by_name: HashMap<String, Vec<TermId>>,
    /// The hashes of these names, in order: most words that are looked up are no name, and this tells so at once.
    hashes: Vec<u32>,
    first_words: HashSet<String>,
    abbreviations: HashMap<String, TermId>,
}

impl Commissioners {
    pub(super) fn new(terms: &[Term]) -> Commissioners {
        let mut by_name: HashMap<String, Vec<TermId>> = HashMap::new();
        let mut abbreviations = HashMap::new();
        for (id, term) in
            terms.iter().enumerate().filter(|(_, t)| t.family == Family::Commissioners && t.kind() != "form")
        {
            for phrase in term.phrases.iter() {
                let ids = by_name.entry(plain_name(phrase)).or_default();
                if !ids.contains(&(id as TermId)) {
                    ids.push(id as TermId);
                }
            }
            abbreviations.extend(term.exact.iter().map(|a| (a.to_string(), id as TermId)));
        }
        let first_words = by_name.keys().filter_map(|n| n.split(' ').next()).map(str::to_owned).collect();
        let mut hashes: Vec<u32> = by_name.keys().map(|name| plain_hash(name)).collect();
        hashes.sort_unstable();
        Commissioners { by_name, hashes, first_words, abbreviations }
    }

    /// The terms that bear a core name (without "NHS" and form), folded.
    pub fn named(&self, core: &str) -> &[TermId] {
        if self.hashes.binary_search(&plain_hash(core)).is_err() {
            return &[];
        }
        self.by_name.get(&plain_name(core)).map_or(&[], Vec::as_slice)
    }

    /// The commissioner with an abbreviation of its own, as written.
    pub fn abbreviated(&self, word: &str) -> Option<TermId> {
        self.abbreviations.get(word).copied()
    }

    /// The longest known core name that ends at byte `end` of `folded` (a space or the end of a word before the form):
    /// its first byte and the terms that bear it.
    pub fn name_before(&self, folded: &str, end: usize) -> Option<(usize, &[TermId])> {
        let words = words_before(folded, end);
        words.iter().rev().find_map(|start| self.get(&folded[*start..end]).map(|ids| (*start, ids)))
    }

    /// The longest known core name that begins at byte `start` of `folded`: its end and the terms that bear it.
    pub fn name_after(&self, folded: &str, start: usize) -> Option<(usize, &[TermId])> {
        let rest = &folded[start..];
        let first = rest.split([' ', ',', '\n', '.', ';']).next()?;
        if !self.first_words.contains(first) {
            return None;
        }
        let mut ends = Vec::new();
        for (at, c) in rest.char_indices().take(120) {
            if c == '\n' {
                ends.push(at);
                break;
            }
            if !c.is_alphanumeric() && c != '&' && c != '-' {
                ends.push(at);
            }
        }
        if rest.len() < 120 {
            ends.push(rest.trim_end_matches('\n').len());
        }
        ends.iter().rev().find_map(|len| self.get(&rest[..*len]).map(|ids| (start + len, ids)))
    }

    fn get(&self, core: &str) -> Option<&[TermId]> {
        Some(self.named(core.strip_suffix("'s").unwrap_or(core))).filter(|ids| !ids.is_empty())
    }
}

/// Starts of the words before `end`, nearest first, within one line.
fn words_before(folded: &str, end: usize) -> Vec<usize> {
    let bytes = folded.as_bytes();
    let mut starts = Vec::new();
    let mut at = end;
    while at > 0 && starts.len() < LONGEST {
        let before = bytes[at - 1];
        if before == b'\n' || matches!(before, b'.' | b';' | b':' | b'(' | b'"') && at < end {
            break;
        }
        at -= 1;
        if bytes[at] != b' ' && (at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'(' | b'"' | b'/')) {
            starts.push(at);
        }
    }
    starts
}

/// A core name without what does not count: "and"/"&", commas, hyphens, "NHS", articles.
fn plain_name(core: &str) -> String {
    let mut out = String::with_capacity(core.len());
    for word in plain_words(core) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(std::str::from_utf8(word).unwrap_or(""));
    }
    out
}

/// The words that count in a core name.
fn plain_words(core: &str) -> impl Iterator<Item = &[u8]> {
    core.as_bytes().split(|b| matches!(b, b' ' | b',' | b'-')).filter_map(|word| match word {
        b"" | b"nhs" | b"the" => None,
        b"&" => Some(&b"and"[..]),
        other => Some(other),
    })
}

/// A hash of a core name without what does not count.
fn plain_hash(core: &str) -> u32 {
    // Behind each word stands a space.
    plain_words(core).fold(HASH_START, |hash, word| hash_on(hash_on(hash, word), b" "))
}
