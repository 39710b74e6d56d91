//! Places of cells in tables, and which of them are headers.
//!
//! In come rows and cells in the order of the source; out comes the place of each cell, spans resolved, and what bold
//! type in a first row or column means. It never sees the words in them.

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

    /// Its number in the document.
    pub fn number(&self) -> u16 {
        self.number
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

/// What is bold in a table.
#[derive(Clone, Copy)]
struct Shape {
    rows: u16,
    first_row_bold: bool,
    first_column_bold: bool,
    rest_bold: bool,
}

/// Which cells head others: a first row, or a first column, that is bold throughout heads the rest of its table.
pub struct Headers(Vec<Shape>);

impl Headers {
    /// Looks at the cells of `tables` tables, each with whether all its words are bold.
    pub fn of(cells: impl Iterator<Item = (CellPlace, bool)>, tables: usize) -> Headers {
        let plain = Shape { rows: 1, first_row_bold: true, first_column_bold: true, rest_bold: true };
        let mut shapes = vec![plain; tables];
        for (cell, bold) in cells {
            let Some(shape) = shapes.get_mut(usize::from(cell.table)) else { continue };
            let bold = bold || cell.header;
            shape.rows = shape.rows.max(cell.row.saturating_add(1));
            if cell.row == 0 {
                shape.first_row_bold &= bold;
            } else if cell.column == 0 {
                shape.first_column_bold &= bold;
            } else {
                shape.rest_bold &= bold;
            }
        }
        Headers(shapes)
    }

    /// Marks a cell that heads others.
    pub fn mark(&self, cell: &mut CellPlace) {
        let Some(shape) = self.0.get(usize::from(cell.table)) else { return };
        if shape.rows < 2 || shape.rest_bold && shape.first_column_bold {
            return;
        }
        cell.header |= (shape.first_row_bold && cell.row == 0)
            || (shape.first_column_bold && !shape.rest_bold && cell.column == 0 && cell.row > 0);
    }
}
