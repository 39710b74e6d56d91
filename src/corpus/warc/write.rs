//! One record as a gzip member: fields and block in, bytes out. Same in, same out.

use crate::model::sha256;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// An id for a record, made of what the record is: the same evidence taken twice has the same id.
pub(in crate::corpus) fn record_id(of: &[&str]) -> String {
    let hash = sha256(of.join("\n").as_bytes());
    // Version 8 of RFC 9562 is for ids that are made of other data; the variant is 10 in binary.
    format!("<urn:uuid:{}-{}-8{}-8{}-{}>", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// Writes a record. Its id, length and digest of the block are added to the fields.
pub(in crate::corpus) fn member(
    kind: &str,
    id: &str,
    fields: &[(&str, String)],
    block: &[u8],
) -> std::io::Result<Vec<u8>> {
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\n");
    for (name, value) in fields {
        head.push_str(name);
        head.push_str(": ");
        head.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
        head.push_str("\r\n");
    }
    head.push_str(&format!("WARC-Block-Digest: sha256:{}\r\nContent-Length: {}\r\n\r\n", sha256(block), block.len()));
    let mut packer = GzEncoder::new(Vec::with_capacity(block.len() / 3 + 512), Compression::default());
    packer.write_all(head.as_bytes())?;
    packer.write_all(block)?;
    packer.write_all(b"\r\n\r\n")?;
    packer.finish()
}
