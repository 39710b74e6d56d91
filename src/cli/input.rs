//! Paths become analyses: files, folders and standard input are read and judged, several at once, in the order given.
//!
//! Whatever cannot be read comes out as such, with the reason; the rest is judged all the same.

use super::arguments::{Judging, Reading};
use super::grounds::{Ground, Grounds, relative};
use super::{Failure, output};
use crate::across::CrossFinding;
use crate::dictionary::Dictionary;
use crate::document::{self, Document};
use crate::model::sha256;
use crate::pipeline::{Analysis, AsOf, analyse, analyse_together};
use crate::report::{Refused, Run};
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Names of files that may well be notices, in formats that are not read: a folder that holds them is not read whole.
const LEFT_OUT: [&str; 4] = ["doc", "pages", "rtf", "wpd"];

/// More than this is no notice. Documents are cut much earlier; this only keeps memory in bounds.
const LIMIT: u64 = 256 * 1024 * 1024;

/// One thing to read: a file, or standard input; or why a path names nothing to read.
enum Input {
    File(PathBuf),
    Standard,
    Refused(Refused),
}

impl Input {
    /// The file, where it is one.
    fn path(&self) -> Option<&Path> {
        match self {
            Input::File(path) => Some(path),
            Input::Standard | Input::Refused(_) => None,
        }
    }
}

/// What was judged, and with what.
pub(super) struct Judged {
    /// The analyses and what could not be read.
    pub run: Run,
    /// What notices were judged with.
    pub grounds: Grounds,
    /// For each analysis, which of them it was.
    ground_of: Vec<usize>,
    /// For each of what notices were judged with, the suppressions of its settings file that matched.
    matched: Vec<BTreeSet<usize>>,
}

/// A judgement, the number of what it was made with, and the suppressions of its settings file that matched.
type Judgement = Result<(Analysis, usize, BTreeSet<usize>), Refused>;

/// Reads and judges what the arguments name, by the settings that hold for each notice.
pub(super) fn read(reading: &Reading, judging: &Judging, quiet: bool) -> Result<Judged, Failure> {
    read_by(reading, judging, quiet, None)
}

/// As [`read`], for thousands of notices: a bar moves with each, and none keeps its source.
pub(super) fn read_many(
    reading: &Reading,
    judging: &Judging,
    quiet: bool,
    bar: &ProgressBar,
) -> Result<Judged, Failure> {
    read_by(reading, judging, quiet, Some(bar))
}

fn read_by(reading: &Reading, judging: &Judging, quiet: bool, bar: Option<&ProgressBar>) -> Result<Judged, Failure> {
    let inputs = inputs(&reading.paths, quiet)?;
    if let Some(bar) = bar {
        bar.inc_length(inputs.len() as u64);
    }
    let paths: Vec<Option<&Path>> = inputs.iter().map(Input::path).collect();
    let grounds = Grounds::of(&paths, reading, judging)?;
    let mut run = Run {
        analyses: Vec::new(),
        unreadable: Vec::new(),
        as_of: grounds.all[0].as_of,
        dictionaries: grounds.all[0].dictionary.hash(),
        fail_on: None,
        show_suppressed: false,
        folder: std::env::current_dir().map(|d| d.to_string_lossy().into_owned()).unwrap_or_default(),
    };
    let judged: Vec<Judgement> = match &inputs[..] {
        _ if reading.together => vec![judge_together(&inputs, reading, &grounds, &mut run.unreadable)?],
        // One notice is judged here: starting threads for it would cost more than judging it.
        [one] => vec![judge_by(one, &grounds, bar)],
        several => several.par_iter().map(|input| judge_by(input, &grounds, bar)).collect(),
    };
    let mut ground_of = Vec::new();
    let mut matched = vec![BTreeSet::new(); grounds.all.len()];
    for result in judged {
        match result {
            Ok((analysis, number, met)) => {
                run.analyses.push(analysis);
                ground_of.push(number);
                matched[number].extend(met);
            }
            Err(refused) => run.unreadable.push(refused),
        }
    }
    Ok(Judged { run, grounds, ground_of, matched })
}

/// Judges one input by the settings that hold for it.
fn judge_by(input: &Input, grounds: &Grounds, bar: Option<&ProgressBar>) -> Judgement {
    let number = grounds.number(input.path());
    let ground = &grounds.all[number];
    let judged = judge(input, &ground.dictionary, ground.as_of)
        .and_then(|analysis| settle(analysis, input.path(), ground))
        .map(|(analysis, met)| (analysis, number, met));
    let Some(bar) = bar else { return judged };
    bar.inc(1);
    judged.map(|(analysis, number, met)| (analysis.without_source(), number, met))
}

