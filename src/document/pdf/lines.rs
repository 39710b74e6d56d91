//! Fragments of text become lines.
//!
//! In come the fragments of a page in the order in which the file draws them; out come lines in that order: what stands on
//! one height and in one column or cell. Marks that refer to footnotes are left out. It never reorders anything.

use super::page::{Fragment, Linked, Page, Rule};
use super::tables::Grid;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words further apart than so many sizes of their type are on no line that is spread out.
const SPREAD: f64 = 8.0;

/// A line of a page, or the part of it that stands in one column or cell.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Where it begins.
    pub x: f64,
    /// Where it stands, from the top of the page.
    pub y: f64,
    /// Where it ends.
    pub end: f64,
    /// Size of its type.
    pub size: f64,
    /// All its words are bold.
    pub bold: bool,
    /// Its words.
    pub text: String,
    /// Bytes of its words that lead to an address.
    pub links: Vec<(Range<usize>, String)>,
}

impl Line {
    /// A line of one fragment.
    fn of(f: Fragment, links: &[Linked]) -> Line {
        let found = links.iter().filter_map(|link| Some((linked(&f, link)?, link.href.clone()))).collect();
        Line { x: f.x, y: f.y, end: f.end, size: f.size, bold: f.bold, text: f.text, links: found }
    }

    /// Adds what stands right behind it.
    fn add(&mut self, next: Line) {
        let start = self.text.len();
        self.links.extend(next.links.into_iter().map(|(range, href)| (range.start + start..range.end + start, href)));
        // A label says nothing of the words behind it.
        self.bold = next.bold && (self.bold || is_label(&self.text));
        self.text.push_str(&next.text);
        (self.end, self.size) = (self.end.max(next.end), self.size.max(next.size));
    }

    /// Width of a space and its first word, about.
    pub fn first_word(&self) -> f64 {
        let words = self.text.trim();
        let letter = (self.end - self.x) / words.chars().count().max(1) as f64;
        let first = words.split(' ').next().unwrap_or("").chars().count() as f64;
        // In a typewriter's face a space is as wide as a letter.
        let space = if letter > 0.55 * self.size { letter } else { 0.25 * self.size };
        space + letter * first
    }
}

/// Whether words are only the bullet or number of a list item.
fn is_label(words: &str) -> bool {
    let words = words.trim();
    let number = words.trim_start_matches('(').trim_end_matches(['.', ')']);
    let numbered = number.len() < words.len() && number.len() <= 4 && !number.contains(' ');
    numbered || words.chars().count() == 1 && !words.starts_with(char::is_alphanumeric)
}

/// Fragments with the labels of list items before their words: some programs draw all labels of a page at its end.
fn with_labels_in_place(fragments: Vec<Fragment>) -> Vec<Fragment> {
    let behind = |label: &Fragment, f: &Fragment| {
        let level = (label.y - f.y).abs() < 0.35 * f.size.max(label.size);
        level && f.x > label.x && f.x - label.end < 5.0 * f.size.max(label.size)
    };
    let labels: Vec<usize> = (0..fragments.len())
        .filter(|at| {
            is_label(&fragments[*at].text) && !fragments.get(at + 1).is_some_and(|f| behind(&fragments[*at], f))
        })
        .collect();
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    for label in &labels {
        let nearest = (0..fragments.len())
            .filter(|at| !labels.contains(at) && behind(&fragments[*label], &fragments[*at]))
            .min_by(|a, b| fragments[*a].x.total_cmp(&fragments[*b].x));
        moved.extend(nearest.map(|at| (at, *label)));
    }
    if moved.is_empty() {
        return fragments;
    }
    let mut left: Vec<Option<Fragment>> = fragments.into_iter().map(Some).collect();
    let labels: BTreeMap<usize, Option<Fragment>> = moved.into_iter().map(|(at, l)| (at, left[l].take())).collect();
    let mut out = Vec::new();
    for (at, fragment) in left.into_iter().enumerate() {
        out.extend(labels.get(&at).cloned().flatten());
        out.extend(fragment);
    }
    out
}

/// A page whose lines are known.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The page; its fragments stand in the lines.
    pub page: Page,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Puts the fragments of a page together.
