//! The whole store is read again: every record's digests, and every capture at its place.
//!
//! In comes a corpus; out comes what of it is no longer what was captured, with file and byte. Nothing is put right:
//! evidence that is damaged is restored from a copy, never mended.

use super::warc::{HttpResponse, Item, LONGEST_BLOCK, Record, WarcReader};
use super::{Capture, Corpus, StoreError, writer};
use crate::model::sha256;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;

/// What was looked at and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Capture files read.
    pub files: usize,
    /// Records whose digests were worked out again.
    pub records: usize,
    /// Captures found at their place with their bytes.
    pub captures: usize,
    /// What is wrong.
    pub damage: Vec<Damage>,
    /// Ends of files that were torn when their writer was stopped: nothing of them was ever reported as kept.
    pub torn: Vec<Damage>,
}

/// Something wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Damage {
    /// The file.
    pub file: String,
    /// First byte of the record.
    pub offset: u64,
    /// What is wrong.
    pub what: String,
}

impl Corpus {
    /// Reads every record again and looks for every capture at its place.
    ///
    /// # Errors
    /// Where the system refuses to read a file.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let mut known: HashMap<String, BTreeMap<u64, Capture>> = HashMap::new();
        for capture in self.captures()? {
            known.entry(capture.place.file.clone()).or_default().insert(capture.place.offset, capture);
        }
        let folder = self.captures_dir();
        let files = writer::files(&folder)?;
        let read: Vec<Result<Verified, StoreError>> = files
            .par_iter()
            .map(|name| {
                let path = folder.join(name);
                let file = File::open(&path).map_err(StoreError::file(&path))?;
                let length = file.metadata().map_err(StoreError::file(&path))?.len();
                let reader = WarcReader::new(file, 0, LONGEST_BLOCK).map_err(StoreError::file(&path))?;
                let mut out = Verified { files: 1, ..Verified::default() };
                let mut expected = known.get(name).cloned().unwrap_or_default();
                for item in reader {
                    out.item(name, item.map_err(StoreError::file(&path))?, &mut expected);
                }
                out.not_met(name, length, &expected);
                Ok(out)
            })
            .collect();
        let mut out = Verified::default();
        for of_file in read {
            out.add(of_file?);
        }
        out.captures_missing(&known, &files, self)?;
        out.damage.sort();
        Ok(out)
    }
}

impl Verified {
    fn add(&mut self, other: Verified) {
        self.files += other.files;
        self.records += other.records;
        self.captures += other.captures;
        self.damage.extend(other.damage);
        self.torn.extend(other.torn);
    }

    /// Looks at what stands at a place; a capture that is expected there is taken out.
    fn item(&mut self, file: &str, item: Item, expected: &mut BTreeMap<u64, Capture>) {
        let (offset, record) = match item {
            Item::Record { offset, record } => (offset, record),
            Item::Torn { offset } => {
                let what = "the file ends within this record, as when its writer is stopped".to_owned();
                return self.torn.push(Damage { file: file.to_owned(), offset, what });
            }
            Item::TooLong { offset, length } => {
                return self.damaged(file, offset, format!("a record of {length} bytes, more than is ever written"));
            }
            Item::Damaged { offset, what } => return self.damaged(file, offset, what),
        };
        self.records += 1;
        let mut wrong: Vec<String> = digests(&record).into_iter().collect();
        if let Some(capture) = expected.remove(&offset) {
            let whole = wrong.is_empty() && record.headers.get("WARC-Block-Digest").is_some();
            wrong.extend(differs(&record, &capture).map(|what| if whole { blamed(&what) } else { what }));
            self.captures += usize::from(wrong.is_empty());
        }
        for what in wrong {
            self.damaged(file, offset, what);
        }
    }

    fn damaged(&mut self, file: &str, offset: u64, what: String) {
        self.damage.push(Damage { file: file.to_owned(), offset, what });
    }

    /// Captures that the catalogue knows at places where no record was met. What was cut off or is damaged is told elsewhere.
    fn not_met(&mut self, file: &str, length: u64, expected: &BTreeMap<u64, Capture>) {
        let told: Vec<u64> = self.damage.iter().map(|d| d.offset).collect();
        let end = self.torn.first().map_or(length, |torn| torn.offset);
        for (offset, capture) in expected.iter().filter(|(at, _)| **at < length && !told.contains(at)) {
            let what = if *offset < end {
                blamed(&format!("no record begins where capture {} should be", capture.id))
            } else {
                format!("the file breaks off at byte {end}, before the end of capture {}", capture.id)
            };
            self.damaged(file, *offset, what);
        }
    }

    /// Captures that the catalogue knows and whose file is gone or shorter than it was.
    fn captures_missing(
        &mut self,
        known: &HashMap<String, BTreeMap<u64, Capture>>,
        files: &[String],
        corpus: &Corpus,
    ) -> Result<(), StoreError> {
        let mut lost: HashMap<&str, (u64, usize)> = HashMap::new();
        for (file, offset) in known.iter().flat_map(|(file, at)| at.keys().map(move |offset| (file, offset))) {
            let gone =
                !files.contains(file) || corpus.captures_dir().join(file).metadata().is_ok_and(|m| m.len() <= *offset);
            if gone {
                let entry = lost.entry(file).or_insert((*offset, 0));
                *entry = (entry.0.min(*offset), entry.1 + 1);
            }
        }
        for (file, (offset, count)) in lost {
            self.damaged(
                file,
                offset,
                format!("this file is gone or was cut off: {count} captures were here or behind"),
            );
        }
        for file in files {
            let length = corpus.captures_dir().join(file).metadata().map_or(0, |m| m.len());
            let read_to = corpus.catalogue.entered(file)?.map_or(0, |e| e.read_to);
            if length < read_to && !self.damage.iter().any(|d| d.file == *file) {
                self.damaged(file, length, format!("the file was longer once: {read_to} bytes"));
            }
        }
        Ok(())
    }
}

/// What is wrong although the capture file is as it was written: then it is the catalogue that is not.
fn blamed(what: &str) -> String {
    format!("the catalogue is wrong: {what}; delete catalogue.sqlite, which is made again from the captures")
}

/// Which digest a record states and does not have.
fn digests(record: &Record) -> Option<String> {
    let stated = |name: &str| record.headers.get(name).and_then(|d| d.strip_prefix("sha256:"));
    if stated("WARC-Block-Digest").is_some_and(|d| d.len() == 64 && d != sha256(&record.block)) {
        return Some("the block is not what its digest says".to_owned());
    }
    // A revisit states the digest of a payload that an earlier record holds.
    if record.kind() == "revisit" {
        return None;
    }
    let payload = match HttpResponse::parse(&record.block) {
        Some(answer) if record.kind() == "response" => answer.body,
        _ => &record.block,
    };
    let wrong = stated("WARC-Payload-Digest").is_some_and(|d| d.len() == 64 && d != sha256(payload));
    wrong.then(|| "the payload is not what its digest says".to_owned())
}

/// How a record differs from what the catalogue says was captured there.
fn differs(record: &Record, capture: &Capture) -> Option<String> {
    if !record.headers.get("WARC-Record-ID").is_some_and(|id| id.contains(&capture.id)) {
        return Some(format!("another record stands where capture {} was", capture.id));
    }
    if capture.place != capture.content {
        return None;
    }
    (sha256(&super::catalogue::content(record)) != capture.sha256)
        .then(|| format!("the bytes of capture {} are not those that were captured", capture.id))
}
