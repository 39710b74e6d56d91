//! Headings that do not name their purpose, where the words under them do: "What happens to my letter?" over an answer
//! about complaints.
//!
//! In come lines as `headings.rs` read them; purposes of such headings are filled in. It never names a section that shows
//! no ground for processing, nor one that goes through several purposes.

use super::document_kind::TITLES;
use super::headings::{Line, hits_in, without_hidden_purposes};
use super::labels::Labels;
use super::layout::is_purpose;
use super::levels::is_heading;
use super::outline::Aspect;
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::{BlockKind, Text};
use crate::text::Fold;
use std::ops::Range;

/// No more lines and bytes of a section are looked at than these.
const MOST_LINES: usize = 40;
const MOST_BYTES: usize = 4000;

/// A section says what it is about within its first bytes, up to here.
const OPENING: usize = 600;

/// What is looked at in one document.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text,
    pub(super) fold: &'a Fold,
    pub(super) hits: &'a [Hit],
    pub(super) dictionary: &'a Dictionary,
    pub(super) labels: &'a Labels<'a>,
}

impl Reader<'_> {
    /// Fills in the purposes of headings that only their sections name, and of items and paragraphs that are about one.
    pub(super) fn name(&self, lines: &mut [Line]) {
        for (line, block) in lines.iter_mut().zip(&self.text.blocks) {
            let listed = matches!(block.kind, BlockKind::Item(_));
            let told = matches!(block.kind, BlockKind::Paragraph) && block.cell.is_none();
            if (listed || told) && !line.short && line.words >= 8 && !block.furniture && self.has_grounds(&line.folded)
            {
                line.about = self.named_in(None, &line.folded, listed);
            }
        }
        let headings: Vec<Option<u8>> =
            (0..lines.len()).map(|at| is_heading(lines, at, self.text).map(|h| h.level)).collect();
        // The level of the heading that named the purpose of the sections under it.
        let mut above = 0;
        for at in 0..lines.len() {
            let Some(level) = headings[at].filter(|_| !self.text.blocks[at].furniture && lines[at].words > 0) else {
                continue;
            };
            let line = &lines[at];
            let words = self.fold.text[line.folded.clone()].trim_end();
            let question = words.ends_with('?');
            let sentences = question && (words.contains("? ") || after_number(words).contains(". "));
            let is_label = self.labels.holds(words) || line.aspect.is_some() && !sentences;
            // A purpose that a question only ends with may not be what it is about: "Do you check up on your own staff?"
            let doubtful = line.purpose.is_some() && question && !self.opens_with_purpose(line);
            let term = matches!(self.text.blocks[at].kind, BlockKind::Term) && !question;
            // A title stands over everything.
            let title = level == 1 || TITLES.iter().any(|t| words.contains(t));
            if line.purpose.is_some() {
                above = level;
            } else if level <= above {
                above = 0;
            }
            if line.purpose.is_some() && !doubtful || line.purpose.is_none() && (is_label || term || title || above > 0)
            {
                continue;
            }
            let Some(body) = self.section(lines, &headings, at, level) else { continue };
            let grounds = self.has_grounds(&body);
            if doubtful {
                if !grounds && self.holds(Family::OptOuts, &body) {
                    (lines[at].purpose, lines[at].aspect) = (None, Some(Aspect::OptOut));
                } else if grounds && !self.names(&body, lines[at].purpose) {
                    lines[at].purpose = self.named_in(None, &body, true).or(lines[at].purpose);
                }
            } else if grounds && let Some(purpose) = self.named_in(Some(&lines[at].folded), &body, true) {
                let line = &mut lines[at];
                (line.purpose, line.aspect, line.furniture) = (Some(purpose), None, false);
            }
        }
    }

    /// The words under the heading at `at`, its labels and deeper headings with what stands under those included.
    fn section(&self, lines: &[Line], headings: &[Option<u8>], at: usize, level: u8) -> Option<Range<usize>> {
        let ends = |next: usize| {
            // The rows of a table say themselves what they are about.
            self.text.blocks[next].cell.is_some()
                || headings[next].is_some_and(|l| {
                    let line = &lines[next];
                    let words = &self.fold.text[line.folded.clone()];
                    let label = self.labels.holds(words) || line.aspect.is_some_and(Aspect::per_purpose);
                    let term = matches!(self.text.blocks[next].kind, BlockKind::Term);
                    line.purpose.is_some() || !(label && (l > level || self.labels.holds(words)) || term)
                })
        };
        let end = (at + 1..lines.len().min(at + MOST_LINES)).find(|next| ends(*next));
        let last = end.unwrap_or(lines.len().min(at + MOST_LINES)) - 1;
        if last == at {
            return None;
        }
        let from = lines[at + 1].folded.start;
        let until = lines[last].folded.end.min(from + MOST_BYTES);
        Some(from..self.fold.text.floor_char_boundary(until)).filter(|r| !r.is_empty())
    }

    /// Whether a section shows on which ground something is done: a provision, a basis in clear words, an approval.
    fn has_grounds(&self, body: &Range<usize>) -> bool {
        let words = &self.fold.text[body.clone()];
        ["article 6", "article 9", "6(1)", "9(2)", "of schedule 2", "of schedule 3", "section 251", "cag "]
            .iter()
            .any(|w| words.contains(w))
            || hits_in(self.hits, body).iter().any(|h| {
                let term = self.dictionary.term(h.term);
                term.family == Family::LawfulBases && term.kind() == "strong"
            })
    }

    fn holds(&self, family: Family, body: &Range<usize>) -> bool {
        hits_in(self.hits, body).iter().any(|h| self.dictionary.term(h.term).family == family)
    }

    fn names(&self, body: &Range<usize>, purpose: Option<TermId>) -> bool {
        hits_in(self.hits, body).iter().any(|h| Some(h.term) == purpose)
    }

    fn opens_with_purpose(&self, line: &Line) -> bool {
        let start = line.folded.start;
        let lead = self.fold.text[line.folded.clone()].bytes().take_while(|b| !b.is_ascii_alphabetic()).count();
        hits_in(self.hits, &line.folded).iter().any(|h| Some(h.term) == line.purpose && h.start <= start + lead + 4)
    }

    /// The one purpose that a section is about: named in its heading, at the start of a sentence, more than once, or
    /// alone where that counts. Staff are named wherever somebody does something.
    fn named_in(&self, heading: Option<&Range<usize>>, body: &Range<usize>, alone_counts: bool) -> Option<TermId> {
        let mut found: Vec<(TermId, u32, bool)> = Vec::new();
        let mut early = heading.is_some_and(|h| self.fold.text[h.clone()].trim_end().ends_with('?'));
        let mut add = |term: TermId, points: u32, sure: bool| match found.iter_mut().find(|f| f.0 == term) {
            Some(f) => *f = (term, f.1 + points, true),
            None => found.push((term, points, sure)),
        };
        if let Some(heading) = heading {
            let in_heading = without_hidden_purposes(hits_in(self.hits, heading), self.dictionary);
            in_heading.iter().filter(|h| is_purpose(h, self.dictionary)).for_each(|h| add(h.term, 3, true));
        }
        for hit in without_hidden_purposes(hits_in(self.hits, body), self.dictionary) {
            let is_staff = self.dictionary.term(hit.term).id == "staff";
            if is_purpose(&hit, self.dictionary) && !is_staff {
                let opens = self.opens_sentence(hit.start);
                add(hit.term, if opens { 2 } else { 1 }, opens);
                early |= hit.start < body.start + OPENING;
            }
        }
        let (term, points, sure) = *found.iter().max_by_key(|f| f.1)?;
        let rivals = found.iter().filter(|f| f.0 != term);
        let alone = alone_counts && found.len() == 1 && self.dictionary.term(term).id != "commissioning";
        (early && rivals.clone().count() <= 2 && rivals.clone().all(|f| f.1 < points) && (sure || alone))
            .then_some(term)
    }

    /// Whether a sentence opens with the words at byte `at`, but for a small word or two.
    fn opens_sentence(&self, at: usize) -> bool {
        let before = &self.fold.text[..at];
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(40))..];
        let from = near.rfind([':', '.', '?', '!', '\n']).map_or(0, |n| n + 1);
        let lead = near[from..].trim();
        let whole = from > 0 || near.len() < 40;
        whole
            && matches!(
                lead,
                "" | "for"
                    | "in"
                    | "the"
                    | "our"
                    | "in the"
                    | "for the"
                    | "handling"
                    | "with"
                    | "we call it"
                    | "we call this"
                    | "this is"
                    | "this is called"
                    | "it is called"
                    | "that is"
            )
    }
}

/// The words behind the number that opens a heading.
fn after_number(words: &str) -> &str {
    words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '))
}
