//! What the registers and the other notices say: which files were compared with, and what came of it.

use super::super::Report;
use super::super::registers::editions;
use super::super::words::bodies;
use super::{anchor, said, scrolling};
use crate::report::{RulePage, counted};
use maud::{Markup, html};

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    let editions = editions(report.material.registers);
    let checks: Vec<_> = report.checks.iter().filter(|c| c.rule.id.starts_with("corpus/")).collect();
    Some(html! {
        p { "What only shows between notices, or against an official register. Each finding shows both sides." }
        @if editions.is_empty() {
            p { "No register was at hand: nothing was compared with one. " code { "fairnotice register import" } " brings one into a corpus." }
        } @else {
            (scrolling("Registers", &html! {
                table {
                    thead { tr { th scope="col" { "Register" } th scope="col" { "State of" } th scope="col" { "File" } th.n scope="col" { "Rows" } } }
                    tbody {
                        @for edition in &editions {
                            tr {
                                th scope="row" { (edition.kind.title()) }
                                td { (super::super::in_words(edition.date)) }
                                td.id { (said(edition.file)) }
                                td.n { (edition.rows) }
                            }
                        }
                    }
                }
            }))
        }
        @if checks.is_empty() { p { "Nothing was found between notices." } }
        ul.plain {
            @for check in checks {
                li {
                    a.code href=(format!("#rule-{}", anchor(check.rule.id))) { (check.rule.id) } ": "
                    (counted(check.tally.total(), "finding")) " at " (bodies(check.bodies.len())) ". "
                    span.soft { (RulePage::of(check.rule).summary()) }
                }
            }
        }
    })
}
