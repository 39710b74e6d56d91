//! Arguments that several subcommands take, and how their words are read.

use super::Failure;
use crate::dictionary::Dictionary;
use crate::document;
use crate::model::Day;
use crate::pipeline::AsOf;
use crate::report::Format;
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::path::{Path, PathBuf};

/// What to read, and with which knowledge.
#[derive(clap::Args)]
pub(super) struct Reading {
    #[arg(required = true, value_name = "PATH", help = notices())]
    pub paths: Vec<PathBuf>,
    /// Judge all files together as one notice, published as several pages: what one says, the others need not say
    #[arg(long)]
    pub together: bool,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    pub dictionaries: Option<PathBuf>,
    /// Settings file [default: the fairnotice.toml nearest above each notice]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What a path of notices may be, with the endings that a folder is searched for.
fn notices() -> String {
    let endings: Vec<String> = document::extensions().map(|ending| format!(".{ending}")).collect();
    format!("Notices: files, folders (at any depth, their files in {}), or - for standard input", endings.join(", "))
}

/// The day of judging.
#[derive(clap::Args)]
pub(super) struct Judging {
    /// The day to judge on, as YYYY-MM-DD, today by default; 'reviewed' judges each notice on its own review date
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    as_of: Option<DayArgument>,
}

#[derive(Clone, Copy)]
enum DayArgument {
    Day(Day),
    Reviewed,
}

impl Judging {
    /// The day, or how to find it; `settled` is what a settings file says.
    pub fn as_of(&self, settled: Option<AsOf>) -> AsOf {
        match self.as_of {
            None => settled.unwrap_or_else(|| AsOf::Day(today())),
            Some(DayArgument::Day(day)) => AsOf::Day(day),
            Some(DayArgument::Reviewed) => AsOf::Reviewed(today()),
        }
    }

    /// The day that was asked for, where one was.
    pub fn day(&self) -> Option<Day> {
        match self.as_of {
            Some(DayArgument::Day(day)) => Some(day),
            Some(DayArgument::Reviewed) | None => None,
        }
    }
}

/// Today in Greenwich, which in summer begins an hour later than in England.
pub(super) fn today() -> Day {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

fn as_of(words: &str) -> Result<DayArgument, String> {
    if words == "reviewed" {
        return Ok(DayArgument::Reviewed);
    }
    day(words).map(DayArgument::Day)
}

/// A day written YYYY-MM-DD.
pub(super) fn day(words: &str) -> Result<Day, String> {
    let form = words.len() == 10
        && words.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !form {
        return Err("a day is written year-month-day, such as 2026-11-22, or is the word 'reviewed'".to_owned());
    }
    words.parse().map_err(|_| {
        "there is no such day in the calendar; a day is written year-month-day, such as 2026-11-22".to_owned()
    })
}

/// Reads the names of a list of formats.
pub(super) fn formats<T: ?Sized>(list: &'static [Format<T>]) -> PossibleValuesParser {
    list.iter().map(|f| PossibleValue::new(f.name).help(f.about)).collect::<Vec<_>>().into()
}

/// The format with a name; without one, the first.
pub(super) fn format<T: ?Sized>(list: &'static [Format<T>], name: Option<&str>) -> &'static Format<T> {
    list.iter().find(|f| Some(f.name) == name).unwrap_or(&list[0])
}

/// The dictionary that ships with the program, with the files of a folder over it.
pub(super) fn dictionary(folder: Option<&Path>) -> Result<Dictionary, Failure> {
    let Some(folder) = folder else { return Ok(Dictionary::built_in()) };
    let name = folder.display();
    let entries = std::fs::read_dir(folder).map_err(|e| {
        Failure(format!("--dictionaries {name}: {}; give a folder with .toml files", super::input::reason(&e)))
    })?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(Failure(format!(
            "--dictionaries {name}: there is no .toml file in this folder; name a file after the dictionary it adds to, such as purposes.toml"
        )));
    }
    let read = |path: &PathBuf| match std::fs::read_to_string(path) {
        Ok(content) => Ok((path.to_string_lossy().into_owned(), content)),
        Err(e) => Err(Failure(format!(
            "{}: {}; a dictionary is a text file in UTF-8",
            path.display(),
            super::input::reason(&e)
        ))),
    };
    let files = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Dictionary::with_files(&files).map_err(|e| Failure(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_a_day_of_the_calendar() {
        assert!(day("2024-02-29").is_ok());
        for wrong in ["2023-02-29", "2026-1-1", "22/11/2026", "20261122", "", "2026-11-22T00:00"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
