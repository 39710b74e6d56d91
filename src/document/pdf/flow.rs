//! Lines become paragraphs.
//!
//! In come the pages of a document; out go its paragraphs and cells, words broken at line ends whole again, each piece with
//! its page. It decides by how lines stand, and never by what they say beyond how they begin and end.

use super::columns::{CellLines, Cells, Piece, pieces};
use super::hyphens::Hyphenated;
use super::lines::{Line, Sheet};
use super::look::{Look, margin};
use super::running::Running;
use super::tables::same_columns;
use crate::document::paragraphs::{Draft, Paragraphs, Style, is_telling};
use crate::document::plain::bullet;
use crate::model::{BlockKind, CellPlace};

/// Headings of more words are running text in large type.
const LONGEST_HEADING: usize = 25;

/// One line in so many sticks out of a column: a heading, an address, a table.
const STICKING_OUT: usize = 10;

/// Writes the paragraphs of all pages, then what stood at their heads and feet.
pub fn write(sheets: &[Sheet], running: &[Running], out: &mut Paragraphs) {
    let parts: Vec<(&Sheet, Vec<Piece<'_>>)> = sheets.iter().map(|sheet| (sheet, pieces(sheet))).collect();
    let mut hyphenated = Hyphenated::default();
    sheets.iter().flat_map(|s| &s.lines).for_each(|line| hyphenated.note(&line.text));
    let look = Look::of(parts.iter().flat_map(|(_, pieces)| pieces));
    let mut writer = Writer { out, look, hyphenated, open: None, table: None };
    for (sheet, pieces) in &parts {
        let mut first = true;
        for piece in pieces {
            match piece {
                Piece::Run(lines, column) => writer.run(lines, *column, first || *column, sheet.page.number),
                Piece::Table(table) => writer.table(table, first, sheet.page.number),
            }
            first = false;
        }
        for words in &sheet.page.unplaced {
            writer.say(words, Style::default(), sheet.page.number);
        }
    }
    writer.close();
    for Running { page, text } in running {
        let style = Style { furniture: !is_telling(&text.to_lowercase()), ..Style::default() };
        writer.say(text, style, *page);
    }
}

struct Writer<'a> {
    out: &'a mut Paragraphs,
    look: Look,
    hyphenated: Hyphenated,
    open: Option<Open>,
    table: Option<OpenTable>,
}

/// A paragraph whose end was not seen yet.
struct Open {
    draft: Draft,
    page: u32,
    first_x: f64,
    labelled: bool,
    last: Line,
    margin: f64,
}

/// The last table, which may go on on the next page.
struct OpenTable {
    number: u16,
    columns: Vec<f64>,
    rows: u16,
    head: Vec<String>,
}

