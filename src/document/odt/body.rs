//! The flow of an OpenDocument text: paragraphs, lists, tables, text boxes, notes.
//!
//! In come the tags and words of one part of the file; out go paragraphs with their styles. It never keeps what was
//! deleted, comments, or what is not shown.

use super::styles::Styles;
use crate::document::paragraphs::{Draft, Paragraphs, Style, is_telling};
use crate::document::table::Table;
use crate::document::xml::{Node, Tag};
use crate::model::{BlockKind, CellPlace};
use std::collections::HashSet;

/// Paragraphs, lists and tables stand in each other no deeper in any document that a person wrote.
const DEEPEST: usize = 64;

/// One part of a document that is being read.
pub struct Body<'a> {
    out: &'a mut Paragraphs,
    styles: &'a Styles,
    /// The element that holds the flow; whether it is open.
    flow: &'static str,
    inside: bool,
    /// Depth inside something that is left out.
    skipped: usize,
    /// The open paragraphs: one stands in another where a text box or a note does.
    open: Vec<Open>,
    /// Bold or not, for each open run that has a style of its own.
    runs: Vec<Option<bool>>,
    /// The styles of the open lists.
    lists: Vec<String>,
    tables: Vec<(Table, Option<CellPlace>)>,
    header_rows: bool,
    contents: bool,
    notes_open: usize,
    notes: Vec<(Draft, Style)>,
    running: HashSet<String>,
}

/// A paragraph that is being read.
struct Open {
    draft: Draft,
    style: String,
    heading: Option<u8>,
    runs: usize,
}

impl<'a> Body<'a> {
    /// A part whose paragraphs go to `out`: those inside the element `flow`.
    pub fn new(out: &'a mut Paragraphs, styles: &'a Styles, flow: &'static str) -> Body<'a> {
        Body {
            out,
            styles,
            flow,
            inside: false,
            skipped: 0,
            open: Vec::new(),
            runs: Vec::new(),
            lists: Vec::new(),
            tables: Vec::new(),
            header_rows: false,
            contents: false,
            notes_open: 0,
            notes: Vec::new(),
            running: HashSet::new(),
        }
    }

    /// Takes a tag or words of the part.
    pub fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(_) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(tag) if tag.name() == self.flow => self.inside = true,
            Node::Open(tag) if self.inside => self.start(&tag),
            Node::Close(name) if self.inside => self.end(name),
            Node::Words(words) if self.inside && self.skipped == 0 => self.say(&words.replace(['\n', '\t', '\r'], " ")),
            _ => {}
        }
    }

    /// Adds the notes, which stand at the end.
    pub fn finish(&mut self) {
        for (draft, style) in std::mem::take(&mut self.notes) {
            self.out.push(draft, style);
        }
    }

    fn say(&mut self, words: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let run = self.runs.get(open.runs..).and_then(|runs| runs.iter().rev().find_map(|bold| *bold));
        let bold = run.or_else(|| self.styles.bold(&open.style)).unwrap_or(false);
        open.draft.say(words, bold);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "tracked-changes"
            | "annotation"
            | "note-citation"
            | "forms"
            | "covered-table-cell"
            | "sequence-decls"
            | "ruby-text"
            | "index-title-template"
            | "bibliography-source" => self.skipped = 1,
            "p" | "h" => self.start_paragraph(tag),
            "list" | "table" | "span" if self.is_deep() => self.skipped = 1,
            "span" => {
                let style = tag.attribute("style-name");
                if self.styles.is_hidden(&style) {
                    self.skipped = 1;
                } else {
                    self.runs.push(self.styles.bold(&style));
                }
            }
            "s" => self.say(&" ".repeat(tag.attribute("c").parse().unwrap_or(1_usize).min(100))),
            "tab" => self.say("\t"),
            "line-break" => self.say("\n"),
            "a" => {
                // `#…` leads to a place in the document itself.
                let href = tag.attribute("href");
                if let Some(open) = self.open.last_mut().filter(|_| !href.starts_with('#')) {
                    open.draft.begin_link(href);
                }
            }
            "list" => self.lists.push(tag.attribute("style-name")),
            "note" => self.notes_open += 1,
            "table-of-content" => self.contents = true,
            "table" => self.tables.push((self.out.table(), None)),
            "table-header-rows" => self.header_rows = true,
            "table-row" => {
                if let Some((table, _)) = self.tables.last_mut() {
                    table.next_row();
                }
            }
            "table-cell" => {
                let spans = |name: &str| tag.attribute(name).parse().unwrap_or(1);
                let (rows, columns) = (spans("number-rows-spanned"), spans("number-columns-spanned"));
                if let Some((table, cell)) = self.tables.last_mut() {
                    *cell = Some(table.next_cell(rows, columns, self.header_rows));
                }
            }
            _ => {}
        }
    }

    fn is_deep(&self) -> bool {
        self.lists.len().max(self.tables.len()).max(self.runs.len()) >= DEEPEST
    }

    fn start_paragraph(&mut self, tag: &Tag<'_>) {
        let style = tag.attribute("style-name");
        if self.styles.is_hidden(&style) {
            self.skipped = 1;
            return;
        }
        let heading = match tag.name() {
            "h" => Some(tag.attribute("outline-level").parse().unwrap_or(1)),
            _ => self.styles.is_title(&style).then_some(1),
        };
        if self.open.len() >= DEEPEST {
            self.end_paragraph();
        }
        self.open.push(Open { draft: Draft::default(), style, heading, runs: self.runs.len() });
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => _ = self.runs.pop(),
            "a" => self.open.iter_mut().for_each(|open| open.draft.end_link()),
            "list" => _ = self.lists.pop(),
            "note" => self.notes_open = self.notes_open.saturating_sub(1),
            "table-of-content" => self.contents = false,
            "table" => _ = self.tables.pop(),
            "table-header-rows" => self.header_rows = false,
            "table-cell" => {
                if let Some((_, cell)) = self.tables.last_mut() {
                    *cell = None;
                }
            }
            name if name == self.flow => self.inside = false,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        open.draft.end_link();
        self.runs.truncate(open.runs);
        let empty = open.draft.words.trim().is_empty();
        let mut style = self.style(&open);
        if self.flow != "text" {
            let words = open.draft.words.trim().to_lowercase();
            style.furniture = !is_telling(&words);
            if empty || !self.running.insert(words) {
                return;
            }
        }
        if empty && style.is_known() {
            return;
        }
        if self.notes_open > 0 {
            self.notes.push((open.draft, style));
        } else {
            self.out.push(open.draft, style);
        }
    }

    fn style(&self, open: &Open) -> Style {
        let listed = self.lists.iter().rev().find(|name| !name.is_empty()).map_or("", String::as_str);
        // A numbered line in bold is a heading that somebody made by hand.
        let by_hand = open.draft.is_bold() && self.styles.is_numbered(listed, &open.style);
        let kind = match open.heading {
            Some(level) => Some(BlockKind::Heading(level.clamp(1, 6))),
            None if !self.lists.is_empty() && !by_hand => Some(BlockKind::Item(self.lists.len().min(255) as u8)),
            None => None,
        };
        let cell = self.tables.last().and_then(|(_, cell)| *cell);
        Style { kind, cell, furniture: self.contents, bold: false }
    }
}
