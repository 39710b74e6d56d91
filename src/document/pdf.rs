//! PDF files with a text layer.
//!
//! In come the bytes of a file; out come its paragraphs, tables and headings in reading order, each with its page. The
//! words and their places on the page are drawn out of the file in one step, which may fail in ways that end a program;
//! the command line therefore runs that step in a process of its own. It never recognises words in pictures.

mod columns;
mod extract;
mod flow;
mod hyphens;
mod lines;
mod look;
mod mend;
mod page;
mod running;
mod tables;

pub use extract::{Reader, extract};

use super::paragraphs::Paragraphs;
use super::{Format, Unreadable};
use crate::model::{Problem, Text};
use std::sync::OnceLock;

pub(super) static FORMAT: Format = Format {
    media_type: "application/pdf",
    extensions: &["pdf"],
    has_lines: false,
    // Some programs put a few bytes before the mark.
    recognise: |bytes, _| bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-"),
    read: |bytes, _| read(bytes),
    wordless: "the PDF has no text layer: its pages are pictures, as of a scanner; have the words recognised (OCR), or get \
               the file the notice was made from",
};

/// Draws the words of a PDF and their places out of its bytes.
pub type Extractor = fn(&[u8]) -> Result<String, Unreadable>;

static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();

/// Has the words of PDFs drawn out by `extractor`, which calls [`extract`] in a process of its own. Without it they are drawn
/// out here, where a file made for the purpose can end the program. Only the first call counts.
pub fn isolate(extractor: Extractor) {
    EXTRACTOR.get_or_init(|| extractor);
}

fn read(bytes: &[u8]) -> Result<Text, Unreadable> {
    let here =
        |bytes: &[u8]| extract(bytes, Reader::Placed).or_else(|why| extract(bytes, Reader::Plain).map_err(|_| why));
    let drawn = EXTRACTOR.get().map_or_else(|| here(bytes), |extractor| extractor(bytes))?;
    let (pages, problems) = page::parse(&drawn);
    drop(drawn);
    let mut sheets: Vec<_> = pages.into_iter().map(lines::sheet).collect();
    let running = running::take(&mut sheets);
    lines::weigh(&mut sheets);
    let mut out = Paragraphs::default();
    flow::write(&sheets, &running, &mut out);
    let mut text = out.into_text();
    for (page, message) in problems {
        text.add_problem(Problem { message, line: None, page });
    }
    Ok(text)
}
