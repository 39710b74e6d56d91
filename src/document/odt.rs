//! OpenDocument texts, as LibreOffice writes them.
//!
//! In come the bytes of a file; out come its paragraphs, lists and tables as its author sees them with all tracked changes
//! accepted; then its footnotes; then what stands at the head and foot of its pages. It never runs macros, follows links
//! or shows comments.

mod body;
mod styles;

use super::archive::Archive;
use super::paragraphs::Paragraphs;
use super::xml::{walk, words_of};
use super::{Format, Unreadable};
use crate::model::{Problem, Text};
use body::Body;
use styles::Styles;

pub(super) static FORMAT: Format = Format {
    media_type: "application/vnd.oasis.opendocument.text",
    extensions: &["odt", "ott"],
    has_lines: false,
    recognise: |bytes, _| {
        let kind = Archive::open(bytes).and_then(|mut archive| archive.member("mimetype").ok().flatten());
        kind.is_some_and(|kind| kind.trim().starts_with(FORMAT.media_type))
    },
    read: |bytes, _| read(bytes),
    wordless: "the document holds no words (it may be a picture of a text); save the notice with its words",
};

fn read(bytes: &[u8]) -> Result<Text, Unreadable> {
    let damaged = || Unreadable("the file is damaged (it has no document in it); save it again".to_owned());
    let mut archive = Archive::open(bytes).ok_or_else(damaged)?;
    if archive.member("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Unreadable("the file has a password; save it without one".to_owned()));
    }
    let content = archive.member("content.xml")?.ok_or_else(damaged)?;
    let pages = archive.member("styles.xml")?.unwrap_or_default();
    let mut styles = Styles::default();
    styles.read(&pages);
    styles.read(&content);
    let mut out = Paragraphs::default();
    let whole = {
        let mut body = Body::new(&mut out, &styles, "text");
        let whole = walk(&content, |node| body.take(node));
        body.finish();
        whole
    };
    let mut running = Body::new(&mut out, &styles, "master-styles");
    walk(&pages, |node| running.take(node));
    let mut text = out.into_text();
    text.language = styles.language().map(str::to_owned);
    text.title = archive.member("meta.xml")?.and_then(|properties| words_of(&properties, "title"));
    if !whole {
        let message = "the document breaks off; what follows was not read: save it again".to_owned();
        text.add_problem(Problem { message, line: None, page: None });
    }
    Ok(text)
}
