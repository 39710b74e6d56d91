//! `fairnotice report`: reads notices and writes the consistency report over all of them into a folder.
//!
//! It decides where the files go and nothing about what is in them.

use super::arguments::{Judging, Reading, dictionary};
use super::output::{Output, Screen, complain_of, print};
use super::{Failure, input, register};
use crate::across::across;
use crate::corpus::{Corpus, Instant, StoreError, day_of, in_force, judge};
use crate::dictionary::Dictionary;
use crate::model::Registers;
use crate::pipeline::AsOf;
use crate::report::consistency::{Captured, Material, OUTPUTS, Previous, Report};
use crate::report::terminal::wrap;
use crate::report::{Look, Refused, Run};
use clap::builder::{PossibleValue, PossibleValuesParser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Writes the consistency report over many notices: who is out of date, who contradicts whom
///
/// The folder then holds report.html with a page per body, report.md, report.xlsx, claims.csv, findings.csv, report.json and
/// report.sqlite. The same notices, judged on the same day, give the same bytes.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Notices: files, folders (their .html, .htm, .xhtml, .txt and .text files, at any depth), or - for standard input
    #[arg(required_unless_present = "corpus", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Corpus to report on, of each notice the version that was in force on the day of judging, and to take the official
    /// registers from
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    #[command(flatten)]
    judging: Judging,
    /// Folder to write to; it is made where it is not there, and may hold an earlier report, which is replaced
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// Compare with an earlier report: the folder it was written to, or its report.json
    #[arg(long, value_name = "PREVIOUS")]
    since: Option<PathBuf>,
    /// Write a letter to the data protection officer of each body too, under letters/
    #[arg(long)]
    letters: bool,
    /// Write this form alone; may be given several times
    #[arg(long, value_name = "FORM", value_parser = forms())]
    format: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice report --output report notices/
  fairnotice report --output report --corpus corpus/
  fairnotice report --as-of 2026-11-22 --letters --output report notices/
  fairnotice report --since report-2025 --output report-2026 notices/
  fairnotice report --format xlsx --output report notices/

Exit codes:
  0 the report is written   2 bad usage   3 it is written, and some input could not be read";

fn forms() -> PossibleValuesParser {
    OUTPUTS.iter().map(|o| PossibleValue::new(o.name).help(o.about)).collect::<Vec<_>>().into()
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let previous = arguments.since.as_deref().map(previous).transpose()?;
    prepare(&arguments.output)?;
    let progress = progress(screen.quiet);
    progress.set_message("reading and judging");
    let (run, captures) = read(&arguments, screen.quiet)?;
    let Arguments { output: folder, letters, format, dictionaries, corpus, .. } = arguments;
    let dictionary = dictionary(dictionaries.as_deref())?;
    let registers = match &corpus {
        Some(dir) => register::load(dir, run.as_of, &dictionary)?,
        None => Registers::default(),
    };
    let between = across(&run.analyses, &registers, &dictionary);
    let report = Report::new(Material {
        run: &run,
        dictionary: &dictionary,
        between: &between,
        registers: &registers,
        captures: &captures,
        previous: previous.as_ref(),
    });
    let mut written = Written { folder: &folder, files: Vec::new(), progress };
    for output in OUTPUTS.iter().filter(|o| format.is_empty() || format.iter().any(|f| f == o.name)) {
        let done = (output.write)(&report, &mut |path, content| written.keep(path, content));
        done.map_err(|e| unwritable(&folder, &e))?;
    }
    if letters {
        report.letters(&mut |path, content| written.keep(path, content)).map_err(|e| unwritable(&folder, &e))?;
    }
    written.progress.finish_and_clear();
    written.remove_left_over();
    if !screen.quiet {
        let look = screen.look(&Output { output: None });
        print(&(report.summary(&look) + &written.told(&look)))?;
    }
    if run.unreadable.is_empty() {
        return Ok(0);
    }
    complain_of(&run.unreadable);
    Ok(3)
}

/// Reads what is to be reported: the files named, and what was in force in the corpus.
fn read(arguments: &Arguments, quiet: bool) -> Result<(Run, BTreeMap<String, Captured>), Failure> {
    let reading = Reading {
        paths: arguments.paths.clone(),
        together: false,
        dictionaries: arguments.dictionaries.clone(),
        config: None,
    };
    let mut run = input::read(&reading, &arguments.judging, quiet)?.run;
    let mut captures = BTreeMap::new();
    // A corpus may hold registers alone, to check the files named against.
    let registers_alone = |dir: &Path| dir.join("registers").is_dir() && !dir.join("captures").is_dir();
    if let Some(dir) = arguments.corpus.as_ref().filter(|dir| arguments.paths.is_empty() || !registers_alone(dir)) {
        corpus(dir, &dictionary(arguments.dictionaries.as_deref())?, &mut run, &mut captures)
            .map_err(|e| Failure(e.to_string()))?;
    }
    Ok((run, captures))
}

/// The version of each notice that was in force on the day, judged.
fn corpus(
    dir: &Path,
    dictionary: &Dictionary,
    run: &mut Run,
    captures: &mut BTreeMap<String, Captured>,
) -> Result<(), StoreError> {
    let corpus = Corpus::open(dir)?;
    let day = match run.as_of {
        AsOf::Day(day) | AsOf::Reviewed(day) => day,
    };
    let mut versions = Vec::new();
    for notice in corpus.notices()? {
        versions.extend(in_force(&corpus.versions_of(&notice)?, day).cloned());
    }
    let known: BTreeSet<&str> = versions.iter().flat_map(|v| &v.pages).map(|p| p.uri.as_str()).collect();
    let mut refused: BTreeMap<String, String> = BTreeMap::new();
    for capture in
        corpus.captures()?.into_iter().filter(|c| day_of(c.instant) <= day && !known.contains(c.uri.as_str()))
    {
        if let Some(reason) = capture.refused {
            captures.insert(capture.uri.clone(), Captured { instant: capture.instant.to_string(), ods: capture.ods });
            refused.insert(capture.uri, reason);
        }
    }
    for version in &versions {
        let of = |instant: Instant| Captured { instant: instant.to_string(), ods: version.ods.clone() };
        captures.extend(version.pages.iter().map(|page| (page.uri.clone(), of(page.instant))));
        captures.insert(version.notice.clone(), of(version.instant));
    }
    let (reader, as_of) = (corpus.reader(), run.as_of);
    let judged: Vec<_> = versions.into_par_iter().map(|version| judge(&reader, version, dictionary, as_of)).collect();
    for result in judged {
        let judged = result?;
        match judged.analysis {
            Ok(analysis) => run.analyses.push(analysis),
            Err(reason) => run.unreadable.push(Refused { source: judged.version.notice, reason }),
        }
    }
    run.unreadable.extend(refused.into_iter().map(|(source, reason)| Refused { source, reason }));
    Ok(())
}

/// The earlier report that a path names.
fn previous(path: &Path) -> Result<Previous, Failure> {
    let file = if path.is_dir() { path.join("report.json") } else { path.to_owned() };
    let fail = |words: &str| Failure(format!("--since {}: {words}", file.display()));
    let json = std::fs::read(&file).map_err(|e| {
        fail(&format!("{}; give the folder of an earlier report, or its report.json", input::reason(&e)))
    })?;
    Previous::read(&json).map_err(|words| fail(&words))
}

/// Makes the folder; refuses one that holds something else.
fn prepare(folder: &Path) -> Result<(), Failure> {
    let fail = |words: String| Failure(format!("--output {}: {words}", folder.display()));
    std::fs::create_dir_all(folder)
        .map_err(|e| fail(format!("{}; name a folder that can be made there", input::reason(&e))))?;
    let mut entries = std::fs::read_dir(folder).map_err(|e| fail(input::reason(&e)))?;
    let is_report = OURS.iter().any(|name| folder.join(name).is_file());
    if entries.next().is_some() && !is_report {
        return Err(fail(
            "this folder holds other things than a report; name a new folder or one with an earlier report".to_owned(),
        ));
    }
    Ok(())
}

/// Files by which a folder is known to hold a report.
const OURS: [&str; 6] = ["report.html", "report.md", "report.xlsx", "findings.csv", "report.json", "report.sqlite"];

fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure(format!("--output {}: {}; the report is not whole", folder.display(), input::reason(error)))
}

