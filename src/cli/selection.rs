//! Which notice of the corpus, and which version of it: words become one of them, or a list of what they may mean.

use super::arguments::{self, Judging};
use super::{Failure, output};
use crate::corpus::{Corpus, Held, Holding, Meant, Version, day_of};
use crate::dictionary::Dictionary;
use crate::model::Day;
use crate::pipeline::AsOf;
use crate::report::Numbered;
use std::path::PathBuf;

/// The corpus, and with which knowledge it is read.
#[derive(clap::Args)]
pub(super) struct Store {
    /// Folder of the corpus
    #[arg(long, value_name = "DIR")]
    pub corpus: PathBuf,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    pub dictionaries: Option<PathBuf>,
    #[command(flatten)]
    pub judging: Judging,
}

/// A corpus opened, with what it is read and judged by.
pub(super) struct Opened {
    pub corpus: Corpus,
    pub dictionary: Dictionary,
    pub as_of: AsOf,
    /// The day asked for, where one was: the corpus is then seen as of that day.
    pub day: Option<Day>,
}

impl Store {
    /// Opens the corpus. Damage of its files is told at once: what is not there cannot be shown.
    pub fn open(&self) -> Result<Opened, Failure> {
        let dictionary = arguments::dictionary(self.dictionaries.as_deref())?;
        let corpus = Corpus::open(&self.corpus).map_err(failure)?;
        for (file, what) in corpus.damage().map_err(failure)? {
            output::complain("damaged", &format!("{file} {what}; run 'fairnotice verify' for all of it"));
        }
        Ok(Opened { corpus, dictionary, as_of: self.judging.as_of(None), day: self.judging.day() })
    }
}

/// What the store says, for people.
pub(super) fn failure(error: crate::corpus::StoreError) -> Failure {
    Failure(error.to_string())
}

impl Opened {
    /// The notice that some words mean, and the version where they mean one.
    pub fn notice(&self, words: &str) -> Result<(Holding, Option<usize>), Failure> {
        match self.corpus.meant(words, &self.dictionary).map_err(failure)? {
            Meant::Version(holding, at) => Ok((holding, Some(at))),
            Meant::Notices(mut holdings) if holdings.len() == 1 => Ok((holdings.remove(0), None)),
            Meant::Notices(holdings) if holdings.is_empty() => Err(Failure(self.nothing(words)?)),
            Meant::Notices(holdings) => Err(Failure(choices(words, &holdings))),
        }
    }

    /// What to say where nothing is meant.
    pub fn nothing(&self, words: &str) -> Result<String, Failure> {
        let all = self.corpus.holdings(&self.dictionary).map_err(failure)?;
        let names: Vec<String> = all.iter().map(named).collect();
        let hint = match &names[..] {
            [] => "nothing has been captured in this corpus yet".to_owned(),
            few if few.len() <= 6 => format!("it holds {}", few.join("; ")),
            many => format!("it holds {} notices, such as {}", many.len(), many[..3].join("; ")),
        };
        Ok(format!("'{words}': no notice of this corpus has this name, ODS code, address or id; {hint}"))
    }

    /// One version of a notice: the one that is asked for, else the one in force on the day asked for, else the latest.
    pub fn version(&self, holding: &Holding, asked: Option<&str>) -> Result<usize, Failure> {
        let versions: Vec<&Version> = holding.versions.iter().map(|held| &held.version).collect();
        let last = versions.len().saturating_sub(1);
        let on = |day: Day| {
            versions.iter().rposition(|v| v.day() <= day).ok_or_else(|| {
                Failure(format!(
                    "nothing of {} was captured by {day}; its first capture is of {}",
                    holding.notice,
                    versions.first().map_or(day, |v| day_of(v.instant))
                ))
            })
        };
        let Some(asked) = asked else { return self.day.map_or(Ok(last), on) };
        if asked == "latest" {
            return Ok(last);
        }
        if let Ok(day) = arguments::day(asked) {
            return on(day);
        }
        let number = asked.parse::<usize>().ok().filter(|n| (1..=versions.len()).contains(n)).map(|n| n - 1);
        let by_id = || versions.iter().position(|v| asked.len() >= 4 && v.id().starts_with(asked));
        number.or_else(by_id).ok_or_else(|| {
            let list: Vec<String> =
                versions.iter().enumerate().map(|(at, v)| format!("{} ({}, {})", at + 1, v.day(), v.id())).collect();
            Failure(format!(
                "'{asked}' is no version of {}; name one by number, id or day: {}",
                holding.notice,
                list.join(", ")
            ))
        })
    }
}

/// A version with its number.
pub(super) fn numbered(holding: &Holding, at: usize) -> Numbered {
    let Held { version, owners, .. } = holding.versions[at].clone();
    Numbered { version, owners, number: at + 1, of: holding.versions.len() }
}

fn named(holding: &Holding) -> String {
    let owners = holding.owners();
    match owners.first() {
        Some(owner) => format!("{} at {}", owner.name, holding.notice),
        None => holding.notice.clone(),
    }
}

/// Says what some words may mean, a line each.
fn choices(words: &str, holdings: &[Holding]) -> String {
    const SHOWN: usize = 20;
    for holding in holdings.iter().take(SHOWN) {
        output::complain("choice", &named(holding));
    }
    let more = holdings.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    format!("'{words}' means {} notices{more}; name one of them by its address", holdings.len())
}
