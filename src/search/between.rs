//! Findings that show only between notices, or against a register, are put into the index.
//!
//! In come the newest versions of all notices; out come entries that have the findings of the `corpus/…` rules beside
//! their own. It comes last in a run and is one commit: whoever searches sees all of it or what was there before. Which
//! notices were compared, with which registers, by which program and dictionaries is labelled; where nothing of that
//! changed nothing is done. Past versions are not compared.

use super::entry::{Entry, Wrong};
use super::index::{Indexer, guarded, searcher};
use super::kept::{Kept, places};
use super::query::Field;
use super::{SearchError, terms};
use crate::across::across;
use crate::corpus::{PROGRAM, Version};
use crate::model::{Origin, Registers, sha256};
use crate::pipeline::Analysis;
use rayon::prelude::*;
use std::collections::HashMap;
use tantivy::Term;

/// The registers to compare with.
pub struct Official<'a> {
    /// Names what they hold: other registers, another label.
    pub label: String,
    /// Reads them; they may be large, and are read only where something is to be compared.
    pub load: &'a (dyn Fn() -> Result<Registers, String> + Sync),
}

/// The newest version of a notice.
pub(super) struct Newest {
    /// Names everything that its entry depends on.
    pub key: String,
    /// Names it, whatever becomes of it.
    pub own: String,
    /// Itself.
    pub version: Version,
}

/// What is to be compared.
#[derive(Default)]
pub(super) struct Comparison {
    /// The newest versions; none where they are too many.
    newest: Option<Vec<Newest>>,
    /// Those of them that this run has read already, by their own key.
    read: HashMap<String, Analysis>,
    most: usize,
    /// How many newest versions there are.
    pub count: usize,
}

impl Comparison {
    /// Nothing so far; no more than `most` notices are compared with one another.
    pub fn new(most: usize) -> Comparison {
        Comparison { newest: Some(Vec::new()), most, ..Comparison::default() }
    }

    /// Adds a newest version.
    pub fn add(&mut self, newest: impl FnOnce() -> Newest) {
        self.count += 1;
        if self.count > self.most {
            // All of them at once take memory: without the last ones the first would say what is not true.
            self.newest = None;
            self.read = HashMap::new();
        }
        if let Some(all) = &mut self.newest {
            all.push(newest());
        }
    }

    /// Keeps what this run has read of a newest version.
    pub fn keep(&mut self, own: &str, analysis: Analysis) {
        if self.newest.is_some() {
            self.read.insert(own.to_owned(), slim(analysis));
        }
    }
}

/// An analysis without what no comparison asks for: most of it is the source.
fn slim(mut analysis: Analysis) -> Analysis {
    analysis.text.origin = Origin::default();
    analysis.text.links = Vec::new();
    analysis.outline = Default::default();
    analysis.sections = Vec::new();
    analysis.findings = Vec::new();
    analysis.finding_sections = Vec::new();
    // The text was made in a room as large as its source.
    analysis.text.body.shrink_to_fit();
    analysis.text.blocks.shrink_to_fit();
    analysis.claims.shrink_to_fit();
    analysis
}

/// Notices that are read at a time.
const AT_A_TIME: usize = 64;

impl Indexer<'_> {
    /// Compares the newest versions of all notices, and puts what is found into their entries. What was indexed before is
    /// committed.
    pub(super) fn compare(&mut self, comparison: Comparison) -> Result<(), SearchError> {
        let Comparison { newest, mut read, .. } = comparison;
        let label = newest.as_ref().map(|all| self.label(all)).unwrap_or_default();
        if label == self.stamp.compared && !label.is_empty() {
            return Ok(());
        }
        let mut analyses = Vec::new();
        let mut owns = Vec::new();
        for group in newest.unwrap_or_default().chunks(AT_A_TIME) {
            let known: Vec<Option<Analysis>> = group.iter().map(|n| read.remove(&n.own)).collect();
            let made: Vec<Option<Analysis>> = group
                .par_iter()
                .zip(known)
                .map(|(newest, known)| match known {
                    Some(analysis) => Ok(Some(analysis)),
                    None => {
                        let judged = guarded(&self.reader, newest.version.clone(), self.settings)?;
                        Ok(judged.analysis.ok().map(slim))
                    }
                })
                .collect::<Result<_, SearchError>>()?;
            for (newest, analysis) in group.iter().zip(made) {
                if let Some(analysis) = analysis {
                    owns.push(newest.own.clone());
                    analyses.push(analysis);
                }
            }
        }
        let mut wanted: HashMap<String, Vec<Wrong>> = HashMap::new();
        if !analyses.is_empty() {
            let registers = (self.settings.official.load)().map_err(SearchError::Registers)?;
            for found in across(&analyses, &registers, self.settings.dictionary) {
                wanted.entry(owns[found.notice].clone()).or_default().push(Wrong::of(&found.finding));
            }
        }
        drop(analyses);
        let rewritten = self.rewrite(wanted)?;
        if rewritten == 0 && label == self.stamp.compared {
            return Ok(());
        }
        self.stamp.compared = label;
        self.commit()
    }

    /// Names all that the findings between these notices depend on.
    fn label(&self, newest: &[Newest]) -> String {
        let mut keys: Vec<&str> = newest.iter().map(|n| n.key.as_str()).collect();
        keys.sort_unstable();
        let mut all = format!("{PROGRAM}\n{}\n{}\n", self.settings.dictionary.hash(), self.settings.official.label);
        all.push_str(&keys.join("\n"));
        sha256(all.as_bytes())
    }

    /// Gives every entry the findings that are wanted of it, and takes away those it had from an earlier comparison: how
    /// many entries are others now.
    fn rewrite(&mut self, mut wanted: HashMap<String, Vec<Wrong>>) -> Result<usize, SearchError> {
        let open = searcher(self.writer.index())?;
        let family = Term::from_field_text(self.fields.facts, &terms::whole(Field::Rule, "corpus"));
        let mut addresses = places(&open, &family)?;
        for own in wanted.keys() {
            addresses.extend(places(&open, &Term::from_field_text(self.fields.version, own))?);
        }
        addresses.sort();
        addresses.dedup();
        let mut rewritten = 0;
        for address in addresses {
            let mut kept = Kept::at(&open, self.fields, address)?;
            let Some(entry) = &mut kept.entry else { continue };
            if replace(entry, wanted.remove(&kept.version).unwrap_or_default()) {
                self.writer.delete_term(Term::from_field_text(self.fields.version, &kept.version));
                self.writer.add_document(kept.document(self.fields))?;
                rewritten += 1;
            }
        }
        Ok(rewritten)
    }
}

/// Puts the findings of a comparison in the place of those of the one before; false where they are the same.
fn replace(entry: &mut Entry, wanted: Vec<Wrong>) -> bool {
    let is_between = |w: &Wrong| w.rule.starts_with("corpus/");
    if entry.findings.iter().filter(|w| is_between(w)).eq(&wanted) {
        return false;
    }
    entry.findings.retain(|w| !is_between(w));
    entry.findings.extend(wanted);
    true
}
