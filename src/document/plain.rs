//! Plain text, as saved from web pages, exported from office programs or flattened by a converter.
//!
//! In comes the decoded text; out come blocks: paragraphs (wrapped lines joined), list items, cells of tab- or
//! pipe-separated rows. It decides nothing about headings: that needs words, which the outline knows.

use super::{Format, read_characters};
use crate::model::{BlockKind, CellPlace, Text};
use crate::text::TextBuilder;

pub(super) static FORMAT: Format = Format {
    media_type: "text/plain",
    extensions: &["txt", "text"],
    has_lines: true,
    recognise: |_, _| true,
    read: |bytes| Ok(read_characters(bytes, false, read)),
    wordless: "the file holds no readable words",
};

/// Reads a decoded text.
pub fn read(source: String) -> Text {
    let mut builder = TextBuilder::new(source.len());
    let wrapped = wrap_width(&source);
    let chapters = chapters(&source);
    let mut state = Reader {
        builder: &mut builder,
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
        state.line(line.trim_end_matches('\r'), at);
        state.number += 1;
        at += line.len() + 1;
    }
    state.close();
    builder.finish(source)
}

struct Reader<'a> {
    builder: &'a mut TextBuilder,
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
        if let Some(cells) = cells(line) {
            self.close();
            self.row(line, at, &cells);
            self.previous = "";
            return;
        }
        self.table = None;
        let indent = line.len() - line.trim_start().len();
        let chapter = self.chapters.binary_search(&self.number).is_ok();
        match bullet(trimmed).filter(|_| !chapter) {
            Some(skip) => {
                self.close();
                let depth = 1 + u8::from(indent >= 4);
                self.open = Some(BlockKind::Item(depth));
                self.pieces(&trimmed[skip..], at + indent + skip);
            }
            None if self.continues(trimmed) => {
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

    fn row(&mut self, line: &str, at: usize, cells: &[(usize, usize)]) {
        let (table, row) = self.table.unwrap_or_else(|| {
            self.tables = self.tables.saturating_add(1);
            (self.tables, 0)
        });
        self.table = Some((table, row.saturating_add(1)));
        let header = row == 0 && cells.iter().all(|(from, to)| line[*from..*to].split_whitespace().count() <= 6);
        for (column, (from, to)) in cells.iter().enumerate() {
            self.builder.push_str(&line[*from..*to], at + from);
            let place = CellPlace { table, row, rows: 1, column: column as u16, header };
            self.builder.end_block(BlockKind::Cell, false, Some(place));
        }
    }

    /// Whether a line goes on where the one directly above broke off.
    fn continues(&self, line: &str) -> bool {
        if self.open.is_none() || self.previous.is_empty() {
            return false;
        }
        let Some(last) = self.previous.chars().last() else { return false };
        if matches!(last, '.' | '!' | '?' | ':' | ';') {
            return false;
        }
        let first = line.chars().next().unwrap_or(' ');
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
            || !line.ends_with(':')
                && self.wrapped.is_some_and(|width| {
                    let length = self.previous.chars().count();
                    length >= 50 && length * 100 >= width * 75
                })
    }
}

/// The lines that are numbered headings: short, capitalised, and followed by something else than the next number.
fn chapters(source: &str) -> Vec<usize> {
    let lines: Vec<(usize, &str)> = source.lines().map(str::trim).enumerate().filter(|(_, l)| !l.is_empty()).collect();
    let mut out = Vec::new();
    for (at, (number, line)) in lines.iter().enumerate() {
        let Some((value, title)) = numbered(line) else { continue };
        let titled = title.starts_with(char::is_uppercase)
            && title.split(' ').count() <= 10
            && !title.ends_with(['.', ';', ',']);
        let next = lines.get(at + 1).map(|(_, l)| *l);
        let listed = next.and_then(numbered).is_some_and(|(n, _)| n == value + 1) || next.is_none();
        if titled && !listed {
            out.push(*number);
        }
    }
    out
}

/// The number and words of a line that starts with "7." or "7)".
fn numbered(line: &str) -> Option<(u32, &str)> {
    let (label, rest) = line.split_once(' ')?;
    let digits = label.strip_suffix(['.', ')'])?;
    let value = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some((value, rest.trim_start()))
}

/// The width at which a document's lines are wrapped: the usual length of the many that go on in the middle of a
/// sentence.
fn wrap_width(source: &str) -> Option<usize> {
    let mut broken: Vec<usize> = Vec::new();
    let mut lines = 0usize;
    let mut previous: Option<&str> = None;
    for line in source.lines().map(str::trim) {
        if let Some(before) = previous.filter(|p| p.len() >= 60) {
            lines += 1;
            let ends = before.ends_with(['.', '!', '?', ':', ';']);
            if !ends && line.starts_with(|c: char| c.is_lowercase()) {
                broken.push(before.chars().count());
            }
        }
        previous = (!line.is_empty()).then_some(line);
    }
    broken.sort_unstable();
    let width = broken.get(broken.len() / 2).copied()?;
    (lines >= 8 && broken.len() * 6 >= lines && (50..=160).contains(&width)).then_some(width)
}

/// Bytes of a bullet or list number at the start of a line, the space behind it included.
fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let gap = rest.len() - rest.trim_start().len();
    let symbol = matches!(
        first,
        '•' | '·' | '◦' | '▪' | '●' | '○' | '■' | '□' | '➢' | '✓' | '*' | '‣' | '∙' | '\u{e000}'..='\u{f8ff}'
    );
    if symbol && !rest.trim().is_empty() {
        return Some(first.len_utf8() + gap);
    }
    if matches!(first, '-' | '–' | '—' | 'o') && gap > 0 && !rest.trim().is_empty() {
        return Some(first.len_utf8() + gap);
    }
    let label = line.split(' ').next()?;
    // "5.1.2 to obtain a copy": a numbered item goes on in small letters, a numbered paragraph does not.
    let numbers = label
        .trim_end_matches('.')
        .split('.')
        .filter(|n| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()))
        .count();
    if numbers >= 2
        && numbers == label.trim_end_matches('.').split('.').count()
        && line[label.len()..].trim_start().starts_with(char::is_lowercase)
    {
        return Some(line.len() - line[label.len()..].trim_start().len());
    }
    let inner = label.trim_start_matches('(').trim_end_matches(['.', ')']);
    let marked = label.len() > inner.len() && (label.ends_with(')') || label.ends_with('.'));
    let short = inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit())
        || inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase())
        || matches!(inner, "ii" | "iii" | "iv" | "vi");
    let behind = &line[label.len()..];
    (marked && short && !behind.trim().is_empty()).then(|| label.len() + behind.len() - behind.trim_start().len())
}

