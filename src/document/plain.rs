//! Plain text, as saved from web pages, exported from office programs or flattened by a converter.
//!
//! In comes the decoded text; out come blocks: paragraphs (wrapped lines joined), list items, cells of tab- or
//! pipe-separated rows, running heads and feet. It decides nothing about headings: that needs words, which the outline knows.

mod lines;
mod running;

use super::paragraphs::Style;
use super::{Format, read_characters};
use crate::model::{BlockKind, CellPlace, Text};
use crate::text::TextBuilder;
pub use lines::bullet;
use lines::{Cell, cells, chapters, gap, is_rule, wrap_width};
use running::{Running, running};

pub(super) static FORMAT: Format = Format {
    media_type: "text/plain",
    extensions: &["txt", "text"],
    has_lines: true,
    recognise: |_, _| true,
    read: |bytes, served| Ok(read_characters(bytes, false, served, read)),
    wordless: "the file holds no readable words; export the notice again",
};

/// Reads a decoded text.
pub fn read(source: String) -> Text {
    read_styled(source, &[], true)
}

/// Reads a text of which some lines are known for what they are, by their numbers from 0; the others are read as plain
/// text. `wrapped` tells whether a line may go on with the next.
pub fn read_styled(source: String, styles: &[Style], wrapped: bool) -> Text {
    let mut builder = TextBuilder::new(source.len());
    let joins = wrapped;
    let wrapped = wrap_width(&source).filter(|_| joins);
    let chapters = chapters(&source);
    let running = if styles.is_empty() { running(&source) } else { Vec::new() };
    let mut state = Reader {
        builder: &mut builder,
        joins,
        wrapped,
        chapters,
        number: 0,
        table: None,
        tables: 0,
        open: None,
        previous: "",
    };
    let mut at = 0;
    for line in source.split('\n') {
        match styles.get(state.number) {
            Some(style) if style.is_known() => state.styled(line, at, style),
            _ if running.get(state.number) == Some(&Running::Between) => {}
            _ if running.get(state.number) == Some(&Running::Head) => {
                state.styled(line, at, &Style { furniture: true, ..Style::default() });
            }
            _ => state.line(line.trim_end_matches('\r'), at),
        }
        state.number += 1;
        at += line.len() + 1;
    }
    state.close();
    builder.finish(source)
}

struct Reader<'a> {
    builder: &'a mut TextBuilder,
    /// Whether a line may go on with the next.
    joins: bool,
    /// Width at which the lines of the document are wrapped, where they are.
    wrapped: Option<usize>,
    /// Lines that are numbered headings rather than items of a numbered list, by their number from 0.
    chapters: Vec<usize>,
    /// Number of the line being read, from 0.
    number: usize,
    /// Number and next row of the table that the last line belonged to.
    table: Option<(u16, u16)>,
    tables: u16,
    /// Kind of the block still open.
    open: Option<BlockKind>,
    previous: &'a str,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str, at: usize) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.close();
            self.previous = "";
            return;
        }
        if is_rule(trimmed) {
            self.close();
            self.previous = "";
            return;
        }
        if let Some(cells) = cells(line) {
            self.close();
            self.row(line, at, &cells);
            self.previous = "";
            return;
        }
        self.table = None;
        let indent = line.len() - line.trim_start().len();
        let chapter = self.chapters.binary_search(&self.number).is_ok();
        let parted = splits_provision(self.previous, trimmed) && self.joins && self.open.is_some();
        match bullet(trimmed).filter(|_| !chapter && !parted) {
            Some(skip) => {
                self.close();
                let depth = 1 + u8::from(indent >= 4);
                self.open = Some(BlockKind::Item(depth));
                self.pieces(&trimmed[skip..], at + indent + skip);
            }
            None if parted || self.continues(trimmed) => {
                self.builder.push_char(' ', at);
                self.pieces(trimmed, at + indent);
            }
            None => {
                self.close();
                self.open = Some(BlockKind::Paragraph);
                self.pieces(trimmed, at + indent);
            }
        }
        self.previous = trimmed;
    }

    /// A line that is known for what it is.
    fn styled(&mut self, line: &str, at: usize, style: &Style) {
        self.close();
        (self.table, self.previous) = (None, "");
        self.builder.push_str(line, at);
        let kind = style.kind.unwrap_or(if style.cell.is_some() { BlockKind::Cell } else { BlockKind::Paragraph });
        self.builder.end_block(kind, style.furniture, style.cell);
    }

    fn close(&mut self) {
        if let Some(kind) = self.open.take() {
            self.builder.end_block(kind, false, None);
        }
    }

    /// Adds a line, parted where wide gaps show that cells or paragraphs were run together.
    fn pieces(&mut self, line: &str, at: usize) {
        let mut rest = line;
        let mut start = at;
        while let Some((left, right, next)) = gap(rest) {
            self.builder.push_str(&rest[..left], start);
            if let Some(kind) = self.open {
                self.builder.end_block(kind, false, None);
                self.open = Some(next);
            }
            rest = &rest[right..];
            start += right;
        }
        self.builder.push_str(rest, start);
    }

    fn row(&mut self, line: &str, at: usize, cells: &[Cell]) {
        let (table, row) = self.table.unwrap_or_else(|| {
            self.tables = self.tables.saturating_add(1);
            (self.tables, 0)
        });
        self.table = Some((table, row.saturating_add(1)));
        let header = row == 0 && cells.iter().all(|c| line[c.from..c.to].split_whitespace().count() <= 6);
        for Cell { column, from, to } in cells {
            self.builder.push_str(&line[*from..*to], at + from);
            let place = CellPlace { table, row, rows: 1, column: *column, header };
            self.builder.end_block(BlockKind::Cell, false, Some(place));
        }
    }

    /// Whether a line goes on where the one directly above broke off.
    fn continues(&self, line: &str) -> bool {
        if !self.joins || self.open.is_none() || self.previous.is_empty() {
            return false;
        }
        let Some(last) = self.previous.chars().last() else { return false };
        // "Telephone:     01632 …": a label with its value begins a line of its own.
        if gap(line).is_some_and(|(left, _, _)| line[..left].ends_with(':')) {
            return false;
        }
        let first = line.chars().next().unwrap_or(' ');
        let full = |length: usize, width: usize| length >= 50 && length * 100 >= width * 75;
        // A semicolon at the edge of a full line ends no item where small letters follow.
        let at_edge = last == ';'
            && first.is_lowercase()
            && self.wrapped.is_some_and(|width| full(self.previous.chars().count(), width));
        if matches!(last, '.' | '!' | '?' | ':' | ';') && !at_edge {
            return false;
        }
        if first.is_lowercase() {
            // An address or a code word on a line of its own is no continuation.
            let address = line.contains('@')
                || line.starts_with("http")
                || line.starts_with("www.")
                || !line.contains(' ') && line.contains('.');
            return !address && self.previous.split(' ').count() > 2;
        }
        let unfinished = [
            "and", "or", "the", "of", "to", "for", "with", "by", "in", "a", "an", "our", "your", "that", "under",
            "Data", "on", "from", "&", "NHS",
        ];
        let last_word = self.previous.rsplit(' ').next().unwrap_or("");
        let open_bracket = self.previous.matches('(').count() > self.previous.matches(')').count();
        let long = self.previous.chars().count() >= 40;
        (long && (unfinished.contains(&last_word) || open_bracket || last == ','))
            || !line.ends_with(':') && self.wrapped.is_some_and(|width| full(self.previous.chars().count(), width))
    }
}

