//! SARIF 2.1.0 for code scanning, within what GitHub takes: every result has a place, a snippet and a fingerprint, every
//! rule its help, paths are relative to the root of the sources.
//!
//! In comes a run; out comes one object. What does not fit the limits is counted in a notification, never lost in silence.
//! No finding claims to be a weakness of security.

use super::place::{Region, message};
use super::{Format, Look, RulePage, Run, Verdict, counted, json};
use crate::fingerprint::fingerprint;
use crate::fix::{Edit, edits};
use crate::model::{NoticeKind, Reading, Severity, Span};
use crate::pipeline::{Analysis, AsOf, Part};
use crate::rules::{Finding, Rule};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::Write;

pub(super) const FORMAT: Format<Run> =
    Format { name: "sarif", about: "SARIF 2.1.0 for code scanning (GitHub and others)", render };

/// Results that GitHub shows of one run.
const RESULTS: usize = 5000;

/// Places that GitHub shows of one result.
const PLACES: usize = 100;

/// Bytes of a compressed file that GitHub takes, with some to spare.
const COMPRESSED: usize = 9_500_000;

/// What the notifications are about: id and description.
const NOTIFICATIONS: [(&str, &str); 4] = [
    ("left-out", "Some findings are not in this file, because code scanning would not take or show them."),
    ("not-judged", "A document is no privacy notice, so it is listed and not judged."),
    ("read-in-part", "A document was not read whole, so nothing is said to be missing from it."),
    ("unreadable", "A document could not be read, so it is not judged."),
];

fn render(run: &Run, _: &Look) -> String {
    within(run, RESULTS, COMPRESSED)
}

/// The file with at most so many results and so many bytes when compressed, the gravest findings first.
fn within(run: &Run, results: usize, bytes: usize) -> String {
    let total: usize = run.analyses.iter().map(|a| a.findings.len() + run.suppressed(a).len()).sum();
    let mut most = total.min(results);
    loop {
        let file = json::compact(&log(run, most, total));
        // Compressing makes nothing longer, so that a file that is short enough need not be compressed to know it.
        if most == 0 || file.len() <= bytes || compressed(&file) <= bytes {
            return file;
        }
        most /= 2;
    }
}

/// Length of a file when compressed.
fn compressed(file: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail; if it did, the file would count as too long.
    match encoder.write_all(file.as_bytes()).and_then(|()| encoder.finish()) {
        Ok(bytes) => bytes.len(),
        Err(_) => usize::MAX,
    }
}

fn log(run: &Run, most: usize, total: usize) -> Value {
    let parts: Vec<&Part> = run.analyses.iter().flat_map(|a| &a.parts).collect();
    let (mut rules, mut results): (Vec<&'static Rule>, Vec<Value>) = (Vec::new(), Vec::new());
    for (a, finding, section) in run.gravest_first().into_iter().take(most) {
        results.push(result(&Scene { run, parts: &parts, a }, finding, section, place_among(&mut rules, finding.rule)));
    }
    // GitHub shows suppressed results as if they were not, so that they come only where somebody asks for them, and last.
    let suppressed = run.analyses.iter().flat_map(|a| run.suppressed(a).into_iter().map(move |aside| (a, aside)));
    for (a, aside) in suppressed.take(most - results.len()) {
        let (finding, scene) = (aside.finding, Scene { run, parts: &parts, a });
        let mut result = result(&scene, finding, aside.section, place_among(&mut rules, finding.rule));
        let by_settings = a.settings.as_ref().is_some_and(|name| aside.place.starts_with(name.as_str()));
        let kind = if by_settings { "external" } else { "inSource" };
        result["suppressions"] = json!([{ "kind": kind, "justification": aside.reason }]);
        results.push(result);
    }
    let as_of = match run.as_of {
        AsOf::Day(day) => day.to_string(),
        AsOf::Reviewed(_) => "reviewed".to_owned(),
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "fairnotice",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "shortDescription": { "text": "Checks the privacy notices of NHS commissioners." },
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
                "notifications": NOTIFICATIONS.map(about),
                "properties": { "dictionaries": run.dictionaries },
            } },
            "invocations": [{
                "executionSuccessful": run.verdict() != Verdict::Unreadable,
                "exitCode": run.verdict().exit_code(),
                "toolExecutionNotifications": notifications(run, most, total),
            }],
            "originalUriBaseIds": {
                "%SRCROOT%": { "description": { "text": "The folder that the program was run in: the root of the sources." } }
            },
            "columnKind": "unicodeCodePoints",
            "artifacts": parts.iter().map(|part| artifact(run, part)).collect::<Vec<_>>(),
            "results": results,
            "properties": { "as_of": as_of },
        }],
    })
}

/// The number of a rule among those that the file describes, to which it is added.
fn place_among(rules: &mut Vec<&'static Rule>, rule: &'static Rule) -> usize {
    rules.iter().position(|r| r.id == rule.id).unwrap_or_else(|| {
        rules.push(rule);
        rules.len() - 1
    })
}

