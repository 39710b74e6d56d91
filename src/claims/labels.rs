//! Labels that stand under each purpose of a notice in the same words: "Lawful basis", "In a nutshell".
//!
//! In come lines as `headings.rs` read them; out comes which of them are such labels. It never asks what a label announces:
//! that a notice repeats it is enough.

use super::headings::Line;
use super::levels;
use crate::model::{BlockKind, Text};
use crate::text::Fold;
use std::collections::HashMap;

/// Words of a label as it is compared with others.
pub(super) fn label_words(words: &str) -> &str {
    words.trim_end_matches([':', '?', ' '])
}

/// Labels that head two or more blocks in the same words: a notice that goes through its purposes one by one. One that
/// announces nothing known must stand three times.
#[derive(Default)]
pub(super) struct Labels<'a> {
    times: HashMap<&'a str, u32>,
}

impl<'a> Labels<'a> {
    pub(super) fn of(lines: &[Line], text: &Text, fold: &'a Fold) -> Labels<'a> {
        let mut times: HashMap<&str, (u32, u32)> = HashMap::new();
        let contents = levels::in_contents_list(lines);
        for (at, (line, block)) in lines.iter().zip(&text.blocks).enumerate() {
            let unknown = line.aspect.is_none();
            let may_be = !unknown
                || line.purpose.is_none()
                    && !line.value
                    && line.words <= 8
                    && !matches!(block.kind, BlockKind::Item(_) | BlockKind::Cell | BlockKind::Definition)
                    && !levels::is_address_line(text.quote(block.span));
            if line.short && may_be && !block.furniture && !contents[at] {
                let entry = times.entry(label_words(&fold.text[line.folded.clone()])).or_insert((0, 2));
                *entry = (entry.0 + 1, if unknown { 3 } else { 2 });
            }
        }
        Labels { times: times.into_iter().filter(|(_, (n, least))| n >= least).map(|(w, (n, _))| (w, n)).collect() }
    }

    /// Whether a line is such a label.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.times(words) > 0
    }

    /// How often it stands.
    pub(super) fn times(&self, words: &str) -> u32 {
        self.times.get(label_words(words)).copied().unwrap_or(0)
    }

    /// For each line, the next such label that stands after it and before a line with a purpose, and where.
    pub(super) fn following(&self, lines: &[Line], fold: &'a Fold) -> Vec<Option<(usize, &'a str)>> {
        let mut out = vec![None; lines.len()];
        let mut follows = None;
        for (at, line) in lines.iter().enumerate().rev() {
            out[at] = follows;
            let words = label_words(&fold.text[line.folded.clone()]);
            if line.short && line.purpose.is_some() {
                follows = None;
            } else if line.short && self.holds(words) {
                follows = Some((at, words));
            }
        }
        out
    }
}
