//! A plain letter to the data protection officer of a body: what was seen, where, why it matters, what would cure it.
//!
//! In comes one body of the report; out comes the letter in Markdown and as a page without script. What was already
//! outdated when the notice was last reviewed stands apart from what has become so since.

use super::found::{Timing, reviewed};
use super::html::heading as capital;
use super::place::{Passage, passage, sides};
use super::words::short;
use super::{Body, Found, Report, in_words};
use crate::model::ClaimKind;
use crate::report::markdown::escaped as said;
use crate::report::terminal::clean_lines;
use crate::report::{RulePage, counted};
use maud::{DOCTYPE, Markup, html};
use std::fmt::Write as _;

/// Findings of a letter. Nobody answers a letter with more points; the page of the body has them all.
const POINTS: usize = 60;

const STYLE: &str = "body{font:16px/1.55 Georgia,'Times New Roman',serif;max-width:42rem;margin:3rem auto;padding:0 1.2rem;\
color:#1b1e23;background:#fff}h1{font-size:1.4rem;line-height:1.3}h2{font-size:1.1rem;margin-top:2rem}h3{font-size:1rem;margin:1.4rem 0 .3rem}\
blockquote{margin:.4rem 0;padding:0 0 0 .9rem;border-left:3px solid #bbb;overflow-wrap:anywhere}p{margin:.4rem 0;overflow-wrap:anywhere}\
a{color:#174e92}@media print{body{margin:0;font-size:11pt}h3,li{break-after:avoid}}";

/// The headings under which a letter sorts its points.
fn heading(timing: Timing) -> &'static str {
    match timing {
        Timing::AtReview => "Already so when the notice was last reviewed",
        Timing::Since => "Has become so since the notice was last reviewed",
        Timing::Unknown => "The notice gives no review date to compare with",
    }
}

/// The letter's own words around its points.
struct Letter<'r> {
    subject: String,
    to: String,
    opening: String,
    sources: Vec<String>,
    points: Vec<(Timing, Vec<&'r Found<'r>>)>,
    left_out: usize,
}

const CLOSING: &str = "These points were found by a program. Please read each against the notice before you act on it; where one is \
mistaken, the page of its rule says in which cases that happens. This letter is no legal advice.";

impl<'r> Letter<'r> {
    fn new(report: &'r Report<'r>, body: &'r Body<'r>) -> Letter<'r> {
        let analyses = || body.notices.iter().map(|n| &report.material.run.analyses[*n]);
        let officer = analyses()
            .flat_map(|a| &a.claims)
            .filter(|c| c.kind == ClaimKind::Role)
            .find_map(|c| c.value.strip_prefix("dpo=").filter(|name| !name.is_empty()));
        let sources = analyses().map(|a| {
            let captured = report.captured(&a.source).map_or(String::new(), |at| format!(", captured {at}"));
            let date = reviewed(a).map_or("no review date".to_owned(), |d| format!("last reviewed {}", d.in_words()));
            format!("{} ({date}{captured}; SHA-256 {}…)", a.source, short(&a.sha256))
        });
        let found = &report.findings[body.findings.clone()];
        let mut told: Vec<&Found<'_>> = found.iter().collect();
        told.sort_by_key(|f| (std::cmp::Reverse(f.finding.severity), f.finding.rule.id));
        told.truncate(POINTS);
        let of = |timing| (timing, told.iter().copied().filter(|f| f.timing == timing).collect::<Vec<_>>());
        Letter {
            subject: format!("The privacy notice of {}", body.name),
            to: addressee(body, officer),
            opening: format!(
                "We read what {} publishes about its use of personal data, {}, and saw {}. Below is what stands there, why it \
                 matters, and what would cure it.",
                body.name,
                report.judged(),
                counted(found.len(), "point")
            ),
            sources: sources.take(20).collect(),
            points: Timing::ALL.into_iter().map(of).filter(|(_, points)| !points.is_empty()).collect(),
            left_out: found.len().saturating_sub(POINTS),
        }
    }
}

/// To whom the letter goes: the officer that the notice names, or, where the body is no more, that of what took over.
fn addressee(body: &Body<'_>, officer: Option<&str>) -> String {
    match (&body.ended, officer) {
        (Some(ended), _) if !ended.successors.is_empty() => format!(
            "To the Data Protection Officer of {}, which took over from {} on {}",
            ended.successors.join(" and of "),
            body.name,
            in_words(ended.on)
        ),
        (_, Some(name)) => format!("To {name}, Data Protection Officer of {}", body.name),
        (_, None) => format!("To the Data Protection Officer of {}", body.name),
    }
}

