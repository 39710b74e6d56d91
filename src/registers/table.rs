//! The rows of a published table: CSV, or the sheets of a workbook.
//!
//! In come the bytes of a file; out come its sheets, each with rows of cells as text, days as YYYY-MM-DD. What is wrong
//! with a file is told by row and column; no row is passed over in silence.

use super::error::RegisterError;
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use std::borrow::Cow;
use std::io::Cursor;

/// No register is larger; a workbook may claim to unfold to this much.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// No cell of a spreadsheet is longer by far: a quotation mark that is never closed swallows the rest of a file.
const LONGEST_CELL: usize = 1_000_000;

/// One table of a file.
pub(super) struct Sheet<'a> {
    /// Its name; none where the file has no sheets.
    pub(super) name: Option<String>,
    rows: Rows<'a>,
}

enum Rows<'a> {
    Csv(Cow<'a, [u8]>),
    Cells(calamine::Range<Data>),
}

/// One row, its cells trimmed.
pub(super) struct Row<'r> {
    /// Its number, from 1, as a spreadsheet counts.
    pub(super) number: u32,
    /// Its cells.
    pub(super) cells: Vec<Cow<'r, str>>,
}

impl Row<'_> {
    /// A cell; empty where the row is shorter or the column is not there.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|c| self.cells.get(c)).map_or("", |c| c.as_ref())
    }

    /// Whether no cell says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|c| c.is_empty())
    }
}

/// The tables of a file.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet<'_>>, RegisterError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(RegisterError::whole("the file is empty; download the register again"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return workbook(bytes);
    }
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"\x1f\x8b") {
        return Err(RegisterError::whole("this is neither CSV nor a workbook; give the register as CSV, XLSX or XLSM"));
    }
    Ok(vec![Sheet { name: None, rows: Rows::Csv(decoded(bytes)?) }])
}

/// The bytes as UTF-8 where a mark at their start says that they are something else.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, [u8]>, RegisterError> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => Ok(Cow::Borrowed(&bytes[mark..])),
        Some((encoding, mark)) => {
            let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
            if broken {
                let line = text.split('\u{fffd}').next().unwrap_or("").matches('\n').count() as u32 + 1;
                return Err(RegisterError::row(
                    line,
                    format!("these bytes are no {}; download the register again", encoding.name()),
                ));
            }
            Ok(Cow::Owned(text.into_owned().into_bytes()))
        }
        None => Ok(Cow::Borrowed(bytes)),
    }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet<'_>>, RegisterError> {
    let broken = |why: &dyn std::fmt::Display| {
        RegisterError::whole(format!("the workbook cannot be read ({why}); it may be cut off: download it again"))
    };
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
        let mut unfolded = 0u64;
        for index in 0..archive.len() {
            unfolded = unfolded.saturating_add(archive.by_index_raw(index).map_err(|e| broken(&e))?.size());
        }
        if unfolded > LARGEST {
            return Err(RegisterError::whole("the workbook unfolds to more than 2 GB; save the sheet as CSV"));
        }
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let mut out = Vec::new();
    for name in book.sheet_names() {
        // A sheet of a chart has no cells.
        let Ok(range) = book.worksheet_range(&name) else { continue };
        out.push(Sheet { name: Some(name), rows: Rows::Cells(range) });
    }
    Ok(out)
}

impl Sheet<'_> {
    /// Hands every row that says something to `each`, in order.
    pub(super) fn each(
        &self,
        mut each: impl FnMut(&Row<'_>) -> Result<(), RegisterError>,
    ) -> Result<(), RegisterError> {
        let done = match &self.rows {
            Rows::Csv(bytes) => csv_rows(bytes, &mut each),
            Rows::Cells(range) => cell_rows(range, &mut each),
        };
        done.map_err(|e| e.in_sheet(self.name.as_deref()))
    }

    /// The first rows.
    pub(super) fn first(&self, count: usize) -> Result<Vec<(u32, Vec<String>)>, RegisterError> {
        let mut out = Vec::new();
        let enough = RegisterError::whole("");
        let done = self.each(|row| {
            out.push((row.number, row.cells.iter().map(|c| c.as_ref().to_owned()).collect()));
            if out.len() >= count { Err(enough.clone()) } else { Ok(()) }
        });
        match done {
            Err(e) if e.message.is_empty() => Ok(out),
            Err(e) => Err(e),
            Ok(()) => Ok(out),
        }
    }
}

