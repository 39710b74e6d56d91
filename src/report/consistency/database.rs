//! The report as a SQLite database: `report.sqlite`, for questions that no page foresaw.
//!
//! It is built in memory and handed over as bytes. Rows go in in the order of the report, in one transaction, into an
//! empty database, so that the same report gives the same bytes. Words that thousands of rows share (headings, attributes,
//! cures) are kept once; the views put them back.

use super::Report;
use super::found::reviewed;
use super::passage::sides;
use crate::pipeline::Place;
use crate::report::RulePage;
use rusqlite::{Connection, MAIN_DB, Result, Statement, params};
use std::collections::HashMap;
use std::io::{self, Write};

const SCHEMA: &str = "
PRAGMA page_size = 4096;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bodies (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, ods TEXT, ended TEXT, successors TEXT,
    errors INTEGER NOT NULL, warnings INTEGER NOT NULL, infos INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE notices (
    id INTEGER PRIMARY KEY, body TEXT REFERENCES bodies, source TEXT NOT NULL, status TEXT NOT NULL, kind TEXT,
    title TEXT, language TEXT, media_type TEXT, sha256 TEXT, captured TEXT, reviewed TEXT, judged_on TEXT,
    words INTEGER NOT NULL, problems TEXT
);
CREATE TABLE sections (id INTEGER PRIMARY KEY, path TEXT NOT NULL);
CREATE TABLE attributes (id INTEGER PRIMARY KEY, attrs TEXT NOT NULL);
CREATE TABLE cures (id INTEGER PRIMARY KEY, help TEXT NOT NULL);
CREATE TABLE claims (
    id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notices, kind TEXT NOT NULL, value TEXT NOT NULL,
    purpose TEXT, section INTEGER NOT NULL REFERENCES sections, quote TEXT NOT NULL, line INTEGER, column INTEGER,
    page INTEGER, start INTEGER, end INTEGER, attributes INTEGER NOT NULL REFERENCES attributes
);
CREATE TABLE rules (id TEXT PRIMARY KEY, severity TEXT NOT NULL, finds TEXT NOT NULL, why TEXT) WITHOUT ROWID;
CREATE TABLE laws (rule TEXT NOT NULL REFERENCES rules, title TEXT NOT NULL, url TEXT NOT NULL);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY, notice INTEGER NOT NULL REFERENCES notices, rule TEXT NOT NULL REFERENCES rules,
    severity TEXT NOT NULL, subject TEXT, message TEXT NOT NULL, cure INTEGER NOT NULL REFERENCES cures, since TEXT,
    timing TEXT NOT NULL, section INTEGER NOT NULL REFERENCES sections, fingerprint TEXT NOT NULL
);
CREATE TABLE places (
    finding INTEGER NOT NULL REFERENCES findings, source TEXT NOT NULL, quote TEXT NOT NULL, line INTEGER,
    column INTEGER, page INTEGER, start INTEGER, end INTEGER
);
CREATE TABLE sides (finding INTEGER NOT NULL REFERENCES findings, words TEXT NOT NULL);
CREATE VIEW findings_by_body AS
    SELECT b.name AS body, b.ods, n.source, n.captured, f.severity, f.rule, f.message, c.help, f.since, f.timing,
        s.path AS section, (SELECT p.quote FROM places p WHERE p.finding = f.id ORDER BY p.start LIMIT 1) AS quote
    FROM findings f JOIN notices n ON n.id = f.notice JOIN bodies b ON b.id = n.body
        JOIN cures c ON c.id = f.cure JOIN sections s ON s.id = f.section;
CREATE VIEW claims_by_body AS
    SELECT b.name AS body, b.ods, n.source, c.kind, c.value, c.purpose, s.path AS section, c.quote, c.line, c.page, a.attrs
    FROM claims c JOIN notices n ON n.id = c.notice JOIN sections s ON s.id = c.section
        JOIN attributes a ON a.id = c.attributes LEFT JOIN bodies b ON b.id = n.body;
CREATE VIEW bases_by_purpose AS
    SELECT c.purpose, c.value AS basis, count(DISTINCT n.body) AS bodies
    FROM claims c JOIN notices n ON n.id = c.notice
    WHERE c.kind IN ('lawful-basis', 'confidentiality-basis') AND c.purpose IS NOT NULL AND n.body IS NOT NULL
    GROUP BY c.purpose, c.value;
CREATE VIEW processors_by_body AS
    SELECT DISTINCT c.value AS processor, b.name AS body, b.ods, c.purpose
    FROM claims c JOIN notices n ON n.id = c.notice JOIN bodies b ON b.id = n.body WHERE c.kind = 'processor';
";

const INDICES: &str = "
CREATE INDEX claims_by_notice ON claims (notice);
CREATE INDEX claims_by_value ON claims (kind, value);
CREATE INDEX findings_by_notice ON findings (notice);
CREATE INDEX findings_by_rule ON findings (rule, severity);
CREATE INDEX findings_by_fingerprint ON findings (fingerprint);
CREATE INDEX sides_by_finding ON sides (finding);
CREATE INDEX places_by_finding ON places (finding);
";

/// Writes `report.sqlite`.
pub(super) fn sqlite(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut database = filled(report).map_err(io::Error::other)?;
    to.write_all(&database.serialize(MAIN_DB).map_err(io::Error::other)?)
}

/// Words that many rows share, each kept once.
struct Shared<'c> {
    insert: Statement<'c>,
    known: HashMap<String, i64>,
}

