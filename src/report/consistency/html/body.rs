//! One page per body: its notices, what they say of themselves, and what was found in them.

use super::super::found::{Timing, reviewed};
use super::super::words::{self, basis};
use super::super::{Body, Report, in_words};
use super::cards::card;
use super::ledger::address;
use super::matrix::told;
use super::rules::about;
use super::{From, anchor, badge, page as whole_page, said};
use crate::model::{Claim, ClaimKind, PartialDate, Severity};
use crate::report::counted;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Findings told in full; of more, the rest is in the tables.
const IN_FULL: usize = 3000;

/// Values named of one kind of claim.
const VALUES: usize = 30;

/// Notices listed.
const NOTICES: usize = 500;

/// Writes the page of a body.
pub(in super::super) fn page(report: &Report<'_>, number: usize) -> String {
    let body = &report.bodies[number];
    let contents = html! {
        li { a href="../report.html" { "← The whole report" } }
        li { a href="#notices" { "Notices" } } li { a href="#says" { "What they say" } }
        @for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            @if has(report, body, severity) { li { a href=(format!("#s-{}", severity.name())) { (name(severity)) } } }
        }
    };
    let main = html! {
        (top(report, body))
        section id="notices" aria-labelledby="h-notices" { h2 id="h-notices" { "Notices" } (notices(report, body)) }
        section id="says" aria-labelledby="h-says" { h2 id="h-says" { "What they say" } (says(report, body)) }
        (findings(report, body))
        (super::footer(report))
    };
    whole_page(&format!("{}: privacy notices", body.name), &contents, &main)
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Info => "Infos",
    }
}

fn has(report: &Report<'_>, body: &Body<'_>, severity: Severity) -> bool {
    report.findings[body.findings.clone()].iter().any(|f| f.finding.severity == severity)
}

fn top(report: &Report<'_>, body: &Body<'_>) -> Markup {
    let timing = |t: Timing| body.timings.get(&t).copied().unwrap_or(0);
    html! {
        header.top {
            p.over { "Privacy notices, " (report.judged()) }
            h1 { (said(body.name)) }
            p.soft {
                @if let Some(ods) = body.ods { "ODS code " (ods) ". " }
                @if let Some(ended) = &body.ended {
                    "Ended on " (in_words(ended.on))
                    @if !ended.successors.is_empty() { "; " (ended.successors.join(", ")) " took over" }
                    ". "
                }
                @if body.tally.total() == 0 { "Nothing was found." } @else { (told(body.tally)) "." }
            }
        }
        @if body.tally.total() > 0 {
            ul.tiles {
                li { a href="#findings" { b { (timing(Timing::AtReview)) } span { "already so when last reviewed" } } }
                li { a href="#findings" { b { (timing(Timing::Since)) } span { "have become so since" } } }
                @if timing(Timing::Unknown) > 0 {
                    li { a href="#findings" { b { (timing(Timing::Unknown)) } span { "no review date to compare with" } } }
                }
            }
        }
        (change(report, body))
    }
}

/// What has changed for this body since the earlier report.
fn change(report: &Report<'_>, body: &Body<'_>) -> Markup {
    let of = |c: &&super::super::trend::Change<'_>| c.body.is_some_and(|b| report.bodies[b].id == body.id);
    let Some((trend, change)) = report.trend.as_ref().and_then(|t| Some((t, t.bodies.iter().find(of)?))) else {
        return html! {};
    };
    html! {
        p {
            "Since the report as of " (said(trend.as_of)) ": " span.badge.error { "▲ " (change.new.len()) " new" } " "
            span.badge.good { "▼ " (change.cured.len()) " cured" } " " (change.remaining) " remaining."
        }
        @if !change.cured.is_empty() {
            details {
                summary { "What was cured" }
                ul.plain { @for cured in change.cured.iter().take(VALUES) { li { span.code { (said(cured.rule)) } ": " (said(cured.message)) } } }
            }
        }
    }
}

