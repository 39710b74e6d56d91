//! The report in a few lines on a terminal, and where the rest of it lies.

use super::Report;
use super::words::bodies;
use crate::report::rule_list::{cell, plain_table};
use crate::report::terminal::{BOLD, paint, wrap};
use crate::report::{Look, claims_table::trimmed};
use comfy_table::{Cell, CellAlignment, ColumnConstraint, Width};

/// Bodies shown.
const ROWS: usize = 12;

/// The summary for the terminal.
pub(super) fn summary(report: &Report<'_>, look: &Look) -> String {
    let mut out = String::new();
    let title = format!("{}, {}", report.subject(), report.judged());
    out.push_str(&paint(look.color, BOLD, &title));
    out.push_str("\n\n");
    let mut order: Vec<&super::Body<'_>> = report.bodies.iter().collect();
    order.sort_by_key(|b| b.tally.weight());
    if !order.is_empty() {
        let mut table = plain_table(look.width);
        table.set_header(["body", "notices", "errors", "warnings", "infos"]);
        for body in order.iter().take(ROWS) {
            let count = |n: usize| Cell::new(n).set_alignment(CellAlignment::Right);
            table.add_row([
                cell(body.name, 60),
                count(body.notices.len()),
                count(body.tally.error),
                count(body.tally.warning),
                count(body.tally.info),
            ]);
        }
        if let Some(column) = table.column_mut(0) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(60)));
        }
        out.push_str(&trimmed(&table));
        if order.len() > ROWS {
            out.push_str(&format!("and {} more\n", bodies(order.len() - ROWS)));
        }
        out.push('\n');
    }
    for sentence in report.sentences() {
        wrap(&mut out, &sentence, look.width, "", "  ");
    }
    if let Some(trend) = &report.trend {
        let (new, cured, remaining) = trend.totals();
        let words = format!("Since the report as of {}: {new} new, {cured} cured, {remaining} remaining.", trend.as_of);
        wrap(&mut out, &words, look.width, "", "  ");
    }
    out
}
