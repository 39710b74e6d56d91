//! What is kept of a notice beside its text: who, when, its headings, claims and findings with their places.
//!
//! In comes an analysis; out comes plain data that goes into the index and comes back whole. It holds nothing that the
//! analysis does not, so it can always be made again.

use super::terms::name_key;
use crate::claims::{Outline, Section};
use crate::dictionary::{Dictionary, Family};
use crate::model::{Attr, Claim, ClaimKind};
use crate::pipeline::Analysis;
use crate::rules::Finding;
use serde::{Deserialize, Serialize};

/// One version of one notice in the index.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    /// The notice's key in the corpus.
    pub notice: String,
    /// The version's id in the corpus.
    pub version: String,
    /// SHA-256 of its document, or of the hashes of its documents.
    #[serde(default)]
    pub sha256: String,
    /// Where it was published, or the path it was imported from.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub bodies: Vec<Body>,
    /// What it is, by the contract's name.
    pub kind: String,
    /// When it was captured, as the store writes it.
    pub captured: String,
    /// When a newer version was captured.
    pub superseded: Option<String>,
    /// When it says it was last reviewed.
    pub reviewed: Option<String>,
    /// The day its findings were judged on.
    pub judged: String,
    /// Words of each heading, and the heading around it.
    headings: Vec<(u32, u32, Option<u32>)>,
    /// From which byte on which heading holds.
    runs: Vec<(u32, Option<u32>)>,
    /// What it claims.
    pub claims: Vec<Said>,
    /// What is wrong with it.
    pub findings: Vec<Wrong>,
}

/// A body whose notice it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its canonical name.
    #[serde(rename = "n")]
    pub name: String,
    /// Its code.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub ods: Option<String>,
    /// What kind of body it is.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// A claim.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Its kind's name.
    #[serde(rename = "k")]
    pub kind: String,
    /// Its value.
    #[serde(rename = "v")]
    pub value: String,
    /// The purpose it is made for.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Words by which it is looked for as well: the title of a law, the record that is kept.
    #[serde(rename = "w", default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Where it stands.
    #[serde(rename = "e")]
    pub evidence: (u32, u32),
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The rule's id.
    #[serde(rename = "r")]
    pub rule: String,
    /// How grave.
    #[serde(rename = "s")]
    pub severity: String,
    /// Which of the rule's subjects.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The day from which it holds; none where it always did.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// What is wrong.
    #[serde(rename = "m")]
    pub message: String,
    /// The first place it rests on.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<(u32, u32)>,
}

impl Wrong {
    /// A finding as the index keeps it.
    pub fn of(finding: &Finding) -> Wrong {
        Wrong {
            rule: finding.rule.id.to_owned(),
            severity: finding.severity.name().to_owned(),
            subject: finding.subject.clone(),
            since: finding.since.map(|d| d.to_string()),
            message: finding.message.clone(),
            evidence: finding.evidence.first().map(|s| (s.start, s.end)),
        }
    }
}

impl Entry {
    /// What an analysis says; the caller adds what the store knows.
    pub fn of(analysis: &Analysis) -> Entry {
        let mut bodies: Vec<Body> = Vec::new();
        for claim in analysis.claims.iter().filter(|c| c.kind == ClaimKind::Controller) {
            let own = |name: &str| claim.text(name).map(str::to_owned);
            let body = Body { name: claim.value.clone(), ods: own("ods"), kind: own("type") };
            // "NHS FENMARCH ICB" in a heading is the board that the text calls NHS Fenmarch ICB.
            if bodies.iter().all(|b| name_key(&b.name) != name_key(&body.name)) {
                bodies.push(body);
            }
        }
        let reviewed = analysis.claims.iter().filter(|c| c.kind == ClaimKind::Reviewed).map(|c| c.value.clone()).max();
        let title = analysis.text.title.clone().filter(|t| !t.trim().is_empty());
        let first = || analysis.text.body.lines().find(|l| !l.trim().is_empty()).unwrap_or("").to_owned();
        Entry {
            notice: analysis.source.clone(),
            source: analysis.source.clone(),
            title: shortened(title.unwrap_or_else(first).trim()),
            bodies,
            kind: analysis.kind.name().to_owned(),
            reviewed,
            judged: analysis.judging.day.to_string(),
            headings: headings(&analysis.outline),
            runs: runs(&analysis.outline),
            claims: analysis.claims.iter().map(said).collect(),
            findings: analysis.findings.iter().map(Wrong::of).collect(),
            ..Entry::default()
        }
    }

    /// Adds the body with the code that a source list gives, where the notice itself names no controller.
    pub fn publisher(&mut self, ods: Option<&str>, dictionary: &Dictionary) {
        let Some(ods) = ods else { return };
        match &mut self.bodies[..] {
            [] => {
                let known = dictionary.family(Family::Commissioners).find(|t| t.ods.as_deref() == Some(ods));
                let name = known.map_or(ods, |t| t.name()).to_owned();
                let kind = known.map(|t| t.kind().to_owned());
                self.bodies.push(Body { name, ods: Some(ods.to_owned()), kind });
            }
            [only] if only.ods.is_none() => only.ods = Some(ods.to_owned()),
            _ => {}
        }
    }

    /// The headings above byte `at` of the text, outermost first.
    pub fn path(&self, at: u32, text: &str) -> Vec<String> {
        let run = self.runs.partition_point(|(start, _)| *start <= at).checked_sub(1);
        let mut section = run.and_then(|r| self.runs[r].1);
        let mut path = Vec::new();
        while let Some((start, end, parent)) = section.and_then(|s| self.headings.get(s as usize)) {
            let words = text.get(*start as usize..*end as usize).unwrap_or("");
            path.push(words.trim_end_matches(':').to_owned());
            // A heading stands under an earlier one: the walk ends.
            section = parent.filter(|p| Some(*p) < section);
        }
        path.reverse();
        path
    }
}

/// The words of each heading, and the number of the one around it.
fn headings(outline: &Outline) -> Vec<(u32, u32, Option<u32>)> {
    let parent = |section: &Section| section.parent.map(|p| p as u32);
    outline.sections.iter().map(|s| (s.heading.start, s.heading.end, parent(s))).collect()
}

/// From which byte on the text stands under which heading.
fn runs(outline: &Outline) -> Vec<(u32, Option<u32>)> {
    let mut runs: Vec<(u32, Option<u32>)> = Vec::new();
    for part in &outline.parts {
        let section = part.section.map(|s| s as u32);
        if runs.last().is_none_or(|last| last.1 != section) {
            runs.push((part.span.start, section));
        }
    }
    runs
}

/// Longest title that is kept, in characters: a page without one is told by its first line.
const LONGEST_TITLE: usize = 160;

fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    title.chars().take(LONGEST_TITLE).collect::<String>() + "…"
}

fn said(claim: &Claim) -> Said {
    // Attributes that name the same thing in words: "invoice validation" for an approval, the title of a law.
    let words = ["title", "approval", "record", "function", "controller", "processor"];
    let words = words.iter().filter_map(|name| match claim.attrs.get(name) {
        Some(Attr::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    Said {
        kind: claim.kind.name().to_owned(),
        value: claim.value.clone(),
        purpose: claim.purpose.clone(),
        words: words.collect::<Vec<_>>().join(" "),
        evidence: (claim.evidence.start, claim.evidence.end),
    }
}
