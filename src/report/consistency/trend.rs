//! What has changed since an earlier report: findings that are new, cured or still there, body by body.
//!
//! In comes the `report.json` of the earlier run; a finding is the same in both where its fingerprint is, so neither moved
//! lines nor another file name makes one new.

use super::body::Body;
use super::found::Found;
use crate::report::Run;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is kept of an earlier report.
#[derive(Debug, Deserialize)]
pub struct Previous {
    schema: String,
    as_of: String,
    bodies: Vec<PreviousBody>,
    findings: Vec<PreviousFinding>,
}

#[derive(Debug, Deserialize)]
struct PreviousBody {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct PreviousFinding {
    body: String,
    source: String,
    rule: String,
    severity: String,
    message: String,
    fingerprint: String,
}

impl Previous {
    /// Reads a `report.json`.
    ///
    /// # Errors
    /// Where it is not one; the words say what to give instead.
    pub fn read(json: &[u8]) -> Result<Previous, String> {
        let previous: Previous = serde_json::from_slice(json).map_err(|e| {
            format!("this is no report.json of an earlier report ({e}); give the folder it was written to")
        })?;
        if previous.schema != super::json::SCHEMA {
            return Err(format!(
                "this has the schema '{}', and only '{}' can be compared with; make the earlier report again",
                previous.schema,
                super::json::SCHEMA
            ));
        }
        Ok(previous)
    }
}

/// What has changed.
pub(super) struct Trend<'a> {
    /// The day the earlier report was judged on.
    pub as_of: &'a str,
    /// Bodies of either run, by name.
    pub bodies: Vec<Change<'a>>,
}

/// What has changed for one body.
#[derive(Default)]
pub(super) struct Change<'a> {
    pub name: &'a str,
    /// The body in this run, by number; none where it has no notice any more.
    pub body: Option<usize>,
    /// Findings that were not there, by number.
    pub new: Vec<usize>,
    /// Findings that are gone.
    pub cured: Vec<Cured<'a>>,
    /// How many were and are there.
    pub remaining: usize,
}

/// A finding that is gone.
pub(super) struct Cured<'a> {
    pub rule: &'a str,
    pub severity: &'a str,
    pub message: &'a str,
    pub source: &'a str,
}

impl Trend<'_> {
    /// How many findings are new, cured and still there.
    pub fn totals(&self) -> (usize, usize, usize) {
        let sum = |count: fn(&Change<'_>) -> usize| self.bodies.iter().map(count).sum();
        (sum(|c| c.new.len()), sum(|c| c.cured.len()), sum(|c| c.remaining))
    }
}

/// Compares an earlier report with this one.
pub(super) fn compare<'a>(
    previous: &'a Previous,
    run: &'a Run,
    bodies: &[Body<'a>],
    findings: &[Found<'a>],
) -> Trend<'a> {
    // A body that has since put its new name on the same notice is still whom the old findings were about.
    let renamed: BTreeMap<&str, &str> = bodies
        .iter()
        .flat_map(|b| b.notices.iter().map(move |n| (run.analyses[*n].source.as_str(), b.id.as_str())))
        .collect();
    let mut before: BTreeMap<(&str, &str), Vec<&'a PreviousFinding>> = BTreeMap::new();
    for old in &previous.findings {
        let body = renamed.get(old.source.as_str()).copied().unwrap_or(&old.body);
        before.entry((body, &old.fingerprint)).or_default().push(old);
    }
    let mut changes: BTreeMap<&str, Change<'a>> = BTreeMap::new();
    for body in &previous.bodies {
        changes.insert(&body.id, Change { name: &body.name, ..Change::default() });
    }
    for (number, body) in bodies.iter().enumerate() {
        let change = changes.entry(&body.id).or_default();
        (change.name, change.body) = (body.name, Some(number));
        for finding in body.findings.clone() {
            let old = before.get_mut(&(body.id.as_str(), findings[finding].fingerprint.as_str()));
            match old.and_then(Vec::pop) {
                Some(_) => change.remaining += 1,
                None => change.new.push(finding),
            }
        }
    }
    for ((body, _), gone) in before {
        let cured = gone.into_iter().map(|old| Cured {
            rule: &old.rule,
            severity: &old.severity,
            message: &old.message,
            source: &old.source,
        });
        changes.entry(body).or_default().cured.extend(cured);
    }
    let mut changed: Vec<Change<'a>> = changes.into_values().collect();
    changed.retain(|c| !c.new.is_empty() || !c.cured.is_empty() || c.remaining > 0);
    changed.sort_by_key(|c| c.name.to_lowercase());
    Trend { as_of: &previous.as_of, bodies: changed }
}
