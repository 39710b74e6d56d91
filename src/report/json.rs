//! JSON for scripts: the schema `fairnotice/analysis/1` of the contract, whole or a line per notice.

use super::suppressed::Suppressed;
use super::{Format, Look, Refused, Run, Summary};
use crate::fingerprint::fingerprint;
use crate::model::{Attrs, Claim, Problem, Reading, Severity, Span};
use crate::pipeline::{Analysis, AsOf, Place};
use crate::rules::{Finding, Reference};
use serde::Serialize;
use std::io::{self, Write};

pub(super) const ANALYSIS: Format<Run> =
    Format { name: "json", about: "one object for scripts: claims, findings, summary", render: analysis };
pub(super) const ANALYSIS_LINES: Format<Run> =
    Format { name: "jsonl", about: "a line per notice, each an object as of `json`", render: analysis_lines };
pub(super) const CLAIMS: Format<Run> =
    Format { name: "json", about: "one object for scripts: the claims of every notice", render: claims };
pub(super) const CLAIM_LINES: Format<Run> = Format { name: "jsonl", about: "a line per claim", render: claim_lines };

const SCHEMA: &str = "fairnotice/analysis/1";

#[derive(Serialize)]
struct Envelope<'a> {
    schema: &'static str,
    tool: Tool<'a>,
    as_of: String,
    notices: Vec<NoticeJson<'a>>,
    unreadable: &'a [Refused],
    summary: serde_json::Value,
}

/// The program and the knowledge it judged with.
#[derive(Serialize)]
pub(super) struct Tool<'a> {
    name: &'static str,
    version: &'static str,
    dictionaries: &'a str,
}

#[derive(Serialize)]
struct NoticeJson<'a> {
    source: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<PartJson<'a>>,
    kind: &'static str,
    media_type: &'static str,
    sha256: &'a str,
    title: Option<&'a str>,
    language: Option<&'a str>,
    judged_on: String,
    own_review_date: bool,
    reading: &'static str,
    problems: &'a [Problem],
    claims: Vec<ClaimJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Vec<SuppressedJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<&'a str>,
}

/// A suppressed finding, and why it is.
#[derive(Serialize)]
struct SuppressedJson<'a> {
    #[serde(flatten)]
    finding: FindingJson<'a>,
    reason: &'a str,
    until: Option<String>,
    place: &'a str,
}

/// One of several documents judged as one notice: `start` is its first byte in the text that spans point into.
#[derive(Serialize)]
struct PartJson<'a> {
    source: &'a str,
    media_type: &'static str,
    sha256: &'a str,
    start: u32,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    kind: &'static str,
    value: &'a str,
    purpose: Option<&'a str>,
    section: &'a [String],
    evidence: Evidence<'a>,
    attrs: &'a Attrs,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'static str,
    severity: Severity,
    subject: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    since: Option<String>,
    fingerprint: String,
    section: &'a [String],
    evidence: Vec<Evidence<'a>>,
    references: &'static [Reference],
}

/// Words that something rests on, and where they stand.
#[derive(Serialize)]
pub(super) struct Evidence<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    quote: &'a str,
    start: u32,
    end: u32,
    line: Option<u32>,
    column: Option<u32>,
    page: Option<u32>,
}

fn analysis(run: &Run, _: &Look) -> String {
    pretty(&envelope(run, &run.analyses.iter().collect::<Vec<_>>(), &run.unreadable, true))
}

/// The analyses of a run, to be part of a larger object.
pub(super) fn value_of(run: &Run) -> serde_json::Value {
    let all = run.analyses.iter().collect::<Vec<_>>();
    serde_json::to_value(envelope(run, &all, &run.unreadable, true)).unwrap_or_default()
}

fn analysis_lines(run: &Run, _: &Look) -> String {
    let notices = run.analyses.iter().map(|a| compact(&envelope(run, &[a], &[], true)));
    let refused = run.unreadable.chunks(1).map(|u| compact(&envelope(run, &[], u, true)));
    notices.chain(refused).collect()
}

fn claims(run: &Run, _: &Look) -> String {
    pretty(&envelope(run, &run.analyses.iter().collect::<Vec<_>>(), &run.unreadable, false))
}

fn claim_lines(run: &Run, _: &Look) -> String {
    let of = |a: &Analysis| -> String {
        let claims = a.claims.iter().zip(&a.sections);
        claims
            .map(|(c, section)| compact(&ClaimJson { source: Some(&a.source), ..claim_json(a, c, section) }))
            .collect()
    };
    run.analyses.iter().map(of).collect()
}

fn envelope<'a>(run: &'a Run, analyses: &[&'a Analysis], unreadable: &'a [Refused], judged: bool) -> Envelope<'a> {
    let counts = Summary::of(analyses, unreadable.len());
    let summary = if judged {
        serde_json::to_value(counts).unwrap_or_default()
    } else {
        serde_json::json!({ "notices": counts.notices, "claims": counts.claims, "unreadable": counts.unreadable })
    };
    Envelope {
        schema: SCHEMA,
        tool: tool(run),
        as_of: as_of(run),
        notices: analyses
            .iter()
            .map(|a| notice_json(a, judged, (judged && run.show_suppressed).then(|| run.suppressed(a))))
            .collect(),
        unreadable,
        summary,
    }
}

