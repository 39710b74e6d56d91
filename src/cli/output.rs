//! Where output goes and what the screen is like. Reports never ask; they are told.

use super::Failure;
use crate::report::{Look, Refused, terminal};
use std::io::{ErrorKind, IsTerminal, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Heading of the options that every command has, so that they stand behind its own.
const EVERYWHERE: &str = "Options of every command";

/// Options about the screen, good for every subcommand.
#[derive(clap::Args)]
pub(super) struct Screen {
    /// Colours: on a terminal only, always, or never (NO_COLOR is honoured)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = EVERYWHERE)]
    color: When,
    /// Results alone: no headers, notes and summaries
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// Where results go.
#[derive(clap::Args)]
pub(super) struct Output {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Narrowest width that can still be read.
const NARROWEST: usize = 40;

/// Widest lines that can still be read.
const WIDEST: usize = 140;

impl Screen {
    /// What the screen is like, for results that go to `output`.
    pub fn look(&self, output: &Output) -> Look {
        let terminal = output.output.is_none() && std::io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let color = match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !set("NO_COLOR") && !dumb,
        };
        let asked = std::env::var("COLUMNS").ok().and_then(|c| c.trim().parse().ok());
        let measured = || terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0));
        let width = asked.or_else(measured).filter(|w| *w > 0).unwrap_or(80).clamp(NARROWEST, WIDEST);
        Look { width, color, quiet: self.quiet }
    }
}

impl Output {
    /// Refuses to write over what is to be read.
    pub fn check(&self, inputs: &[PathBuf]) -> Result<(), Failure> {
        let Some(path) = &self.output else { return Ok(()) };
        let same = |input: &PathBuf| {
            input == path || matches!((input.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b)
        };
        if inputs.iter().any(same) {
            return Err(Failure(format!("--output {}: this is one of the notices; name another file", path.display())));
        }
        Ok(())
    }

    /// Writes the results.
    pub fn write(&self, content: &str) -> Result<(), Failure> {
        match &self.output {
            Some(path) => std::fs::write(path, content).map_err(|e| {
                Failure(format!(
                    "--output {}: {}; name a file in a folder that exists and that you may write to",
                    path.display(),
                    super::input::reason(&e)
                ))
            }),
            None => print(content),
        }
    }
}

/// Writes to standard output. Whoever closes it early, as `head` does, has seen enough.
pub(super) fn print(content: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(content.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure(format!("cannot write to standard output: {e}"))),
        _ => Ok(()),
    }
}

/// Longest complaint, in columns: a line, even where it quotes a whole notice.
const LONGEST: usize = 600;

/// Says something beside the results, in one line.
pub(super) fn complain(what: &str, words: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{what}: {}", terminal::cut(words, LONGEST));
}

/// Shows a line that somebody typed, with marks under the place that is meant.
pub(super) fn point_at(line: &str, place: Range<usize>) {
    let (shown, marked) = terminal::window(line, place, NARROWEST * 2);
    let before = terminal::width_of(&shown[..marked.start]);
    let marks = "^".repeat(terminal::width_of(&shown[marked]).max(1));
    let _ = writeln!(std::io::stderr(), "  {shown}\n  {}{marks}", " ".repeat(before));
}

/// Names the inputs that could not be read, where the results have no room for them.
pub(super) fn complain_of(unreadable: &[Refused]) {
    for refused in unreadable {
        complain("unreadable", &format!("{}: {}", terminal::clean(&refused.source), refused.reason));
    }
}

/// Writes a file so that whoever reads it meanwhile, or finds it after a crash, sees the old words or the new, never half of
/// them. Links are followed and permissions kept.
pub(super) fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = folder.join(name);
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(content)?;
        if let Ok(there) = std::fs::metadata(&path) {
            file.set_permissions(there.permissions())?;
        }
        file.sync_all()?;
        std::fs::rename(&beside, &path)
    });
    if written.is_err() {
        // What is left of the attempt helps nobody.
        let _ = std::fs::remove_file(&beside);
    }
    written
}
