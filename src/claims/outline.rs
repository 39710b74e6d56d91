//! How a document falls into sections: which words are headings and labels, what stands under them, and for which
//! purpose.
//!
//! In come a text's blocks and the dictionary's hits; out come parts, each with its section path, the aspect its heading
//! or label announces (legal basis, retention, …) and the purpose of its section, row or list item. Headings of plain and
//! of flattened text are told by the words, so this needs the dictionary; it never changes the text.

use super::headings::{self, Level, Line};
use crate::dictionary::{Dictionary, Family, Hit, TermId};
use crate::model::{Block, BlockKind, CellPlace, Span, Text};
use crate::text::Fold;
use std::collections::HashMap;
use std::ops::Range;

/// What a heading or label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // `dictionaries/headings.toml` lists the wordings of each
pub enum Aspect {
    LegalBasis,
    Processors,
    Recipients,
    Sources,
    Categories,
    Retention,
    Rights,
    Contact,
    Complaints,
    Confidentiality,
    OptOut,
    Purpose,
    Transfers,
    Automated,
    Controller,
    Roles,
    Security,
    About,
    Changes,
    Legislation,
    Consent,
}

impl Aspect {
    /// The aspect with this id in `headings.toml`.
    pub fn of(id: &str) -> Option<Aspect> {
        Some(match id {
            "legal-basis" => Aspect::LegalBasis,
            "processors" => Aspect::Processors,
            "recipients" => Aspect::Recipients,
            "sources" => Aspect::Sources,
            "categories" => Aspect::Categories,
            "retention" => Aspect::Retention,
            "rights" => Aspect::Rights,
            "contact" => Aspect::Contact,
            "complaints-ico" => Aspect::Complaints,
            "confidentiality" => Aspect::Confidentiality,
            "opt-out" => Aspect::OptOut,
            "purpose" => Aspect::Purpose,
            "transfers" => Aspect::Transfers,
            "automated" => Aspect::Automated,
            "controller" => Aspect::Controller,
            "roles" => Aspect::Roles,
            "security" => Aspect::Security,
            "about" => Aspect::About,
            "changes" => Aspect::Changes,
            "legislation" => Aspect::Legislation,
            "consent" => Aspect::Consent,
            _ => return None,
        })
    }

    /// Whether the aspect belongs to one purpose when notices go through purposes one by one.
    fn per_purpose(self) -> bool {
        matches!(
            self,
            Aspect::LegalBasis
                | Aspect::Processors
                | Aspect::Recipients
                | Aspect::Sources
                | Aspect::Categories
                | Aspect::Retention
                | Aspect::Purpose
                | Aspect::Confidentiality
                | Aspect::Controller
                | Aspect::OptOut
                | Aspect::Rights
                | Aspect::Transfers
        )
    }
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A heading, or a label that stands before its value.
    Heading,
    /// A list item.
    Item,
    /// Anything else.
    Prose,
}

/// A run of text with one place in the outline: a block, or a piece of a flattened one.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its bytes in the body.
    pub span: Span,
    /// Its bytes in the folded text.
    pub folded: Range<usize>,
    /// Number of its words.
    pub words: usize,
    /// Its section, as an index into [`Outline::sections`].
    pub section: Option<usize>,
    /// What its nearest heading, label, row or column announces.
    pub aspect: Option<Aspect>,
    /// The purpose of its section, row or item.
    pub purpose: Option<TermId>,
    /// Menus, dialogues, footers.
    pub furniture: bool,
    /// The block it is or is part of.
    pub block: usize,
    /// Its place in a table.
    pub cell: Option<CellPlace>,
}

/// A section: its heading and what it stands under.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading's words.
    pub heading: Span,
    /// The section around it.
    pub parent: Option<usize>,
    /// Level, from 1.
    pub level: u8,
}

/// The outline of one document.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All parts, in reading order.
    pub parts: Vec<Part>,
    /// All sections, in reading order.
    pub sections: Vec<Section>,
    /// Where a section, row or item of its own is given to a purpose: the words and the purpose.
    pub purposes: Vec<(Span, TermId)>,
    /// The purposes that table rows are about, by table and row.
    pub rows: HashMap<(u16, u16), TermId>,
}

impl Outline {
    /// The part that holds byte `at` of the folded text.
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        self.parts[..self.parts.partition_point(|p| p.folded.start <= at)].last()
    }

    /// Number of the part that holds byte `at` of the folded text.
    pub fn part_index(&self, at: usize) -> usize {
        self.parts.partition_point(|p| p.folded.start <= at).saturating_sub(1)
    }

    /// The headings above a section, outermost first, its own included.
    pub fn path(&self, section: Option<usize>, text: &Text) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = section;
        while let Some(section) = at {
            path.push(text.quote(self.sections[section].heading).trim_end_matches(':').to_owned());
            at = self.sections[section].parent;
        }
        path.reverse();
        path
    }

    /// Lays a text out.
    pub fn of(text: &Text, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Outline {
        let mut lines: Vec<Line> = text.blocks.iter().map(|b| Line::of(b, text, fold, hits, dictionary)).collect();
        headings::tell_complaints_apart(&mut lines, fold, dictionary);
        let repeated_words = repeated_words(&lines, &text.blocks, fold);
        let mut builder = Builder {
            text,
            fold,
            dictionary,
            outline: Outline::default(),
            stack: Vec::new(),
            current: State::default(),
            rows: HashMap::new(),
            columns: HashMap::new(),
            inside: inside_purposes(&lines, &repeated_words, fold),
            repeated_words,
            whole: whole_purpose(text, &lines, fold),
            furniture_from: headings::furniture_start(text, hits, dictionary, fold),
        };
        for (at, line) in lines.iter().enumerate() {
            let heading = headings::is_heading(&lines, at, text);
            builder.block(at, line, heading, hits);
        }
        builder.outline.rows =
            builder.rows.iter().filter_map(|(key, (purpose, _))| purpose.map(|p| (*key, p))).collect();
        builder.outline
    }
}