impl Writer<'_> {
    fn say(&mut self, words: &str, style: Style, page: u32) {
        let mut draft = Draft::default();
        draft.begin_page(page);
        draft.say(words, false);
        self.out.push(draft, style);
    }

    /// Lines one below the other; `may_go_on` where their first may go on with a paragraph of the column or page before.
    fn run(&mut self, lines: &[&Line], column: bool, may_go_on: bool, page: u32) {
        self.table = None;
        let widest = |size: f64| {
            let alike = lines.iter().filter(|l| (l.size - size).abs() < 0.6);
            margin(alike.map(|l| l.end).collect(), STICKING_OUT)
        };
        let mut labels: Option<f64> = None;
        for (at, line) in lines.iter().enumerate() {
            let margin = if column { None } else { self.look.margin(line.size) };
            let margin = margin.unwrap_or_else(|| widest(line.size));
            let goes_on = self.open.as_ref().is_some_and(|open| {
                if at > 0 { self.goes_on(open, line) } else { may_go_on && self.goes_on_elsewhere(open, line) }
            });
            if goes_on {
                self.add(line, page, margin);
                continue;
            }
            let gap = self.open.as_ref().filter(|_| at > 0).map(|open| self.look.distance(&open.last, line));
            self.close();
            if gap.is_some_and(|gap| gap > 1.6) {
                self.out.push(Draft::default(), Style::default());
            }
            let labelled = bullet(line.text.trim()).is_some();
            let outer = *labels.get_or_insert(line.x);
            labels = labels.filter(|_| labelled);
            let mut draft = Draft::default();
            draft.begin_page(page);
            // As in a text: what is set in belongs to an inner list.
            if labelled && line.x > outer + 0.7 * line.size {
                draft.say("    ", false);
            }
            begin(&mut draft, line);
            let last = (*line).clone();
            self.open = Some(Open { draft, page, first_x: line.x, labelled, last, margin });
        }
    }

    /// Whether a line goes on with the open paragraph right above it.
    fn goes_on(&self, open: &Open, line: &Line) -> bool {
        let in_line = if open.labelled {
            line.x > open.first_x - 2.0
        } else {
            (line.x - open.last.x).abs() < line.size || line.x < open.last.x && open.last.x - line.x < 4.0 * line.size
        };
        Look::same_size(&open.last, line)
            && !begins_or_ends_heading(open, line)
            && self.look.distance(&open.last, line) < 1.25
            && in_line
            && is_full(open, line)
            && starts_nothing(open, line)
    }

    /// Whether a line goes on with a paragraph that broke off at the foot of the column or page before.
    fn goes_on_elsewhere(&self, open: &Open, line: &Line) -> bool {
        let ended = open.draft.words.trim_end().ends_with(['.', '!', '?', ':', ';']);
        Look::same_size(&open.last, line)
            && !begins_or_ends_heading(open, line)
            && self.look.heading(line.size).is_none()
            && !ended
            && is_full(open, line)
            && (line.text.trim_start().starts_with(char::is_lowercase) || open.last.text.split(' ').count() > 4)
            && starts_nothing(open, line)
    }

    fn add(&mut self, line: &Line, page: u32, margin: f64) {
        let Some(open) = &mut self.open else { return };
        if open.page != page {
            open.page = page;
            open.draft.begin_page(page);
        }
        go_on(&self.hyphenated, &mut open.draft, line);
        (open.last, open.margin) = (line.clone(), margin);
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Open { draft, last, page, .. } = open;
        let words = draft.words.trim().to_owned();
        if let Some(entry) = contents_entry(&words) {
            return self.say(&entry, Style { furniture: true, ..Style::default() }, page);
        }
        let short = words.split(' ').count() <= LONGEST_HEADING;
        let level = self.look.heading(last.size).filter(|_| short && words.contains(char::is_alphabetic));
        self.out.push(draft, Style { kind: level.map(BlockKind::Heading), ..Style::default() });
    }

    /// A table; `first` on its page, it may go on with that of the page before.
    fn table(&mut self, table: &Cells<'_>, first: bool, page: u32) {
        self.close();
        let head: Vec<String> =
            table.cells.iter().filter(|((row, _), _)| *row == 0).map(|(_, cell)| words(cell)).collect();
        let before = self.table.take().filter(|before| first && same_columns(&before.columns, &table.columns));
        let goes_on = before.is_some();
        // A head row is printed again on every page.
        let again = before.as_ref().is_some_and(|before| before.head == head);
        let mut open = before.unwrap_or_else(|| OpenTable {
            number: self.out.table().number(),
            columns: table.columns.clone(),
            rows: 0,
            head: head.clone(),
        });
        let headed = !goes_on && head.iter().all(|words| words.split(' ').count() <= 6);
        let skipped = u16::from(again);
        for ((row, column), cell) in table.cells.iter().filter(|((row, _), _)| *row >= skipped) {
            let place = CellPlace {
                table: open.number,
                row: open.rows.saturating_add(row - skipped),
                rows: cell.rows,
                column: *column,
                header: headed && *row == 0,
            };
            self.cell(cell, place, page);
        }
        let rows = table.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
        open.rows = open.rows.saturating_add(rows - skipped.min(rows));
        self.table = Some(open);
    }

    fn cell(&mut self, cell: &CellLines<'_>, place: CellPlace, page: u32) {
        let widest = cell.lines.iter().map(|l| l.end).fold(0.0, f64::max);
        let margin = cell.margin.unwrap_or(widest);
        let mut open: Option<Open> = None;
        for line in &cell.lines {
            if let Some(open) = open.as_mut().filter(|open| self.goes_on(open, line)) {
                go_on(&self.hyphenated, &mut open.draft, line);
                open.last = (*line).clone();
                continue;
            }
            self.end_of_cell_part(open.take(), place);
            let mut draft = Draft::default();
            draft.begin_page(page);
            begin(&mut draft, line);
            let labelled = bullet(line.text.trim()).is_some();
            open = Some(Open { draft, page, first_x: line.x, labelled, last: (*line).clone(), margin });
        }
        self.end_of_cell_part(open, place);
    }

    fn end_of_cell_part(&mut self, open: Option<Open>, place: CellPlace) {
        let Some(Open { mut draft, .. }) = open else { return };
        let label = bullet(draft.words.trim());
        let kind = label.map(|label| {
            draft.cut_start(label + draft.words.len() - draft.words.trim_start().len());
            BlockKind::Item(1)
        });
        self.out.push(draft, Style { kind, cell: Some(place), ..Style::default() });
    }
}

