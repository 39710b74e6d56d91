//! The register of Caldicott Guardians. Its published layout is not known to the program: columns are found by any of
//! the headers that such lists have.

use super::columns::{Wanted, table};
use super::error::RegisterError;
use super::table::Sheet;
use crate::model::{Guardian, RowPlace};

const COLUMNS: &[Wanted] = &[
    Wanted { headers: &["Organisation name", "Organisation", "Org name", "Name of organisation"], needed: true },
    Wanted { headers: &["Organisation code", "ODS code", "Org code", "Code"], needed: false },
    Wanted { headers: &["Title"], needed: false },
    Wanted { headers: &["Forename", "First name", "Given name"], needed: false },
    Wanted {
        headers: &["Surname", "Last name", "Family name", "Caldicott Guardian", "Caldicott Guardian name", "Name"],
        needed: true,
    },
];

/// Reads the register's rows.
pub(super) fn read(sheets: &[Sheet<'_>]) -> Result<Vec<Guardian>, RegisterError> {
    let Some(sheet) = sheets.first() else { return Err(RegisterError::whole("the workbook has no sheet")) };
    let table = table(sheet, COLUMNS, "register of Caldicott Guardians")?;
    let mut out = Vec::new();
    table.each(|row| {
        let cell = |wanted| table.cell(row, wanted);
        if cell(0).is_empty() {
            return Err(RegisterError::cell(row.number, table.header(0), "the cell is empty; mend the row"));
        }
        let name = [cell(2), cell(3), cell(4)].iter().filter(|n| !n.is_empty()).copied().collect::<Vec<_>>();
        out.push(Guardian {
            at: RowPlace { sheet: table.sheet_name().map(Into::into), row: row.number },
            code: cell(1).to_owned(),
            organisation: cell(0).to_owned(),
            name: name.join(" "),
        });
        Ok(())
    })?;
    Ok(out)
}