/// Labels that announce an aspect and head two or more blocks in the same words.
fn repeated_words<'a>(lines: &[Line], blocks: &[Block], fold: &'a Fold) -> std::collections::HashSet<&'a str> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let contents = headings::in_contents_list(lines);
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
fn inside_purposes(lines: &[Line], repeated: &std::collections::HashSet<&str>, fold: &Fold) -> Vec<bool> {
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
fn whole_purpose(text: &Text, lines: &[Line], fold: &Fold) -> Option<TermId> {
    let first = lines.iter().zip(&text.blocks).find(|(l, b)| !b.furniture && l.short)?;
    let purpose = first.0.purpose?;
    let others = lines.iter().filter(|l| l.short && l.purpose.is_some_and(|p| p != purpose)).count();
    (others == 0 && fold.text.len() < 12_000).then_some(purpose)
}

#[derive(Default, Clone)]
struct State {
    purpose: Option<TermId>,
    /// Level of the heading that set the purpose.
    purpose_level: u8,
    aspect: Option<Aspect>,
    /// Level of the heading that set the aspect.
    aspect_level: u8,
}

struct Builder<'a> {
    text: &'a Text,
    fold: &'a Fold,
    dictionary: &'a Dictionary,
    outline: Outline,
    /// Open sections, outermost first.
    stack: Vec<usize>,
    current: State,
    rows: HashMap<(u16, u16), (Option<TermId>, Option<Aspect>)>,
    columns: HashMap<(u16, u16), (Option<TermId>, Option<Aspect>)>,
    /// Labels that stand twice or more, word for word: a notice that goes through its purposes one by one.
    repeated_words: std::collections::HashSet<&'a str>,
    /// For each block, whether a repeated aspect still follows before the next purpose: the purpose goes on behind it.
    inside: Vec<bool>,
    whole: Option<TermId>,
    furniture_from: Option<usize>,
}

impl Builder<'_> {
    fn block(&mut self, at: usize, line: &Line, heading: Option<Level>, hits: &[Hit]) {
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
        if self.current.purpose.is_none() && headings::lists_purposes(&self.outline, self.fold, at) {
            if let Some(purpose) = headings::item_purpose(line, self.fold, hits, self.dictionary) {
                self.current.purpose = Some(purpose);
                self.outline.purposes.push((self.text.blocks[at].span, purpose));
            }
        }
        self.labelled(at, line, PartKind::Item);
        self.current = saved;
    }

    fn prose(&mut self, at: usize, line: &Line, hits: &[Hit]) {
        let run_in = headings::run_in_heading(line, self.text, self.fold, hits, self.dictionary);
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
        if headings::has_own_label(
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
        let named = headings::cell_purpose(line, self.fold, hits, self.dictionary);
        if place.column == 0 || place.header {
            for row in place.row..place.row.saturating_add(place.rows.max(1)) {
                let entry = self.rows.entry((place.table, row)).or_default();
                if entry.0.is_none() && place.column == 0 && !(place.row == 0 && place.header) {
                    entry.0 = named;
                }
                if entry.1.is_none() && place.column == 0 && line.short {
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
        // What looks at a whole part for each word in it must not meet one of megabytes.
        let mut start = folded.start;
        while folded.end - start > LONGEST_PART {
            let end = part_end(&self.fold.text, start + LONGEST_PART);
            self.push_one(at, kind, start..end, furniture, cell, aspect);
            start = end;
        }
        self.push_one(at, kind, start..folded.end, furniture, cell, aspect);
    }

    fn push_one(
        &mut self,
        at: usize,
        kind: PartKind,
        folded: Range<usize>,
        furniture: bool,
        cell: Option<CellPlace>,
        aspect: Option<Aspect>,
    ) {
        let span = self.fold.span(folded.start, folded.end, &self.text.body);
        if span.is_empty() {
            return;
        }
        let words = self.fold.text[folded.clone()].split(' ').filter(|w| !w.is_empty()).count();
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

/// Parts longer than this, in bytes, are cut at the end of a sentence or word.
const LONGEST_PART: usize = 8000;

/// A good place to cut a long part at or before `most`: behind a full stop, else behind a space.
fn part_end(folded: &str, most: usize) -> usize {
    let mut most = most;
    while !folded.is_char_boundary(most) {
        most -= 1;
    }
    let window_start = (most - LONGEST_PART / 2..=most).find(|at| folded.is_char_boundary(*at)).unwrap_or(most);
    let window = &folded[window_start..most];
    let behind = window.rfind(". ").or_else(|| window.rfind(' ')).map(|at| window_start + at + 1);
    behind.unwrap_or(most)
}

/// Whether a hit is a purpose's.
pub(super) fn is_purpose(hit: &Hit, dictionary: &Dictionary) -> bool {
    dictionary.term(hit.term).family == Family::Purposes
}
