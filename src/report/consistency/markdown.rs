//! The report as Markdown: `report.md`, for mail, wikis and version control.
//!
//! Everything that a notice says is escaped: it can start no link, image, tag or table cell.

use super::Report;
use super::passage::{passage, sides};
use super::words::{basis, bodies, standing};
use crate::report::markdown::escaped as said;
use crate::report::{RulePage, counted};
use std::fmt::Write as _;

/// Findings of one rule told in full.
const TOLD: usize = 25;

/// Writes `report.md`.
pub(super) fn markdown(report: &Report<'_>) -> String {
    let mut out = format!("# Consistency report: {}, {}\n\n", report.subject(), report.judged());
    for sentence in report.sentences() {
        let _ = writeln!(out, "- {sentence}");
    }
    table(
        &mut out,
        "Bodies",
        &["body", "ODS", "notices", "errors", "warnings", "infos"],
        report.bodies.iter().map(|b| {
            let tally = b.tally;
            vec![
                said(b.name),
                b.ods.unwrap_or("").to_owned(),
                b.notices.len().to_string(),
                tally.error.to_string(),
                tally.warning.to_string(),
                tally.info.to_string(),
            ]
        }),
    );
    table(
        &mut out,
        "Findings by rule",
        &["rule", "errors", "warnings", "infos", "notices", "bodies"],
        report.checks.iter().map(|c| {
            vec![
                format!("[`{}`](#{})", c.rule.id, c.rule.id.replace('/', "")),
                c.tally.error.to_string(),
                c.tally.warning.to_string(),
                c.tally.info.to_string(),
                c.notices.len().to_string(),
                c.bodies.len().to_string(),
            ]
        }),
    );
    between(&mut out, report);
    trend(&mut out, report);
    findings(&mut out, report);
    ledger(&mut out, report);
    let _ = write!(
        out,
        "\nMade by fairnotice {} with the dictionaries `{}`.\n",
        env!("CARGO_PKG_VERSION"),
        report.material.run.dictionaries
    );
    out
}

/// What only shows between notices.
fn between(out: &mut String, report: &Report<'_>) {
    table(
        out,
        "Age of notices",
        &["body", "notice", "reviewed", "months ago"],
        report.ages.iter().map(|age| {
            vec![
                said(report.bodies[age.body].name),
                said(age.source),
                age.reviewed.map_or("no date".to_owned(), |d| d.in_words()),
                age.months(report.day).map_or(String::new(), |m| m.to_string()),
            ]
        }),
    );
    table(
        out,
        "Bases by purpose",
        &["purpose", "basis", "bodies", "stands apart"],
        report.bases.by_purpose.iter().flat_map(|(id, purpose)| {
            purpose.by_basis.iter().map(move |(value, relying)| {
                vec![
                    said(report.purpose(id)),
                    basis(value),
                    format!("{} of {}", relying.len(), purpose.bodies.len()),
                    if purpose.is_outlier(value) { "yes".to_owned() } else { String::new() },
                ]
            })
        }),
    );
    table(
        out,
        "Processors",
        &["processor", "bodies", "purposes"],
        report.processors.iter().map(|p| {
            let purposes: Vec<&str> = p.purposes().into_iter().map(|id| report.purpose(id)).collect();
            let clients: Vec<String> = p.clients.keys().map(|b| said(report.bodies[*b].name)).collect();
            vec![said(p.name), clients.join(", "), said(&purposes.join(", "))]
        }),
    );
    table(
        out,
        "Approvals under section 251",
        &["reference", "standing", "cited by"],
        report.approvals.iter().map(|a| {
            let citing: Vec<String> = a.bodies.keys().map(|b| said(report.bodies[*b].name)).collect();
            vec![said(a.reference), a.standing(report.day).words(), citing.join(", ")]
        }),
    );
}

fn trend(out: &mut String, report: &Report<'_>) {
    let Some(trend) = &report.trend else { return };
    let (new, cured, remaining) = trend.totals();
    table(
        out,
        &format!("Since the report as of {}: {new} new, {cured} cured, {remaining} remaining", said(trend.as_of)),
        &["body", "new", "cured", "remaining"],
        trend
            .bodies
            .iter()
            .map(|c| vec![said(c.name), c.new.len().to_string(), c.cured.len().to_string(), c.remaining.to_string()]),
    );
}

fn findings(out: &mut String, report: &Report<'_>) {
    if !report.checks.is_empty() {
        out.push_str("\n## Findings\n");
    }
    for check in &report.checks {
        let page = RulePage::of(check.rule);
        let _ = write!(
            out,
            "\n### `{}`\n\n{}, at {}. {}\n\n",
            check.rule.id,
            counted(check.tally.total(), "finding"),
            bodies(check.bodies.len()),
            page.why().unwrap_or("")
        );
        for reference in check.rule.references {
            let _ = writeln!(out, "- Source: [{}]({})", reference.title, reference.url);
        }
        out.push('\n');
        for number in check.findings.iter().take(TOLD) {
            finding(out, report, *number);
        }
        if check.findings.len() > TOLD {
            let _ = writeln!(out, "- and {} more, in `findings.csv`", check.findings.len() - TOLD);
        }
    }
}

fn finding(out: &mut String, report: &Report<'_>, number: usize) {
    let found = &report.findings[number];
    let (finding, a) = (found.finding, &report.material.run.analyses[found.notice]);
    let _ = writeln!(
        out,
        "- **{}**, {}: {}. {}",
        said(report.bodies[found.body].name),
        finding.severity.name(),
        said(&finding.message),
        standing(finding, found.timing)
    );
    if let Some(span) = finding.evidence.first() {
        let passage = passage(a, *span);
        let at = passage.at;
        let _ = writeln!(out, "  “{}” ({}, {})", said(&passage.quote), said(&at.part.source), at.within());
    }
    for side in sides(report, found) {
        let _ = writeln!(out, "  Compared with {}", said(&side.words(report)));
    }
}

fn ledger(out: &mut String, report: &Report<'_>) {
    table(
        out,
        "Ledger",
        &["document", "what became of it", "problems", "SHA-256"],
        report.ledger.iter().map(|e| {
            vec![
                said(e.source),
                e.status.words().to_owned(),
                said(&e.problems.join("; ")),
                format!("`{}`", super::words::short(e.sha256)),
            ]
        }),
    );
}

/// A heading and a table; nothing where there are no rows.
fn table(out: &mut String, heading: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let _ = write!(out, "\n## {heading}\n\n| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
}
