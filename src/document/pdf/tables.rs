//! The cells of tables that have lines drawn around them.
//!
//! In come the lines drawn on a page; out comes the cell that a line of text stands in: the edges nearest to it on all four
//! sides. It never looks at words.

use super::lines::Line;
use super::page::Rule;

/// Edges closer than this are one.
const CLOSE: f64 = 3.0;

/// The lines drawn on a page.
pub struct Grid<'a> {
    across: Vec<&'a Rule>,
    down: Vec<&'a Rule>,
}

/// The edges of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl<'a> Grid<'a> {
    /// The grid that some drawn lines make.
    pub fn of(rules: &'a [Rule]) -> Grid<'a> {
        let (down, across) = rules.iter().partition(|r| r.is_vertical());
        Grid { across, down }
    }

    /// The cell that a line of text stands in.
    pub fn place(&self, line: &Line) -> Option<Cell> {
        let (x, y) = (line.x + 1.0, line.y - 0.3 * line.size);
        let down = || self.down.iter().filter(|r| r.from.1 - CLOSE <= y && y <= r.to.1 + CLOSE).map(|r| r.from.0);
        let across = || self.across.iter().filter(|r| r.from.0 - CLOSE <= x && x <= r.to.0 + CLOSE).map(|r| r.from.1);
        Some(Cell {
            left: down().filter(|at| *at <= x + 1.0).max_by(f64::total_cmp)?,
            right: down().filter(|at| *at > x + 1.0).min_by(f64::total_cmp)?,
            top: across().filter(|at| *at <= y).max_by(f64::total_cmp)?,
            bottom: across().filter(|at| *at > y).min_by(f64::total_cmp)?,
        })
    }
}

/// The different edges among some, in order.
pub fn edges(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut edges: Vec<f64> = all.collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < CLOSE);
    edges
}

/// The number of an edge among others.
pub fn number(edges: &[f64], at: f64) -> u16 {
    edges.partition_point(|edge| *edge <= at + CLOSE / 2.0).saturating_sub(1).min(usize::from(u16::MAX)) as u16
}

/// Whether two tables have the same columns: the second goes on where the first was broken off.
pub fn same_columns(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < CLOSE)
}
