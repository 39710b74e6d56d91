//! Reports of the Organisation Data Service: CSV without headers, 27 columns, days as yyyymmdd.

use super::columns::day;
use super::error::RegisterError;
use super::table::Sheet;
use crate::model::{Organisation, RowPlace};

/// Columns of every report of the family.
const WIDTH: usize = 27;

/// The columns that are read, by their numbers from 0.
const CODE: usize = 0;
const NAME: usize = 1;
const OPENED: usize = 10;
const CLOSED: usize = 11;

/// Reads the report's rows.
pub(super) fn read(sheets: &[Sheet<'_>]) -> Result<Vec<Organisation>, RegisterError> {
    let Some(sheet) = sheets.first() else { return Err(RegisterError::whole("the workbook has no sheet")) };
    let mut out: Vec<Organisation> = Vec::new();
    sheet.each(|row| {
        if row.cells.len() < WIDTH {
            return Err(RegisterError::cell(
                row.number,
                (row.cells.len() + 1).to_string(),
                format!(
                    "the row has {} cells; every report of the service has {WIDTH} and no headers",
                    row.cells.len()
                ),
            ));
        }
        let code = row.cell(Some(CODE));
        if !(3..=10).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(RegisterError::cell(
                row.number,
                "1 (Organisation Code)",
                format!("'{}' is no code; the reports have no headers", super::columns::short(code)),
            ));
        }
        if row.cell(Some(NAME)).is_empty() {
            return Err(RegisterError::cell(row.number, "2 (Name)", "the cell is empty; download the report again"));
        }
        let on = |column: usize, name: &str| {
            day(row.cell(Some(column)))
                .map_err(|why| RegisterError::cell(row.number, format!("{} ({name})", column + 1), why))
        };
        out.push(Organisation {
            at: RowPlace { sheet: sheet.name.as_deref().map(Into::into), row: row.number },
            code: code.to_owned(),
            name: row.cell(Some(NAME)).to_owned(),
            opened: on(OPENED, "Open Date")?,
            closed: on(CLOSED, "Close Date")?,
        });
        Ok(())
    })?;
    Ok(out)
}
