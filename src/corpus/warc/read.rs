//! Records out of anybody's WARC file, compressed record by record, as a whole, or not at all.
//!
//! In comes a file; out come its records in order, and what could not be read with its place. Damage in one record does
//! not lose the records behind it, and no file makes the reader go over the same bytes without end.

use super::gzip::{Counted, MAGIC};
use super::{Headers, Record};
use flate2::bufread::GzDecoder;
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek};

/// Longest head of a record.
const LONGEST_HEAD: u64 = 64 * 1024;

/// Most that is read past for a block that is too long to take; what unpacks to more is given up.
const MOST_PASSED_OVER: u64 = 4 * 1024 * 1024 * 1024;

/// What stands at a place of the file.
#[derive(Debug)]
pub enum Item {
    /// A record. `offset` is the first byte of its gzip member (or its own, where the file is not compressed).
    Record {
        /// First byte.
        offset: u64,
        /// The record.
        record: Record,
    },
    /// A record whose block is longer than the limit.
    TooLong {
        /// First byte.
        offset: u64,
        /// Its length as stated.
        length: u64,
    },
    /// The file ends within a record, as one does whose writer was stopped.
    Torn {
        /// First byte of what is incomplete.
        offset: u64,
    },
    /// Something that is no record, or is not as it was written.
    Damaged {
        /// First byte.
        offset: u64,
        /// What is wrong.
        what: String,
    },
}

/// Places of a file that may be damaged before the rest of it is given up: behind each, the next record is searched for.
const MOST_DAMAGED: usize = 1000;

/// What looks torn and is not was read to the end of the file, and counts as so many damaged places.
const COST_OF_TORN: usize = 50;

/// Reads the records of a file.
pub struct WarcReader<R> {
    state: State<R>,
    limit: u64,
    damaged: usize,
}

enum State<R> {
    Between(Counted<R>),
    Member { offset: u64, reader: Box<BufReader<GzDecoder<Counted<R>>>> },
    Plain(Counted<R>),
    Ended,
}

/// What one step came to.
enum Step {
    /// Something stands there.
    Is(Item),
    /// Nothing yet.
    Further,
    /// Nothing more.
    End,
}

/// Why a record could not be read.
enum Fault {
    Torn,
    Bad(String),
    TooLong(u64),
    System(std::io::Error),
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        match error.kind() {
            ErrorKind::UnexpectedEof => Fault::Torn,
            ErrorKind::InvalidInput | ErrorKind::InvalidData => Fault::Bad(format!("compressed data: {error}")),
            _ => Fault::System(error),
        }
    }
}

impl<R: Read + Seek> WarcReader<R> {
    /// Reads from byte `at` of a file on; blocks of more than `limit` bytes are passed over.
    ///
    /// # Errors
    /// Where the system refuses to move there.
    pub fn new(file: R, at: u64, limit: u64) -> std::io::Result<WarcReader<R>> {
        Ok(WarcReader { state: State::Between(Counted::new(file, at)?), limit, damaged: 0 })
    }

    /// Place of the next byte of the file, between two records.
    pub fn position(&self) -> Option<u64> {
        match &self.state {
            State::Between(inner) | State::Plain(inner) => Some(inner.at),
            State::Member { .. } | State::Ended => None,
        }
    }

    fn between(&mut self, mut inner: Counted<R>) -> std::io::Result<Step> {
        let offset = inner.at;
        let start = inner.fill_buf()?;
        if start.is_empty() {
            self.state = State::Between(inner);
            return Ok(Step::End);
        }
        if start.starts_with(&MAGIC[..start.len().min(MAGIC.len())]) {
            let reader = Box::new(BufReader::new(GzDecoder::new(inner)));
            self.state = State::Member { offset, reader };
            return Ok(Step::Further);
        }
        if start.starts_with(b"WARC/") {
            self.state = State::Plain(inner);
            return Ok(Step::Further);
        }
        self.behind_damage(inner, offset, "this is no WARC record".to_owned())
    }

    /// Tells of damage and goes on with the next record behind it.
    fn behind_damage(&mut self, mut inner: Counted<R>, offset: u64, what: String) -> std::io::Result<Step> {
        self.damaged += 1;
        if self.damaged > MOST_DAMAGED {
            let what = format!("{what}, and {MOST_DAMAGED} places before were damaged too: the rest was not read");
            return Ok(Step::Is(Item::Damaged { offset, what }));
        }
        if inner.seek_record(offset + 1)? {
            self.state = State::Between(inner);
        }
        Ok(Step::Is(Item::Damaged { offset, what }))
    }

    fn member(&mut self, offset: u64, mut reader: Box<BufReader<GzDecoder<Counted<R>>>>) -> std::io::Result<Step> {
        let read = read_record(&mut *reader, self.limit);
        // Only at its end does a member prove, by its checksum, that it is what was written.
        let ended = reader.fill_buf().map(<[u8]>::is_empty).map_err(Fault::from);
        match (read, ended) {
            (Err(Fault::System(e)), _) | (_, Err(Fault::System(e))) => Err(e),
            (Err(Fault::Torn), _) | (_, Err(Fault::Torn)) => {
                let mut inner = reader.into_inner().into_inner();
                // A byte that was changed can make a member run on to the end of the file, over all that stands behind it.
                if !inner.has_record(offset + 1)? {
                    return Ok(Step::Is(Item::Torn { offset }));
                }
                self.damaged += COST_OF_TORN;
                self.behind_damage(inner, offset, "compressed data: they do not end where they should".to_owned())
            }
            (Err(Fault::Bad(what)), _) | (_, Err(Fault::Bad(what))) => {
                self.behind_damage(reader.into_inner().into_inner(), offset, what)
            }
            (read, ended) => {
                self.state = if ended.unwrap_or(true) {
                    State::Between(reader.into_inner().into_inner())
                } else {
                    State::Member { offset, reader }
                };
                Ok(match read {
                    Ok(Some(record)) => Step::Is(Item::Record { offset, record }),
                    Err(Fault::TooLong(length)) => Step::Is(Item::TooLong { offset, length }),
                    _ => Step::Further,
                })
            }
        }
    }

