//! `fairnotice verify`: whether the corpus still holds what was captured, and quotes still stand where they are said to.

use super::arguments;
use super::output::{Output, Screen};
use super::selection::failure;
use super::{Failure, input};
use crate::corpus::{self, Corpus, Saved, Version};
use crate::dictionary::Dictionary;
use crate::pipeline::{Analysis, AsOf};
use crate::report::{Checked, VERIFY, counted};
use crate::search::{Finder, Held, SearchError, held};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Re-hashes every capture of the corpus and re-matches every quote
///
/// Each record's digests are worked out again and each capture is looked for at its place; each version is read again, and
/// every quote in it must be the words at its place. What the index says of a version, and analyses saved as JSON, are held
/// against the captures they are of.
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
    let finder = index(&corpus, &versions, &mut checked);
    let index = finder.as_ref().map(|finder| (finder, finder.is_of(&dictionary)));
    let read: Vec<(usize, Held)> = versions.par_iter().map(|v| quotes(&reader, v, &dictionary, index)).collect();
    checked.versions = versions.len();
    for (quotes, held) in read {
        checked.quotes += quotes;
        checked.indexed += held.quotes;
        checked.elsewhere += held.elsewhere;
        checked.wrong.extend(held.wrong);
    }
    for file in &arguments.saved {
        saved(file, &reader, &versions, &dictionary, &mut checked)?;
    }
    let format = arguments::format(VERIFY, Some(&arguments.format));
    arguments.output.write(&(format.render)(&checked, &screen.look(&arguments.output)))?;
    Ok(u8::from(checked.damaged()))
}

/// The index of a corpus, where it has one; what is wrong with it as a whole is told.
fn index(corpus: &Corpus, versions: &[Version], checked: &mut Checked) -> Option<Finder> {
    let opened = Finder::open(&corpus.index_dir()).and_then(|finder| Ok((finder.others(versions)?, finder)));
    match opened {
        Err(SearchError::NotIndexed) => None,
        Err(why) => {
            checked.wrong.push(format!("index: {why}"));
            None
        }
        Ok((others, finder)) => {
            if others > 0 {
                checked.wrong.push(format!(
                    "index: {} in it of which no capture is in the corpus; run 'fairnotice index'",
                    counted(others, "version")
                ));
            }
            Some(finder)
        }
    }
}

/// How many quotes a version has, what the index says of it, and what is wrong with either.
fn quotes(
    reader: &corpus::Reader,
    version: &Version,
    dictionary: &Dictionary,
    index: Option<(&Finder, bool)>,
) -> (usize, Held) {
    let name = format!("{} of {}", version.notice, version.day());
    match read(reader, version, dictionary) {
        Err(why) => (0, Held { wrong: vec![format!("{name}: {why}")], ..Held::default() }),
        // What cannot be understood has no quotes; that is no damage.
        Ok(Err(_)) => (0, Held::default()),
        Ok(Ok(analysis)) => {
            let spans = analysis.claims.iter().map(|c| c.evidence);
            let spans: Vec<_> =
                spans.chain(analysis.findings.iter().flat_map(|f| f.evidence.iter().copied())).collect();
            let bad = spans.iter().filter(|s| analysis.text.body.get(s.range()).is_none_or(str::is_empty));
            let bad: Vec<String> =
                bad.map(|s| format!("{name}: there are no words at bytes {} to {}", s.start, s.end)).collect();
            let mut out = index.map_or_else(Held::default, |index| indexed(index, version, &analysis));
            out.wrong.splice(0..0, bad);
            (spans.len(), out)
        }
    }
}

/// Holds what the index says of a version against the version.
fn indexed((finder, same): (&Finder, bool), version: &Version, analysis: &Analysis) -> Held {
    let capture = version.pages.first().map_or("", |p| p.id.get(..8).unwrap_or(&p.id));
    let name = format!("index: {} of {} (capture {capture})", version.notice, version.day());
    let told = |why: String| format!("{name}: {why}; run 'fairnotice index --again'");
    match finder.kept(version) {
        Ok(None) => Held::default(),
        Ok(Some((entry, text))) => {
            let held = held(&entry, &text, analysis, same);
            Held { wrong: held.wrong.into_iter().map(told).collect(), ..held }
        }
        Err(why) => Held { wrong: vec![told(why.to_string())], ..Held::default() },
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
