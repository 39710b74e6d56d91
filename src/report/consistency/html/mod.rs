//! The report as pages: `report.html`, one file with its style and script in it, and a page per body under `pages/`.
//!
//! In comes the report; out come pages that need no network. Whatever a notice says is escaped by the compiler's own
//! check and freed of characters that turn the direction of writing; the pages allow no script but the one in them.

mod ages;
mod approvals;
mod bases;
mod body;
mod cards;
mod charts;
mod ledger;
mod matrix;
mod overview;
mod processors;
mod registers;
mod rules;
mod trend;

pub(super) use body::page as body_page;

use super::Report;
use crate::model::Severity;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Findings told in full in `report.html`. Of more, the pages of the bodies tell them, and the lists here lead there.
const IN_FULL: usize = 1500;

/// Rows of a list that stand open; more are folded, so many to a fold.
const OPEN: usize = 60;

/// Where a page lies, for its links.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// `report.html`.
    Report,
    /// A page under `pages/`.
    Page,
}

/// Writes `report.html`.
pub(super) fn report_page(report: &Report<'_>) -> String {
    let sections = [
        ("bodies", "Bodies and checks", matrix::section(report)),
        ("rules", "Findings by rule", rules::overview(report)),
        ("trend", "Since the last report", trend::section(report)),
        ("ages", "Age of notices", ages::section(report)),
        ("bases", "Bases by purpose", bases::section(report)),
        ("processors", "Processors", processors::section(report)),
        ("approvals", "Section 251 approvals", approvals::section(report)),
        ("registers", "Between notices and registers", registers::section(report)),
        ("ledger", "Ledger of documents", ledger::section(report)),
        ("findings", "All findings", rules::lists(report)),
        ("reading", "How to read this", overview::how_to_read(report)),
    ];
    let sections = sections.into_iter().filter_map(|(id, name, content)| Some((id, name, content?)));
    let sections: Vec<(&str, &str, Markup)> = sections.collect();
    let contents = html! {
        @for (id, name, _) in &sections { li { a href=(format!("#{id}")) { (name) } } }
    };
    let main = html! {
        (overview::top(report))
        @for (id, name, content) in sections {
            section id=(id) aria-labelledby=(format!("h-{id}")) { h2 id=(format!("h-{id}")) { (name) } (content) }
        }
        (footer(report))
    };
    page(&format!("Consistency report: {}", report.subject()), &contents, &main)
}

/// A whole page.
fn page(title: &str, contents: &Markup, main: &Markup) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(STYLE.as_bytes())),
        base64(&Sha256::digest(SCRIPT.as_bytes()))
    );
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                (head(&policy))
                title { (said(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                nav.contents aria-label="Contents" { strong { "Contents" } ol { (contents) } }
                main id="main" { (main) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// What the head of every page of ours says: what made it, and what it may do.
pub(super) fn head(policy: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(policy);
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="generator" content=(format!("fairnotice {}", env!("CARGO_PKG_VERSION")));
        meta name="referrer" content="no-referrer";
    }
}

fn footer(report: &Report<'_>) -> Markup {
    html! {
        footer {
            p {
                "Made by fairnotice " (env!("CARGO_PKG_VERSION")) " with the dictionaries "
                span.code.id { (report.material.run.dictionaries) }
                ". The words are those of the notices; the findings are those of a program, and each says on what it rests."
            }
        }
    }
}

/// Words of a notice as a page may show them: escaping is the page's, this frees them of what turns the writing.
fn said(words: &str) -> std::borrow::Cow<'_, str> {
    crate::report::terminal::clean_lines(words)
}

/// The sign of a severity: its form tells as much as its colour.
fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "●",
        Severity::Warning => "▲",
        Severity::Info => "○",
    }
}

fn badge(severity: Severity) -> Markup {
    html! { span class=(format!("badge {}", severity.name())) { (sign(severity)) " " (severity.name()) } }
}

/// A message as a heading: it begins with a capital.
pub(super) fn heading(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Bodies named in a row; of more, the row says how many, and the workbook has them.
const NAMED: usize = 40;

/// Links to bodies, as many as a reader takes in.
fn names<'b>(report: &Report<'_>, bodies: impl ExactSizeIterator<Item = &'b usize>) -> Markup {
    let rest = bodies.len().saturating_sub(NAMED);
    html! {
        @for (at, body) in bodies.take(NAMED).enumerate() {
            @if at > 0 { ", " }
            a href=(to_body(report, *body, From::Report)) { (said(report.bodies[*body].name)) }
        }
        @if rest > 0 { span.soft { " and " (rest) " more, in report.xlsx" } }
    }
}

/// A rule's id as part of an anchor.
fn anchor(rule: &str) -> String {
    rule.replace('/', "-")
}

/// The page of a body.
fn to_body(report: &Report<'_>, body: usize, from: From) -> String {
    let id = &report.bodies[body].id;
    if from == From::Report { format!("pages/{id}.html") } else { format!("{id}.html") }
}

/// The place where a finding is told in full.
fn to_finding(report: &Report<'_>, number: usize, from: From) -> String {
    if from == From::Report && report.findings.len() <= IN_FULL {
        return format!("#f{number}");
    }
    format!("{}#f{number}", to_body(report, report.findings[number].body, from))
}

/// A table that scrolls by itself where the page is narrower.
fn scrolling(label: &str, table: &Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (table) } }
}

/// A table of rows; a long one is folded in parts, with a box that filters it where scripts run.
fn long_table(id: &str, label: &str, head: &Markup, rows: Vec<(&str, Markup)>) -> Markup {
    let table = |rows: &[(&str, Markup)]| {
        scrolling(label, &html! { table { thead { tr { (head) } } tbody { @for (_, row) in rows { tr { (row) } } } } })
    };
    if rows.len() <= OPEN {
        return html! { div id=(id) { (table(&rows)) } };
    }
    let of = |part: &[(&str, Markup)]| {
        let name = |row: Option<&(&str, Markup)>| row.map_or(String::new(), |(name, _)| said(name).into_owned());
        format!("{} to {}", name(part.first()), name(part.last()))
    };
    html! {
        p.filter { label { "Show only rows with " input type="search" aria-controls=(id); } }
        div id=(id) {
            @for (at, part) in rows.chunks(OPEN * 4).enumerate() {
                details open[at == 0] {
                    summary { (at * OPEN * 4 + 1) "–" (at * OPEN * 4 + part.len()) ": " (of(part)) }
                    (table(part))
                }
            }
        }
    }
}

/// Base64 with padding, as the policy of a page wants its hashes.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = char::from(LETTERS[(group >> (18 - 6 * at) & 63) as usize]);
            out.push(if at <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_padded() {
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE=");
        assert_eq!(base64(b"M"), "TQ==");
    }
}
