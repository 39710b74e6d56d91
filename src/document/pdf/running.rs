//! Running heads, running feet and page numbers.
//!
//! In come the pages of a document; they leave without the lines at their heads and feet that come again page after page.
//! What was taken out is handed back once each, for it may say when the notice was reviewed.

use super::lines::{Line, Sheet};
use super::tables::Grid;
use std::collections::HashMap;

/// The share of a page's height at its head, and at its foot, where running lines stand.
const ZONE: f64 = 0.12;

/// A line taken out, and the page on which it stood first.
pub struct Running {
    /// The page.
    pub page: u32,
    /// The words.
    pub text: String,
}

/// Takes the running lines out of all pages.
pub fn take(sheets: &mut [Sheet]) -> Vec<Running> {
    let candidates: Vec<Vec<usize>> = sheets.iter().map(candidates).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (sheet, lines) in sheets.iter().zip(&candidates) {
        let mut keys: Vec<String> = lines.iter().map(|at| key(sheet, &sheet.lines[*at])).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter().for_each(|key| *seen.entry(key).or_default() += 1);
    }
    let many = sheets.len().div_ceil(3).max(2);
    let mut taken = Vec::new();
    let mut told = Vec::new();
    for (sheet, lines) in sheets.iter_mut().zip(&candidates) {
        let running = |at: &usize| {
            let line = &sheet.lines[*at];
            is_page_number(&line.text) || seen.get(&key(sheet, line)).is_some_and(|n| *n >= many)
        };
        let running: Vec<usize> = lines.iter().copied().filter(|at| running(at)).collect();
        for at in &running {
            let key = key(sheet, &sheet.lines[*at]);
            if !is_page_number(&sheet.lines[*at].text) && !told.contains(&key) {
                taken.push(Running { page: sheet.page.number, text: sheet.lines[*at].text.trim().to_owned() });
                told.push(key);
            }
        }
        let mut at = 0;
        sheet.lines.retain(|_| {
            at += 1;
            !running.contains(&(at - 1))
        });
    }
    taken
}

/// The lines at the head and foot of a page that stand in no table.
fn candidates(sheet: &Sheet) -> Vec<usize> {
    let (head, foot) = (sheet.page.height * ZONE, sheet.page.height * (1.0 - ZONE));
    let grid = Grid::of(&sheet.page.rules);
    let outside = |line: &Line| line.y < head || line.y > foot;
    let may_run = |line: &Line| outside(line) && !is_sentence(&line.text) && grid.place(line).is_none();
    let found: Vec<usize> = (0..sheet.lines.len()).filter(|at| may_run(&sheet.lines[*at])).collect();
    // What is all there is on a page is its text.
    if found.len() < sheet.lines.len() { found } else { Vec::new() }
}

/// Running lines name things; they do not speak in sentences.
fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with('.') && text.split_whitespace().count() > 6
}

/// What is the same on every page: where the line stands, and its words but for numbers.
fn key(sheet: &Sheet, line: &Line) -> String {
    let mut key = if line.y * 2.0 < sheet.page.height { "head ".to_owned() } else { "foot ".to_owned() };
    for c in line.text.trim().chars() {
        if !c.is_ascii_digit() {
            key.push(c);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

fn is_page_number(text: &str) -> bool {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let numbers = words.iter().filter(|w| number(w)).count();
    (1..=2).contains(&numbers) && words.iter().all(|w| number(w) || matches!(w.as_str(), "page" | "of" | "p" | "pg"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::pdf::page::Page;

    #[test]
    fn what_comes_again_on_every_page_is_taken_out_once() {
        let line =
            |y: f64, text: &str| Line { x: 50.0, y, end: 200.0, size: 11.0, text: text.to_owned(), ..Line::default() };
        let page = |number: u32, body: &str| Sheet {
            page: Page { number, height: 800.0, ..Page::default() },
            lines: vec![line(40.0, "A notice"), line(400.0, body), line(760.0, &format!("Version 2, page {number}"))],
        };
        let mut pages = vec![page(1, "One"), page(2, "Two")];
        let taken = take(&mut pages);
        assert_eq!(taken.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), ["A notice", "Version 2, page 1"]);
        assert!(pages.iter().all(|p| p.lines.len() == 1));
        assert!(is_page_number("Page 3 of 12") && is_page_number("- 7 -") && !is_page_number("Act 2018"));
    }
}
