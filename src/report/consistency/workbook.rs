//! The report as a workbook: `report.xlsx`, one sheet each for summary, notices, claims, findings, processors, purposes
//! and bases, registers and ledger.
//!
//! Everything that a notice says goes in as a string, which no spreadsheet computes; only addresses of our own become links.

use super::Report;
use super::found::reviewed;
use super::passage::{Side, sides};
use super::tables::{FINDINGS, finding_cells};
use super::words::basis;
use crate::report::csv::{COLUMNS, claim_cells};
use crate::report::terminal::clean_lines;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;

/// Rows of a sheet. A program can hold ten times as many, but nobody can use them; the tables hold all.
const ROWS: usize = 100_000;

/// Longest text of a cell, in bytes; the format allows 32,767 UTF-16 units.
const CELL: usize = 8_000;

/// Writes `report.xlsx`.
pub(super) fn xlsx(report: &Report<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A workbook names the moment it was made; the day of judging stands for it, so that the bytes do not change.
    let day = report.day;
    let made =
        ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
    book.set_properties(&properties(report, &made));
    summary(&mut book, report)?;
    notices(&mut book, report)?;
    claims(&mut book, report)?;
    findings(&mut book, report)?;
    processors(&mut book, report)?;
    bases(&mut book, report)?;
    registers(&mut book, report)?;
    ledger(&mut book, report)?;
    book.save_to_buffer()
}

/// What the workbook is, for whoever finds it without the folder.
fn properties(report: &Report<'_>, made: &ExcelDateTime) -> DocProperties {
    DocProperties::new()
        .set_title(format!("Consistency report: {}", report.subject()))
        .set_subject(report.judged())
        .set_comment(format!(
            "fairnotice {}, dictionaries {}",
            env!("CARGO_PKG_VERSION"),
            report.material.run.dictionaries
        ))
        .set_creation_datetime(made)
}

/// A sheet being filled: its header stays in sight and filters its rows.
struct Sheet<'b> {
    sheet: &'b mut Worksheet,
    row: u32,
    left_out: usize,
    columns: usize,
}

impl<'b> Sheet<'b> {
    /// A new sheet with columns of a name and a width each.
    fn new(book: &'b mut Workbook, name: &str, columns: &[(&str, f64)]) -> Result<Sheet<'b>, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let header = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x1F3A5F))
            .set_font_color(Color::White)
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin);
        for (at, (title, width)) in columns.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, *title, &header)?;
            sheet.set_column_width(at as u16, *width)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(Sheet { sheet, row: 1, left_out: 0, columns: columns.len() })
    }

    /// Appends a row; numbers become numbers.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        if self.row as usize > ROWS {
            self.left_out += 1;
            return Ok(());
        }
        let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (at, cell) in cells.iter().enumerate() {
            let column = at as u16;
            match cell {
                Cell::Words(words) if words.is_empty() => {}
                Cell::Words(words) => {
                    self.sheet.write_string_with_format(self.row, column, &*harmless(words), &wrap)?;
                }
                Cell::Count(n) => {
                    self.sheet.write_number_with_format(self.row, column, *n as f64, &wrap)?;
                }
                Cell::Link(url, words) if url.is_empty() || self.row > LINKS => {
                    self.sheet.write_string_with_format(self.row, column, &*harmless(words), &wrap)?;
                }
                Cell::Link(url, words) => {
                    self.sheet.write_url_with_text(self.row, column, *url, &*harmless(words))?;
                }
                Cell::Severity(name) => {
                    self.sheet.write_string_with_format(self.row, column, *name, &severity(name))?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Filters on the header; says what did not fit.
    fn finish(self) -> Result<(), XlsxError> {
        let last = self.row.saturating_sub(1).max(1);
        self.sheet.autofilter(0, 0, last, (self.columns - 1) as u16)?;
        if self.left_out > 0 {
            let words = format!("{} more rows are left to the CSV files and report.sqlite", self.left_out);
            self.sheet.write_string(self.row, 0, words)?;
        }
        Ok(())
    }
}

/// Links of a sheet; Excel refuses a sheet with more than 65,530.
const LINKS: u32 = 20_000;

/// What a cell holds.
enum Cell<'a> {
    Words(Cow<'a, str>),
    Count(usize),
    Link(&'static str, Cow<'a, str>),
    Severity(&'a str),
}

fn words<'a>(words: impl Into<Cow<'a, str>>) -> Cell<'a> {
    Cell::Words(words.into())
}

/// Words without what a program would obey, cut to what a cell can hold.
fn harmless(words: &str) -> Cow<'_, str> {
    match clean_lines(words) {
        long if long.len() > CELL => Cow::Owned(format!("{} …", &long[..long.floor_char_boundary(CELL)])),
        short => short,
    }
}

