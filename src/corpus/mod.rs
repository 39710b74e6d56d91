//! The store: captures kept for ever as WARC files, and what is derived from them.
//!
//! In come exchanges (pages as served, files as handed over); out come captures, the versions of notices that they make
//! up, and the bytes of each, untouched. Nothing that was captured is ever changed or removed; the catalogue is made again
//! from the captures where it is missing. What a version says and what is wrong with it comes from the pipeline each time.
#![allow(clippy::disallowed_methods)] // the store is files

mod analyses;
mod capture;
mod catalogue;
mod compare;
mod error;
mod exchange;
mod import;
mod lineage;
mod owners;
mod records;
mod saved;
mod verify;
pub mod warc;
mod writer;

pub use analyses::{Judged, PROGRAM, in_force, judge};
pub use capture::{Capture, Place, Version, day_of, instant};
pub use compare::{Change, Difference, Found, How, Reading, Stated, compare};
pub use error::StoreError;
pub use exchange::{Content, Exchange, Instant};
pub use import::{Importer, Ledger, is_web_archive};
pub use lineage::{bodies, lineage};
pub use owners::{Held, Holding, Meant, Owner};
pub use saved::{Saved, Tool};
pub use verify::{Damage, Verified};

use catalogue::Catalogue;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use warc::{Item, LONGEST_BLOCK, Record, WarcReader};
use writer::Writer;

/// Bytes of records that are written and made certain at once.
const BATCH: usize = 16 * 1024 * 1024;

/// A corpus on disk.
pub struct Corpus {
    dir: PathBuf,
    catalogue: Catalogue,
    writer: Option<Writer>,
}

/// Reads the bytes of captures; several threads may share one.
#[derive(Clone, Debug)]
pub struct Reader {
    folder: PathBuf,
}

impl Corpus {
    /// Opens a corpus and enters in its catalogue what is new in its captures.
    ///
    /// # Errors
    /// Where there is none, or its files cannot be read.
    pub fn open(dir: &Path) -> Result<Corpus, StoreError> {
        if !dir.join("captures").is_dir() {
            return Err(StoreError::NoCorpus(dir.to_owned()));
        }
        let catalogue = Catalogue::open(&dir.join("catalogue.sqlite"))?;
        let corpus = Corpus { dir: dir.to_owned(), catalogue, writer: None };
        corpus.catch_up()?;
        Ok(corpus)
    }

    /// Opens a corpus, and makes one where there is none.
    ///
    /// # Errors
    /// Where its folder cannot be made or read.
    pub fn create(dir: &Path) -> Result<Corpus, StoreError> {
        let captures = dir.join("captures");
        std::fs::create_dir_all(&captures).map_err(StoreError::file(&captures))?;
        Corpus::open(dir)
    }

