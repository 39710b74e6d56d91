//! A document that comes as paragraphs with styles: what Word, OpenDocument and PDF files are once unpacked.
//!
//! In come paragraphs, each with what its style says; out comes a text whose source is their words, a line each. What no
//! style explains is read as plain text is: many a document was typed with spaces and tabs. It never opens a file.

use super::LIMIT;
use super::plain::read_styled;
use super::table::{Headers, Table};
use super::typography::{reads_as_heading, runs_on};
use crate::model::{BlockKind, CellPlace, Link, Problem, Span, Text};
use std::collections::HashMap;
use std::ops::Range;

/// What is known of a paragraph before its words are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// What it is; none where its style says nothing.
    pub kind: Option<BlockKind>,
    /// Its place in a table.
    pub cell: Option<CellPlace>,
    /// Running heads, contents lists.
    pub furniture: bool,
    /// All its words are bold.
    pub bold: bool,
}

impl Style {
    /// Whether it says what the paragraph is.
    pub fn is_known(&self) -> bool {
        self.kind.is_some() || self.cell.is_some() || self.furniture
    }
}

/// A paragraph whose end was not seen yet. Line feeds in its words are line breaks.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its words.
    pub words: String,
    links: Vec<(Range<usize>, String)>,
    /// Where pages begin in it, each with its number.
    pages: Vec<(usize, u32)>,
    /// Where an open link begins, and its address.
    link: Option<(usize, String)>,
    /// It holds bold words; it holds others.
    bold: bool,
    plain: bool,
}

impl Draft {
    /// Adds words.
    pub fn say(&mut self, words: &str, bold: bool) {
        self.words.push_str(words);
        if !words.trim().is_empty() {
            self.weigh(bold);
        }
    }

    /// It holds words that are bold, or that are not.
    pub fn weigh(&mut self, bold: bool) {
        self.bold |= bold;
        self.plain |= !bold;
    }

    /// What follows stands on a page.
    pub fn begin_page(&mut self, page: u32) {
        self.pages.push((self.words.len(), page));
    }

    /// Begins a link.
    pub fn begin_link(&mut self, href: String) {
        self.link = Some((self.words.len(), href));
    }

    /// Ends the open link.
    pub fn end_link(&mut self) {
        if let Some((start, href)) =
            self.link.take().filter(|(start, href)| *start < self.words.len() && !href.is_empty())
        {
            self.links.push((start..self.words.len(), href));
        }
    }

    /// Adds links over words said before: ranges of them, as they were counted from byte `at` on.
    pub fn add_links(&mut self, links: &[(Range<usize>, String)], at: isize) {
        let moved = |byte: usize| byte.saturating_add_signed(at).min(self.words.len());
        let moved = links.iter().map(|(range, href)| (moved(range.start)..moved(range.end), href.clone()));
        let moved: Vec<_> = moved.filter(|(range, _)| !range.is_empty()).collect();
        self.links.extend(moved);
    }

    /// Leaves out the first bytes of its words.
    pub fn cut_start(&mut self, bytes: usize) {
        self.words.drain(..bytes);
        self.links.iter_mut().for_each(|(range, _)| {
            *range = range.start.saturating_sub(bytes)..range.end.saturating_sub(bytes);
        });
        self.pages.iter_mut().for_each(|(at, _)| *at = at.saturating_sub(bytes));
    }

    /// Whether all its words are bold.
    pub fn is_bold(&self) -> bool {
        self.bold && !self.plain
    }
}

/// Whether words at the head or foot of pages, in small letters, say when the notice was reviewed: such are part of it.
pub fn is_telling(words: &str) -> bool {
    ["review", "version", "updated", "date"].iter().any(|word| words.contains(word))
}

/// The paragraphs of a document that is being read.
#[derive(Default)]
pub struct Paragraphs {
    source: String,
    styles: Vec<Style>,
    links: Vec<(Range<usize>, String)>,
    pages: Vec<(u32, Option<u32>)>,
    tables: usize,
    /// Rows that cells span, by table, row and column.
    rows: HashMap<(u16, u16, u16), u16>,
    cut: bool,
}

