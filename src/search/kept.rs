//! One version of a notice as the index holds it: written whole, read back whole.
//!
//! In comes what is known of a version; out comes a document of the index, and the other way round, so that an entry can
//! be written anew without its notice being read again.

use super::days;
use super::entry::Entry;
use super::schema::{Fields, NEVER};
use super::{SearchError, terms};
use crate::model::PartialDate;
use std::collections::BTreeSet;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, Term};

/// One version in the index.
pub(super) struct Kept {
    /// Names everything that the entry depends on.
    pub key: String,
    /// Names the version, whatever becomes of it.
    pub version: String,
    /// What is known of it; none where it could not be read.
    pub entry: Option<Entry>,
    /// Its canonical text.
    pub text: String,
}

impl Kept {
    /// As the index holds it; one that could not be read by its keys alone, so that it is not tried again.
    pub fn document(&self, fields: Fields) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        out.add_text(fields.key, &self.key);
        out.add_text(fields.version, &self.version);
        let Some(entry) = &self.entry else {
            out.add_text(fields.facts, "state:unreadable");
            return out;
        };
        out.add_text(fields.text, &self.text);
        let state = if entry.superseded.is_some() { "past" } else { "current" };
        out.add_text(fields.facts, terms::facts(entry, state));
        out.add_bytes(fields.entry, &serde_json::to_vec(entry).unwrap_or_default());
        columns(&mut out, entry, &self.key, fields);
        out
    }

    /// What stands at a place of the index.
    pub fn at(open: &Searcher, fields: Fields, address: DocAddress) -> Result<Kept, SearchError> {
        let document: TantivyDocument = open.doc(address)?;
        let text = |field| document.get_first(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let entry = document.get_first(fields.entry).and_then(|v| v.as_bytes()).filter(|bytes| !bytes.is_empty());
        let entry = entry.map(serde_json::from_slice).transpose().map_err(|_| SearchError::Damaged)?;
        Ok(Kept { key: text(fields.key), version: text(fields.version), entry, text: text(fields.text) })
    }
}

/// The places of all entries that have a term.
pub(super) fn places(open: &Searcher, term: &Term) -> Result<Vec<DocAddress>, SearchError> {
    let mut out = Vec::new();
    for (number, segment) in (0..).zip(open.segment_readers()) {
        let postings = segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                out.push(DocAddress::new(number, postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(out)
}

/// What hits are counted and sorted by.
fn columns(out: &mut TantivyDocument, entry: &Entry, key: &str, fields: Fields) {
    let each = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
    let kinds = each(entry.bodies.iter().filter_map(|b| b.kind.as_deref()).collect());
    let claims = each(entry.claims.iter().map(|c| c.kind.as_str()).collect());
    let rules = each(entry.findings.iter().map(|f| f.rule.as_str()).collect());
    entry.bodies.iter().for_each(|b| out.add_text(fields.organisation, &b.name));
    kinds.iter().for_each(|k| out.add_text(fields.kind, k));
    claims.iter().for_each(|k| out.add_text(fields.claim, k));
    rules.iter().for_each(|r| out.add_text(fields.rule, r));
    out.add_text(fields.title, &entry.title);
    out.add_u64(fields.captured, days::of_instant(&entry.captured));
    out.add_u64(fields.superseded, entry.superseded.as_deref().map_or(NEVER, days::of_instant));
    if let Some(date) = entry.reviewed.as_deref().and_then(PartialDate::parse) {
        out.add_u64(fields.reviewed, days::number(date.last()));
        out.add_text(fields.year, date.year.to_string());
    }
    out.add_u64(fields.order, u64::from_str_radix(key.get(..16).unwrap_or(""), 16).unwrap_or(0));
}