pub fn sheet(mut page: Page) -> Sheet {
    let fragments = std::mem::take(&mut page.fragments);
    let links = &page.links[..];
    let verticals: Vec<&Rule> = page.rules.iter().filter(|r| r.is_vertical()).collect();
    let grid = Grid::of(&page.rules);
    let mut lines: Vec<Line> = Vec::new();
    for f in with_labels_in_place(fragments) {
        let mark = f.text.trim().bytes().all(|b| b.is_ascii_digit());
        if let Some(line) = lines.last_mut() {
            let (gap, size) = (f.x - line.end, line.size.max(f.size));
            let rise = line.y - f.y;
            let raised = mark && f.size < 0.8 * line.size && rise > 0.1 * line.size && rise < 0.8 * line.size;
            if raised && gap > -0.5 * size && gap < size {
                line.end = f.end;
                continue;
            }
            // The mark of a footnote, and the footnote.
            let digits = line.text.trim();
            let number = digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
            let glued = gap.abs() < 0.15 * f.size && f.text.starts_with(char::is_uppercase);
            let before = number && (line.size < 0.8 * f.size && gap.abs() < f.size || glued && rise.abs() < 1.0);
            if before && rise.abs() < 0.8 * f.size {
                *line = Line::of(f, links);
                continue;
            }
            let reach = if is_label(&line.text) { 5.0 } else { 1.5 };
            let level = rise.abs() < 0.35 * size && gap > -0.5 * size;
            // Words that are spread over their cell stand far apart, and yet on one line.
            let near = gap < reach * size || level && gap < SPREAD * size && in_one_cell(&grid, line, &f);
            let level = level && near;
            let parted = verticals.iter().any(|v| parts(v, line.end, f.x, f.y - 0.3 * f.size));
            if level && !parted {
                let spaced = line.text.ends_with(char::is_whitespace) || f.text.starts_with(char::is_whitespace);
                if gap > if spaced { 0.9 } else { 0.12 } * size {
                    line.text.push(' ');
                }
                line.add(Line::of(f, links));
                continue;
            }
        }
        lines.push(Line::of(f, links));
    }
    Sheet { page, lines }
}

/// Takes bold for usual where most words of a document are.
pub fn weigh(sheets: &mut [Sheet]) {
    let lines = || sheets.iter().flat_map(|sheet| &sheet.lines);
    let letters = |bold: bool| lines().filter(|l| l.bold == bold).map(|l| l.text.len()).sum::<usize>();
    if letters(true) > letters(false) {
        sheets.iter_mut().flat_map(|sheet| &mut sheet.lines).for_each(|line| line.bold = false);
    }
}

/// The bytes of a fragment that lie in a linked area: whole words, as its letters are taken to be of one width.
fn linked(f: &Fragment, link: &Linked) -> Option<Range<usize>> {
    let height = f.y - 0.3 * f.size;
    let overlap = f.end.min(link.to.0) - f.x.max(link.from.0);
    if height < link.from.1 || height > link.to.1 || overlap < 0.5 * f.size {
        return None;
    }
    let byte = |x: f64| {
        let share = ((x - f.x) / (f.end - f.x).max(0.1)).clamp(0.0, 1.0);
        f.text.floor_char_boundary((share * f.text.len() as f64).round() as usize)
    };
    let (from, to) = (byte(link.from.0 + 0.4 * f.size), byte(link.to.0 - 0.4 * f.size));
    let start = f.text[..from].rfind(' ').map_or(0, |at| at + 1);
    let end = f.text[to..].find(' ').map_or(f.text.len(), |at| to + at);
    (start < end).then_some(start..end)
}

/// Whether words stand in the cell that a line stands in.
fn in_one_cell(grid: &Grid<'_>, line: &Line, f: &Fragment) -> bool {
    let at = |x: f64| grid.place(&Line { x, y: f.y, size: f.size, ..Line::default() });
    let cell = at(f.x);
    cell.is_some() && cell == at(line.x)
}

/// Whether a line drawn down the page stands between two places at a height.
fn parts(rule: &Rule, left: f64, right: f64, y: f64) -> bool {
    rule.from.0 > left - 1.5 && rule.from.0 < right + 1.5 && rule.from.1 <= y && y <= rule.to.1
}
