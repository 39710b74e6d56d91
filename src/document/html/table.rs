//! Places of cells in tables.
//!
//! In come rows and cells in the order of the source; out comes the place of each cell, spans resolved. It never sees
//! what is in them.

use crate::model::CellPlace;

/// More columns than this are not told apart: no notice has them, and the work per cell stays small.
const MOST_COLUMNS: usize = 256;

/// A table that is being read.
pub struct Table {
    number: u16,
    row: Option<u16>,
    column: usize,
    /// For each column, the first row that no earlier cell covers.
    free_from: Vec<u16>,
}

impl Table {
    /// Table number `number` of the document.
    pub fn new(number: usize) -> Table {
        Table { number: number.min(usize::from(u16::MAX)) as u16, row: None, column: 0, free_from: Vec::new() }
    }

    /// Begins the next row.
    pub fn next_row(&mut self) {
        self.row = Some(self.row.map_or(0, |r| r.saturating_add(1)));
        self.column = 0;
    }

    /// Begins the next cell of the row.
    pub fn next_cell(&mut self, rows: u16, columns: u16, header: bool) -> CellPlace {
        if self.row.is_none() {
            self.next_row();
        }
        let row = self.row.unwrap_or(0);
        let rows = rows.clamp(1, 1000);
        while self.free_from.get(self.column).is_some_and(|free| *free > row) {
            self.column += 1;
        }
        let column = self.column;
        let end = (column + usize::from(columns.max(1))).min(MOST_COLUMNS);
        if self.free_from.len() < end {
            self.free_from.resize(end, 0);
        }
        for free in self.free_from.iter_mut().take(end).skip(column) {
            *free = row.saturating_add(rows);
        }
        self.column = end.max(column);
        CellPlace { table: self.number, row, rows, column: column as u16, header }
    }
}
