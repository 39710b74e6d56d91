//! `fairnotice show`: one notice of the corpus with its claims and findings.

use super::Failure;
use super::arguments::{format, formats};
use super::output::{Output, Screen, complain_of};
use super::selection::{Opened, Store, failure, numbered};
use crate::corpus::{self, Owner};
use crate::dictionary::Family;
use crate::report::{Refused, Run, SHOW, Shown};

/// Shows one notice of the corpus: where it comes from, what it states, what is wrong with it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: Store,
    /// Whose: name of the organisation, or a part of it, ODS code, address of the notice, or id of a version or a capture
    #[arg(value_name = "NOTICE")]
    notice: String,
    /// Which version: its number, its id, or the day on which it was in force; the latest where nothing is said
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = SHOW[0].name, value_parser = formats(SHOW))]
    format: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice show --corpus corpus 'NHS Lincolnshire ICB'
  fairnotice show --corpus corpus QJM --version 2
  fairnotice show --corpus corpus QJM --as-of 2023-06-30    as it was on that day, judged on that day

Exit codes: 0, 2 for bad usage or several notices of that name, 3 where the notice cannot be read";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { store, notice, version, format: name, output } = arguments;
    let opened = store.open()?;
    let (holding, meant) = opened.notice(&notice)?;
    let at = match (meant, &version) {
        (Some(at), None) => at,
        _ => opened.version(&holding, version.as_deref())?,
    };
    let judged =
        corpus::judge(&opened.corpus.reader(), holding.versions[at].version.clone(), &opened.dictionary, opened.as_of)
            .map_err(failure)?;
    let (analyses, unreadable) = match judged.analysis {
        Ok(analysis) => (vec![analysis], Vec::new()),
        Err(reason) => (Vec::new(), vec![Refused { source: holding.notice.clone(), reason }]),
    };
    let run = Run {
        analyses,
        unreadable,
        as_of: opened.as_of,
        dictionaries: judged.dictionaries,
        fail_on: None,
        folder: String::new(),
        show_suppressed: false,
    };
    let alike = opened.corpus.alike(&holding.versions[at], &opened.dictionary).map_err(failure)?;
    let alike = alike.into_iter().map(|(likeness, other)| {
        let owners = other.versions.last().map(|held| held.owners.clone()).unwrap_or_default();
        (likeness, owners, other.notice)
    });
    let shown = Shown {
        alike: alike.collect(),
        lineage: lineage(&opened, &holding.versions[at].owners),
        versions: (0..holding.versions.len()).map(|at| numbered(&holding, at)).collect(),
        version: numbered(&holding, at),
        run,
    };
    output.write(&(format(SHOW, Some(&name)).render)(&shown, &screen.look(&output)))?;
    complain_of(&shown.run.unreadable);
    Ok(if shown.run.unreadable.is_empty() { 0 } else { 3 })
}

/// The bodies before those whose notice it is, and those after.
fn lineage(opened: &Opened, owners: &[Owner]) -> (Vec<String>, Vec<String>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for owner in owners {
        let term = opened.dictionary.family(Family::Commissioners).find(|t| t.name() == owner.name);
        let Some(term) = term else { continue };
        let line = corpus::lineage(&opened.dictionary, term);
        let own = line.iter().position(|t| t.id == term.id).unwrap_or(0);
        let name = |t: &&crate::dictionary::Term| match &t.ods {
            Some(ods) => format!("{} ({ods})", t.name()),
            None => t.name().to_owned(),
        };
        before.extend(line[..own].iter().map(name));
        after.extend(line[own + 1..].iter().map(name));
    }
    (before, after)
}
