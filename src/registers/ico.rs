//! The Information Commissioner's register of fee payers, as its daily download has it.

use super::columns::{Wanted, table};
use super::error::RegisterError;
use super::table::Sheet;
use crate::model::{Registration, RowPlace};

const COLUMNS: &[Wanted] = &[
    Wanted { headers: &["Registration_number"], needed: true },
    Wanted { headers: &["Organisation_name"], needed: true },
    Wanted { headers: &["Trading_names"], needed: false },
    Wanted { headers: &["Start_date_of_registration", "Start_date"], needed: false },
    Wanted { headers: &["End_date_of_registration", "End_date"], needed: true },
    Wanted { headers: &["DPO_or_Person_responsible_for_DP_First_name"], needed: false },
    Wanted { headers: &["DPO_or_Person_responsible_for_DP_Last_name"], needed: false },
];

/// Reads the register's rows.
pub(super) fn read(sheets: &[Sheet<'_>]) -> Result<Vec<Registration>, RegisterError> {
    let Some(sheet) = sheets.first() else { return Err(RegisterError::whole("the workbook has no sheet")) };
    let table = table(sheet, COLUMNS, "ICO register of fee payers")?;
    let mut out = Vec::new();
    table.each(|row| {
        let cell = |wanted| table.cell(row, wanted);
        for wanted in [0, 1] {
            if cell(wanted).is_empty() {
                return Err(RegisterError::cell(
                    row.number,
                    table.header(wanted),
                    "the cell is empty; download the register again",
                ));
            }
        }
        let trading = cell(2).split([';', '|', '\n']).map(str::trim).filter(|n| !n.is_empty());
        let officer = format!("{} {}", cell(5), cell(6));
        out.push(Registration {
            at: RowPlace { sheet: table.sheet_name().map(Into::into), row: row.number },
            number: cell(0).to_ascii_uppercase().replace(' ', ""),
            organisation: cell(1).to_owned(),
            trading_names: trading.map(str::to_owned).collect(),
            starts: table.day(row, 3)?,
            ends: table.day(row, 4)?,
            officer: Some(officer.trim().to_owned()).filter(|n| n.contains(' ')),
        });
        Ok(())
    })?;
    Ok(out)
}
