//! Web archive files (WARC 1.1, ISO 28500): records written one gzip member each, and records read from anybody's files.
//!
//! What is read is hostile: lengths are checked before memory is taken, compressed data unpacks to a bound, and nothing
//! here panics on any bytes.

mod gzip;
mod headers;
mod http;
mod read;
mod write;

pub(super) use gzip::MAGIC as GZIP;
pub use headers::Headers;
pub use http::{HttpResponse, decoded};
pub use read::{Item, WarcReader};
pub(super) use write::{member, record_id};

/// Longest block of a record that is taken into memory. No notice comes near it.
pub const LONGEST_BLOCK: u64 = 128 * 1024 * 1024;

/// One record of a WARC file.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its named fields, as written.
    pub headers: Headers,
    /// Its block.
    pub block: Vec<u8>,
}

impl Record {
    /// `response`, `resource`, `revisit` …; empty where it says none.
    pub fn kind(&self) -> &str {
        self.headers.get("WARC-Type").unwrap_or("")
    }
}
