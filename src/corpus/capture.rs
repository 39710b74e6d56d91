//! What the catalogue knows of each capture, and the versions of a notice that captures make up.

use super::exchange::Instant;
use crate::model::{Day, PartialDate, sha256};
use std::collections::BTreeMap;

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Name of the file in `captures/`.
    pub file: String,
    /// First byte of its gzip member.
    pub offset: u64,
}

/// One page as served at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Its id: the UUID of its record.
    pub id: String,
    /// Its address.
    pub uri: String,
    /// When it was served.
    pub instant: Instant,
    /// Key of the notice it belongs to.
    pub notice: String,
    /// The visit it was seen on; its own instant where it came alone.
    pub visit: Instant,
    /// Whether the visit needs closing before it counts.
    pub(super) in_visit: bool,
    /// Its place among the pages of the notice.
    pub part: u32,
    /// ODS code of the body whose notice it is, where known.
    pub ods: Option<String>,
    /// Why it is no page of a notice, where it is none.
    pub refused: Option<String>,
    /// Whether only its beginning was captured.
    pub truncated: bool,
    /// HTTP status; none for a file.
    pub status: Option<u16>,
    /// Media type as declared; empty where nothing was.
    pub media_type: String,
    /// SHA-256 of the document: the payload with its content coding undone.
    pub sha256: String,
    /// SHA-256 of the payload as recorded.
    pub payload: String,
    /// Bytes of the document.
    pub length: u64,
    /// Its own record.
    pub place: Place,
    /// The record that holds its bytes: an earlier one where the page was unchanged.
    pub content: Place,
}

/// A notice as of one visit that differs from the visit before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Key of the notice.
    pub notice: String,
    /// When it was first seen so.
    pub instant: Instant,
    /// When it was last seen so.
    pub last_seen: Instant,
    /// Its pages, in order; at least one.
    pub pages: Vec<Capture>,
    /// Pages that should have been among them and could not be had.
    pub missing: Vec<String>,
    /// SHA-256 of the one page, or of the pages' hashes, a line each: what an analysis of it states.
    pub sha256: String,
    /// ODS code of the body whose notice it is, where a source list or an importer gave it.
    pub ods: Option<String>,
}

impl Version {
    /// A short id: the same notice, instant and bytes have the same one.
    pub fn id(&self) -> String {
        sha256(format!("{}\n{}\n{}", self.notice, self.instant, self.sha256).as_bytes())[..12].to_owned()
    }

    /// The day it was first seen.
    pub fn day(&self) -> Day {
        day_of(self.instant)
    }
}

/// Reads an instant as WARC files and people write it: `2024-03-01T10:00:00Z`, or as precisely as known (`2024-03-01`,
/// `2024-03`, `2024`), which means its beginning.
pub fn instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let day = PartialDate::parse(text)?.first();
        jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
    })
}

/// The day of an instant in Greenwich.
pub fn day_of(instant: Instant) -> Day {
    jiff::tz::Offset::UTC.to_datetime(instant).date()
}

/// A visit's end: which notice, which visit, what could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    pub notice: String,
    pub visit: Instant,
    pub missing: Vec<String>,
}

/// The versions of one notice, oldest first, out of its captures and the ends of its visits.
pub(super) fn versions(captures: Vec<Capture>, closings: &[Closing]) -> Vec<Version> {
    let mut visits: BTreeMap<Instant, Vec<Capture>> = BTreeMap::new();
    for capture in captures.into_iter().filter(|c| c.refused.is_none()) {
        let closed = || closings.iter().any(|c| c.visit == capture.visit);
        if !capture.in_visit || closed() {
            visits.entry(capture.visit).or_default().push(capture);
        }
    }
    let mut versions: Vec<Version> = Vec::new();
    for (visit, mut pages) in visits {
        // A page that was seen twice on one visit is the one that was seen last.
        pages.sort_by(|a, b| (&a.uri, b.instant).cmp(&(&b.uri, a.instant)));
        pages.dedup_by(|earlier, last| earlier.uri == last.uri);
        pages.sort_by(|a, b| (a.part, &a.uri).cmp(&(b.part, &b.uri)));
        let missing = closings.iter().find(|c| c.visit == visit).map(|c| c.missing.clone()).unwrap_or_default();
        match versions.last_mut() {
            Some(last) if unchanged(last, &pages, &missing) => last.last_seen = visit,
            _ => versions.push(version(visit, pages, missing)),
        }
    }
    versions
}

/// Whether a visit saw what the version has. A page that could not be had is no change of the publisher's.
fn unchanged(last: &Version, pages: &[Capture], missing: &[String]) -> bool {
    let there = |c: &&Capture| !missing.contains(&c.uri);
    let before = last.pages.iter().filter(there).map(|c| (&c.uri, &c.sha256));
    before.eq(pages.iter().map(|c| (&c.uri, &c.sha256)))
}

fn version(visit: Instant, pages: Vec<Capture>, missing: Vec<String>) -> Version {
    let sha256 = match &pages[..] {
        [only] => only.sha256.clone(),
        several => sha256(several.iter().map(|c| c.sha256.as_str()).collect::<Vec<_>>().join("\n").as_bytes()),
    };
    Version {
        notice: pages.first().map(|c| c.notice.clone()).unwrap_or_default(),
        instant: visit,
        last_seen: visit,
        ods: pages.iter().find_map(|c| c.ods.clone()),
        pages,
        missing,
        sha256,
    }
}
