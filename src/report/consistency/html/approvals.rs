//! Section 251 approvals that notices cite, drawn against what is known of their end.

use super::super::Report;
use super::super::approvals::{Approval, Standing};
use super::super::passage::place_of;
use super::super::words;
use super::charts::{TimeLine, label, number};
use super::{long_table, names, said};
use crate::model::{Day, PartialDate};
use maud::{Markup, html};

const WIDTH: f64 = 1000.0;
const ROW: f64 = 26.0;

/// Approvals drawn; the table has all.
const DRAWN: usize = 40;

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    if report.approvals.is_empty() {
        return None;
    }
    Some(html! {
        p {
            "From the year of its reference to its end, where one is known, or to the register that has it as over. An approval cited after its end supports nothing. "
            (source(report))
        }
        div.scroll.chart role="region" aria-label="Approvals on a time line" tabindex="0" { (drawing(report)) }
        ul.legend {
            li { span.badge.good { "━▶" } "in the register as supported, or no end known" }
            li { span.badge.error { "━■" } "expired or replaced" }
            li { span.badge.none { "?" } "not known" }
        }
        (list(report))
    })
}

/// What the standings rest on.
fn source(report: &Report<'_>) -> String {
    let known = "what the program's own dictionary knows of approvals";
    match crate::model::in_force(&report.material.registers.cag, report.day) {
        Some(edition) => format!(
            "They rest on the Confidentiality Advisory Group's register of {}; where it has no row, on {known}.",
            super::super::in_words(edition.date)
        ),
        None => format!("No register was imported; the standings rest on {known}."),
    }
}

fn drawing(report: &Report<'_>) -> Markup {
    let shown = &report.approvals[..report.approvals.len().min(DRAWN)];
    let start = |a: &Approval<'_>| a.year().and_then(|year| Day::new(year, 1, 1).ok());
    let mut days: Vec<Day> = shown.iter().filter_map(start).collect();
    days.push(report.day);
    let line = TimeLine::new(&days, 200.0, WIDTH);
    let height = 26.0 + shown.len() as f64 * ROW;
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {}", number(height + 22.0))) role="img" aria-label="Approvals from the year of their reference to their end; the table below has the same" {
            (line.years(height))
            @for (at, approval) in shown.iter().enumerate() {
                @let y = 22.0 + ROW * (at as f64 + 0.65);
                @let from = start(approval).map_or(line.x(report.day), |day| line.x(day));
                text x="0" y=(number(y + 4.0)) { (label(approval.reference)) }
                (mark(report, approval, &line, from, y))
            }
            (line.today(report.day, height))
        }
    }
}

fn mark(report: &Report<'_>, approval: &Approval<'_>, line: &TimeLine, from: f64, y: f64) -> Markup {
    let text = words::bodies(approval.bodies.len());
    let (x1, y_words) = (number(from), number(y + 4.0));
    let y = number(y);
    match approval.standing(report.day) {
        Standing::Ended(_) | Standing::Over(..) => {
            let end = line.x(last(approval.standing(report.day), report.day));
            html! {
                line.s-error x1=(x1) y1=(y) x2=(number(end)) y2=(y) stroke-width="5" {}
                path.f-error d=(format!("M{} {y}m-6 -6h12v12h-12z", number(end))) {}
                text.soft x=(number(end + 12.0)) y=(y_words) { (text) }
            }
        }
        Standing::Running | Standing::Listed(..) => {
            let end = line.x(report.day);
            html! {
                line.s-good x1=(x1) y1=(y) x2=(number(end)) y2=(y) stroke-width="5" {}
                path.f-good d=(format!("M{} {y}m0 -7l11 7l-11 7z", number(end))) {}
                text.soft x=(number(end - 8.0)) y=(number(y_words.parse::<f64>().unwrap_or(0.0) - 8.0)) text-anchor="end" { (text) }
            }
        }
        Standing::Unknown => html! {
            circle.f-hollow cx=(x1) cy=(y) r="6" {}
            text.soft x=(number(from + 12.0)) y=(y_words) { "? " (text) }
        },
    }
}

/// The last day that is drawn: of one that is over, the day from which that is known.
fn last(standing: Standing<'_>, day: Day) -> Day {
    match standing {
        Standing::Ended(until) => PartialDate::first(until),
        Standing::Over(_, of) => of,
        Standing::Listed(..) | Standing::Running | Standing::Unknown => day,
    }
}

fn list(report: &Report<'_>) -> Markup {
    let rows = report.approvals.iter().map(|approval| {
        let standing = approval.standing(report.day);
        let tint = match standing {
            Standing::Unknown => "none",
            over if over.is_over() => "error",
            _ => "good",
        };
        let row = html! {
            th.whole scope="row" { (said(approval.reference)) }
            td { (said(approval.title().unwrap_or(""))) }
            td {
                span class=(format!("badge {tint}")) { (said(&standing.words())) }
                @if let Some((edition, row)) = approval.row {
                    @if !row.next_review.is_empty() { " " span.soft { "next review " (said(&row.next_review)) } }
                    " " span.small.soft { (said(&place_of(&edition.row(row)))) }
                }
            }
            td {
                (names(report, approval.bodies.keys()))
            }
        };
        (approval.reference, row)
    });
    let head = html! { th scope="col" { "Approval" } th scope="col" { "For" } th scope="col" { "Standing" } th scope="col" { "Cited by" } };
    long_table("all-approvals", "Approvals", &head, rows.collect())
}
