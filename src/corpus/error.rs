//! Why the store could not do its work. A store that fails stops the run: evidence is never half kept.

use std::fmt;
use std::path::{Path, PathBuf};

/// What went wrong with the corpus on disk.
#[derive(Debug)]
pub enum StoreError {
    /// There is no corpus at this place.
    NoCorpus(PathBuf),
    /// The system refused to read or write a file.
    File {
        /// Which file.
        path: PathBuf,
        /// What it said.
        error: std::io::Error,
    },
    /// Another process is writing to this corpus.
    Busy(PathBuf),
    /// The catalogue refused.
    Catalogue(rusqlite::Error),
    /// A capture file does not hold what was put there.
    Damaged {
        /// Which file.
        path: PathBuf,
        /// First byte of the record.
        offset: u64,
        /// What is wrong.
        what: String,
    },
}

impl StoreError {
    pub(super) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError + '_ {
        move |error| StoreError::File { path: path.to_owned(), error }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        StoreError::Catalogue(error)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::NoCorpus(dir) => write!(
                f,
                "{}: there is no corpus here (no folder 'captures' in it); 'fairnotice import' and 'fairnotice fetch' make one",
                dir.display()
            ),
            StoreError::File { path, error } => write!(f, "{}: {error}", path.display()),
            StoreError::Busy(dir) => write!(
                f,
                "{}: another fairnotice is writing to this corpus; wait until it has ended and run this again",
                dir.display()
            ),
            StoreError::Catalogue(error) => {
                write!(
                    f,
                    "catalogue.sqlite of the corpus: {error}; delete that file: it is made again from the captures"
                )
            }
            StoreError::Damaged { path, offset, what } => {
                write!(f, "{} at byte {offset}: {what}; run 'fairnotice verify' and restore this file", path.display())
            }
        }
    }
}

impl std::error::Error for StoreError {}
