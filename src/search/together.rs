//! A query for notices in which one fact (a claim, a finding, a body) has several terms at once, or in which words follow
//! one another of which some are known by their beginning alone.
//!
//! In come groups of patterns; out come the notices with a position at which every group has a term that fits. tantivy
//! has phrases of whole words, but nothing for terms at one place, and its phrases with a prefix look at some of the words only.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Result, Score, SegmentReader, TERMINATED, Term};

/// What a term must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// This.
    Whole(String),
    /// What begins so.
    Prefix(String),
    /// What lies between these two in the order of bytes, both included.
    Between(String, String),
}

/// Patterns of which one must fit.
pub type Group = Vec<Pattern>;

impl Pattern {
    /// Whether a term fits.
    pub fn fits(&self, term: &str) -> bool {
        match self {
            Pattern::Whole(whole) => term == whole,
            Pattern::Prefix(prefix) => term.starts_with(prefix.as_str()),
            Pattern::Between(from, to) => (from.as_str()..=to.as_str()).contains(&term),
        }
    }
}

/// Whether each group has a term that fits among those of one fact.
pub fn all_fit(groups: &[Group], terms: &[String]) -> bool {
    groups.iter().all(|group| group.iter().any(|pattern| terms.iter().any(|term| pattern.fits(term))))
}

/// The query.
#[derive(Clone, Debug)]
pub struct Together {
    /// The field.
    pub field: Field,
    /// What must stand at one place.
    pub groups: Vec<Group>,
    /// Whether the groups are words that follow one another rather than terms of one fact.
    pub in_order: bool,
}

impl Query for Together {
    fn weight(&self, _: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Together {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(Docs { docs: self.docs(reader)?, at: 0 }, boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> Result<Explanation> {
        Ok(Explanation::new("the terms stand together", 1.0))
    }
}

/// A notice and a position in it, in one number so that they sort and compare fast.
type Place = u64;

fn place(doc: DocId, position: u32) -> Place {
    u64::from(doc) << 32 | u64::from(position)
}

fn doc_of(place: Place) -> DocId {
    (place >> 32) as DocId
}

impl Together {
    fn docs(&self, reader: &SegmentReader) -> Result<Vec<DocId>> {
        let inverted = reader.inverted_index(self.field)?;
        let alone = self.groups.len() == 1;
        let option = if alone { IndexRecordOption::Basic } else { IndexRecordOption::WithFreqsAndPositions };
        let mut groups = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            let before = if self.in_order { number as u32 } else { 0 };
            groups.push((before, postings(&inverted, group, self.field, option)?));
        }
        // The rarest first: the others are then looked up only where it stands.
        groups.sort_by_key(|(_, g)| g.iter().map(|p| u64::from(p.doc_freq())).sum::<u64>());
        let mut groups = groups.into_iter();
        let Some((before, first)) = groups.next() else { return Ok(Vec::new()) };
        let mut places: Vec<Place> = Vec::new();
        for mut posting in first {
            while posting.doc() != TERMINATED {
                push(&mut posting, alone, before, &mut places);
                posting.advance();
            }
        }
        places.sort_unstable();
        places.dedup();
        for (before, group) in groups {
            places = kept(&places, group, before);
        }
        let mut docs: Vec<DocId> = places.into_iter().map(doc_of).collect();
        docs.dedup();
        Ok(docs)
    }
}

/// Adds the places of a posting in the notice it stands at: of words that follow one another, the place of the first of
/// them, which stands `before` words before this one.
fn push(posting: &mut SegmentPostings, alone: bool, before: u32, places: &mut Vec<Place>) {
    let doc = posting.doc();
    if alone {
        places.push(place(doc, 0));
        return;
    }
    let mut positions = Vec::new();
    posting.positions(&mut positions);
    places.extend(positions.into_iter().filter_map(|p| p.checked_sub(before)).map(|p| place(doc, p)));
}

/// The places at which a term of the group stands too.
fn kept(places: &[Place], group: Vec<SegmentPostings>, before: u32) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    let mut there = Vec::new();
    for mut posting in group {
        let mut at = 0;
        while at < places.len() {
            let doc = doc_of(places[at]);
            let end = at + places[at..].partition_point(|p| doc_of(*p) == doc);
            if posting.doc() < doc && posting.seek(doc) == TERMINATED {
                break;
            }
            if posting.doc() == doc {
                there.clear();
                push(&mut posting, false, before, &mut there);
                out.extend(places[at..end].iter().filter(|p| there.binary_search(p).is_ok()));
                at = end;
            } else {
                // Nothing before the posting's own notice can match.
                at += places[at..].partition_point(|p| doc_of(*p) < posting.doc());
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The postings of all terms that fit a group.
fn postings(
    inverted: &InvertedIndexReader,
    group: &Group,
    field: Field,
    option: IndexRecordOption,
) -> Result<Vec<SegmentPostings>> {
    let mut out = Vec::new();
    for pattern in group {
        match pattern {
            Pattern::Whole(term) => out.extend(inverted.read_postings(&Term::from_field_text(field, term), option)?),
            Pattern::Prefix(prefix) => {
                range(inverted, prefix, |term| term.starts_with(prefix.as_bytes()), option, &mut out)?
            }
            Pattern::Between(from, to) => range(inverted, from, |term| term <= to.as_bytes(), option, &mut out)?,
        }
    }
    Ok(out)
}

fn range(
    inverted: &InvertedIndexReader,
    from: &str,
    within: impl Fn(&[u8]) -> bool,
    option: IndexRecordOption,
    out: &mut Vec<SegmentPostings>,
) -> Result<()> {
    let mut terms = inverted.terms().range().ge(from.as_bytes()).into_stream()?;
    while terms.advance() && within(terms.key()) {
        out.push(inverted.read_postings_from_terminfo(terms.value(), option)?);
    }
    Ok(())
}

/// Notices in order.
struct Docs {
    docs: Vec<DocId>,
    at: usize,
}

impl DocSet for Docs {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|d| *d < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}
