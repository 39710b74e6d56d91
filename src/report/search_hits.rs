//! What a search found: a list for people, JSON, one hit a line, and rows for a spreadsheet.
//!
//! In come answers; out come texts. How many notices fit is always said, also where not all of them are shown.

use super::csv::row;
use super::terminal::{BOLD, CYAN, DIM, YELLOW, clean, paint, wrap};
use super::{Format, Look, counted};
use crate::search::{Answer, FACETS, Facets, Hit};
use serde::Serialize;
use std::fmt::Write as _;

/// Answers to one or several queries.
pub struct Answers {
    /// One for each query.
    pub answers: Vec<Answer>,
    /// Whether a file of queries was asked for, whose answers stay a list even where it holds one.
    pub many: bool,
    /// The folder of the corpus, as given.
    pub corpus: String,
    /// What a reader must know to trust the answer, such as the day on which findings were judged.
    pub notes: Vec<String>,
}

pub(super) const TABLE: Format<Answers> = Format { name: "table", about: "a list for people", render: table };
pub(super) const JSON: Format<Answers> = Format {
    name: "json",
    about: "query, total, hits and facets; a list of such objects with --queries",
    render: json,
};
pub(super) const LINES: Format<Answers> = Format { name: "jsonl", about: "a hit a line", render: lines };
pub(super) const ROWS: Format<Answers> = Format { name: "csv", about: "a row per hit for spreadsheets", render: rows };

/// Values of a facet that are shown to people; JSON has all.
const VALUES: usize = 5;

#[derive(Serialize)]
struct AnswerJson<'a> {
    query: &'a str,
    total: usize,
    hits: Vec<HitJson<'a>>,
    facets: &'a Facets,
}

#[derive(Serialize)]
struct HitJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    organisation: Option<&'a str>,
    ods: Option<&'a str>,
    r#type: Option<&'a str>,
    title: &'a str,
    source: &'a str,
    kind: &'a str,
    captured: &'a str,
    superseded: Option<&'a str>,
    reviewed: Option<&'a str>,
    section: &'a [String],
    snippet: &'a str,
    /// Characters of the snippet that were looked for: first, and after the last.
    marks: Vec<[usize; 2]>,
    /// Bytes of the notice's text at which the first of them stands.
    start: Option<usize>,
    end: Option<usize>,
    score: f32,
    notice: &'a str,
    version: &'a str,
    sha256: &'a str,
    open: String,
}

impl Answers {
    fn hit<'a>(&'a self, hit: &'a Hit, query: Option<&'a str>) -> HitJson<'a> {
        let body = hit.entry.bodies.first();
        let passage = &hit.passage;
        let characters = |byte: usize| passage.snippet[..byte].chars().count();
        HitJson {
            query,
            organisation: body.map(|b| b.name.as_str()),
            ods: body.and_then(|b| b.ods.as_deref()),
            r#type: body.and_then(|b| b.kind.as_deref()),
            title: &hit.entry.title,
            source: &hit.entry.source,
            kind: &hit.entry.kind,
            captured: &hit.entry.captured,
            superseded: hit.entry.superseded.as_deref(),
            reviewed: hit.entry.reviewed.as_deref(),
            section: &passage.section,
            snippet: &passage.snippet,
            marks: passage.marks.iter().map(|m| [characters(m.start), characters(m.end)]).collect(),
            start: passage.evidence.as_ref().map(|e| e.start),
            end: passage.evidence.as_ref().map(|e| e.end),
            score: hit.score,
            notice: &hit.entry.notice,
            version: &hit.entry.version,
            sha256: &hit.entry.sha256,
            open: self.open(hit),
        }
    }

    /// The command that opens a hit.
    fn open(&self, hit: &Hit) -> String {
        let version =
            hit.entry.superseded.as_ref().map_or(String::new(), |_| format!(" --version {}", hit.entry.version));
        format!("fairnotice show --corpus {}{version} {}", quoted(&self.corpus), quoted(&hit.entry.notice))
    }
}

/// A word of a command line, in quotes where a shell would take it apart.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@%+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn table(found: &Answers, look: &Look) -> String {
    let mut out = String::new();
    for answer in &found.answers {
        if found.many {
            let _ = writeln!(out, "{}", paint(look.color, BOLD, &format!("== {}", clean(&answer.query))));
        }
        for (number, hit) in answer.hits.iter().enumerate() {
            entry(&mut out, found, hit, number + 1, look);
        }
        let _ = writeln!(out, "{}", how_many(answer));
        if !look.quiet {
            facets(&mut out, answer, look);
        }
    }
    for note in found.notes.iter().filter(|_| !look.quiet) {
        wrap(&mut out, note, look.width, "note: ", "  ");
    }
    out
}

fn how_many(answer: &Answer) -> String {
    let (shown, total) = (answer.hits.len(), answer.total);
    match total {
        0 => "no notice fits".to_owned(),
        _ if shown == total => format!("{} fit{}", counted(total, "notice"), if total == 1 { "s" } else { "" }),
        _ => format!("{} fit; {shown} shown (--limit 0 shows all)", counted(total, "notice")),
    }
}

