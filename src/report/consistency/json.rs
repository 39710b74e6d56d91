//! The report as JSON, for scripts and for the next report to compare itself with: the schema `fairnotice/report/1`.
//!
//! Claims are left to `claims.csv` and `report.sqlite`: there are fifty times as many of them as of anything else.

use super::found::Timing;
use super::ledger::Status;
use super::registers::editions;
use super::trend::Trend;
use super::{Report, Tally};
use crate::model::RegisterRow;
use crate::report::Summary;
use crate::report::json::{Evidence, Tool, as_of, evidence, tool, write_compact};
use crate::rules::Reference;
use crate::rules::corpus::Counterpart;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What this form of JSON is called.
pub(super) const SCHEMA: &str = "fairnotice/report/1";

#[derive(Serialize)]
struct ReportJson<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    as_of: String,
    summary: Summary,
    ledger: BTreeMap<&'static str, usize>,
    bodies: Vec<BodyJson<'a>>,
    documents: Vec<DocumentJson<'a>>,
    rules: Vec<RuleJson>,
    findings: Vec<FoundJson<'a>>,
    bases: Vec<BasisJson<'a>>,
    processors: Vec<ProcessorJson<'a>>,
    approvals: Vec<ApprovalJson<'a>>,
    registers: Vec<EditionJson<'a>>,
    trend: Option<TrendJson<'a>>,
}

#[derive(Serialize)]
struct BodyJson<'a> {
    id: &'a str,
    name: &'a str,
    ods: Option<&'a str>,
    ended: Option<String>,
    successors: &'a [String],
    notices: Vec<&'a str>,
    #[serde(flatten)]
    tally: Tally,
    timing: BTreeMap<&'static str, usize>,
    rules: &'a BTreeMap<&'static str, Tally>,
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    source: &'a str,
    status: &'static str,
    body: Option<&'a str>,
    sha256: &'a str,
    captured: Option<&'a str>,
    reviewed: Option<String>,
    words: usize,
    claims: usize,
    problems: &'a [String],
}

#[derive(Serialize)]
struct RuleJson {
    rule: &'static str,
    #[serde(flatten)]
    tally: Tally,
    bodies: usize,
    notices: usize,
    references: &'static [Reference],
}

#[derive(Serialize)]
struct FoundJson<'a> {
    body: &'a str,
    source: &'a str,
    rule: &'static str,
    severity: &'static str,
    subject: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    since: Option<String>,
    timing: &'static str,
    fingerprint: &'a str,
    section: &'a [String],
    evidence: Vec<Evidence<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    compared_with: Vec<SideJson<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SideJson<'a> {
    Document { source: &'a str, evidence: Vec<Evidence<'a>> },
    Register(&'a RegisterRow),
}

#[derive(Serialize)]
struct BasisJson<'a> {
    purpose: &'a str,
    basis: &'a str,
    bodies: Vec<&'a str>,
    of: usize,
    outlier: bool,
}

#[derive(Serialize)]
struct ProcessorJson<'a> {
    name: &'a str,
    function: Option<&'a str>,
    clients: Vec<ClientJson<'a>>,
}

#[derive(Serialize)]
struct ClientJson<'a> {
    body: &'a str,
    purposes: Vec<&'a str>,
}

#[derive(Serialize)]
struct ApprovalJson<'a> {
    reference: &'a str,
    name: Option<&'a str>,
    until: Option<&'a str>,
    standing: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<RegisterRow>,
    bodies: Vec<ClientJson<'a>>,
}

#[derive(Serialize)]
struct EditionJson<'a> {
    register: &'static str,
    file: &'a str,
    date: String,
    rows: usize,
}

#[derive(Serialize)]
struct TrendJson<'a> {
    since: &'a str,
    new: usize,
    cured: usize,
    remaining: usize,
    bodies: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    name: &'a str,
    new: Vec<&'a str>,
    cured: Vec<CuredJson<'a>>,
    remaining: usize,
}

#[derive(Serialize)]
struct CuredJson<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    source: &'a str,
}

/// Writes `report.json`.
pub(super) fn json(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    let run = report.material.run;
    let count = |status: Status| report.ledger.iter().filter(|e| e.status == status).count();
    let whole = ReportJson {
        schema: SCHEMA,
        tool: tool(run),
        as_of: as_of(run),
        summary: report.totals,
        ledger: Status::ALL.iter().map(|status| (status.name(), count(*status))).collect(),
        bodies: bodies(report),
        documents: documents(report),
        rules: report
            .checks
            .iter()
            .map(|check| RuleJson {
                rule: check.rule.id,
                tally: check.tally,
                bodies: check.bodies.len(),
                notices: check.notices.len(),
                references: check.rule.references,
            })
            .collect(),
        findings: findings(report),
        bases: bases(report),
        processors: report
            .processors
            .iter()
            .map(|p| ProcessorJson { name: p.name, function: p.function, clients: clients(report, &p.clients) })
            .collect(),
        approvals: report
            .approvals
            .iter()
            .map(|approval| ApprovalJson {
                reference: approval.reference,
                name: approval.title(),
                until: approval.known.and_then(|term| term.until.as_deref()),
                standing: approval.standing(report.day).words(),
                register: approval.row.map(|(edition, row)| edition.row(row)),
                bodies: clients(report, &approval.bodies),
            })
            .collect(),
        registers: editions(report.material.registers)
            .into_iter()
            .map(|e| EditionJson { register: e.kind.name(), file: e.file, date: e.date.to_string(), rows: e.rows })
            .collect(),
        trend: report.trend.as_ref().map(|t| trend(report, t)),
    };
    write_compact(&whole, to)
}

