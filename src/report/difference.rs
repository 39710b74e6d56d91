//! Two readings of a notice side by side: claims, findings and text that differ, and whose doing it is.

use super::json::pretty;
use super::terminal::{BOLD, CYAN, DIM, RED, YELLOW, clean, cut, paint, wrap};
use super::versions::{Numbered, VersionJson, labelled, names, tool_words};
use super::{Format, Look, counted};
use crate::corpus::{Change, Difference, Found, How, Stated, Tool};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;

pub(super) const HUMAN: Format<Compared> =
    Format { name: "human", about: "for people: claims and findings that differ, then the text", render: for_people };
pub(super) const JSON: Format<Compared> = Format { name: "json", about: "one object for scripts", render: for_scripts };

/// Two versions compared.
pub struct Compared {
    /// The old one.
    pub old: Numbered,
    /// The new one.
    pub new: Numbered,
    /// What read both.
    pub tool: Tool,
    /// What the publisher changed: both read by the same program.
    pub publisher: Difference,
    /// What a newer program or dictionary reads otherwise in the old version than was saved once, and what read it then.
    pub program: Option<(Tool, Difference)>,
    /// The two texts; none where only claims are wanted.
    pub texts: Option<(String, String)>,
}

/// Longest quote shown.
const QUOTE: usize = 60;

fn for_people(compared: &Compared, look: &Look) -> String {
    let mut out = String::new();
    let Compared { old, new, .. } = compared;
    wrap(&mut out, &clean(&names(&new.owners)), look.width, &paint(look.color, BOLD, "== "), "   ");
    let same = old.version.notice == new.version.notice;
    if same {
        labelled(&mut out, "notice", &new.version.notice, look);
    }
    for (label, of) in [("old", old), ("new", new)] {
        let address = if same { "" } else { &of.version.notice };
        labelled(&mut out, label, format!("version {} {address}", of.words()).trim_end(), look);
    }
    labelled(&mut out, "read by", &format!("{}, both of them", tool_words(&compared.tool)), look);
    out.push('\n');
    let title = if same { "Changed by the publisher" } else { "What the second says otherwise than the first" };
    difference(&mut out, title, &compared.publisher, look);
    if let Some((by, program)) = &compared.program {
        let title = format!(
            "In the old version, read otherwise by this program than by {}; no change of the publisher's",
            tool_words(by)
        );
        difference(&mut out, &title, program, look);
    }
    if let Some((old, new)) = &compared.texts {
        text(&mut out, old, new, look);
    }
    out
}

fn difference(out: &mut String, title: &str, difference: &Difference, look: &Look) {
    wrap(out, title, look.width, "", "  ");
    if difference.is_empty() {
        out.push_str("  nothing: the same claims and findings\n\n");
        return;
    }
    changes(out, difference, look, usize::MAX);
    out.push('\n');
}

/// The changes, a line or two each, of which at most `room`; how many were left out.
pub(super) fn changes(out: &mut String, difference: &Difference, look: &Look, room: usize) -> usize {
    let lines = difference.claims.iter().map(|c| claim_line(c, look));
    let found = |how: &str, f: &Found, style| {
        let subject = f.subject.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
        (paint(look.color, style, &format!("{how:<8}")), format!("finding {}{subject}: {}", f.rule, f.message))
    };
    let came = difference.findings_came.iter().map(|f| found("came", f, RED));
    let went = difference.findings_went.iter().map(|f| found("went", f, CYAN));
    let all: Vec<(String, String)> = lines.chain(came).chain(went).collect();
    for (how, words) in all.iter().take(room) {
        wrap(out, &clean(words), look.width, &format!("  {how} "), "           ");
    }
    all.len().saturating_sub(room)
}

fn claim_line(change: &Change, look: &Look) -> (String, String) {
    let (how, style) = match change.how {
        How::Came => ("came", YELLOW),
        How::Went => ("went", CYAN),
        How::Changed => ("changed", YELLOW),
        How::Moved => ("moved", DIM),
    };
    let words = match (&change.old, &change.new) {
        (Some(old), Some(new)) if change.how == How::Moved => {
            format!("{} from {} to {}", stated(new), headings(old), headings(new))
        }
        (Some(old), Some(new)) if old.value != new.value => format!("{} → {}", stated(old), new.value),
        (Some(old), Some(new)) => format!("{}: {}", stated(new), attributes(old, new)),
        (Some(one), None) | (None, Some(one)) => {
            format!("{} “{}” under {}", stated(one), cut(&one.quote.replace('\n', " "), QUOTE), headings(one))
        }
        (None, None) => String::new(),
    };
    (paint(look.color, style, &format!("{how:<8}")), words)
}

