//! The catalogue: which captures there are and where. It is derived from the capture files and can be made again from
//! them at any time; each file is entered as far as it was read, in one transaction with what was read from it.

mod scan;

use super::capture::{Capture, Closing, Place};
use super::error::StoreError;
use super::owners::Owner;
use crate::text::Sketch;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, TransactionBehavior, params};
use std::path::Path;

pub(super) use scan::content;

/// Whose a version is, and how its text may be known again where it has enough words.
pub type KeptReading = (Vec<Owner>, Option<Sketch>);

/// Number of the form of the tables. A catalogue of another form is made again.
const FORM: i64 = 3;

const TABLES: &str = "
CREATE TABLE files (name TEXT PRIMARY KEY, read_to INTEGER NOT NULL, damage TEXT);
CREATE TABLE captures (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    uri TEXT NOT NULL,
    instant TEXT NOT NULL,
    notice TEXT NOT NULL,
    visit TEXT NOT NULL,
    in_visit INTEGER NOT NULL,
    part INTEGER NOT NULL,
    ods TEXT,
    refused TEXT,
    status INTEGER,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    payload TEXT NOT NULL,
    length INTEGER NOT NULL,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    content_file TEXT NOT NULL,
    content_offset INTEGER NOT NULL,
    truncated INTEGER NOT NULL
);
CREATE INDEX captures_by_uri ON captures (uri, instant);
CREATE INDEX captures_by_notice ON captures (notice);
CREATE TABLE closings (notice TEXT NOT NULL, visit TEXT NOT NULL, missing TEXT NOT NULL, PRIMARY KEY (notice, visit));
CREATE TABLE readings (version TEXT PRIMARY KEY, label TEXT NOT NULL, owners TEXT NOT NULL, sketch BLOB NOT NULL);
";

const COLUMNS: &str = "id, uri, instant, notice, visit, in_visit, part, ods, refused, status, media_type, sha256, \
                       payload, length, file, offset, content_file, content_offset, truncated";

/// The open catalogue.
pub(super) struct Catalogue {
    connection: Connection,
}

/// How far a capture file is entered.
pub(super) struct Entered {
    /// Bytes read.
    pub read_to: u64,
    /// Whether something in it could not be read.
    pub damaged: bool,
}