fn bodies<'a>(report: &'a Report<'_>) -> Vec<BodyJson<'a>> {
    let timing = |timings: &BTreeMap<Timing, usize>| {
        Timing::ALL.iter().map(|t| (t.name(), timings.get(t).copied().unwrap_or(0))).collect()
    };
    let of = |body: &'a super::Body<'_>| BodyJson {
        id: &body.id,
        name: body.name,
        ods: body.ods,
        ended: body.ended.as_ref().map(|e| e.on.to_string()),
        successors: body.ended.as_ref().map_or(&[], |e| &e.successors),
        notices: body.notices.iter().map(|n| report.material.run.analyses[*n].source.as_str()).collect(),
        tally: body.tally,
        timing: timing(&body.timings),
        rules: &body.by_rule,
    };
    report.bodies.iter().map(of).collect()
}

fn documents<'a>(report: &'a Report<'_>) -> Vec<DocumentJson<'a>> {
    let of = |entry: &'a super::Entry<'_>| {
        let analysis = entry.notice.map(|n| &report.material.run.analyses[n]);
        DocumentJson {
            source: entry.source,
            status: entry.status.name(),
            body: entry.body.map(|b| report.bodies[b].id.as_str()),
            sha256: entry.sha256,
            captured: entry.captured,
            reviewed: analysis.and_then(super::found::reviewed).map(|d| d.to_string()),
            words: entry.words,
            claims: analysis.map_or(0, |a| a.claims.len()),
            problems: &entry.problems,
        }
    };
    report.ledger.iter().map(of).collect()
}

fn findings<'a>(report: &'a Report<'_>) -> Vec<FoundJson<'a>> {
    let of = |found: &'a super::Found<'_>| {
        let a = &report.material.run.analyses[found.notice];
        let finding = found.finding;
        FoundJson {
            body: &report.bodies[found.body].id,
            source: &a.source,
            rule: finding.rule.id,
            severity: finding.severity.name(),
            subject: finding.subject.as_deref(),
            message: &finding.message,
            help: &finding.help,
            since: finding.since.map(|day| day.to_string()),
            timing: found.timing.name(),
            fingerprint: &found.fingerprint,
            section: found.section,
            evidence: finding.evidence.iter().map(|span| evidence(a, *span)).collect(),
            compared_with: found.counterparts.iter().map(|c| side(report, c)).collect(),
        }
    };
    report.findings.iter().map(of).collect()
}

fn side<'a>(report: &'a Report<'_>, counterpart: &'a Counterpart) -> SideJson<'a> {
    match counterpart {
        Counterpart::Document { document, evidence: spans } => {
            let a = &report.material.run.analyses[*document];
            SideJson::Document { source: &a.source, evidence: spans.iter().map(|s| evidence(a, *s)).collect() }
        }
        Counterpart::Register(row) => SideJson::Register(row),
    }
}

fn bases<'a>(report: &'a Report<'_>) -> Vec<BasisJson<'a>> {
    let mut rows = Vec::new();
    for (purpose, of) in &report.bases.by_purpose {
        for (basis, bodies) in &of.by_basis {
            rows.push(BasisJson {
                purpose,
                basis,
                bodies: bodies.iter().map(|b| report.bodies[*b].id.as_str()).collect(),
                of: of.bodies.len(),
                outlier: of.is_outlier(basis),
            });
        }
    }
    rows
}

fn clients<'a>(
    report: &'a Report<'_>,
    clients: &BTreeMap<usize, std::collections::BTreeSet<&'a str>>,
) -> Vec<ClientJson<'a>> {
    let of = |(body, purposes): (&usize, &std::collections::BTreeSet<&'a str>)| ClientJson {
        body: &report.bodies[*body].id,
        purposes: purposes.iter().copied().collect(),
    };
    clients.iter().map(of).collect()
}

fn trend<'a>(report: &'a Report<'_>, trend: &'a Trend<'_>) -> TrendJson<'a> {
    let (new, cured, remaining) = trend.totals();
    let changes = trend.bodies.iter().map(|change| ChangeJson {
        name: change.name,
        new: change.new.iter().map(|f| report.findings[*f].fingerprint.as_str()).collect(),
        cured: change
            .cured
            .iter()
            .map(|c| CuredJson { rule: c.rule, severity: c.severity, message: c.message, source: c.source })
            .collect(),
        remaining: change.remaining,
    });
    TrendJson { since: trend.as_of, new, cured, remaining, bodies: changes.collect() }
}
