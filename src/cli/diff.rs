//! `fairnotice diff`: two versions of a notice, claim by claim and as text.

use super::arguments::{format, formats};
use super::output::{Output, Screen};
use super::selection::{Opened, Store, failure, numbered};
use super::{Failure, input};
use crate::corpus::{self, Difference, Holding, PROGRAM, Reading, Saved, Tool, Version, compare};
use crate::pipeline::Analysis;
use crate::report::{Compared, DIFF};
use std::path::{Path, PathBuf};

/// Compares two versions of a notice: claims that came, went, changed or moved, findings, and the text
///
/// Both are read by this program, so what differs was changed by the publisher. What this program or its dictionaries read
/// otherwise than an earlier one did is told apart with --saved.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: Store,
    /// The notice: name of the organisation, ODS code, address, or id; its last two versions are compared
    #[arg(value_name = "NOTICE")]
    notice: String,
    /// Another notice, to be compared with the first: a successor's with its predecessor's
    #[arg(value_name = "OTHER")]
    other: Option<String>,
    /// The old version: its number, its id, or the day on which it was in force
    #[arg(long, value_name = "VERSION")]
    from: Option<String>,
    /// The new version, likewise
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// An analysis saved earlier (JSON of `check` or `show`) of a version of this notice: the old side is that version
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "other"])]
    saved: Option<PathBuf>,
    /// Claims and findings alone
    #[arg(long)]
    no_text: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = DIFF[0].name, value_parser = formats(DIFF))]
    format: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice diff --corpus corpus QJM                                  the last change
  fairnotice diff --corpus corpus QJM --from 2022-07-01 --to latest    since a day
  fairnotice diff --corpus corpus 'NHS Lincolnshire CCG' 'NHS Lincolnshire ICB'
  fairnotice diff --corpus corpus QJM --saved report-of-2025.json

Exit codes: 0 nothing differs, 1 something does, 2 bad usage, 3 a version cannot be read";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let opened = arguments.store.open()?;
    let (holding, meant) = opened.notice(&arguments.notice)?;
    let saved = arguments.saved.as_deref().map(|file| saved(file, &holding)).transpose()?;
    let ((old_of, old), (new_of, new)) = match &arguments.other {
        Some(other) => {
            let (of, at) = opened.notice(other)?;
            let old = side(&opened, &holding, arguments.from.as_deref(), meant)?;
            let new = side(&opened, &of, arguments.to.as_deref(), at)?;
            ((holding, old), (of, new))
        }
        None => {
            let new = side(&opened, &holding, arguments.to.as_deref(), meant)?;
            let old = match (&saved, &arguments.from) {
                (Some((at, _, _)), _) => *at,
                (None, Some(from)) => opened.version(&holding, Some(from))?,
                (None, None) => before(&holding, new)?,
            };
            ((holding.clone(), old), (holding, new))
        }
    };
    let (before, after) = match (read(&opened, &old_of, old)?, read(&opened, &new_of, new)?) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(why), _) | (_, Err(why)) => {
            super::output::complain("unreadable", &why);
            return Ok(3);
        }
    };
    let tool = Tool { version: PROGRAM.to_owned(), dictionaries: opened.dictionary.hash() };
    let program = saved.map(|(_, by, then)| {
        let difference = compare(&then.0, &now(&before, then.1));
        (by, difference)
    });
    let compared = Compared {
        old: numbered(&old_of, old),
        new: numbered(&new_of, new),
        tool,
        publisher: compare(&Reading::of(&before), &Reading::of(&after)),
        program,
        texts: (!arguments.no_text).then_some((before.text.body, after.text.body)),
    };
    let differs = !compared.publisher.is_empty()
        || compared.program.as_ref().is_some_and(|(_, difference): &(Tool, Difference)| !difference.is_empty())
        || compared.old.version.sha256 != compared.new.version.sha256;
    let format = format(DIFF, Some(&arguments.format));
    arguments.output.write(&(format.render)(&compared, &screen.look(&arguments.output)))?;
    Ok(u8::from(differs))
}

fn side(opened: &Opened, holding: &Holding, asked: Option<&str>, meant: Option<usize>) -> Result<usize, Failure> {
    match (asked, meant) {
        (None, Some(at)) => Ok(at),
        _ => opened.version(holding, asked),
    }
}

fn before(holding: &Holding, new: usize) -> Result<usize, Failure> {
    new.checked_sub(1).ok_or_else(|| {
        let number = new + 1;
        Failure(format!(
            "{}: version {number} is the first of {}; there is nothing before it to compare it with",
            holding.notice,
            holding.versions.len()
        ))
    })
}

/// What a version says, or why it cannot be read.
fn read(opened: &Opened, holding: &Holding, at: usize) -> Result<Result<Analysis, String>, Failure> {
    let version: Version = holding.versions[at].version.clone();
    let name = format!("{}, version {}", holding.notice, at + 1);
    let judged = corpus::judge(&opened.corpus.reader(), version, &opened.dictionary, opened.as_of).map_err(failure)?;
    Ok(judged.analysis.map_err(|why| format!("{name}: {why}")))
}

/// What the program reads now of what was saved: without findings, where none were.
fn now(analysis: &Analysis, with_findings: bool) -> Reading {
    let mut reading = Reading::of(analysis);
    if !with_findings {
        reading.findings.clear();
    }
    reading
}

/// The version that a saved analysis is of, what made it, and what it states.
fn saved(file: &Path, holding: &Holding) -> Result<(usize, Tool, (Reading, bool)), Failure> {
    let name = file.display();
    let content = std::fs::read_to_string(file)
        .map_err(|e| Failure(format!("--saved {name}: {}; check the name and the rights", input::reason(&e))))?;
    let saved = Saved::parse(&content).map_err(|why| Failure(format!("--saved {name}: {why}")))?;
    let of = |at: usize| saved.notices.iter().find(|n| n.sha256 == holding.versions[at].version.sha256);
    let found = (0..holding.versions.len()).rev().find_map(|at| Some((at, of(at)?)));
    let Some((at, notice)) = found else {
        return Err(Failure(format!(
            "--saved {name}: it holds no notice with the bytes of any version of {}; give an analysis of one of them",
            holding.notice
        )));
    };
    Ok((at, saved.tool.clone(), notice.reading()))
}
