//! The rules as a table for the terminal, as JSON for scripts, as Markdown for a file.

use super::{Format, Look, RulePage, json, terminal};
use crate::rules::{Reference, Rule};
use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};
use serde::Serialize;
use std::fmt::Write as _;

pub(super) const TABLE: Format<[&'static Rule]> =
    Format { name: "table", about: "for reading on a terminal", render: table };
pub(super) const JSON: Format<[&'static Rule]> =
    Format { name: "json", about: "one object for scripts, with the page of every rule", render: render_json };
pub(super) const MARKDOWN: Format<[&'static Rule]> =
    Format { name: "markdown", about: "the pages of all rules, one after the other", render: render_markdown };

fn table(rules: &[&'static Rule], look: &Look) -> String {
    let mut table = plain_table(look.width);
    table.set_header(["rule", "severity", "what it finds"]);
    for rule in rules {
        table.add_row([Cell::new(rule.id), Cell::new(rule.severity.name()), Cell::new(RulePage::of(rule).summary())]);
    }
    pad(&mut table);
    let narrow = look.width < 60;
    if let Some(column) = table.column_mut(0) {
        column.set_constraint(if narrow {
            ColumnConstraint::UpperBoundary(Width::Percentage(40))
        } else {
            ColumnConstraint::ContentWidth
        });
    }
    let mut out = super::claims_table::trimmed(&table);
    if !look.quiet {
        let _ = writeln!(
            out,
            "\n{}. `fairnotice explain RULE` says why one matters and what to do.",
            super::counted(rules.len(), "rule")
        );
    }
    out
}

/// A table of words without lines: its columns stand two spaces apart, and a row is told by its first cell.
pub(super) fn plain_table(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width.min(u16::MAX.into()) as u16);
    table
}

/// Puts two spaces between the columns and none before the first.
pub(super) fn pad(table: &mut Table) {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
}

#[derive(Serialize)]
struct RuleJson {
    id: &'static str,
    severity: &'static str,
    since: Option<String>,
    summary: String,
    docs: String,
    references: &'static [Reference],
}

fn render_json(rules: &[&'static Rule], _: &Look) -> String {
    let rules: Vec<RuleJson> = rules
        .iter()
        .map(|rule| RuleJson {
            id: rule.id,
            severity: rule.severity.name(),
            since: rule.since.map(|day| day.to_string()),
            summary: RulePage::of(rule).summary().to_owned(),
            docs: rule.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n"),
            references: rule.references,
        })
        .collect();
    json::pretty(&serde_json::json!({ "schema": "fairnotice/rules/1", "rules": rules }))
}

fn render_markdown(rules: &[&'static Rule], _: &Look) -> String {
    format!("# Rules\n\n{}\n{}", table_markdown(rules, |rule| format!("`{}`", rule.id)), markdown(rules))
}

/// A Markdown table of rules; `name` writes the first cell.
pub fn table_markdown(rules: &[&'static Rule], name: impl Fn(&Rule) -> String) -> String {
    let mut out = "| rule | severity | since | what it finds |\n| --- | --- | --- | --- |\n".to_owned();
    for rule in rules {
        let since = rule.since.map(|day| day.to_string()).unwrap_or_default();
        let summary = RulePage::of(rule).summary().replace('|', "\\|");
        let _ = writeln!(out, "| {} | {} | {since} | {summary} |", name(rule), rule.severity.name());
    }
    out
}

/// The pages of rules in Markdown.
pub fn markdown(rules: &[&'static Rule]) -> String {
    rules.iter().map(|rule| RulePage::of(rule).markdown(2)).collect::<Vec<_>>().join("\n")
}

/// Words in a cell, cut to a few lines.
pub(super) fn cell(words: &str, room: usize) -> Cell {
    Cell::new(terminal::cut(words, room))
}
