//! Pages out of anybody's WARC file become exchanges of ours.
//!
//! In come the records of a web archive (Common Crawl, wget, warcio, another corpus of this program); out come the pages
//! among them with their address and date, and what was left out with the reason. Pages are taken byte for byte; what is
//! plainly no document (pictures, styles, scripts, redirects, errors) is left out.

use super::capture::Capture;
use super::exchange::{Content, Exchange, Instant};
use super::warc::{GZIP, Headers, HttpResponse, Item, LONGEST_BLOCK, Record, WarcReader, decoded};
use super::{Corpus, StoreError};
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// Exchanges are handed to the store when they hold so many bytes, or are so many.
const BATCH: (usize, usize) = (16 * 1024 * 1024, 512);

/// Longest address that is taken.
const LONGEST_ADDRESS: usize = 8192;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Ledger {
    /// Captures that are new, with bytes of their own.
    pub captured: usize,
    /// Captures that are new, of pages that were as before.
    pub unchanged: usize,
    /// Captures that were there already.
    pub known: usize,
    /// What was left out, by reason.
    pub left_out: std::collections::BTreeMap<String, usize>,
    /// What could not be read: where and why.
    pub unreadable: Vec<(String, String)>,
}

/// Takes exchanges into a corpus, many at once, and keeps the ledger.
pub struct Importer<'a> {
    corpus: &'a mut Corpus,
    batch: Vec<Exchange>,
    bytes: usize,
    /// What came so far.
    pub ledger: Ledger,
}

impl<'a> Importer<'a> {
    /// An importer into a corpus.
    pub fn new(corpus: &'a mut Corpus) -> Importer<'a> {
        Importer { corpus, batch: Vec::new(), bytes: 0, ledger: Ledger::default() }
    }

    /// Takes an exchange. It is certain to be kept after [`Importer::finish`].
    ///
    /// # Errors
    /// Where the store fails.
    pub fn take(&mut self, exchange: Exchange) -> Result<(), StoreError> {
        self.bytes += exchange.content.length();
        self.batch.push(exchange);
        if self.bytes >= BATCH.0 || self.batch.len() >= BATCH.1 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        for (capture, new) in self.corpus.keep_all(&batch)? {
            match (new, capture.place == capture.content) {
                (false, _) => self.ledger.known += 1,
                (true, true) => self.ledger.captured += 1,
                (true, false) => self.ledger.unchanged += 1,
            }
        }
        Ok(())
    }

    /// Ends a visit whose pages were taken.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn close_visit(&mut self, notice: &str, visit: Instant, missing: &[String]) -> Result<(), StoreError> {
        self.flush()?;
        self.corpus.close_visit(notice, visit, missing)
    }

    /// Takes the pages of a WARC file.
    ///
    /// # Errors
    /// Where the store fails. What is wrong with the file goes into the ledger.
    pub fn web_archive(&mut self, path: &Path) -> Result<(), StoreError> {
        let name = path.display().to_string();
        let reader = File::open(path).and_then(|file| WarcReader::new(file, 0, LONGEST_BLOCK));
        match reader {
            Ok(reader) => Archive::default().take(self, reader, &name),
            Err(error) => {
                self.ledger.unreadable.push((name, error.to_string()));
                Ok(())
            }
        }
    }

    /// Ends the import: all that was taken is on disk.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn finish(mut self) -> Result<Ledger, StoreError> {
        self.flush()?;
        Ok(self.ledger)
    }

    fn leave_out(&mut self, why: &str) {
        *self.ledger.left_out.entry(why.to_owned()).or_default() += 1;
    }
}

/// Whether a file is a web archive, by what it begins with.
pub fn is_web_archive(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut start = [0; 5];
    if file.read_exact(&mut start).is_err() {
        return false;
    }
    if start.starts_with(&GZIP) && file.rewind().is_ok() {
        start = [0; 5];
        // A compressed file that is torn at once is none that anybody can read.
        let _ = flate2::read::GzDecoder::new(file).read_exact(&mut start);
    }
    &start == b"WARC/"
}

/// One web archive while it is read.
#[derive(Default)]
struct Archive {
    /// A page that waits to see whether its request follows it, with the id of its record.
    waiting: Option<(String, Exchange)>,
    /// The last request: its own id, the id it belongs to, its head.
    request: Option<(String, String, Vec<u8>)>,
    /// What another corpus of ours says of the record with this id.
    beside: Option<(String, Headers)>,
    /// Where pages went whose payload later records may refer to: by record id and by digest.
    seen: HashMap<String, (String, Instant)>,
    /// Bytes of ids, digests and addresses in that.
    remembered: usize,
}

/// Payloads that later records may refer to are remembered up to so many bytes of names, which are some 300,000 payloads.
const REMEMBERED: usize = 64 * 1024 * 1024;

