//! An exchange as WARC records: metadata and request first, the response last, so that a capture whose writing was cut
//! off has no response and does not count.

use super::capture::Capture;
use super::exchange::{Content, Exchange, Instant};
use super::warc::{member, record_id};
use crate::model::sha256;

/// Says that a payload is that of an earlier record.
const SAME_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// Says that the server answered: as before.
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

type Fields = Vec<(&'static str, String)>;

/// The gzip members of an exchange, and the id of its capture. `before` is the capture whose payload it repeats.
pub(super) fn records(exchange: &Exchange, before: Option<&Capture>) -> std::io::Result<(String, Vec<u8>)> {
    let date = exchange.instant.to_string();
    let payload = match &exchange.content {
        Content::Served { body, .. } => sha256(body),
        Content::File { bytes, .. } => sha256(bytes),
        Content::NotModified { .. } => before.map(|b| b.payload.clone()).unwrap_or_default(),
    };
    let id = record_id(&["capture", &exchange.uri, &date, &payload, &exchange.notice]);
    let common = |kind: &str| -> Fields {
        vec![
            ("WARC-Date", date.clone()),
            ("WARC-Target-URI", exchange.uri.clone()),
            ("WARC-Concurrent-To", id.clone()),
            ("Content-Type", kind.to_owned()),
        ]
    };
    let metadata_id = record_id(&["metadata", &id]);
    let mut out = member("metadata", &metadata_id, &common("application/warc-fields"), &beside(exchange))?;
    let mut fields: Fields = vec![("WARC-Date", date.clone()), ("WARC-Target-URI", exchange.uri.clone())];
    fields.push(("WARC-Concurrent-To", metadata_id));
    if let Content::Served { request, .. } | Content::NotModified { request, .. } = &exchange.content
        && !request.is_empty()
    {
        let request_id = record_id(&["request", &id]);
        let request = member("request", &request_id, &common("application/http; msgtype=request"), request)?;
        out.extend(request);
        fields.push(("WARC-Concurrent-To", request_id));
    }
    if let Content::Served { address: Some(address), .. } = &exchange.content {
        fields.push(("WARC-IP-Address", address.to_string()));
    }
    let truncated = exchange.notes.iter().find(|(name, _)| name == "truncated");
    fields.extend(truncated.map(|(_, why)| ("WARC-Truncated", why.clone())));
    fields.push(("WARC-Payload-Digest", format!("sha256:{payload}")));
    fields.extend(before.map(|before| referring(before, &exchange.content)).unwrap_or_default());
    let response = "application/http; msgtype=response".to_owned();
    let (kind, block) = match (&exchange.content, before) {
        (Content::Served { head, .. } | Content::NotModified { head, .. }, Some(_)) => {
            fields.push(("Content-Type", response));
            ("revisit", head.clone())
        }
        (Content::Served { head, body, .. }, None) => {
            fields.push(("Content-Type", response));
            ("response", [&head[..], body].concat())
        }
        (Content::File { .. }, Some(_)) => ("revisit", Vec::new()),
        (Content::File { media_type, bytes }, None) => {
            fields.push(("Content-Type", media_type.clone()));
            ("resource", bytes.clone())
        }
        (Content::NotModified { .. }, None) => return Err(std::io::Error::other("nothing was captured before")),
    };
    out.extend(member(kind, &id, &fields, &block)?);
    Ok((id.trim_start_matches("<urn:uuid:").trim_end_matches('>').to_owned(), out))
}

/// What a record that repeats an earlier capture says of it.
fn referring(before: &Capture, content: &Content) -> Fields {
    let profile = if matches!(content, Content::NotModified { .. }) { NOT_MODIFIED } else { SAME_PAYLOAD };
    vec![
        ("WARC-Profile", profile.to_owned()),
        ("WARC-Refers-To", format!("<urn:uuid:{}>", before.id)),
        ("WARC-Refers-To-Target-URI", before.uri.clone()),
        ("WARC-Refers-To-Date", before.instant.to_string()),
    ]
}

/// What is kept beside a capture.
fn beside(exchange: &Exchange) -> Vec<u8> {
    let mut fields = vec![("notice", exchange.notice.clone()), ("part", exchange.part.to_string())];
    fields.extend(exchange.visit.map(|v| ("visit", v.to_string())));
    fields.extend(exchange.ods.clone().map(|o| ("ods", o)));
    fields.extend(exchange.refused.clone().map(|r| ("refused", r)));
    fields.extend(exchange.notes.iter().map(|(name, value)| (name.as_str(), value.clone())));
    lines(&fields)
}

/// The record that ends a visit.
pub(super) fn closing(notice: &str, visit: Instant, missing: &[String]) -> std::io::Result<Vec<u8>> {
    let mut fields = vec![("closes", "visit".to_owned()), ("notice", notice.to_owned()), ("visit", visit.to_string())];
    fields.extend(missing.iter().map(|m| ("missing", m.clone())));
    let id = record_id(&["closing", notice, &visit.to_string(), &missing.join("\n")]);
    let head = [
        ("WARC-Date", visit.to_string()),
        ("WARC-Target-URI", notice.to_owned()),
        ("Content-Type", "application/warc-fields".to_owned()),
    ];
    member("metadata", &id, &head, &lines(&fields))
}

fn lines(fields: &[(&str, String)]) -> Vec<u8> {
    let plain = |v: &str| v.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    fields.iter().flat_map(|(name, value)| format!("{}: {}\r\n", plain(name), plain(value)).into_bytes()).collect()
}
