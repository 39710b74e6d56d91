//! `fairnotice index`: makes what is new in a corpus searchable.

use super::output::{Screen, complain, complain_of, print};
use super::progress::bar;
use super::{Failure, arguments, register};
use crate::corpus::Corpus;
use crate::pipeline::AsOf;
use crate::report::Refused;
use crate::search::{Done, Official, Settings, update};
use std::path::PathBuf;

/// Reads and judges what is new in a corpus and makes it searchable.
///
/// Only what is new is read: a version of a notice is known by its bytes, the program's version and the dictionaries. It may
/// be stopped at any moment; what was committed before stays searchable, and the next run goes on from there. Last, the
/// newest versions of all notices are compared with one another and with the registers, where any of these changed.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the corpus
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// The day to judge findings on, as YYYY-MM-DD, today by default; in a new month all are judged again
    #[arg(long, value_name = "DAY", value_parser = arguments::day)]
    as_of: Option<crate::model::Day>,
    /// Read and judge everything again
    #[arg(long)]
    again: bool,
    /// Versions of notices between two commits: what a stop in between can cost
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,
    /// Most notices that are compared with one another and with the registers, for the rules corpus/…; all of them are in
    /// memory then, some 100 KB each
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    compare: u32,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice import --corpus corpus notices/ && fairnotice index --corpus corpus
  fairnotice search --corpus corpus 'basis:6(1)(e) -claim:retention'

Exit codes: 0, 2 for bad usage or a corpus that cannot be read, 3 where some notice could not be read";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let dictionary = arguments::dictionary(arguments.dictionaries.as_deref())?;
    let corpus = Corpus::open(&arguments.corpus).map_err(|e| Failure(e.to_string()))?;
    let day = arguments.as_of.unwrap_or_else(arguments::today);
    let load = || register::load(&arguments.corpus, AsOf::Day(day), &dictionary).map_err(|Failure(why)| why);
    let settings = Settings {
        dictionary: &dictionary,
        day,
        again: arguments.again,
        batch: arguments.batch as usize,
        official: Official { label: register::label(&arguments.corpus)?, load: &load },
        compared: arguments.compare as usize,
    };
    let bar = bar(screen.quiet);
    let done = update(&corpus, &settings, |at, all| {
        bar.set_length(all as u64);
        bar.set_position(at as u64);
    });
    bar.finish_and_clear();
    let done = done.map_err(|e| Failure(e.to_string()))?;
    let unreadable: Vec<Refused> = done
        .unreadable
        .iter()
        .map(|(source, reason)| Refused { source: source.clone(), reason: reason.clone() })
        .collect();
    complain_of(&unreadable);
    if let Some(count) = done.too_many.filter(|_| arguments.compare > 0) {
        let what = format!(
            "{count} notices were not compared with one another: no rule corpus/… finds anything; '--compare {count}' compares them"
        );
        complain("note", &what);
    }
    if !screen.quiet {
        print(&told(&done))?;
    }
    Ok(if unreadable.is_empty() { 0 } else { 3 })
}

fn told(done: &Done) -> String {
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let parts: Vec<String> = [
        Some(format!("{} new", done.added)),
        count(done.again, "judged again"),
        Some(format!("{} known", done.known)),
        count(done.gone, "gone"),
        count(done.unreadable.len(), "unreadable"),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("versions of notices: {}\n", parts.join(", "))
}
