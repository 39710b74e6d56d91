//! Claims as tables that read well on a terminal of 80 columns: one per notice.

use super::rule_list::{cell, pad, plain_table};
use super::terminal::{BOLD, DIM, clean, paint, wrap};
use super::{Format, Look, Run, counted};
use crate::pipeline::Analysis;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, Table, Width};
use std::fmt::Write as _;

pub(super) const FORMAT: Format<Run> = Format {
    name: "table",
    about: "for reading on a terminal: what, for which purpose, where, in which words",
    render,
};

/// Longest quote shown; the whole of it is in the other formats.
const QUOTE: usize = 48;

fn render(run: &Run, look: &Look) -> String {
    let mut out = String::new();
    for a in &run.analyses {
        if !look.quiet {
            let _ = writeln!(out, "{}", paint(look.color, BOLD, &clean(&a.source)));
            wrap(
                &mut out,
                &format!("{}, {}", a.kind.name().replace('-', " "), counted(a.claims.len(), "claim")),
                look.width,
                "  ",
                "  ",
            );
            out.push('\n');
        }
        if !a.claims.is_empty() {
            out.push_str(&painted(&trimmed(&table(a, look)), look));
            out.push('\n');
        }
    }
    out
}

fn table(a: &Analysis, look: &Look) -> Table {
    let mut table = plain_table(look.width);
    table.set_header(["kind", "value", "purpose", "line", "words"]);
    for claim in &a.claims {
        let at = a.place(claim.evidence.start);
        let place = match at.page {
            Some(page) => format!("p. {page}"),
            None => at.line.unwrap_or(at.text_line).to_string(),
        };
        let place = if a.parts.len() > 1 { format!("{}:{place}", clean(&at.part.source)) } else { place };
        table.add_row([
            Cell::new(claim.kind.name()),
            cell(&claim.value, 200),
            Cell::new(claim.purpose.as_deref().unwrap_or("")),
            Cell::new(place).set_alignment(CellAlignment::Right),
            cell(a.text.quote(claim.evidence), QUOTE),
        ]);
    }
    pad(&mut table);
    // Numbers and kinds stay whole; values, purposes and words share what is left.
    for (column, share) in [(1, 27), (2, 17), (4, 30)] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(share)));
        }
    }
    table
}

/// The lines of a table without the spaces at their ends.
pub(super) fn trimmed(table: &Table) -> String {
    table.lines().fold(String::new(), |out, line| out + line.trim_end() + "\n")
}

/// The header of a table made fainter than its rows.
fn painted(table: &str, look: &Look) -> String {
    match table.split_once('\n') {
        Some((header, rows)) => paint(look.color, DIM, header) + "\n" + rows,
        None => table.to_owned(),
    }
}