    fn plain(&mut self, mut inner: Counted<R>) -> std::io::Result<Step> {
        let offset = inner.at;
        let item = match read_record(&mut inner, self.limit) {
            Ok(None) => {
                self.state = State::Plain(inner);
                return Ok(Step::End);
            }
            Ok(Some(record)) => Item::Record { offset, record },
            Err(Fault::TooLong(length)) => Item::TooLong { offset, length },
            Err(Fault::System(e)) => return Err(e),
            Err(Fault::Torn) => return Ok(Step::Is(Item::Torn { offset })),
            Err(Fault::Bad(what)) => return self.behind_damage(inner, offset, what),
        };
        self.state = State::Plain(inner);
        Ok(Step::Is(item))
    }
}

impl<R: Read + Seek> Iterator for WarcReader<R> {
    type Item = std::io::Result<Item>;

    fn next(&mut self) -> Option<Self::Item> {
        // In a loop: a file may hold a million members with nothing in them.
        loop {
            let step = match std::mem::replace(&mut self.state, State::Ended) {
                State::Between(inner) => self.between(inner),
                State::Member { offset, reader } => self.member(offset, reader),
                State::Plain(inner) => self.plain(inner),
                State::Ended => Ok(Step::End),
            };
            match step {
                Ok(Step::Is(item)) => return Some(Ok(item)),
                Ok(Step::Further) => {}
                Ok(Step::End) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// What records are read from.
trait Source: BufRead {
    /// Most bytes that may still be there.
    fn left(&self) -> u64;
}

impl<R: Read> Source for Counted<R> {
    fn left(&self) -> u64 {
        self.left()
    }
}

impl<R: Read> Source for BufReader<GzDecoder<Counted<R>>> {
    fn left(&self) -> u64 {
        u64::MAX
    }
}

/// Reads one record with the empty lines behind it; none at the end.
fn read_record(from: &mut impl Source, limit: u64) -> Result<Option<Record>, Fault> {
    pass_line_ends(from)?;
    let mut head = Vec::new();
    loop {
        let before = head.len();
        let room = LONGEST_HEAD.saturating_sub(before as u64);
        let read = from.by_ref().take(room).read_until(b'\n', &mut head)?;
        let too_long = || Fault::Bad(format!("the head of this record is longer than {LONGEST_HEAD} bytes"));
        if read == 0 {
            // The file ends here, between two records or behind a whole line of a head; or there is no more room.
            return match (before, room) {
                (0, _) => Ok(None),
                (_, 0) => Err(too_long()),
                _ => Err(Fault::Torn),
            };
        }
        if !head.starts_with(b"WARC/") && head.len() >= 5 {
            return Err(Fault::Bad("this is no WARC record".to_owned()));
        }
        if head.last() != Some(&b'\n') {
            return Err(if room <= read as u64 { too_long() } else { Fault::Torn });
        }
        if matches!(&head[before..], b"\n" | b"\r\n") {
            break;
        }
    }
    let head = String::from_utf8_lossy(&head);
    let headers = Headers::parse(head.split_once('\n').map_or("", |(_, rest)| rest));
    let length: u64 = headers
        .get("Content-Length")
        .and_then(|l| l.parse().ok())
        .ok_or_else(|| Fault::Bad("this record states no Content-Length".to_owned()))?;
    let short = |there| Fault::Bad(format!("the block has {there} bytes, where its head says {length}"));
    if length > from.left() {
        // Known before any of it is read: a file of nothing but such heads is still read in one go.
        return Err(short(from.left()));
    }
    if length > limit {
        pass_over(from, length)?;
        pass_line_ends(from)?;
        return Err(Fault::TooLong(length));
    }
    let mut block = Vec::new();
    from.by_ref().take(length).read_to_end(&mut block)?;
    if (block.len() as u64) < length {
        return Err(short(block.len() as u64));
    }
    pass_line_ends(from)?;
    Ok(Some(Record { headers, block }))
}

fn pass_over(from: &mut impl BufRead, length: u64) -> Result<(), Fault> {
    let passed = std::io::copy(&mut from.by_ref().take(length.min(MOST_PASSED_OVER)), &mut std::io::sink())?;
    if passed < length {
        return Err(Fault::Bad(format!(
            "a block of {length} bytes is stated, which is not there or too much to read past"
        )));
    }
    Ok(())
}

/// Passes the two empty lines behind a record, and no more than that.
fn pass_line_ends(from: &mut impl BufRead) -> std::io::Result<()> {
    for _ in 0..4 {
        if !matches!(from.fill_buf()?.first(), Some(b'\r' | b'\n')) {
            break;
        }
        from.consume(1);
    }
    Ok(())
}