fn notices(report: &Report<'_>, body: &Body<'_>) -> Markup {
    html! {
        @for number in body.notices.iter().take(NOTICES) {
            @let a = &report.material.run.analyses[*number];
            dl.facts {
                dt { "Document" } dd { (address(&a.source)) }
                @if let Some(title) = &a.text.title { dt { "Title" } dd { (said(title)) } }
                dt { "Kind" } dd { (a.kind.name().replace('-', " ")) }
                dt { "Last reviewed" } dd { (reviewed(a).map_or("no date given".to_owned(), PartialDate::in_words)) }
                @if let Some(instant) = report.captured(&a.source) { dt { "Captured" } dd { (instant) } }
                dt { "SHA-256" } dd.code { (a.sha256) }
            }
        }
        @if body.notices.len() > NOTICES { p { "and " (body.notices.len() - NOTICES) " more, in the ledger of the report" } }
    }
}

/// What the notices state, kind by kind, each value once.
fn says(report: &Report<'_>, body: &Body<'_>) -> Markup {
    let mut by_kind: BTreeMap<ClaimKind, BTreeSet<String>> = BTreeMap::new();
    for claim in body.notices.iter().flat_map(|n| &report.material.run.analyses[*n].claims) {
        by_kind.entry(claim.kind).or_default().insert(stated(report, claim));
    }
    html! {
        @if by_kind.is_empty() { p { "Nothing that is read." } }
        dl.facts {
            @for (kind, values) in &by_kind {
                dt { (kind.name().replace('-', " ")) }
                dd {
                    (said(&values.iter().take(VALUES).cloned().collect::<Vec<_>>().join("; ")))
                    @if values.len() > VALUES { "; and " (values.len() - VALUES) " more" }
                }
            }
        }
    }
}

/// What a claim states, as people write it.
fn stated(report: &Report<'_>, claim: &Claim) -> String {
    let value = claim.value.as_str();
    match claim.kind {
        ClaimKind::LawfulBasis | ClaimKind::ConfidentialityBasis => basis(value),
        ClaimKind::Purpose => report.purpose(value).to_owned(),
        ClaimKind::Role => match value.split_once('=') {
            Some((role, "")) => format!("{}: nobody named", role.replace('-', " ")),
            Some((role, name)) => format!("{}: {name}", role.replace('-', " ")),
            None => value.to_owned(),
        },
        ClaimKind::Reviewed | ClaimKind::NextReview => {
            PartialDate::parse(value).map_or(value.to_owned(), PartialDate::in_words)
        }
        ClaimKind::Right | ClaimKind::OptOut | ClaimKind::Transfer => value.replace('-', " "),
        ClaimKind::Statute => claim.text("title").map_or(value.to_owned(), |title| format!("{title} ({value})")),
        _ => value.to_owned(),
    }
}

/// The findings, the gravest rules first.
fn findings(report: &Report<'_>, body: &Body<'_>) -> Markup {
    if body.findings.is_empty() {
        return html! {};
    }
    let left_out = body.findings.len().saturating_sub(IN_FULL);
    let shown = body.findings.start..body.findings.end - left_out;
    let mut named = BTreeSet::new();
    html! {
        section id="findings" aria-labelledby="h-findings" {
            h2 id="h-findings" { "Findings" }
            p { (counted(body.findings.len(), "finding")) " in " (counted(body.notices.len(), "notice")) ". " (words::timings(&body.timings)) }
            @if left_out > 0 { p { "The first " (IN_FULL) " are told here; all are in findings.csv and report.sqlite." } }
            @for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                @if has(report, body, severity) {
                    h3 id=(format!("s-{}", severity.name())) { (badge(severity)) }
                    @for check in &report.checks {
                        @let own: Vec<usize> = check.findings.iter().copied()
                            .filter(|n| shown.contains(n) && report.findings[*n].finding.severity == severity).collect();
                        @if !own.is_empty() {
                            @let first = named.insert(check.rule.id);
                            details open[own.len() <= 25] id=[first.then(|| format!("r-{}", anchor(check.rule.id)))] {
                                summary { span.code { (check.rule.id) } " " span.soft { (counted(own.len(), "finding")) } }
                                div.inner { (about(check, false)) @for number in own { (card(report, number, From::Page, false)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
