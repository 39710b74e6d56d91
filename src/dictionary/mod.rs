//! What the program knows of law, bodies and words: the dictionary files, compiled in, and users' own on top.
//!
//! In come `dictionaries/*.toml`; out come terms and one pass over a folded text that finds the phrases of all of them.

mod acts;
mod commissioners;
mod schema;
mod term;
mod user;

pub use acts::{act_by_title, acts_with_title};
pub use commissioners::{Commissioners, Form};
pub use schema::FAMILIES;
pub use term::{Family, Term};
pub use user::DictionaryError;

use crate::model::Day;
use crate::text::Fold;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::borrow::Cow;

/// The compiled dictionary files.
mod built_in {
    use super::{Cow, Family, Term};
    include!(concat!(env!("OUT_DIR"), "/terms.rs"));
}

/// A term's number in its dictionary.
pub type TermId = u16;

/// All terms and the matcher over their phrases.
pub struct Dictionary {
    terms: Vec<Term>,
    patterns: Vec<Pattern>,
    matcher: AhoCorasick,
    commissioners: Commissioners,
    hash: String,
}

struct Pattern {
    term: TermId,
    /// The phrase as written, where capitals count.
    exact: Option<Box<str>>,
}

/// One phrase of the dictionary found in a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First byte in the folded text.
    pub start: usize,
    /// Byte after the last one in the folded text.
    pub end: usize,
    /// The term whose phrase it is.
    pub term: TermId,
}

impl Dictionary {
    /// The dictionary that ships with the program.
    pub fn built_in() -> Dictionary {
        Dictionary::build(built_in::TERMS.to_vec(), built_in::SOURCES)
    }

    /// The dictionary that ships with the program, with users' files over it: (name for messages, content) each.
    /// An entry replaces the one with its id in the same family, or is added.
    ///
    /// # Errors
    /// Where a file has a mistake; the error names file, line and cure.
    pub fn with_files(files: &[(String, String)]) -> Result<Dictionary, DictionaryError> {
        let mut terms = built_in::TERMS.to_vec();
        let mut sources = built_in::SOURCES.to_owned();
        for (name, content) in files {
            for term in user::parse(name, content)? {
                match terms.iter_mut().find(|t| t.family == term.family && t.id == term.id) {
                    Some(old) => *old = term,
                    None => terms.push(term),
                }
            }
            sources.push_str(content);
        }
        Ok(Dictionary::build(terms, &sources))
    }

    fn build(terms: Vec<Term>, sources: &str) -> Dictionary {
        let mut patterns = Vec::new();
        let mut words = Vec::new();
        for (id, term) in terms.iter().enumerate().filter(|(_, t)| t.family != Family::Commissioners || t.kind() == "form") {
            for phrase in term.phrases.iter() {
                let folded = Fold::of(phrase).text;
                let variants = if term.family == Family::Legislation { title_variants(&folded) } else { Vec::new() };
                for phrase in variants.into_iter().chain([folded]) {
                    words.push(phrase);
                    patterns.push(Pattern { term: id as TermId, exact: None });
                }
            }
            for phrase in term.exact.iter() {
                words.push(Fold::of(phrase).text);
                patterns.push(Pattern { term: id as TermId, exact: Some(phrase.as_ref().into()) });
            }
        }
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&words)
            .unwrap_or_else(|_| AhoCorasick::new([""; 0]).unwrap_or_else(|_| unreachable!("an empty automaton always builds")));
        let commissioners = Commissioners::new(&terms);
        let hash = crate::model::sha256(sources.as_bytes());
        Dictionary { terms, patterns, matcher, commissioners, hash }
    }

    /// Hash of all dictionary files this one was made from, `sha256:…`.
    pub fn hash(&self) -> String {
        format!("sha256:{}", self.hash)
    }

    /// A term by its number.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[usize::from(id)]
    }

    /// The terms of a family.
    pub fn family(&self, family: Family) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |t| t.family == family)
    }

    /// The term of a family with an id.
    pub fn by_id(&self, family: Family, id: &str) -> Option<&Term> {
        self.family(family).find(|t| t.id == id)
    }

    /// The names of CCGs, ICBs and their predecessors.
    pub fn commissioners(&self) -> &Commissioners {
        &self.commissioners
    }

    /// All phrases found in a folded text at word boundaries, by place; within a family the longest of overlapping ones.
    pub fn scan(&self, fold: &Fold, body: &str) -> Vec<Hit> {
        let bytes = fold.text.as_bytes();
        let mut hits: Vec<Hit> = Vec::new();
        for found in self.matcher.find_overlapping_iter(&fold.text) {
            let (start, end) = (found.start(), found.end());
            if start > 0 && bytes[start - 1].is_ascii_alphanumeric() && bytes[start].is_ascii_alphanumeric() {
                continue;
            }
            let Some(end) = word_end(bytes, end) else { continue };
            let pattern = &self.patterns[found.pattern().as_usize()];
            if let Some(exact) = &pattern.exact {
                let span = fold.span(start, found.end(), body);
                if !body[span.range()].starts_with(exact.as_ref()) {
                    continue;
                }
            }
            hits.push(Hit { start, end, term: pattern.term });
        }
        hits.sort_by_key(|h| (self.term(h.term).family, h.start, std::cmp::Reverse(h.end), h.term));
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            let family = self.term(hit.term).family;
            let covered = kept.last().is_some_and(|last| self.term(last.term).family == family && hit.start < last.end && !(hit.start == last.start && hit.end == last.end && hit.term != last.term));
            if !covered {
                kept.push(hit);
            }
        }
        kept.sort_by_key(|h| (h.start, h.end, h.term));
        kept
    }
}

/// How else a title is written: its year in brackets or behind a comma, its brackets square.
fn title_variants(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    let year = title.len().checked_sub(4).and_then(|at| title.get(at..)).filter(|y| y.bytes().all(|b| b.is_ascii_digit()));
    if let Some(stem) = year.and_then(|y| title.strip_suffix(y)).map(str::trim_end) {
        out.extend(year.map(|y| format!("{stem} ({y})")));
        out.extend(year.map(|y| format!("{stem}, {y}")));
    }
    if title.contains('(') {
        let square: Vec<String> = out.iter().map(String::as_str).chain([title]).map(|t| square_brackets(t)).collect();
        out.extend(square);
    }
    out
}

/// The same title with square brackets where it has round ones, but for those around its year.
fn square_brackets(title: &str) -> String {
    let year = title.rfind(" (").filter(|at| title[at + 2..].starts_with(|c: char| c.is_ascii_digit())).unwrap_or(title.len());
    let (name, year) = title.split_at(year);
    format!("{}{year}", name.replace('(', "[").replace(')', "]"))
}

/// Where a phrase that ends at `end` ends as a word: there, or after a plural or possessive `s`.
fn word_end(bytes: &[u8], end: usize) -> Option<usize> {
    let boundary = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80);
    if end > 0 && !bytes[end - 1].is_ascii_alphanumeric() {
        return Some(end);
    }
    if boundary(end) {
        return Some(end);
    }
    (bytes[end] == b's' && boundary(end + 1)).then_some(end + 1)
}

impl Term {
    /// Whether it holds or exists on a day, as far as its dates say.
    pub fn current_on(&self, day: Day) -> bool {
        self.from_day().is_none_or(|from| from <= day) && self.until_day().is_none_or(|until| day < until)
    }
}
