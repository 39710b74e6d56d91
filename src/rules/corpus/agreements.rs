//! Data sharing agreements as a data release register among the documents lists them.
//!
//! In come the claims of such a register; out comes one agreement an entry, with the words that state each part. It
//! judges nothing.

use super::{BodyKey, Counterpart, Published, body_key};
use crate::dictionary::Dictionary;
use crate::model::{Claim, ClaimKind, Day, NoticeKind, PartialDate, Span};

/// An agreement with its place.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// Reference without version.
    pub reference: String,
    /// The bodies it was made with.
    pub controllers: Vec<BodyKey>,
    /// The purpose, by its id.
    pub purpose: Option<String>,
    /// First day.
    pub starts: Option<Day>,
    /// Last day.
    pub ends: Option<Day>,
    /// Who processes the data: canonical name and the words that say so, where there are words to show.
    pub processors: Vec<(String, Option<Span>)>,
    /// Where it stands: the row, or the words of its reference.
    pub place: Counterpart,
}

/// The agreements of a document that is a data release register, in reading order.
pub fn agreed_in(number: usize, document: &Published<'_>, dictionary: &Dictionary) -> Vec<Agreed> {
    if document.kind != NoticeKind::DataReleaseRegister {
        return Vec::new();
    }
    let entries: Vec<&Claim> = document
        .of(ClaimKind::Agreement)
        .filter(|c| c.text("controller").is_some() || c.text("ends").is_some())
        .collect();
    entries
        .iter()
        .enumerate()
        .map(|(at, claim)| {
            let until = entries.get(at + 1).map_or(u32::MAX, |next| next.evidence.start);
            let within = |c: &&Claim| c.evidence.start >= claim.evidence.start && c.evidence.start < until;
            let mut processors: Vec<(String, Option<Span>)> = Vec::new();
            for stated in document.of(ClaimKind::Processor).filter(within) {
                if processors.iter().all(|(name, _)| *name != stated.value) {
                    processors.push((stated.value.clone(), Some(stated.evidence)));
                }
            }
            let mut controllers: Vec<BodyKey> =
                document.of(ClaimKind::Controller).filter(within).map(|c| body_key(&c.value, dictionary)).collect();
            controllers.sort();
            controllers.dedup();
            let day = |name: &str| claim.text(name).and_then(PartialDate::parse).map(PartialDate::last);
            Agreed {
                reference: claim.value.clone(),
                controllers,
                purpose: claim.purpose.clone(),
                starts: day("starts"),
                ends: day("ends"),
                processors,
                place: Counterpart::Document { document: number, evidence: vec![claim.evidence] },
            }
        })
        .collect()
}
