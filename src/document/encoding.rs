//! Bytes become characters.
//!
//! In come the bytes of a file; out comes its text, the name of the encoding, and what could not be decoded. It never
//! fails: what no encoding explains becomes U+FFFD. A declaration is believed only where the bytes do not say otherwise;
//! that of the server before that of the page, as browsers do.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A declaration further down is not looked for.
const DECLARED_WITHIN: usize = 4096;

/// More NULs than this are worth a word.
const FEW_NULS: usize = 8;

/// The encoding that a media type names: `text/html; charset=windows-1252`.
pub(super) fn of_media_type(media_type: &str) -> Option<&'static Encoding> {
    let parameters = media_type.split(';').skip(1).filter_map(|p| p.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    Encoding::for_label_no_replacement(charsets.next()?.1.trim().trim_matches(['"', '\'']).as_bytes())
}

/// Decodes the bytes of a file; `html` tells whether it may declare its encoding as pages do, `served` what its server
/// declared.
pub fn decode(bytes: &[u8], html: bool, served: Option<&'static Encoding>) -> (String, &'static str, Vec<String>) {
    let mut problems = Vec::new();
    let (encoding, start) = choose(bytes, html, served);
    let bytes = &bytes[start..];
    let (decoded, broken) = encoding.decode_without_bom_handling(bytes);
    let mut text = decoded.into_owned();
    if broken {
        // A file cut in the middle of a character is not broken.
        let cut = encoding == UTF_8 && std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none());
        if cut {
            text.truncate(text.trim_end_matches('\u{fffd}').len());
        } else {
            let many = text.matches('\u{fffd}').count();
            problems
                .push(format!("{many} characters could not be decoded as {}; save the file as UTF-8", encoding.name()));
        }
    }
    let nuls = text.bytes().filter(|b| *b == 0).count();
    if nuls > 0 {
        text.retain(|c| c != '\0');
        if nuls > FEW_NULS {
            problems.push(format!("{nuls} NUL characters were left out; the file may be damaged or no text"));
        }
    }
    (text, encoding.name(), problems)
}

/// The encoding, and where the text starts.
pub(super) fn choose(bytes: &[u8], html: bool, served: Option<&'static Encoding>) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length);
    }
    if let Some(encoding) = utf_16(bytes) {
        return (encoding, 0);
    }
    // No text of one byte a character has NULs in it: pages in other scripts have too few of them to be told by these.
    if let Some(encoding) = served.filter(|e| [UTF_16LE, UTF_16BE].contains(e) && bytes.contains(&0)) {
        return (encoding, 0);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    };
    if valid {
        return (UTF_8, 0);
    }
    // Servers declare one encoding for all that they have, right or wrong: what is plainly UTF-8 is left that.
    let served = served.filter(|e| e.is_ascii_compatible() && *e != UTF_8 && !mostly_utf_8(bytes));
    let own = || if html { declared(&bytes[..bytes.len().min(DECLARED_WITHIN)]) } else { None };
    let declared = served.or_else(own);
    match declared {
        // Pages that were put together from several sources: keep what is right of them.
        None if mostly_utf_8(bytes) => (UTF_8, 0),
        Some(encoding) if encoding == UTF_8 && mostly_utf_8(bytes) => (UTF_8, 0),
        Some(encoding) if encoding.is_ascii_compatible() && encoding != UTF_8 => (encoding, 0),
        _ => (guess(bytes), 0),
    }
}

/// UTF-16 without a byte order mark: in Latin text every other byte is NUL.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096)];
    let pairs = start.len() / 2;
    if pairs < 2 {
        return None;
    }
    let nuls = |offset: usize| start.iter().skip(offset).step_by(2).take(pairs).filter(|b| **b == 0).count();
    let (first, second) = (nuls(0), nuls(1));
    if second * 10 > pairs * 6 && first * 20 < pairs {
        Some(UTF_16LE)
    } else if first * 10 > pairs * 6 && second * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a `meta` element or an XML declaration names.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start: Vec<u8> = start.iter().map(u8::to_ascii_lowercase).collect();
    let mut at = 0;
    while let Some(found) = start[at..].iter().position(|b| *b == b'<') {
        let tag = &start[at + found..];
        let tag = &tag[..tag.iter().position(|b| *b == b'>').unwrap_or(tag.len())];
        let name: &[u8] = if tag.starts_with(b"<meta") { b"charset" } else { b"encoding" };
        if (tag.starts_with(b"<meta") || tag.starts_with(b"<?xml"))
            && let Some(encoding) = label_after(tag, name)
        {
            return Some(encoding);
        }
        at += found + 1;
    }
    None
}

