//! A file's bytes with the place of the next one, and the search for the next gzip member behind damage.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

/// What a gzip member begins with.
pub(in crate::corpus) const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// A reader that knows how many bytes it has handed out.
pub(super) struct Counted<R> {
    inner: BufReader<R>,
    /// Place of the next byte in the file.
    pub at: u64,
}

impl<R: Read + Seek> Counted<R> {
    pub fn new(mut inner: R, at: u64) -> std::io::Result<Counted<R>> {
        inner.seek(SeekFrom::Start(at))?;
        Ok(Counted { inner: BufReader::with_capacity(64 * 1024, inner), at })
    }

    /// Moves to the first place at or behind `from` that may begin a gzip member. False where there is none.
    pub fn seek_member(&mut self, from: u64) -> std::io::Result<bool> {
        let mut place = from;
        let mut window = Vec::new();
        loop {
            // Each window begins with the end of the one before, lest the mark lie across both.
            self.inner.seek(SeekFrom::Start(place))?;
            window.clear();
            (&mut self.inner).take(1024 * 1024).read_to_end(&mut window)?;
            let found = window.windows(MAGIC.len()).position(|w| w == MAGIC);
            if found.is_none() && window.len() >= MAGIC.len() {
                place += (window.len() - MAGIC.len() + 1) as u64;
                continue;
            }
            self.at = place + found.unwrap_or(window.len()) as u64;
            self.inner.seek(SeekFrom::Start(self.at))?;
            return Ok(found.is_some());
        }
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
