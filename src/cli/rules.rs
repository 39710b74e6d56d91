//! `fairnotice rules`: every rule.

use super::Failure;
use super::arguments::{format, formats};
use super::output::{Output, Screen};
use crate::report::RULES;
use crate::rules::{self, Rule};

/// Lists every rule that notices are judged by
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = RULES[0].name, value_parser = formats(RULES))]
    format: String,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let all: Vec<&'static Rule> = rules::all().collect();
    let list = (format(RULES, Some(&arguments.format)).render)(&all, &screen.look(&arguments.output));
    arguments.output.write(&list)?;
    Ok(0)
}
