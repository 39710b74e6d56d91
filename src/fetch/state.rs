//! What fetching must remember when it is killed: the run that is under way, its pages, and what hosts said.
//!
//! It is one small database in `DIR/fetch/`, written after each page. It may be deleted: then nothing captured is lost,
//! but an unfinished run begins anew and sites are asked for pages that did not change.

use super::client::Validators;
use super::ledger::{Entry, Outcome, PageEntry};
use super::robots::Robots;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a site's rules hold before they are asked for again.
const RULES_HOLD: SignedDuration = SignedDuration::from_hours(24);

const SCHEMA: &str = "
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, begun TEXT NOT NULL, ended TEXT);
CREATE TABLE IF NOT EXISTS source (run INTEGER, key TEXT, notice TEXT, visit TEXT, trace TEXT, entry TEXT,
    PRIMARY KEY (run, key));
CREATE TABLE IF NOT EXISTS page (run INTEGER, source TEXT, address TEXT, part INTEGER, depth INTEGER, outcome TEXT,
    reason TEXT, uri TEXT, sha256 TEXT, lost INTEGER, PRIMARY KEY (run, source, address));
CREATE TABLE IF NOT EXISTS notice (source TEXT PRIMARY KEY, key TEXT NOT NULL, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS validator (address TEXT PRIMARY KEY, etag TEXT, modified TEXT);
CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, fetched TEXT NOT NULL, lines TEXT);
CREATE TABLE IF NOT EXISTS host (name TEXT PRIMARY KEY, until TEXT);
";

/// Why the state cannot be kept.
#[derive(Debug)]
pub struct StateError {
    path: PathBuf,
    error: rusqlite::Error,
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        let code = self.error.sqlite_error_code();
        if matches!(code, Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)) {
            return write!(f, "{path}: another fetch is at work in this corpus; wait until it has ended");
        }
        write!(f, "{path}: {}; delete this file: nothing captured is lost with it", self.error)
    }
}

impl std::error::Error for StateError {}

/// A page that is to be visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its address.
    pub address: String,
    /// Its place among the pages of the notice.
    pub part: u32,
    /// How many links it is away from the first page.
    pub depth: u32,
}

/// What came of a page.
#[derive(Clone, Debug)]
pub struct Done {
    /// What it is; none where it is the same page as another one.
    pub outcome: Option<Outcome>,
    /// In words.
    pub reason: Option<String>,
    /// The address that answered.
    pub uri: String,
    /// Hash of its document.
    pub sha256: Option<String>,
    /// Whether it may well be there, though it could not be had.
    pub lost: bool,
}

/// A notice whose pages are being visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The notice's key.
    pub notice: String,
    /// The visit's instant.
    pub visit: Timestamp,
    /// Why its first page was chosen.
    pub trace: Vec<String>,
}

/// The database.
pub struct State {
    path: PathBuf,
    connection: Mutex<Connection>,
    run: i64,
}

