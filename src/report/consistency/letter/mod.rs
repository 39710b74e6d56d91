//! A plain letter to the data protection officer of a body: what was seen, where, why it matters, what would cure it.
//!
//! In comes one body of the report; out comes the letter, and from it each of [`FORMS`]. What was already outdated when
//! the notice was last reviewed stands apart from what has become so since. Nothing here decides what is wrong.

mod docx;
mod markdown;
mod page;

use super::found::{Timing, reviewed};
use super::html::heading as capital;
use super::passage::{Passage, passage, sides};
use super::words::short;
use super::{Body, Found, Report, in_words};
use crate::model::ClaimKind;
use crate::report::{RulePage, counted};
use crate::rules::Reference;
use std::io;

/// A form in which letters are written.
pub struct LetterForm {
    /// Its name on the command line, and the extension of its files.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    write: fn(&Letter<'_>) -> io::Result<Vec<u8>>,
}

/// The forms of letters, all of which are written where none is asked for.
pub static FORMS: &[LetterForm] = &[
    LetterForm {
        name: "md",
        about: "Markdown, for mail and wikis",
        write: |letter| Ok(markdown::markdown(letter).into_bytes()),
    },
    LetterForm { name: "html", about: "a page to print", write: |letter| Ok(page::page(letter).into_bytes()) },
    LetterForm { name: "docx", about: "Word, to put under a letterhead and sign", write: docx::docx },
];

/// Findings of a letter. Nobody answers a letter with more points; the page of the body has them all.
const POINTS: usize = 60;

/// Documents named as read.
const SOURCES: usize = 20;

const READ: &str = "We read:";
const COMPARED: &str = "Compared with";
const WHY: &str = "Why it matters:";
const CURE: &str = "What would cure it:";
const CLOSING: &str = "These points were found by a program. Please read each against the notice before you act on it; where one is \
mistaken, the page of its rule says in which cases that happens. This letter is no legal advice.";

/// A letter, in the order in which it is read.
pub(super) struct Letter<'r> {
    subject: String,
    to: String,
    date: String,
    opening: String,
    /// The documents that were read.
    sources: Vec<String>,
    /// The points, under the headings that sort them.
    parts: Vec<(&'static str, Vec<Point<'r>>)>,
    /// What is said of those that are left out.
    left_out: Option<String>,
}

/// One point of a letter.
struct Point<'r> {
    heading: String,
    /// The words it rests on, and where they stand.
    places: Vec<(Passage<'r>, String)>,
    /// What the notice was compared with.
    sides: Vec<String>,
    why: Option<String>,
    cure: &'r str,
    since: Option<String>,
    references: &'static [Reference],
}

impl LetterForm {
    /// A letter in this form.
    pub(super) fn of(&self, letter: &Letter<'_>) -> io::Result<Vec<u8>> {
        (self.write)(letter)
    }
}

impl<'r> Letter<'r> {
    /// The letter about a body.
    pub(super) fn new(report: &'r Report<'r>, body: &'r Body<'r>) -> Letter<'r> {
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
        Letter {
            subject: format!("The privacy notice of {}", body.name),
            to: addressee(body, officer),
            date: in_words(report.day),
            opening: format!(
                "We read what {} publishes about its use of personal data, {}, and saw {}. Below is what stands there, why it \
                 matters, and what would cure it.",
                body.name,
                report.judged(),
                counted(found.len(), "point")
            ),
            sources: sources.take(SOURCES).collect(),
            parts: parts(report, found),
            left_out: (found.len() > POINTS)
                .then(|| format!("And {}, of less weight.", counted(found.len() - POINTS, "more point"))),
        }
    }
}

/// The points of a letter, the gravest first within each part.
fn parts<'r>(report: &'r Report<'r>, found: &'r [Found<'r>]) -> Vec<(&'static str, Vec<Point<'r>>)> {
    let mut told: Vec<&Found<'_>> = found.iter().collect();
    told.sort_by_key(|f| (std::cmp::Reverse(f.finding.severity), f.finding.rule.id));
    told.truncate(POINTS);
    let mut number = 0;
    let mut parts = Vec::new();
    for timing in Timing::ALL {
        let points: Vec<Point<'_>> = told
            .iter()
            .filter(|f| f.timing == timing)
            .map(|found| {
                number += 1;
                point(report, found, number)
            })
            .collect();
        if !points.is_empty() {
            parts.push((heading(timing), points));
        }
    }
    parts
}

/// The headings under which a letter sorts its points.
fn heading(timing: Timing) -> &'static str {
    match timing {
        Timing::AtReview => "Already so when the notice was last reviewed",
        Timing::Since => "Has become so since the notice was last reviewed",
        Timing::Unknown => "The notice gives no review date to compare with",
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

/// A finding as a point; of its places the first, or both where two disagree.
fn point<'r>(report: &'r Report<'r>, found: &'r Found<'r>, number: usize) -> Point<'r> {
    let (a, finding) = (&report.material.run.analyses[found.notice], found.finding);
    let placed = |span| {
        let passage = passage(a, span);
        let place = format!("{}, {}", passage.at.part.source, passage.at.within());
        (passage, place)
    };
    Point {
        heading: format!("{number}. {}", capital(&finding.message)),
        places: found.places(a, 2, 1).0.into_iter().map(placed).collect(),
        sides: sides(report, found).iter().map(|side| side.words(report)).collect(),
        why: RulePage::of(finding.rule).why().map(str::to_owned),
        cure: &finding.help,
        since: finding.since.map(|day| format!("It holds since {}.", in_words(day))),
        references: finding.rule.references,
    }
}
