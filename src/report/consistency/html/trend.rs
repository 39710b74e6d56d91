//! What has changed since an earlier report, body by body.

use super::super::trend::Change;
use super::super::{Report, words};
use super::charts::number;
use super::{From, said, to_body, to_finding};
use maud::{Markup, html};

/// Findings of a body named here; its page has them all.
const NAMED: usize = 40;

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    let trend = report.trend.as_ref()?;
    let (new, cured, remaining) = trend.totals();
    let most = trend.bodies.iter().map(|c| c.new.len().max(c.cured.len())).max().unwrap_or(1);
    Some(html! {
        p { "Against the report as of " (said(trend.as_of)) ". A finding is the same while its rule, its words and its heading are." }
        ul.legend {
            li { span.badge.error { "▲ " (new) } "new" }
            li { span.badge.good { "▼ " (cured) } "cured" }
            li { span.badge.none { (remaining) } "remaining" }
        }
        @if new + cured == 0 { p { "Nothing has changed." } }
        @for change in trend.bodies.iter().filter(|c| !c.new.is_empty() || !c.cured.is_empty()) { (body(report, change, most)) }
        @let same = trend.bodies.iter().filter(|c| c.new.is_empty() && c.cured.is_empty()).count();
        @if same > 0 { p.small.soft { "Unchanged: " (words::bodies(same)) "." } }
    })
}

fn body(report: &Report<'_>, change: &Change<'_>, most: usize) -> Markup {
    let share = |n: usize| n as f64 * 50.0 / most.max(1) as f64;
    html! {
        details {
            summary {
                (said(change.name)) " "
                span.badge.error { "▲ " (change.new.len()) } " " span.badge.good { "▼ " (change.cured.len()) } " "
                span.soft { (change.remaining) " remaining" @if change.body.is_none() { "; no notice any more" } }
                span.trend { (diverging(share(change.new.len()), share(change.cured.len()))) }
            }
            div.inner {
                @if let Some(number) = change.body { p { a href=(to_body(report, number, From::Report)) { "All findings of this body" } } }
                ul.plain {
                    @for number in change.new.iter().take(NAMED) {
                        @let finding = report.findings[*number].finding;
                        li { span.badge.error { "▲ new" } " " a href=(to_finding(report, *number, From::Report)) { (finding.rule.id) } ": " (said(&finding.message)) }
                    }
                    @for cured in change.cured.iter().take(NAMED) {
                        li { span.badge.good { "▼ cured" } " " span.code { (said(cured.rule)) } ": " (said(cured.message)) }
                    }
                    @let rest = change.new.len().saturating_sub(NAMED) + change.cured.len().saturating_sub(NAMED);
                    @if rest > 0 { li { "and " (rest) " more, in report.json" } }
                }
            }
        }
    }
}

/// New to the left of the middle, cured to the right of it.
fn diverging(new: f64, cured: f64) -> Markup {
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.f-error x=(number(50.0 - new)) y="0" width=(number(new)) height="8" {}
            rect.f-good x="50" y="0" width=(number(cured)) height="8" {}
        }
    }
}
