//! The ledger: every document and what became of it.

use super::super::Report;
use super::super::ledger::{Entry, Status};
use super::super::words::short;
use super::charts::stacked;
use super::{From, long_table, said, to_body};
use maud::{Markup, html};

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    let count = |status: Status| report.ledger.iter().filter(|e| e.status == status).count();
    let counts: Vec<(Status, usize)> = Status::ALL.iter().map(|s| (*s, count(*s))).filter(|(_, n)| *n > 0).collect();
    let share = |n: usize| n as f64 * 100.0 / report.ledger.len().max(1) as f64;
    let shares: Vec<(f64, &str)> = counts.iter().map(|(status, n)| (share(*n), fill(*status))).collect();
    let head = html! {
        th scope="col" { "Document" } th scope="col" { "What became of it" } th scope="col" { "Body" } th.n scope="col" { "Words" }
        th scope="col" { "Captured" } th scope="col" { "SHA-256" }
    };
    Some(html! {
        p { "What was looked at, and what of it was judged." }
        (stacked(&shares))
        ul.legend {
            @for (status, n) in &counts { li { span class=(format!("badge {}", tint(*status))) { (n) } (status.words()) ": " (status.meaning()) } }
        }
        @let set_aside = rows(report, |s| !matches!(s, Status::Judged | Status::Part));
        @if !set_aside.is_empty() {
            h3 { "Not judged, or not wholly" }
            (long_table("set-aside", "Documents not wholly judged", &head, set_aside))
        }
        h3 { "Judged" }
        (long_table("judged", "Documents judged", &head, rows(report, |s| matches!(s, Status::Judged | Status::Part))))
    })
}

fn fill(status: Status) -> &'static str {
    match status {
        Status::Judged => "f-good",
        Status::Part => "f-info",
        Status::Cut | Status::Thin => "f-warning",
        Status::Register | Status::Other => "f-none",
        Status::Unreadable => "f-error",
    }
}

fn tint(status: Status) -> &'static str {
    match status {
        Status::Judged => "good",
        Status::Part => "info",
        Status::Cut | Status::Thin => "warning",
        Status::Register | Status::Other => "none",
        Status::Unreadable => "error",
    }
}

fn rows<'r>(report: &'r Report<'_>, which: fn(Status) -> bool) -> Vec<(&'r str, Markup)> {
    report.ledger.iter().filter(|e| which(e.status)).map(|entry| (entry.source, row(report, entry))).collect()
}

fn row(report: &Report<'_>, entry: &Entry<'_>) -> Markup {
    html! {
        th.id scope="row" { (address(entry.source)) }
        td {
            span class=(format!("badge {}", tint(entry.status))) { (entry.status.words()) }
            @for problem in &entry.problems { br; span.small { (said(problem)) } }
        }
        td { @if let Some(body) = entry.body { a href=(to_body(report, body, From::Report)) { (said(report.bodies[body].name)) } } }
        td.n { @if entry.words > 0 { (entry.words) } }
        td { (entry.captured.unwrap_or("")) }
        td { @if !entry.sha256.is_empty() { span.code title=(entry.sha256) { (short(entry.sha256)) "…" } } }
    }
}

/// A document's name; a link only where it is an address on the web.
pub(super) fn address(source: &str) -> Markup {
    let web = source.starts_with("https://") || source.starts_with("http://");
    html! { @if web { a href=(source) rel="noreferrer" { (said(source)) } } @else { (said(source)) } }
}
