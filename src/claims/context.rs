//! What every claim reader looks at: one text, folded, laid out, and scanned once.

use super::articles::{Citation, citations};
use super::mentions::{Mention, Passage, mentions};
use super::outline::{Outline, Part};
use crate::dictionary::{Dictionary, Family, Hit, Term};
use crate::model::{Claim, ClaimKind, Span, Text};
use crate::text::{Fold, Places, WordIndex, sentence_starts};
use std::ops::Range;

/// One text with all that was found in it before any claim is read.
pub struct Context<'a> {
    /// The text.
    pub text: &'a Text,
    /// The dictionary it was scanned with.
    pub dictionary: &'a Dictionary,
    /// Its folded text.
    pub fold: Fold,
    /// Dictionary phrases, by place.
    pub hits: Vec<Hit>,
    /// For each family, the numbers of its hits outside page furniture.
    by_family: [Vec<u32>; Family::COUNT],
    /// Its sections.
    pub outline: Outline,
    /// Where each word of the folded text stands.
    words: WordIndex,
    /// Articles cited in it, as written, by place.
    pub citations: Vec<Citation>,
    /// First bytes of the sentences of the folded text.
    sentences: Vec<u32>,
    /// CCGs, ICBs and partnerships named in it, by place.
    pub mentions: Vec<Mention>,
}

/// No phrase of a dictionary is longer than this, in bytes.
const LONGEST_PHRASE: usize = 400;

