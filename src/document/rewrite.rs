//! Edits of a file's characters, written into its bytes.
//!
//! In come the bytes of a file and edits of its decoded text; out come its bytes, in the same encoding and the same outside the
//! edits. It refuses what it could not write back as it was.

use super::encoding::{choose, decode};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::ops::Range;

/// Replaces ranges of the decoded text, which are in order and do not overlap.
///
/// # Errors
/// Where the file could not be decoded without loss, or its encoding cannot be written here.
pub fn rewrite(bytes: &[u8], media_type: &str, edits: &[(Range<usize>, &str)]) -> Result<Vec<u8>, String> {
    let html = media_type == "text/html";
    let (encoding, start) = choose(bytes, html, None);
    let (text, _, problems) = decode(bytes, html, None);
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !problems.is_empty() || !wide && bytes.contains(&0) {
        return Err("some of its characters could not be decoded; save it as UTF-8".to_owned());
    }
    if !wide && encoding != UTF_8 && !encoding.is_single_byte() {
        return Err(format!("files in {} are not edited; save it as UTF-8", encoding.name()));
    }
    let place = |at: usize| start + length(encoding, &text[..at]);
    let mut out = Vec::with_capacity(bytes.len() + 256);
    let mut done = 0;
    for (range, words) in edits {
        let (from, to) = (place(range.start), place(range.end));
        let there = bytes.get(from..to).map(|b| encoding.decode_without_bom_handling(b).0);
        let same = there.is_some_and(|there| there == text[range.clone()]);
        let written = encoded(encoding, words).filter(|_| same && from >= done);
        let Some(written) = written else { return Err("its encoding does not allow for the edit".to_owned()) };
        out.extend_from_slice(&bytes[done..from]);
        out.extend(written);
        done = to;
    }
    out.extend_from_slice(&bytes[done..]);
    Ok(out)
}

/// Bytes that a decoded text takes up in the file.
fn length(encoding: &'static Encoding, text: &str) -> usize {
    if encoding == UTF_8 {
        text.len()
    } else if encoding.is_single_byte() {
        text.chars().count()
    } else {
        2 * text.encode_utf16().count()
    }
}

/// Words in the encoding; none where it has no letters for them.
fn encoded(encoding: &'static Encoding, words: &str) -> Option<Vec<u8>> {
    if encoding == UTF_16LE {
        return Some(words.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(words.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, lost) = encoding.encode(words);
    (!lost).then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    #[test]
    fn every_encoding_is_kept_and_so_are_the_bytes_around() {
        let edit = |bytes: &[u8], text: &str| {
            let at = text.find("1998").expect("the year");
            rewrite(bytes, "text/plain", &[(at..at + 4, "2018")])
        };
        let text = "\u{a3}5 \u{2019} Act 1998.\r\n";
        let changed = text.replace("1998", "2018");
        assert_eq!(edit(text.as_bytes(), text), Ok(changed.clone().into_bytes()));
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        assert_eq!(edit(&marked, text), Ok([b"\xef\xbb\xbf", changed.as_bytes()].concat()));
        let little = |words: &str| -> Vec<u8> {
            [0xff, 0xfe].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        };
        assert_eq!(edit(&little(text), text), Ok(little(&changed)));
        assert_eq!(edit(b"\xa35 \x92 Act 1998.\r\n", text), Ok(b"\xa35 \x92 Act 2018.\r\n".to_vec()));
        assert!(edit("’’’ \u{0} Act 1998".as_bytes(), "’’’  Act 1998").is_err());
    }
}
