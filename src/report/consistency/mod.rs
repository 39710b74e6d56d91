//! The consistency report: what many notices say between them, told as pages, tables, a workbook and a database.
//!
//! In comes one run with what is known around it ([`Material`]); out comes [`Report`], every number worked out once, and
//! from it the files of [`OUTPUTS`]. It never reads files, network or clock, and the same material gives the same bytes.

mod ages;
mod approvals;
mod bases;
mod body;
mod database;
mod found;
mod html;
mod json;
mod ledger;
mod letter;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod passage;
mod processors;
mod registers;
mod screen;
mod tables;
mod trend;
mod words;
mod workbook;

pub use letter::{FORMS, LetterForm};
pub use trend::Previous;

use super::{Look, Run, Summary};
use crate::across::CrossFinding;
use crate::dictionary::Dictionary;
use crate::model::{Day, PartialDate, Registers, Severity};
use crate::pipeline::AsOf;
use crate::rules::Rule;
use ages::Age;
use approvals::Approval;
use bases::Bases;
use body::Body;
use found::Found;
use ledger::Entry;
use letter::Letter;
use processors::Processor;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use trend::Trend;

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The notices, read and judged.
    pub run: &'a Run,
    /// What is known of bodies, purposes and approvals.
    pub dictionary: &'a Dictionary,
    /// What is wrong between notices, or between a notice and a register.
    pub between: &'a [CrossFinding],
    /// The registers that the notices were checked against.
    pub registers: &'a Registers,
    /// What the corpus knows of each document, by its source; nothing of files that nobody captured.
    pub captures: &'a BTreeMap<String, Captured>,
    /// The report before this one.
    pub previous: Option<&'a Previous>,
}

/// Takes a file of the report: its path below the output folder, and what writes its content, piece by piece.
pub type Keep<'k> = dyn FnMut(&str, &mut Fill<'_>) -> io::Result<()> + 'k;

/// Writes the content of one file.
pub type Fill<'f> = dyn FnMut(&mut dyn Write) -> io::Result<()> + 'f;

/// Hands over a file that is small enough to be made at once.
fn whole(keep: &mut Keep<'_>, path: &str, content: &[u8]) -> io::Result<()> {
    keep(path, &mut |to| to.write_all(content))
}

/// One form in which a report leaves.
pub struct Output {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// Writes its files, one after the other.
    pub write: fn(&Report<'_>, &mut Keep<'_>) -> io::Result<()>,
}

/// The forms of the report, all of which are written where none is asked for.
pub static OUTPUTS: &[Output] = &[
    Output { name: "html", about: "report.html, one file for the browser, and a page per body", write: pages },
    Output {
        name: "md",
        about: "report.md, for mail and wikis",
        write: |report, keep| whole(keep, "report.md", markdown::markdown(report).as_bytes()),
    },
    Output {
        name: "xlsx",
        about: "report.xlsx, a workbook with a sheet per subject",
        write: |report, keep| whole(keep, "report.xlsx", &workbook::xlsx(report).map_err(io::Error::other)?),
    },
    Output { name: "csv", about: "claims.csv and findings.csv, a row each", write: both_tables },
    Output {
        name: "json",
        about: "report.json, for scripts and for the next --since",
        write: |report, keep| keep("report.json", &mut |to| json::json(report, to)),
    },
    Output {
        name: "sqlite",
        about: "report.sqlite, a database of notices, claims and findings",
        write: |report, keep| keep("report.sqlite", &mut |to| database::sqlite(report, to)),
    },
    #[cfg(feature = "parquet")]
    Output {
        name: "parquet",
        about: "notices.parquet, claims.parquet and findings.parquet, for data frames",
        write: parquet::parquet,
    },
];

fn pages(report: &Report<'_>, keep: &mut Keep<'_>) -> io::Result<()> {
    whole(keep, "report.html", html::report_page(report).as_bytes())?;
    for (number, body) in report.bodies.iter().enumerate() {
        whole(keep, &format!("pages/{}.html", body.id), html::body_page(report, number).as_bytes())?;
    }
    Ok(())
}

fn both_tables(report: &Report<'_>, keep: &mut Keep<'_>) -> io::Result<()> {
    keep("claims.csv", &mut |to| tables::claims(report, to))?;
    keep("findings.csv", &mut |to| tables::findings(report, to))
}

/// What is known of how a document was captured.
#[derive(Clone, Debug, Default)]
pub struct Captured {
    /// When.
    pub instant: String,
    /// ODS code of the body that publishes it, where the source list or the importer gave it.
    pub ods: Option<String>,
}

/// How many findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
struct Tally {
    error: usize,
    warning: usize,
    info: usize,
}

impl Tally {
    fn add(&mut self, severity: Severity) {
        *match severity {
            Severity::Error => &mut self.error,
            Severity::Warning => &mut self.warning,
            Severity::Info => &mut self.info,
        } += 1;
    }

