//! What the type of a document tells as a whole: which size its text has, which its headings, how far its lines run.
//!
//! In come the parts of all pages; out come answers about one line and the next. It never looks at what words mean.

use super::columns::Piece;
use super::lines::Line;
use std::collections::{BTreeMap, HashMap};

/// The look of a document.
pub struct Look {
    /// Size of the type of running text.
    body: f64,
    /// Sizes of headings, the largest first.
    headings: Vec<i64>,
    /// Usual distance of two lines, by size of type.
    leading: HashMap<i64, f64>,
    /// Where lines across the page end at the latest, by size of type.
    margins: HashMap<i64, f64>,
}

/// Sizes that differ by less are one.
fn rounded(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

impl Look {
    /// The look of all pages.
    pub fn of<'a>(pieces: impl Iterator<Item = &'a Piece<'a>>) -> Look {
        let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
        let mut steps: HashMap<i64, BTreeMap<i64, usize>> = HashMap::new();
        let mut ends: HashMap<i64, Vec<f64>> = HashMap::new();
        for piece in pieces {
            let runs: Vec<&[&Line]> = match piece {
                Piece::Run(lines, _) => vec![lines],
                Piece::Table(table) => table.cells.values().map(|cell| &cell.lines[..]).collect(),
            };
            for run in runs {
                for line in run {
                    *letters.entry(rounded(line.size)).or_default() += line.text.len();
                }
                for pair in run.windows(2).filter(|p| rounded(p[0].size) == rounded(p[1].size)) {
                    let step = pair[1].y - pair[0].y;
                    if step > 0.8 * pair[0].size && step < 2.4 * pair[0].size {
                        let steps = steps.entry(rounded(pair[0].size)).or_default();
                        *steps.entry((step * 2.0).round() as i64).or_default() += 1;
                    }
                }
            }
            if let Piece::Run(lines, false) = piece {
                for line in lines {
                    ends.entry(rounded(line.size)).or_default().push(line.end);
                }
            }
        }
        let body = letters.iter().max_by_key(|(_, n)| **n).map_or(0, |(size, _)| *size);
        let all: usize = letters.values().sum();
        let larger = || letters.iter().filter(|(size, _)| **size * 10 > body * 11);
        let few = larger().map(|(_, n)| n).sum::<usize>() * 5 < all * 2;
        let headings = if few { larger().rev().map(|(size, _)| *size).collect() } else { Vec::new() };
        Look {
            body: body as f64 / 2.0,
            headings,
            leading: steps.into_iter().filter_map(|(size, steps)| Some((size, usual(&steps)?))).collect(),
            margins: ends.into_iter().map(|(size, ends)| (size, margin(ends, 100))).collect(),
        }
    }

    /// The level of heading that a size of type stands for.
    pub fn heading(&self, size: f64) -> Option<u8> {
        let larger = rounded(size) > rounded(self.body);
        let at = self.headings.iter().position(|heading| *heading == rounded(size)).filter(|_| larger)?;
        Some((at + 1).min(6) as u8)
    }

    /// Where lines across the page of a size of type end at the latest.
    pub fn margin(&self, size: f64) -> Option<f64> {
        self.margins.get(&rounded(size)).copied()
    }

    /// Distance of a line from the one above it, in usual distances.
    pub fn distance(&self, above: &Line, line: &Line) -> f64 {
        let usual = self.leading.get(&rounded(above.size)).copied().unwrap_or(1.2 * above.size);
        (line.y - above.y) / usual
    }

    /// Whether two lines are of one size of type.
    pub fn same_size(a: &Line, b: &Line) -> bool {
        (a.size - b.size).abs() < 0.6
    }
}

/// The usual distance: the smallest that many lines have.
fn usual(steps: &BTreeMap<i64, usize>) -> Option<f64> {
    let most = steps.values().max()?;
    steps.iter().find(|(_, n)| **n * 2 >= *most).map(|(step, _)| *step as f64 / 2.0)
}

/// Where lines end at the latest, but for one in so many that stick out.
pub fn margin(mut ends: Vec<f64>, one_in: usize) -> f64 {
    ends.sort_by(f64::total_cmp);
    let at = ends.len().saturating_sub(1 + ends.len() / one_in);
    ends.get(at).copied().unwrap_or(0.0)
}