impl Paragraphs {
    /// Adds a paragraph.
    pub fn push(&mut self, draft: Draft, mut style: Style) {
        style.bold |= draft.is_bold();
        let Draft { mut words, mut links, mut pages, .. } = draft;
        if self.cut {
            return;
        }
        let room = LIMIT.saturating_sub(self.source.len());
        if words.len() > room {
            words.truncate(words.floor_char_boundary(room));
            links.retain(|(range, _)| range.end <= words.len());
            pages.retain(|(at, _)| *at < words.len());
            self.cut = true;
        }
        if style.bold && style.kind.is_none() && style.cell.is_none() && reads_as_heading(words.trim()) {
            style.kind = Some(BlockKind::Heading(6));
        }
        let start = self.source.len();
        self.pages.extend(pages.into_iter().map(|(at, page)| ((start + at) as u32, Some(page))));
        let one_line = matches!(style.kind, Some(BlockKind::Heading(_)));
        let mut lines = words.split('\n').peekable();
        while let Some(line) = lines.next() {
            self.source.push_str(line);
            let Some(next) = lines.peek() else { break };
            if one_line || runs_on(line.trim_end(), next.trim_start()) {
                self.source.push(' ');
            } else {
                self.end(style);
            }
        }
        self.end(style);
        self.links.extend(links.into_iter().map(|(range, href)| (range.start + start..range.end + start, href)));
    }

    fn end(&mut self, style: Style) {
        self.source.push('\n');
        self.styles.push(style);
    }

    /// Begins a table.
    pub fn table(&mut self) -> Table {
        self.tables += 1;
        Table::new(self.tables - 1)
    }

    /// Gives a cell one more row: the cell below it says that it goes on.
    pub fn add_row(&mut self, from: CellPlace) {
        let rows = self.rows.entry((from.table, from.row, from.column)).or_insert(1);
        *rows = rows.saturating_add(1);
    }

    /// The text of all paragraphs.
    pub fn into_text(self) -> Text {
        let Paragraphs { source, mut styles, links, pages, tables, rows, cut } = self;
        for cell in styles.iter_mut().filter_map(|s| s.cell.as_mut()) {
            cell.rows = rows.get(&(cell.table, cell.row, cell.column)).copied().unwrap_or(cell.rows);
        }
        let cells = styles.iter().filter_map(|style| Some((style.cell?, style.bold)));
        let headers = Headers::of(cells, tables);
        styles.iter_mut().filter_map(|s| s.cell.as_mut()).for_each(|cell| headers.mark(cell));
        // Where nothing has a style, the document was made of a text, whose lines may be broken anywhere.
        let plain = !styles.iter().any(|s| s.kind.is_some() || s.cell.is_some());
        let mut text = read_styled(source, &styles, plain);
        text.links = links.into_iter().filter_map(|(range, href)| link(&text, range, href)).collect();
        text.origin.pages = pages;
        if cut {
            let message = format!("only the first {} MB of text were read; split the file", LIMIT / 1024 / 1024);
            text.add_problem(Problem { message, line: None, page: None });
        }
        text
    }
}

/// A link over a range of the source.
fn link(text: &Text, range: Range<usize>, href: String) -> Option<Link> {
    let runs = &text.origin.runs;
    let body = |byte: usize| {
        let next = runs.partition_point(|(_, source)| *source as usize <= byte);
        let (body, source) = runs[next.checked_sub(1)?];
        let end = runs.get(next).map_or(text.body.len(), |(body, _)| *body as usize);
        Some((body as usize + byte - source as usize).min(end))
    };
    let (start, end) = (body(range.start)?, body(range.end.checked_sub(1)?)? + 1);
    let words = text.body.get(start..end)?.trim();
    let start = start + text.body[start..end].len() - text.body[start..end].trim_start().len();
    let span = Span::new(start, start + words.len());
    (!words.is_empty() && !words.contains('\n')).then_some(Link { span, href })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reading;

    #[test]
    fn a_paragraph_that_is_too_long_is_cut_and_what_follows_left_out() {
        let mut out = Paragraphs::default();
        let mut draft = Draft::default();
        draft.begin_link("https://fenmarsh.example".to_owned());
        draft.say(&"é ".repeat(LIMIT / 3 + 10), false);
        draft.end_link();
        out.push(draft, Style::default());
        let mut last = Draft::default();
        last.say("the last", false);
        out.push(last, Style::default());
        let text = out.into_text();
        assert!(text.body.len().abs_diff(LIMIT) < 8, "{}", text.body.len());
        assert!(text.links.is_empty() && !text.body.contains("last"));
        let cut = matches!(&text.reading, Reading::Part(why) if why[0].message.contains("only the first 20 MB"));
        assert!(cut, "{:?}", text.reading);
    }
}