fn entry(out: &mut String, found: &Answers, hit: &Hit, number: usize, look: &Look) {
    let first = format!("{number}. ");
    let rest = " ".repeat(first.len());
    let e = &hit.entry;
    let names: Vec<&str> = e.bodies.iter().map(|b| b.name.as_str()).collect();
    let whose = if names.is_empty() { "no controller named".to_owned() } else { names.join(", ") };
    let title = if e.title.is_empty() { String::new() } else { format!(" · {}", e.title) };
    let head = format!("{whose}{title}");
    wrap(out, &head, look.width, &paint(look.color, BOLD, &first), &rest);
    let day = |instant: &str| instant.get(..10).unwrap_or(instant).to_owned();
    let reviewed = e.reviewed.as_deref().map_or("no review date".to_owned(), |d| format!("reviewed {d}"));
    let until = e.superseded.as_deref().map_or(String::new(), |d| format!(", superseded {}", day(d)));
    wrap(out, &format!("{reviewed}, captured {}{until}", day(&e.captured)), look.width, &rest, &rest);
    if !hit.passage.section.is_empty() {
        wrap(out, &hit.passage.section.join(" > "), look.width, &rest, &rest);
    }
    wrap_marked(out, hit, look, &rest);
    wrap(out, &e.source, look.width, &rest, &rest);
    wrap(out, &found.open(hit), look.width.max(2000), &format!("{rest}{} ", paint(look.color, CYAN, "open:")), &rest);
    out.push('\n');
}

/// The words of a hit with those looked for between double brackets, coloured where colours are on.
fn wrap_marked(out: &mut String, hit: &Hit, look: &Look, indent: &str) {
    let words = &hit.passage.snippet;
    let mut marked = String::new();
    let mut at = 0;
    for mark in &hit.passage.marks {
        marked.push_str(&words[at..mark.start]);
        let _ = write!(marked, "[[{}]]", &words[mark.clone()]);
        at = mark.end;
    }
    marked.push_str(&words[at..]);
    let mut lines = String::new();
    wrap(&mut lines, &marked, look.width, indent, indent);
    if look.color {
        // Coloured after it was wrapped: colours have no width.
        let (start, end) = (format!("{YELLOW}"), format!("{YELLOW:#}"));
        lines = lines.replace("[[", &start).replace("]]", &end);
    }
    out.push_str(&lines);
}

fn facets(out: &mut String, answer: &Answer, look: &Look) {
    for (name, counts) in FACETS.iter().filter_map(|n| answer.facets.get(n).map(|c| (n, c))) {
        if counts.is_empty() {
            continue;
        }
        let mut values: Vec<String> = counts.iter().take(VALUES).map(|c| format!("{} {}", c.value, c.count)).collect();
        if counts.len() > VALUES {
            values.push(format!("{} more", counts.len() - VALUES));
        }
        let label = paint(look.color, DIM, &format!("  {name:14}"));
        wrap(out, &values.join(" · "), look.width, &label, &" ".repeat(16));
    }
}

fn object<'a>(found: &'a Answers, answer: &'a Answer) -> AnswerJson<'a> {
    let hits = answer.hits.iter().map(|h| found.hit(h, None)).collect();
    AnswerJson { query: &answer.query, total: answer.total, hits, facets: &answer.facets }
}

fn json(found: &Answers, _: &Look) -> String {
    let all: Vec<AnswerJson<'_>> = found.answers.iter().map(|a| object(found, a)).collect();
    let whole = match (found.many, &all[..]) {
        (false, [one]) => serde_json::to_string_pretty(one),
        _ => serde_json::to_string_pretty(&all),
    };
    whole.unwrap_or_default() + "\n"
}

fn lines(found: &Answers, _: &Look) -> String {
    let mut out = String::new();
    for answer in &found.answers {
        for hit in &answer.hits {
            out.push_str(&serde_json::to_string(&found.hit(hit, Some(&answer.query))).unwrap_or_default());
            out.push('\n');
        }
    }
    out
}

const COLUMNS: [&str; 16] = [
    "query", "organisation", "ods", "type", "title", "source", "captured", "reviewed", "section", "snippet", "score",
    "notice", "open", "sha256", "start", "end",
];

fn rows(found: &Answers, _: &Look) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for answer in &found.answers {
        for hit in &answer.hits {
            let h = found.hit(hit, Some(&answer.query));
            let place = |at: Option<usize>| at.map_or(String::new(), |at| at.to_string());
            let cells = [
                answer.query.as_str(),
                h.organisation.unwrap_or(""),
                h.ods.unwrap_or(""),
                h.r#type.unwrap_or(""),
                h.title,
                h.source,
                h.captured,
                h.reviewed.unwrap_or(""),
                &h.section.join(" > "),
                h.snippet,
                &h.score.to_string(),
                h.notice,
                &h.open,
                h.sha256,
                &place(h.start),
                &place(h.end),
            ];
            row(&mut out, &cells);
        }
    }
    out
}
