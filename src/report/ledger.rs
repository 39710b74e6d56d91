//! What came of a fetch: for reading, and as JSON.

use super::terminal::{BOLD, DIM, clean, paint, wrap};
use super::{Format, Look, counted, json};
use crate::fetch::{Entry, Ledger, Outcome};
use std::fmt::Write as _;

pub(super) const TABLE: Format<Ledger> =
    Format { name: "table", about: "for reading: every source with what came of it, and the sums", render: table };
pub(super) const JSON: Format<Ledger> = Format {
    name: "json",
    about: "one object for scripts, with every page and how each notice was found",
    render: render_json,
};

/// Columns of the outcome.
const MARGIN: &str = "              ";

fn table(ledger: &Ledger, look: &Look) -> String {
    let mut out = String::new();
    for entry in &ledger.entries {
        source(&mut out, entry, look);
    }
    for name in &ledger.unfinished {
        wrap(&mut out, &format!("not finished  {}", clean(name)), look.width, "", MARGIN);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let pages: Vec<String> = Outcome::ALL.iter().map(|o| format!("{} {}", ledger.pages(*o), words(*o))).collect();
    wrap(&mut out, &format!("pages: {}", pages.join(", ")), look.width, "", "  ");
    let whole = ledger.entries.iter().filter(|e| e.is_whole()).count();
    let all = ledger.entries.len() + ledger.unfinished.len();
    let mut sums = format!("{}: {whole} had whole", counted(all, "source"));
    if ledger.without_address() > 0 {
        sums.push_str(&format!(", {} without an address", ledger.without_address()));
    }
    wrap(&mut out, &sums, look.width, "", "  ");
    if !ledger.unfinished.is_empty() {
        wrap(&mut out, "the time was over: run this again to go on where it stopped", look.width, "", "  ");
    }
    out
}

fn source(out: &mut String, entry: &Entry, look: &Look) {
    let code = entry.ods.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let kept = entry.pages.iter().filter(|p| p.outcome.is_kept()).count();
    let count = if kept > 0 { format!(": {}", counted(kept, "page")) } else { String::new() };
    let name = paint(look.color, BOLD, &clean(&entry.name));
    let _ = writeln!(out, "{:14}{name}{code}{count}", words(entry.outcome));
    let mut line = |words: &str| wrap(out, &clean(words), look.width, MARGIN, "                ");
    if let Some(notice) = &entry.notice {
        line(notice);
    }
    if let Some(reason) = &entry.reason {
        line(reason);
    }
    // The first page's reason is that of the whole.
    for page in entry.pages.iter().filter(|p| p.reason.is_some() && p.reason != entry.reason) {
        line(&format!("{}: {}: {}", words(page.outcome), page.address, page.reason.as_deref().unwrap_or("")));
    }
    // One step is no search: the notice was looked for where the list has it.
    if !look.quiet && entry.trace.len() > 1 {
        for step in &entry.trace {
            let mut found = String::new();
            wrap(&mut found, &clean(&format!("looked at {step}")), look.width, MARGIN, "                ");
            out.push_str(&paint(look.color, DIM, &found));
        }
    }
}

fn words(outcome: Outcome) -> String {
    outcome.name().replace('-', " ")
}

fn render_json(ledger: &Ledger, _: &Look) -> String {
    let pages: serde_json::Map<String, serde_json::Value> =
        Outcome::ALL.iter().map(|o| (o.name().replace('-', "_"), ledger.pages(*o).into())).collect();
    json::pretty(&serde_json::json!({
        "schema": "fairnotice/ledger/1",
        "resumed": ledger.resumed.map(|t| t.to_string()),
        "sources": ledger.entries,
        "unfinished": ledger.unfinished,
        "pages": pages,
        "without_address": ledger.without_address(),
        "whole": ledger.is_whole(),
    }))
}
