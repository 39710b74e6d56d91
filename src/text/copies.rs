//! How alike two texts are.
//!
//! In come texts; out come sketches of them, small enough to keep many, and their likenesses. Case, punctuation and white
//! space do not count.

use super::Fold;
use super::folding::{hash, words_of};

/// Words that make one shingle of a sketch.
const SHINGLE: usize = 5;

/// Numbers in a sketch. An estimate from so many is off by some four in a hundred.
const BINS: usize = 128;

/// What is kept of a text to tell how alike it is to others: the least shingle of each bin (one-permutation MinHash).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text.
    pub fn of(body: &str) -> Sketch {
        let fold = Fold::of(body);
        let word = |(start, end): &(u32, u32)| hash(&fold.text[*start as usize..*end as usize]);
        let words: Vec<u32> = words_of(&fold.text).iter().map(word).collect();
        let mut bins = vec![u32::MAX; BINS];
        for shingle in words.windows(SHINGLE.min(words.len().max(1))) {
            let mixed = mix(shingle);
            let bin = &mut bins[(mixed % BINS as u64) as usize];
            *bin = (*bin).min((mixed >> 32) as u32);
        }
        Sketch(bins)
    }

    /// How alike two texts are: the share of shingles that both have among all that either has, from 0 to 1.
    pub fn likeness(&self, other: &Sketch) -> f64 {
        let pairs = || self.0.iter().zip(&other.0).filter(|(a, b)| **a != u32::MAX || **b != u32::MAX);
        let same = pairs().filter(|(a, b)| a == b).count();
        same as f64 / pairs().count().max(1) as f64
    }

    /// As bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    /// From bytes that were kept; `None` where they are no sketch.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let numbers: Vec<u32> = bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        (bytes.len() == BINS * 4).then_some(Sketch(numbers))
    }
}

/// One number for some words in this order.
fn mix(words: &[u32]) -> u64 {
    words.iter().fold(0x9e37_79b9_7f4a_7c15, |sum: u64, word| {
        let sum = (sum ^ u64::from(*word)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        sum ^ (sum >> 29)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(from: usize, to: usize) -> String {
        let letters = |n: usize| n.to_string().bytes().map(|digit| char::from(digit + 49)).collect::<String>();
        (from..to).map(|n| format!("word{}", letters(n))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn likeness_is_the_share_of_what_is_common() {
        let whole = numbered(0, 2000);
        let sketch = Sketch::of(&whole);
        assert!((sketch.likeness(&sketch) - 1.0).abs() < f64::EPSILON);
        let half = sketch.likeness(&Sketch::of(&numbered(667, 2667)));
        assert!((0.38..0.62).contains(&half), "{half}");
        assert!(sketch.likeness(&Sketch::of(&numbered(5000, 7000))) < 0.05);
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        assert_eq!(Sketch::from_bytes(b"short"), None);
        assert!(Sketch::of("").likeness(&Sketch::of("a b c")) <= 1.0);
    }
}
