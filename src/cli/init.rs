//! `fairnotice init`: a commented settings file, from the notice itself.

use super::arguments::dictionary;
use super::output::{Screen, print};
use super::{Failure, input};
use crate::pipeline::AsOf;
use crate::report::terminal;
use crate::settings::{FILE_NAME, template};
use std::io::Write;
use std::path::PathBuf;

/// Writes a commented fairnotice.toml whose declaration comes from your notice
///
/// Read it before you rely on it: it says what the notice says, and the notice may be wrong. A file that is there already is
/// never written over.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  fairnotice init notice.html\n  fairnotice check notice.html     now against what you declared\n\nExit codes: 0; 2 where the file is there already or cannot be written; 3 where the notice could not be read"
)]
pub(super) struct Arguments {
    /// The notice to take the declaration from; without it, the file holds examples alone
    #[arg(value_name = "NOTICE")]
    notice: Option<PathBuf>,
    /// Where to write it
    #[arg(long, short, value_name = "FILE", default_value = FILE_NAME)]
    output: PathBuf,
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { notice, output } = arguments;
    let analysis = match notice {
        Some(path) => match input::judge_file(&path, &dictionary(None)?, AsOf::Day(super::arguments::today())) {
            Ok(analysis) => Some(analysis),
            Err(refused) => {
                super::output::complain_of(&[refused]);
                return Ok(3);
            }
        },
        None => None,
    };
    let name = output.to_string_lossy();
    let name = terminal::clean(&name);
    let written =
        std::fs::File::create_new(&output).and_then(|mut file| file.write_all(template(analysis.as_ref()).as_bytes()));
    match written {
        Ok(()) if screen.quiet => Ok(0),
        Ok(()) => print(&format!("{name}: written; read it and put it right\n")).map(|()| 0),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure(format!("{name}: is there already and was left as it is; name another file with --output")))
        }
        Err(e) => Err(Failure(format!("{name}: {}; name a file in a folder that you may write to", input::reason(&e)))),
    }
}