    fn catch_up(&self) -> Result<(), StoreError> {
        let folder = self.captures_dir();
        for file in writer::files(&folder)? {
            self.catalogue.enter(&folder, &file)?;
        }
        Ok(())
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the capture files are.
    pub fn captures_dir(&self) -> PathBuf {
        self.dir.join("captures")
    }

    /// Where the full-text index is.
    pub fn index_dir(&self) -> PathBuf {
        self.dir.join("index")
    }

    /// Where official registers are.
    pub fn registers_dir(&self) -> PathBuf {
        self.dir.join("registers")
    }

    /// Where the state of fetching is.
    pub fn fetch_dir(&self) -> PathBuf {
        self.dir.join("fetch")
    }

    /// Keeps one exchange. It is on disk when this returns; see [`Corpus::append_all`].
    ///
    /// # Errors
    /// Where it cannot be kept, or where nothing was captured before that it repeats.
    pub fn append(&mut self, exchange: &Exchange) -> Result<Capture, StoreError> {
        let mut kept = self.append_all(std::slice::from_ref(exchange))?;
        kept.pop().ok_or_else(|| StoreError::File {
            path: self.captures_dir(),
            error: std::io::Error::other("what was written could not be read again"),
        })
    }

    /// Keeps several exchanges: the captures of them, in order. One whose address, instant and bytes are already there is
    /// not taken twice; one whose bytes are those of an earlier capture of its address only says so.
    ///
    /// # Errors
    /// Where they cannot be kept; those before the one that failed may have been.
    pub fn append_all(&mut self, exchanges: &[Exchange]) -> Result<Vec<Capture>, StoreError> {
        Ok(self.keep_all(exchanges)?.into_iter().map(|(capture, _)| capture).collect())
    }

    /// As [`Corpus::append_all`], and whether each is new.
    fn keep_all(&mut self, exchanges: &[Exchange]) -> Result<Vec<(Capture, bool)>, StoreError> {
        let mut out = Vec::new();
        let mut rest = exchanges;
        while let Some(first) = rest.first() {
            self.begin_writing(first.instant)?;
            // Two captures of one address are written one after the other, so that the second can refer to the first.
            let mut addresses = HashSet::new();
            let mut length = 0;
            let taken = rest.iter().take_while(|e| {
                let room = length < BATCH;
                length += e.content.length();
                room && addresses.insert(e.uri.as_str())
            });
            let (batch, later) = rest.split_at(taken.count().max(1));
            rest = later;
            out.extend(self.keep_batch(batch)?);
        }
        Ok(out)
    }

    /// Keeps exchanges of different addresses.
    fn keep_batch(&mut self, batch: &[Exchange]) -> Result<Vec<(Capture, bool)>, StoreError> {
        let mut known = Vec::new();
        for exchange in batch {
            known.push(self.catalogue.captures_at(&exchange.uri)?);
        }
        let made: Vec<std::io::Result<(String, Vec<u8>)>> = batch
            .par_iter()
            .zip(&known)
            .map(|(exchange, known)| match known.iter().find(|c| same(c, exchange)) {
                Some(there) => Ok((there.id.clone(), Vec::new())),
                None => records::records(exchange, repeated(known, exchange)),
            })
            .collect();
        let made = made.into_iter().collect::<Result<Vec<_>, _>>().map_err(StoreError::file(&self.captures_dir()))?;
        let bytes: Vec<u8> = made.iter().flat_map(|(_, members)| members.iter().copied()).collect();
        self.write(&bytes)?;
        let mut out = Vec::new();
        for (id, members) in made {
            let new = !members.is_empty();
            out.extend(self.catalogue.captures_with_id(&id)?.into_iter().map(|capture| (capture, new)));
        }
        Ok(out)
    }

    /// Ends a visit to a layered notice: its pages make a version from now on. `missing` names pages that belong to it and
    /// could not be had this time; that they are not there is no change of the publisher's.
    ///
    /// # Errors
    /// Where that cannot be kept.
    pub fn close_visit(&mut self, notice: &str, visit: Instant, missing: &[String]) -> Result<(), StoreError> {
        let known = self.catalogue.closings_of(notice)?;
        if known.iter().any(|c| c.visit == visit && c.missing == missing) {
            return Ok(());
        }
        self.begin_writing(visit)?;
        let member = records::closing(notice, visit, missing).map_err(StoreError::file(&self.captures_dir()))?;
        self.write(&member)
    }

    fn begin_writing(&mut self, now: Instant) -> Result<(), StoreError> {
        if self.writer.as_ref().is_some_and(|w| !w.full()) {
            return Ok(());
        }
        self.writer = None;
        let lock = writer::lock(&self.dir)?;
        self.catch_up()?;
        self.writer = Some(Writer::new(&self.captures_dir(), lock, &self.catalogue, now)?);
        Ok(())
    }

    /// Writes members and reads them back into the catalogue.
    fn write(&mut self, members: &[u8]) -> Result<(), StoreError> {
        let Some(writer) = self.writer.as_mut().filter(|_| !members.is_empty()) else { return Ok(()) };
        let name = writer.name.clone();
        let done = writer.write(members);
        if done.is_err() {
            // What it left behind may be torn: whoever writes next begins a new file.
            self.writer = None;
        }
        done?;
        self.catalogue.enter(&self.captures_dir(), &name)
    }

    /// Every capture, in the order taken.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn captures(&self) -> Result<Vec<Capture>, StoreError> {
        self.catalogue.captures()
    }

