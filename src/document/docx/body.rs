//! The flow of a Word document: paragraphs, runs, tables, text boxes, fields.
//!
//! In come the tags and words of one part of the file; out go paragraphs with their styles. It never keeps what is
//! deleted, hidden, an instruction of a field, how something looked before it was changed, or a second rendering of the same
//! drawing.

use super::fields::Fields;
use super::styles::{Styles, is_on};
use crate::document::paragraphs::{Draft, Paragraphs, Style, is_telling};
use crate::document::table::Table;
use crate::document::xml::{Node, Tag};
use crate::model::{BlockKind, CellPlace};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Paragraphs and tables stand in each other no deeper in any document that a person wrote.
const DEEPEST: usize = 64;

/// One part of a document that is being read.
pub struct Body<'a> {
    out: &'a mut Paragraphs,
    styles: &'a Styles,
    links: &'a BTreeMap<&'a str, &'a str>,
    /// At the head or foot of pages: what was there already.
    running: Option<&'a mut HashSet<String>>,
    /// Depth inside something that is left out.
    skipped: usize,
    /// The open paragraphs: one stands in another where a text box does.
    open: Vec<Open>,
    /// Words of a paragraph whose end was deleted: they belong to the next.
    carried: Option<Draft>,
    tables: Vec<OpenTable>,
    properties: Properties,
    run: Run,
    fields: Fields,
    in_words: bool,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    draft: Draft,
    style: String,
    list: Option<String>,
    depth: u8,
    outline: Option<u8>,
    end_deleted: bool,
    /// It stands in a contents list.
    contents: bool,
}

/// A table that is being read.
struct OpenTable {
    table: Table,
    header_row: bool,
    row_deleted: bool,
    /// Columns of the cell that is being read; whether it goes on from the cell above, or begins such a one.
    columns: u16,
    merge: Merge,
    cell: Option<CellPlace>,
    /// The last cell of each column that may go on below.
    above: HashMap<u16, CellPlace>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    No,
    Begins,
    GoesOn,
}

/// Which properties are being read.
#[derive(Clone, Copy, Default)]
struct Properties {
    paragraph: bool,
    run: bool,
    row: bool,
}

/// What holds for the words of a run.
#[derive(Clone, Copy, Default)]
struct Run {
    bold: Option<bool>,
    hidden: bool,
}

