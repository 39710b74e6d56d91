//! `fairnotice report`: reads notices and writes the consistency report over all of them into a folder.
//!
//! It decides where the files go and nothing about what is in them.

use super::arguments::{Judging, Reading, dictionary};
use super::input::{self, Judged};
use super::output::{Output, Screen, complain_of, print};
use super::progress;
use super::{Failure, register};
use crate::across::{across, in_order};
use crate::corpus::{Corpus, Instant, StoreError, day_of, in_force, judge};
use crate::dictionary::Dictionary;
use crate::model::Registers;
use crate::pipeline::{Analysis, AsOf};
use crate::report::consistency::{Captured, FORMS, Fill, Material, OUTPUTS, Previous, Report};
use crate::report::terminal::wrap;
use crate::report::{Look, Refused, Run};
use clap::builder::{PossibleValue, PossibleValuesParser};
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

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
    /// Write a letter to the data protection officer of each body too, under letters/: in all forms, or with =FORM in one;
    /// several are parted by commas
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, value_delimiter = ',',
        default_missing_values = FORMS.iter().map(|f| f.name), value_parser = letter_forms())]
    letters: Option<Vec<String>>,
    /// Write this form alone; may be given several times
    #[arg(long, value_name = "FORM", value_parser = forms())]
    format: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice report --output report notices/
  fairnotice report --output report --corpus corpus/
  fairnotice report --as-of 2026-11-22 --letters=docx --output report notices/
  fairnotice report --since report-2025 --output report-2026 notices/
  fairnotice report --format xlsx --output report notices/

Exit codes:
  0 the report is written   2 bad usage   3 it is written, and some input could not be read";

fn forms() -> PossibleValuesParser {
    OUTPUTS.iter().map(|o| PossibleValue::new(o.name).help(o.about)).collect::<Vec<_>>().into()
}

fn letter_forms() -> PossibleValuesParser {
    FORMS.iter().map(|f| PossibleValue::new(f.name).help(f.about)).collect::<Vec<_>>().into()
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let previous = arguments.since.as_deref().map(previous).transpose()?;
    prepare(&arguments.output)?;
    let bar = progress::bar(screen.quiet);
    let (judged, captures) = read(&arguments, screen.quiet, &bar)?;
    let run = &judged.run;
    progress::writing(&bar);
    let Arguments { output: folder, letters, format, dictionaries, corpus, .. } = arguments;
    let dictionary = dictionary(dictionaries.as_deref())?;
    let registers = match &corpus {
        Some(dir) => register::load(dir, run.as_of, &dictionary)?,
        None => Registers::default(),
    };
    let mut between = across(&run.analyses, &registers, &dictionary);
    between.retain_mut(|found| judged.admits(found));
    in_order(&mut between);
    let report = Report::new(Material {
        run,
        dictionary: &dictionary,
        between: &between,
        registers: &registers,
        captures: &captures,
        previous: previous.as_ref(),
    });
    let mut written = Written { folder: &folder, files: Vec::new(), bar };
    for output in OUTPUTS.iter().filter(|o| format.is_empty() || format.iter().any(|f| f == o.name)) {
        let done = (output.write)(&report, &mut |path, fill| written.keep(path, fill));
        done.map_err(|e| unwritable(&folder, &e))?;
    }
    if let Some(forms) = letters {
        let wanted = |form: &str| forms.iter().any(|f| f == form);
        let done = report.letters(&wanted, &mut |path, fill| written.keep(path, fill));
        done.map_err(|e| unwritable(&folder, &e))?;
    }
    written.bar.finish_and_clear();
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
fn read(
    arguments: &Arguments,
    quiet: bool,
    bar: &ProgressBar,
) -> Result<(Judged, BTreeMap<String, Captured>), Failure> {
    let reading = Reading {
        paths: arguments.paths.clone(),
        together: false,
        dictionaries: arguments.dictionaries.clone(),
        config: None,
    };
    let mut judged = input::read_many(&reading, &arguments.judging, quiet, bar)?;
    let mut captures = BTreeMap::new();
    // A corpus may hold registers alone, to check the files named against.
    let registers_alone = |dir: &Path| dir.join("registers").is_dir() && !dir.join("captures").is_dir();
    if let Some(dir) = arguments.corpus.as_ref().filter(|dir| arguments.paths.is_empty() || !registers_alone(dir)) {
        corpus(dir, &dictionary(arguments.dictionaries.as_deref())?, &mut judged.run, &mut captures, bar)
            .map_err(|e| Failure(e.to_string()))?;
    }
    Ok((judged, captures))
}

/// The version of each notice that was in force on the day, judged.
fn corpus(
    dir: &Path,
    dictionary: &Dictionary,
    run: &mut Run,
    captures: &mut BTreeMap<String, Captured>,
    bar: &ProgressBar,
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
    bar.inc_length(versions.len() as u64);
    let judged: Vec<_> = versions
        .into_par_iter()
        .map(|version| {
            let judged = judge(&reader, version, dictionary, as_of)?;
            bar.inc(1);
            Ok::<_, StoreError>((judged.version.notice, judged.analysis.map(Analysis::without_source)))
        })
        .collect();
    for result in judged {
        match result? {
            (_, Ok(analysis)) => run.analyses.push(analysis),
            (source, Err(reason)) => run.unreadable.push(Refused { source, reason }),
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
const OURS: [&str; 7] =
    ["report.html", "report.md", "report.xlsx", "findings.csv", "report.json", "report.sqlite", "findings.parquet"];

fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure(format!("--output {}: {}; the report is not whole", folder.display(), input::reason(error)))
}

/// The files of the report as they are written.
struct Written<'f> {
    folder: &'f Path,
    files: Vec<String>,
    bar: ProgressBar,
}

impl Written<'_> {
    fn keep(&mut self, path: &str, fill: &mut Fill<'_>) -> std::io::Result<()> {
        let to = self.folder.join(path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        self.bar.set_message(path.to_owned());
        let mut file = BufWriter::new(std::fs::File::create(to)?);
        fill(&mut file)?;
        file.flush()?;
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
                        let start = String::from_utf8_lossy(&c[..c.len().min(2000)]);
                        start.contains("content=\"fairnotice ") || start.contains("<Application>fairnotice ")
                    })
                };
                let told = [".html", ".docx"].iter().any(|extension| name.ends_with(extension));
                if told && !self.files.contains(&name) && ours() {
                    // What cannot be removed only stays.
                    let _ = std::fs::remove_file(entry.path());
                    let text = entry.path().with_extension("md");
                    if !self.files.iter().any(|f| self.folder.join(f) == text) {
                        let _ = std::fs::remove_file(text);
                    }
                }
            }
        }
    }

    /// Where what lies.
    fn told(&self, look: &Look) -> String {
        let (below, files): (Vec<&String>, Vec<&String>) = self.files.iter().partition(|f| f.contains('/'));
        let mut parts: Vec<String> = files.into_iter().cloned().collect();
        let pages = below.iter().filter(|f| f.starts_with("pages/")).count();
        if pages > 0 {
            parts.push(format!("{pages} pages of bodies"));
        }
        let letters: BTreeSet<_> =
            below.iter().filter(|f| f.starts_with("letters/")).map(|f| Path::new(f).with_extension("")).collect();
        if !letters.is_empty() {
            parts.push(format!("{} letters", letters.len()));
        }
        let mut out = String::from("\n");
        wrap(&mut out, &format!("Written to {}: {}", self.folder.display(), parts.join(", ")), look.width, "", "  ");
        out
    }
}
