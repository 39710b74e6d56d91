//! Lays a document out: walks its blocks once and gives every part its section, aspect and purpose.
//!
//! In come lines and their levels; out comes the [`Outline`]. It never changes the text.

use super::headings::Line;
use super::levels::{self, Level};
use super::outline::{Aspect, Outline, Part, PartKind, Section};
use super::run_in;
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::{Block, BlockKind, CellPlace, Text};
use crate::text::Fold;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Labels that announce an aspect and head two or more blocks in the same words.
pub(super) fn repeated_words<'a>(lines: &[Line], blocks: &[Block], fold: &'a Fold) -> HashSet<&'a str> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let contents = levels::in_contents_list(lines);
    for (_, (line, _)) in lines
        .iter()
        .zip(blocks)
        .enumerate()
        .filter(|(at, (l, b))| l.aspect.is_some() && l.short && !b.furniture && !contents[*at])
    {
        *seen.entry(fold.text[line.folded.clone()].trim_end_matches([':', '?', ' '])).or_default() += 1;
    }
    seen.into_iter().filter(|(_, n)| *n >= 2).map(|(words, _)| words).collect()
}

/// For each line, whether a repeated label comes after it before a line with a purpose.
pub(super) fn inside_purposes(lines: &[Line], repeated: &HashSet<&str>, fold: &Fold) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let mut follows = false;
    for (at, line) in lines.iter().enumerate().rev() {
        out[at] = follows;
        if line.short && line.purpose.is_some() {
            follows = false;
        } else if line.short
            && line.aspect.is_some()
            && repeated.contains(fold.text[line.folded.clone()].trim_end_matches([':', '?', ' ']))
        {
            follows = true;
        }
    }
    out
}

/// The purpose of a page that is all about one: its first heading names it and no other heading names another.
pub(super) fn whole_purpose(text: &Text, lines: &[Line], fold: &Fold) -> Option<TermId> {
    let first = lines.iter().zip(&text.blocks).find(|(l, b)| !b.furniture && l.short)?;
    let purpose = first.0.purpose?;
    let others = lines.iter().filter(|l| l.short && l.purpose.is_some_and(|p| p != purpose)).count();
    (others == 0 && fold.text.len() < 12_000).then_some(purpose)
}

#[derive(Default, Clone)]
pub(super) struct State {
    pub(super) purpose: Option<TermId>,
    /// Level of the heading that set the purpose.
    pub(super) purpose_level: u8,
    pub(super) aspect: Option<Aspect>,
    /// Level of the heading that set the aspect.
    pub(super) aspect_level: u8,
}

pub(super) struct Builder<'a> {
    pub(super) text: &'a Text,
    pub(super) fold: &'a Fold,
    pub(super) dictionary: &'a Dictionary,
    pub(super) outline: Outline,
    /// Open sections, outermost first.
    pub(super) stack: Vec<usize>,
    pub(super) current: State,
    pub(super) rows: HashMap<(u16, u16), (Option<TermId>, Option<Aspect>)>,
    pub(super) columns: HashMap<(u16, u16), (Option<TermId>, Option<Aspect>)>,
    /// Labels that stand twice or more, word for word: a notice that goes through its purposes one by one.
    pub(super) repeated_words: HashSet<&'a str>,
    /// For each block, whether a repeated aspect still follows before the next purpose: the purpose goes on behind it.
    pub(super) inside: Vec<bool>,
    pub(super) whole: Option<TermId>,
    pub(super) furniture_from: Option<usize>,
}

