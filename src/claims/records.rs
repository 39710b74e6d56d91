//! Tables that do not have a row for each purpose: records of labels and values, of which one states the purpose ("Use |
//! Invoice validation"), and tables with a column for each.
//!
//! In come lines as `headings.rs` read them; out come the rows of each record with its purpose, and which tables have such
//! columns.

use super::headings::Line;
use super::outline::Aspect;
use crate::dictionary::TermId;
use crate::model::Text;
use crate::text::Fold;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What the rows of a record are about.
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub(super) purpose: TermId,
    /// The block that names it.
    pub(super) block: usize,
}

/// The records of a document, by the table and row of each of their rows.
pub(super) type Records = HashMap<(u16, u16), Record>;

/// A row of a label and its value, by their blocks.
struct Pair {
    row: u16,
    label: usize,
    value: usize,
}

/// All records of a document.
pub(super) fn records(lines: &[Line], text: &Text, fold: &Fold) -> Records {
    let mut out = HashMap::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(place) = text.blocks[at].cell else {
            at += 1;
            continue;
        };
        let cells = text.blocks[at..].iter().take_while(|b| b.cell.is_some_and(|c| c.table == place.table)).count();
        of_table(place.table, at..at + cells, lines, text, fold, &mut out);
        at += cells;
    }
    out
}

/// The tables whose first row names two or more purposes, one for each column.
pub(super) fn headed_columns(lines: &[Line], text: &Text) -> HashSet<u16> {
    let mut named: HashMap<u16, u32> = HashMap::new();
    for (line, block) in lines.iter().zip(&text.blocks) {
        let Some(place) = block.cell.filter(|c| c.row == 0 && c.column > 0 && c.header) else { continue };
        if line.short && line.purpose.is_some() {
            *named.entry(place.table).or_default() += 1;
        }
    }
    named.into_iter().filter(|(_, n)| *n >= 2).map(|(table, _)| table).collect()
}

fn of_table(table: u16, blocks: Range<usize>, lines: &[Line], text: &Text, fold: &Fold, out: &mut Records) {
    let row_of = |at: usize| text.blocks[at].cell.map_or(0, |c| c.row);
    let (mut pairs, mut rows) = (Vec::new(), 0usize);
    let mut at = blocks.start;
    while at < blocks.end {
        let row = row_of(at);
        let end = (at..blocks.end).find(|next| row_of(*next) != row).unwrap_or(blocks.end);
        rows += 1;
        // A number in front of the label only counts the records.
        let cells: Vec<usize> = (at..end)
            .filter(|cell| fold.text[lines[*cell].folded.clone()].bytes().any(|b| b.is_ascii_alphabetic()))
            .collect();
        if let [label, value] = cells[..]
            && lines[label].short
            && lines[label].words <= 5
        {
            pairs.push(Pair { row, label, value });
        }
        at = end;
    }
    if pairs.len() < 3 || pairs.len() * 4 < rows * 3 {
        return;
    }
    let words = |at: usize| fold.text[lines[at].folded.clone()].trim_end_matches([':', '?', ' ']);
    let first = words(pairs[0].label);
    let starts: Vec<usize> = (0..pairs.len()).filter(|n| words(pairs[*n].label) == first).collect();
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(pairs.len());
        let record = &pairs[*start..end];
        let stated = record.iter().find_map(|pair| {
            let purpose = lines[pair.value].purpose.filter(|_| lines[pair.value].short)?;
            let says = lines[pair.label].aspect == Some(Aspect::Purpose)
                || matches!(words(pair.label), "use" | "uses" | "used for" | "activity" | "what for" | "process");
            says.then_some((purpose, pair.value))
        });
        if let (Some((purpose, block)), true) = (stated, record.len() >= 3) {
            let rows = record[0].row..=record[record.len() - 1].row;
            out.extend(rows.map(|row| ((table, row), Record { purpose, block })));
        }
    }
}