impl<'c> Shared<'c> {
    fn new(to: &'c Connection, insert: &str) -> Result<Shared<'c>> {
        Ok(Shared { insert: to.prepare(insert)?, known: HashMap::new() })
    }

    /// The number of some words.
    fn number(&mut self, words: String) -> Result<i64> {
        if let Some(number) = self.known.get(&words) {
            return Ok(*number);
        }
        let number = self.known.len() as i64;
        self.insert.execute(params![number, words])?;
        self.known.insert(words, number);
        Ok(number)
    }
}

fn filled(report: &Report<'_>) -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.execute_batch(SCHEMA)?;
    let transaction = connection.transaction()?;
    about(&transaction, report)?;
    bodies(&transaction, report)?;
    notices(&transaction, report)?;
    rules(&transaction, report)?;
    let mut sections = Shared::new(&transaction, "INSERT INTO sections VALUES (?, ?)")?;
    claims(&transaction, report, &mut sections)?;
    findings(&transaction, report, &mut sections)?;
    drop(sections);
    transaction.execute_batch(INDICES)?;
    transaction.commit()?;
    Ok(connection)
}

fn about(to: &Connection, report: &Report<'_>) -> Result<()> {
    let run = report.material.run;
    let rows = [
        ("program", format!("fairnotice {}", env!("CARGO_PKG_VERSION"))),
        ("dictionaries", run.dictionaries.clone()),
        ("as_of", crate::report::json::as_of(run)),
    ];
    let mut insert = to.prepare("INSERT INTO about VALUES (?, ?)")?;
    for row in rows {
        insert.execute(row)?;
    }
    Ok(())
}

fn bodies(to: &Connection, report: &Report<'_>) -> Result<()> {
    let mut insert = to.prepare("INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for body in &report.bodies {
        let ended = body.ended.as_ref();
        insert.execute(params![
            body.id,
            body.name,
            body.ods,
            ended.map(|e| e.on.to_string()),
            ended.map(|e| e.successors.join("; ")),
            body.tally.error as i64,
            body.tally.warning as i64,
            body.tally.info as i64,
        ])?;
    }
    Ok(())
}

fn notices(to: &Connection, report: &Report<'_>) -> Result<()> {
    let mut insert = to.prepare("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (number, entry) in report.ledger.iter().enumerate() {
        let a = entry.notice.map(|n| &report.material.run.analyses[n]);
        insert.execute(params![
            number as i64,
            entry.body.map(|b| &report.bodies[b].id),
            entry.source,
            entry.status.name(),
            a.map(|a| a.kind.name()),
            a.and_then(|a| a.text.title.as_deref()),
            a.and_then(|a| a.text.language.as_deref()),
            a.map(|a| a.media_type),
            entry.sha256,
            entry.captured,
            a.and_then(reviewed).map(|d| d.to_string()),
            a.map(|a| a.judging.day.to_string()),
            entry.words as i64,
            (!entry.problems.is_empty()).then(|| entry.problems.join("\n")),
        ])?;
    }
    Ok(())
}

fn claims(to: &Connection, report: &Report<'_>, sections: &mut Shared<'_>) -> Result<()> {
    let mut insert = to.prepare("INSERT INTO claims VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut attributes = Shared::new(to, "INSERT INTO attributes VALUES (?, ?)")?;
    for (notice, a) in report.material.run.analyses.iter().enumerate() {
        for (claim, section) in a.claims.iter().zip(&a.sections) {
            let place = a.place(claim.evidence.start);
            insert.execute(params![
                notice as i64,
                claim.kind.name(),
                claim.value,
                claim.purpose,
                sections.number(section.join(" > "))?,
                a.text.quote(claim.evidence),
                place.line,
                place.column,
                place.page,
                claim.evidence.start,
                claim.evidence.end,
                attributes.number(serde_json::to_string(&claim.attrs).unwrap_or_default())?,
            ])?;
        }
    }
    Ok(())
}

fn rules(to: &Connection, report: &Report<'_>) -> Result<()> {
    let mut insert = to.prepare("INSERT INTO rules VALUES (?, ?, ?, ?)")?;
    let mut law = to.prepare("INSERT INTO laws VALUES (?, ?, ?)")?;
    for check in &report.checks {
        let page = RulePage::of(check.rule);
        insert.execute(params![check.rule.id, check.rule.severity.name(), page.summary(), page.why()])?;
        for reference in check.rule.references {
            law.execute(params![check.rule.id, reference.title, reference.url])?;
        }
    }
    Ok(())
}

fn findings(to: &Connection, report: &Report<'_>, sections: &mut Shared<'_>) -> Result<()> {
    let mut insert = to.prepare("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut place = to.prepare("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut other = to.prepare("INSERT INTO sides VALUES (?, ?)")?;
    let mut cures = Shared::new(to, "INSERT INTO cures VALUES (?, ?)")?;
    for (number, found) in report.findings.iter().enumerate() {
        let (finding, a) = (found.finding, &report.material.run.analyses[found.notice]);
        insert.execute(params![
            number as i64,
            found.notice as i64,
            finding.rule.id,
            finding.severity.name(),
            finding.subject,
            finding.message,
            cures.number(finding.help.clone())?,
            finding.since.map(|day| day.to_string()),
            found.timing.name(),
            sections.number(found.section.join(" > "))?,
            found.fingerprint,
        ])?;
        for side in sides(report, found) {
            other.execute(params![number as i64, side.words(report)])?;
        }
        for span in &finding.evidence {
            let Place { part, line, column, page, .. } = a.place(span.start);
            let quote = a.text.quote(*span);
            place.execute(params![number as i64, part.source, quote, line, column, page, span.start, span.end])?;
        }
    }
    Ok(())
}
