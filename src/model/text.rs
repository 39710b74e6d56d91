//! The canonical text of one document: the words as published, in reading order, with blocks and with the place of
//! every byte in the source.

use super::Span;

/// One document as the reader understood it.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The canonical text. White space is single, invisible characters are gone, blocks stand on lines of their own.
    pub body: String,
    /// Headings, paragraphs, list items, table cells … in reading order; they do not overlap.
    pub blocks: Vec<Block>,
    /// Where each byte of the body stands in the source.
    pub origin: Origin,
    /// Whether all of the document was read.
    pub reading: Reading,
    /// Title of the document from its metadata, where the format has one.
    pub title: Option<String>,
    /// Language the document declares, where it does.
    pub language: Option<String>,
    /// Links whose address is not simply the words shown.
    pub links: Vec<Link>,
    /// E-mail addresses that readers without scripts cannot see, at the place where they would stand.
    pub cloaked: Vec<Span>,
}

/// A run of the body that stands on its own in the document.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the body.
    pub span: Span,
    /// Menus, cookie dialogues, news teasers, footers: kept in the text, never a claim.
    pub furniture: bool,
    /// Its place in a table, for cells and what stands inside them.
    pub cell: Option<CellPlace>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item; the depth of its list, from 1.
    Item(u8),
    /// Text directly in a table cell.
    Cell,
    /// The term of a definition list, or a label in a label/value block.
    Term,
    /// What a term is said to be.
    Definition,
}

/// Place of a block in a table; `rowspan` and `colspan` are resolved to the first row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// Number of the table in the document.
    pub table: u16,
    /// Row, from 0.
    pub row: u16,
    /// Rows it spans, at least 1.
    pub rows: u16,
    /// Column, from 0.
    pub column: u16,
    /// Whether it is marked up, or plainly meant, as a header of its row or column.
    pub header: bool,
}

/// A link and the words that carry it.
#[derive(Clone, Debug)]
pub struct Link {
    /// The words shown.
    pub span: Span,
    /// Its address as written in the source, entities decoded.
    pub href: String,
}

/// What could not be read, in words for a person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// What was cut or unreadable and what to do.
    pub message: String,
    /// Line of the source, from 1, where known.
    pub line: Option<u32>,
    /// Page of the source, from 1, where it has pages.
    pub page: Option<u32>,
}

/// Whether the whole document was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    #[default]
    Whole,
    /// Something was cut or unreadable: silence in such a text proves nothing.
    Part(Vec<Problem>),
}

/// Maps bytes of the body to places in the source.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The source as decoded, for lines and columns.
    pub source: String,
    /// Runs that map byte for byte: (first byte of the body, byte of the source), by body.
    pub runs: Vec<(u32, u32)>,
    /// Pages of the source, by their first byte, each with its number from 1 (none: what follows has no pages); empty where
    /// the format has none.
    pub pages: Vec<(u32, Option<u32>)>,
    /// First byte of each line of the source.
    lines: Vec<u32>,
    /// The bytes of the source that begin no character, so that a column in a very long line needs no walk over all of it,
    /// and none needs the source.
    within: Vec<u32>,
    /// Bytes of the source.
    length: u32,
}

/// Whether a byte begins a character.
fn begins(byte: u8) -> bool {
    (byte & 0xc0) != 0x80
}

impl Origin {
    /// An origin over `source` with the given runs, ordered by their place in the body.
    pub fn new(source: String, runs: Vec<(u32, u32)>) -> Origin {
        let mut lines = vec![0];
        lines.extend(source.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32 + 1));
        let within = source.bytes().enumerate().filter(|(_, b)| !begins(*b)).map(|(at, _)| at as u32).collect();
        let length = source.len() as u32;
        Origin { source, runs, pages: Vec::new(), lines, within, length }
    }

    /// Lets go of the source and keeps what tells lines, columns and pages.
    pub fn without_source(self) -> Origin {
        let Origin { mut runs, mut lines, mut within, .. } = self;
        runs.shrink_to_fit();
        lines.shrink_to_fit();
        within.shrink_to_fit();
        Origin { source: String::new(), runs, pages: self.pages, lines, within, length: self.length }
    }

    /// The byte of the source that byte `at` of the body was made from.
    pub fn source_byte(&self, at: u32) -> usize {
        let run = self.runs.partition_point(|(body, _)| *body <= at);
        match run.checked_sub(1).map(|i| self.runs[i]) {
            Some((body, source)) => (source + (at - body)) as usize,
            None => 0,
        }
    }

    /// Line and column of the source, both from 1, the column in characters, for byte `at` of the body.
    pub fn line_column(&self, at: u32) -> (u32, u32) {
        self.line_column_of_source(self.source_byte(at))
    }

    /// Line and column of a byte of the source, both from 1, the column in characters.
    pub fn line_column_of_source(&self, byte: usize) -> (u32, u32) {
        let byte = (byte as u32).min(self.length);
        let line = self.line_of(byte as usize) as usize;
        let start = self.lines[line - 1];
        let mut end = byte;
        while self.within.binary_search(&end).is_ok() {
            end -= 1;
        }
        (line as u32, self.characters_before(end) - self.characters_before(start) + 1)
    }

    /// Page of the source, from 1, for byte `at` of the body, where the source has pages.
    pub fn page(&self, at: u32) -> Option<u32> {
        let byte = self.source_byte(at) as u32;
        let page = self.pages.partition_point(|(start, _)| *start <= byte).checked_sub(1)?;
        self.pages[page].1
    }

    /// The line of the source, from 1, that holds a byte of it.
    pub fn line_of(&self, byte: usize) -> u32 {
        self.lines.partition_point(|start| *start as usize <= byte) as u32
    }

    /// Number of characters of the source before a byte.
    fn characters_before(&self, byte: u32) -> u32 {
        byte - self.within.partition_point(|at| *at < byte) as u32
    }

    /// Byte range in the source of a span of the body.
    pub fn source_range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.source_byte(span.start);
        let last = self.source_byte(span.end.saturating_sub(1).max(span.start));
        start..(last + 1).max(start)
    }
}

impl Text {
    /// The words of a span.
    pub fn quote(&self, span: Span) -> &str {
        &self.body[span.range()]
    }

    /// Number of the block that holds byte `at`, or of the last one before it.
    pub fn block_at(&self, at: u32) -> usize {
        self.blocks.partition_point(|b| b.span.start <= at).saturating_sub(1)
    }

    /// Records that something was not read.
    pub fn add_problem(&mut self, problem: Problem) {
        match &mut self.reading {
            Reading::Part(problems) => problems.push(problem),
            Reading::Whole => self.reading = Reading::Part(vec![problem]),
        }
    }
}