/// Begins a paragraph with its first line.
fn begin(draft: &mut Draft, line: &Line) {
    let (start, words) = (draft.words.len() as isize, line.text.trim_start());
    // An item in bold is no heading, unless it is numbered.
    let bulleted = bullet(words).is_some() && !words.starts_with(|c: char| c.is_alphanumeric() || c == '(');
    draft.say(words.trim_end(), line.bold && !bulleted);
    draft.add_links(&line.links, start - (line.text.len() - words.len()) as isize);
}

/// Adds the next line to a paragraph.
fn go_on(hyphenated: &Hyphenated, draft: &mut Draft, line: &Line) {
    hyphenated.join(&mut draft.words, &line.text);
    // The words are said already; what is left is how heavy they are.
    draft.weigh(line.bold);
    draft.add_links(&line.links, draft.words.len() as isize - line.text.len() as isize);
}

/// Whether a heading in bold stands before a line or begins with it, or the line is short and no sentence, behind one that ended.
fn begins_or_ends_heading(open: &Open, line: &Line) -> bool {
    let (before, words) = (open.draft.words.trim_end(), line.text.trim());
    let ends = open.draft.is_bold() && !line.bold;
    let begins = line.bold && !open.last.bold && !before.ends_with([',', '(']);
    let stops = ['.', ':', ';', ',', '!', '?'];
    let alone = before.ends_with('.') && !words.ends_with(stops) && line.end < 0.75 * open.margin;
    (ends || begins || alone) && words.starts_with(char::is_uppercase)
}

/// Whether neither a list item nor an entry of a contents list stands between two lines.
fn starts_nothing(open: &Open, line: &Line) -> bool {
    bullet(line.text.trim()).is_none() && contents_entry(open.last.text.trim()).is_none()
}

/// Whether the last line of a paragraph is full: the first word of the next had no room on it. A long line that breaks off in a
/// sentence is, too: some lines stick out further than the others.
fn is_full(open: &Open, next: &Line) -> bool {
    let broken_off = || !open.last.text.trim_end().ends_with(['.', ':', ';', '!', '?']) && is_continuation(&next.text);
    open.last.end + next.first_word() > open.margin - 1.0 || open.last.end > 0.8 * open.margin && broken_off()
}

/// Whether a line begins in the middle of a sentence, and not with an address.
fn is_continuation(text: &str) -> bool {
    let first = text.trim_start().split(' ').next().unwrap_or("");
    first.starts_with(char::is_lowercase) && !first.trim_end_matches(['.', ',']).contains(['.', '@', ':'])
}

fn words(cell: &CellLines<'_>) -> String {
    cell.lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ")
}

/// An entry of a contents list without the dots that lead to its page.
fn contents_entry(words: &str) -> Option<String> {
    let at = words.find("....").or_else(|| words.find(". . .")).or_else(|| words.find("……"))?;
    let rest = words[at..].trim_start_matches(['.', ' ', '…']);
    let page = rest.len() <= 5 && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    (page && at > 0).then(|| format!("{} {rest}", words[..at].trim_end()).trim_end().to_owned())
}
