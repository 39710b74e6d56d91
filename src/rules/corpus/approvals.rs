//! The approvals under section 251 that notices cite, and the register's rows about them.
//!
//! In come claims and registers; out comes the row that holds on a day. The rules and the report's chart ask here alike.

use super::{Corpus, Published};
use crate::model::{Approval, ClaimKind, Day, Edition, Registers, Span};
use std::collections::HashMap;

/// An approval as a notice cites it.
pub(super) struct Cited<'a> {
    /// The notice.
    pub(super) document: usize,
    /// The reference.
    pub(super) reference: &'a str,
    /// The purposes it is cited for.
    pub(super) purposes: Vec<&'a str>,
    /// The words that cite it.
    pub(super) places: Vec<Span>,
}

/// Every approval that a notice cites, each once, without those that a sentence calls past.
pub(super) fn cited<'a>(corpus: &'a Corpus<'a>) -> Vec<Cited<'a>> {
    let mut out: Vec<Cited<'a>> = Vec::new();
    for (document, published) in corpus.notices() {
        let from = out.len();
        for claim in published.of(ClaimKind::CagReference).filter(|c| !is_past(published, c.evidence)) {
            let purpose = claim.purpose.as_deref();
            match out[from..].iter_mut().find(|c| c.reference == claim.value) {
                Some(cited) => {
                    cited.places.push(claim.evidence);
                    cited.purposes.extend(purpose);
                }
                None => out.push(Cited {
                    document,
                    reference: &claim.value,
                    purposes: purpose.into_iter().collect(),
                    places: vec![claim.evidence],
                }),
            }
        }
    }
    out
}

/// Whether the sentence speaks of what ran before.
pub(super) fn is_past(published: &Published<'_>, place: Span) -> bool {
    let words = published.text.quote(published.sentence(place)).to_lowercase();
    crate::rules::outdated::PAST_APPROVAL.iter().any(|w| words.contains(w))
}

/// The rows of the register by reference, the latest edition last.
pub struct Rows<'a>(HashMap<&'a str, Vec<(&'a Edition<Approval>, &'a Approval)>>);

impl<'a> Rows<'a> {
    /// All rows of all editions.
    pub fn of(registers: &'a Registers) -> Rows<'a> {
        let mut rows: HashMap<&str, Vec<(&Edition<Approval>, &Approval)>> = HashMap::new();
        for edition in &registers.cag {
            for entry in &edition.entries {
                for reference in &entry.references {
                    rows.entry(reference).or_default().push((edition, entry));
                }
            }
        }
        Rows(rows)
    }

    /// The last row about a reference on a day. The register comes in several files (research and other purposes): one that
    /// leaves a reference out proves nothing about it.
    pub fn on(&self, reference: &str, day: Day) -> Option<(&'a Edition<Approval>, &'a Approval)> {
        self.0.get(reference)?.iter().copied().rfind(|(edition, _)| edition.date <= day)
    }
}

/// Words of a status that say that the approval no longer runs.
const OVER: [&str; 6] = ["expired", "withdrawn", "lapsed", "closed", "rejected", "not supported"];

/// Whether a row of the register says that the approval no longer runs.
pub fn is_over(entry: &Approval) -> bool {
    let status = entry.status.to_lowercase();
    OVER.iter().any(|word| status.contains(word))
}
