//! Official registers read: bytes become rows.
//!
//! In come the bytes of a register's file as it is published, its name and the day of its state; out come its rows, or an
//! error that names row and column. A file is read whole or not at all. Nothing here touches a file or judges.

mod cag;
mod caldicott;
mod columns;
mod dars;
mod error;
mod ico;
mod ods;
mod table;

pub use error::RegisterError;

use crate::dictionary::Dictionary;
use crate::model::{Day, Edition, RegisterKind, Registers};

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its rows.
    pub rows: usize,
    /// Rows that hold no entry of the register, such as notes.
    pub left_out: Vec<u32>,
}

/// Reads a file of a register and adds it to `registers` as the edition of `date`.
///
/// # Errors
/// Where the file is none of that register, or has a fault anywhere: then nothing of it is added.
pub fn read(
    registers: &mut Registers,
    kind: RegisterKind,
    file: &str,
    date: Day,
    bytes: &[u8],
    dictionary: &Dictionary,
) -> Result<Summary, RegisterError> {
    let mut left_out = Vec::new();
    let page = if kind == RegisterKind::Dars { dars::read_page(bytes, dictionary) } else { None };
    let rows = if let Some(page) = page {
        add(&mut registers.dars, file, date, page?.0)
    } else {
        let sheets = table::sheets(bytes)?;
        match kind {
            RegisterKind::Cag => add(&mut registers.cag, file, date, cag::read(&sheets, dictionary)?),
            RegisterKind::Caldicott => add(&mut registers.caldicott, file, date, caldicott::read(&sheets)?),
            RegisterKind::Dars => {
                let (agreements, without) = dars::read(&sheets, dictionary)?;
                left_out = without;
                add(&mut registers.dars, file, date, agreements)
            }
            RegisterKind::Ico => add(&mut registers.ico, file, date, ico::read(&sheets)?),
            RegisterKind::Ods => add(&mut registers.ods, file, date, ods::read(&sheets)?),
        }
    };
    if rows == 0 {
        return Err(RegisterError::whole("the file holds no entry; download the register again"));
    }
    Ok(Summary { rows, left_out })
}

/// Adds an edition in the order of days.
fn add<E>(editions: &mut Vec<Edition<E>>, file: &str, date: Day, entries: Vec<E>) -> usize {
    let rows = entries.len();
    if rows > 0 {
        let at = editions.partition_point(|e| (e.date, e.file.as_str()) <= (date, file));
        editions.insert(at, Edition { file: file.to_owned(), date, entries });
    }
    rows
}