/// How often the sign of life moves.
const TICK: Duration = Duration::from_millis(120);

/// A sign of life while notices are read and files are written; none where nobody looks.
fn progress(quiet: bool) -> ProgressBar {
    let bar =
        if quiet { ProgressBar::hidden() } else { ProgressBar::no_length().with_finish(ProgressFinish::AndClear) };
    if !quiet {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
    bar.enable_steady_tick(TICK);
    bar.set_style(
        ProgressStyle::with_template("{spinner} {pos} files written, {elapsed}: {msg}")
            .unwrap_or(ProgressStyle::default_spinner()),
    );
    bar
}

/// The files of the report as they are written.
struct Written<'f> {
    folder: &'f Path,
    files: Vec<String>,
    progress: ProgressBar,
}

impl Written<'_> {
    fn keep(&mut self, path: &str, content: &[u8]) -> std::io::Result<()> {
        let to = self.folder.join(path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(to, content)?;
        self.progress.set_message(path.to_owned());
        self.progress.inc(1);
        self.files.push(path.to_owned());
        Ok(())
    }

    /// Removes pages and letters of an earlier report that this one did not write again: they would tell of bodies that
    /// are no longer in it. Only files that say they are ours are touched.
    fn remove_left_over(&self) {
        for part in ["pages", "letters"] {
            if !self.files.iter().any(|f| f.starts_with(&format!("{part}/"))) {
                continue;
            }
            let Ok(entries) = std::fs::read_dir(self.folder.join(part)) else { continue };
            for entry in entries.flatten() {
                let name = format!("{part}/{}", entry.file_name().to_string_lossy());
                let ours = || {
                    std::fs::read(entry.path()).is_ok_and(|c| {
                        String::from_utf8_lossy(&c[..c.len().min(2000)]).contains("content=\"fairnotice ")
                    })
                };
                if name.ends_with(".html") && !self.files.contains(&name) && ours() {
                    // What cannot be removed only stays.
                    let _ = std::fs::remove_file(entry.path());
                    let _ = std::fs::remove_file(entry.path().with_extension("md"));
                }
            }
        }
    }

    /// Where what lies.
    fn told(&self, look: &Look) -> String {
        let (below, files): (Vec<&String>, Vec<&String>) = self.files.iter().partition(|f| f.contains('/'));
        let mut parts: Vec<String> = files.into_iter().cloned().collect();
        let of = |part: &str| below.iter().filter(|f| f.starts_with(part)).count();
        if of("pages/") > 0 {
            parts.push(format!("{} pages of bodies", of("pages/")));
        }
        if of("letters/") > 0 {
            parts.push(format!("{} letters", of("letters/") / 2));
        }
        let mut out = String::from("\n");
        wrap(&mut out, &format!("Written to {}: {}", self.folder.display(), parts.join(", ")), look.width, "", "  ");
        out
    }
}
