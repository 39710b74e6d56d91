//! `fairnotice text`: the canonical text that every span points into, and nothing else.

use super::output::{Screen, complain_of, print};
use super::{Failure, input};
use std::path::PathBuf;

/// Prints the text of a notice as the program reads it
///
/// The offsets `start` and `end` in JSON are bytes of this text. White space is single, invisible characters are gone,
/// every heading, paragraph, item and cell stands on a line of its own.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The notice: a file, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print the texts of several files one after the other, as `check --together` reads them
    #[arg(long)]
    together: bool,
}

pub(super) fn run(arguments: Arguments, _: &Screen) -> Result<u8, Failure> {
    let Arguments { paths, together } = arguments;
    if !together && (paths.len() > 1 || paths[0].is_dir()) {
        return Err(Failure("text prints one file, so that offsets mean something; name one, or add --together to join several as `check --together` does".to_owned()));
    }
    let (documents, unreadable) = input::read_documents(&paths)?;
    for (_, _, document) in &documents {
        print(&document.text.body)?;
    }
    complain_of(&unreadable);
    Ok(if unreadable.is_empty() { 0 } else { 3 })
}
