//! Web pages saved whole (MHTML: a page and its pictures as one mail message).
//!
//! In come the bytes of a file; out comes the text of the page itself, its transfer encoding undone. It never reads the
//! frames, pictures and scripts that were saved with it.

use super::{Format, Unreadable, html};
use crate::model::{Problem, Text};
use mail_parser::{Message, MessageParser, MessagePart, PartType};

pub(super) static FORMAT: Format = Format {
    media_type: "multipart/related",
    extensions: &["mht", "mhtml"],
    has_lines: false,
    recognise,
    read: |bytes, _| read(bytes),
    wordless: "the saved page holds no words of its own (it may be filled in by scripts); save it after it has loaded",
};

/// Longer files are cut here: the page stands first, its pictures behind it.
const LIMIT: usize = 64 * 1024 * 1024;

/// The fields of a message's head stand at its start, in any order.
fn recognise(bytes: &[u8], _: &str) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]).to_ascii_lowercase();
    let head = start.trim_start().split("\n\n").next().unwrap_or("").split("\r\n\r\n").next().unwrap_or("");
    let field = head.split(':').next().unwrap_or("");
    !field.is_empty()
        && field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && head.contains("mime-version:")
        && head.contains("content-type: multipart/related")
}

fn read(bytes: &[u8]) -> Result<Text, Unreadable> {
    let message = MessageParser::default().parse(&bytes[..bytes.len().min(LIMIT)]);
    let Some(page) = message.as_ref().and_then(page) else {
        return Err(Unreadable("the saved page has no page in it; save it again, as HTML or PDF".to_owned()));
    };
    let PartType::Html(source) = &page.body else { return Err(Unreadable(FORMAT.wordless.to_owned())) };
    let mut text = html::read(source.clone().into_owned());
    if page.is_encoding_problem {
        let message = "the page's transfer encoding is damaged; some of it may be missing: save it again".to_owned();
        text.add_problem(Problem { message, line: None, page: None });
    }
    if bytes.len() > LIMIT {
        let message = format!("only the first {} MB were read; save the page without pictures", LIMIT / 1024 / 1024);
        text.add_problem(Problem { message, line: None, page: None });
    }
    Ok(text)
}

/// The page itself: the one the message says was saved, else the first.
fn page<'a>(message: &'a Message<'a>) -> Option<&'a MessagePart<'a>> {
    let location = |part: &MessagePart<'_>, field: &str| {
        let header = part.headers.iter().find(|h| h.name.as_str().eq_ignore_ascii_case(field))?;
        header.value.as_text().map(|at| at.trim().to_owned())
    };
    let saved = location(message.root_part(), "Snapshot-Content-Location");
    let mut pages = message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let named = pages.clone().find(|part| saved.is_some() && location(part, "Content-Location") == saved);
    named.or_else(|| pages.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/privacy\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x\"\r\n\r\n\
        ----x\r\nContent-Type: text/html\r\nContent-Location: https://a.example/frame\r\n\r\n<p>A frame</p>\r\n\
        ----x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://a.example/privacy\r\n\r\n<h1>Privacy no=\r\ntice</h1><p>Caldicott=E2=80=99s</p>\r\n----x--\r\n";

    #[test]
    fn the_page_that_was_saved_is_read() {
        assert!(recognise(SAVED.as_bytes(), "-"));
        let text = read(SAVED.as_bytes()).map(|t| t.body);
        assert_eq!(text, Ok("Privacy notice\nCaldicott’s\n".to_owned()));
        assert!(!recognise(b"Date: today\n\nMIME-Version: 1.0 is explained; content-type: multipart/related", "-"));
    }
}