impl State {
    /// Opens the state in a folder, and goes on with the run that is under way there or begins one: the state, and when
    /// the run that it goes on with was begun.
    ///
    /// # Errors
    /// Where it cannot be read or written, or another process has it.
    pub fn open(folder: &Path, now: Timestamp, anew: bool) -> Result<(State, Option<Timestamp>), StateError> {
        let path = folder.join("state.sqlite");
        let opened = Connection::open(&path).and_then(|connection| {
            // Whoever has the state has it until it ends: waiting for that is for people to decide.
            connection.busy_timeout(Duration::ZERO)?;
            connection.execute_batch(SCHEMA)?;
            let unfinished: Option<(i64, String)> = connection
                .query_row("SELECT id, begun FROM run WHERE ended IS NULL ORDER BY id DESC", [], |r| {
                    Ok((r.get(0)?, r.get(1)?))
                })
                .optional()?;
            if let Some((run, begun)) = unfinished.filter(|_| !anew) {
                return Ok((connection, run, begun.parse().ok()));
            }
            connection.execute_batch("BEGIN; DELETE FROM page; DELETE FROM source; DELETE FROM run;")?;
            connection.execute("INSERT INTO run (begun) VALUES (?1)", [now.to_string()])?;
            let run = connection.last_insert_rowid();
            connection.execute_batch("COMMIT")?;
            Ok((connection, run, None))
        });
        match opened {
            Ok((connection, run, begun)) => Ok((State { path, connection: Mutex::new(connection), run }, begun)),
            Err(error) => Err(StateError { path, error }),
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, StateError> {
        let mut connection: MutexGuard<'_, Connection> = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut connection).map_err(|error| StateError { path: self.path.clone(), error })
    }

    /// Ends the run: the next one begins anew.
    ///
    /// # Errors
    /// Where it cannot be written, as everywhere below.
    pub fn end(&self, now: Timestamp) -> Result<(), StateError> {
        self.with(|c| {
            c.execute("UPDATE run SET ended = ?1 WHERE id = ?2", params![now.to_string(), self.run]).map(drop)
        })
    }

    /// What came of a source that this run has done with.
    pub fn entry(&self, source: &str) -> Result<Option<Entry>, StateError> {
        let json: Option<String> = self.with(|c| {
            c.query_row("SELECT entry FROM source WHERE run = ?1 AND key = ?2", params![self.run, source], |r| r.get(0))
                .optional()
                .map(Option::flatten)
        })?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Notes that this run has done with a source.
    pub fn finish(&self, source: &str, entry: &Entry) -> Result<(), StateError> {
        let json = serde_json::to_string(entry).unwrap_or_default();
        self.with(|c| {
            c.execute(
                "INSERT INTO source (run, key, entry) VALUES (?1, ?2, ?3)
                 ON CONFLICT (run, key) DO UPDATE SET entry = excluded.entry",
                params![self.run, source, json],
            )
            .map(drop)
        })
    }

    /// The notice of a source whose pages this run was visiting.
    pub fn begun(&self, source: &str) -> Result<Option<Begun>, StateError> {
        let row: Option<(Option<String>, Option<String>, Option<String>)> = self.with(|c| {
            c.query_row(
                "SELECT notice, visit, trace FROM source WHERE run = ?1 AND key = ?2",
                params![self.run, source],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
            )
            .optional()
        })?;
        Ok(row.and_then(|(notice, visit, trace)| {
            let trace = trace.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
            Some(Begun { notice: notice?, visit: visit?.parse().ok()?, trace })
        }))
    }

    /// Notes that the pages of a source's notice are visited from now on, beginning at `address`.
    pub fn begin(&self, source: &str, begun: &Begun, address: &str) -> Result<(), StateError> {
        let trace = serde_json::to_string(&begun.trace).unwrap_or_default();
        self.with(|c| {
            let all = c.transaction()?;
            all.execute(
                "INSERT OR REPLACE INTO source (run, key, notice, visit, trace) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.run, source, begun.notice, begun.visit.to_string(), trace],
            )?;
            all.execute(
                "INSERT OR IGNORE INTO page (run, source, address, part, depth) VALUES (?1, ?2, ?3, 0, 0)",
                params![self.run, source, address],
            )?;
            all.commit()
        })
    }

    /// The next page to visit: the one nearest to the first.
    pub fn next(&self, source: &str) -> Result<Option<Pending>, StateError> {
        self.with(|c| {
            c.query_row(
                "SELECT address, part, depth FROM page WHERE run = ?1 AND source = ?2 AND outcome IS NULL
                 ORDER BY depth, part LIMIT 1",
                params![self.run, source],
                |r| Ok(Pending { address: r.get(0)?, part: r.get(1)?, depth: r.get(2)? }),
            )
            .optional()
        })
    }

    /// Whether a page that this run visited answered at an address, or had these bytes.
    pub fn is_seen(&self, source: &str, uri: &str, sha256: Option<&str>) -> Result<bool, StateError> {
        self.with(|c| {
            c.query_row(
                "SELECT EXISTS (SELECT 1 FROM page WHERE run = ?1 AND source = ?2 AND outcome IS NOT NULL
                 AND outcome <> 'same' AND (uri = ?3 OR sha256 = ?4))",
                params![self.run, source, uri, sha256],
                |r| r.get(0),
            )
        })
    }

    /// Notes what came of a page, and the pages it led to; at most `most` in all. How many were left out for that.
    pub fn done(
        &self,
        source: &str,
        page: &Pending,
        done: &Done,
        found: &[String],
        most: u32,
    ) -> Result<u32, StateError> {
        self.with(|c| {
            let all = c.transaction()?;
            let outcome = done.outcome.map_or("same", Outcome::name);
            all.execute(
                "UPDATE page SET outcome = ?4, reason = ?5, uri = ?6, sha256 = ?7, lost = ?8
                 WHERE run = ?1 AND source = ?2 AND address = ?3",
                params![self.run, source, page.address, outcome, done.reason, done.uri, done.sha256, done.lost],
            )?;
            let mut count: u32 = all.query_row(
                "SELECT COUNT(*) FROM page WHERE run = ?1 AND source = ?2",
                params![self.run, source],
                |r| r.get(0),
            )?;
            let mut left_out = 0;
            for address in found {
                let known: bool = all.query_row(
                    "SELECT EXISTS (SELECT 1 FROM page WHERE run = ?1 AND source = ?2 AND (address = ?3 OR uri = ?3))",
                    params![self.run, source, address],
                    |r| r.get(0),
                )?;
                match known {
                    true => {}
                    false if count >= most => left_out += 1,
                    false => {
                        all.execute(
                            "INSERT INTO page (run, source, address, part, depth) VALUES (?1, ?2, ?3, ?4, ?5)",
                            params![self.run, source, address, count, page.depth + 1],
                        )?;
                        count += 1;
                    }
                }
            }
            all.commit()?;
            Ok(left_out)
        })
    }

    /// What came of the pages of a source so far, in their order.
    pub fn pages(&self, source: &str) -> Result<Vec<PageEntry>, StateError> {
        self.with(|c| {
            let mut statement = c.prepare(
                "SELECT COALESCE(uri, address), outcome, reason FROM page
                 WHERE run = ?1 AND source = ?2 AND outcome IS NOT NULL AND outcome <> 'same' ORDER BY part",
            )?;
            let rows = statement.query_map(params![self.run, source], |r| {
                let outcome: String = r.get(1)?;
                let outcome = Outcome::of_name(&outcome).unwrap_or(Outcome::Unreadable);
                Ok(PageEntry { address: r.get(0)?, outcome, reason: r.get(2)? })
            })?;
            rows.collect()
        })
    }

    /// The pages of a source that may well be there, though this run could not have them.
    pub fn lost(&self, source: &str) -> Result<Vec<String>, StateError> {
        self.with(|c| {
            let mut statement =
                c.prepare("SELECT uri FROM page WHERE run = ?1 AND source = ?2 AND lost ORDER BY part")?;
            let rows = statement.query_map(params![self.run, source], |r| r.get(0))?;
            rows.collect()
        })
    }

    /// The notice of a source as an earlier run found it: its key and the address of its first page.
    pub fn notice(&self, source: &str) -> Result<Option<(String, String)>, StateError> {
        self.with(|c| {
            c.query_row("SELECT key, address FROM notice WHERE source = ?1", [source], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()
        })
    }

    /// Remembers where the notice of a source is.
    pub fn remember(&self, source: &str, key: &str, address: &str) -> Result<(), StateError> {
        self.with(|c| {
            c.execute("INSERT OR REPLACE INTO notice VALUES (?1, ?2, ?3)", params![source, key, address]).map(drop)
        })
    }

    /// What an earlier visit to an address learned.
    pub fn validators(&self, address: &str) -> Result<Validators, StateError> {
        let row = self.with(|c| {
            c.query_row("SELECT etag, modified FROM validator WHERE address = ?1", [address], |r| {
                Ok(Validators { etag: r.get(0)?, modified: r.get(1)? })
            })
            .optional()
        })?;
        Ok(row.unwrap_or_default())
    }

    /// Remembers what a visit to an address learned.
    pub fn keep_validators(&self, address: &str, known: &Validators) -> Result<(), StateError> {
        self.with(|c| {
            c.execute(
                "INSERT OR REPLACE INTO validator VALUES (?1, ?2, ?3)",
                params![address, known.etag, known.modified],
            )
            .map(drop)
        })
    }

    /// The rules of a site, where they are known and young enough.
    pub fn robots(&self, origin: &str, now: Timestamp) -> Result<Option<Robots>, StateError> {
        let row: Option<(String, Option<String>)> = self.with(|c| {
            c.query_row("SELECT fetched, lines FROM robots WHERE origin = ?1", [origin], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()
        })?;
        Ok(row.and_then(|(fetched, lines)| {
            let age = now.duration_since(fetched.parse().ok()?);
            let young = age >= SignedDuration::ZERO && age < RULES_HOLD;
            young.then(|| lines.map_or(Robots::Open, Robots::Lines))
        }))
    }

    /// Remembers the rules of a site; that they could not be had is not remembered.
    pub fn keep_robots(&self, origin: &str, now: Timestamp, robots: &Robots) -> Result<(), StateError> {
        let lines = match robots {
            Robots::Unknown(_) => return Ok(()),
            Robots::Open => None,
            Robots::Lines(lines) => Some(lines),
        };
        self.with(|c| {
            c.execute("INSERT OR REPLACE INTO robots VALUES (?1, ?2, ?3)", params![origin, now.to_string(), lines])
                .map(drop)
        })
    }

    /// Until when a host wants to be left alone.
    pub fn until(&self, host: &str) -> Result<Option<Timestamp>, StateError> {
        let until: Option<Option<String>> =
            self.with(|c| c.query_row("SELECT until FROM host WHERE name = ?1", [host], |r| r.get(0)).optional())?;
        Ok(until.flatten().and_then(|u| u.parse().ok()))
    }

    /// Remembers until when a host wants to be left alone.
    pub fn keep_until(&self, host: &str, until: Option<Timestamp>) -> Result<(), StateError> {
        self.with(|c| {
            c.execute("INSERT OR REPLACE INTO host VALUES (?1, ?2)", params![host, until.map(|u| u.to_string())])
                .map(drop)
        })
    }
}
