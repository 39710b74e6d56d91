//! `fairnotice completions`: what a shell must know to complete the commands and options, made from the one definition of
//! the command line.

use super::output::print;
use super::{Cli, Failure};
use clap::CommandFactory;
use clap_complete::Shell;

/// Prints completions for a shell, so that the Tab key knows the commands and options
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Write what it prints into this file:
  bash        ~/.local/share/bash-completion/completions/fairnotice
  zsh         _fairnotice in a folder of your $fpath
  fish        ~/.config/fish/completions/fairnotice.fish
  PowerShell  at the end of $PROFILE

Example:
  fairnotice completions fish > ~/.config/fish/completions/fairnotice.fish";

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "fairnotice", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