    fn of(findings: &[Found<'_>]) -> Tally {
        let mut tally = Tally::default();
        findings.iter().for_each(|f| tally.add(f.finding.severity));
        tally
    }

    fn total(self) -> usize {
        self.error + self.warning + self.info
    }

    /// The gravest of them; none where there is nothing.
    fn gravest(self) -> Option<Severity> {
        match self {
            Tally { error: 1.., .. } => Some(Severity::Error),
            Tally { warning: 1.., .. } => Some(Severity::Warning),
            Tally { info: 1.., .. } => Some(Severity::Info),
            _ => None,
        }
    }

    /// What comes first where the gravest come first.
    fn weight(self) -> std::cmp::Reverse<(usize, usize, usize)> {
        std::cmp::Reverse((self.error, self.warning, self.info))
    }
}

/// A rule that found something.
struct Check {
    rule: &'static Rule,
    tally: Tally,
    /// Its findings, by number, body by body.
    findings: Vec<usize>,
    /// The bodies concerned, by number.
    bodies: BTreeSet<usize>,
    /// The notices concerned, by number.
    notices: BTreeSet<usize>,
}

/// The numbers of a report, worked out once for all its files.
pub struct Report<'a> {
    material: Material<'a>,
    /// The day of judging, or the latest day where each notice is judged on its own.
    day: Day,
    /// By name.
    bodies: Vec<Body<'a>>,
    /// The body of each analysis, for notices and pages of notices.
    body_of: Vec<Option<usize>>,
    /// Body by body, within a body notice by notice, the gravest first.
    findings: Vec<Found<'a>>,
    /// Family by family.
    checks: Vec<Check>,
    ages: Vec<Age<'a>>,
    bases: Bases,
    processors: Vec<Processor<'a>>,
    approvals: Vec<Approval<'a>>,
    ledger: Vec<Entry<'a>>,
    trend: Option<Trend<'a>>,
    totals: Summary,
}

impl<'a> Report<'a> {
    /// Works the numbers out.
    pub fn new(material: Material<'a>) -> Report<'a> {
        let run = material.run;
        let day = match run.as_of {
            AsOf::Day(day) | AsOf::Reviewed(day) => day,
        };
        let (mut bodies, body_of) = body::bodies(material, day);
        let findings = found::findings(run, material.between, &mut bodies);
        let checks = checks(&findings);
        let mut totals = run.summary();
        let tally = Tally::of(&findings);
        (totals.error, totals.warning, totals.info) = (tally.error, tally.warning, tally.info);
        let trend = material.previous.map(|previous| trend::compare(previous, run, &bodies, &findings));
        Report {
            material,
            day,
            checks,
            ages: ages::ages(run, &body_of),
            bases: bases::bases(run, &body_of, material.between),
            processors: processors::processors(run, &body_of),
            approvals: approvals::approvals(run, &body_of, material.dictionary, material.registers, day),
            ledger: ledger::ledger(material, &body_of),
            trend,
            totals,
            bodies,
            body_of,
            findings,
        }
    }

    /// Writes a letter to each body with findings, in the forms of [`FORMS`] that are wanted.
    ///
    /// # Errors
    /// Where a file cannot be kept.
    pub fn letters(&self, wanted: &dyn Fn(&str) -> bool, keep: &mut Keep<'_>) -> io::Result<()> {
        for body in self.bodies.iter().filter(|b| b.tally.total() > 0) {
            let letter = Letter::new(self, body);
            for form in FORMS.iter().filter(|form| wanted(form.name)) {
                whole(keep, &format!("letters/{}.{}", body.id, form.name), &form.of(&letter)?)?;
            }
        }
        Ok(())
    }

    /// The report in a few lines, for the terminal.
    pub fn summary(&self, look: &Look) -> String {
        screen::summary(self, look)
    }

    /// The day of judging in words.
    fn judged(&self) -> String {
        match self.material.run.as_of {
            AsOf::Day(day) => format!("judged as of {}", in_words(day)),
            AsOf::Reviewed(_) => "each judged as of its own review date".to_owned(),
        }
    }

    /// Notices that were judged.
    fn judged_notices(&self) -> usize {
        self.body_of.iter().flatten().count()
    }
}

/// A day as people write it.
fn in_words(day: Day) -> String {
    PartialDate { year: day.year(), month: Some(day.month()), day: Some(day.day()) }.in_words()
}

/// The rules that found something, with their findings.
fn checks(findings: &[Found<'_>]) -> Vec<Check> {
    let mut by_id: BTreeMap<&str, Check> = BTreeMap::new();
    for (number, found) in findings.iter().enumerate() {
        let rule = found.finding.rule;
        let check = by_id.entry(rule.id).or_insert_with(|| Check {
            rule,
            tally: Tally::default(),
            findings: Vec::new(),
            bodies: BTreeSet::new(),
            notices: BTreeSet::new(),
        });
        check.tally.add(found.finding.severity);
        check.findings.push(number);
        check.bodies.insert(found.body);
        check.notices.insert(found.notice);
    }
    by_id.into_values().collect()
}
