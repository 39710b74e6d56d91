//! A file's bytes with the place of the next one, and the search for the next record behind damage.

use flate2::bufread::GzDecoder;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

/// What a gzip member begins with.
pub(in crate::corpus) const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// What a record that is not compressed begins with, behind the empty line before it.
const PLAIN: &[u8] = b"\nWARC/1.";

/// Places that are tried for the beginning of a record.
const MOST_TRIED: usize = 1000;

/// Bytes that are searched at once: little at first, for the next record is often near.
const WINDOWS: std::ops::RangeInclusive<usize> = 4 * 1024..=1024 * 1024;

/// A reader that knows how many bytes it has handed out.
pub(super) struct Counted<R> {
    inner: BufReader<R>,
    /// Place of the next byte in the file.
    pub at: u64,
    /// Length of the file when it was opened.
    length: u64,
}

impl<R: Read + Seek> Counted<R> {
    pub fn new(mut inner: R, at: u64) -> std::io::Result<Counted<R>> {
        let length = inner.seek(SeekFrom::End(0))?;
        inner.seek(SeekFrom::Start(at))?;
        Ok(Counted { inner: BufReader::with_capacity(64 * 1024, inner), at, length })
    }

    /// Moves to the first place at or behind `from` that may begin a record. False where there is none.
    pub fn seek_record(&mut self, from: u64) -> std::io::Result<bool> {
        let mut place = from;
        let mut size = *WINDOWS.start();
        let mut window = Vec::new();
        loop {
            // Each window begins with the end of the one before, lest a mark lie across both.
            self.inner.seek(SeekFrom::Start(place))?;
            window.clear();
            (&mut self.inner).take(size as u64).read_to_end(&mut window)?;
            let packed = memchr::memmem::find(&window, &MAGIC);
            let plain = memchr::memmem::find(&window, PLAIN).map(|at| at + 1);
            let found = [packed, plain].into_iter().flatten().min();
            if found.is_none() && window.len() >= PLAIN.len() {
                place += (window.len() - PLAIN.len() + 1) as u64;
                size = (size * 4).min(*WINDOWS.end());
                continue;
            }
            self.at = place + found.unwrap_or(window.len()) as u64;
            self.inner.seek(SeekFrom::Start(self.at))?;
            return Ok(found.is_some());
        }
    }
}

impl<R: Read + Seek> Counted<R> {
    /// Whether a record begins at or behind `from` for certain: one that can be read at least in its beginning. It leaves
    /// the place of the next byte anywhere.
    pub fn has_record(&mut self, from: u64) -> std::io::Result<bool> {
        let mut from = from;
        for _ in 0..MOST_TRIED {
            if !self.seek_record(from)? {
                return Ok(false);
            }
            from = self.at + 1;
            let mut start = [0; 5];
            let packed = self.fill_buf()?.starts_with(&MAGIC);
            if !packed || GzDecoder::new(&mut *self).read_exact(&mut start).is_ok() && &start == b"WARC/" {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<R> Counted<R> {
    /// Bytes from here to the end of the file.
    pub fn left(&self) -> u64 {
        self.length.saturating_sub(self.at)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(out)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.at += n as u64;
        self.inner.consume(n);
    }
}