/// Judges all inputs as one notice, by the settings that hold for the first.
fn judge_together(
    inputs: &[Input],
    reading: &Reading,
    grounds: &Grounds,
    refused: &mut Vec<Refused>,
) -> Result<Judgement, Failure> {
    if let [_, other, ..] = &grounds.all[..] {
        return Err(Failure(format!(
            "--together: the files have different settings ({} and {}); name the one that holds with --config",
            grounds.all[0].settings.shown(),
            other.settings.shown()
        )));
    }
    let name = reading.paths.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join(" + ");
    let (documents, unreadable) = documents(inputs)?;
    let missing: Vec<String> = unreadable.iter().map(|u| u.source.clone()).collect();
    refused.extend(unreadable);
    let ground = &grounds.all[0];
    let judged = guarded(&name, || analyse_together(&name, documents, &missing, &ground.dictionary, ground.as_of));
    Ok(match judged {
        Ok(Some(analysis)) => {
            settle(analysis, inputs.first().and_then(Input::path), ground).map(|(a, met)| (a, 0, met))
        }
        // Why nothing could be read is among the refused already.
        Ok(None) => {
            Err(refused.pop().unwrap_or(Refused { source: name, reason: "there is nothing to read".to_owned() }))
        }
        Err(fault) => Err(fault),
    })
}

/// Applies the settings to an analysis.
fn settle(
    mut analysis: Analysis,
    path: Option<&Path>,
    ground: &Ground,
) -> Result<(Analysis, BTreeSet<usize>), Refused> {
    let path = path.and_then(|p| ground.path_of(p));
    let source = analysis.source.clone();
    guarded(&source, move || {
        analysis.settings = Some(ground.settings.name.clone()).filter(|n| !n.is_empty());
        let matched = ground.settings.apply(&mut analysis, path.as_deref());
        (analysis, matched)
    })
}

impl Judged {
    /// What comes of other bytes in the place of a notice's, judged as it was.
    pub fn judged_as(&self, number: usize, bytes: &[u8]) -> Option<Analysis> {
        let source = &self.run.analyses[number].source;
        let ground = &self.grounds.all[self.ground_of[number]];
        let analysis = guarded(source, || analyse(source, bytes, &ground.dictionary, ground.as_of)).ok()?.ok()?;
        settle(analysis, Some(Path::new(source)), ground).ok().map(|(analysis, _)| analysis)
    }

    /// Puts what comes of a notice's new bytes in the place of what came of the old.
    pub fn judge_again(&mut self, number: usize, bytes: &[u8]) {
        if let Some(analysis) = self.judged_as(number, bytes) {
            self.run.analyses[number] = analysis;
        }
    }

    /// The analyses whose settings file has the given number, each with its path from a folder: of the file it was read from,
    /// or what it is called.
    pub fn named(&mut self, folder: &Path, wanted: impl Fn(usize) -> bool) -> Vec<(String, &mut Analysis)> {
        let ours = self.run.analyses.iter_mut().zip(&self.ground_of).filter(|(_, of)| wanted(**of));
        ours.map(|(analysis, _)| {
            let path = Path::new(&analysis.source);
            let name = if path.is_file() { relative(folder, path) } else { analysis.source.clone() };
            (name, analysis)
        })
        .collect()
    }

    /// Whether a finding between notices counts by the settings of the file it is about; what came from a corpus has none.
    pub fn admits(&self, found: &mut CrossFinding) -> bool {
        let Some(number) = self.ground_of.get(found.notice) else { return true };
        let (ground, analysis) = (&self.grounds.all[*number], &self.run.analyses[found.notice]);
        ground.settings.admits(found, ground.path_of(Path::new(&analysis.source)).as_deref(), analysis.judging.day)
    }

    /// Reports suppressions that matched nothing, once for each settings file.
    pub fn report_unused(&mut self) {
        for (number, (ground, matched)) in self.grounds.all.iter().zip(&self.matched).enumerate() {
            let ours = self.run.analyses.iter_mut().zip(&self.ground_of).filter(|(_, of)| **of == number);
            let mut notices: Vec<_> = ours.map(|(a, _)| (ground.path_of(Path::new(&a.parts[0].source)), a)).collect();
            ground.settings.report_unused(&mut notices, matched);
        }
    }
}

/// Reads several inputs as documents, without judging them.
pub(super) fn read_documents(paths: &[PathBuf]) -> Result<(Documents, Vec<Refused>), Failure> {
    documents(&inputs(paths, true)?)
}

/// Source, hash and document of each.
type Documents = Vec<(String, String, Document)>;

fn documents(inputs: &[Input]) -> Result<(Documents, Vec<Refused>), Failure> {
    let (mut documents, mut unreadable, mut bytes) = (Vec::new(), Vec::new(), 0);
    for input in inputs {
        let read = bytes_of(input).and_then(|(source, content)| match document::read(&content, &source) {
            Ok(document) => {
                bytes += content.len() as u64;
                Ok((source, sha256(&content), document))
            }
            Err(why) => Err(Refused { source, reason: why.0 }),
        });
        match read {
            Ok(document) => documents.push(document),
            Err(refused) => unreadable.push(refused),
        }
        if bytes > LIMIT {
            return Err(Failure(format!(
                "--together: the files hold more than {} MB, too much for one notice; name its pages one by one",
                LIMIT / 1024 / 1024
            )));
        }
    }
    Ok((documents, unreadable))
}

