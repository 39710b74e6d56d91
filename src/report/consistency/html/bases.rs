//! Bases by purpose: what bodies rely on for the same thing, and who stands apart.

use super::super::Report;
use super::super::bases::Purpose;
use super::super::words::{self, basis};
use super::{anchor, names, said, scrolling};
use maud::{Markup, html};

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    if report.bases.by_purpose.is_empty() {
        return None;
    }
    let apart = report.bases.by_purpose.values().any(|p| p.by_basis.keys().any(|basis| p.is_outlier(basis)));
    Some(html! {
        p { "How many bodies state which basis in the section, row or item about a purpose. A body can state several." }
        @if apart {
            ul.legend {
                li { span.badge.warning { "◆" } "stands apart: no other body gives it for the purpose (" a.code href="#rule-corpus-basis-outlier" { "corpus/basis-outlier" } ")" }
            }
        }
        (scrolling("Bases by purpose", &table(report)))
        h3 { "Who relies on what" }
        @for (id, purpose) in &report.bases.by_purpose { (list(report, id, purpose)) }
    })
}

fn table(report: &Report<'_>) -> Markup {
    let columns = &report.bases.columns;
    let mut laws: Vec<(&str, usize)> = Vec::new();
    for column in columns {
        match laws.last_mut() {
            Some((last, times)) if *last == law(column) => *times += 1,
            _ => laws.push((law(column), 1)),
        }
    }
    let edge = |at: usize| at == 0 || law(&columns[at - 1]) != law(&columns[at]);
    html! {
        table.bases {
            thead {
                tr {
                    td {} td {}
                    @for (law, times) in laws { th.edge scope="colgroup" colspan=(times) { (law) } }
                }
                tr {
                    th scope="col" { "Purpose" } th scope="col" { "Bodies" }
                    @for (at, column) in columns.iter().enumerate() {
                        th.edge[edge(at)] scope="col" { (said(&within(column))) }
                    }
                }
            }
            tbody {
                @for (id, purpose) in &report.bases.by_purpose {
                    tr {
                        th scope="row" { a href=(format!("#purpose-{id}")) { (said(report.purpose(id))) } }
                        td { (purpose.bodies.len()) }
                        @for (at, column) in columns.iter().enumerate() { td.edge[edge(at)] { (cell(id, purpose, column)) } }
                    }
                }
            }
        }
    }
}

/// The law that a basis stands in.
fn law(basis: &str) -> &'static str {
    match basis.split_once(':') {
        Some(("uk-gdpr", article)) if article.starts_with('9') => "Article 9",
        Some(("uk-gdpr", article)) if article.starts_with("10") => "Article 10",
        Some(("uk-gdpr", _)) => "UK GDPR Article 6",
        Some(("dpa-2018", _)) => "DPA 2018",
        Some(("dpa-1998", _)) => "DPA 1998",
        _ => "Duty of confidentiality",
    }
}

/// What a basis is called under the name of its law.
fn within(value: &str) -> String {
    match value.split_once(':') {
        Some(("uk-gdpr", article)) => article.to_owned(),
        Some((_, schedule)) => schedule.replace("sch", "Sch. ").replace(':', "/"),
        None => basis(value),
    }
}

fn cell(id: &str, purpose: &Purpose, column: &str) -> Markup {
    let Some(relying) = purpose.by_basis.get(column) else { return html! {} };
    let apart = purpose.is_outlier(column);
    let what = format!("{}: {}", basis(column), words::bodies(relying.len()));
    html! {
        a.apart[apart] href=(format!("#basis-{id}-{}", plain(column))) title=(what) aria-label=(what) {
            (relying.len()) @if apart { " ◆" }
        }
    }
}

/// A basis as part of an anchor.
fn plain(basis: &str) -> String {
    anchor(basis).replace([':', '(', ')'], "-")
}

fn list(report: &Report<'_>, id: &str, purpose: &Purpose) -> Markup {
    html! {
        details id=(format!("purpose-{id}")) {
            summary { (said(report.purpose(id))) " " span.soft { (words::bodies(purpose.bodies.len())) } }
            div.inner {
                dl.facts {
                    @for (value, relying) in &purpose.by_basis {
                        dt id=(format!("basis-{id}-{}", plain(value))) {
                            (said(&basis(value))) " (" (relying.len()) ")"
                            @if purpose.is_outlier(value) { " " span.badge.warning { "◆ stands apart" } }
                        }
                        dd {
                            (names(report, relying.iter()))
                        }
                    }
                }
            }
        }
    }
}
