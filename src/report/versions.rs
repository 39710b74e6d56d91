//! A version of a notice named and described, alike in all that is said of the corpus: in words and as JSON.

use super::terminal::{BOLD, clean, paint, wrap};
use super::{Look, counted};
use crate::corpus::{Capture, Instant, Owner, Tool, Version};
use serde::Serialize;

/// A version with its place among those of its notice.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// The version.
    pub version: Version,
    /// Whose it is.
    pub owners: Vec<Owner>,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

#[derive(Serialize)]
pub(super) struct VersionJson<'a> {
    id: String,
    notice: &'a str,
    number: usize,
    of: usize,
    first_seen: String,
    last_seen: String,
    sha256: &'a str,
    bodies: &'a [Owner],
    pages: Vec<PageJson<'a>>,
    missing: &'a [String],
}

#[derive(Serialize)]
struct PageJson<'a> {
    capture: &'a str,
    url: &'a str,
    captured: String,
    status: Option<u16>,
    media_type: &'a str,
    sha256: &'a str,
    bytes: u64,
    file: &'a str,
    offset: u64,
}

impl Numbered {
    pub(super) fn json(&self) -> VersionJson<'_> {
        VersionJson {
            id: self.version.id(),
            notice: &self.version.notice,
            number: self.number,
            of: self.of,
            first_seen: self.version.instant.to_string(),
            last_seen: self.version.last_seen.to_string(),
            sha256: &self.version.sha256,
            bodies: &self.owners,
            pages: self.version.pages.iter().map(page_json).collect(),
            missing: &self.version.missing,
        }
    }

    /// `2 of 3 (3f2a…), first seen 2024-05-01, last seen 2024-06-01`
    pub(super) fn words(&self) -> String {
        let Version { instant, last_seen, .. } = &self.version;
        let seen = if instant == last_seen {
            format!("seen {}", short(*instant))
        } else {
            format!("first seen {}, last seen {}", short(*instant), short(*last_seen))
        };
        format!("{} of {} ({}), {seen}", self.number, self.of, self.version.id())
    }
}

fn page_json(c: &Capture) -> PageJson<'_> {
    PageJson {
        capture: &c.id,
        url: &c.uri,
        captured: c.instant.to_string(),
        status: c.status,
        media_type: &c.media_type,
        sha256: &c.sha256,
        bytes: c.length,
        file: &c.place.file,
        offset: c.place.offset,
    }
}

/// An instant without the seconds nobody asks for; a day alone where nothing more was known.
pub(super) fn short(instant: Instant) -> String {
    let text = instant.to_string();
    match text.strip_suffix("T00:00:00Z") {
        Some(day) => day.to_owned(),
        None => text.get(..16).map_or(text.clone(), |minute| minute.replace('T', " ")),
    }
}

/// The names of bodies with their codes.
pub(super) fn names(owners: &[Owner]) -> String {
    if owners.is_empty() {
        return "a body that the notice does not name".to_owned();
    }
    let name = |o: &Owner| match &o.ods {
        Some(ods) => format!("{} ({ods})", o.name),
        None => o.name.clone(),
    };
    owners.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A line with a label before it.
pub(super) fn labelled(out: &mut String, label: &str, words: &str, look: &Look) {
    wrap(out, &clean(words), look.width, &format!("  {label:<9} "), "            ");
}

/// A program and its dictionaries, whose hash is cut to what tells them apart.
pub(super) fn tool_words(tool: &Tool) -> String {
    let cut = tool.dictionaries.char_indices().nth("sha256:".len() + 12).map_or(tool.dictionaries.len(), |(at, _)| at);
    format!("fairnotice {} with dictionaries {}", tool.version, &tool.dictionaries[..cut])
}

/// The head of what is said of a version.
pub(super) fn heading(out: &mut String, of: &Numbered, look: &Look) {
    wrap(out, &clean(&names(&of.owners)), look.width, &paint(look.color, BOLD, "== "), "   ");
    labelled(out, "notice", &of.version.notice, look);
    labelled(out, "version", &of.words(), look);
}

/// The pages of a version, each with what proves it.
pub(super) fn pages(out: &mut String, version: &Version, look: &Look) {
    for page in &version.pages {
        let status = page.status.map(|s| format!("{s}, ")).unwrap_or_default();
        let media_type = if page.media_type.is_empty() { "type not stated" } else { &page.media_type };
        let words = format!(
            "{} captured {} as {} ({status}{media_type}, {}, sha256:{}…)",
            page.uri,
            short(page.instant),
            &page.id[..page.id.len().min(8)],
            counted(page.length as usize, "byte"),
            &page.sha256[..page.sha256.len().min(12)],
        );
        labelled(out, "page", &words, look);
    }
    for missing in &version.missing {
        labelled(out, "missing", &format!("{missing}: could not be had on this visit"), look);
    }
}
