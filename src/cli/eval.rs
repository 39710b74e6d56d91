//! `fairnotice eval`: precision and recall over gold notices.

use super::arguments::{day, dictionary, format, formats};
use super::output::{Output, Screen, complain};
use super::{Failure, input};
use crate::evaluation::{Gold, Scores};
use crate::pipeline::AsOf;
use crate::report::SCORES;
use std::path::{Path, PathBuf};

/// Measures precision, recall and F1 per claim kind and per rule over gold notices
///
/// A gold file is what a person found in a notice, as JSON: the claims it makes, the rules that must fire and those that
/// must not.
#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0; 1 where a span is wrong; 2 where there is no gold or it has a mistake; 3 where a notice could not be read"
)]
pub(super) struct Arguments {
    /// Folder with the notices
    #[arg(value_name = "DIR")]
    notices: PathBuf,
    /// Folder with the gold files (*.json) [default: DIR/gold where that exists, else DIR]
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// How to write the figures
    #[arg(long, value_name = "FORMAT", default_value = SCORES[0].name, value_parser = formats(SCORES))]
    format: String,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { notices, gold, format: name, dictionaries, output } = arguments;
    let folder =
        gold.unwrap_or_else(|| Some(notices.join("gold")).filter(|p| p.is_dir()).unwrap_or_else(|| notices.clone()));
    let files = gold_files(&folder)?;
    let dictionary = dictionary(dictionaries.as_deref())?;
    let (mut scores, mut lost) = (Scores::default(), 0);
    for (file, gold) in &files {
        let as_of = day(&gold.as_of).map_err(|why| Failure(format!("{}: \"as_of\": {why}", file.display())))?;
        match input::judge_file(&notices.join(&gold.notice), &dictionary, AsOf::Day(as_of)) {
            Ok(analysis) => scores.add(gold, &analysis),
            Err(refused) => {
                lost += 1;
                scores.lost(gold, &refused.reason);
            }
        }
    }
    output.write(&(format(SCORES, Some(&name)).render)(&scores, &screen.look(&output)))?;
    for broken in &scores.broken {
        complain("broken", broken);
    }
    Ok(match (lost, scores.broken.len()) {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 3,
    })
}

fn gold_files(folder: &Path) -> Result<Vec<(PathBuf, Gold)>, Failure> {
    let name = folder.display();
    let entries = std::fs::read_dir(folder).map_err(|e| {
        Failure(format!(
            "{name}: {}; give the folder of the notices, and that of the gold with --gold",
            input::reason(&e)
        ))
    })?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(Failure(format!("{name}: no gold files (*.json) in this folder; name theirs with --gold")));
    }
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path)
            .map_err(|e| Failure(format!("{}: {}", path.display(), input::reason(&e))))?;
        let gold = serde_json::from_str(&text)
            .map_err(|e| Failure(format!("{}:{}: {e}; this is no gold file", path.display(), e.line())))?;
        Ok((path, gold))
    };
    paths.into_iter().map(read).collect()
}