/// A kind of notification.
fn about((id, words): (&str, &str)) -> Value {
    let text = json!({ "text": words });
    json!({ "id": id, "shortDescription": text, "fullDescription": text, "help": text })
}

fn artifact(run: &Run, part: &Part) -> Value {
    json!({
        "location": location(&run.path(&part.source)),
        "mimeType": part.media_type,
        "hashes": { "sha-256": part.sha256 },
        "roles": ["analysisTarget"],
    })
}

/// Where a document is: relative to the root of the sources where its path is.
fn location(path: &str) -> Value {
    let uri: String = path
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    if path.starts_with('/') {
        json!({ "uri": format!("file://{uri}") })
    } else {
        json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
    }
}

fn rule(rule: &'static Rule) -> Value {
    let page = RulePage::of(rule);
    let family = rule.id.split('/').next().unwrap_or(rule.id);
    json!({
        "id": rule.id,
        "name": name(rule.id),
        "shortDescription": { "text": page.summary() },
        "fullDescription": { "text": page.first_sentence("What it finds").into_iter().chain(page.why()).collect::<Vec<_>>().join(" ") },
        "help": { "text": page.text(), "markdown": page.markdown(1) },
        "helpUri": rule.references.first().map_or("", |r| r.url),
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": ["privacy-notice", family],
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        },
    })
}

/// `OutdatedDpa1998` of `outdated/dpa-1998`.
fn name(id: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    id.split(['/', '-']).filter(|w| !w.is_empty()).map(capital).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What a result stands in.
struct Scene<'a> {
    run: &'a Run,
    parts: &'a [&'a Part],
    a: &'a Analysis,
}

impl Scene<'_> {
    fn place(&self, place: &Region<'_>) -> Value {
        let mut file = location(&self.run.path(&place.part.source));
        if let Some(index) = self.parts.iter().position(|p| std::ptr::eq(*p, place.part)) {
            file["index"] = index.into();
        }
        let mut region = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        });
        // The top of a document, for what is not there, shows the first line's beginning.
        let snippet = place.quote.unwrap_or_else(|| self.a.text.body.lines().next().unwrap_or(""));
        region["snippet"] = json!({ "text": snippet });
        json!({ "artifactLocation": file, "region": region })
    }

    fn related(&self, id: usize, span: Span) -> Value {
        json!({
            "id": id,
            "physicalLocation": self.place(&Region::at(self.a, span)),
            "message": { "text": "also here" },
        })
    }
}

fn result(scene: &Scene<'_>, finding: &Finding, section: &[String], rule: usize) -> Value {
    let cure = if finding.help.is_empty() { String::new() } else { format!(" Cure: {}.", finding.help) };
    let rest = finding.evidence.iter().skip(1);
    let related: Vec<Value> =
        rest.take(PLACES - 1).enumerate().map(|(at, span)| scene.related(at + 1, *span)).collect();
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": format!("{}.{cure}", message(scene.a, finding)) },
        "locations": [{ "physicalLocation": scene.place(&Region::of(scene.a, finding)) }],
        "partialFingerprints": { "fairnotice/v1": fingerprint(finding, section, &scene.a.text) },
        "properties": {
            "subject": finding.subject,
            "since": finding.since.map(|day| day.to_string()),
            "section": section,
            "judged_on": scene.a.judging.day.to_string(),
        },
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    let edits = edits(scene.a, finding);
    if !edits.is_empty() {
        result["fixes"] = json!([fix(scene, &edits)]);
    }
    result
}

/// The certain cures of a finding as one change, by document.
fn fix(scene: &Scene<'_>, edits: &[Edit]) -> Value {
    let mut changes: Vec<Value> = Vec::new();
    for (number, part) in scene.a.parts.iter().enumerate() {
        let ours = edits.iter().filter(|e| e.part == number);
        let replacements: Vec<Value> = ours.map(|edit| replacement(scene.a, part, edit)).collect();
        if !replacements.is_empty() {
            let file = location(&scene.run.path(&part.source));
            changes.push(json!({ "artifactLocation": file, "replacements": replacements }));
        }
    }
    json!({
        "description": { "text": "Write what is certain to be right in its place." },
        "artifactChanges": changes,
    })
}

fn replacement(a: &Analysis, part: &Part, edit: &Edit) -> Value {
    let at = |byte: usize| {
        let (line, column) = a.text.origin.line_column_of_source(byte);
        (line + 1 - part.first_line, column)
    };
    let ((line, column), (end_line, end_column)) = (at(edit.source.start), at(edit.source.end));
    json!({
        "deletedRegion": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        "insertedContent": { "text": edit.words },
    })
}