impl Archive {
    fn take<R: Read + Seek>(
        mut self,
        importer: &mut Importer<'_>,
        reader: WarcReader<R>,
        name: &str,
    ) -> Result<(), StoreError> {
        let (mut records, mut faults) = (0, Vec::new());
        for item in reader {
            match item {
                Ok(Item::Record { record, .. }) => {
                    records += 1;
                    self.record(importer, record)?;
                }
                Ok(Item::TooLong { .. }) => importer.leave_out("longer than 128 MB"),
                Ok(Item::Torn { offset }) => faults.push(format!("the file breaks off in the record at byte {offset}")),
                Ok(Item::Damaged { offset, what }) => faults.push(format!("at byte {offset}: {what}")),
                Err(error) => {
                    faults.push(error.to_string());
                    break;
                }
            }
        }
        self.release(importer)?;
        if let Some(first) = faults.first() {
            let last = faults.last().filter(|_| faults.len() > 1);
            let more = last
                .map(|last| format!(" (and {} more places, the last {last})", faults.len() - 1))
                .unwrap_or_default();
            let rest = if records > 0 { "; the other records were taken" } else { "" };
            importer.ledger.unreadable.push((name.to_owned(), format!("{first}{more}{rest}")));
        } else if records == 0 {
            importer.ledger.unreadable.push((name.to_owned(), "there is no WARC record in this file".to_owned()));
        }
        Ok(())
    }

    /// Hands the waiting page over.
    fn release(&mut self, importer: &mut Importer<'_>) -> Result<(), StoreError> {
        match self.waiting.take() {
            Some((_, exchange)) => importer.take(exchange),
            None => Ok(()),
        }
    }

    fn record(&mut self, importer: &mut Importer<'_>, record: Record) -> Result<(), StoreError> {
        let id = record.headers.get("WARC-Record-ID").unwrap_or("").to_owned();
        let concurrent = record.headers.get("WARC-Concurrent-To").unwrap_or("").to_owned();
        match record.kind() {
            "request" => match &mut self.waiting {
                Some((of, Exchange { content: Content::Served { request, .. }, .. })) if *of == concurrent => {
                    *request = head_of(&record.block).to_vec();
                }
                _ => self.request = Some((id, concurrent, head_of(&record.block).to_vec())),
            },
            "metadata" => {
                let fields = Headers::parse(&String::from_utf8_lossy(&record.block));
                if let Some((notice, visit)) = fields.get("notice").zip(instant(&fields, "visit"))
                    && fields.get("closes").is_some()
                {
                    self.release(importer)?;
                    let missing: Vec<String> = fields.all("missing").map(str::to_owned).collect();
                    importer.close_visit(notice, visit, &missing)?;
                } else if fields.get("notice").is_some() {
                    self.beside = Some((concurrent, fields));
                }
            }
            "response" | "resource" | "revisit" => {
                self.release(importer)?;
                match self.page(importer, &record)? {
                    Ok(exchange) => {
                        self.remember(&record, &exchange);
                        self.waiting = Some((id, exchange));
                    }
                    Err(why) => importer.leave_out(why),
                }
            }
            // What a tool made of a page is no page.
            _ => {}
        }
        Ok(())
    }

    fn remember(&mut self, record: &Record, exchange: &Exchange) {
        if record.kind() == "revisit" {
            return;
        }
        for key in ["WARC-Record-ID", "WARC-Payload-Digest"] {
            if let Some(value) = record.headers.get(key).filter(|_| self.remembered < REMEMBERED) {
                self.remembered += value.len() + exchange.uri.len();
                self.seen.insert(value.to_owned(), (exchange.uri.clone(), exchange.instant));
            }
        }
    }

