//! `fairnotice claims`: what notices state, without judging it.

use super::arguments::{Judging, Reading, format, formats};
use super::output::{Output, Screen, complain_of};
use super::{Failure, input};
use crate::report::CLAIMS;

/// Shows what notices state: controller, lawful bases, retention, rights, contacts …
///
/// Each claim has its value in one form whatever the notice's words, the purpose it belongs to, and the words it rests on.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    judging: Judging,
    /// How to write the claims
    #[arg(long, value_name = "FORMAT", default_value = CLAIMS[0].name, value_parser = formats(CLAIMS))]
    format: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice claims notice.html
  fairnotice claims --format csv --output claims.csv notices/
  fairnotice claims --format jsonl notices/ | grep retention

Exit codes: 0, or 3 where some input could not be read";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { reading, judging, format: name, output } = arguments;
    output.check(&reading.paths)?;
    let run = input::read(&reading, &judging, screen.quiet)?.run;
    let report = (format(CLAIMS, Some(&name)).render)(&run, &screen.look(&output));
    output.write(&report)?;
    complain_of(&run.unreadable);
    Ok(run.verdict().exit_code())
}