fn label_after(tag: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = tag.windows(name.len()).position(|w| w == name)?;
    let rest = tag[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let length = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
    Encoding::for_label(&rest[..length])
}

/// Whether more of the bytes beyond ASCII form characters of UTF-8 than do not.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// The encoding of a file that declares none, or a wrong one.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // Quotation marks, dashes, bullets, no-break spaces, pounds: what English text has beyond ASCII. No guess is better.
    let english = |b: u8| matches!(b, 0x85 | 0x91..=0x97 | 0x99 | 0xa0 | 0xa3 | 0xa7 | 0xa9 | 0xab | 0xad | 0xae | 0xb0 | 0xb7 | 0xbb..=0xbe | 0xe9);
    if bytes.iter().filter(|b| !b.is_ascii()).all(|b| english(*b)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"uk"), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::{decode, of_media_type};

    #[test]
    fn bytes_win_over_wrong_declarations() {
        let utf_8 = "<meta charset=iso-8859-1><p>Caldicott’s".as_bytes();
        assert!(decode(utf_8, true, None).0.ends_with("Caldicott’s"));
        let latin =
            b"<meta http-equiv=Content-Type content='text/html; charset=utf-8'><p>Caldicott\x92s \x93notice\x94";
        assert!(decode(latin, true, None).0.ends_with("Caldicott’s “notice”"));
        let greek = b"<meta charset='iso-8859-7'><p>\xe1\xe2";
        assert!(decode(greek, true, None).0.ends_with("αβ"));
    }

    #[test]
    fn what_the_server_declares_counts_where_the_bytes_do_not_tell() {
        let read = |bytes: &[u8], served: &str| decode(bytes, true, of_media_type(served)).0;
        // Czech names in the encoding of Central Europe, which looks like that of the West.
        let czech = b"<p>Ji\xf8\xed Nov\xe1k, Zden\xecka \x8alechtov\xe1";
        assert!(read(czech, "text/html; Charset=\"windows-1250\"").ends_with("Jiří Novák, Zdeněka Šlechtová"));
        let own = [&b"<meta charset=windows-1252>"[..], czech].concat();
        assert!(read(&own, "text/html;charset=windows-1250").ends_with("Šlechtová"), "the server counts first");
        assert!(read("<p>Jiří".as_bytes(), "text/html; charset=windows-1252").ends_with("Jiří"), "UTF-8 shows itself");
        assert!(read(b"<p>\xa35", "text/html; charset=utf-8").ends_with("£5"));
        assert!(read(b"<p>\xa35", "text/html; charset=nonsense").ends_with("£5"));
        // Hardly any of its characters has a NUL in it.
        let bengali = "<p>গোপনীয়তা বিজ্ঞপ্তি";
        let wide: Vec<u8> = bengali.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide, "text/html; charset=utf-16be"), bengali);
        assert_eq!(read(b"<p>plain", "text/html; charset=utf-16"), "<p>plain");
    }

    #[test]
    fn windows_1252_needs_no_declaration() {
        let (text, name, problems) = decode(b"the CCG\x92s notice \x96 \xa35", false, None);
        assert_eq!((text.as_str(), name, problems.len()), ("the CCG’s notice – £5", "windows-1252", 0));
    }

    #[test]
    fn utf_16_is_told_by_its_nuls() {
        let little: Vec<u8> = "privacy notice".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain("notice".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode(&little, false, None).0, "privacy notice");
        assert_eq!(decode(&big, false, None).0, "notice");
        assert!(decode(&[0xff, 0xfe, b'a', 0, 0, 0xd8, b'b', 0], false, None).0.contains('\u{fffd}'));
    }

    #[test]
    fn damage_is_told() {
        let mixed = ["’’’".as_bytes(), b" \x92 ", &[0; 20]].concat();
        let (text, name, problems) = decode(&mixed, false, None);
        assert_eq!((text.as_str(), name, problems.len()), ("’’’ \u{fffd} ", "UTF-8", 2));
        assert_eq!(decode(&"ab’".as_bytes()[..4], false, None).0, "ab");
        assert_eq!(decode(b"\xef\xbb\xbfab", true, None).0, "ab");
    }
}
