//! What the program knows of law, bodies and words: the dictionary files, compiled in, and users' own on top.
//!
//! In come `dictionaries/*.toml`; out come terms and one pass over a folded text that finds the phrases of all of them.

mod acts;
mod commissioners;
mod matcher;
mod schema;
mod term;
mod trie;
mod user;

pub use acts::{act_by_title, acts_with_title};
pub use commissioners::{Commissioners, Form};
pub use schema::FAMILIES;
pub use term::{Family, Term};
pub use user::DictionaryError;

use crate::model::Declaration;
use crate::text::{Fold, WordIndex};
use matcher::{Matcher, Phrases, StaticPhrase, Words};
use std::borrow::Cow;
use trie::Phrase;

// The build script compiles `trie.rs` beside the same module.
use crate::text::folding;

/// The compiled dictionary files.
mod built_in {
    use super::{Cow, Family, StaticPhrase, Term};
    include!(concat!(env!("OUT_DIR"), "/terms.rs"));
}

/// A term's number in its dictionary.
pub type TermId = u16;

/// All terms and the matcher over their phrases.
pub struct Dictionary {
    terms: Vec<Term>,
    /// For each family, the numbers of its terms.
    by_family: [Vec<TermId>; Family::COUNT],
    matcher: Matcher,
    commissioners: Commissioners,
    hash: String,
    declared: Option<Declaration>,
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
        let matcher = Matcher {
            slots: Cow::Borrowed(built_in::SLOTS),
            words: Words::BuiltIn(built_in::WORDS),
            roots: Cow::Borrowed(built_in::ROOTS),
            nodes: Cow::Borrowed(built_in::NODES),
            children: Cow::Borrowed(built_in::CHILDREN),
            ends: Cow::Borrowed(built_in::ENDS),
            phrases: Phrases::BuiltIn(built_in::PHRASES),
        };
        Dictionary::over(built_in::TERMS.to_vec(), matcher, built_in::HASH.to_owned())
    }

    /// The dictionary that ships with the program, with users' files over it: (name for messages, content) each.
    /// An entry replaces the one with its id in the same family, or is added.
    ///
    /// # Errors
    /// Where a file has a mistake; the error names file, line and cure.
    pub fn with_files(files: &[(String, String)]) -> Result<Dictionary, DictionaryError> {
        let mut terms = built_in::TERMS.to_vec();
        let mut sources = built_in::HASH.to_owned();
        for (name, content) in files {
            for term in user::parse(name, content)? {
                match terms.iter_mut().find(|t| t.family == term.family && t.id == term.id) {
                    Some(old) => *old = term,
                    None => terms.push(term),
                }
            }
            sources.push_str(content);
        }
        let phrases = terms.iter().enumerate().flat_map(|(id, term)| phrases_of(id as TermId, term)).collect();
        Ok(Dictionary::over(terms, Matcher::new(phrases), crate::model::sha256(sources.as_bytes())))
    }

    fn over(terms: Vec<Term>, matcher: Matcher, hash: String) -> Dictionary {
        let commissioners = Commissioners::new(&terms);
        let mut by_family: [Vec<TermId>; Family::COUNT] = std::array::from_fn(|_| Vec::new());
        for (id, term) in terms.iter().enumerate() {
            by_family[term.family as usize].push(id as TermId);
        }
        Dictionary { terms, by_family, matcher, commissioners, hash, declared: None }
    }

    /// This dictionary, which also knows what the owner of the notices declares about itself.
    pub fn declaring(self, declaration: Declaration) -> Dictionary {
        Dictionary { declared: Some(declaration), ..self }
    }

    /// What the owner of the notices declares about itself, where it does.
    pub fn declared(&self) -> Option<&Declaration> {
        self.declared.as_ref()
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
        self.by_family[family as usize].iter().map(|id| self.term(*id))
    }

    /// The term of a family with an id.
    pub fn by_id(&self, family: Family, id: &str) -> Option<&Term> {
        self.family(family).find(|t| t.id == id)
    }

    /// The term of a family with an id, and its number.
    pub fn numbered(&self, family: Family, id: &str) -> Option<(TermId, &Term)> {
        let at = self.terms.iter().position(|t| t.family == family && t.id == id)?;
        Some((at as TermId, &self.terms[at]))
    }

    /// The names of CCGs, ICBs and their predecessors.
    pub fn commissioners(&self) -> &Commissioners {
        &self.commissioners
    }

    /// All phrases found in a folded text at word boundaries, by place; within a family the longest of overlapping ones.
    /// `words` are those of the folded text.
    pub fn scan(&self, fold: &Fold, words: &WordIndex, body: &str) -> Vec<Hit> {
        let bytes = fold.text.as_bytes();
        let mut hits: Vec<Hit> = Vec::new();
        self.matcher.find(&fold.text, words, |found| {
            let Some(end) = word_end(bytes, found.end) else { return };
            if let Some(exact) = found.exact {
                let span = fold.span(found.start, found.end, body);
                if !body[span.range()].starts_with(exact) {
                    return;
                }
            }
            hits.push(Hit { start: found.start, end, term: found.term });
        });
        hits.sort_by_key(|h| (self.term(h.term).family, h.start, std::cmp::Reverse(h.end), h.term));
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            let family = self.term(hit.term).family;
            let covered = kept.last().is_some_and(|last| {
                self.term(last.term).family == family
                    && hit.start < last.end
                    && !(hit.start == last.start && hit.end == last.end && hit.term != last.term)
            });
            if !covered {
                kept.push(hit);
            }
        }
        kept.sort_by_key(|h| (h.start, h.end, h.term));
        kept
    }
}

/// The phrases of a term that the matcher looks for. The names of commissioners are not among them: see `commissioners.rs`.
fn phrases_of(id: TermId, term: &Term) -> Vec<Phrase> {
    let exact: Vec<&str> = term.exact.iter().map(AsRef::as_ref).collect();
    let plain: Vec<&str> = term.phrases.iter().map(AsRef::as_ref).collect();
    trie::phrases_of(id, file_of(term.family), term.kind(), &plain, &exact, |words| Fold::of(words).text)
}

/// The name of the file a family stands in.
fn file_of(family: Family) -> &'static str {
    FAMILIES.iter().find(|f| Family::of_file(f) == Some(family)).unwrap_or(&"")
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
