//! One finding in full: what is wrong, the passage with its words marked, where it stands, since when, and the cure.

use super::super::Report;
use super::super::passage::{Passage, Side, passage as around, place_of, sides};
use super::super::words::{short, standing};
use super::{From, badge, heading, said, to_body};
use crate::model::Span;
use crate::pipeline::Analysis;
use crate::report::counted;
use maud::{Markup, html};

/// Passages shown of a finding about two places that disagree, and of any other.
const SIDES: usize = 4;
const PASSAGES: usize = 2;

/// Further places named.
const NAMED: usize = 12;

/// A finding; `whose` says whether to name the body.
pub(super) fn card(report: &Report<'_>, number: usize, from: From, whose: bool) -> Markup {
    let found = &report.findings[number];
    let (finding, a) = (found.finding, &report.material.run.analyses[found.notice]);
    let (shown, others) = found.places(a, SIDES, PASSAGES);
    html! {
        div class=(format!("finding {}", finding.severity.name())) id=(format!("f{number}")) {
            h4 { (badge(finding.severity)) " " (said(&heading(&finding.message))) }
            @if whose {
                p.small { a href=(to_body(report, found.body, from)) { (said(report.bodies[found.body].name)) } }
            }
            @if shown.is_empty() {
                p.small.soft { "Nothing to quote: it is not there. " span.id { (said(&a.source)) } (captured(report, &a.source, &a.sha256)) }
            }
            @for span in shown { (passage(report, &around(a, span))) }
            @if !others.is_empty() { p.small.soft { (more(a, &others)) } }
            @for side in sides(report, found) { (other_side(report, &side, from)) }
            @if !finding.help.is_empty() { p { b { "Cure: " } (said(&finding.help)) } }
            p.small.soft { (standing(finding, found.timing)) }
        }
    }
}

/// What the notice was compared with: words of another document, or a row of a register.
fn other_side(report: &Report<'_>, side: &Side<'_>, from: From) -> Markup {
    match side {
        Side::Document(number, passages) => html! {
            p.small {
                "Compared with "
                @match report.body_of[*number] {
                    Some(body) => a href=(to_body(report, body, from)) { (said(report.bodies[body].name)) },
                    None => span.id { (said(&report.material.run.analyses[*number].source)) },
                }
                ":"
            }
            @for side in passages.iter().take(PASSAGES) { (passage(report, side)) }
        },
        Side::Register(row) => html! {
            p.small { "Compared with the register:" }
            blockquote {
                @for (column, value) in &row.cells { b { (said(column)) ": " } (said(value)) "\n" }
                cite { (said(&place_of(row))) }
            }
        },
    }
}

fn passage(report: &Report<'_>, place: &Passage<'_>) -> Markup {
    html! {
        blockquote {
            (said(&place.before)) mark { (said(&place.quote)) } (said(&place.after))
            cite {
                span.id { (said(&place.at.part.source)) } ", " (place.at.within())
                (captured(report, &place.at.part.source, &place.at.part.sha256))
            }
        }
    }
}

/// When and in which state a document was captured.
fn captured(report: &Report<'_>, source: &str, sha256: &str) -> Markup {
    html! {
        @if let Some(instant) = report.captured(source) { "; captured " (instant) }
        "; SHA-256 " span.code { (short(sha256)) } "…"
    }
}

fn more(a: &Analysis, others: &[Span]) -> String {
    let mut places: Vec<String> = others.iter().map(|span| a.place(span.start).within()).collect();
    places.dedup();
    let rest = if places.len() > NAMED { ", …" } else { "" };
    places.truncate(NAMED);
    format!("and {}: {}{rest}", counted(others.len(), "more place"), places.join(", "))
}
