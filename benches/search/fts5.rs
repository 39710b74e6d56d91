//! SQLite's full-text search over the texts of the same notices: what the benchmark compares with.
//!
//! In come notices by number; out come a database and the times of its answers: how many, ten with snippets, and counts by
//! organisation.

use fairnotice::document;
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Texts inserted in one transaction.
const AT_A_TIME: usize = 2_000;

/// The database.
pub struct Base {
    connection: Connection,
    /// Where it is.
    pub path: PathBuf,
    /// How long inserting and optimising took.
    pub time: Duration,
}

impl Base {
    /// A database of the texts of the first notices.
    pub fn new(dir: &Path, count: usize) -> Result<Base, Box<dyn std::error::Error>> {
        let path = dir.join("fts5.sqlite");
        let mut connection = Connection::open(&path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             CREATE TABLE notice (id INTEGER PRIMARY KEY, organisation TEXT);
             CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter unicode61');",
        )?;
        let mut time = Duration::ZERO;
        let numbers: Vec<usize> = (0..count).collect();
        for some in numbers.chunks(AT_A_TIME) {
            let texts: Vec<String> = some
                .iter()
                .map(|n| {
                    document::read(super::notice(*n).as_bytes(), "notice.html").map(|d| d.text.body).unwrap_or_default()
                })
                .collect();
            let start = Instant::now();
            let transaction = connection.transaction()?;
            {
                let mut insert = transaction.prepare("INSERT INTO words (rowid, body) VALUES (?1, ?2)")?;
                let mut about = transaction.prepare("INSERT INTO notice VALUES (?1, ?2)")?;
                for (number, text) in some.iter().zip(&texts) {
                    insert.execute(params![*number as i64, text])?;
                    about.execute(params![*number as i64, text.lines().next().unwrap_or("")])?;
                }
            }
            transaction.commit()?;
            time += start.elapsed();
        }
        let start = Instant::now();
        connection.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
        time += start.elapsed();
        Ok(Base { connection, path, time })
    }

    /// Asks a query several times: how long each took.
    pub fn ask(&self, query: &str, page: usize, passes: usize) -> rusqlite::Result<Vec<Duration>> {
        let once = |_| {
            let start = Instant::now();
            let _: i64 =
                self.connection.query_row("SELECT count(*) FROM words WHERE words MATCH ?1", [query], |r| r.get(0))?;
            let mut hits = self.connection.prepare_cached(
                "SELECT rowid, bm25(words), snippet(words, 0, '[', ']', '…', 40) FROM words WHERE words MATCH ?1
                 ORDER BY rank LIMIT ?2",
            )?;
            let mut rows = hits.query(params![query, page as i64])?;
            while let Some(row) = rows.next()? {
                let _: String = row.get(2)?;
            }
            let mut facets = self.connection.prepare_cached(
                "SELECT organisation, count(*) FROM words JOIN notice ON notice.id = words.rowid WHERE words MATCH ?1
                 GROUP BY organisation",
            )?;
            let mut rows = facets.query([query])?;
            while let Some(row) = rows.next()? {
                let _: i64 = row.get(1)?;
            }
            Ok(start.elapsed())
        };
        (0..passes).map(once).collect()
    }
}