    /// The captures at an address, oldest first.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn captures_at(&self, uri: &str) -> Result<Vec<Capture>, StoreError> {
        self.catalogue.captures_at(uri)
    }

    /// The captures whose id begins so.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn captures_with_id(&self, start: &str) -> Result<Vec<Capture>, StoreError> {
        self.catalogue.captures_with_id(start)
    }

    /// The keys of all notices, in order.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn notices(&self) -> Result<Vec<String>, StoreError> {
        self.catalogue.notices()
    }

    /// The versions of one notice, oldest first.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn versions_of(&self, notice: &str) -> Result<Vec<Version>, StoreError> {
        Ok(capture::versions(self.catalogue.captures_of(notice)?, &self.catalogue.closings_of(notice)?))
    }

    /// The versions of all notices, notice by notice, oldest first.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn versions(&self) -> Result<Vec<Version>, StoreError> {
        let mut out = Vec::new();
        for notice in self.notices()? {
            out.extend(self.versions_of(&notice)?);
        }
        Ok(out)
    }

    /// What of the capture files could not be read when they were entered: file and words.
    ///
    /// # Errors
    /// Where the catalogue cannot be read.
    pub fn damage(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.catalogue.damage()
    }

    /// The bytes of a capture's document: as served, with content coding undone.
    ///
    /// # Errors
    /// Where they are not what was captured.
    pub fn bytes(&self, capture: &Capture) -> Result<Vec<u8>, StoreError> {
        self.reader().bytes(capture)
    }

    /// A reader of captures that threads may share.
    pub fn reader(&self) -> Reader {
        Reader { folder: self.captures_dir() }
    }
}

impl Reader {
    /// The bytes of a capture's document: as served, with content coding undone.
    ///
    /// # Errors
    /// Where they are not what was captured.
    pub fn bytes(&self, capture: &Capture) -> Result<Vec<u8>, StoreError> {
        let record = self.record(&capture.content)?;
        let bytes = catalogue::content(&record);
        if crate::model::sha256(&bytes) == capture.sha256 {
            Ok(bytes)
        } else {
            Err(self.damaged(&capture.content, "the record does not hold what was captured".to_owned()))
        }
    }

    /// The head of the answer that holds a capture's bytes (empty for a file) and its body as transferred.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn payload(&self, capture: &Capture) -> Result<(Vec<u8>, Vec<u8>), StoreError> {
        let mut head = self.record(&capture.content)?.block;
        let body_at = match capture.status {
            Some(_) => warc::HttpResponse::parse(&head).map_or(0, |a| a.body_at),
            None => 0,
        };
        let body = head.split_off(body_at);
        Ok((head, body))
    }

    /// The record at a place.
    fn record(&self, place: &Place) -> Result<Record, StoreError> {
        let path = self.folder.join(&place.file);
        let opened = File::open(&path).map_err(StoreError::file(&path))?;
        let mut reader = WarcReader::new(opened, place.offset, LONGEST_BLOCK).map_err(StoreError::file(&path))?;
        match reader.next().transpose().map_err(StoreError::file(&path))? {
            Some(Item::Record { record, .. }) => Ok(record),
            Some(Item::Damaged { what, .. }) => Err(self.damaged(place, what)),
            _ => Err(self.damaged(place, "no whole record is there".to_owned())),
        }
    }

    fn damaged(&self, place: &Place, what: String) -> StoreError {
        StoreError::Damaged { path: self.folder.join(&place.file), offset: place.offset, what }
    }
}

/// Whether a capture is of this very exchange.
fn same(capture: &Capture, exchange: &Exchange) -> bool {
    capture.instant == exchange.instant && capture.notice == exchange.notice && repeats(capture, exchange)
}

/// The capture that holds the payload which an exchange repeats, if any; that a page is as before means the latest one.
fn repeated<'a>(known: &'a [Capture], exchange: &Exchange) -> Option<&'a Capture> {
    let latest = known.iter().rev().find(|c| repeats(c, exchange))?;
    known.iter().find(|c| c.place == latest.content)
}

fn repeats(capture: &Capture, exchange: &Exchange) -> bool {
    match &exchange.content {
        Content::Served { body, .. } => capture.status.is_some() && capture.payload == crate::model::sha256(body),
        Content::File { bytes, .. } => capture.status.is_none() && capture.payload == crate::model::sha256(bytes),
        Content::NotModified { .. } => capture.refused.is_none() && capture.status.is_some(),
    }
}