    /// The exchange that a record is, or why it is left out.
    fn page(
        &mut self,
        importer: &mut Importer<'_>,
        record: &Record,
    ) -> Result<Result<Exchange, &'static str>, StoreError> {
        let (Some(uri), Some(date)) = (record.headers.get("WARC-Target-URI"), instant(&record.headers, "WARC-Date"))
        else {
            return Ok(Err("without address or date"));
        };
        if record.headers.get("WARC-Segment-Number").is_some() {
            return Ok(Err("records that are kept in segments"));
        }
        let uri = uri.trim_start_matches('<').trim_end_matches('>');
        if !["http:", "https:", "ftp:", "file:"].iter().any(|s| uri.starts_with(s)) || uri.len() > LONGEST_ADDRESS {
            return Ok(Err("records that are no page, such as a tool's own notes"));
        }
        let content = match record.kind() {
            "resource" => Ok(Content::File {
                media_type: record.headers.get("Content-Type").unwrap_or("").to_owned(),
                bytes: record.block.clone(),
            }),
            "revisit" => self.unchanged(importer, record)?,
            _ => served(record),
        };
        Ok(content.and_then(|content| wanted(&content).map(|()| content)).map(|content| {
            let mut exchange = Exchange { content, ..Exchange::file(uri, date, "", Vec::new()) };
            let truncated = record.headers.get("WARC-Truncated");
            exchange.notes.extend(truncated.map(|why| ("truncated".to_owned(), why.to_owned())));
            self.noted(record, exchange)
        }))
    }

    /// The exchange with what stands beside it in the archive.
    fn noted(&mut self, record: &Record, mut exchange: Exchange) -> Exchange {
        let id = record.headers.get("WARC-Record-ID").unwrap_or("");
        let concurrent: Vec<&str> = record.headers.all("WARC-Concurrent-To").collect();
        if let Some((own, of, head)) = self.request.take()
            && (of == id || concurrent.contains(&own.as_str()))
            && let Content::Served { request, .. } = &mut exchange.content
        {
            *request = head;
        }
        if let Some((_, fields)) = self.beside.take().filter(|(of, _)| of == id) {
            exchange.notice = fields.get("notice").unwrap_or(&exchange.uri).to_owned();
            exchange.visit = instant(&fields, "visit");
            exchange.part = fields.get("part").and_then(|p| p.parse().ok()).unwrap_or(0);
            exchange.ods = fields.get("ods").map(str::to_owned);
            exchange.refused = fields.get("refused").map(str::to_owned);
        } else {
            // Whoever doubts a capture can find the record it was taken from.
            exchange.notes.push(("imported-from".to_owned(), id.to_owned()));
        }
        exchange
    }

    /// What an unchanged page held, as the store has it.
    fn unchanged(
        &mut self,
        importer: &mut Importer<'_>,
        record: &Record,
    ) -> Result<Result<Content, &'static str>, StoreError> {
        importer.flush()?;
        let stated = record.headers.get("WARC-Refers-To-Target-URI").map(|u| u.trim_matches(['<', '>']).to_owned());
        let stated = stated.zip(instant(&record.headers, "WARC-Refers-To-Date"));
        let known = ["WARC-Refers-To", "WARC-Payload-Digest"];
        let mut known = known.iter().filter_map(|n| self.seen.get(record.headers.get(n)?)).cloned();
        let mut found: Option<Capture> = None;
        for (uri, date) in stated.into_iter().chain(known.by_ref()) {
            let at = importer.corpus.captures_at(&uri)?;
            found = found.or_else(|| at.into_iter().find(|c| c.instant == date));
        }
        let Some(capture) = found else {
            return Ok(Err("unchanged pages whose first capture is neither in this file nor in the corpus"));
        };
        let (head, body) = importer.corpus.reader().payload(&capture)?;
        Ok(Ok(match capture.status {
            None => Content::File { media_type: capture.media_type, bytes: body },
            // The head of the first capture says how its body is coded.
            Some(_) => Content::Served { request: Vec::new(), head, body, address: None },
        }))
    }
}

fn served(record: &Record) -> Result<Content, &'static str> {
    let answer = HttpResponse::parse(&record.block).ok_or("not from a web server")?;
    if decoded(&answer.headers, answer.body, LONGEST_BLOCK).is_err() {
        return Err("pages that cannot be unpacked, or unpack to more than 128 MB");
    }
    Ok(Content::Served {
        request: Vec::new(),
        head: record.block[..answer.body_at].to_vec(),
        body: answer.body.to_vec(),
        address: record.headers.get("WARC-IP-Address").and_then(|a| a.parse().ok()),
    })
}

/// Whether something may be a page of a notice, by what it says it is.
fn wanted(content: &Content) -> Result<(), &'static str> {
    let (status, media_type, length) = match content {
        Content::Served { head, body, .. } => match HttpResponse::parse(head) {
            Some(a) => (a.status, a.headers.get("Content-Type").unwrap_or("").to_owned(), body.len()),
            None => (0, String::new(), body.len()),
        },
        Content::File { media_type, bytes } => (200, media_type.clone(), bytes.len()),
        Content::NotModified { .. } => (304, String::new(), 0),
    };
    let media_type = media_type.to_ascii_lowercase();
    let machine = ["css", "javascript", "ecmascript", "json", "font", "rss", "atom", "wasm"];
    match status {
        300..=399 => Err("redirects"),
        200..=299 if length == 0 => Err("empty pages"),
        200..=299 if ["image/", "audio/", "video/"].iter().any(|t| media_type.starts_with(t)) => {
            Err("pictures, sound and film")
        }
        200..=299 if machine.iter().any(|t| media_type.contains(t)) => Err("styles, scripts, fonts and data"),
        200..=299 => Ok(()),
        _ => Err("pages that were errors"),
    }
}

/// A message without its body: what a form sent is nobody's business here.
fn head_of(block: &[u8]) -> &[u8] {
    let end = block.windows(4).position(|w| w == b"\r\n\r\n").map_or(block.len(), |at| at + 4);
    &block[..end]
}

fn instant(fields: &Headers, name: &str) -> Option<Instant> {
    fields.get(name).and_then(super::capture::instant)
}