impl Builder<'_> {
    pub(super) fn block(&mut self, at: usize, line: &Line, heading: Option<Level>, hits: &[Hit]) {
        let block = &self.text.blocks[at];
        let furniture = block.furniture || self.furniture_from.is_some_and(|from| at >= from) || line.furniture;
        if furniture {
            self.push(at, PartKind::Prose, line.folded.clone(), true, None, None);
            return;
        }
        if let Some(place) = block.cell {
            self.cell(at, place, line, heading.is_some() && !matches!(block.kind, BlockKind::Cell), hits);
            return;
        }
        if let Some(level) = heading {
            self.heading(at, line, level);
            return;
        }
        if let BlockKind::Item(_) = block.kind {
            self.item(at, line, hits);
            return;
        }
        self.prose(at, line, hits);
    }

    /// Opens a section for a heading and decides which purpose and aspect hold under it.
    fn heading(&mut self, at: usize, line: &Line, Level { level, sure }: Level) {
        let span = self.text.blocks[at].span;
        while self.stack.last().is_some_and(|s| self.outline.sections[*s].level >= level) {
            self.stack.pop();
        }
        let parent = self.stack.last().copied();
        self.outline.sections.push(Section { heading: span, parent, level });
        self.stack.push(self.outline.sections.len() - 1);
        match line.aspect {
            Some(aspect) => {
                self.current.aspect = Some(aspect);
                self.current.aspect_level = level;
            }
            // A sub-heading that announces nothing of its own stays under what its section announces: "Access" under "Your rights".
            None if sure && level > self.current.aspect_level && line.purpose.is_none() => {}
            None => self.current.aspect = None,
        }
        let deeper = level > self.current.purpose_level;
        let same_words =
            self.repeated_words.contains(self.fold.text[line.folded.clone()].trim_end_matches([':', '?', ' ']));
        let keeps = line.aspect.is_some_and(|a| a.per_purpose() && (same_words || !sure && self.inside[at]))
            || deeper && (sure || line.aspect.is_none());
        if let Some(purpose) = line.purpose {
            self.current.purpose = Some(purpose);
            self.current.purpose_level = level;
            self.outline.purposes.push((span, purpose));
            self.outline.purposes.extend(line.more_purposes.iter().map(|p| (span, *p)));
        } else if !keeps {
            self.current.purpose = None;
            self.current.purpose_level = 0;
        }
        self.push(at, PartKind::Heading, line.folded.clone(), false, None, None);
    }

    /// A list item may be a purpose of its own, in a list of purposes.
    fn item(&mut self, at: usize, line: &Line, hits: &[Hit]) {
        let saved = self.current.clone();
        if self.current.purpose.is_none()
            && levels::lists_purposes(&self.outline, self.fold, at)
            && let Some(purpose) = levels::item_purpose(line, self.fold, hits, self.dictionary)
        {
            self.current.purpose = Some(purpose);
            self.outline.purposes.push((self.text.blocks[at].span, purpose));
        }
        self.labelled(at, line, PartKind::Item);
        self.current = saved;
    }

    fn prose(&mut self, at: usize, line: &Line, hits: &[Hit]) {
        let run_in = run_in::run_in_heading(line, self.text, self.fold, hits, self.dictionary);
        // One that names nothing known matters only where it ends a section that began in the same way.
        if let Some((end, aspect, purpose)) = run_in
            .filter(|(_, aspect, purpose)| purpose.is_some() || aspect.is_some() || self.current.purpose_level == 6)
        {
            // "Legal basis We rely on …" goes on with the purpose before it.
            let general = end - line.folded.start > 24;
            let kept = purpose.or(self.current.purpose.filter(|_| aspect.is_some_and(Aspect::per_purpose) && !general));
            self.current =
                State { purpose: kept, purpose_level: if kept.is_some() { 6 } else { 0 }, aspect, aspect_level: 6 };
            let span = self.fold.span(line.folded.start, end, &self.text.body);
            self.outline.purposes.extend(purpose.map(|p| (span, p)));
            self.outline.sections.push(Section { heading: span, parent: self.stack.first().copied(), level: 6 });
            self.stack.truncate(1);
            self.stack.push(self.outline.sections.len() - 1);
        }
        self.labelled(at, line, PartKind::Prose);
    }

    /// Pushes a block, split at the labels inside it. A label that announces nothing known ("Kept: …") ends what the one
    /// before announced.
    fn labelled(&mut self, at: usize, line: &Line, kind: PartKind) {
        if run_in::has_own_label(
            &self.fold.text[line.folded.clone()],
            &self.text.body[self.text.blocks[at].span.range()],
        ) && line.labels.first().is_none_or(|(l, _)| l.start > line.folded.start + 8)
        {
            self.current.aspect = None;
        }
        let mut start = line.folded.start;
        for (label, aspect) in &line.labels {
            if label.start > start {
                self.push(at, kind, start..label.start, false, None, None);
            }
            self.current.aspect = Some(*aspect);
            self.current.aspect_level = 6;
            if !aspect.per_purpose() && self.current.purpose_level == 6 {
                self.current.purpose = None;
            }
            self.push(at, PartKind::Heading, label.clone(), false, None, None);
            start = label.end;
        }
        if start < line.folded.end {
            self.push(at, kind, start..line.folded.end, false, None, None);
        }
    }

    fn cell(&mut self, at: usize, place: CellPlace, line: &Line, inner_heading: bool, hits: &[Hit]) {
        let key = (place.table, place.row);
        let named = levels::cell_purpose(line, self.fold, hits, self.dictionary);
        if place.column == 0 || place.header {
            for row in place.row..place.row.saturating_add(place.rows.max(1)) {
                let entry = self.rows.entry((place.table, row)).or_default();
                if entry.0.is_none() && place.column == 0 && !(place.row == 0 && place.header) {
                    entry.0 = named;
                }
                // The label of a row may stand behind a cell that holds a group of rows together.
                if entry.1.is_none() && (place.column == 0 || place.row > 0) && line.short {
                    entry.1 = line.aspect;
                }
            }
            if place.column == 0 && named.is_some() && !(place.row == 0 && place.header) {
                self.outline.purposes.extend(named.map(|p| (self.text.blocks[at].span, p)));
            }
        }
        if place.header || place.row == 0 {
            let entry = self.columns.entry((place.table, place.column)).or_default();
            entry.1 = entry.1.or(line.aspect.filter(|_| line.short));
            if place.row == 0 && place.column > 0 && place.header {
                entry.0 = entry.0.or(named);
            }
        }
        let (row_purpose, row_aspect) = self.rows.get(&key).copied().unwrap_or_default();
        let (column_purpose, column_aspect) =
            self.columns.get(&(place.table, place.column)).copied().unwrap_or_default();
        let mut purpose = row_purpose.or(column_purpose);
        // A table whose "purpose" column is not its first.
        if purpose.is_none() && column_aspect == Some(Aspect::Purpose) && line.short && !place.header {
            purpose = named;
            if let Some(named) = named {
                self.rows.entry(key).or_default().0 = Some(named);
                self.outline.purposes.push((self.text.blocks[at].span, named));
            }
        }
        let saved = self.current.clone();
        self.current.purpose = purpose.or(saved.purpose);
        let inner = if line.short && line.aspect.is_some() && (inner_heading || place.column == 0 || place.header) {
            line.aspect
        } else {
            None
        };
        self.current.aspect = inner.or(column_aspect.filter(|_| place.row > 0)).or(row_aspect).or(saved.aspect);
        let label = place.header || inner.is_some() || (place.column == 0 && named.is_some() && line.short);
        if label {
            self.push(at, PartKind::Heading, line.folded.clone(), false, Some(place), None);
        } else {
            let kind =
                if matches!(self.text.blocks[at].kind, BlockKind::Item(_)) { PartKind::Item } else { PartKind::Prose };
            self.labelled(at, line, kind);
        }
        self.current = saved;
    }

    fn push(
        &mut self,
        at: usize,
        kind: PartKind,
        folded: Range<usize>,
        furniture: bool,
        cell: Option<CellPlace>,
        aspect: Option<Aspect>,
    ) {
        let mut rest = folded;
        while !rest.is_empty() {
            // What looks at a whole part for each word in it must not meet one of megabytes.
            let long = rest.len() > LONGEST_PART;
            let end = if long { part_end(&self.fold.text, rest.start + LONGEST_PART) } else { rest.end };
            let folded = rest.start..end;
            rest.start = end;
            let span = self.fold.span(folded.start, folded.end, &self.text.body);
            if span.is_empty() {
                continue;
            }
            let bytes = &self.fold.text.as_bytes()[folded.clone()];
            let words = (0..bytes.len()).filter(|n| bytes[*n] != b' ' && (*n == 0 || bytes[n - 1] == b' ')).count();
            self.outline.parts.push(Part {
                kind,
                words,
                span,
                folded,
                section: self.stack.last().copied(),
                aspect: if furniture { None } else { aspect.or(self.current.aspect) },
                purpose: if furniture { None } else { self.current.purpose.or(self.whole) },
                furniture,
                block: at,
                cell: cell.or(self.text.blocks[at].cell),
            });
        }
    }
}

/// Parts longer than this, in bytes, are cut at the end of a sentence or word.
pub(super) const LONGEST_PART: usize = 8000;

/// A good place to cut a long part at or before `most`: behind a full stop, else behind a space.
pub(super) fn part_end(folded: &str, most: usize) -> usize {
    let most = folded.floor_char_boundary(most);
    let window_start = folded.ceil_char_boundary(most - LONGEST_PART / 2);
    let window = &folded[window_start..most];
    let behind = window.rfind(". ").or_else(|| window.rfind(' ')).map(|at| window_start + at + 1);
    behind.unwrap_or(most)
}

/// Whether a hit is a purpose's.
pub(super) fn is_purpose(hit: &Hit, dictionary: &Dictionary) -> bool {
    dictionary.term(hit.term).family == Family::Purposes
}