/// The program that made a run.
pub(super) fn tool(run: &Run) -> Tool<'_> {
    Tool { name: "fairnotice", version: env!("CARGO_PKG_VERSION"), dictionaries: &run.dictionaries }
}

/// The day of judging of a run.
pub(super) fn as_of(run: &Run) -> String {
    match run.as_of {
        AsOf::Day(day) => day.to_string(),
        AsOf::Reviewed(_) => "reviewed".to_owned(),
    }
}

fn notice_json<'a>(a: &'a Analysis, judged: bool, suppressed: Option<Vec<Suppressed<'a>>>) -> NoticeJson<'a> {
    let findings =
        || a.findings.iter().zip(&a.finding_sections).map(|(f, section)| finding_json(a, f, section)).collect();
    let several = if a.parts.len() > 1 { &a.parts[..] } else { &[] };
    NoticeJson {
        source: &a.source,
        sources: several
            .iter()
            .map(|p| PartJson { source: &p.source, media_type: p.media_type, sha256: &p.sha256, start: p.start })
            .collect(),
        kind: a.kind.name(),
        media_type: a.media_type,
        sha256: &a.sha256,
        title: a.text.title.as_deref(),
        language: a.text.language.as_deref(),
        judged_on: a.judging.day.to_string(),
        own_review_date: a.judging.own_date,
        reading: if a.text.reading == Reading::Whole { "whole" } else { "part" },
        problems: match &a.text.reading {
            Reading::Whole => &[],
            Reading::Part(problems) => problems,
        },
        claims: a.claims.iter().zip(&a.sections).map(|(c, section)| claim_json(a, c, section)).collect(),
        findings: judged.then(findings),
        suppressed: suppressed.map(|all| all.iter().map(|s| suppressed_json(a, s)).collect()),
        settings: a.settings.as_deref(),
    }
}

fn suppressed_json<'a>(a: &'a Analysis, aside: &Suppressed<'a>) -> SuppressedJson<'a> {
    let finding = finding_json(a, aside.finding, aside.section);
    SuppressedJson { finding, reason: aside.reason, until: aside.until.clone(), place: aside.place }
}

fn claim_json<'a>(a: &'a Analysis, claim: &'a Claim, section: &'a [String]) -> ClaimJson<'a> {
    ClaimJson {
        source: None,
        kind: claim.kind.name(),
        value: &claim.value,
        purpose: claim.purpose.as_deref(),
        section,
        evidence: evidence(a, claim.evidence),
        attrs: &claim.attrs,
    }
}

fn finding_json<'a>(a: &'a Analysis, finding: &'a Finding, section: &'a [String]) -> FindingJson<'a> {
    FindingJson {
        rule: finding.rule.id,
        severity: finding.severity,
        subject: finding.subject.as_deref(),
        message: &finding.message,
        help: &finding.help,
        since: finding.since.map(|day| day.to_string()),
        fingerprint: fingerprint(finding, section, &a.text),
        section,
        evidence: finding.evidence.iter().map(|span| evidence(a, *span)).collect(),
        references: finding.rule.references,
    }
}

/// The words of a span.
pub(super) fn evidence(a: &Analysis, span: Span) -> Evidence<'_> {
    let Place { part, line, column, page, .. } = a.place(span.start);
    let source = (a.parts.len() > 1).then_some(part.source.as_str());
    Evidence { source, quote: a.text.quote(span), start: span.start, end: span.end, line, column, page }
}

/// JSON for people and for files under version control.
pub(super) fn pretty(value: &impl Serialize) -> String {
    text(|to| serde_json::to_writer_pretty(to, value))
}

/// JSON on one line.
pub(super) fn compact(value: &impl Serialize) -> String {
    text(|to| serde_json::to_writer(to, value))
}

/// JSON on one line, written as it is made.
pub(super) fn write_compact(value: &impl Serialize, to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(Escaping(to), value)?;
    to.write_all(b"\n")
}

fn text(write: impl FnOnce(Escaping<'_>) -> serde_json::Result<()>) -> String {
    let mut json = Vec::new();
    // Plain structures with string keys always serialise, and to UTF-8.
    let written = write(Escaping(&mut json)).is_ok();
    String::from_utf8(if written { json } else { Vec::new() }).unwrap_or_default() + "\n"
}

/// Characters that a terminal would obey stand in strings only, where their escaped form means the same. What is written
/// comes in whole characters.
struct Escaping<'w>(&'w mut dyn Write);

impl Write for Escaping<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let obeyed = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let mut rest = std::str::from_utf8(piece).map_err(io::Error::other)?;
        while let Some(at) = rest.find(obeyed) {
            self.0.write_all(&rest.as_bytes()[..at])?;
            let mut characters = rest[at..].chars();
            write!(self.0, "\\u{:04x}", characters.next().map_or(0, u32::from))?;
            rest = characters.as_str();
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
