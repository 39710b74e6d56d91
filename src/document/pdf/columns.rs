//! The order in which the lines of a page are read.
//!
//! In come the lines of a page in the order in which the file draws them, which is that of the document but for what stands
//! side by side; out come runs of lines one below the other, and tables. It never breaks a line or reads its words.

use super::lines::{Line, Sheet};
use super::tables::{Cell, Grid, edges, number};
use std::collections::BTreeMap;

/// A cell of a table without drawn lines holds no more lines; what is longer is a column of text.
const CELL_LINES: usize = 8;

/// A part of a page.
pub enum Piece<'a> {
    /// Lines one below the other; whether they are a column, narrower than the page.
    Run(Vec<&'a Line>, bool),
    /// A table.
    Table(Cells<'a>),
}

/// The cells of a table.
pub struct Cells<'a> {
    /// The left edges of its columns.
    pub columns: Vec<f64>,
    /// What stands in each cell, by row and column.
    pub cells: BTreeMap<(u16, u16), CellLines<'a>>,
}

/// The lines of a cell.
pub struct CellLines<'a> {
    /// Rows it spans.
    pub rows: u16,
    /// Where its lines end at the latest; none where that is not known.
    pub margin: Option<f64>,
    /// The lines.
    pub lines: Vec<&'a Line>,
}

/// The parts of a page in reading order.
pub fn pieces(sheet: &Sheet) -> Vec<Piece<'_>> {
    let grid = Grid::of(&sheet.page.rules);
    let mut out = Vec::new();
    let (mut loose, mut boxed): (Vec<&Line>, Vec<(Cell, &Line)>) = (Vec::new(), Vec::new());
    for (line, cell) in in_place(&sheet.lines, &grid) {
        match cell {
            Some(cell) => {
                out.extend(open_pieces(std::mem::take(&mut loose)));
                boxed.push((cell, line));
            }
            None => {
                out.extend(boxed_piece(std::mem::take(&mut boxed)));
                loose.push(line);
            }
        }
    }
    out.extend(boxed_piece(boxed));
    out.extend(open_pieces(loose));
    out
}

/// The lines of a page with the cells they stand in. A frame that is drawn before what stands above it is put where it stands.
fn in_place<'a>(lines: &'a [Line], grid: &Grid<'_>) -> Vec<(&'a Line, Option<Cell>)> {
    let mut framed: Vec<(&Line, Cell)> = Vec::new();
    let mut out: Vec<(&Line, Option<Cell>)> = Vec::new();
    for line in lines {
        match grid.place(line) {
            Some(cell) if out.is_empty() && framed.iter().all(|(_, other)| *other == cell) => framed.push((line, cell)),
            cell => out.push((line, cell)),
        }
    }
    let Some((first, _)) = framed.first() else { return out };
    let below = |at: usize| out[at].1.is_none() && out[at].0.y > first.y;
    let at = (1..out.len()).find(|at| below(*at) && !below(at - 1)).unwrap_or(0);
    out.splice(at..at, framed.into_iter().map(|(line, cell)| (line, Some(cell))));
    out
}

/// Lines with drawn lines around them: a table, or a frame around some text.
fn boxed_piece<'a>(boxed: Vec<(Cell, &'a Line)>) -> Option<Piece<'a>> {
    let columns = edges(boxed.iter().map(|(cell, _)| cell.left));
    if columns.len() < 2 {
        let lines: Vec<&Line> = boxed.into_iter().map(|(_, line)| line).collect();
        return (!lines.is_empty()).then_some(Piece::Run(lines, true));
    }
    let rows = edges(boxed.iter().map(|(cell, _)| cell.top));
    let mut cells = BTreeMap::new();
    for (cell, line) in boxed {
        let row = number(&rows, cell.top);
        let below = rows.partition_point(|top| *top < cell.bottom - 1.0) as u16;
        let entry = cells.entry((row, number(&columns, cell.left))).or_insert_with(|| CellLines {
            rows: below.saturating_sub(row).max(1),
            // The space between an edge and the words is the same on both sides.
            margin: Some(cell.right - (line.x - cell.left).clamp(0.0, 12.0)),
            lines: Vec::new(),
        });
        entry.lines.push(line);
    }
    Some(Piece::Table(Cells { columns, cells }))
}

/// Lines without drawn lines around them.
fn open_pieces(lines: Vec<&Line>) -> Vec<Piece<'_>> {
    let stacks = stacks(lines);
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut at = 0;
    while at < stacks.len() {
        let rows = table_rows(&stacks[at..]);
        let cells: usize = rows.iter().map(Vec::len).sum();
        if rows.len() >= 2 {
            if is_prose(&rows) {
                let columns = 0..rows[0].len();
                out.extend(
                    columns.map(|c| Piece::Run(rows.iter().flat_map(|row| row[c].iter().copied()).collect(), true)),
                );
            } else {
                out.push(Piece::Table(open_table(&rows)));
            }
            at += cells;
            continue;
        }
        let beside = |a: usize, b: usize| match (stacks.get(a), stacks.get(b)) {
            (Some(a), Some(b)) => stand_side_by_side(a, b),
            _ => false,
        };
        let column = beside(at, at + 1) || at > 0 && beside(at - 1, at);
        out.push(Piece::Run(stacks[at].clone(), column));
        at += 1;
    }
    out
}

