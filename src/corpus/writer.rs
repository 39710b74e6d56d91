//! Capture files are only ever appended to, by one process at a time.
//!
//! In come gzip members; out comes the place where they stand, once they are on disk. A file whose end was torn when its
//! writer was stopped is left as it is, and a new file begun: what is evidence is never written over.

use super::catalogue::Catalogue;
use super::error::StoreError;
use super::exchange::Instant;
use super::warc::{member, record_id};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A capture file that has grown to this size is left and a new one begun.
const FULL: u64 = 1024 * 1024 * 1024;

/// What the names of our own capture files begin and end with.
const NAME: (&str, &str) = ("fairnotice-", ".warc.gz");

/// The capture file that is being written.
pub(super) struct Writer {
    folder: PathBuf,
    /// Held as long as this process may write.
    _lock: File,
    file: File,
    /// Its name.
    pub name: String,
    length: u64,
}

/// The lock that a writer of this corpus holds.
///
/// # Errors
/// Where another process holds it.
pub(super) fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("lock");
    let file =
        OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(StoreError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(StoreError::File { path, error }),
    }
}

/// The names of the capture files, in order.
pub(super) fn files(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = std::fs::read_dir(folder).map_err(StoreError::file(folder))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(StoreError::file(folder))?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".warc.gz") || name.ends_with(".warc") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

impl Writer {
    /// Goes on with the last capture file, where that is whole and not full, or begins a new one. All files must have been
    /// entered in the catalogue under this lock.
    pub fn new(folder: &Path, lock: File, catalogue: &Catalogue, now: Instant) -> Result<Writer, StoreError> {
        let ours: Vec<String> =
            files(folder)?.into_iter().filter(|n| n.starts_with(NAME.0) && n.ends_with(NAME.1)).collect();
        if let Some(name) = ours.last() {
            let path = folder.join(name);
            let length = path.metadata().map_err(StoreError::file(&path))?.len();
            let whole = catalogue.entered(name)?.is_some_and(|e| e.read_to == length && !e.damaged);
            if whole && length < FULL {
                let file = OpenOptions::new().append(true).open(&path).map_err(StoreError::file(&path))?;
                return Ok(Writer { folder: folder.to_owned(), _lock: lock, file, name: name.clone(), length });
            }
        }
        let (name, file) = Writer::begin(folder, ours.last().map_or(0, |n| serial(n)) + 1, now)?;
        let mut writer = Writer { folder: folder.to_owned(), _lock: lock, file, name, length: 0 };
        writer.introduce(now)?;
        Ok(writer)
    }

    /// A new file: its number comes first, so that names are in the order of writing.
    fn begin(folder: &Path, mut serial: u32, now: Instant) -> Result<(String, File), StoreError> {
        loop {
            let day = super::capture::day_of(now).to_string().replace('-', "");
            let name = format!("{}{serial:05}-{day}{}", NAME.0, NAME.1);
            let path = folder.join(&name);
            match OpenOptions::new().append(true).create_new(true).open(&path) {
                Ok(file) => {
                    // A new name is only certain once its folder is on disk. Not every system can do that for a folder.
                    let _ = File::open(folder).and_then(|f| f.sync_all());
                    return Ok((name, file));
                }
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => serial += 1,
                Err(error) => return Err(StoreError::File { path, error }),
            }
        }
    }

    fn introduce(&mut self, now: Instant) -> Result<(), StoreError> {
        let about = format!(
            "software: fairnotice/{}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let fields = [
            ("WARC-Date", now.to_string()),
            ("WARC-Filename", self.name.clone()),
            ("Content-Type", "application/warc-fields".to_owned()),
        ];
        let id = record_id(&["warcinfo", &self.name, &now.to_string()]);
        let path = self.folder.join(&self.name);
        let member = member("warcinfo", &id, &fields, about.as_bytes()).map_err(StoreError::file(&path))?;
        self.write(&member)
    }

    /// Appends whole members and returns once they are on disk.
    pub fn write(&mut self, members: &[u8]) -> Result<(), StoreError> {
        let done = self.file.write_all(members).and_then(|()| self.file.sync_data());
        self.length += members.len() as u64;
        done.map_err(|error| StoreError::File { path: self.folder.join(&self.name), error })
    }

    /// Whether a new file should be begun.
    pub fn full(&self) -> bool {
        self.length >= FULL
    }
}

/// The number in a name.
fn serial(name: &str) -> u32 {
    name.trim_start_matches(NAME.0).split('-').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}