fn severity(name: &str) -> Format {
    let (ink, paper) = match name {
        "error" => (0x9C1C13, 0xFBE4E1),
        "warning" => (0x7A4D00, 0xFDF0D0),
        _ => (0x1F4E86, 0xE3EDF8),
    };
    let format = Format::new().set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(paper));
    format.set_align(FormatAlign::Top)
}

fn summary(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let columns = [
        ("body", 44.0),
        ("ODS", 8.0),
        ("notices", 9.0),
        ("errors", 9.0),
        ("warnings", 10.0),
        ("infos", 8.0),
        ("already so at review", 20.0),
        ("since then", 12.0),
        ("no date to compare", 19.0),
        ("ended", 12.0),
        ("successor", 44.0),
    ];
    let mut sheet = Sheet::new(book, "Summary", &columns)?;
    for body in &report.bodies {
        let timing = |t| Cell::Count(body.timings.get(&t).copied().unwrap_or(0));
        let ended = body.ended.as_ref();
        sheet.row(&[
            words(body.name),
            words(body.ods.unwrap_or("")),
            Cell::Count(body.notices.len()),
            Cell::Count(body.tally.error),
            Cell::Count(body.tally.warning),
            Cell::Count(body.tally.info),
            timing(super::found::Timing::AtReview),
            timing(super::found::Timing::Since),
            timing(super::found::Timing::Unknown),
            words(ended.map(|e| e.on.to_string()).unwrap_or_default()),
            words(ended.map(|e| e.successors.join("; ")).unwrap_or_default()),
        ])?;
    }
    sheet.finish()
}

fn notices(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let columns = [
        ("body", 40.0),
        ("source", 50.0),
        ("title", 40.0),
        ("reviewed", 12.0),
        ("months ago", 12.0),
        ("errors", 9.0),
        ("warnings", 10.0),
        ("infos", 8.0),
        ("claims", 8.0),
        ("captured", 22.0),
        ("SHA-256", 66.0),
    ];
    let mut sheet = Sheet::new(book, "Notices", &columns)?;
    for age in &report.ages {
        let a = &report.material.run.analyses[age.notice];
        let mut tally = super::Tally::default();
        a.findings.iter().for_each(|f| tally.add(f.severity));
        sheet.row(&[
            words(report.bodies[age.body].name),
            words(age.source),
            words(a.text.title.as_deref().unwrap_or("")),
            words(reviewed(a).map(|d| d.to_string()).unwrap_or_default()),
            age.months(report.day).map_or(words(""), |months| Cell::Count(months.unsigned_abs() as usize)),
            Cell::Count(tally.error),
            Cell::Count(tally.warning),
            Cell::Count(tally.info),
            Cell::Count(a.claims.len()),
            words(report.captured(&a.source).unwrap_or("")),
            words(a.sha256.as_str()),
        ])?;
    }
    sheet.finish()
}

fn claims(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let width = |column: &str| match column {
        "source" | "value" | "section" | "quote" => 40.0,
        "kind" | "purpose" | "attrs" => 24.0,
        _ => 9.0,
    };
    let columns: Vec<(&str, f64)> =
        std::iter::once(("body", 40.0)).chain(COLUMNS.iter().map(|c| (*c, width(c)))).collect();
    let mut sheet = Sheet::new(book, "Claims", &columns)?;
    for (a, body) in report.material.run.analyses.iter().zip(&report.body_of) {
        for (claim, section) in a.claims.iter().zip(&a.sections) {
            let mut cells = vec![words(body.map_or("", |b| report.bodies[b].name))];
            cells.extend(claim_cells(a, claim, section).into_iter().map(Cell::Words));
            sheet.row(&cells)?;
        }
    }
    sheet.finish()
}

