//! Markdown, as notices are kept in repositories (CommonMark with tables and footnotes, as GitHub shows it).
//!
//! In come the bytes of a file; out come its headings, paragraphs, items and cells, each byte with its exact place in the
//! file. HTML inside it is read as HTML. It never reads front matter but for the title.

use super::typography::{reads_as_heading, runs_on};
use super::{Format, html, read_characters};
use crate::model::{BlockKind, CellPlace, Text};
use crate::text::TextBuilder;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

pub(super) static FORMAT: Format = Format {
    media_type: "text/markdown",
    extensions: &["md", "markdown"],
    has_lines: true,
    recognise,
    read: |bytes, served| Ok(read_characters(bytes, false, served, read)),
    wordless: "the file holds no readable words; export the notice again",
};

/// Standard input has no name: two headings of Markdown show it, which hardly stand in another text.
fn recognise(bytes: &[u8], name: &str) -> bool {
    let heading = |line: &[u8]| {
        let marks = line.iter().take_while(|b| **b == b'#').count();
        (1..=6).contains(&marks) && line.get(marks) == Some(&b' ')
    };
    FORMAT.extensions.iter().any(|e| name.ends_with(&format!(".{e}")))
        || name == "-" && bytes.split(|b| *b == b'\n').take(2000).filter(|line| heading(line)).take(2).count() == 2
}

/// Reads a decoded file.
fn read(source: String) -> Text {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut page = Page {
        source: &source,
        builder: TextBuilder::new(source.len()),
        kinds: Vec::new(),
        lists: 0,
        cell: None,
        tables: 0,
        link: None,
        strong: 0,
        bold: false,
        plain: false,
        break_at: None,
        skipped: 0,
        title: None,
    };
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        page.event(event, range);
    }
    page.end_block();
    let Page { builder, title, .. } = page;
    let mut text = builder.finish(source);
    text.title = title;
    text
}

/// A file that is being read.
struct Page<'a> {
    source: &'a str,
    builder: TextBuilder,
    /// What the blocks inside the open elements are, the innermost last.
    kinds: Vec<BlockKind>,
    lists: u8,
    cell: Option<CellPlace>,
    tables: u16,
    /// Where the open link begins, and its address.
    link: Option<(usize, String)>,
    strong: usize,
    bold: bool,
    plain: bool,
    /// A line break that may turn out to be a mere space.
    break_at: Option<usize>,
    /// Depth inside something that is left out.
    skipped: usize,
    title: Option<String>,
}

