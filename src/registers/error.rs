//! Why a register's file cannot be imported: where, what is wrong, and what to do.

use std::fmt;

/// A fault of a register's file. Nothing of such a file is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterError {
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
    /// The row, from 1; none where the file as a whole is at fault.
    pub row: Option<u32>,
    /// The column: its header, or its number where it has none.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl RegisterError {
    /// A fault of the whole file.
    pub(super) fn whole(message: impl Into<String>) -> RegisterError {
        RegisterError { sheet: None, row: None, column: None, message: message.into() }
    }

    /// A fault of a row.
    pub(super) fn row(row: u32, message: impl Into<String>) -> RegisterError {
        RegisterError { sheet: None, row: Some(row), column: None, message: message.into() }
    }

    /// A fault of a cell.
    pub(super) fn cell(row: u32, column: impl Into<String>, message: impl Into<String>) -> RegisterError {
        RegisterError { sheet: None, row: Some(row), column: Some(column.into()), message: message.into() }
    }

    /// The fault, said to be in a sheet.
    pub(super) fn in_sheet(mut self, sheet: Option<&str>) -> RegisterError {
        self.sheet = self.sheet.or(sheet.map(str::to_owned));
        self
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = self.sheet.as_ref().map(|s| format!("sheet {s}"));
        let row = self.row.map(|r| format!("row {r}"));
        let column = self.column.as_ref().map(|c| format!("column {c}"));
        let place: Vec<String> = [sheet, row, column].into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for RegisterError {}
