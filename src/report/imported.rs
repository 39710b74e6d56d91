//! What came of an import: for reading, and as JSON.

use super::json::pretty;
use super::terminal::{clean, wrap};
use super::{Format, Look, Refused};
use crate::corpus::Ledger;
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const HUMAN: Format<Imported> =
    Format { name: "human", about: "for people: how many were taken, and what was left out", render: for_people };
pub(super) const JSON: Format<Imported> =
    Format { name: "json", about: "one object for scripts, with what could not be read", render: for_scripts };

/// What came of an import.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Imported {
    /// Captures that are new, with bytes of their own.
    pub captured: usize,
    /// Captures that are new, of pages that were as before.
    pub unchanged: usize,
    /// Captures that were there already.
    pub known: usize,
    /// What was left out: how many, by reason or by the ending of their names.
    pub left_out: BTreeMap<String, usize>,
    /// What could not be read.
    pub unreadable: Vec<Refused>,
}

impl Imported {
    /// What a store says came of an import, with what was left out and could not be read before it came to the store.
    pub fn new(ledger: Ledger, endings: &BTreeMap<String, usize>, refused: Vec<Refused>) -> Imported {
        let mut left_out = ledger.left_out;
        left_out.extend(endings.iter().map(|(ending, n)| (format!(".{ending}"), *n)));
        let mut unreadable = refused;
        unreadable.extend(ledger.unreadable.into_iter().map(|(source, reason)| Refused { source, reason }));
        let (captured, unchanged, known) = (ledger.captured, ledger.unchanged, ledger.known);
        Imported { captured, unchanged, known, left_out, unreadable }
    }

    /// Whether everything could be read.
    pub fn is_whole(&self) -> bool {
        self.unreadable.is_empty()
    }
}

fn for_people(imported: &Imported, look: &Look) -> String {
    let mut out = String::new();
    if look.quiet {
        return out;
    }
    let Imported { captured, unchanged, known, left_out, unreadable } = imported;
    let mut line = format!("{captured} captured, {unchanged} as before, {known} known already");
    if !unreadable.is_empty() {
        line.push_str(&format!(", {} unreadable", unreadable.len()));
    }
    wrap(&mut out, &line, look.width, "", "  ");
    if !left_out.is_empty() {
        // Names of files stand behind reasons.
        let (names, reasons): (Vec<_>, Vec<_>) = left_out.iter().partition(|(why, _)| why.starts_with('.'));
        let all: Vec<String> = reasons.iter().chain(&names).map(|(why, n)| format!("{n} {why}")).collect();
        wrap(&mut out, &clean(&format!("left out: {}", all.join(", "))), look.width, "", "  ");
    }
    out
}

fn for_scripts(imported: &Imported, _: &Look) -> String {
    #[derive(Serialize)]
    struct ImportedJson<'a> {
        schema: &'static str,
        whole: bool,
        #[serde(flatten)]
        imported: &'a Imported,
    }
    pretty(&ImportedJson { schema: "fairnotice/import/1", whole: imported.is_whole(), imported })
}
