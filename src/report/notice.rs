//! One version of a notice: where it comes from, what it states, what is wrong with it.

use super::json::{pretty, value_of};
use super::versions::{Numbered, heading, labelled, names, pages, tool_words};
use super::{Format, Look, Run, claims_table, human};
use crate::corpus::{Owner, PROGRAM, Tool};
use serde::Serialize;
use std::fmt::Write as _;

pub(super) const HUMAN: Format<Shown> =
    Format { name: "human", about: "for people: where it comes from, its claims, its findings", render: for_people };
pub(super) const JSON: Format<Shown> = Format {
    name: "json",
    about: "one object for scripts, with the analysis as `check` writes it",
    render: for_scripts,
};

/// Like notices that are named.
const ALIKE: usize = 5;

/// A version to show.
pub struct Shown {
    /// The version.
    pub version: Numbered,
    /// All versions of the notice, oldest first.
    pub versions: Vec<Numbered>,
    /// The bodies before it, and those after.
    pub lineage: (Vec<String>, Vec<String>),
    /// Other notices whose text is like it: how alike (0 to 1), whose, at which address.
    pub alike: Vec<(f64, Vec<Owner>, String)>,
    /// The version read and judged.
    pub run: Run,
}

fn for_people(shown: &Shown, look: &Look) -> String {
    let mut out = String::new();
    heading(&mut out, &shown.version, look);
    pages(&mut out, &shown.version.version, look);
    for (label, bodies) in [("before it", &shown.lineage.0), ("after it", &shown.lineage.1)] {
        if !bodies.is_empty() {
            labelled(&mut out, label, &bodies.join(", "), look);
        }
    }
    for (likeness, owners, notice) in shown.alike.iter().take(ALIKE) {
        let words = format!("{:.0} % the same words as the notice of {} at {notice}", likeness * 100.0, names(owners));
        labelled(&mut out, "alike", &words, look);
    }
    if shown.alike.len() > ALIKE {
        labelled(&mut out, "", &format!("and {} more", shown.alike.len() - ALIKE), look);
    }
    let tool = Tool { version: PROGRAM.to_owned(), dictionaries: shown.run.dictionaries.clone() };
    labelled(&mut out, "read by", &tool_words(&tool), look);
    out.push('\n');
    // The source is named above; the notice's own standing and its findings follow its claims.
    let quiet = Look { quiet: true, ..*look };
    out.push_str(&(claims_table::FORMAT.render)(&shown.run, &quiet));
    let findings = (human::FORMAT.render)(&shown.run, &quiet);
    if findings.is_empty() {
        let _ = writeln!(out, "no findings");
    }
    out.push_str(&findings);
    out
}

#[derive(Serialize)]
struct ShownJson<'a> {
    schema: &'static str,
    version: super::versions::VersionJson<'a>,
    versions: Vec<super::versions::VersionJson<'a>>,
    predecessors: &'a [String],
    successors: &'a [String],
    alike: Vec<AlikeJson<'a>>,
    analysis: serde_json::Value,
}

#[derive(Serialize)]
struct AlikeJson<'a> {
    likeness: f64,
    bodies: &'a [Owner],
    notice: &'a str,
}

fn for_scripts(shown: &Shown, _: &Look) -> String {
    pretty(&ShownJson {
        schema: "fairnotice/notice/1",
        version: shown.version.json(),
        versions: shown.versions.iter().map(Numbered::json).collect(),
        predecessors: &shown.lineage.0,
        successors: &shown.lineage.1,
        alike: shown
            .alike
            .iter()
            .map(|(likeness, bodies, notice)| AlikeJson { likeness: *likeness, bodies, notice })
            .collect(),
        analysis: value_of(&shown.run),
    })
}
