//! Analyses that were written to a file (`check`, `claims` or `show --format json`), read back.
//!
//! In comes JSON of the schema `fairnotice/analysis/1`, alone or inside what `show` writes; out come its notices with the
//! program and the dictionaries that read them. Whatever else stands in the file is left alone.

use super::compare::{Found, Reading, Stated};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An analysis as it was saved.
#[derive(Clone, Debug, Deserialize)]
pub struct Saved {
    /// What made it.
    pub tool: Tool,
    /// The notices in it.
    pub notices: Vec<SavedNotice>,
}

/// A program and its dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
pub struct Tool {
    /// Its version.
    pub version: String,
    /// Hash of its dictionaries.
    pub dictionaries: String,
}

/// A notice as it was saved.
#[derive(Clone, Debug, Deserialize)]
pub struct SavedNotice {
    /// Path or address.
    pub source: String,
    /// SHA-256 of what was read.
    pub sha256: String,
    /// The claims.
    #[serde(default)]
    claims: Vec<SavedClaim>,
    /// The findings; none where only claims were saved.
    findings: Option<Vec<SavedFinding>>,
}

#[derive(Clone, Debug, Deserialize)]
struct SavedClaim {
    kind: String,
    value: String,
    #[serde(default)]
    section: Vec<String>,
    evidence: Evidence,
    #[serde(default)]
    attrs: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug, Deserialize)]
struct SavedFinding {
    rule: String,
    subject: Option<String>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

/// A quote and its place in the canonical text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Evidence {
    /// The words.
    pub quote: String,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Saved {
    /// Reads the content of a file.
    ///
    /// # Errors
    /// In words, where it is no such analysis.
    pub fn parse(content: &str) -> Result<Saved, String> {
        let what = "an analysis as 'fairnotice check --format json' or 'fairnotice show --format json' writes it";
        let mut value: serde_json::Value =
            serde_json::from_str(content).map_err(|e| format!("this is not JSON ({e}); give {what}"))?;
        if let Some(inner) = value.get_mut("analysis") {
            value = inner.take();
        }
        if value.get("schema").and_then(|s| s.as_str()) != Some("fairnotice/analysis/1") {
            return Err(format!("this is no analysis of the schema fairnotice/analysis/1; give {what}"));
        }
        serde_json::from_value(value).map_err(|e| format!("{e}; give {what}"))
    }
}

impl SavedNotice {
    /// What it states; whether its findings were saved too.
    pub fn reading(&self) -> (Reading, bool) {
        let claims = self.claims.iter().map(|c| Stated {
            kind: c.kind.clone(),
            value: c.value.clone(),
            section: c.section.clone(),
            quote: c.evidence.quote.clone(),
            attrs: c.attrs.clone(),
        });
        let findings = self.findings.iter().flatten().map(|f| Found {
            rule: f.rule.clone(),
            subject: f.subject.clone(),
            message: f.message.clone(),
        });
        (Reading { claims: claims.collect(), findings: findings.collect() }, self.findings.is_some())
    }

    /// Every quote in it.
    pub fn quotes(&self) -> impl Iterator<Item = &Evidence> {
        let findings = self.findings.iter().flatten().flat_map(|f| &f.evidence);
        self.claims.iter().map(|c| &c.evidence).chain(findings)
    }
}