impl<'a> Context<'a> {
    /// Folds, scans and lays out a text.
    pub fn new(text: &'a Text, dictionary: &'a Dictionary) -> Context<'a> {
        let fold = Fold::of(&text.body);
        let words = WordIndex::of(&fold.text);
        let hits = dictionary.scan(&fold, &words, &text.body);
        let outline = Outline::of(text, &fold, &hits, dictionary);
        let mentions = mentions(&Passage { text, fold: &fold, words: &words, dictionary }, &hits);
        let sentences = sentence_starts(&fold.text);
        let citations = citations(&fold.text, &words);
        let mut by_family: [Vec<u32>; Family::COUNT] = std::array::from_fn(|_| Vec::new());
        for (number, hit) in hits.iter().enumerate() {
            if outline.part_at(hit.start).is_some_and(|part| !part.furniture) {
                by_family[dictionary.term(hit.term).family as usize].push(number as u32);
            }
        }
        Context { text, dictionary, fold, hits, by_family, outline, words, citations, sentences, mentions }
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.fold.text
    }

    /// The hits of a family outside page furniture, with their terms and parts.
    pub fn hits_of(&self, family: Family) -> impl Iterator<Item = (&Hit, &Term, &Part)> {
        self.by_family[family as usize].iter().filter_map(|number| {
            let hit = &self.hits[*number as usize];
            Some((hit, self.dictionary.term(hit.term), self.outline.part_at(hit.start)?))
        })
    }

    /// The hits of a family inside a range of the folded text.
    pub fn hits_within(&self, family: Family, range: &Range<usize>) -> impl Iterator<Item = (&Hit, &Term)> {
        super::headings::hits_in(&self.hits, range).iter().filter(move |h| h.end <= range.end).filter_map(move |h| {
            let term = self.dictionary.term(h.term);
            (term.family == family).then_some((h, term))
        })
    }

    /// The dictionary hits that share a byte with a range of the folded text.
    pub fn hits_over(&self, range: &Range<usize>) -> impl Iterator<Item = (&Hit, &Term)> {
        let near = range.start.saturating_sub(LONGEST_PHRASE)..range.end;
        super::headings::hits_in(&self.hits, &near)
            .iter()
            .filter(move |h| h.end > range.start && h.start < range.end)
            .map(|h| (h, self.dictionary.term(h.term)))
    }

    /// The commissioners named in a range of the folded text, even in part.
    pub fn mentions_over(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|m| m.folded.end <= range.start);
        self.mentions[from..].iter().take_while(move |m| m.folded.start < range.end)
    }

    /// The parts that are not page furniture.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &Part)> {
        self.outline.parts.iter().enumerate().filter(|(_, p)| !p.furniture)
    }

    /// The folded words of a part.
    pub fn words(&self, part: &Part) -> &str {
        &self.fold.text[part.folded.clone()]
    }

    /// The sentence around a byte of the folded text, within its part.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let next = self.sentences.partition_point(|start| *start as usize <= at);
        let start = self.sentences.get(next.saturating_sub(1)).map_or(0, |s| *s as usize);
        let end = self.sentences.get(next).map_or(self.fold.text.len(), |s| *s as usize);
        let line = self.fold.text[start..end].trim_end_matches('\n').len();
        let sentence = start..(start + line).max(at.min(end));
        match self.outline.part_at(at) {
            Some(part) => sentence.start.max(part.folded.start)..sentence.end.min(part.folded.end).max(at),
            None => sentence,
        }
    }

    /// The folded text from one byte to another; empty where the second comes first or either is inside a character.
    pub fn between(&self, from: usize, to: usize) -> &str {
        self.fold.text.get(from..to).unwrap_or("")
    }

    /// The folded words of the sentence around a byte of the folded text.
    pub fn sentence_words(&self, at: usize) -> &str {
        &self.fold.text[self.sentence(at)]
    }

    /// The span of the body for a range of the folded text.
    pub fn span(&self, folded: Range<usize>) -> Span {
        self.fold.span(folded.start, folded.end, &self.text.body)
    }

    /// The words as published for a range of the folded text.
    pub fn published(&self, folded: Range<usize>) -> &str {
        self.text.quote(self.span(folded))
    }

    /// The id of a part's purpose.
    pub fn purpose_of(&self, part: &Part) -> Option<String> {
        part.purpose.map(|p| self.dictionary.term(p).id.to_string())
    }

    /// A claim on a range of the folded text, with the purpose of its place.
    pub fn claim(&self, kind: ClaimKind, value: impl Into<String>, folded: Range<usize>) -> Claim {
        let mut claim = Claim::new(kind, value, self.span(folded.clone()));
        claim.purpose = self.outline.part_at(folded.start).and_then(|p| self.purpose_of(p));
        claim
    }

    /// Whether a heading above a part, of its section or one around it, holds a word (in small letters).
    pub fn stands_under(&self, part: &Part, word: &str) -> bool {
        self.outline.path(part.section, self.text).iter().any(|heading| heading.to_lowercase().contains(word))
    }

    /// The part of a claim's evidence.
    pub fn part_of(&self, span: Span) -> Option<&Part> {
        self.outline.part_at(self.fold.folded_at(span.start))
    }

    /// Whether a byte of the folded text stands in page furniture.
    pub fn is_furniture(&self, at: usize) -> bool {
        self.outline.part_at(at).is_none_or(|p| p.furniture)
    }

    /// The places of some phrases in the folded text where they begin a word, page furniture included.
    pub fn places_of(&self, phrases: &[&str]) -> Places {
        Places::of(phrases, &self.fold.text, &self.words)
    }

    /// Whether a phrase stands anywhere in the folded text at the beginning of a word, page furniture included.
    pub fn holds(&self, phrase: &str) -> bool {
        self.words.holds(&self.fold.text, phrase)
    }

    /// Every place where a phrase stands in the folded text at the beginning of a word, outside page furniture.
    pub fn places(&self, phrase: &str) -> Vec<usize> {
        let mut places = self.words.places(&self.fold.text, phrase);
        places.retain(|at| !self.is_furniture(*at));
        places
    }

    /// Every place where `needle` stands in the folded text as whole words, outside page furniture.
    pub fn find_words(&self, needle: &str) -> impl Iterator<Item = usize> + use<> {
        let bytes = self.fold.text.as_bytes();
        let ends = |at: &usize| bytes.get(at + needle.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        let mut places = self.places(needle);
        places.retain(ends);
        places.into_iter()
    }
}