type Each<'e> = dyn FnMut(&Row<'_>) -> Result<(), RegisterError> + 'e;

fn csv_rows(bytes: &[u8], each: &mut Each<'_>) -> Result<(), RegisterError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut number = 0;
    let mut width = 0;
    loop {
        let more = reader.read_byte_record(&mut record).map_err(|e| RegisterError::row(number + 1, e.to_string()))?;
        if !more {
            break;
        }
        number += 1;
        let row = csv_row(&record, number)?;
        if row.is_empty() {
            continue;
        }
        if width == 0 {
            width = row.cells.len();
        } else if row.cells.len() < width {
            return Err(RegisterError::cell(
                number,
                (row.cells.len() + 1).to_string(),
                format!("the row has {} of {width} cells; the file may be cut off: download it again", row.cells.len()),
            ));
        } else if row.cells[width..].iter().any(|c| !c.is_empty()) {
            return Err(RegisterError::cell(
                number,
                (width + 1).to_string(),
                format!(
                    "the row has {} cells, the first row {width}; a cell with a comma must stand in quotation marks",
                    row.cells.len()
                ),
            ));
        }
        each(&row)?;
    }
    let open = bytes.iter().filter(|b| **b == b'"').count() % 2 == 1;
    if open && !bytes.ends_with(b"\n") {
        return Err(RegisterError::row(
            number,
            "the file ends inside quotation marks: it is cut off; download it again",
        ));
    }
    Ok(())
}

fn csv_row(record: &csv::ByteRecord, number: u32) -> Result<Row<'_>, RegisterError> {
    let mut cells = Vec::with_capacity(record.len());
    for (at, cell) in record.iter().enumerate() {
        let column = || (at + 1).to_string();
        let text = std::str::from_utf8(cell).map_err(|_| {
            RegisterError::cell(number, column(), "not UTF-8; save the file as 'CSV UTF-8' and import that")
        })?;
        if text.contains('\0') {
            return Err(RegisterError::cell(
                number,
                column(),
                "a NUL character: the file is UTF-16 without its mark, or damaged; save it as 'CSV UTF-8'",
            ));
        }
        if text.len() > LONGEST_CELL {
            return Err(RegisterError::cell(
                number,
                column(),
                "a cell of more than a million characters: a quotation mark is not closed; download the file again",
            ));
        }
        cells.push(Cow::Borrowed(text.trim()));
    }
    Ok(Row { number, cells })
}

fn cell_rows(range: &calamine::Range<Data>, each: &mut Each<'_>) -> Result<(), RegisterError> {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    for (at, cells) in range.rows().enumerate() {
        let number = first_row + at as u32 + 1;
        let mut row = Row { number, cells: vec![Cow::Borrowed(""); first_column as usize] };
        for (column, cell) in cells.iter().enumerate() {
            row.cells.push(
                cell_text(cell).map_err(|why| {
                    RegisterError::cell(number, (first_column as usize + column + 1).to_string(), why)
                })?,
            );
        }
        if !row.is_empty() {
            each(&row)?;
        }
    }
    Ok(())
}

/// A cell as text.
fn cell_text(cell: &Data) -> Result<Cow<'_, str>, String> {
    Ok(match cell {
        Data::Empty => Cow::Borrowed(""),
        Data::String(text) => Cow::Borrowed(text.trim()),
        Data::Int(n) => n.to_string().into(),
        Data::Float(n) => n.to_string().into(),
        Data::Bool(b) => b.to_string().into(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cow::Borrowed(text),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}").into()
        }
        Data::DateTime(at) => at.as_f64().to_string().into(),
        Data::Error(error) => return Err(format!("the cell holds the error {error}; open the workbook and mend it")),
    })
}
