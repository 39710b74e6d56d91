//! Precision, recall and F1 per claim kind and per rule: on the terminal, as JSON, as Markdown.

use super::terminal::{clean, cut};
use super::{Format, Look, json};
use crate::evaluation::{Scores, Tally};
use std::fmt::Write as _;

pub(super) const TABLE: Format<Scores> = Format { name: "table", about: "for reading on a terminal", render: table };
pub(super) const JSON: Format<Scores> = Format { name: "json", about: "one object for scripts", render: render_json };
pub(super) const MARKDOWN: Format<Scores> =
    Format { name: "markdown", about: "two tables for a file", render: markdown };

fn table(scores: &Scores, look: &Look) -> String {
    let mut out = format!("{:22}{:>6}{:>11}{:>9}{:>8}\n", "kind", "gold", "precision", "recall", "F1");
    for (name, tally) in scores.claim_rows().into_iter().chain([("findings", scores.findings())]) {
        let _ = writeln!(
            out,
            "{name:22}{:6}{:11.3}{:9.3}{:8.3}",
            tally.gold(),
            tally.precision(),
            tally.recall(),
            tally.f1()
        );
    }
    let _ = write!(out, "\n{:42}{:>7}{:>7}{:>7}\n", "rule", "right", "false", "missed");
    for (rule, tally) in &scores.rules {
        let _ = writeln!(out, "{:42}{:7}{:7}{:7}", clean(rule), tally.right, tally.false_, tally.missed);
    }
    if !look.quiet && !scores.differences.is_empty() {
        out.push('\n');
        for difference in &scores.differences {
            let _ = writeln!(out, "{}", cut(difference, 400));
        }
    }
    out
}

fn render_json(scores: &Scores, _: &Look) -> String {
    let row = |tally: Tally| {
        serde_json::json!({
            "gold": tally.gold(), "right": tally.right, "false": tally.false_, "missed": tally.missed,
            "precision": tally.precision(), "recall": tally.recall(), "f1": tally.f1(),
        })
    };
    let rows: serde_json::Map<String, serde_json::Value> = scores
        .claim_rows()
        .into_iter()
        .chain([("findings", scores.findings())])
        .map(|(name, t)| (name.to_owned(), row(t)))
        .collect();
    let rules: serde_json::Map<String, serde_json::Value> =
        scores.rules.iter().map(|(rule, t)| (rule.clone(), row(*t))).collect();
    json::pretty(&serde_json::json!({
        "schema": "fairnotice/scores/1", "notices": scores.notices, "rows": rows, "rules": rules,
        "differences": scores.differences, "broken": scores.broken,
    }))
}

fn markdown(scores: &Scores, _: &Look) -> String {
    let mut out = format!(
        "# Accuracy over {}\n\n| kind | gold | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: |\n",
        super::counted(scores.notices, "gold notice")
    );
    for (name, tally) in scores.claim_rows().into_iter().chain([("findings", scores.findings())]) {
        let _ = writeln!(
            out,
            "| {name} | {} | {:.3} | {:.3} | {:.3} |",
            tally.gold(),
            tally.precision(),
            tally.recall(),
            tally.f1()
        );
    }
    out.push_str("\n| rule | right | false | missed |\n| --- | ---: | ---: | ---: |\n");
    for (rule, tally) in &scores.rules {
        let _ = writeln!(out, "| `{}` | {} | {} | {} |", clean(rule), tally.right, tally.false_, tally.missed);
    }
    out
}
