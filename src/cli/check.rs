//! `fairnotice check`: findings as diagnostics.

use super::arguments::{Judging, Reading, format, formats};
use super::output::{Output, Screen, complain, complain_of};
use super::{Failure, baseline, fix, input};
use crate::model::Severity;
use crate::report::{CHECK, Run, Verdict, counted, findings_markdown};
use std::io::Write as _;
use std::path::PathBuf;

/// Says what is wrong with one or more notices
///
/// Each finding shows the words it rests on, why it matters, what to do, and its source in law or guidance. Nothing is
/// changed unless you say --fix, and nothing is sent anywhere.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    judging: Judging,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = CHECK[0].name, value_parser = formats(CHECK))]
    format: String,
    /// The least severity that makes the exit code 1 [default: error, or what the settings file says]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Count only what this file, made by `fairnotice baseline`, does not accept
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Make the cures that are certain, in text, HTML and Markdown files; nothing else in them changes
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would be changed, as a unified difference, and change nothing
    #[arg(long, requires = "fix")]
    diff: bool,
    /// Show suppressed findings too, with the reasons for which they are; they count no more for that
    #[arg(long)]
    show_suppressed: bool,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = concat!(
    "\
Examples:
  fairnotice check notice.html
  fairnotice check --fail-on warning notices/          fail on warnings too
  fairnotice check --as-of 2018-07-31 old-notice.txt   as it was to be judged then
  fairnotice check --together main.html rights.html    one notice on several pages
  fairnotice check --fix --diff notice.html            the cures that are certain
  fairnotice check --baseline known.json notices/      only what is new
  curl -s https://… | fairnotice check -               from a pipe
  fairnotice check --format json --output out.json notice.html

",
    super::exit_codes!()
);

#[derive(Clone, Copy, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let Arguments { reading, judging, format: name, fail_on, baseline, fix, diff, show_suppressed, output } = arguments;
    output.check(&reading.paths)?;
    if fix && reading.together {
        return Err(Failure(
            "--fix cures each file by its own findings, and --together judges them as one notice; run `fairnotice check --fix` \
             on the files without --together, then check them together again"
                .to_owned(),
        ));
    }
    let mut judged = input::read(&reading, &judging, screen.quiet)?;
    if fix {
        fix::run(&mut judged, diff, screen.quiet)?;
    }
    judged.report_unused();
    baseline::hide(&mut judged, baseline.as_deref())?;
    let settled = judged.grounds.fail_on();
    let mut run = judged.run;
    run.show_suppressed = show_suppressed;
    run.fail_on = fail_on.map_or(settled, FailOn::severity);
    if diff {
        return Ok(run.verdict().exit_code());
    }
    let report = (format(CHECK, Some(&name)).render)(&run, &screen.look(&output));
    output.write(&report)?;
    if name == "github" {
        step_summary(&run)?;
    }
    // Whoever reads the results elsewhere still hears what is not among them.
    let shown = output.output.is_none() && matches!(name.as_str(), "human" | "concise");
    if !shown && run.verdict() == Verdict::Unreadable {
        complain_of(&run.unreadable);
    }
    let hidden = run.summary().hidden;
    if hidden > 0 && (!shown || screen.quiet) {
        complain("note", &format!("{} hidden by the baseline", counted(hidden, "finding")));
    }
    Ok(run.verdict().exit_code())
}

/// Bytes of a step's summary that GitHub shows; it drops a longer one whole.
const SUMMARY: usize = 1024 * 1024;

/// Appends the whole table to the summary of the job, where GitHub Actions runs this.
fn step_summary(run: &Run) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|p| !p.is_empty()) else { return Ok(()) };
    let there = std::fs::metadata(&path).map_or(0, |m| m.len() as usize);
    let table = findings_markdown(run, SUMMARY.saturating_sub(there + 1));
    let appended = std::fs::OpenOptions::new().create(true).append(true).open(&path).and_then(|mut file| {
        file.write_all(if there > 0 { b"\n" } else { b"" })?;
        file.write_all(table.as_bytes())
    });
    appended.map_err(|e| {
        Failure(format!(
            "GITHUB_STEP_SUMMARY={}: {}; unset it where there is no such file to write to",
            std::path::Path::new(&path).display(),
            input::reason(&e)
        ))
    })
}

impl FailOn {
    /// The severity; none where nothing fails.
    fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}
