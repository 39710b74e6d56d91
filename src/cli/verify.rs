//! `fairnotice verify`: whether the corpus still holds what was captured, and quotes still stand where they are said to.

use super::arguments;
use super::output::{Output, Screen};
use super::selection::failure;
use super::{Failure, input};
use crate::corpus::{self, Corpus, Saved, Version};
use crate::dictionary::Dictionary;
use crate::pipeline::{Analysis, AsOf};
use crate::report::{Checked, VERIFY};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Re-hashes every capture of the corpus and re-matches every quote
///
/// Each record's digests are worked out again and each capture is looked for at its place; each version is read again, and
/// every quote in it must be the words at its place. Analyses saved as JSON are held against the captures they are of.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the corpus
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// Analyses saved earlier (JSON of `check`, `claims` or `show`) whose quotes are to be matched too
    #[arg(value_name = "FILE")]
    saved: Vec<PathBuf>,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = VERIFY[0].name, value_parser = arguments::formats(VERIFY))]
    format: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice verify --corpus corpus
  fairnotice verify --corpus corpus analysis-of-2024.json

Exit codes: 0 all is as it was captured, 1 something is damaged, 2 bad usage or a corpus that cannot be opened";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let dictionary = arguments::dictionary(arguments.dictionaries.as_deref())?;
    let corpus = Corpus::open(&arguments.corpus).map_err(failure)?;
    let store = corpus.verify().map_err(failure)?;
    let versions = corpus.versions().map_err(failure)?;
    let mut checked = Checked { store, ..Checked::default() };
    let reader = corpus.reader();
    let read: Vec<(usize, Vec<String>)> = versions.par_iter().map(|v| quotes(&reader, v, &dictionary)).collect();
    checked.versions = versions.len();
    for (quotes, wrong) in read {
        checked.quotes += quotes;
        checked.wrong.extend(wrong);
    }
    for file in &arguments.saved {
        saved(file, &reader, &versions, &dictionary, &mut checked)?;
    }
    let format = arguments::format(VERIFY, Some(&arguments.format));
    arguments.output.write(&(format.render)(&checked, &screen.look(&arguments.output)))?;
    Ok(u8::from(checked.damaged()))
}

/// How many quotes a version has, and what is wrong with them.
fn quotes(reader: &corpus::Reader, version: &Version, dictionary: &Dictionary) -> (usize, Vec<String>) {
    let name = format!("{} of {}", version.notice, version.day());
    match read(reader, version, dictionary) {
        Err(why) => (0, vec![format!("{name}: {why}")]),
        // What cannot be understood has no quotes; that is no damage.
        Ok(Err(_)) => (0, Vec::new()),
        Ok(Ok(analysis)) => {
            let spans = analysis.claims.iter().map(|c| c.evidence);
            let spans: Vec<_> =
                spans.chain(analysis.findings.iter().flat_map(|f| f.evidence.iter().copied())).collect();
            let bad = spans.iter().filter(|s| analysis.text.body.get(s.range()).is_none_or(str::is_empty));
            let wrong = bad.map(|s| format!("{name}: there are no words at bytes {} to {}", s.start, s.end));
            (spans.len(), wrong.collect())
        }
    }
}

fn read(
    reader: &corpus::Reader,
    version: &Version,
    dictionary: &Dictionary,
) -> Result<Result<Analysis, String>, corpus::StoreError> {
    let day = AsOf::Day(version.day());
    corpus::judge(reader, version.clone(), dictionary, day).map(|judged| judged.analysis)
}

/// Holds the quotes of a saved file against the captures that they are of.
fn saved(
    file: &Path,
    reader: &corpus::Reader,
    versions: &[Version],
    dictionary: &Dictionary,
    checked: &mut Checked,
) -> Result<(), Failure> {
    let name = file.display();
    let content = std::fs::read_to_string(file)
        .map_err(|e| Failure(format!("{name}: {}; check the name and the rights", input::reason(&e))))?;
    let saved = Saved::parse(&content).map_err(|why| Failure(format!("{name}: {why}")))?;
    let by_hash: HashMap<&str, &Version> = versions.iter().map(|v| (v.sha256.as_str(), v)).collect();
    for notice in &saved.notices {
        let Some(version) = by_hash.get(notice.sha256.as_str()) else {
            checked.wrong.push(format!("{name}: no capture of the corpus has the bytes of {}", notice.source));
            continue;
        };
        let Ok(analysis) = read(reader, version, dictionary).map_err(failure)? else {
            checked.wrong.push(format!("{name}: {} cannot be read any more", notice.source));
            continue;
        };
        for quote in notice.quotes() {
            checked.saved += 1;
            if analysis.text.body.get(quote.start..quote.end) == Some(quote.quote.as_str()) {
                continue;
            }
            if analysis.text.body.contains(&quote.quote) {
                checked.elsewhere += 1;
            } else {
                checked.wrong.push(format!(
                    "{name}: {} does not say “{}” at bytes {} to {}",
                    notice.source, quote.quote, quote.start, quote.end
                ));
            }
        }
    }
    Ok(())
}
