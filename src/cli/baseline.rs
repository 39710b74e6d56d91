//! `fairnotice baseline`: accepts the findings of today, so that `check --baseline` reports new ones only.

use super::Failure;
use super::arguments::{Judging, Reading};
use super::grounds::whole;
use super::input::{self, Judged};
use super::output::{Screen, complain_of, print};
use crate::report::{counted, terminal};
use crate::settings::{BASELINE_NAME, Baseline, FILE_NAME};
use std::path::{Path, PathBuf};

/// Accepts the findings of today: `check --baseline` then counts new ones only
///
/// The file has a line for each rule, passage and section, never a line number, so that it survives moved and re-wrapped
/// text. One copy of a passage more than were accepted is new. Entries of notices that are not named here stay as they are.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    judging: Judging,
    /// The file [default: what the settings file names, else fairnotice-baseline.json]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Accept nothing new: only drop what no longer occurs
    #[arg(long)]
    update: bool,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice baseline notices/                                     accept what is there today
  fairnotice check --baseline fairnotice-baseline.json notices/    fail on what is new
  fairnotice baseline --update notices/                            forget what was put right

Exit codes: 0; 2 bad usage or configuration; 3 where some input could not be read";

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { reading, judging, output, update } = arguments;
    let mut judged = input::read(&reading, &judging, true)?;
    judged.report_unused();
    let settled: Vec<PathBuf> = judged.grounds.all.iter().filter_map(|g| g.baseline()).collect();
    let file = output.or_else(|| settled.first().cloned()).unwrap_or_else(|| PathBuf::from(BASELINE_NAME));
    let older = match (file.exists(), update) {
        (true, _) => read(&file)?,
        (false, false) => Baseline::default(),
        (false, true) => return Err(missing(&file)),
    };
    let folder = folder_of(&file);
    let gone = |source: &str| is_gone(&folder, source);
    let mut notices = judged.named(&folder, |_| true);
    let fresh = if update { older.hide(&mut notices, gone) } else { Baseline::accepting(&notices) };
    let fresh = fresh.keeping(&older, &notices, gone);
    write(&file, &fresh)?;
    if !screen.quiet {
        let (now, before) = (fresh.len(), older.len());
        let change = if update { format!("; {} dropped", before.saturating_sub(now)) } else { String::new() };
        let name = file.to_string_lossy();
        let name = terminal::clean(&name);
        print(&format!("{name}: {} accepted (before: {before}){change}\n", counted(now, "place")))?;
        if !settled.iter().any(|other| whole(other) == whole(&file)) {
            print(&format!(
                "To have `check` take it, also in hooks: --baseline {name}, or in {FILE_NAME}: baseline = \"{name}\"\n"
            ))?;
        }
    }
    complain_of(&judged.run.unreadable);
    Ok(if judged.run.unreadable.is_empty() { 0 } else { 3 })
}

/// Sets aside what is accepted: by the file named on the command line, else by what each settings file names.
pub(super) fn hide(judged: &mut Judged, named: Option<&Path>) -> Result<(), Failure> {
    if let Some(file) = named {
        return hide_by(judged, file, |_| true);
    }
    let settled: Vec<Option<PathBuf>> = judged.grounds.all.iter().map(|g| g.baseline()).collect();
    for (number, file) in settled.iter().enumerate() {
        if let Some(file) = file {
            hide_by(judged, file, |of| of == number)?;
        }
    }
    Ok(())
}

fn hide_by(judged: &mut Judged, file: &Path, wanted: impl Fn(usize) -> bool) -> Result<(), Failure> {
    let baseline = read(file)?;
    let folder = folder_of(file);
    baseline.hide(&mut judged.named(&folder, wanted), |source| is_gone(&folder, source));
    Ok(())
}

/// Whether a notice of the baseline is no longer there. Standard input and several files together are no file, and never are.
fn is_gone(folder: &Path, source: &str) -> bool {
    source != "-" && !source.contains(" + ") && !folder.join(source).exists()
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    whole(folder)
}

fn read(file: &Path) -> Result<Baseline, Failure> {
    let name = file.display().to_string();
    match std::fs::read_to_string(file) {
        Ok(content) => Baseline::parse(&name, &content).map_err(|e| Failure(e.to_string())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(missing(file)),
        Err(e) => Err(Failure(format!("{name}: {}; name a baseline with --baseline", input::reason(&e)))),
    }
}

fn missing(file: &Path) -> Failure {
    Failure(format!("{}: there is no such baseline; `fairnotice baseline PATH…` writes one", file.display()))
}

fn write(file: &Path, baseline: &Baseline) -> Result<(), Failure> {
    super::output::replace(file, baseline.render().as_bytes()).map_err(|e| {
        Failure(format!(
            "{}: {}; name a file in a folder that exists and that you may write to",
            file.display(),
            input::reason(&e)
        ))
    })
}
