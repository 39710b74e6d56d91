//! The columns of a register, found by their headers, and the days in their cells.
//!
//! In come a table and the headers that are looked for; out comes which column is which, or an error that names what is
//! missing. Capitals, spaces and underscores in headers do not count.

use super::error::RegisterError;
use super::table::{Row, Sheet};
use crate::claims::date_at;
use crate::model::Day;

/// A column that is looked for: the headers it may have, the official one first, and whether the register needs it.
pub(super) struct Wanted {
    pub(super) headers: &'static [&'static str],
    pub(super) needed: bool,
}

/// A table whose columns are known.
pub(super) struct Table<'s> {
    sheet: &'s Sheet<'s>,
    /// Row of the headers.
    header: u32,
    /// For each column looked for, its place.
    places: Vec<Option<usize>>,
    /// The headers as written.
    written: Vec<String>,
}

/// Headers stand in one of the first rows: some workbooks open with a title.
const HEADER_WITHIN: usize = 20;

/// Finds the columns of a sheet.
pub(super) fn table<'s>(sheet: &'s Sheet<'s>, wanted: &[Wanted], register: &str) -> Result<Table<'s>, RegisterError> {
    let lacking = |table: &Table<'_>| -> Vec<String> {
        let pairs = wanted.iter().zip(&table.places);
        pairs.filter(|(w, p)| w.needed && p.is_none()).map(|(w, _)| format!("'{}'", w.headers[0])).collect()
    };
    let mut best: Option<Table<'s>> = None;
    for (header, written) in sheet.first(HEADER_WITHIN)? {
        let plain: Vec<String> = written.iter().map(|c| plain(c)).collect();
        let place = |w: &Wanted| w.headers.iter().find_map(|h| plain.iter().position(|c| *c == self::plain(h)));
        let places = wanted.iter().map(place).collect();
        let table = Table { sheet, header, places, written };
        if best.as_ref().is_none_or(|known| lacking(&table).len() < lacking(known).len()) {
            best = Some(table);
        }
    }
    let Some(best) = best else {
        return Err(RegisterError::whole("there is no row in it; download the register again"));
    };
    let missing = lacking(&best);
    if missing.is_empty() {
        return Ok(best);
    }
    let there: Vec<&str> = best.written.iter().map(String::as_str).filter(|c| !c.is_empty()).take(12).collect();
    let why = format!("no such column in the {register}; the columns there are: {}", there.join(", "));
    Err(RegisterError::cell(best.header, missing.join(", "), why).in_sheet(sheet.name.as_deref()))
}

fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Table<'_> {
    /// The sheet's name.
    pub(super) fn sheet_name(&self) -> Option<&str> {
        self.sheet.name.as_deref()
    }

    /// The cell of a row in the column looked for as number `wanted`.
    pub(super) fn cell<'r>(&self, row: &'r Row<'_>, wanted: usize) -> &'r str {
        row.cell(self.places[wanted])
    }

    /// The header of the column looked for as number `wanted`, as written.
    pub(super) fn header(&self, wanted: usize) -> &str {
        self.places[wanted].and_then(|at| self.written.get(at)).map_or("", String::as_str)
    }

    /// The day in a cell; none where it is empty.
    pub(super) fn day(&self, row: &Row<'_>, wanted: usize) -> Result<Option<Day>, RegisterError> {
        let cell = self.cell(row, wanted);
        day(cell).map_err(|why| RegisterError::cell(row.number, self.header(wanted), why))
    }

    /// Hands every row below the headers to `each`.
    pub(super) fn each(
        &self,
        mut each: impl FnMut(&Row<'_>) -> Result<(), RegisterError>,
    ) -> Result<(), RegisterError> {
        self.sheet.each(|row| if row.number > self.header { each(row) } else { Ok(()) })
    }
}

/// The day that a cell gives: `2024-09-30`, `30/09/2024`, `20240930`, `30-Sep-2024`, with or without a time behind it.
pub(super) fn day(cell: &str) -> Result<Option<Day>, String> {
    let words = cell.trim().to_ascii_lowercase();
    if words.is_empty() || matches!(words.as_str(), "n/a" | "null" | "-") {
        return Ok(None);
    }
    let wrong = || format!("'{}' is no day; a day is written 2024-09-30 or 30/09/2024", short(cell));
    if words.len() == 8 && words.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}-{}-{}", &words[..4], &words[4..6], &words[6..]).parse().map(Some).map_err(|_| wrong());
    }
    let spaced = words
        .replace("-", if words.bytes().any(|b| b.is_ascii_alphabetic() && b != b't' && b != b'z') { " " } else { "-" });
    let (date, end) = date_at(&spaced, 0).ok_or_else(wrong)?;
    let rest = spaced[end..].trim_start_matches('t').trim();
    let time = rest.is_empty() || rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'z' | b'+'));
    if date.day.is_none() || !time { Err(wrong()) } else { Ok(Some(date.first())) }
}

/// A cell cut for a message.
pub(super) fn short(cell: &str) -> String {
    match cell.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &cell[..at]),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn registers_write_days_in_several_ways() {
        let wanted = Some("2024-09-30".parse().expect("a day"));
        for cell in [
            "2024-09-30", "30/09/2024", "20240930", "30-Sep-2024", "30 September 2024", "2024-09-30T00:00:00",
            "30/09/2024 00:00", "30-Sep-24",
        ] {
            assert_eq!(day(cell), Ok(wanted), "{cell}");
        }
        assert_eq!(day(" "), Ok(None));
        for cell in ["31/02/2024", "soon", "2024", "20241301", "30/09/2024 or later"] {
            assert!(day(cell).is_err(), "{cell}");
        }
    }
}
