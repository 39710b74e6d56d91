//! Code Quality reports of GitLab: what a merge request changes shows beside its lines.
//!
//! In comes a run; out comes a list of the form that `artifacts: reports: codequality:` reads.

use super::place::{Region, message};
use super::{Format, Look, Run, json};
use crate::fingerprint::fingerprint;
use crate::model::{Severity, sha256};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const FORMAT: Format<Run> =
    Format { name: "gitlab", about: "a Code Quality report for GitLab merge requests", render };

/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 32;

fn render(run: &Run, _: &Look) -> String {
    let mut given = BTreeMap::new();
    let mut entries: Vec<Value> = Vec::new();
    for refused in &run.unreadable {
        let path = run.path(&refused.source);
        let name = unique(&mut given, &["unreadable", &path]);
        let words = format!("this could not be read, so it is not judged: {}", refused.reason);
        entries.push(entry("unreadable", &words, "blocker", &path, (1, 1), &name));
    }
    for (a, finding, section) in run.gravest_first() {
        let Region { part, line, end_line, .. } = Region::of(a, finding);
        let severity = match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Info => "info",
        };
        let path = run.path(&part.source);
        let name = unique(&mut given, &[&fingerprint(finding, section, &a.text), &path]);
        let cure = if finding.help.is_empty() { String::new() } else { format!(". Cure: {}", finding.help) };
        let words = format!("{}{cure}", message(a, finding));
        entries.push(entry(finding.rule.id, &words, severity, &path, (line, end_line), &name));
    }
    // GitLab knows nothing of suppressed ones, so that they come as the least grave, and say so.
    for a in &run.analyses {
        for aside in run.suppressed(a) {
            let Region { part, line, end_line, .. } = Region::of(a, aside.finding);
            let path = run.path(&part.source);
            let name = unique(&mut given, &[&fingerprint(aside.finding, aside.section, &a.text), &path]);
            let words = format!("Suppressed: {}. Reason: {}", message(a, aside.finding), aside.words());
            entries.push(entry(aside.finding.rule.id, &words, "info", &path, (line, end_line), &name));
        }
    }
    json::pretty(&entries)
}

fn entry(rule: &str, words: &str, severity: &str, path: &str, lines: (u32, u32), fingerprint: &str) -> Value {
    json!({
        "description": words,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": path, "lines": { "begin": lines.0, "end": lines.1 } },
    })
}

/// A fingerprint that no other entry has: GitLab keeps only the first of equals, also of those of different files.
fn unique(given: &mut BTreeMap<String, usize>, of: &[&str]) -> String {
    let base = of.join("\0");
    let before = given.entry(base.clone()).or_default();
    *before += 1;
    let mut name = sha256(format!("{base}\0{before}").as_bytes());
    name.truncate(DIGITS);
    name
}