fn findings(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let width = |column: &str| match column {
        "body" | "source" | "message" | "help" | "section" | "quote" | "compared with" => 44.0,
        "rule" | "law" | "fingerprint" => 34.0,
        "sha256" => 66.0,
        "captured" => 22.0,
        _ => 11.0,
    };
    let columns: Vec<(&str, f64)> = FINDINGS.iter().map(|c| (*c, width(c))).collect();
    let mut sheet = Sheet::new(book, "Findings", &columns)?;
    for number in 0..report.findings.len() {
        let finding = report.findings[number].finding;
        let cell = |(column, said): (&str, Cow<'_, str>)| match column {
            "severity" => Cell::Severity(finding.severity.name()),
            "law" => finding.rule.references.first().map_or(words(""), |r| Cell::Link(r.url, r.title.into())),
            _ => Cell::Words(Cow::Owned(said.into_owned())),
        };
        let cells: Vec<Cell<'_>> = FINDINGS.into_iter().zip(finding_cells(report, number)).map(cell).collect();
        sheet.row(&cells)?;
    }
    sheet.finish()
}

fn processors(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let columns = [("processor", 40.0), ("does", 44.0), ("body", 44.0), ("purposes", 60.0)];
    let mut sheet = Sheet::new(book, "Processors", &columns)?;
    for processor in &report.processors {
        for (body, purposes) in &processor.clients {
            let named: Vec<&str> = purposes.iter().map(|p| report.purpose(p)).collect();
            sheet.row(&[
                words(processor.name),
                words(processor.function.unwrap_or("")),
                words(report.bodies[*body].name),
                words(named.join("; ")),
            ])?;
        }
    }
    sheet.finish()
}

fn bases(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let columns =
        [("purpose", 40.0), ("basis", 28.0), ("bodies", 9.0), ("of", 6.0), ("stands apart", 14.0), ("which", 80.0)];
    let mut sheet = Sheet::new(book, "Purposes × bases", &columns)?;
    for (id, purpose) in &report.bases.by_purpose {
        for (value, relying) in &purpose.by_basis {
            let names: Vec<&str> = relying.iter().map(|b| report.bodies[*b].name).collect();
            sheet.row(&[
                words(report.purpose(id)),
                words(basis(value)),
                Cell::Count(relying.len()),
                Cell::Count(purpose.bodies.len()),
                words(if purpose.is_outlier(value) { "yes" } else { "" }),
                words(names.join("; ")),
            ])?;
        }
    }
    sheet.finish()
}

/// Approvals cited and how they stand; then every finding against a register or another notice, with its other side.
fn registers(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let columns = [
        ("register", 12.0),
        ("reference", 22.0),
        ("what it says", 60.0),
        ("standing", 44.0),
        ("body", 44.0),
        ("cited for, or rule", 50.0),
    ];
    let mut sheet = Sheet::new(book, "Registers", &columns)?;
    for approval in &report.approvals {
        for (body, purposes) in &approval.bodies {
            let named: Vec<&str> = purposes.iter().map(|p| report.purpose(p)).collect();
            sheet.row(&[
                words("CAG"),
                words(approval.reference),
                words(approval.title().unwrap_or("")),
                words(approval.standing(report.day).words()),
                words(report.bodies[*body].name),
                words(named.join("; ")),
            ])?;
        }
    }
    compared(&mut sheet, report)?;
    sheet.finish()
}

fn compared(sheet: &mut Sheet<'_>, report: &Report<'_>) -> Result<(), XlsxError> {
    for found in &report.findings {
        for side in sides(report, found) {
            let register = match &side {
                Side::Register(row) => row.register.to_uppercase(),
                Side::Document(..) => "notice".to_owned(),
            };
            sheet.row(&[
                words(register),
                words(found.finding.subject.as_deref().unwrap_or("")),
                words(side.words(report)),
                words(found.finding.message.as_str()),
                words(report.bodies[found.body].name),
                words(found.finding.rule.id),
            ])?;
        }
    }
    Ok(())
}

fn ledger(book: &mut Workbook, report: &Report<'_>) -> Result<(), XlsxError> {
    let columns = [
        ("source", 60.0),
        ("status", 26.0),
        ("body", 40.0),
        ("words", 9.0),
        ("problems", 60.0),
        ("captured", 22.0),
        ("SHA-256", 66.0),
    ];
    let mut sheet = Sheet::new(book, "Ledger", &columns)?;
    for entry in &report.ledger {
        sheet.row(&[
            words(entry.source),
            words(entry.status.words()),
            words(entry.body.map_or("", |b| report.bodies[b].name)),
            Cell::Count(entry.words),
            words(entry.problems.join("\n")),
            words(entry.captured.unwrap_or("")),
            words(entry.sha256),
        ])?;
    }
    sheet.finish()
}
