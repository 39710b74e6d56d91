//! One pass over a folded text that finds every phrase of a dictionary.

use super::trie::{Phrase, Tables};
use crate::text::WordIndex;
use crate::text::folding::{hash, is_word};
use std::borrow::Cow;

/// A phrase laid out by the build script.
pub(super) struct StaticPhrase {
    pub(super) term: u16,
    pub(super) folded: &'static str,
    pub(super) exact: Option<&'static str>,
}

/// The tables of `trie.rs`, compiled in or built at run time.
pub(super) struct Matcher {
    pub(super) slots: Cow<'static, [u32]>,
    pub(super) words: Words,
    pub(super) roots: Cow<'static, [u32]>,
    pub(super) nodes: Cow<'static, [[u32; 4]]>,
    pub(super) children: Cow<'static, [[u32; 2]]>,
    pub(super) ends: Cow<'static, [u32]>,
    pub(super) phrases: Phrases,
}

/// The words, compiled in or built.
pub(super) enum Words {
    BuiltIn(&'static [&'static str]),
    Built(Vec<String>),
}

/// The phrases, compiled in or built.
pub(super) enum Phrases {
    BuiltIn(&'static [StaticPhrase]),
    Built(Vec<Phrase>),
}

/// A phrase found: its bytes, its term, and how it is written where capitals count.
pub(super) struct Found<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) term: u16,
    pub(super) exact: Option<&'a str>,
}

impl Matcher {
    /// A matcher over phrases given at run time.
    pub(super) fn new(phrases: Vec<Phrase>) -> Matcher {
        let tables = Tables::new(phrases);
        Matcher {
            slots: Cow::Owned(tables.slots),
            words: Words::Built(tables.words),
            roots: Cow::Owned(tables.roots),
            nodes: Cow::Owned(tables.nodes),
            children: Cow::Owned(tables.children),
            ends: Cow::Owned(tables.ends),
            phrases: Phrases::Built(tables.phrases),
        }
    }

    fn word(&self, number: u32) -> &str {
        match &self.words {
            Words::BuiltIn(words) => words[number as usize],
            Words::Built(words) => &words[number as usize],
        }
    }

    fn phrase(&self, number: u32) -> (u16, &str, Option<&str>) {
        match &self.phrases {
            Phrases::BuiltIn(phrases) => {
                let phrase = &phrases[number as usize];
                (phrase.term, phrase.folded, phrase.exact)
            }
            Phrases::Built(phrases) => {
                let phrase = &phrases[number as usize];
                (phrase.term, &phrase.folded, phrase.exact.as_deref())
            }
        }
    }

    fn number_of(&self, word: &str) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = hash(word) as usize & mask;
        loop {
            let slot = self.slots[at].checked_sub(1)?;
            if self.word(slot) == word {
                return Some(slot);
            }
            at = (at + 1) & mask;
        }
    }

    /// Hands over every phrase found at word boundaries, by place of its first word.
    pub(super) fn find<'a>(&'a self, folded: &str, words: &WordIndex, mut out: impl FnMut(Found<'a>)) {
        let known: Vec<Option<Known>> = words.different(folded).map(|word| self.known(word)).collect();
        let passage = Passage { folded, words, known };
        for first in 0..words.word_places().len() {
            self.walk(&passage, first, &mut out);
        }
    }

    fn known(&self, word: &str) -> Option<Known> {
        let own = self.number_of(word);
        let singular = word.strip_suffix('s').and_then(|w| self.number_of(w));
        Some(Known { number: own.or(singular)?, singular: singular.filter(|_| own.is_some()) })
    }

    fn walk<'a>(&'a self, passage: &Passage<'_>, first: usize, out: &mut impl FnMut(Found<'a>)) {
        let root = |number: u32| self.roots[number as usize].checked_sub(1);
        let Some(known) = passage.known(first) else { return };
        if let Some(singular) = known.singular.and_then(root) {
            self.report(passage, first, first, singular, out);
        }
        let Some(mut node) = root(known.number) else { return };
        let mut last = first;
        loop {
            self.report(passage, first, last, node, out);
            last += 1;
            let [from, to, ..] = self.nodes[node as usize];
            let children = &self.children[from as usize..to as usize];
            if children.is_empty() {
                return;
            }
            let Some(known) = passage.known(last) else { return };
            let child = |number: &u32| children.binary_search_by_key(number, |c| c[0]).map(|at| children[at][1]).ok();
            if let Some(singular) = known.singular.as_ref().and_then(child) {
                self.report(passage, first, last, singular, out);
            }
            match child(&known.number) {
                Some(next) => node = next,
                None => return,
            }
        }
    }

    /// The phrases that end at `node`, checked byte for byte around their words.
    fn report<'a>(
        &'a self,
        passage: &Passage<'_>,
        first: usize,
        last: usize,
        node: u32,
        out: &mut impl FnMut(Found<'a>),
    ) {
        let [_, _, from, to] = self.nodes[node as usize];
        let places = passage.words.word_places();
        for number in &self.ends[from as usize..to as usize] {
            let (term, phrase, exact) = self.phrase(*number);
            let lead = phrase.bytes().take_while(|b| !is_word(*b)).count();
            let Some(start) = (places[first].0 as usize).checked_sub(lead) else { continue };
            if passage.folded.as_bytes().get(start..start + phrase.len()) == Some(phrase.as_bytes())
                && start + phrase.len() >= places[last].0 as usize
            {
                out(Found { start, end: start + phrase.len(), term, exact });
            }
        }
    }
}

/// A folded text and what the dictionary knows of its words.
struct Passage<'a> {
    folded: &'a str,
    words: &'a WordIndex,
    /// By the number of each different word.
    known: Vec<Option<Known>>,
}

impl Passage<'_> {
    fn known(&self, word: usize) -> Option<&Known> {
        (word < self.words.word_places().len()).then(|| self.known[self.words.which(word)].as_ref()).flatten()
    }
}

/// A word that stands in a phrase.
struct Known {
    /// Its number in the dictionary, or that of its singular where only that has one.
    number: u32,
    /// The number of its singular where both have one: the last word of a phrase may be in the plural.
    singular: Option<u32>,
}