fn judge(input: &Input, dictionary: &Dictionary, as_of: AsOf) -> Result<Analysis, Refused> {
    let (source, content) = bytes_of(input)?;
    guarded(&source, || analyse(&source, &content, dictionary, as_of))?.map_err(|why| Refused { source, reason: why.0 })
}

/// Runs a judgement. A fault of the program in one notice must not lose the others.
fn guarded<T>(source: &str, judgement: impl FnOnce() -> T) -> Result<T, Refused> {
    let reason =
        "the program failed on this document; that is a fault of the program: please report it with the document";
    catch_unwind(AssertUnwindSafe(judgement))
        .map_err(|_| Refused { source: source.to_owned(), reason: reason.to_owned() })
}

/// Reads and judges one file.
pub(super) fn judge_file(path: &Path, dictionary: &Dictionary, as_of: AsOf) -> Result<Analysis, Refused> {
    judge(&Input::File(path.to_owned()), dictionary, as_of)
}

/// The bytes of a file.
pub(super) fn bytes_of_file(path: &Path) -> Result<Vec<u8>, Refused> {
    bytes_of(&Input::File(path.to_owned())).map(|(_, bytes)| bytes)
}

fn bytes_of(input: &Input) -> Result<(String, Vec<u8>), Refused> {
    let (source, read) = match input {
        Input::Refused(refused) => return Err(refused.clone()),
        Input::Standard => ("-".to_owned(), limited(std::io::stdin().lock())),
        Input::File(path) => (path.to_string_lossy().into_owned(), std::fs::File::open(path).and_then(limited)),
    };
    match read {
        Ok(content) if content.len() as u64 > LIMIT => Err(Refused {
            source,
            reason: format!("longer than {} MB, which no notice is; split it", LIMIT / 1024 / 1024),
        }),
        Ok(content) => Ok((source, content)),
        Err(e) => Err(Refused { reason: format!("{}; check the name and the rights", reason(&e)), source }),
    }
}

fn limited(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    from.take(LIMIT + 1).read_to_end(&mut content)?;
    Ok(content)
}

/// What the system said, in plain words.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not open it".to_owned(),
        std::io::ErrorKind::NotADirectory => "this is no folder".to_owned(),
        std::io::ErrorKind::IsADirectory => "this is a folder".to_owned(),
        std::io::ErrorKind::InvalidData => "this is no UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}

/// The inputs that paths name, in their order, the files of a folder by name.
fn inputs(paths: &[PathBuf], quiet: bool) -> Result<Vec<Input>, Failure> {
    if paths.iter().filter(|p| p.as_os_str() == "-").count() > 1 {
        return Err(Failure("- (standard input) can be read only once; name it once".to_owned()));
    }
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Standard);
        } else if path.is_dir() {
            folder(path, &mut inputs, quiet);
        } else {
            inputs.push(Input::File(path.clone()));
        }
    }
    Ok(inputs)
}

/// The notices in a folder and its folders.
fn folder(path: &Path, inputs: &mut Vec<Input>, quiet: bool) {
    let before = inputs.len();
    let mut left_out = BTreeMap::new();
    let files = files(path, &|extension| document::extensions().any(|e| e == extension), &mut left_out);
    inputs.extend(files.into_iter().map(|file| file.map_or_else(Input::Refused, Input::File)));
    let kinds: Vec<String> = left_out.iter().map(|(extension, n)| format!("{n} .{extension}")).collect();
    let kinds = kinds.join(", ");
    if inputs.len() == before {
        let holds = if kinds.is_empty() { String::new() } else { format!(" (it holds {kinds}, which is not read)") };
        let readable: Vec<String> = document::extensions().map(|e| format!(".{e}")).collect();
        let reason =
            format!("no file in this folder ends in {}{holds}; name the notices one by one", readable.join(", "));
        inputs.push(Input::Refused(Refused { source: path.to_string_lossy().into_owned(), reason }));
    } else if !kinds.is_empty() && !quiet {
        output::complain(
            "note",
            &format!("{}: left out {kinds}: save these as DOCX, ODT, PDF or HTML", path.display()),
        );
    }
}

/// The files of a folder and its folders whose extension is wanted, in order. Files of other formats that notices are
/// published in are counted.
pub(super) fn files(
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
    left_out: &mut BTreeMap<String, usize>,
) -> Vec<Result<PathBuf, Refused>> {
    let refused = |e: std::io::Error| Refused {
        source: path.to_string_lossy().into_owned(),
        reason: format!("{}; check the rights of the folder", reason(&e)),
    };
    let entries = match std::fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(e) => return vec![Err(refused(e))],
    };
    let mut paths: Vec<PathBuf> =
        entries.iter().filter(|e| !e.file_name().as_encoded_bytes().starts_with(b".")).map(|e| e.path()).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if path.is_dir() {
            // A link to a folder may lead back here; whoever wants it names it.
            if !path.is_symlink() {
                out.extend(files(&path, wanted, left_out));
            }
        } else if wanted(&extension) {
            out.push(Ok(path));
        } else if LEFT_OUT.contains(&extension.as_str()) {
            *left_out.entry(extension).or_default() += 1;
        }
    }
    out
}
