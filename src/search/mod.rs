//! Full text and claims of the corpus, found in an instant.
//!
//! In come versions of notices and questions; out come an index beside the corpus and answers with the words they rest
//! on. The index is derived: it can be thrown away and made again, and names the program and the dictionaries that made
//! it. One notice version is one entry: its words, its facts (each claim, finding and body with all its terms at one
//! place, so that what must hold of one claim can be asked of one claim), its columns to count and sort by, and its text
//! with the places of its claims. It never changes a capture and never judges anew while it searches.
#![allow(clippy::disallowed_methods)] // an index is files

mod between;
mod condition;
mod days;
mod entry;
mod facets;
mod find;
mod held;
mod index;
mod kept;
mod passage;
mod plan;
pub mod query;
pub mod reference;
mod schema;
mod terms;
mod together;
mod words;

pub use between::Official;
pub use entry::{Body, Entry, Said, Wrong};
pub use facets::{Count, FACETS, Facets};
pub use find::{Answer, Ask, AskError, Finder, Hit, SortBy};
pub use held::{Held, held};
pub use index::{Done, Settings, Stamp, update};
pub use passage::Passage;

use crate::corpus::StoreError;
use std::path::PathBuf;

/// Why an index could not be read or written.
#[derive(Debug)]
pub enum SearchError {
    /// There is none yet.
    NotIndexed,
    /// Somebody else is writing it.
    Busy,
    /// What is there is no index of this program.
    Damaged,
    /// The system refused.
    Io(PathBuf, std::io::Error),
    /// The captures cannot be read.
    Store(StoreError),
    /// An official register cannot be read, in words.
    Registers(String),
    /// The library that keeps it failed.
    Library(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> SearchError {
        match error {
            tantivy::TantivyError::LockFailure(..) => SearchError::Busy,
            tantivy::TantivyError::DataCorruption(_) | tantivy::TantivyError::SchemaError(_) => SearchError::Damaged,
            other => SearchError::Library(other),
        }
    }
}

impl From<StoreError> for SearchError {
    fn from(error: StoreError) -> SearchError {
        SearchError::Store(error)
    }
}

impl std::fmt::Display for SearchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SearchError::NotIndexed => f.write_str("nothing is indexed yet; run 'fairnotice index' on this corpus first"),
            SearchError::Busy => f.write_str("another 'fairnotice index' is writing this index; wait until it has ended"),
            SearchError::Damaged => f.write_str(
                "the index cannot be read; it is derived from the captures: delete the folder 'index' of the corpus and run 'fairnotice index' again",
            ),
            SearchError::Io(path, error) => write!(f, "{}: {error}", path.display()),
            SearchError::Store(error) => error.fmt(f),
            SearchError::Registers(why) => f.write_str(why),
            SearchError::Library(error) => write!(f, "the index cannot be used: {error}"),
        }
    }
}

impl std::error::Error for SearchError {}
