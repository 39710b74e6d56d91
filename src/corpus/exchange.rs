//! What is put into the store: one page as served, or one file as handed over, with its address and its instant.

use std::net::IpAddr;

/// An instant, as precise as known; WARC files state it in UTC.
pub type Instant = jiff::Timestamp;

/// One page as served at one instant, or one file as handed over.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Its address: the one that answered, after redirects; `file:///…` for a file without one.
    pub uri: String,
    /// When it was served; a file's own date.
    pub instant: Instant,
    /// The notice it belongs to: a key that stays the same from visit to visit, normally the address of the notice's
    /// first page.
    pub notice: String,
    /// The visit to the notice that this page was seen on: the same instant for all its pages. A visit makes a version
    /// once it is closed; see `Corpus::close_visit`. None where the page is the whole notice, which needs no closing.
    pub visit: Option<Instant>,
    /// Its place among the pages of the notice, from 0.
    pub part: u32,
    /// ODS code of the body whose notice it is, where known.
    pub ods: Option<String>,
    /// Why it is no page of a notice (blocked, an error page, a captcha), where it is none. It is kept all the same.
    pub refused: Option<String>,
    /// What came.
    pub content: Content,
    /// What else is worth keeping beside it (`via`, `fetchTimeMs` …): name and value. `truncated` says why only
    /// the beginning of its content is there: `length`, `time` or `disconnect`.
    pub notes: Vec<(String, String)>,
}

/// What came.
#[derive(Clone, Debug)]
pub enum Content {
    /// An answer of a server.
    Served {
        /// The request's head as sent.
        request: Vec<u8>,
        /// The answer's head as received: status line, fields, empty line. Its codings are those of `body`.
        head: Vec<u8>,
        /// The answer's body.
        body: Vec<u8>,
        /// Who answered.
        address: Option<IpAddr>,
    },
    /// An answer that says: as before (304).
    NotModified {
        /// The request's head as sent.
        request: Vec<u8>,
        /// The answer's head as received.
        head: Vec<u8>,
    },
    /// A file, without any exchange.
    File {
        /// What it is declared or named to be, such as `text/html`.
        media_type: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

impl Exchange {
    /// A file that is a whole notice.
    pub fn file(uri: &str, instant: Instant, media_type: &str, bytes: Vec<u8>) -> Exchange {
        Exchange {
            uri: uri.to_owned(),
            instant,
            notice: uri.to_owned(),
            visit: None,
            part: 0,
            ods: None,
            refused: None,
            content: Content::File { media_type: media_type.to_owned(), bytes },
            notes: Vec::new(),
        }
    }
}

impl Content {
    /// Bytes that came.
    pub fn length(&self) -> usize {
        match self {
            Content::Served { body, .. } => body.len(),
            Content::NotModified { .. } => 0,
            Content::File { bytes, .. } => bytes.len(),
        }
    }
}
