//! Bodies against checks: who has what, at a glance, and a link to each body's page.

use super::super::{Check, Report, Tally};
use super::{From, anchor, long_table, said, scrolling, sign, to_body};
use crate::model::{NoticeKind, Severity};
use crate::report::RulePage;
use maud::{Markup, html};

/// Bodies in the matrix; the table of bodies has all of them.
const BODIES: usize = 120;

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    let mut shown: Vec<usize> = (0..report.bodies.len()).collect();
    if shown.len() > BODIES {
        shown.sort_by_key(|b| report.bodies[*b].tally.weight());
        shown.truncate(BODIES);
    }
    if shown.is_empty() {
        return Some(html! { p { "None of the documents is a privacy notice." } });
    }
    Some(html! {
        p { "A row is a body, a column a check that found something. A sign leads to the findings. Where the table is wider than the window it scrolls sideways." }
        ul.legend {
            @for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                li { span class=(format!("badge {}", severity.name())) { (sign(severity)) } (severity.name()) }
            }
            li { span.badge.none { "–" } "not judged: only pages of a layered notice" }
            li { "A number: so many findings. An empty cell: nothing found." }
        }
        @if shown.len() < report.bodies.len() {
            p.small { "The " (shown.len()) " bodies with the gravest findings of " (report.bodies.len()) "; the table below has all." }
        }
        @if !report.checks.is_empty() { (scrolling("Bodies and checks", &matrix(report, &shown))) }
        h3 { "All bodies" }
        (bodies(report))
    })
}

fn matrix(report: &Report<'_>, shown: &[usize]) -> Markup {
    let mut families: Vec<(&str, usize)> = Vec::new();
    for check in &report.checks {
        let family = family(check);
        match families.last_mut() {
            Some((last, columns)) if *last == family => *columns += 1,
            _ => families.push((family, 1)),
        }
    }
    html! {
        table.matrix {
            thead {
                tr {
                    td {}
                    @for (family, columns) in &families { th.family scope="colgroup" colspan=(columns) { (family) } }
                }
                tr {
                    td {}
                    @for (at, check) in report.checks.iter().enumerate() {
                        th.rule.first[first(report, at)] scope="col" {
                            a href=(format!("#rule-{}", anchor(check.rule.id))) title=(RulePage::of(check.rule).summary()) {
                                (check.rule.id.split('/').nth(1).unwrap_or(check.rule.id))
                            }
                        }
                    }
                }
            }
            tbody {
                @for body in shown {
                    tr {
                        th scope="row" { a href=(to_body(report, *body, From::Report)) { (said(report.bodies[*body].name)) } }
                        @for at in 0..report.checks.len() { (cell(report, *body, at)) }
                    }
                }
            }
        }
    }
}

fn family(check: &Check) -> &'static str {
    check.rule.id.split('/').next().unwrap_or("")
}

/// Whether a column is the first of its family.
fn first(report: &Report<'_>, at: usize) -> bool {
    at == 0 || family(&report.checks[at - 1]) != family(&report.checks[at])
}

fn cell(report: &Report<'_>, body: usize, at: usize) -> Markup {
    let (rule, edge) = (report.checks[at].rule, first(report, at));
    let tally = report.bodies[body].by_rule.get(rule.id).copied().unwrap_or_default();
    let Some(severity) = tally.gravest() else {
        let silent = silence(family(&report.checks[at])) && only_parts(report, body);
        return html! { td.off.first[edge] { @if silent { span aria-hidden="true" { "–" } span.away { "not judged" } } } };
    };
    let label = format!("{}: {}", rule.id, told(tally));
    html! {
        td.first[edge] {
            a class=(format!("cell-{}", severity.name())) href=(format!("{}#r-{}", to_body(report, body, From::Report), anchor(rule.id)))
                aria-label=(label) title=(label) {
                (sign(severity)) @if tally.total() > 1 { span { (tally.total()) } }
            }
        }
    }
}

/// Whether a family of rules is about what a notice leaves out.
fn silence(family: &str) -> bool {
    matches!(family, "missing" | "unnamed")
}

fn only_parts(report: &Report<'_>, body: usize) -> bool {
    report.bodies[body].notices.iter().all(|n| report.material.run.analyses[*n].kind == NoticeKind::NoticePart)
}

/// `1 error, 2 infos`.
pub(super) fn told(tally: Tally) -> String {
    let counts = [(tally.error, "error"), (tally.warning, "warning"), (tally.info, "info")];
    let counts: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| crate::report::counted(*n, what)).collect();
    counts.join(", ")
}

fn bodies(report: &Report<'_>) -> Markup {
    let row = |number: usize| {
        let body = &report.bodies[number];
        let page = to_body(report, number, From::Report);
        let count = |n: usize, severity: Severity| {
            html! { td.n { @if n > 0 { a href=(format!("{page}#s-{}", severity.name())) { (n) } } @else { "0" } } }
        };
        let row = html! {
            th scope="row" { a href=(page) { (said(body.name)) } }
            td { (body.ods.unwrap_or("")) }
            td.n { (body.notices.len()) }
            (count(body.tally.error, Severity::Error))
            (count(body.tally.warning, Severity::Warning))
            (count(body.tally.info, Severity::Info))
            td {
                @if let Some(ended) = &body.ended {
                    "ended " (super::super::in_words(ended.on))
                    @if !ended.successors.is_empty() { "; now " (ended.successors.join(", ")) }
                }
            }
        };
        (body.name, row)
    };
    let head = html! {
        th scope="col" { "Body" } th scope="col" { "ODS" } th.n scope="col" { "Notices" } th.n scope="col" { "Errors" }
        th.n scope="col" { "Warnings" } th.n scope="col" { "Infos" } th scope="col" { "Standing" }
    };
    long_table("all-bodies", "All bodies", &head, (0..report.bodies.len()).map(row).collect())
}
