//! Claims and findings as tables for spreadsheets and statistics: `claims.csv` and `findings.csv` (RFC 4180).
//!
//! What a notice says can be a formula; the cells are those of the plain CSV format, which defuses them.

use super::Report;
use super::passage::sides;
use crate::report::csv::{COLUMNS, claim_cells, number, row};
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns of `findings.csv`.
pub(super) const FINDINGS: [&str; 21] = [
    "body", "ods", "source", "rule", "severity", "subject", "message", "help", "since", "timing", "section", "quote",
    "line", "column", "page", "places", "compared with", "captured", "sha256", "law", "fingerprint",
];

/// Writes `claims.csv`: the claims of every document, with the body whose notice it is.
pub(super) fn claims(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    line(to, &[["body", "ods"].as_slice(), &COLUMNS].concat())?;
    for (a, body) in report.material.run.analyses.iter().zip(&report.body_of) {
        let body = body.map(|b| &report.bodies[b]);
        let (name, ods) = (body.map_or("", |b| b.name), body.and_then(|b| b.ods).unwrap_or(""));
        for (claim, section) in a.claims.iter().zip(&a.sections) {
            let mut cells = vec![Cow::Borrowed(name), Cow::Borrowed(ods)];
            cells.extend(claim_cells(a, claim, section));
            line(to, &cells)?;
        }
    }
    Ok(())
}

/// Writes `findings.csv`.
pub(super) fn findings(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    line(to, &FINDINGS)?;
    (0..report.findings.len()).try_for_each(|at| line(to, &finding_cells(report, at)))
}

fn line(to: &mut dyn Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    let mut out = String::new();
    row(&mut out, cells);
    to.write_all(out.as_bytes())
}

/// What a finding says in each of the columns [`FINDINGS`].
pub(super) fn finding_cells<'a>(report: &'a Report<'_>, at: usize) -> [Cow<'a, str>; 21] {
    let found = &report.findings[at];
    let finding = found.finding;
    let (a, body) = (&report.material.run.analyses[found.notice], &report.bodies[found.body]);
    let first = finding.evidence.first().map(|span| (a.place(span.start), a.text.quote(*span)));
    let source = first.map_or(a.source.as_str(), |(place, _)| &place.part.source);
    let others: Vec<String> = sides(report, found).iter().map(|side| side.words(report)).collect();
    [
        body.name.into(),
        body.ods.unwrap_or("").into(),
        source.into(),
        finding.rule.id.into(),
        finding.severity.name().into(),
        finding.subject.as_deref().unwrap_or("").into(),
        finding.message.as_str().into(),
        finding.help.as_str().into(),
        finding.since.map(|day| day.to_string()).unwrap_or_default().into(),
        found.timing.name().into(),
        found.section.join(" > ").into(),
        first.map_or("", |(_, quote)| quote).into(),
        number(first.and_then(|(place, _)| place.line)).into(),
        number(first.and_then(|(place, _)| place.column)).into(),
        number(first.and_then(|(place, _)| place.page)).into(),
        finding.evidence.len().to_string().into(),
        others.join("\n").into(),
        report.captured(source).unwrap_or("").into(),
        a.sha256.as_str().into(),
        finding.rule.references.first().map_or("", |r| r.url).into(),
        found.fingerprint.as_str().into(),
    ]
}
