//! The head of the report, and how to read it.

use super::super::found::Timing;
use super::super::ledger::Status;
use super::super::{Report, Tally};
use super::{badge, said};
use crate::model::Severity;
use maud::{Markup, html};

/// Title, the report in sentences, and the counts, each of which leads to its list.
pub(super) fn top(report: &Report<'_>) -> Markup {
    let tally = Tally::of(&report.findings);
    let tiles = [
        ("bodies", "bodies", report.bodies.len(), ""),
        ("ages", "notices judged", report.judged_notices(), ""),
        ("severity-error", "errors", tally.error, "error"),
        ("severity-warning", "warnings", tally.warning, "warning"),
        ("severity-info", "infos", tally.info, "info"),
        ("ledger", "documents not judged", report.ledger.len() - report.judged_notices(), ""),
    ];
    html! {
        header.top {
            p.over { "Consistency report" }
            h1 { "Privacy notices: " (report.subject()) ", " (report.judged()) }
            ul.plain { @for sentence in report.sentences() { li { (said(&sentence)) } } }
        }
        ul.tiles {
            @for (to, what, count, class) in tiles {
                li class=(class) { a href=(format!("#{to}")) { b { (count) } span { (what) } } }
            }
        }
    }
}

/// What signs and words mean, and what the report does not say.
pub(super) fn how_to_read(report: &Report<'_>) -> Option<Markup> {
    let severities = [
        (Severity::Error, "to be put right now"),
        (Severity::Warning, "to be put right at the next edit"),
        (Severity::Info, "worth knowing"),
    ];
    Some(html! {
        p { "A finding is one thing that is wrong in one notice. It rests on words of the notice, which are shown with the passage around them, or on their absence." }
        dl.facts {
            @for (severity, meaning) in severities { dt { (badge(severity)) } dd { (meaning) } }
            dt { "already so" } dd { "A finding was " (Timing::AtReview.words()) ": whoever reviewed it could have seen it." }
            dt { "since then" } dd { "It " (Timing::Since.words()) ": a law or a body changed. Where a notice gives no review date this cannot be told." }
            @for status in Status::ALL {
                @if report.ledger.iter().any(|e| e.status == status) { dt { (status.words()) } dd { (status.meaning()) } }
            }
        }
        p { "A body is the controller that a notice names. A notice that names several counts for the one it names most often. Anything missing is found only in notices that were read whole and are no page of a larger one." }
    })
}