/// What is not among the results, or is only partly judged.
fn notifications(run: &Run, most: usize, total: usize) -> Vec<Value> {
    let mut out = Vec::new();
    for refused in &run.unreadable {
        let words = format!("This document could not be read: {}.", refused.reason);
        out.push(notification("unreadable", "error", &words, Some(&run.path(&refused.source))));
    }
    for a in &run.analyses {
        let path = run.path(&a.parts[0].source);
        if let Reading::Part(problems) = &a.text.reading {
            let words: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
            let words = format!("Not read whole, so nothing is said to be missing: {}.", words.join("; "));
            out.push(notification("read-in-part", "warning", &words, Some(&path)));
        }
        match a.kind {
            NoticeKind::PrivacyNotice | NoticeKind::NoticePart => {}
            NoticeKind::DataReleaseRegister => {
                out.push(notification("not-judged", "note", "A data release register is not judged.", Some(&path)));
            }
            NoticeKind::Other => {
                out.push(notification("not-judged", "note", "Not a privacy notice: not judged.", Some(&path)));
            }
        }
    }
    if most < total {
        let words = format!(
            "{} left out, the least grave: code scanning takes or shows no more than these. `fairnotice check --format json` writes all.",
            counted(total - most, "finding")
        );
        out.push(notification("left-out", "warning", &words, None));
    }
    let cut = run.analyses.iter().flat_map(|a| &a.findings).filter(|f| f.evidence.len() > PLACES).count();
    if cut > 0 {
        let words =
            format!("{} with more than {PLACES} places: the further places are left out.", counted(cut, "finding"));
        out.push(notification("left-out", "note", &words, None));
    }
    out
}

fn notification(id: &str, level: &str, words: &str, path: Option<&str>) -> Value {
    let index = NOTIFICATIONS.iter().position(|(known, _)| *known == id);
    let mut out = json!({ "descriptor": { "id": id, "index": index }, "level": level, "message": { "text": words } });
    if let Some(path) = path {
        out["locations"] = json!([{ "physicalLocation": { "artifactLocation": location(path) } }]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::model::Day;
    use crate::pipeline::{SetAside, Why, analyse};

    const NOTICE: &str = "Privacy notice\n\nNHS Marlow Vale CCG is the data controller. This privacy notice explains how we use your \
        personal information.\n\nWe hold information about you under the Data Protection Act 1998. We share it with NHS Digital.\n";

    fn run(notices: usize) -> Run {
        let (dictionary, as_of) = (Dictionary::built_in(), AsOf::Day(Day::constant(2026, 11, 22)));
        let analyse = |n| analyse(&format!("a b/{n}.txt"), NOTICE.as_bytes(), &dictionary, as_of).expect("a notice");
        Run {
            analyses: (0..notices).map(analyse).collect(),
            unreadable: Vec::new(),
            as_of,
            dictionaries: String::new(),
            fail_on: None,
            folder: String::new(),
            show_suppressed: false,
        }
    }

    #[test]
    fn what_does_not_fit_is_counted_and_is_the_least_grave() {
        let run = run(20);
        let total: usize = run.analyses.iter().map(|a| a.findings.len()).sum();
        let errors = run.gravest_first().iter().filter(|(_, f, _)| f.severity == Severity::Error).count();
        for (results, bytes) in [(errors + 3, COMPRESSED), (RESULTS, 9_000)] {
            let file: Value = serde_json::from_str(&within(&run, results, bytes)).expect("JSON");
            let run = &file["runs"][0];
            let kept = run["results"].as_array().map_or(0, Vec::len);
            assert!(kept > 0 && kept < total, "{kept} of {total}");
            let notes = run["invocations"][0]["toolExecutionNotifications"].to_string();
            assert!(notes.contains(&format!("{} left out", counted(total - kept, "finding"))), "{notes}");
            let levels = run["results"].as_array().into_iter().flatten().map(|r| r["level"] == "error");
            assert_eq!(levels.filter(|error| *error).count(), kept.min(errors));
        }
    }

    #[test]
    fn suppressed_results_come_last_and_count_towards_the_limit() {
        let mut run = run(1);
        run.show_suppressed = true;
        let a = &mut run.analyses[0];
        let finding = a.findings.remove(0);
        let why = Why::Suppressed { reason: "history".to_owned(), until: None, place: "line 5".to_owned() };
        let aside = || SetAside { finding: finding.clone(), section: Vec::new(), why: why.clone() };
        a.set_aside = vec![aside(), aside(), aside()];
        let findings = a.findings.len();
        for (most, left_out) in [(findings + 3, None), (findings + 1, Some("2 findings left out"))] {
            let file: Value = serde_json::from_str(&within(&run, most, COMPRESSED)).expect("JSON");
            let results = file["runs"][0]["results"].as_array().cloned().unwrap_or_default();
            let suppressed = |r: &Value| r["suppressions"][0]["justification"] == "history";
            assert_eq!((results.len(), results.iter().filter(|r| suppressed(r)).count()), (most, most - findings));
            let notes = file["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
            assert!(left_out.is_none_or(|words| notes.contains(words)), "{notes}");
        }
    }

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(location("a b/ü%.txt")["uri"], "a%20b/%C3%BC%25.txt");
        assert_eq!(location("/a/b.txt"), json!({ "uri": "file:///a/b.txt" }));
        assert_eq!(name("outdated/dpa-1998"), "OutdatedDpa1998");
    }
}