impl Page<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words, range);
            }
            Event::SoftBreak => self.builder.push_char(' ', range.start),
            Event::HardBreak => self.line_break(range.start),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.line_break(range.start),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => {}
            Tag::Strong => self.strong += 1,
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.settle_break("");
                self.link = Some((self.builder.position(), format!("{mail}{dest_url}")));
            }
            // Words that were struck out, and those of a picture, are none of the notice's.
            Tag::Strikethrough | Tag::Image { .. } => self.skipped = 1,
            Tag::MetadataBlock(_) => {
                self.title = title(&self.source[range]);
                self.skipped = 1;
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.html(range);
                self.skipped = 1;
            }
            tag => {
                self.end_block();
                self.start_block(&tag);
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.kinds.push(BlockKind::Heading(*level as u8)),
            Tag::List(_) => self.lists = self.lists.saturating_add(1),
            Tag::Item => self.kinds.push(BlockKind::Item(self.lists.max(1))),
            Tag::DefinitionListTitle => self.kinds.push(BlockKind::Term),
            Tag::DefinitionListDefinition => self.kinds.push(BlockKind::Definition),
            Tag::Table(_) => {
                self.cell = Some(CellPlace { table: self.tables, row: 0, rows: 1, column: 0, header: true });
                self.tables = self.tables.saturating_add(1);
            }
            Tag::TableCell => self.kinds.push(BlockKind::Cell),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => {
                if let Some((start, href)) = self.link.take().filter(|(_, href)| !href.is_empty()) {
                    self.builder.link_since(start, href);
                }
            }
            tag => {
                self.end_block();
                self.end_element(tag);
            }
        }
    }

    fn end_element(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                _ = self.kinds.pop()
            }
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::TableCell => {
                self.kinds.pop();
                if let Some(cell) = &mut self.cell {
                    cell.column = cell.column.saturating_add(1);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(cell) = &mut self.cell {
                    (cell.row, cell.column, cell.header) = (cell.row.saturating_add(1), 0, false);
                }
            }
            TagEnd::Table => self.cell = None,
            _ => {}
        }
    }

    fn end_block(&mut self) {
        self.break_at = None;
        if self.builder.in_block() {
            let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
            let by_hand = self.bold && !self.plain && kind == BlockKind::Paragraph;
            let by_hand = by_hand && reads_as_heading(self.builder.open_words());
            self.builder.end_block(if by_hand { BlockKind::Heading(6) } else { kind }, false, self.cell);
        }
        (self.bold, self.plain) = (false, false);
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        self.settle_break(words);
        if !words.trim().is_empty() {
            self.bold |= self.strong > 0;
            self.plain |= self.strong == 0;
        }
        let written = &self.source[range.clone()];
        // Code has marks around it; an entity is written otherwise than it reads.
        match written.find(words) {
            Some(at) => self.builder.push_str(words, range.start + at),
            None => words.chars().for_each(|c| self.builder.push_char(c, range.start)),
        }
    }

    fn line_break(&mut self, at: usize) {
        if matches!(self.kinds.last(), Some(BlockKind::Heading(_) | BlockKind::Cell)) {
            self.builder.push_char(' ', at);
        } else {
            self.break_at = Some(at);
        }
    }

    /// Decides what a line break is, now that the words after it are known.
    fn settle_break(&mut self, next: &str) {
        let Some(at) = self.break_at.take() else { return };
        if runs_on(self.builder.open_words(), next) {
            self.builder.push_char(' ', at);
        } else {
            self.end_block();
        }
    }

    /// A passage of HTML, read as such; every piece of it keeps its place.
    fn html(&mut self, range: Range<usize>) {
        let read = html::read(self.source[range.clone()].to_owned());
        let runs = &read.origin.runs;
        for block in read.blocks {
            let (from, to) = (block.span.start, block.span.end);
            let first = runs.partition_point(|(body, _)| *body <= from).saturating_sub(1);
            for (at, (body, source)) in runs.iter().enumerate().skip(first).take_while(|(_, (body, _))| *body < to) {
                let start = (*body).max(from);
                let end = runs.get(at + 1).map_or(to, |(next, _)| (*next).min(to));
                let place = range.start + (source + (start - body)) as usize;
                self.builder.push_str(&read.body[start as usize..end as usize], place);
            }
            let cell = block.cell.map(|cell| CellPlace { table: cell.table.saturating_add(self.tables), ..cell });
            self.builder.end_block(block.kind, block.furniture, cell);
        }
        self.tables = self.tables.saturating_add(16);
    }
}

/// The title in a file's front matter.
fn title(front: &str) -> Option<String> {
    let line = front.lines().find_map(|line| line.strip_prefix("title:"))?;
    Some(line.trim().trim_matches(['"', '\'']).to_owned()).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_place_in_the_file() {
        let source = "---\ntitle: Notice\n---\n\n# Who **we** are\n\nR&amp;D at [our site](https://a.example), \\*line\\*\n\
                      two.\n\n- one\n  - <b>two</b>\n\n| Purpose | Basis |\n| --- | --- |\n| Research | 6(1)(e) |\n\n\
                      <div><p>In&nbsp;HTML</p></div>\n";
        let text = read(source.to_owned());
        assert_eq!(
            text.body,
            "Who we are\nR&D at our site, *line* two.\none\ntwo\nPurpose\nBasis\nResearch\n6(1)(e)\nIn HTML\n"
        );
        assert_eq!(text.title.as_deref(), Some("Notice"));
        let place = |words: &str| {
            let at = text.body.find(words).unwrap_or_default();
            &source[text.origin.source_byte(at as u32)..][..words.len()]
        };
        for words in ["Who", "we", "are", "our site", "*line", "two.", "6(1)(e)", "HTML"] {
            assert_eq!(place(words), words);
        }
        assert_eq!(text.links[0].href, "https://a.example");
        let cell = text.blocks[7].cell.map(|c| (c.row, c.column, c.header));
        assert_eq!((text.blocks[3].kind, cell), (BlockKind::Item(2), Some((1, 1, false))));
    }
}
