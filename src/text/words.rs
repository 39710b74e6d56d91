//! Where each word of a folded text stands, so that a phrase is looked up rather than searched for.
//!
//! In comes a folded text; out comes an index that answers for a phrase in the time its first word's places take. Rules
//! look for hundreds of phrases; a pass over the text for each would cost more than all reading before.

use super::folding::{hash, is_word, words_of};

/// An index over the words (runs of letters and digits) of one folded text.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    /// First byte of each word and the byte after its last one.
    places: Vec<(u32, u32)>,
    /// Which of the different words each word is.
    which: Vec<u32>,
    /// For each word, the next place where the same word stands, plus one; 0 where there is none.
    next: Vec<u32>,
    /// The first places of all different words.
    different: Vec<u32>,
    /// Hash table of the different words, plus one.
    slots: Vec<u32>,
    /// The different words by their first byte.
    by_byte: Vec<u32>,
    /// Where in that list each first byte begins; the last entry closes it.
    bytes: Vec<u32>,
}

impl WordIndex {
    /// Indexes a folded text.
    pub fn of(folded: &str) -> WordIndex {
        let places = words_of(folded);
        let count = places.len();
        let mut index = WordIndex {
            places,
            which: Vec::with_capacity(count),
            next: vec![0; count],
            slots: vec![0; (count * 2).next_power_of_two().max(16)],
            ..WordIndex::default()
        };
        // The last place of each different word so far.
        let mut last: Vec<u32> = Vec::new();
        for number in 0..count as u32 {
            let slot = index.slot(folded, index.word(folded, number));
            match index.slots[slot].checked_sub(1) {
                Some(which) => {
                    index.next[last[which as usize] as usize] = number + 1;
                    last[which as usize] = number;
                    index.which.push(which);
                }
                None => {
                    index.which.push(index.different.len() as u32);
                    index.different.push(number);
                    last.push(number);
                    index.slots[slot] = index.different.len() as u32;
                }
            }
        }
        index.sort_by_first_byte(folded);
        index
    }

    fn sort_by_first_byte(&mut self, folded: &str) {
        let first = |word: &u32| folded.as_bytes()[self.places[*word as usize].0 as usize];
        self.bytes = vec![0; 257];
        self.different.iter().for_each(|word| self.bytes[usize::from(first(word)) + 1] += 1);
        (1..257).for_each(|byte| self.bytes[byte] += self.bytes[byte - 1]);
        let mut free = self.bytes.clone();
        self.by_byte = vec![0; self.different.len()];
        for (which, word) in self.different.iter().enumerate() {
            let slot = &mut free[usize::from(first(word))];
            self.by_byte[*slot as usize] = which as u32;
            *slot += 1;
        }
    }

    /// First byte of each word and the byte after its last one, in order.
    pub fn word_places(&self) -> &[(u32, u32)] {
        &self.places
    }

    /// The different words, by first place.
    pub fn different<'t>(&self, folded: &'t str) -> impl Iterator<Item = &'t str> {
        self.different.iter().map(|word| self.word(folded, *word))
    }

    /// Which of the different words a word is.
    pub fn which(&self, word: usize) -> usize {
        self.which[word] as usize
    }

    fn word<'t>(&self, folded: &'t str, number: u32) -> &'t str {
        let (start, end) = self.places[number as usize];
        &folded[start as usize..end as usize]
    }

    /// The slot that holds a word, or where it would go.
    fn slot(&self, folded: &str, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(word) as usize & mask;
        while let Some(which) = self.slots[slot].checked_sub(1) {
            if self.word(folded, self.different[which as usize]) == word {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Whether `phrase` begins anywhere at the beginning of a word.
    pub fn holds(&self, folded: &str, phrase: &str) -> bool {
        !self.places(folded, phrase).is_empty()
    }

    /// Every place where `phrase` begins at the beginning of a word, in order; its end need not be the end of a word.
    /// `folded` is the text that was indexed.
    pub fn places(&self, folded: &str, phrase: &str) -> Vec<usize> {
        let lead = phrase.bytes().take_while(|b| !is_word(*b)).count();
        let first = &phrase[lead..];
        let length = first.bytes().take_while(|b| is_word(*b)).count();
        if length == 0 {
            return folded.match_indices(phrase).map(|(at, _)| at).collect();
        }
        let word = &first[..length];
        let mut out = Vec::new();
        let mut chain = |which: u32| {
            let mut number = self.different[which as usize] as usize;
            loop {
                let at = (self.places[number].0 as usize).wrapping_sub(lead);
                if folded.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(phrase.as_bytes())) {
                    out.push(at);
                }
                match self.next[number].checked_sub(1) {
                    Some(next) => number = next as usize,
                    None => break,
                }
            }
        };
        if length == first.len() {
            // A stem: all words that begin with it.
            let byte = usize::from(word.as_bytes()[0]);
            let same_byte = &self.by_byte[self.bytes[byte] as usize..self.bytes[byte + 1] as usize];
            let begin = same_byte.iter().filter(|w| self.word(folded, self.different[**w as usize]).starts_with(word));
            begin.for_each(|which| chain(*which));
            out.sort_unstable();
        } else if let Some(which) = self.slots[self.slot(folded, word)].checked_sub(1) {
            chain(which);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_stems_are_found_at_word_beginnings() {
        let text = "share with care; we share. sharing (care plan) careful 9(2)(h)";
        let index = WordIndex::of(text);
        assert_eq!(index.places(text, "share"), [0, 20]);
        assert_eq!(index.places(text, "shar"), [0, 20, 27]);
        assert_eq!(index.places(text, "care plan"), [36]);
        assert_eq!(index.places(text, "(care"), [35]);
        assert_eq!(index.places(text, "9(2)"), [55]);
        assert!(index.places(text, "hare").is_empty());
    }
}