/// Lines one below the other; where one stands beside or above the last, or far to the left of its column, a new stack
/// begins. What stands above the top of the stack to its right is parted from what stands beside it.
fn stacks(lines: Vec<&Line>) -> Vec<Vec<&Line>> {
    let mut out: Vec<Vec<&Line>> = Vec::new();
    // Where the open stack begins, if it stands to the right of another.
    let mut column: Option<f64> = None;
    for line in lines {
        let Some(open) = out.last_mut() else {
            out.push(vec![line]);
            continue;
        };
        let last = open[open.len() - 1];
        let below = line.y > last.y + 0.35 * line.size;
        if below && column.is_none_or(|x| line.x > x - 20.0) {
            open.push(line);
            continue;
        }
        column = None;
        if !below {
            let beside = |l: &&Line| l.y >= line.y - 3.0 && l.end < line.x + 6.0;
            let first = open.iter().rposition(|l| !beside(l)).map_or(0, |at| at + 1);
            let first = first - lines_of_cell_above(&open[..first], open.get(first), line);
            if first < open.len() {
                column = Some(line.x);
                if first > 0 {
                    let part = open.split_off(first);
                    out.push(part);
                }
            }
        }
        out.push(vec![line]);
    }
    out
}

/// How many of the lines above those beside a line belong to them: what stands in the middle of its cell begins lower than
/// what fills the cell to its left.
fn lines_of_cell_above(above: &[&Line], first: Option<&&Line>, right: &Line) -> usize {
    let Some(first) = first else { return 0 };
    let mut below: &Line = first;
    let of_cell = above.iter().rev().take(CELL_LINES / 2).take_while(|line| {
        let alike = line.bold == below.bold && (line.size - below.size).abs() < 0.6 && (line.x - below.x).abs() < 4.0;
        let close = below.y - line.y < 1.35 * line.size && line.end < right.x + 6.0;
        below = line;
        alike && close
    });
    of_cell.count()
}

/// Whether one stack begins beside another, to its right.
fn stand_side_by_side(left: &[&Line], right: &[&Line]) -> bool {
    let (Some(a), Some(b)) = (left.first(), right.first()) else { return false };
    b.x > a.x
        && right.iter().any(|r| left.iter().any(|l| (l.y - r.y).abs() < 0.5 * l.size))
        && b.y < left[left.len() - 1].y + 3.0
}

/// The rows of a table that begins with the first of some stacks: cells beside each other, under each other in columns.
fn table_rows<'s, 'a>(stacks: &'s [Vec<&'a Line>]) -> Vec<Vec<&'s Vec<&'a Line>>> {
    let mut rows: Vec<Vec<&Vec<&Line>>> = Vec::new();
    let mut at = 0;
    while let Some(first) = stacks.get(at) {
        let mut row = vec![first];
        while let Some(next) = stacks.get(at + row.len()) {
            let (last, size) = (row[row.len() - 1], 0.6 * row[0][0].size);
            // What stands in the middle of its cell begins lower than what fills it, and ends higher.
            let cells = row.iter().all(|cell| cell.len() <= CELL_LINES) && next.len() <= CELL_LINES;
            let beside = next[0].x > last[0].x + 10.0
                && if cells { overlap(row[0], next, size) } else { (next[0].y - row[0][0].y).abs() < size };
            if !beside {
                break;
            }
            row.push(next);
        }
        let fits = row.len() >= 2
            && row.iter().all(|cell| cell.len() <= CELL_LINES)
            && rows.last().is_none_or(|above| {
                above.len() == row.len()
                    && above.iter().zip(&row).all(|(a, b)| (a[0].x - b[0].x).abs() < 4.0)
                    && row[0][0].y > above[0][0].y
            });
        if !fits {
            break;
        }
        at += row.len();
        rows.push(row);
    }
    rows
}

/// Whether two stacks stand at one height, in whole or in part.
fn overlap(a: &[&Line], b: &[&Line], tolerance: f64) -> bool {
    a[0].y < b[b.len() - 1].y + tolerance && b[0].y < a[a.len() - 1].y + tolerance
}

/// Whether what stands side by side is text in columns that the file draws line by line: the lines go on from row to row.
fn is_prose(rows: &[Vec<&Vec<&Line>>]) -> bool {
    let pairs = rows.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1]));
    let going_on = pairs.filter(|(above, below)| {
        let last = above.last().map_or("", |line| line.text.trim_end());
        !last.ends_with(['.', ':', ';', '?', '!']) && below[0].text.trim_start().starts_with(char::is_lowercase)
    });
    let cells: usize = rows.iter().skip(1).map(Vec::len).sum();
    rows.len() >= 4 && going_on.count() * 2 > cells
}

fn open_table<'a>(rows: &[Vec<&Vec<&'a Line>>]) -> Cells<'a> {
    let columns: Vec<f64> = rows.first().map(|row| row.iter().map(|cell| cell[0].x).collect()).unwrap_or_default();
    let mut cells = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let lines = cell.to_vec();
            cells.insert((number as u16, column as u16), CellLines { rows: 1, margin: None, lines });
        }
    }
    Cells { columns, cells }
}
