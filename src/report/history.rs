//! All versions of a body's notice and of its predecessors' and successors', with what changed when.

use super::difference::changes;
use super::json::pretty;
use super::terminal::{BOLD, DIM, clean, paint, wrap};
use super::versions::{Numbered, VersionJson, names, short};
use super::{Format, Look, counted};
use crate::corpus::{Difference, Tool};
use serde::Serialize;

pub(super) const HUMAN: Format<History> =
    Format { name: "human", about: "for people: each version with what changed in it", render: for_people };
pub(super) const JSON: Format<History> =
    Format { name: "json", about: "one object for scripts, with every change", render: for_scripts };

/// The versions of some notices.
pub struct History {
    /// The bodies of the line, oldest first.
    pub line: Vec<String>,
    /// What read them all: whatever differs was changed by a publisher.
    pub tool: Tool,
    /// The versions, notice by notice, oldest first.
    pub entries: Vec<Entry>,
}

/// One version.
pub struct Entry {
    /// The version.
    pub version: Numbered,
    /// What it holds: claims, errors, warnings, infos; or why it cannot be read.
    pub holds: Result<[usize; 4], String>,
    /// What differs from the version before, where there is one that can be read.
    pub difference: Option<Difference>,
}

/// Changes shown of one version.
const SHOWN: usize = 12;

fn for_people(history: &History, look: &Look) -> String {
    let mut out = String::new();
    if history.line.len() > 1 {
        wrap(&mut out, &clean(&history.line.join(", ")), look.width, "Bodies, oldest first: ", "  ");
        out.push('\n');
    }
    let mut notice = None;
    for entry in &history.entries {
        let version = &entry.version.version;
        if notice != Some(&version.notice) {
            if notice.is_some() {
                out.push('\n');
            }
            notice = Some(&version.notice);
            wrap(&mut out, &clean(&names(&entry.version.owners)), look.width, &paint(look.color, BOLD, "== "), "   ");
            wrap(&mut out, &clean(&version.notice), look.width, "   ", "   ");
        }
        let seen = if version.instant == version.last_seen {
            short(version.instant)
        } else {
            format!("{} to {}", short(version.instant), short(version.last_seen))
        };
        let holds = match &entry.holds {
            Ok([claims, errors, warnings, infos]) => format!(
                "{}, {}, {}, {}",
                counted(*claims, "claim"),
                counted(*errors, "error"),
                counted(*warnings, "warning"),
                counted(*infos, "info")
            ),
            Err(why) => format!("cannot be read: {why}"),
        };
        let id = paint(look.color, DIM, &version.id());
        wrap(
            &mut out,
            &clean(&format!("{seen}: {holds}")),
            look.width,
            &format!("{:>3} {id} ", entry.version.number),
            "    ",
        );
        match &entry.difference {
            Some(difference) if difference.is_empty() => {
                out.push_str("    the words changed, no claim and no finding did\n");
            }
            Some(difference) => {
                let more = changes(&mut out, difference, look, SHOWN);
                if more > 0 {
                    let (number, notice) = (entry.version.number, &version.notice);
                    let words = format!(
                        "and {more} more: fairnotice diff --corpus … --from {} --to {number} {notice}",
                        number.saturating_sub(1)
                    );
                    wrap(&mut out, &clean(&words), look.width, "  ", "    ");
                }
            }
            None => {}
        }
    }
    out
}

#[derive(Serialize)]
struct HistoryJson<'a> {
    schema: &'static str,
    tool: &'a Tool,
    line: &'a [String],
    versions: Vec<EntryJson<'a>>,
}

#[derive(Serialize)]
struct EntryJson<'a> {
    #[serde(flatten)]
    version: VersionJson<'a>,
    unreadable: Option<&'a str>,
    claims: Option<usize>,
    error: Option<usize>,
    warning: Option<usize>,
    info: Option<usize>,
    difference: Option<&'a Difference>,
}

fn for_scripts(history: &History, _: &Look) -> String {
    pretty(&HistoryJson {
        schema: "fairnotice/history/1",
        tool: &history.tool,
        line: &history.line,
        versions: history.entries.iter().map(entry_json).collect(),
    })
}

fn entry_json(e: &Entry) -> EntryJson<'_> {
    let count = |at: usize| e.holds.as_ref().ok().map(|counts| counts[at]);
    EntryJson {
        version: e.version.json(),
        unreadable: e.holds.as_ref().err().map(String::as_str),
        claims: count(0),
        error: count(1),
        warning: count(2),
        info: count(3),
        difference: e.difference.as_ref(),
    }
}
