//! `fairnotice man`: manual pages, made from the one definition of the command line.

use super::output::print;
use super::{Cli, Failure, input};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::path::PathBuf;

/// Prints the manual page, or writes those of all commands into a folder
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  fairnotice man | man -l -                       reads the page of the program\n  fairnotice man ~/.local/share/man/man1          then `man fairnotice-check` works"
)]
pub(super) struct Arguments {
    /// Folder for fairnotice.1, fairnotice-check.1 and so on; without one, the page of the program is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &arguments.folder else {
        print(&String::from_utf8_lossy(&page(program).map_err(unmade)?.1))?;
        return Ok(0);
    };
    let trouble = |e: std::io::Error| {
        Failure(format!("{}: {}; name a folder that you may write to", folder.display(), input::reason(&e)))
    };
    std::fs::create_dir_all(folder).map_err(trouble)?;
    for command in program.get_subcommands().filter(|c| !c.is_hide_set()).chain([&program]) {
        let (name, content) = page(command.clone()).map_err(unmade)?;
        std::fs::write(folder.join(name), content).map_err(trouble)?;
    }
    Ok(0)
}

fn unmade(e: std::io::Error) -> Failure {
    Failure(format!("the manual page cannot be made: {e}"))
}

/// The file name of a command's page, and the page in the language of `man`. Examples and exit codes keep their lines,
/// which filling would run together.
fn page(command: Command) -> std::io::Result<(String, Vec<u8>)> {
    let has_commands = command.has_subcommands();
    let man = Man::new(command).source(concat!("fairnotice ", env!("CARGO_PKG_VERSION")));
    let (mut out, mut extra) = (Vec::new(), Vec::new());
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if has_commands {
        man.render_subcommands_section(&mut out)?;
    }
    man.render_extra_section(&mut extra)?;
    if let Some((before, lines)) = String::from_utf8_lossy(&extra).split_once(".SH EXTRA\n") {
        out.extend([before, ".SH NOTES\n.nf\n", lines, ".fi\n"].concat().into_bytes());
    }
    Ok((man.get_filename(), out))
}
