//! An HTTP message as a WARC block holds it: head and body, and the body with its codings undone.
//!
//! Codings are undone to a bound, and only where the bytes are in fact so coded: many tools undo one and leave its header.

use super::Headers;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// The answer of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse<'a> {
    /// `200`, `404` …
    pub status: u16,
    /// Its fields.
    pub headers: Headers,
    /// First byte of the body in the block.
    pub body_at: usize,
    /// The body as transferred.
    pub body: &'a [u8],
}

/// Bytes of a block that are searched for the end of its head.
const LONGEST_HEAD: usize = 1024 * 1024;

/// Codings one inside the other that are undone: no server uses more than two.
const MOST_CODINGS: usize = 5;

impl HttpResponse<'_> {
    /// Takes a block apart; `None` where it is no answer.
    pub fn parse(block: &[u8]) -> Option<HttpResponse<'_>> {
        let window = &block[..block.len().min(LONGEST_HEAD)];
        if !window.starts_with(b"HTTP/") {
            return None;
        }
        let body_at = head_end(window).unwrap_or(block.len());
        let head = String::from_utf8_lossy(&block[..body_at.min(LONGEST_HEAD)]);
        let (first, rest) = head.split_once('\n').unwrap_or((&head, ""));
        let status = first.split_whitespace().nth(1)?.parse().ok()?;
        Some(HttpResponse { status, headers: Headers::parse(rest), body_at, body: &block[body_at..] })
    }
}

/// The byte behind the empty line that ends a head.
fn head_end(block: &[u8]) -> Option<usize> {
    let with_returns = block.windows(4).position(|w| w == b"\r\n\r\n").map(|at| at + 4);
    let without = block.windows(2).position(|w| w == b"\n\n").map(|at| at + 2);
    match (with_returns, without) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The body of a message with its transfer and content codings undone.
///
/// # Errors
/// In words, where it unpacks to more than `limit` bytes or is coded in a way that is not read.
pub fn decoded(headers: &Headers, body: &[u8], limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = body.to_vec();
    let lists = [headers.all("Transfer-Encoding"), headers.all("Content-Encoding")];
    let [transfer, content] = lists.map(|values| values.collect::<Vec<_>>().join(",").to_ascii_lowercase());
    let codings = || transfer.rsplit(',').chain(content.rsplit(',')).map(str::trim).filter(|c| !c.is_empty());
    if codings().count() > MOST_CODINGS {
        return Err(format!("its content is coded more than {MOST_CODINGS} times over"));
    }
    for coding in codings() {
        bytes = match coding {
            "identity" => bytes,
            "chunked" => joined_chunks(&bytes).unwrap_or(bytes),
            "gzip" | "x-gzip" if bytes.starts_with(&super::gzip::MAGIC) => {
                unpacked(MultiGzDecoder::new(&bytes[..]), limit)?
            }
            "deflate" => match unpacked(ZlibDecoder::new(&bytes[..]), limit) {
                Ok(plain) => plain,
                Err(_) => unpacked(DeflateDecoder::new(&bytes[..]), limit).unwrap_or(bytes),
            },
            "br" => match unpacked(brotli_decompressor::Decompressor::new(&bytes[..], 4096), limit) {
                Ok(plain) => plain,
                Err(why) if why.contains("more than") => return Err(why),
                Err(_) => bytes,
            },
            "gzip" | "x-gzip" => bytes,
            other => return Err(format!("its content is coded as '{other}', which is not read")),
        };
    }
    Ok(bytes)
}

fn unpacked(from: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = from.take(limit + 1).read_to_end(&mut out);
    if out.len() as u64 > limit {
        return Err(format!("it unpacks to more than {} MB", limit / 1024 / 1024));
    }
    // A page that was cut on its way has at least its beginning, and says where it breaks off.
    match read {
        Err(e) if out.is_empty() => Err(format!("its content cannot be unpacked: {e}")),
        _ => Ok(out),
    }
}

/// The bytes of a body sent in chunks; `None` where it is not (any more).
fn joined_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(1024).position(|b| *b == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        if size > rest.len() {
            // Cut on its way: what came is kept.
            out.extend_from_slice(rest);
            return Some(out);
        }
        out.extend_from_slice(&rest[..size]);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_apart() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a";
        let answer = HttpResponse::parse(block).expect("an answer");
        assert_eq!((answer.status, answer.body), (200, &b"<p>a"[..]));
        assert_eq!(answer.headers.get("content-type"), Some("text/html"));
        for none in [&b""[..], b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1", b"HTTP/1.1 x\r\n\r\n"] {
            assert_eq!(HttpResponse::parse(none), None);
        }
    }

    #[test]
    fn chunks_are_joined_and_a_header_left_over_is_seen_through() {
        let chunked = Headers(vec![("Transfer-Encoding".into(), "chunked".into())]);
        assert_eq!(decoded(&chunked, b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", 100).as_deref(), Ok(&b"abcde"[..]));
        assert_eq!(decoded(&chunked, b"<p>no chunks</p>", 100).as_deref(), Ok(&b"<p>no chunks</p>"[..]));
        assert_eq!(decoded(&chunked, b"ffffffffffffffff\r\nab", 100).as_deref(), Ok(&b"ab"[..]));
    }

    #[test]
    fn what_unpacks_without_end_is_refused() {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'a'; 1_000_000]).expect("memory takes it");
        let bomb = packer.finish().expect("memory takes it");
        let gzip = Headers(vec![("Content-Encoding".into(), "gzip".into())]);
        assert!(decoded(&gzip, &bomb, 999_999).is_err());
        assert_eq!(decoded(&gzip, &bomb, 1_000_000).map(|b| b.len()), Ok(1_000_000));
        assert_eq!(decoded(&gzip, b"plain", 10).as_deref(), Ok(&b"plain"[..]));
    }
}
