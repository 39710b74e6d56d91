//! The page as the tokenizer reads it, with an end to tags that have no end.
//!
//! The tokenizer calls itself once for each attribute with a quoted value, so a tag with a hundred thousand of them
//! would use up the stack. In comes the source; out come its bytes, until a tag holds more attributes than any page
//! needs: the reader then says that the source is at its end, and the page is read on behind that tag.

use html5gum::{Readable, Reader, StringReader};
use std::cell::Cell;
use std::convert::Infallible;

/// The most attribute values that a tag may have. Real tags have tens.
const MOST: usize = 1000;

/// How many attribute values the tag that is being read has.
#[derive(Debug, Default)]
pub(super) struct Count(Cell<usize>);

impl Count {
    /// One more.
    pub(super) fn add(&self) {
        self.0.set(self.0.get() + 1);
    }

    /// The tag has ended, or another begins. Once exceeded, it stays so: what comes then is the end of the source.
    pub(super) fn clear(&self) {
        if !self.exceeded() {
            self.0.set(0);
        }
    }

    /// Whether the tag has more than it may.
    pub(super) fn exceeded(&self) -> bool {
        self.0.get() > MOST
    }
}

/// A source that ends where the count is exceeded.
pub(super) struct Bounded<'a> {
    source: StringReader<'a>,
    count: &'a Count,
}

impl<'a> Bounded<'a> {
    /// Reads `source` for as long as `count` is not exceeded.
    pub(super) fn new(source: &'a str, count: &'a Count) -> Bounded<'a> {
        Bounded { source: source.to_reader(), count }
    }
}

impl Reader for Bounded<'_> {
    type Error = Infallible;

    #[inline]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        if self.count.exceeded() { Ok(None) } else { self.source.read_byte() }
    }

    #[inline]
    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        self.source.try_read_string(wanted, case_sensitive)
    }

    #[inline]
    fn read_until<'b>(&'b mut self, needle: &[u8], char_buf: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Infallible> {
        if self.count.exceeded() { Ok(None) } else { self.source.read_until(needle, char_buf) }
    }
}