fn stated(claim: &Stated) -> String {
    format!("{} {}", claim.kind, claim.value)
}

fn headings(claim: &Stated) -> String {
    match claim.section.last() {
        Some(last) => format!("“{}”", cut(last, QUOTE)),
        None => "the beginning".to_owned(),
    }
}

/// The attributes that differ.
fn attributes(old: &Stated, new: &Stated) -> String {
    let mut names: Vec<&String> = old.attrs.keys().chain(new.attrs.keys()).collect();
    names.sort();
    names.dedup();
    let show = |v: Option<&serde_json::Value>| match v {
        None => "not stated".to_owned(),
        Some(serde_json::Value::String(words)) => words.clone(),
        Some(other) => other.to_string(),
    };
    let differ = names.iter().filter(|n| old.attrs.get(**n) != new.attrs.get(**n));
    let words: Vec<String> =
        differ.map(|n| format!("{n} {} → {}", show(old.attrs.get(*n)), show(new.attrs.get(*n)))).collect();
    words.join(", ")
}

/// A line of the text that differs, or one beside it.
#[derive(Serialize)]
struct Line {
    change: &'static str,
    line: String,
}

/// The lines that differ, each group with a line around it; between groups none.
fn lines(old: &str, new: &str) -> Vec<Vec<Line>> {
    // Two long texts with nothing in common would take for ever to be compared to the last line.
    let diff = TextDiff::configure().timeout(std::time::Duration::from_secs(10)).diff_lines(old, new);
    let groups = diff.grouped_ops(1);
    let of = |ops: &Vec<similar::DiffOp>| {
        let changes = ops.iter().flat_map(|op| diff.iter_changes(op));
        let line = |c: similar::Change<&str>| {
            let change = match c.tag() {
                ChangeTag::Delete => "-",
                ChangeTag::Insert => "+",
                ChangeTag::Equal => " ",
            };
            Line { change, line: c.value().trim_end_matches('\n').to_owned() }
        };
        changes.map(line).collect()
    };
    groups.iter().map(of).collect()
}

fn text(out: &mut String, old: &str, new: &str, look: &Look) {
    let groups = lines(old, new);
    if groups.is_empty() {
        out.push_str("Text: the same\n");
        return;
    }
    let count = |mark: &str| groups.iter().flatten().filter(|l| l.change == mark).count();
    let _ = writeln!(out, "Text: {} went, {} came", counted(count("-"), "line"), counted(count("+"), "line"));
    for group in groups {
        out.push('\n');
        for Line { change, line } in group {
            let style = match change {
                "-" => RED,
                "+" => CYAN,
                _ => DIM,
            };
            // What surrounds a change only shows where it is.
            let words =
                if change == " " { cut(&line, look.width.saturating_sub(4)) } else { clean(&line).into_owned() };
            wrap(out, &words, look.width, &paint(look.color, style, &format!("  {change} ")), "    ");
        }
    }
}

#[derive(Serialize)]
struct ComparedJson<'a> {
    schema: &'static str,
    tool: &'a Tool,
    old: VersionJson<'a>,
    new: VersionJson<'a>,
    publisher: &'a Difference,
    program: Option<ProgramJson<'a>>,
    text: Option<Vec<Vec<Line>>>,
}

#[derive(Serialize)]
struct ProgramJson<'a> {
    from: &'a Tool,
    to: &'a Tool,
    difference: &'a Difference,
}

fn for_scripts(compared: &Compared, _: &Look) -> String {
    let program =
        compared.program.as_ref().map(|(from, difference)| ProgramJson { from, to: &compared.tool, difference });
    pretty(&ComparedJson {
        schema: "fairnotice/difference/1",
        tool: &compared.tool,
        old: compared.old.json(),
        new: compared.new.json(),
        publisher: &compared.publisher,
        program,
        text: compared.texts.as_ref().map(|(old, new)| lines(old, new)),
    })
}
