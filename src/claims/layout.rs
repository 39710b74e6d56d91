//! Lays a document out: walks its blocks once and gives every part its section, aspect and purpose.
//!
//! In come lines and their levels; out comes the [`Outline`]. It never changes the text.

use super::headings::Line;
use super::labels::{Labels, label_words};
use super::levels::{self, Level};
use super::outline::{Aspect, Outline, Part, PartKind, Section};
use super::records::Records;
use super::run_in;
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::{BlockKind, CellPlace, Text};
use crate::text::Fold;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The purpose of a page that is all about one: its first heading, or a title among its first lines, names it and no other
/// heading names another.
pub(super) fn whole_purpose(text: &Text, lines: &[Line], fold: &Fold) -> Option<TermId> {
    let title = |line: &Line| {
        let words = &fold.text[line.folded.clone()];
        ["how we use", "information", "privacy", "your data", "leaflet"].iter().any(|w| words.contains(w))
    };
    let mut first = lines.iter().zip(&text.blocks).filter(|(l, b)| !b.furniture && l.short).take(4).map(|(l, _)| l);
    let opening = first.next()?;
    let purpose = opening.purpose.or_else(|| first.find(|l| l.purpose.is_some() && title(l))?.purpose)?;
    let others = lines.iter().filter(|l| l.short && l.purpose.is_some_and(|p| p != purpose)).count();
    (others == 0 && fold.text.len() < 12_000).then_some(purpose)
}

/// Whether items and paragraphs in a section that announces this may each be about a purpose.
fn may_tell_of_purposes(aspect: Option<Aspect>) -> bool {
    matches!(aspect, None | Some(Aspect::Purpose | Aspect::About | Aspect::Categories))
}

/// Whether a line is a label with a value in small letters.
fn has_value(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(_, value)| value.starts_with(char::is_lowercase))
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
    pub(super) labels: Labels<'a>,
    /// For each block, the label that follows before the next purpose, and where: the purpose goes on up to it.
    pub(super) following: Vec<Option<(usize, &'a str)>>,
    /// The labels met since the current purpose was named.
    pub(super) met: HashSet<&'a str>,
    /// Tables with a column for each purpose.
    pub(super) headed_columns: HashSet<u16>,
    /// The records of label–value tables.
    pub(super) records: Records,
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
        let fold: &Fold = self.fold;
        let words = label_words(&fold.text[line.folded.clone()]);
        let times = self.labels.times(words);
        // A heading that says nothing known stands inside a purpose where a label that is still to come there follows;
        // one with a label directly under it opens a section of its own.
        let inside = !sure
            && !self.met.is_empty()
            && self.following[at].is_some_and(|(next, label)| next > at + 1 && !self.met.contains(label));
        let keeps = match line.aspect {
            // "Legal ground: the tasks that Parliament gave us" is a label with its value.
            Some(aspect) if aspect.per_purpose() => {
                times > 0 || !sure && (self.following[at].is_some() || has_value(self.text.quote(span)))
            }
            _ => times >= 3 || line.aspect.is_none() && inside,
        } || deeper && (sure || line.aspect.is_none());
        if times > 0 {
            self.met.insert(words);
        }
        if let Some(purpose) = line.purpose {
            self.current.purpose = Some(purpose);
            self.current.purpose_level = level;
            self.met.clear();
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
        let listed = || {
            levels::item_purpose(line, self.fold, hits, self.dictionary)
                .filter(|_| levels::lists_purposes(&self.outline, self.fold, at))
        };
        let headed = || {
            let (_, purpose) = run_in::stopped_heading(line, self.fold, hits, self.dictionary)?;
            levels::cites(line, self.fold).then_some(purpose)
        };
        let about = line.about.filter(|_| may_tell_of_purposes(self.current.aspect));
        if (self.current.purpose.is_none() || self.current.purpose_level == 6 && headed().is_some())
            && let Some(purpose) = listed().or_else(headed).or(about)
        {
            self.current.purpose = Some(purpose);
            self.outline.purposes.push((self.text.blocks[at].span, purpose));
        } else if self.current.purpose.is_none() {
            self.current.purpose = levels::cited_for(line, self.fold, hits, self.dictionary);
        }
        self.labelled(at, line, PartKind::Item, hits);
        self.current = saved;
    }

    fn prose(&mut self, at: usize, line: &Line, hits: &[Hit]) {
        let stopped = run_in::stopped_heading(line, self.fold, hits, self.dictionary).filter(|(end, _)| {
            self.fold.text[*end..line.folded.end].contains(" we ") || levels::cites(line, self.fold)
        });
        let run_in = match stopped {
            Some((end, purpose)) => Some((end, None, Some(purpose))),
            None => run_in::run_in_heading(line, self.text, self.fold, hits, self.dictionary),
        };
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
        let saved = self.current.purpose;
        if saved.is_none()
            && let Some(purpose) = line.about.filter(|_| may_tell_of_purposes(self.current.aspect))
        {
            self.current.purpose = Some(purpose);
            self.outline.purposes.push((self.text.blocks[at].span, purpose));
        }
        self.labelled(at, line, PartKind::Prose, hits);
        if saved.is_none() && line.about.is_some() {
            self.current.purpose = None;
        }
    }

    /// Pushes a block, split at the labels inside it. A label that announces nothing known ("Kept: …") ends what the one
    /// before announced.
    fn labelled(&mut self, at: usize, line: &Line, kind: PartKind, hits: &[Hit]) {
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
                self.passage(at, kind, start..label.start, hits);
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
            self.passage(at, kind, start..line.folded.end, hits);
        }
    }

    /// Pushes running text; a sentence in it that is about another purpose is a part of its own.
    fn passage(&mut self, at: usize, kind: PartKind, range: Range<usize>, hits: &[Hit]) {
        let mut start = range.start;
        for (sentence, purpose) in run_in::sentences_for(&range, self.fold, hits, self.dictionary) {
            self.push(at, kind, start..sentence.start, false, None, None);
            let saved = self.current.purpose.replace(purpose);
            self.push(at, kind, sentence.clone(), false, None, None);
            self.current.purpose = saved;
            start = sentence.end;
        }
        self.push(at, kind, start..range.end, false, None, None);
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
                let first = entry.0.is_none();
                entry.0 = entry.0.or(named);
                if first && self.headed_columns.contains(&place.table) {
                    self.outline.purposes.extend(named.map(|p| (self.text.blocks[at].span, p)));
                }
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
        self.current.purpose = purpose.or(saved.purpose).or_else(|| self.record(key, at));
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
            self.labelled(at, line, kind, hits);
        }
        self.current = saved;
    }

    /// The purpose of the record that a row belongs to; the cell that states it is remembered.
    fn record(&mut self, row: (u16, u16), at: usize) -> Option<TermId> {
        let record = self.records.get(&row)?;
        if record.block == at {
            self.outline.purposes.push((self.text.blocks[at].span, record.purpose));
        }
        Some(record.purpose)
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
                purpose: if furniture { None } else { self.current.purpose.or(self.outline.whole) },
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
