//! The command line: one file per subcommand. It alone reads files, environment and clock, and it alone prints.
//!
//! In come arguments; out come the exit codes of the contract: 0 nothing wrong, 1 findings, 2 bad usage or configuration,
//! 3 some input could not be read. It decides nothing about notices.
#![allow(clippy::disallowed_methods)] // this is the one place that may touch files, environment and clock

mod arguments;
mod baseline;
mod check;
mod claims;
mod completions;
mod diff;
mod eval;
mod explain;
mod extract_pdf;
mod fetch;
mod fix;
mod grounds;
mod groups;
mod history;
mod import;
mod index;
mod init;
mod input;
mod man;
mod output;
mod progress;
mod register;
mod report;
mod rules;
mod search;
mod selection;
mod show;
mod text;
mod verify;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use output::Screen;
use std::fmt;
use std::process::ExitCode;

/// Checks the privacy notices of NHS commissioners (ICBs, and the CCGs before them).
///
/// It reads a published notice, shows what the notice claims (controller, lawful bases, retention, rights, contacts …)
/// and flags what is outdated, missing, malformed or contradictory, each with the words it rests on, the reason, the
/// source in law or guidance, and the cure. Only `fetch` uses the network.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    screen: Screen,
    #[command(subcommand)]
    command: Command,
}

/// What the exit codes of all commands mean; README.md has the same table.
macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0  done, and nothing found: no finding at or above --fail-on, no difference (diff), no damage (verify)
  1  found: a finding at or above --fail-on (error unless you say otherwise), a difference (diff), damage (verify), a wrong span (eval)
  2  bad usage, or a mistake in the settings, a baseline, a dictionary, a query or a gold file: nothing was done
  3  some input could not be read; the others are judged all the same"
    };
}
use exit_codes;

const EXAMPLES: &str = concat!(
    "\
Examples:
  fairnotice check notice.html                 what is wrong with a notice
  fairnotice check --as-of 2022-07-01 notices/ every notice in a folder, judged as of a day
  fairnotice claims --format csv notice.html   what it states, for a spreadsheet
  fairnotice explain outdated/dpa-1998         why a rule matters and what to do

",
    exit_codes!()
);

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Claims(claims::Arguments),
    Text(text::Arguments),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    #[command(name = "__extract-pdf")]
    ExtractPdf(extract_pdf::Arguments),
    Baseline(baseline::Arguments),
    Init(init::Arguments),
    Eval(eval::Arguments),
    Register(register::Arguments),
    Fetch(fetch::Arguments),
    Report(report::Arguments),
    Import(import::Arguments),
    Show(show::Arguments),
    Diff(diff::Arguments),
    History(history::Arguments),
    Verify(verify::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Index(index::Arguments),
    Search(search::Arguments),
}

/// Why a command could not do its work: what was wrong, where, and what to do. It ends the program with exit code 2.
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Runs the program on its arguments.
pub fn run() -> ExitCode {
    let matches = groups::grouped(Cli::command()).get_matches();
    let Cli { screen, command } = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        // A fault of the program is told in one line, which cannot carry what a notice would say to the terminal.
        std::panic::set_hook(Box::new(|fault| output::complain("fault of the program", &fault.to_string())));
    }
    crate::document::pdf::isolate(extract_pdf::isolated);
    let done = match command {
        Command::Check(arguments) => check::run(arguments, &screen),
        Command::Claims(arguments) => claims::run(arguments, &screen),
        Command::Text(arguments) => text::run(arguments, &screen),
        Command::Rules(arguments) => rules::run(arguments, &screen),
        Command::ExtractPdf(arguments) => extract_pdf::run(arguments),
        Command::Explain(arguments) => explain::run(arguments, &screen),
        Command::Baseline(arguments) => baseline::run(arguments, &screen),
        Command::Init(arguments) => init::run(arguments, &screen),
        Command::Eval(arguments) => eval::run(arguments, &screen),
        Command::Register(arguments) => register::run(arguments, &screen),
        Command::Fetch(arguments) => fetch::run(arguments, &screen),
        Command::Report(arguments) => report::run(arguments, &screen),
        Command::Import(arguments) => import::run(arguments, &screen),
        Command::Show(arguments) => show::run(arguments, &screen),
        Command::Diff(arguments) => diff::run(arguments, &screen),
        Command::History(arguments) => history::run(arguments, &screen),
        Command::Verify(arguments) => verify::run(arguments, &screen),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Index(arguments) => index::run(arguments, &screen),
        Command::Search(arguments) => search::run(arguments, &screen),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            output::complain("error", &failure.0);
            ExitCode::from(2)
        }
    }
}