impl<'a> Body<'a> {
    /// A part whose paragraphs go to `out`; `running` where it is the head or foot of pages.
    pub fn new(
        out: &'a mut Paragraphs,
        styles: &'a Styles,
        links: &'a BTreeMap<&'a str, &'a str>,
        running: Option<&'a mut HashSet<String>>,
    ) -> Body<'a> {
        Body {
            out,
            styles,
            links,
            running,
            skipped: 0,
            open: Vec::new(),
            carried: None,
            tables: Vec::new(),
            properties: Properties::default(),
            run: Run::default(),
            fields: Fields::default(),
            in_words: false,
        }
    }

    /// What takes the tags and words of the part.
    pub fn visitor(mut self) -> impl FnMut(Node<'_>) {
        move |node| match node {
            Node::Open(_) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(tag) => self.start(&tag),
            Node::Close(name) => self.end(name),
            Node::Words(words) if self.in_words && self.skipped == 0 => {
                if self.fields.in_instruction {
                    self.fields.instruct(words);
                } else {
                    self.say(words);
                }
            }
            Node::Words(_) => {}
        }
    }

    fn say(&mut self, words: &str) {
        let Some(open) = self.open.last_mut().filter(|_| !self.run.hidden) else { return };
        let bold = self.run.bold.unwrap_or_else(|| self.styles.is_bold(&open.style));
        // Line feeds in the file are white space; those of a paragraph are its line breaks.
        if words == "\n" || !words.contains('\n') {
            open.draft.say(words, bold);
        } else {
            open.draft.say(&words.replace('\n', " "), bold);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let Properties { paragraph, run, row } = self.properties;
        match tag.name() {
            // How something looked before a change that was tracked.
            name if name.ends_with("PrChange") => self.skipped = 1,
            "pPr" => self.properties.paragraph = true,
            "rPr" => self.properties.run = true,
            "trPr" => self.properties.row = true,
            _ if run => self.run_property(tag, paragraph),
            _ if paragraph => self.paragraph_property(tag),
            _ if row => self.row_property(tag),
            "del" | "moveFrom" | "Fallback" | "delText" | "sdtPr" | "rubyPr" | "rt" => self.skipped = 1,
            // The lines between text and notes are notes of a type of their own.
            "footnote" | "endnote" if !matches!(tag.attribute("type").as_str(), "" | "normal") => self.skipped = 1,
            "p" => {
                if self.open.len() >= DEEPEST {
                    self.end_paragraph();
                }
                self.place_cell();
                let draft = self.carried.take().unwrap_or_default();
                self.open.push(Open { draft, ..Open::default() });
                self.note_contents();
            }
            "r" => self.run = Run::default(),
            "t" => (self.in_words, self.fields.in_instruction) = (true, false),
            "instrText" => (self.in_words, self.fields.in_instruction) = (true, true),
            "tab" | "ptab" => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "sym" => self.symbol(tag),
            "hyperlink" => {
                let href = self.links.get(tag.attribute("id").as_str()).copied().unwrap_or("").to_owned();
                self.link(href);
            }
            "fldChar" => self.field(&tag.attribute("fldCharType")),
            "fldSimple" => {
                self.fields.begin();
                self.fields.instruct(&tag.attribute("instr"));
                self.field("separate");
            }
            _ => self.table_tag(tag),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "pPr" => self.properties.paragraph = false,
            "rPr" => self.properties.run = false,
            "trPr" => self.properties.row = false,
            "t" | "instrText" => self.in_words = false,
            "hyperlink" => self.open.iter_mut().for_each(|open| open.draft.end_link()),
            "fldSimple" => self.field("end"),
            "p" => self.end_paragraph(),
            "tc" => {
                self.place_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.cell = None;
                }
            }
            "tbl" => _ = self.tables.pop(),
            _ => {}
        }
    }

    fn run_property(&mut self, tag: &Tag<'_>, of_paragraph_end: bool) {
        match tag.name() {
            "del" | "moveFrom" if of_paragraph_end => {
                if let Some(open) = self.open.last_mut() {
                    open.end_deleted = true;
                }
            }
            _ if of_paragraph_end => {}
            "b" => self.run.bold = Some(is_on(tag)),
            "rStyle" if self.styles.is_bold(&tag.attribute("val")) => self.run.bold = Some(true),
            "vanish" => self.run.hidden = is_on(tag),
            _ => {}
        }
    }

    fn paragraph_property(&mut self, tag: &Tag<'_>) {
        let Some(open) = self.open.last_mut() else { return };
        let value = tag.attribute("val");
        match tag.name() {
            "pStyle" => open.style = value,
            "numId" => open.list = Some(value),
            "ilvl" => open.depth = value.parse().unwrap_or(0),
            "outlineLvl" => open.outline = value.parse().ok(),
            _ => {}
        }
    }

    fn row_property(&mut self, tag: &Tag<'_>) {
        let Some(table) = self.tables.last_mut() else { return };
        match tag.name() {
            "tblHeader" => table.header_row = is_on(tag),
            "del" => table.row_deleted = true,
            "gridBefore" => {
                let columns = tag.attribute("val").parse().unwrap_or(0);
                if columns > 0 {
                    table.table.next_cell(1, columns, false);
                }
            }
            _ => {}
        }
    }

    fn table_tag(&mut self, tag: &Tag<'_>) {
        if tag.name() == "tbl" {
            if self.tables.len() >= DEEPEST {
                self.skipped = 1;
                return;
            }
            self.place_cell();
            self.tables.push(OpenTable {
                table: self.out.table(),
                header_row: false,
                row_deleted: false,
                columns: 0,
                merge: Merge::No,
                cell: None,
                above: HashMap::new(),
            });
        }
        let Some(table) = self.tables.last_mut() else { return };
        match tag.name() {
            "tr" => {
                table.table.next_row();
                (table.header_row, table.row_deleted) = (false, false);
            }
            "tc" if table.row_deleted => self.skipped = 1,
            "tc" => (table.columns, table.merge, table.cell) = (1, Merge::No, None),
            "gridSpan" => table.columns = tag.attribute("val").parse().unwrap_or(1),
            "vMerge" => {
                let begins = tag.attribute("val") == "restart";
                table.merge = if begins { Merge::Begins } else { Merge::GoesOn };
            }
            _ => {}
        }
    }

    /// Gives the open cell its place, once its properties are known.
    fn place_cell(&mut self) {
        let Some(table) = self.tables.last_mut().filter(|t| t.columns > 0) else { return };
        let place = table.table.next_cell(1, table.columns, table.header_row);
        table.columns = 0;
        table.cell = Some(place);
        match table.merge {
            Merge::GoesOn => {
                if let Some(above) = table.above.get(&place.column) {
                    self.out.add_row(*above);
                }
            }
            Merge::Begins => _ = table.above.insert(place.column, place),
            Merge::No => _ = table.above.remove(&place.column),
        }
    }

    /// A sign of a face of signs, whose numbers mean nothing elsewhere: at the start of a paragraph it is the mark of an item.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = u32::from_str_radix(&tag.attribute("char"), 16).ok();
        match code.and_then(char::from_u32) {
            Some('\u{e000}'..='\u{f8ff}') => {
                let first = self.open.last().is_some_and(|open| open.draft.words.trim().is_empty());
                self.say(if first { "•" } else { " " });
            }
            Some(c) => self.say(c.encode_utf8(&mut [0; 4])),
            None => {}
        }
    }

    fn link(&mut self, href: String) {
        if let Some(open) = self.open.last_mut() {
            open.draft.begin_link(href);
        }
    }

    fn field(&mut self, mark: &str) {
        match mark {
            "begin" => self.fields.begin(),
            "separate" => {
                let target = self.fields.separate();
                self.note_contents();
                if let Some(target) = target {
                    self.link(target);
                }
            }
            "end" => {
                self.fields.end();
                if let Some(open) = self.open.last_mut() {
                    open.draft.end_link();
                }
            }
            _ => {}
        }
    }

    /// What stands in the field of a contents list is an entry of it.
    fn note_contents(&mut self) {
        let inside = self.fields.in_contents();
        if let Some(open) = self.open.last_mut() {
            open.contents |= inside;
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        open.draft.end_link();
        if open.end_deleted {
            self.carried = Some(open.draft);
            return;
        }
        let empty = open.draft.words.trim().is_empty();
        let mut style = self.style(&open);
        // A field that nobody ended does not reach past the next heading.
        if matches!(style.kind, Some(BlockKind::Heading(_))) && !open.contents {
            self.fields.forget();
        }
        if let Some(seen) = &mut self.running {
            let words = open.draft.words.trim().to_lowercase();
            style.furniture = !is_telling(&words);
            if empty || !seen.insert(words) {
                return;
            }
        }
        if !(empty && style.is_known()) {
            self.out.push(open.draft, style);
        }
    }

    fn style(&self, open: &Open) -> Style {
        let heading = open.outline.filter(|level| *level < 9).map(|level| (level + 1).min(6));
        let heading = heading.or_else(|| self.styles.heading(&open.style));
        let list = open.list.as_deref().or_else(|| self.styles.list(&open.style)).filter(|list| *list != "0");
        // A numbered line in bold is a heading that somebody made by hand.
        let by_hand = list.is_some_and(|list| open.draft.is_bold() && self.styles.is_numbered(list));
        let kind = match (heading, list) {
            (Some(level), _) => Some(BlockKind::Heading(level)),
            (None, Some(_)) if !by_hand => Some(BlockKind::Item(open.depth.saturating_add(1))),
            _ => None,
        };
        Style {
            kind,
            cell: self.tables.last().and_then(|t| t.cell),
            furniture: open.contents || self.styles.is_contents(&open.style),
            bold: false,
        }
    }
}