/// The cells of a tab- or pipe-separated row, as byte ranges; `None` where the line is no row.
fn cells(line: &str) -> Option<Vec<(usize, usize)>> {
    let separator = if line.trim().contains('\t') {
        '\t'
    } else if line.matches(" | ").count() >= 1 || line.trim_start().starts_with('|') && line.matches('|').count() >= 3 {
        '|'
    } else {
        return None;
    };
    let mut out = Vec::new();
    let mut at = 0;
    for piece in line.split(separator) {
        let from = at + piece.len() - piece.trim_start().len();
        let to = at + piece.trim_end().len();
        if from < to && !piece.trim().bytes().all(|b| matches!(b, b'-' | b':' | b' ')) {
            out.push((from, to));
        }
        at += piece.len() + separator.len_utf8();
    }
    // A bullet with a tab behind it is an item, not a row.
    let first = out.first().map_or("", |c| &line[c.0..c.1]);
    let bullet_row = out.len() == 2
        && (first.chars().count() <= 2
            || first.len() <= 5 && first.trim_end_matches(['.', ')']).bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    (out.len() >= 2 && !bullet_row).then_some(out)
}

/// The first wide gap or bullet at which a line is really two: the end of the left part, the start of the right part, and
/// what the right part is.
fn gap(line: &str) -> Option<(usize, usize, BlockKind)> {
    let mut run: Option<usize> = None;
    let mut width = 0;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            run.get_or_insert(at);
            width += 1;
            continue;
        }
        if let Some(start) = run.take() {
            if matches!(c, '•' | '·' | '▪' | '●' | '\u{f0b7}')
                && line[at + c.len_utf8()..].starts_with(char::is_whitespace)
            {
                let rest = &line[at + c.len_utf8()..];
                return Some((start, line.len() - rest.trim_start().len(), BlockKind::Item(1)));
            }
            if width < 3 {
                width = 0;
                continue;
            }
            let left = line[..start].trim_end();
            let opens = c.is_uppercase() || c.is_ascii_digit() || matches!(c, '•' | '·');
            let label = left.split_whitespace().take(13).count() <= 12
                && left.starts_with(|c: char| c.is_uppercase())
                && !left.contains(['.', '!', '?']);
            if opens && !left.is_empty() && (label || left.ends_with(['.', '!', '?', ':'])) {
                return Some((start, at, BlockKind::Paragraph));
            }
        }
        width = 0;
    }
    None
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
    fn an_address_is_not_joined() {
        assert_eq!(blocks("Corporate Affairs Team\n55 High Street\nico.org.uk\n").len(), 3);
    }
}
