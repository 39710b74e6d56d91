//! The findings that were accepted on some day, so that only new ones count.
//!
//! In comes the file as written, or analyses; out come the file's words, and analyses without what is accepted. An entry is one
//! place: a rule, a subject, its words and the headings above it, and how often these stand in a notice; never a line
//! number. One copy more than were accepted is new; one cured makes nothing new.

use super::SettingsError;
use super::places::{Found, set_aside};
use crate::fingerprint::of_places;
use crate::pipeline::{Analysis, Why};
use crate::rules::Finding;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a baseline is called where nobody names it.
pub const BASELINE_NAME: &str = "fairnotice-baseline.json";

const SCHEMA: &str = "fairnotice/baseline/1";

/// Words of an entry, in characters, that show people what it is.
const SHOWN: usize = 80;

/// Accepted places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    source: String,
    rule: String,
    fingerprint: String,
    count: usize,
    quote: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    accepted: Vec<Entry>,
}

/// A notice with its name in the baseline: its path from there.
pub type Named<'a> = (String, &'a mut Analysis);

impl Baseline {
    /// Reads a baseline; `name` is its path, for messages.
    ///
    /// # Errors
    /// Where the words are no baseline; the error names file, line and cure.
    pub fn parse(name: &str, content: &str) -> Result<Baseline, SettingsError> {
        let cure = "this is no baseline; write it again with `fairnotice baseline`";
        let file: File =
            serde_json::from_str(content).map_err(|e| SettingsError(format!("{name}:{}: {e}; {cure}", e.line())))?;
        if file.schema != SCHEMA {
            return Err(SettingsError(format!("{name}: its schema is '{}', not '{SCHEMA}'; {cure}", file.schema)));
        }
        Ok(Baseline { entries: file.accepted })
    }

    /// The file: one entry a line, in order, so that changes to it are easily read and joined.
    pub fn render(&self) -> String {
        let mut out = format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"accepted\": [");
        for (number, entry) in self.entries.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\n    {}", serde_json::to_string(entry).unwrap_or_default());
        }
        out.push_str(if self.entries.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }

    /// Number of accepted places.
    pub fn len(&self) -> usize {
        self.entries.iter().map(|e| e.count).sum()
    }

    /// Whether nothing is accepted.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Sets aside what is accepted. Entries of notices that are `gone` may be any notice's: theirs was renamed. Returns the
    /// entries that were met, under the names of today.
    pub fn hide(&self, notices: &mut [Named<'_>], gone: impl Fn(&str) -> bool) -> Baseline {
        let mut left: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut homeless: BTreeMap<String, usize> = BTreeMap::new();
        let judged: BTreeSet<String> = notices.iter().map(|(name, _)| name.clone()).collect();
        for entry in &self.entries {
            if !judged.contains(&entry.source) && gone(&entry.source) {
                *homeless.entry(entry.fingerprint.clone()).or_default() += entry.count;
            } else {
                *left.entry((entry.source.clone(), entry.fingerprint.clone())).or_default() += entry.count;
            }
        }
        let mut met = Vec::new();
        for (name, analysis) in notices.iter_mut() {
            let sections = std::mem::take(&mut analysis.finding_sections);
            let mut found: Vec<Found> = std::mem::take(&mut analysis.findings).into_iter().zip(sections).collect();
            set_aside(&mut found, analysis, Some(&Why::Accepted), |finding, section, analysis| {
                let prints = of_places(finding, section, analysis);
                let known = |print: &String| {
                    let own = left.get_mut(&(name.clone(), print.clone())).filter(|n| **n > 0);
                    let any = own.or_else(|| homeless.get_mut(print).filter(|n| **n > 0));
                    any.map(|count| *count -= 1).is_some()
                };
                let covered: Vec<bool> = prints.iter().map(known).collect();
                for (at, _) in covered.iter().enumerate().filter(|(_, c)| **c) {
                    met.push(entry(name, finding, at, &prints[at], analysis));
                }
                let places = finding.evidence.len().max(1);
                if covered.len() == places { covered } else { vec![covered[0]; places] }
            });
            (analysis.findings, analysis.finding_sections) = found.into_iter().unzip();
        }
        Baseline::of(met)
    }

    /// Everything found in the notices, accepted.
    pub fn accepting(notices: &[Named<'_>]) -> Baseline {
        let mut all = Vec::new();
        for (name, analysis) in notices {
            for (finding, section) in analysis.findings.iter().zip(&analysis.finding_sections) {
                let prints = of_places(finding, section, analysis);
                all.extend(prints.iter().enumerate().map(|(at, print)| entry(name, finding, at, print, analysis)));
            }
        }
        Baseline::of(all)
    }

    /// This baseline and those entries of `older` that are about notices which were not judged now and are still there.
    pub fn keeping(self, older: &Baseline, judged: &[Named<'_>], gone: impl Fn(&str) -> bool) -> Baseline {
        let elsewhere = |e: &&Entry| !judged.iter().any(|(name, _)| *name == e.source) && !gone(&e.source);
        let kept = older.entries.iter().filter(elsewhere).cloned();
        Baseline::of(self.entries.into_iter().chain(kept).collect())
    }

    /// Entries in order, equal ones counted together.
    fn of(mut entries: Vec<Entry>) -> Baseline {
        entries.sort();
        let mut out: Vec<Entry> = Vec::new();
        for entry in entries {
            match out.last_mut() {
                Some(last) if (&last.source, &last.fingerprint) == (&entry.source, &entry.fingerprint) => {
                    last.count += entry.count;
                }
                _ => out.push(entry),
            }
        }
        Baseline { entries: out }
    }
}

/// The entry of a finding's place.
fn entry(source: &str, finding: &Finding, place: usize, print: &str, analysis: &Analysis) -> Entry {
    let words = finding.evidence.get(place).map_or(finding.message.as_str(), |span| analysis.text.quote(*span));
    Entry {
        source: source.to_owned(),
        rule: finding.rule.id.to_owned(),
        fingerprint: print.to_owned(),
        count: 1,
        quote: words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN).collect(),
    }
}
