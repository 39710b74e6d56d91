//! Where the phrases of a set stand in one folded text, found once, so that each sentence is only looked up.

use super::WordIndex;
use std::ops::Range;

/// The places of some phrases in one folded text, by their first byte.
#[derive(Clone, Debug, Default)]
pub struct Places(Vec<(usize, usize)>);

impl Places {
    /// Looks for phrases where they begin at the beginning of a word; `words` are those of the folded text.
    pub fn of(phrases: &[&str], folded: &str, words: &WordIndex) -> Places {
        let mut places: Vec<(usize, usize)> = Vec::new();
        for phrase in phrases {
            places.extend(words.places(folded, phrase).into_iter().map(|at| (at, at + phrase.len())));
        }
        places.sort_unstable();
        Places(places)
    }

    /// All of them: first byte and byte behind.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().copied()
    }

    /// The places that lie in a range: first byte and byte behind.
    pub fn within(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, usize)> {
        let from = self.0.partition_point(|(start, _)| *start < range.start);
        let end = range.end;
        self.0[from..].iter().copied().take_while(move |(start, _)| *start < end).filter(move |(_, stop)| *stop <= end)
    }

    /// Whether any phrase stands in a range.
    pub fn any(&self, range: &Range<usize>) -> bool {
        self.within(range).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_phrases_within_count() {
        let text = "we share it; we share it with care";
        let places = Places::of(&["share it", "with care", "are it"], text, &WordIndex::of(text));
        assert_eq!(places.within(&(0..text.len())).collect::<Vec<_>>(), [(3, 11), (16, 24), (25, 34)]);
        assert!(places.any(&(3..11)));
        assert!(places.within(&(4..24)).eq([(16, 24)]));
        assert!(!places.any(&(4..12)));
        assert!(!places.any(&(26..34)));
    }
}
