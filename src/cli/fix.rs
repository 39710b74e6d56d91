//! `check --fix`: certain cures written into the notices, or shown as a difference.

use super::Failure;
use super::input::{self, Judged};
use super::output::{complain, print, replace};
use crate::fix::{Cured, cure};
use crate::model::sha256;
use crate::report::{counted, terminal};
use similar::TextDiff;
use std::path::Path;

/// Lines around a change that are shown.
const AROUND: usize = 3;

/// Makes the certain cures in all notices that were judged, and judges those again; or, where `only_shown`, prints what would be
/// changed and changes nothing.
pub(super) fn run(judged: &mut Judged, only_shown: bool, quiet: bool) -> Result<(), Failure> {
    let (mut made, mut files) = (0, 0);
    for number in 0..judged.run.analyses.len() {
        let source = judged.run.analyses[number].source.clone();
        let Some((bytes, cured)) = cured(judged, number, &source) else { continue };
        made += cured.made;
        files += 1;
        if only_shown {
            print(&difference(&source, &bytes, &cured.bytes))?;
            continue;
        }
        replace(Path::new(&source), &cured.bytes)
            .map_err(|e| Failure(format!("{source}: {}; nothing was changed in it", input::reason(&e))))?;
        judged.judge_again(number, &cured.bytes);
    }
    if !quiet {
        let (cures, notices) = (counted(made, "certain cure"), counted(files, "notice"));
        let words = if only_shown { "would be made" } else { "made" };
        complain("note", &format!("{cures} {words} in {notices}"));
    }
    Ok(())
}

/// A notice's bytes and what they become; none where there is nothing certain to do, or the notice cannot be edited.
fn cured(judged: &Judged, number: usize, source: &str) -> Option<(Vec<u8>, Cured)> {
    let analysis = &judged.run.analyses[number];
    if analysis.findings.iter().all(|f| f.cures.is_empty()) {
        return None;
    }
    let refuse = |why: &str| {
        complain("note", &format!("{}: not edited: {why}", terminal::clean(source)));
        None
    };
    if source == "-" {
        return refuse("standard input is no file; save the notice and name it");
    }
    let bytes = match std::fs::read(source) {
        Ok(bytes) if sha256(&bytes) == analysis.sha256 => bytes,
        Ok(_) => return refuse("it was changed meanwhile; run this again"),
        Err(e) => return refuse(&input::reason(&e)),
    };
    match cure(analysis, &bytes, |bytes| judged.judged_as(number, bytes)) {
        Ok(cured) => cured.map(|c| (bytes, c)),
        Err(why) => refuse(&why),
    }
}

/// The change as people and `patch` know it. Bytes that are no UTF-8 are shown as U+FFFD.
fn difference(source: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
    let name = terminal::clean(source);
    let shown =
        diff.unified_diff().context_radius(AROUND).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    terminal::clean_lines(&shown).into_owned()
}