/// Whether a provision goes on in the next line: "Article 9(2)" and "(h) and (i)".
fn splits_provision(previous: &str, line: &str) -> bool {
    let mut words = previous.rsplit(' ');
    let number = words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let provision = ["article", "articles", "art.", "art", "section", "sections", "regulation", "paragraph"];
    line.starts_with('(') && number && words.next().is_some_and(|w| provision.contains(&w.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        let text = read(source.to_owned());
        text.blocks.iter().map(|b| (b.kind, text.quote(b.span).to_owned())).collect()
    }

    #[test]
    fn wrapped_lines_join_and_items_stand_alone() {
        let got = blocks(
            "We hold information about you that your own\ndoctor has sent.\n• name\n  • date of birth and\n    address\n1. Complaints\n",
        );
        let words: Vec<&str> = got.iter().map(|(_, w)| w.as_str()).collect();
        assert_eq!(
            words,
            [
                "We hold information about you that your own doctor has sent.", "name", "date of birth and address",
                "Complaints"
            ]
        );
        assert_eq!(got[1].0, BlockKind::Item(1));
    }

    #[test]
    fn rows_have_cells_and_wide_gaps_part_cells() {
        let got = blocks("Purpose\tLawful basis\nComplaints\t6(1)(e)\n\nContinuing Healthcare   We will collect it.\n");
        assert_eq!(got.len(), 6);
        assert_eq!(got[3].1, "6(1)(e)");
        assert_eq!(got[4].1, "Continuing Healthcare");
    }

    #[test]
    fn a_rule_below_the_head_and_an_empty_cell_leave_the_columns_alone() {
        let text = read("Purpose | Firm | Kept |\n---|---|---|\nComplaints |  | 9 years |\n".to_owned());
        let places: Vec<(u16, u16, &str)> =
            text.blocks.iter().filter_map(|b| Some((b.cell?.row, b.cell?.column, text.quote(b.span)))).collect();
        assert_eq!(
            places,
            [(0, 0, "Purpose"), (0, 1, "Firm"), (0, 2, "Kept"), (1, 0, "Complaints"), (1, 2, "9 years")]
        );
    }

    #[test]
    fn a_provision_parted_by_a_line_is_whole() {
        let got = blocks("Basis: Article 6(1)\n(c) and Article 9(2)\n  (h), (i).\n(a) An item of a list\n");
        let words: Vec<&str> = got.iter().map(|(_, w)| w.as_str()).collect();
        assert_eq!(words, ["Basis: Article 6(1) (c) and Article 9(2) (h), (i).", "An item of a list"]);
    }

    #[test]
    fn an_address_is_not_joined() {
        assert_eq!(blocks("Corporate Affairs Team\n55 High Street\nico.org.uk\n").len(), 3);
    }
}
