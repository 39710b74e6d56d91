//! Capture files are read into the catalogue, each from where it was read to before.

use super::super::capture::{Capture, Closing, Place, instant};
use super::super::error::StoreError;
use super::super::warc::{Headers, HttpResponse, Item, LONGEST_BLOCK, Record, WarcReader, decoded};
use super::Catalogue;
use crate::model::sha256;
use rusqlite::{Transaction, TransactionBehavior};
use std::fs::File;
use std::path::Path;

/// A file as it is read in.
struct Scan<'a> {
    catalogue: &'a Catalogue,
    file: &'a str,
    /// The metadata record just read: the id of the record it belongs to, and what it says.
    beside: Option<(String, Headers)>,
    damage: Option<String>,
}

impl Catalogue {
    /// Reads what is new in a capture file. A record that is not whole yet is left for the next time.
    pub fn enter(&self, folder: &Path, file: &str) -> Result<(), StoreError> {
        let path = folder.join(file);
        let from = || Ok::<_, StoreError>(self.entered(file)?.map_or(0, |e| e.read_to));
        let opened = File::open(&path).map_err(StoreError::file(&path))?;
        if opened.metadata().map_err(StoreError::file(&path))?.len() <= from()? {
            return Ok(());
        }
        // Two processes may read the same file in: the second one goes on from where the first one came to.
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let from = from()?;
        let mut reader = WarcReader::new(opened, from, LONGEST_BLOCK).map_err(StoreError::file(&path))?;
        let mut scan = Scan { catalogue: self, file, beside: None, damage: None };
        let mut read_to = from;
        while let Some(item) = reader.next() {
            match item.map_err(StoreError::file(&path))? {
                Item::Record { offset, record } => scan.record(offset, &record)?,
                Item::TooLong { offset, length } => scan.damaged(offset, &format!("a record of {length} bytes")),
                Item::Damaged { offset, what } => scan.damaged(offset, &what),
                Item::Torn { .. } => break,
            }
            read_to = reader.position().unwrap_or(read_to);
        }
        self.enter_file(file, read_to, scan.damage.as_deref())?;
        transaction.commit()?;
        Ok(())
    }
}

impl Scan<'_> {
    fn damaged(&mut self, offset: u64, what: &str) {
        self.damage.get_or_insert_with(|| format!("at byte {offset}: {what}"));
    }

    fn record(&mut self, offset: u64, record: &Record) -> Result<(), StoreError> {
        match record.kind() {
            "metadata" => self.metadata(record)?,
            "response" | "resource" | "revisit" => {
                let beside = self.beside.take().filter(|(id, _)| record.headers.get("WARC-Record-ID") == Some(id));
                let fields = beside.map(|(_, fields)| fields).unwrap_or_default();
                let place = Place { file: self.file.to_owned(), offset };
                match self.capture(record, &fields, place)? {
                    Ok(capture) => self.catalogue.enter_capture(&capture)?,
                    Err(what) => self.damaged(offset, &what),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn metadata(&mut self, record: &Record) -> Result<(), StoreError> {
        let fields = Headers::parse(&String::from_utf8_lossy(&record.block));
        if fields.get("closes").is_some() {
            if let (Some(notice), Some(visit)) = (fields.get("notice"), fields.get("visit").and_then(instant)) {
                let missing = fields.all("missing").map(str::to_owned).collect();
                self.catalogue.enter_closing(&Closing { notice: notice.to_owned(), visit, missing })?;
            }
        } else if let Some(of) = record.headers.get("WARC-Concurrent-To") {
            self.beside = Some((of.to_owned(), fields));
        }
        Ok(())
    }

    /// The capture that a record is, or why it is none.
    fn capture(&self, record: &Record, fields: &Headers, place: Place) -> Result<Result<Capture, String>, StoreError> {
        let head = |name: &str| record.headers.get(name);
        let (Some(id), Some(uri), Some(date)) =
            (head("WARC-Record-ID"), head("WARC-Target-URI"), head("WARC-Date").and_then(instant))
        else {
            return Ok(Err("this record lacks an id, an address or a date".to_owned()));
        };
        let visit = fields.get("visit").and_then(instant);
        let mut capture = Capture {
            id: bare(id).to_owned(),
            uri: bare(uri).to_owned(),
            instant: date,
            notice: fields.get("notice").unwrap_or(bare(uri)).to_owned(),
            visit: visit.unwrap_or(date),
            in_visit: visit.is_some(),
            part: fields.get("part").and_then(|p| p.parse().ok()).unwrap_or(0),
            ods: fields.get("ods").map(str::to_owned),
            refused: fields.get("refused").map(str::to_owned),
            truncated: head("WARC-Truncated").is_some(),
            status: None,
            media_type: head("Content-Type").unwrap_or("").to_owned(),
            sha256: String::new(),
            payload: String::new(),
            length: 0,
            content: place.clone(),
            place,
        };
        let answer = HttpResponse::parse(&record.block);
        if let Some(answer) = &answer {
            capture.status = Some(answer.status);
            capture.media_type = answer.headers.get("Content-Type").unwrap_or("").to_owned();
        }
        if record.kind() == "revisit" {
            return self.unchanged(record, capture);
        }
        let document = content(record);
        capture.payload = sha256(answer.map_or(&record.block[..], |a| a.body));
        capture.length = document.len() as u64;
        capture.sha256 = sha256(&document);
        Ok(Ok(capture))
    }

    /// A capture whose bytes an earlier record holds.
    fn unchanged(&self, record: &Record, capture: Capture) -> Result<Result<Capture, String>, StoreError> {
        let id = record.headers.get("WARC-Refers-To").map_or("", bare);
        let mut known = self.catalogue.captures_with_id(id)?;
        known.retain(|c| c.id == id);
        let Some(first) = known.pop() else {
            return Ok(Err(format!("this record refers to record '{id}', which is not in the corpus")));
        };
        // That it is as before is told by a status of its own; the page has the one it had.
        let status = capture.status.filter(|s| *s != 304).or(first.status);
        Ok(Ok(Capture {
            status,
            media_type: first.media_type,
            sha256: first.sha256,
            payload: first.payload,
            length: first.length,
            truncated: first.truncated,
            content: first.content,
            ..capture
        }))
    }
}

/// The document that a record holds: its payload with transfer and content coding undone; the payload as it came where
/// that cannot be done, so that what a site served stays evidence whatever it is.
pub(in crate::corpus) fn content(record: &Record) -> Vec<u8> {
    match HttpResponse::parse(&record.block) {
        Some(answer) if record.kind() == "response" => {
            decoded(&answer.headers, answer.body, LONGEST_BLOCK).unwrap_or_else(|_| answer.body.to_vec())
        }
        _ => record.block.clone(),
    }
}

/// An id or address without the brackets that some tools put around it.
fn bare(value: &str) -> &str {
    let value = value.strip_prefix('<').and_then(|v| v.strip_suffix('>')).unwrap_or(value);
    value.strip_prefix("urn:uuid:").unwrap_or(value)
}
