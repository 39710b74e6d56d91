//! A version of a notice becomes an analysis: its pages are read, understood and judged together.
//!
//! In come a version and the store's reader; out comes what the pipeline makes of it now, with the program and the
//! dictionaries that made it. Nothing of it is kept: what the program learns holds for old captures too.

use super::capture::Version;
use super::error::StoreError;
use super::{Reader, day_of};
use crate::dictionary::Dictionary;
use crate::document::{self, Document};
use crate::model::Day;
use crate::pipeline::{Analysis, AsOf, analyse_together};

/// A version as judged.
pub struct Judged {
    /// The version.
    pub version: Version,
    /// What it says and what is wrong with it, or why it cannot be read.
    pub analysis: Result<Analysis, String>,
    /// The program that judged it.
    pub program: &'static str,
    /// Hash of the dictionaries it was judged with.
    pub dictionaries: String,
}

/// The program's version, by which whatever is derived is labelled.
pub const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Reads, understands and judges a version. Where a notice is to be judged on its own review date and gives none, the day
/// it was captured counts.
///
/// # Errors
/// Where the store does not hold what it should; a page that cannot be understood is no error of the store.
pub fn judge(reader: &Reader, version: Version, dictionary: &Dictionary, as_of: AsOf) -> Result<Judged, StoreError> {
    let as_of = match as_of {
        AsOf::Reviewed(_) => AsOf::Reviewed(version.day()),
        day => day,
    };
    let (mut documents, mut missing, mut reasons): (Vec<(String, String, Document)>, _, Vec<String>) =
        (Vec::new(), version.missing.clone(), Vec::new());
    for page in &version.pages {
        if page.truncated {
            missing.push(format!("the end of {}", page.uri));
        }
        match document::read_served(&reader.bytes(page)?, &page.uri, &page.media_type) {
            Ok(document) => documents.push((page.uri.clone(), page.sha256.clone(), document)),
            Err(why) => {
                missing.push(page.uri.clone());
                reasons.push(why.0);
            }
        }
    }
    let analysis = analyse_together(&version.notice, documents, &missing, dictionary, as_of)
        .ok_or_else(|| reasons.first().cloned().unwrap_or_else(|| "there is no page to read".to_owned()));
    Ok(Judged { version, analysis, program: PROGRAM, dictionaries: dictionary.hash() })
}

/// The version of a notice that was in force on a day: the last one first seen on or before it.
pub fn in_force(versions: &[Version], day: Day) -> Option<&Version> {
    versions.iter().rfind(|v| day_of(v.instant) <= day)
}
