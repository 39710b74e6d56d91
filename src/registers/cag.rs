//! The Confidentiality Advisory Group's register: the sheet `Index` of its workbook, or that sheet as CSV.

use super::columns::{Wanted, table};
use super::error::RegisterError;
use super::table::Sheet;
use crate::claims::{Context, cag_references};
use crate::dictionary::Dictionary;
use crate::document;
use crate::model::{Approval, RowPlace};

const COLUMNS: &[Wanted] = &[
    Wanted { headers: &["Reference"], needed: true },
    Wanted { headers: &["Application Title"], needed: true },
    Wanted { headers: &["Status"], needed: true },
    Wanted { headers: &["Organisation"], needed: true },
    Wanted { headers: &["Next Review"], needed: false },
];

/// Reads the register's rows.
pub(super) fn read(sheets: &[Sheet<'_>], dictionary: &Dictionary) -> Result<Vec<Approval>, RegisterError> {
    let index = sheets.iter().find(|s| s.name.as_deref() == Some("Index")).or_else(|| sheets.first());
    let Some(sheet) = index else { return Err(RegisterError::whole("the workbook has no sheet")) };
    let table = table(sheet, COLUMNS, "CAG register")?;
    let mut out = Vec::new();
    table.each(|row| {
        let cell = |wanted| table.cell(row, wanted).split_whitespace().collect::<Vec<_>>().join(" ");
        let written = cell(0);
        if written.is_empty() {
            return Err(RegisterError::cell(
                row.number,
                table.header(0),
                "the cell is empty, the row is not; mend the row or download the register again",
            ));
        }
        out.push(Approval {
            at: RowPlace { sheet: table.sheet_name().map(Into::into), row: row.number },
            references: references(&written, dictionary),
            written,
            title: cell(1),
            status: cell(2),
            next_review: cell(4),
            applicant: cell(3),
        });
        Ok(())
    })?;
    Ok(out)
}

/// The references that a cell gives, without those it calls previous.
fn references(cell: &str, dictionary: &Dictionary) -> Vec<String> {
    let current = cell.split("previous").next().unwrap_or(cell);
    let Ok(read) = document::read(current.as_bytes(), "reference.txt") else { return Vec::new() };
    let context = Context::new(&read.text, dictionary);
    cag_references(&context).into_iter().flat_map(|w| w.values).collect()
}
