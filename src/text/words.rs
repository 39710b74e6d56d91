//! Where each word of a folded text stands, so that a phrase is looked up rather than searched for.
//!
//! In comes a folded text; out comes an index that answers for a phrase in the time its first word's places take. Rules
//! look for hundreds of phrases; a pass over the text for each would cost more than all reading before.

/// An index over the words (runs of letters and digits) of one folded text.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    /// First byte of each word.
    starts: Vec<u32>,
    /// Byte after the last one of each word.
    ends: Vec<u32>,
    /// For each word, the next place where the same word stands, plus one; 0 where there is none.
    next: Vec<u32>,
    /// Hash table of different words: the first place of each, plus one.
    slots: Vec<u32>,
    /// The first places of all different words.
    different: Vec<u32>,
}

impl WordIndex {
    /// Indexes a folded text.
    pub fn of(folded: &str) -> WordIndex {
        let mut index = WordIndex::default();
        for (start, end) in super::folding::words_of(folded) {
            index.starts.push(start);
            index.ends.push(end);
        }
        let count = index.starts.len();
        index.next = vec![0; count];
        let size = (count * 2).next_power_of_two().max(16);
        index.slots = vec![0; size];
        let mut last = vec![0u32; count];
        for word in 0..count {
            let slot = index.slot(folded, index.word(folded, word));
            match index.slots[slot].checked_sub(1) {
                Some(first) => {
                    index.next[last[first as usize] as usize] = word as u32 + 1;
                    last[first as usize] = word as u32;
                }
                None => {
                    index.slots[slot] = word as u32 + 1;
                    index.different.push(word as u32);
                    last[word] = word as u32;
                }
            }
        }
        index
    }

    fn word<'t>(&self, folded: &'t str, number: usize) -> &'t str {
        &folded[self.starts[number] as usize..self.ends[number] as usize]
    }

    /// The slot that holds a word, or where it would go.
    fn slot(&self, folded: &str, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = super::folding::hash(word) as usize & mask;
        while let Some(first) = self.slots[slot].checked_sub(1) {
            if self.word(folded, first as usize) == word {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
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
        let mut chain = |from: u32| {
            let mut number = from as usize;
            loop {
                let at = (self.starts[number] as usize).wrapping_sub(lead);
                if folded.get(at..).is_some_and(|rest| rest.starts_with(phrase)) {
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
            let begin = self.different.iter().filter(|d| self.word(folded, **d as usize).starts_with(word));
            begin.for_each(|d| chain(*d));
            out.sort_unstable();
        } else if let Some(first) = self.slots[self.slot(folded, word)].checked_sub(1) {
            chain(first);
        }
        out
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
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
