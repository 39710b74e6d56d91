//! The commands in the order in which a newcomer needs them, for the help of the program.
//!
//! In comes the definition of the command line; it leaves with its commands listed in groups. What they are called and what is
//! said of them is the definition's. It never changes what a command takes.

use clap::Command;
use std::fmt::Write as _;

/// The groups and their commands. `help` is clap's own.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Check a notice", &["check", "claims", "text"]),
    ("Settings of a repository", &["init", "baseline"]),
    ("A corpus of notices", &["fetch", "import", "index", "search", "show", "diff", "history", "verify"]),
    ("Registers and the report", &["register", "report"]),
    ("Reference", &["rules", "explain", "eval", "completions", "man", "help"]),
];

/// Columns of the longest name with the space around it.
const NAME: usize = 14;

/// The program with its commands in groups.
pub(super) fn grouped(program: Command) -> Command {
    let (header, literal) = (*program.get_styles().get_header(), *program.get_styles().get_literal());
    let mut list = String::new();
    for (group, names) in GROUPS {
        let _ = writeln!(list, "{header}{group}:{header:#}");
        for name in names {
            let about = program.find_subcommand(name).and_then(|c| c.get_about()).map(ToString::to_string);
            let about = about.unwrap_or_else(|| "Print this message or the help of a command".to_owned());
            let _ = writeln!(list, "  {literal}{name:NAME$}{literal:#}{about}");
        }
        list.push('\n');
    }
    // Braces would be taken for a part of the template.
    let list = list.replace(['{', '}'], "");
    program.help_template(format!(
        "{{before-help}}{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{header}Options:{header:#}\n{{options}}{{after-help}}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_stands_in_one_group() {
        let all: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let listed: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), listed.len(), "a command stands in two groups");
        let program = Cli::command();
        let there = program.get_subcommands().filter(|c| !c.is_hide_set()).map(Command::get_name).chain(["help"]);
        assert_eq!(listed, there.collect::<BTreeSet<_>>());
        assert!(all.iter().all(|name| name.len() + 2 < NAME));
    }
}
