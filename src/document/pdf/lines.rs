//! Fragments of text become lines.
//!
//! In come the fragments of a page in the order in which the file draws them; out come lines in that order: what stands on
//! one height and in one column or cell. Marks that refer to footnotes are left out. It never reorders anything.

use super::page::{Fragment, Linked, Page, Rule};
use std::ops::Range;

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
    /// Its words.
    pub text: String,
    /// Bytes of its words that lead to an address.
    pub links: Vec<(Range<usize>, String)>,
}

impl Line {
    /// A line of one fragment.
    fn of(f: Fragment, links: &[Linked]) -> Line {
        let found = links.iter().filter_map(|link| Some((linked(&f, link)?, link.href.clone()))).collect();
        Line { x: f.x, y: f.y, end: f.end, size: f.size, text: f.text, links: found }
    }

    /// Adds what stands right behind it.
    fn add(&mut self, next: Line) {
        let start = self.text.len();
        self.links.extend(next.links.into_iter().map(|(range, href)| (range.start + start..range.end + start, href)));
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

    /// Whether it is only the bullet or number of a list item.
    fn is_label(&self) -> bool {
        let words = self.text.trim();
        let number = words.trim_start_matches('(').trim_end_matches(['.', ')']);
        let numbered = number.len() < words.len() && number.len() <= 4 && !number.contains(' ');
        numbered || words.chars().count() == 1 && !words.starts_with(char::is_alphanumeric)
    }
}

/// A page whose lines are known.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its number, from 1.
    pub number: u32,
    /// Its height; 0 where no places are known.
    pub height: f64,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The lines drawn on it.
    pub rules: Vec<Rule>,
    /// Words without a place, a line each.
    pub unplaced: Vec<String>,
}

/// Puts the fragments of a page together.
pub fn sheet(page: Page) -> Sheet {
    let Page { number, height, fragments, rules, links, unplaced } = page;
    let verticals: Vec<&Rule> = rules.iter().filter(|r| r.is_vertical()).collect();
    let mut lines: Vec<Line> = Vec::new();
    for f in fragments {
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
                *line = Line::of(f, &links);
                continue;
            }
            let reach = if line.is_label() { 5.0 } else { 1.5 };
            let level = rise.abs() < 0.35 * size && gap > -0.5 * size && gap < reach * size;
            let parted = verticals.iter().any(|v| parts(v, line.end, f.x, f.y - 0.3 * f.size));
            if level && !parted {
                let spaced = line.text.ends_with(char::is_whitespace) || f.text.starts_with(char::is_whitespace);
                if gap > if spaced { 0.9 } else { 0.12 } * size {
                    line.text.push(' ');
                }
                line.add(Line::of(f, &links));
                continue;
            }
        }
        lines.push(Line::of(f, &links));
    }
    Sheet { number, height, lines, rules, unplaced }
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

/// Whether a line drawn down the page stands between two places at a height.
fn parts(rule: &Rule, left: f64, right: f64, y: f64) -> bool {
    rule.from.0 > left - 1.5 && rule.from.0 < right + 1.5 && rule.from.1 <= y && y <= rule.to.1
}
