//! Counts of all hits by organisation, kind of body, year, claim and rule, taken while the hits are found.

use serde::Serialize;
use std::collections::BTreeMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Result, Score, SegmentOrdinal, SegmentReader};

/// The columns that are counted, by their names in the answer.
pub const FACETS: [&str; 5] = ["organisation", "type", "year", "claim", "rule"];

/// How many hits have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value.
    pub value: String,
    /// The hits that have it.
    pub count: u64,
}

/// Counts, the largest first.
pub type Facets = BTreeMap<&'static str, Vec<Count>>;

/// Counts every facet of every hit.
pub struct FacetCounts;

/// Counts those of one part of the index.
pub struct Counting {
    columns: Vec<(&'static str, Option<StrColumn>, Vec<u64>)>,
}

/// Values with their counts, of each facet.
type Counted = Vec<(&'static str, Vec<(String, u64)>)>;

impl Collector for FacetCounts {
    type Fruit = Facets;
    type Child = Counting;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> Result<Counting> {
        let mut columns = Vec::new();
        for name in FACETS {
            let column = segment.fast_fields().str(name)?;
            let values = column.as_ref().map_or(0, |c| c.dictionary().num_terms());
            columns.push((name, column, vec![0; values]));
        }
        Ok(Counting { columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<Counted>) -> Result<Facets> {
        let mut all: BTreeMap<&'static str, BTreeMap<String, u64>> =
            FACETS.iter().map(|name| (*name, BTreeMap::new())).collect();
        for (name, counts) in parts.into_iter().flatten() {
            let facet = all.entry(name).or_default();
            for (value, count) in counts {
                *facet.entry(value).or_default() += count;
            }
        }
        let sorted = |counts: BTreeMap<String, u64>| {
            let mut counts: Vec<Count> = counts.into_iter().map(|(value, count)| Count { value, count }).collect();
            counts.sort_by(|a, b| (std::cmp::Reverse(a.count), &a.value).cmp(&(std::cmp::Reverse(b.count), &b.value)));
            counts
        };
        Ok(all.into_iter().map(|(name, counts)| (name, sorted(counts))).collect())
    }
}

impl SegmentCollector for Counting {
    type Fruit = Counted;

    fn collect(&mut self, doc: DocId, _: Score) {
        for (_, column, counts) in &mut self.columns {
            let Some(column) = column else { continue };
            for value in column.ords().values_for_doc(doc) {
                if let Some(count) = usize::try_from(value).ok().and_then(|v| counts.get_mut(v)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Counted {
        let mut out = Vec::new();
        for (name, column, counts) in self.columns {
            let Some(column) = column else { continue };
            let (ordinals, counts): (Vec<u64>, Vec<u64>) = (0..).zip(counts).filter(|(_, count)| *count > 0).unzip();
            let mut values = Vec::with_capacity(counts.len());
            let mut counts = counts.into_iter();
            // In one pass over the column's words: a look-up of each would unpack a block of them each time.
            let read = column.dictionary().sorted_ords_to_term_cb(&ordinals, |word| {
                values.extend(counts.next().map(|count| (String::from_utf8_lossy(word).into_owned(), count)));
            });
            if read.is_err() {
                values.clear();
            }
            out.push((name, values));
        }
        out
    }
}