/// The letter in Markdown.
pub(super) fn markdown(report: &Report<'_>, body: &Body<'_>) -> String {
    let letter = Letter::new(report, body);
    let mut out = format!("# {}\n\n{}\n\n", said(&letter.subject), said(&letter.to));
    let _ = write!(out, "{}\n\n{}\n\nRead were:\n\n", in_words(report.day), said(&letter.opening));
    for source in &letter.sources {
        let _ = writeln!(out, "- {}", said(source));
    }
    let mut number = 0;
    for (timing, points) in &letter.points {
        let _ = write!(out, "\n## {}\n", heading(*timing));
        for found in points {
            number += 1;
            let finding = found.finding;
            let _ = write!(out, "\n### {number}. {}\n\n", said(&capital(&finding.message)));
            for place in places(report, found) {
                let _ = write!(
                    out,
                    "> {}**{}**{}\n>\n> {}\n\n",
                    said_part(&place.before),
                    said(&place.quote),
                    said_part(&place.after),
                    said(&where_(&place))
                );
            }
            for side in sides(report, found) {
                let _ = write!(out, "Compared with {}\n\n", said(&side.words(report)));
            }
            if let Some(why) = RulePage::of(finding.rule).why() {
                let _ = write!(out, "Why it matters: {why}\n\n");
            }
            let _ = write!(out, "What would cure it: {}\n\n", said(&finding.help));
            if let Some(day) = finding.since {
                let _ = write!(out, "It holds since {}.\n\n", in_words(day));
            }
            for reference in finding.rule.references {
                let _ = writeln!(out, "- [{}]({})", reference.title, reference.url);
            }
        }
    }
    if letter.left_out > 0 {
        let _ = write!(out, "\nAnd {}, of less weight.\n", counted(letter.left_out, "more point"));
    }
    let _ = write!(out, "\n{CLOSING}\n");
    out
}

/// Context beside the words, with the space that parts it from them.
fn said_part(words: &str) -> String {
    let lead = if words.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if words.ends_with(char::is_whitespace) && !words.trim().is_empty() { " " } else { "" };
    format!("{lead}{}{tail}", said(words))
}

/// The letter as a page.
pub(super) fn page(report: &Report<'_>, body: &Body<'_>) -> String {
    let letter = Letter::new(report, body);
    let mut number = 0;
    let points: Vec<(Timing, Vec<Markup>)> = letter
        .points
        .iter()
        .map(|(timing, points)| {
            let told = points.iter().map(|found| {
                number += 1;
                point(report, found, number)
            });
            (*timing, told.collect())
        })
        .collect();
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("fairnotice {}", env!("CARGO_PKG_VERSION")));
                title { (clean_lines(&letter.subject)) }
                style { (STYLE) }
            }
            body {
                main {
                    h1 { (clean_lines(&letter.subject)) }
                    p { (clean_lines(&letter.to)) }
                    p { (in_words(report.day)) }
                    p { (clean_lines(&letter.opening)) }
                    p { "Read were:" }
                    ul { @for source in &letter.sources { li { (clean_lines(source)) } } }
                    @for (timing, told) in points { h2 { (heading(timing)) } @for point in told { (point) } }
                    @if letter.left_out > 0 { p { "And " (counted(letter.left_out, "more point")) ", of less weight." } }
                    p { (CLOSING) }
                }
            }
        }
    }
    .into_string()
}

fn point(report: &Report<'_>, found: &Found<'_>, number: usize) -> Markup {
    let finding = found.finding;
    html! {
        h3 { (number) ". " (clean_lines(&capital(&finding.message))) }
        @for place in places(report, found) {
            blockquote {
                (clean_lines(&place.before)) strong { (clean_lines(&place.quote)) } (clean_lines(&place.after))
                p { small { (clean_lines(&where_(&place))) } }
            }
        }
        @for side in sides(report, found) { p { "Compared with " (clean_lines(&side.words(report))) } }
        @if let Some(why) = RulePage::of(finding.rule).why() { p { em { "Why it matters: " } (why) } }
        p { em { "What would cure it: " } (clean_lines(&finding.help)) }
        @if let Some(day) = finding.since { p { "It holds since " (in_words(day)) "." } }
        ul { @for reference in finding.rule.references { li { a href=(reference.url) { (reference.title) } } } }
    }
}

/// The first places of a finding: both where two disagree.
fn places<'r>(report: &'r Report<'_>, found: &Found<'_>) -> Vec<Passage<'r>> {
    let a = &report.material.run.analyses[found.notice];
    found.places(a, 2, 1).0.into_iter().map(|span| passage(a, span)).collect()
}

fn where_(passage: &Passage<'_>) -> String {
    format!("{}, {}", passage.at.part.source, passage.at.within())
}