impl Catalogue {
    /// Opens the catalogue, and makes it new where there is none or where it is of another form or no database. In a folder
    /// that may only be read it is made in memory.
    pub fn open(path: &Path) -> Result<Catalogue, StoreError> {
        match Connection::open(path).and_then(Catalogue::ready) {
            Ok(catalogue) => Ok(catalogue),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::SchemaChanged) => {
                    Catalogue::anew(path)
                }
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                    Ok(Connection::open_in_memory().and_then(Catalogue::ready)?)
                }
                _ => Err(error.into()),
            },
        }
    }

    /// Takes what is there away and makes a new one: nothing stands in it that the captures do not hold.
    fn anew(path: &Path) -> Result<Catalogue, StoreError> {
        for rest in ["", "-journal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(rest);
            match std::fs::remove_file(&name) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::file(path)(e)),
                _ => {}
            }
        }
        Ok(Connection::open(path).and_then(Catalogue::ready)?)
    }

    fn ready(mut connection: Connection) -> rusqlite::Result<Catalogue> {
        connection.busy_timeout(std::time::Duration::from_secs(30))?;
        // What is lost with the power is read again from the captures.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let form: i64 = connection.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        if form == FORM {
            return Ok(Catalogue { connection });
        }
        // Another process may be making it at the same time.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let form: i64 = transaction.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
        if tables == 0 {
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "user_version", FORM)?;
        } else if form != FORM {
            let schema = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_SCHEMA);
            return Err(rusqlite::Error::SqliteFailure(schema, None));
        }
        transaction.commit()?;
        Ok(Catalogue { connection })
    }

    /// How far a file is entered.
    pub fn entered(&self, file: &str) -> Result<Option<Entered>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT read_to, damage FROM files WHERE name = ?1")?;
        let row =
            |r: &Row<'_>| Ok(Entered { read_to: number(r, 0)?, damaged: r.get::<_, Option<String>>(1)?.is_some() });
        Ok(statement.query_row([file], row).optional()?)
    }

    /// What could not be read when the files were entered: file and words.
    pub fn damage(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement =
            self.connection.prepare("SELECT name, damage FROM files WHERE damage IS NOT NULL ORDER BY name")?;
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every capture, in the order taken.
    pub fn captures(&self) -> Result<Vec<Capture>, StoreError> {
        self.select("1 = 1 ORDER BY number", &[])
    }

    /// The captures of one notice, in the order taken.
    pub fn captures_of(&self, notice: &str) -> Result<Vec<Capture>, StoreError> {
        self.select("notice = ?1 ORDER BY number", &[notice])
    }

    /// The captures at an address, oldest first.
    pub fn captures_at(&self, uri: &str) -> Result<Vec<Capture>, StoreError> {
        self.select("uri = ?1 ORDER BY instant, number", &[uri])
    }

    /// The captures whose id begins so.
    pub fn captures_with_id(&self, start: &str) -> Result<Vec<Capture>, StoreError> {
        // Ids are of lower-case hexadecimal digits and hyphens, all before 'g'.
        self.select("id >= ?1 AND id < ?1 || 'g' ORDER BY number", &[start])
    }

    fn select(&self, condition: &str, values: &[&str]) -> Result<Vec<Capture>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM captures WHERE {condition}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), capture)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The keys of all notices, in order.
    pub fn notices(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT notice FROM captures ORDER BY notice")?;
        let rows = statement.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The ends of a notice's visits.
    pub fn closings_of(&self, notice: &str) -> Result<Vec<Closing>, StoreError> {
        let sql = "SELECT notice, visit, missing FROM closings WHERE notice = ?1 ORDER BY visit";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([notice], |r| {
            let missing: String = r.get(2)?;
            Ok(Closing {
                notice: r.get(0)?,
                visit: instant(r, 1)?,
                missing: missing.lines().map(str::to_owned).collect(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whose a version is and how its text may be known again, as read by the program and dictionaries of this label.
    pub fn reading(&self, version: &str, label: &str) -> Result<Option<KeptReading>, StoreError> {
        let sql = "SELECT owners, sketch FROM readings WHERE version = ?1 AND label = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = |r: &Row<'_>| Ok((r.get::<_, String>(0)?, r.get::<_, Vec<u8>>(1)?));
        let found = statement.query_row([version, label], row).optional()?;
        Ok(found.and_then(|(json, sketch)| Some((serde_json::from_str(&json).ok()?, Sketch::from_bytes(&sketch)))))
    }

    /// Keeps what was read of a version.
    pub fn enter_reading(
        &self,
        version: &str,
        label: &str,
        owners: &[Owner],
        sketch: Option<&Sketch>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO readings (version, label, owners, sketch) VALUES (?1, ?2, ?3, ?4)";
        let json = serde_json::to_string(owners).unwrap_or_default(); // strings always serialise
        let sketch = sketch.map(Sketch::to_bytes).unwrap_or_default();
        self.connection.prepare_cached(sql)?.execute(params![version, label, json, sketch])?;
        Ok(())
    }

    fn enter_capture(&self, c: &Capture) -> rusqlite::Result<()> {
        let sql = format!(
            "INSERT OR IGNORE INTO captures ({COLUMNS}) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
        );
        self.connection.prepare_cached(&sql)?.execute(params![
            c.id,
            c.uri,
            sortable(c.instant),
            c.notice,
            sortable(c.visit),
            c.in_visit,
            c.part,
            c.ods,
            c.refused,
            c.status,
            c.media_type,
            c.sha256,
            c.payload,
            c.length as i64,
            c.place.file,
            c.place.offset as i64,
            c.content.file,
            c.content.offset as i64,
            c.truncated,
        ])?;
        Ok(())
    }

    fn enter_closing(&self, closing: &Closing) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO closings (notice, visit, missing) VALUES (?1, ?2, ?3)";
        let missing = closing.missing.join("\n");
        self.connection.prepare_cached(sql)?.execute(params![closing.notice, sortable(closing.visit), missing])?;
        Ok(())
    }

    fn enter_file(&self, name: &str, read_to: u64, damage: Option<&str>) -> rusqlite::Result<()> {
        let sql = "INSERT INTO files (name, read_to, damage) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (name) DO UPDATE SET read_to = ?2, damage = coalesce(damage, ?3)";
        self.connection.prepare_cached(sql)?.execute(params![name, read_to as i64, damage])?;
        Ok(())
    }
}

/// An instant in a form whose order is that of time.
fn sortable(instant: super::Instant) -> String {
    format!("{instant:.9}")
}

fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<super::Instant> {
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

fn capture(r: &Row<'_>) -> rusqlite::Result<Capture> {
    Ok(Capture {
        id: r.get(0)?,
        uri: r.get(1)?,
        instant: instant(r, 2)?,
        notice: r.get(3)?,
        visit: instant(r, 4)?,
        in_visit: r.get(5)?,
        part: r.get(6)?,
        ods: r.get(7)?,
        refused: r.get(8)?,
        status: r.get(9)?,
        media_type: r.get(10)?,
        sha256: r.get(11)?,
        payload: r.get(12)?,
        length: number(r, 13)?,
        place: Place { file: r.get(14)?, offset: number(r, 15)? },
        content: Place { file: r.get(16)?, offset: number(r, 17)? },
        truncated: r.get(18)?,
    })
}
