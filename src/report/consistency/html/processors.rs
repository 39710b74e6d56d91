//! Processors: who works on whose data, for what.

use super::super::Tally;
use super::super::processors::Processor;
use super::super::{Report, words};
use super::charts::bar;
use super::{From, NAMED, long_table, said, to_body};
use maud::{Markup, html};

/// Clients that stand open.
const FEW: usize = 3;

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    if report.processors.is_empty() {
        return None;
    }
    let most = report.bodies.len();
    let rows = report.processors.iter().map(|p| (p.name, row(report, p, most))).collect();
    let head = html! {
        th scope="col" { "Processor" } th.n scope="col" { "Bodies" } th scope="col" { "Share of them" } th scope="col" { "For whom, and for what" }
    };
    Some(html! {
        p { "Organisations that notices name as working on data for the controller." }
        (long_table("all-processors", "Processors", &head, rows))
    })
}

fn row(report: &Report<'_>, processor: &Processor<'_>, most: usize) -> Markup {
    let clients = processor.clients.len();
    html! {
        th scope="row" {
            (said(processor.name))
            @if let Some(function) = processor.function { br; span.soft.small { (said(function)) } }
        }
        td.n { (clients) " of " (most) }
        td.bar { (bar(Tally { info: clients, ..Tally::default() }, most)) }
        td {
            @if clients <= FEW { (list(report, processor)) } @else { details { summary { (words::bodies(clients)) } (list(report, processor)) } }
        }
    }
}

/// Who uses a processor, and for what.
fn list(report: &Report<'_>, processor: &Processor<'_>) -> Markup {
    let rest = processor.clients.len().saturating_sub(NAMED);
    html! {
        ul.clients {
            @for (body, purposes) in processor.clients.iter().take(NAMED) {
                li {
                    a href=(to_body(report, *body, From::Report)) { (said(report.bodies[*body].name)) }
                    @if !purposes.is_empty() {
                        ": " (said(&purposes.iter().map(|p| report.purpose(p)).collect::<Vec<_>>().join(", ")))
                    }
                }
            }
            @if rest > 0 { li.soft { "and " (rest) " more, in report.xlsx" } }
        }
    }
}
