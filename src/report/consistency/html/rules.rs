//! Findings by rule: how many at how many, and the list behind every number.

use super::super::{Check, Report, words};
use super::cards::card;
use super::charts::bar;
use super::{From, IN_FULL, anchor, badge, long_table, said, scrolling, to_body};
use crate::model::Severity;
use crate::report::{RulePage, counted};
use maud::{Markup, html};
use std::collections::BTreeMap;

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Rules by how many bodies they concern.
pub(super) fn overview(report: &Report<'_>) -> Option<Markup> {
    if report.checks.is_empty() {
        return Some(html! { p { "Nothing was found." } });
    }
    let mut checks: Vec<&Check> = report.checks.iter().collect();
    checks.sort_by_key(|c| (std::cmp::Reverse(c.bodies.len()), c.tally.weight()));
    let most = checks.iter().map(|c| c.tally.total()).max().unwrap_or(1);
    Some(html! {
        p { "The most widespread first. Every number leads to its list." }
        (scrolling("Findings by rule", &html! {
            table {
                thead {
                    tr {
                        th scope="col" { "Rule" } th scope="col" { "Findings" } th.n scope="col" { "Errors" }
                        th.n scope="col" { "Warnings" } th.n scope="col" { "Infos" } th.n scope="col" { "Notices" }
                        th.n scope="col" { "Bodies" }
                    }
                }
                tbody { @for check in checks { (row(check, most)) } }
            }
        }))
    })
}

fn row(check: &Check, most: usize) -> Markup {
    let to = |severity: Severity| format!("#rule-{}-{}", anchor(check.rule.id), severity.name());
    let count = |n: usize, severity: Severity| html! { td.n { @if n > 0 { a href=(to(severity)) { (n) } } } };
    html! {
        tr {
            th scope="row" {
                a.code href=(format!("#rule-{}", anchor(check.rule.id))) { (check.rule.id) }
                br;
                span.soft.small { (RulePage::of(check.rule).summary()) }
            }
            td.bar { (bar(check.tally, most)) }
            (count(check.tally.error, Severity::Error))
            (count(check.tally.warning, Severity::Warning))
            (count(check.tally.info, Severity::Info))
            td.n { a href=(format!("#rule-{}", anchor(check.rule.id))) { (check.notices.len()) } }
            td.n { a href=(format!("#rule-{}", anchor(check.rule.id))) { (check.bodies.len()) } }
        }
    }
}

/// Every finding, by severity and rule.
pub(super) fn lists(report: &Report<'_>) -> Option<Markup> {
    if report.findings.is_empty() {
        return None;
    }
    let in_full = report.findings.len() <= IN_FULL;
    let mut named = std::collections::BTreeSet::new();
    Some(html! {
        @if in_full {
            p { "By severity and rule; open a rule to see each finding with its passage." }
        } @else {
            p { "There are " (report.findings.len()) " findings, too many for one page: each number leads to the body's page, where they stand with their passages." }
        }
        @for severity in SEVERITIES {
            @let of: Vec<(&Check, Vec<usize>)> = of_severity(report, severity);
            @if !of.is_empty() {
                h3 id=(format!("severity-{}", severity.name())) {
                    (badge(severity)) " " (counted(of.iter().map(|(_, f)| f.len()).sum(), "finding"))
                }
                @for (check, findings) in of {
                    @let first = named.insert(check.rule.id);
                    details id=(format!("rule-{}-{}", anchor(check.rule.id), severity.name())) {
                        summary id=[first.then(|| format!("rule-{}", anchor(check.rule.id)))] {
                            span.code { (check.rule.id) } " " span.soft { (counted(findings.len(), "finding")) }
                        }
                        div.inner { (about(check, true)) @if in_full { (cards(report, &findings)) } @else { (by_body(report, check, &findings)) } }
                    }
                }
            }
        }
    })
}

fn of_severity<'r>(report: &'r Report<'_>, severity: Severity) -> Vec<(&'r Check, Vec<usize>)> {
    let with = |check: &'r Check| {
        let of = |n: &usize| report.findings[*n].finding.severity == severity;
        (check, check.findings.iter().copied().filter(of).collect::<Vec<_>>())
    };
    report.checks.iter().map(with).filter(|(_, findings)| !findings.is_empty()).collect()
}

/// Why a rule matters and on what it rests; `finds` says whether to tell what it finds.
pub(super) fn about(check: &Check, finds: bool) -> Markup {
    let page = RulePage::of(check.rule);
    html! {
        @if finds { p { (page.summary()) } }
        @if let Some(why) = page.why() { p { b { "Why it matters: " } (why) } }
        p.small {
            "Source: "
            @for (at, reference) in check.rule.references.iter().enumerate() {
                @if at > 0 { "; " }
                a href=(reference.url) rel="noreferrer" { (reference.title) }
            }
        }
    }
}

fn cards(report: &Report<'_>, findings: &[usize]) -> Markup {
    html! { @for number in findings { (card(report, *number, From::Report, true)) } }
}

/// How many findings of a rule at which body.
fn by_body(report: &Report<'_>, check: &Check, findings: &[usize]) -> Markup {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for number in findings {
        *counts.entry(report.findings[*number].body).or_default() += 1;
    }
    let rows = counts.into_iter().map(|(body, n)| {
        let to = format!("{}#r-{}", to_body(report, body, From::Report), anchor(check.rule.id));
        let name = report.bodies[body].name;
        (name, html! { th scope="row" { (said(name)) } td.n { a href=(to) { (n) } } })
    });
    let head = html! { th scope="col" { "Body" } th.n scope="col" { "Findings" } };
    let severity = report.findings[findings[0]].finding.severity.name();
    html! {
        p.soft.small { "At " (words::bodies(check.bodies.len())) "." }
        (long_table(&format!("list-{}-{severity}", anchor(check.rule.id)), check.rule.id, &head, rows.collect()))
    }
}
