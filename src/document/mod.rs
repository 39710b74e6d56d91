//! Bytes become text: one file per input format. Reading never fails for what a document says; it fails only where
//! there is nothing to read.

mod encoding;
mod html;
mod plain;

use crate::model::Text;

/// A document that cannot be judged, in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// A document as read.
pub struct Document {
    /// Its canonical text.
    pub text: Text,
    /// `text/html` or `text/plain`.
    pub media_type: &'static str,
}

/// Larger inputs are cut here, with a problem.
pub const LIMIT: usize = 20 * 1024 * 1024;

/// Reads a document of either format; `name` helps to tell which where the bytes do not.
///
/// # Errors
/// Where the bytes hold no readable words: empty, an image, a PDF or an office file.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable("the file is empty; export the notice again".to_owned()));
    }
    if let Some(format) = foreign_format(bytes) {
        return Err(Unreadable(format!(
            "this is {format}, which cannot be read yet; save the notice as HTML or plain text"
        )));
    }
    let html = is_html(bytes, name);
    let cut = bytes.len() > LIMIT;
    let (source, _, problems) = encoding::decode(&bytes[..bytes.len().min(LIMIT)], html);
    let mut text = if html { html::read(source) } else { plain::read(source) };
    for message in problems {
        text.add_problem(crate::model::Problem { message, line: None, page: None });
    }
    if cut {
        let message = format!("only the first {} MB were read; split the file", LIMIT / 1024 / 1024);
        text.add_problem(crate::model::Problem { message, line: None, page: None });
    }
    let words =
        text.blocks.iter().filter(|b| !b.furniture).map(|b| text.quote(b.span).split(' ').count()).sum::<usize>();
    if words == 0 {
        let why = if html {
            "the page holds no words of its own (it may be filled in by scripts); save it from a browser after it has loaded"
        } else {
            "the file holds no readable words"
        };
        return Err(Unreadable(why.to_owned()));
    }
    Ok(Document { text, media_type: if html { "text/html" } else { "text/plain" } })
}

fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a zip or office file (DOCX, ODT)"),
        (b"\xd0\xcf\x11\xe0", "an old Word or Outlook file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"{\\rtf", "an RTF file"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

/// Whether the bytes are a page: by a tag near the start, or by the file's name where it starts with neither.
fn is_html(bytes: &[u8], name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let named = [".html", ".htm", ".xhtml"].iter().any(|e| name.ends_with(e));
    let start: Vec<u8> = bytes.iter().take(4096).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let has = |tag: &[u8]| start.windows(tag.len()).any(|w| w == tag);
    named
        || has(b"<!doctype html")
        || has(b"<html")
        || has(b"<body")
        || (start.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
            && (has(b"<p")
                || has(b"<div")
                || has(b"<h1")
                || has(b"<h2")
                || has(b"<head")
                || has(b"<main")
                || has(b"<article")
                || has(b"<table")))
}
