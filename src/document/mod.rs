//! Bytes become text: one file per input format. Reading never fails for what a document says; it fails only where
//! there is nothing to read.

mod archive;
mod docx;
mod encoding;
mod html;
mod markdown;
mod mhtml;
mod odt;
mod paragraphs;
pub mod pdf;
mod plain;
mod rewrite;
mod table;
mod typography;
mod xml;

pub use rewrite::rewrite;

use crate::model::{Problem, Text};
use encoding_rs::Encoding;

/// A document that cannot be judged, in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// A document as read.
pub struct Document {
    /// Its canonical text.
    pub text: Text,
    /// As its bytes show it: `text/html`, `application/pdf` …
    pub media_type: &'static str,
}

/// Larger inputs are cut here, with a problem.
pub const LIMIT: usize = 20 * 1024 * 1024;

/// An input format.
struct Format {
    /// Its name in the registry of media types.
    media_type: &'static str,
    /// Endings of its files' names, in small letters.
    extensions: &'static [&'static str],
    /// Whether its files are lines of text, so that a line and a column of them mean something to a person.
    has_lines: bool,
    /// Whether these bytes are of this format; the file's name, in small letters, counts where bytes alone do not tell.
    recognise: fn(&[u8], &str) -> bool,
    /// Reads the bytes; the encoding that their server declared counts where characters are read.
    read: fn(&[u8], Option<&'static Encoding>) -> Result<Text, Unreadable>,
    /// Why a file of this format holds no words, and what to do.
    wordless: &'static str,
}

/// The formats, the first that recognises the bytes reads them; plain text recognises all that is left.
static FORMATS: &[&Format] =
    &[&pdf::FORMAT, &docx::FORMAT, &odt::FORMAT, &mhtml::FORMAT, &html::FORMAT, &markdown::FORMAT, &plain::FORMAT];

/// Reads a document of any format; `name` helps to tell which where the bytes do not.
///
/// # Errors
/// Where the bytes hold no readable words: empty, a picture, an archive, a page that only scripts fill.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Unreadable> {
    read_served(bytes, name, "")
}

/// As [`read`], of a document that was served as `media_type`, such as `text/html; charset=windows-1252`. Its charset says
/// how the characters are encoded where the bytes do not show it; what kind of document it is they show themselves.
///
/// # Errors
/// Where the bytes hold no readable words.
pub fn read_served(bytes: &[u8], name: &str, media_type: &str) -> Result<Document, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable("the file is empty; export the notice again".to_owned()));
    }
    let name = name.to_ascii_lowercase();
    let known = FORMATS.iter().take(FORMATS.len() - 1).find(|f| (f.recognise)(bytes, &name));
    if let (None, Some((format, cure))) = (known, foreign_format(bytes)) {
        return Err(Unreadable(format!("this is {format}, which is not read; {cure}")));
    }
    let format = known.copied().unwrap_or(&plain::FORMAT);
    let text = (format.read)(bytes, encoding::of_media_type(media_type))?;
    if format.has_lines && is_gibberish(&text.origin.source) {
        return Err(Unreadable(
            "this is no text, and no other format that is read: it holds signs that no text has; save or download the notice again"
                .to_owned(),
        ));
    }
    let words = text.blocks.iter().filter(|b| !b.furniture).any(|b| !b.span.is_empty());
    if !words {
        return Err(Unreadable(format.wordless.to_owned()));
    }
    Ok(Document { text, media_type: format.media_type })
}

/// Whether what was decoded as text is none: in a text, hardly any character is a control or could not be decoded.
fn is_gibberish(source: &str) -> bool {
    let odd =
        |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let count = source.chars().filter(|c| odd(*c)).count();
    count > 8 && count * 30 > source.chars().count()
}

/// Endings of the names of files that can be read, in small letters.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|f| f.extensions).copied()
}

/// Whether documents of a media type are lines of text, so that lines and columns of the file mean something.
pub fn has_lines(media_type: &str) -> bool {
    FORMATS.iter().any(|f| f.media_type == media_type && f.has_lines)
}

/// Reads a file of characters: decodes it, up to [`LIMIT`], and tells what could not be decoded.
fn read_characters(bytes: &[u8], html: bool, served: Option<&'static Encoding>, read: fn(String) -> Text) -> Text {
    let (source, _, mut problems) = encoding::decode(&bytes[..bytes.len().min(LIMIT)], html, served);
    let mut text = read(source);
    if bytes.len() > LIMIT {
        problems.push(format!("only the first {} MB were read; split the file", LIMIT / 1024 / 1024));
    }
    for message in problems {
        text.add_problem(Problem { message, line: None, page: None });
    }
    text
}

/// What the bytes are, where they are plainly something that is not read, and what to do then.
fn foreign_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "save the notice as DOCX, ODT, PDF, HTML or plain text";
    const UNPACK: &str = "unpack it, or save the notice as DOCX, ODT, PDF or HTML";
    const PICTURE: &str = "have its words recognised (OCR) and save them as PDF, or get the notice itself";
    const MAGIC: [(&[u8], &str, &str); 7] = [
        (b"PK\x03\x04", "a zip archive or an office file of another kind", UNPACK),
        (b"\xd0\xcf\x11\xe0", "an old Word or Outlook file", SAVE),
        (b"\x89PNG", "a picture", PICTURE),
        (b"\xff\xd8\xff", "a picture", PICTURE),
        (b"GIF8", "a picture", PICTURE),
        (b"\x1f\x8b", "a gzip archive", "unpack it"),
        (b"{\\rtf", "an RTF file", SAVE),
    ];
    if bytes.starts_with(MAGIC[0].0) && archive::Archive::open(bytes).is_none() {
        return Some(("a damaged office file or zip archive", "save or download it again"));
    }
    // Word keeps a document with a password in a container of the old kind.
    let sealed: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.starts_with(MAGIC[1].0) && bytes.windows(sealed.len()).any(|w| w == sealed) {
        return Some(("a Word file with a password", "save it without one"));
    }
    MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, name, cure)| (*name, *cure))
}
