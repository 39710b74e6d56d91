//! `fairnotice history`: all versions of a body's notice, its predecessors' and its successors'.

use super::Failure;
use super::arguments::{format, formats};
use super::output::{Output, Screen};
use super::selection::{Opened, Store, failure, numbered};
use crate::corpus::{self, Holding, Meant, Owner, PROGRAM, Reading, Tool, compare};
use crate::model::Severity;
use crate::pipeline::Analysis;
use crate::report::{Entry, HISTORY, History};
use rayon::prelude::*;

/// Shows all versions of a body's notice, and of its predecessors' and successors', with what changed when
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: Store,
    /// Whose: name of the organisation, or a part of it, ODS code, or address of the notice
    #[arg(value_name = "NOTICE")]
    notice: String,
    /// This notice alone, without those of predecessors and successors
    #[arg(long)]
    alone: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = HISTORY[0].name, value_parser = formats(HISTORY))]
    format: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice history --corpus corpus 'NHS Lincolnshire ICB'
  fairnotice history --corpus corpus --format json QJM

Exit codes: 0, 2 for bad usage, 3 where some version cannot be read";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { store, notice, alone, format: name, output } = arguments;
    let opened = store.open()?;
    let holdings = match opened.corpus.meant(&notice, &opened.dictionary).map_err(failure)? {
        Meant::Version(holding, _) => vec![holding],
        Meant::Notices(holdings) if holdings.is_empty() => return Err(Failure(opened.nothing(&notice)?)),
        Meant::Notices(holdings) => holdings,
    };
    let owners: Vec<Owner> = holdings.iter().flat_map(Holding::owners).cloned().collect();
    let holdings = if alone { holdings } else { with_line(&opened, holdings, &owners)? };
    let mut entries = Vec::new();
    for holding in &holdings {
        entries.extend(of_notice(&opened, holding)?);
    }
    let mut line: Vec<String> = Vec::new();
    for owner in holdings.iter().flat_map(Holding::owners) {
        if !line.iter().any(|name| name.eq_ignore_ascii_case(&owner.name)) {
            line.push(owner.name.clone());
        }
    }
    let tool = Tool { version: PROGRAM.to_owned(), dictionaries: opened.dictionary.hash() };
    let history = History { line, tool, entries };
    output.write(&(format(HISTORY, Some(&name)).render)(&history, &screen.look(&output)))?;
    Ok(if history.entries.iter().any(|e| e.holds.is_err()) { 3 } else { 0 })
}

/// The notices with those of the bodies before and after, the oldest body's first.
fn with_line(opened: &Opened, holdings: Vec<Holding>, owners: &[Owner]) -> Result<Vec<Holding>, Failure> {
    let mut out: Vec<Holding> = Vec::new();
    for owner in owners {
        for holding in opened.corpus.line_of(owner, &opened.dictionary).map_err(failure)? {
            if !out.iter().any(|h| h.notice == holding.notice) {
                out.push(holding);
            }
        }
    }
    let rest = holdings.into_iter().filter(|h| !out.iter().any(|o| o.notice == h.notice)).collect::<Vec<_>>();
    out.extend(rest);
    Ok(out)
}

/// The versions of one notice with what changed in each.
fn of_notice(opened: &Opened, holding: &Holding) -> Result<Vec<Entry>, Failure> {
    let (reader, dictionary, as_of) = (opened.corpus.reader(), &opened.dictionary, opened.as_of);
    let read = |at: usize| corpus::judge(&reader, holding.versions[at].version.clone(), dictionary, as_of);
    let read: Vec<_> = (0..holding.versions.len()).into_par_iter().map(read).collect();
    let mut entries = Vec::new();
    let mut last: Option<Reading> = None;
    for (at, judged) in read.into_iter().enumerate() {
        let analysis = judged.map_err(failure)?.analysis;
        let reading = analysis.as_ref().ok().map(Reading::of);
        let difference = last.as_ref().zip(reading.as_ref()).map(|(old, new)| compare(old, new));
        entries.push(Entry { version: numbered(holding, at), holds: analysis.map(|a| counts(&a)), difference });
        last = reading.or(last);
    }
    Ok(entries)
}

/// Claims, errors, warnings, infos.
fn counts(analysis: &Analysis) -> [usize; 4] {
    let of = |severity: Severity| analysis.findings.iter().filter(|f| f.severity == severity).count();
    [analysis.claims.len(), of(Severity::Error), of(Severity::Warning), of(Severity::Info)]
}
