//! Words that several texts share: how alike two texts are, and the passages that one took from another.
//!
//! In come texts; out come likenesses and spans. Case, punctuation and white space do not count. Time and memory grow with
//! the texts, not with the number of pairs.

use super::Fold;
use super::folding::{hash, words_of};
use crate::model::Span;
use std::collections::HashMap;

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
        let words = Words::of(body);
        let mut bins = vec![u32::MAX; BINS];
        for shingle in words.hashes.windows(SHINGLE.min(words.hashes.len().max(1))) {
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

/// A passage that two texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The one text, by its place among those given.
    pub first: usize,
    /// The other, which stands behind it.
    pub second: usize,
    /// Where it stands in the one.
    pub in_first: Span,
    /// Where it stands in the other.
    pub in_second: Span,
    /// Words of it.
    pub words: usize,
}

/// Words whose sequence is looked for. A shared passage of twice as many is certainly found.
const SEED: usize = 12;

/// Texts that may have a sequence before it counts as what everybody writes: a template, or the words of the law.
const EVERYBODY: usize = 24;

/// The passages of at least `least` words (no fewer than 24) that two of the texts share word for word, in order.
/// Sequences that very many of the texts have are not followed: they were taken from nobody in particular.
pub fn copied_passages(bodies: &[&str], least: usize) -> Vec<Passage> {
    let least = least.max(2 * SEED);
    let texts: Vec<Words> = bodies.iter().map(|body| Words::of(body)).collect();
    let mut places: HashMap<u64, Vec<(u32, u32)>> = HashMap::new();
    for (text, words) in texts.iter().enumerate() {
        for (at, seed) in words.seeds(least) {
            let known = places.entry(seed).or_default();
            if known.len() <= EVERYBODY {
                known.push((text as u32, at as u32));
            }
        }
    }
    let mut out = Vec::new();
    // Up to where of the second text each alignment of two texts has been followed.
    let mut followed: HashMap<(u32, u32, i64), usize> = HashMap::new();
    let mut shared: Vec<&Vec<(u32, u32)>> = places.values().filter(|p| (2..=EVERYBODY).contains(&p.len())).collect();
    shared.sort();
    for places in shared {
        for (n, (a, at_a)) in places.iter().enumerate() {
            for (b, at_b) in places[n + 1..].iter().filter(|(b, _)| b != a) {
                let alignment = (*a, *b, i64::from(*at_a) - i64::from(*at_b));
                if followed.get(&alignment).is_some_and(|end| (*at_b as usize) < *end) {
                    continue;
                }
                let (one, other) = (&texts[*a as usize], &texts[*b as usize]);
                let (start_a, start_b, words) = one.run(*at_a as usize, other, *at_b as usize);
                followed.insert(alignment, start_b + words);
                if words >= least {
                    let (first, second) = (*a as usize, *b as usize);
                    let in_first = one.span(start_a, words, bodies[first]);
                    out.push(Passage {
                        first,
                        second,
                        in_first,
                        in_second: other.span(start_b, words, bodies[second]),
                        words,
                    });
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The words of a text as numbers, with their places.
struct Words {
    fold: Fold,
    ranges: Vec<(u32, u32)>,
    hashes: Vec<u32>,
}

impl Words {
    fn of(body: &str) -> Words {
        let fold = Fold::of(body);
        let ranges = words_of(&fold.text);
        let hashes = ranges.iter().map(|(start, end)| hash(&fold.text[*start as usize..*end as usize])).collect();
        Words { fold, ranges, hashes }
    }

    /// Some of its sequences, chosen so that two texts with a passage of `least` words in common have chosen one in it
    /// (winnowing): the least of every so many that follow one another.
    fn seeds(&self, least: usize) -> Vec<(usize, u64)> {
        let all: Vec<u64> = self.hashes.windows(SEED).map(mix).collect();
        let mut out: Vec<(usize, u64)> = Vec::new();
        for (start, window) in all.windows((least - SEED + 1).min(all.len().max(1))).enumerate() {
            let least = window.iter().enumerate().min_by_key(|(at, seed)| (**seed, std::cmp::Reverse(*at)));
            let Some((at, seed)) = least else { continue };
            if out.last().is_none_or(|(last, _)| *last != start + at) {
                out.push((start + at, *seed));
            }
        }
        out
    }

    /// The longest run of equal words through two places: its starts and its length.
    fn run(&self, at: usize, other: &Words, other_at: usize) -> (usize, usize, usize) {
        let pairs = |a: usize, b: usize| self.hashes[a..].iter().zip(&other.hashes[b..]);
        let before = self.hashes[..at].iter().rev().zip(other.hashes[..other_at].iter().rev());
        let before = before.take_while(|(a, b)| a == b).count();
        let after = pairs(at, other_at).take_while(|(a, b)| a == b).count();
        (at - before, other_at - before, before + after)
    }

    fn span(&self, start: usize, words: usize, body: &str) -> Span {
        let (first, last) = (self.ranges[start], self.ranges[start + words - 1]);
        self.fold.span(first.0 as usize, last.1 as usize, body)
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
    fn a_passage_is_found_with_its_whole_extent() {
        let shared = numbered(1000, 1040);
        let one = format!("{}. {shared}, {}", numbered(0, 300), numbered(300, 400));
        let other = format!("{} — {}; {}", numbered(500, 777), shared.to_uppercase(), numbered(777, 800));
        let found = copied_passages(&[&one, "nothing of it", &other], 30);
        assert_eq!(found.len(), 1);
        let Passage { first, second, in_first, in_second, words } = found[0];
        assert_eq!((first, second, words), (0, 2, 40));
        assert_eq!(&one[in_first.range()], shared);
        assert_eq!(&other[in_second.range()], shared.to_uppercase());
        assert!(copied_passages(&[&one, &other], 41).is_empty());
    }

    #[test]
    fn what_everybody_writes_was_copied_from_nobody() {
        let law = numbered(0, 60);
        let bodies: Vec<String> = (0..40).map(|n| format!("{law} {}", numbered(n * 100, n * 100 + 50))).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        assert!(copied_passages(&bodies, 30).is_empty());
        assert!(!copied_passages(&bodies[..3], 30).is_empty());
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
        assert!(copied_passages(&["", "a", ""], 30).is_empty());
        assert!(Sketch::of("").likeness(&Sketch::of("a b c")) <= 1.0);
    }
}
