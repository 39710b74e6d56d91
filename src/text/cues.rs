//! Sets of cue words that are looked for together, in one pass over a sentence.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A set of phrases, looked for as they stand: no word boundaries, no folding.
pub struct Cues {
    matcher: Option<AhoCorasick>,
}

impl Cues {
    /// A set of folded phrases.
    pub fn new(phrases: &[&str]) -> Cues {
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            // Sets are small and built when first needed: cheap building counts for more than the last bit of speed.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(phrases);
        Cues { matcher: matcher.ok() }
    }

    /// Whether any phrase stands in `words`.
    pub fn any(&self, words: &str) -> bool {
        self.matcher.as_ref().is_some_and(|m| m.is_match(words))
    }

    /// Every place of every phrase in `words`: first byte and byte behind, by the byte behind.
    pub fn places(&self, words: &str) -> Vec<(usize, usize)> {
        self.matcher.as_ref().map_or_else(Vec::new, |m| {
            m.find_overlapping_iter(words).map(|found| (found.start(), found.end())).collect()
        })
    }

    /// The first byte of the phrase that begins first.
    pub fn first(&self, words: &str) -> Option<usize> {
        let matcher = self.matcher.as_ref()?;
        matcher.find_overlapping_iter(words).map(|found| found.start()).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_places_are_found() {
        let cues = Cues::new(&["on behalf of", "behalf", "contract with"]);
        assert!(cues.any("works on our behalf"));
        assert!(!cues.any("works for us"));
        assert_eq!(cues.places("on behalf of x"), [(3, 9), (0, 12)]);
        assert_eq!(cues.first("on behalf of x"), Some(0));
    }
}
