//! One pass over a folded text that finds every phrase of a dictionary.

use super::trie::{Phrase, Tables};
use crate::text::folding::{hash, words_of};
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
    pub(super) fn find<'a>(&'a self, folded: &str, mut out: impl FnMut(Found<'a>)) {
        let places = words_of(folded);
        let numbers: Vec<Option<(u32, bool)>> =
            places.iter().map(|(start, end)| self.known(&folded[*start as usize..*end as usize])).collect();
        for first in 0..places.len() {
            self.walk(folded, &places, &numbers, first, &mut out);
        }
    }

    /// A word's number, also where it ends in a plural s that the dictionary's word lacks; whether it does.
    fn known(&self, word: &str) -> Option<(u32, bool)> {
        self.number_of(word)
            .map(|n| (n, false))
            .or_else(|| word.strip_suffix('s').and_then(|w| self.number_of(w)).map(|n| (n, true)))
    }

    fn walk<'a>(
        &'a self,
        folded: &str,
        places: &[(u32, u32)],
        numbers: &[Option<(u32, bool)>],
        first: usize,
        out: &mut impl FnMut(Found<'a>),
    ) {
        let root = |number: u32| self.roots[number as usize].checked_sub(1);
        let Some((number, _)) = numbers[first] else { return };
        let word = &folded[places[first].0 as usize..places[first].1 as usize];
        // The plural of a one-word phrase, where the plural itself begins other phrases.
        if let Some(singular) =
            word.strip_suffix('s').and_then(|w| self.number_of(w)).filter(|n| *n != number).and_then(root)
        {
            self.report(folded, places, first, first, singular, out);
        }
        let Some(mut node) = root(number) else { return };
        let mut last = first;
        loop {
            self.report(folded, places, first, last, node, out);
            last += 1;
            let Some(Some((number, _))) = numbers.get(last) else { return };
            let [from, to, ..] = self.nodes[node as usize];
            let children = &self.children[from as usize..to as usize];
            // The last word of a phrase may be in the plural where the plural has a number of its own.
            let word = &folded[places[last].0 as usize..places[last].1 as usize];
            if let Some(singular) = word.strip_suffix('s').and_then(|w| self.number_of(w)).filter(|n| n != number)
                && let Ok(at) = children.binary_search_by_key(&singular, |c| c[0])
            {
                self.report(folded, places, first, last, children[at][1], out);
            }
            match children.binary_search_by_key(number, |c| c[0]) {
                Ok(at) => node = children[at][1],
                Err(_) => return,
            }
        }
    }

    /// The phrases that end at `node`, checked byte for byte around their words.
    fn report<'a>(
        &'a self,
        folded: &str,
        places: &[(u32, u32)],
        first: usize,
        last: usize,
        node: u32,
        out: &mut impl FnMut(Found<'a>),
    ) {
        let [_, _, from, to] = self.nodes[node as usize];
        for number in &self.ends[from as usize..to as usize] {
            let (term, phrase, exact) = self.phrase(*number);
            let lead = phrase.bytes().take_while(|b| !(b.is_ascii_alphanumeric() || *b >= 0x80)).count();
            let Some(start) = (places[first].0 as usize).checked_sub(lead) else { continue };
            if folded.as_bytes().get(start..start + phrase.len()) == Some(phrase.as_bytes())
                && start + phrase.len() >= places[last].0 as usize
            {
                out(Found { start, end: start + phrase.len(), term, exact });
            }
        }
    }
}
