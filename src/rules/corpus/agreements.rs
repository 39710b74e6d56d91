//! Data sharing agreements: those that a data release register among the documents lists, and those of the registers.
//!
//! In come the claims of such a document and the rows of the registers; out comes one agreement an entry, with its place.
//! It judges nothing.

use super::{BodyKey, Corpus, Counterpart, Published, body_key};
use crate::model::{Agreement, Claim, ClaimKind, Day, Edition, NoticeKind, PartialDate, Span};
use std::collections::{BTreeMap, HashMap};

/// An agreement with its place.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// Reference without version.
    pub reference: String,
    /// The bodies it was made with, by name.
    pub controllers: Vec<String>,
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
    /// The day from which the register said so; none for a document, which has no state of its own.
    pub stated: Option<Day>,
}

/// The agreements of a document that is a data release register, in reading order.
pub fn agreed_in(number: usize, document: &Published<'_>) -> Vec<Agreed> {
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
            let mut controllers: Vec<String> = Vec::new();
            for stated in document.of(ClaimKind::Controller).filter(within) {
                if !controllers.contains(&stated.value) {
                    controllers.push(stated.value.clone());
                }
            }
            let day = |name: &str| claim.text(name).and_then(PartialDate::parse).map(PartialDate::last);
            Agreed {
                reference: claim.value.clone(),
                controllers,
                purpose: claim.purpose.clone(),
                starts: day("starts"),
                ends: day("ends"),
                processors,
                place: Counterpart::Document { document: number, evidence: vec![claim.evidence] },
                stated: None,
            }
        })
        .collect()
}

/// Whether an agreement ran on a day. One whose end no register tells is not known to have run.
pub(super) fn ran(agreed: &Agreed, day: Day) -> bool {
    agreed.starts.is_none_or(|starts| starts <= day) && agreed.ends.is_some_and(|ends| day <= ends)
}

/// All agreements that concern the notices of a corpus.
pub(super) struct Agreements {
    all: Vec<Agreed>,
    by_body: HashMap<BodyKey, Vec<usize>>,
    by_reference: HashMap<String, Vec<usize>>,
}

impl Agreements {
    /// Those of documents and registers that a controller of the corpus made or a notice cites.
    pub(super) fn of(corpus: &Corpus<'_>) -> Agreements {
        let by_controller = corpus.by_controller();
        let cited = corpus.notices().flat_map(|(_, d)| d.of(ClaimKind::Agreement)).map(|c| plain(&c.value));
        let cited: std::collections::HashSet<&str> = cited.collect();
        let mut out = Agreements {
            all: corpus.published_agreements.clone(),
            by_body: HashMap::new(),
            by_reference: HashMap::new(),
        };
        for edition in &corpus.registers.dars {
            let newest = newest(edition);
            let wanted = newest.into_iter().filter(|a| {
                cited.contains(plain(&a.reference))
                    || a.controllers.iter().any(|c| by_controller.contains_key(&body_key(c, corpus.dictionary)))
            });
            out.all.extend(wanted.map(|a| of_row(edition, a)));
        }
        for (number, agreed) in out.all.iter().enumerate() {
            let mut keys: Vec<BodyKey> = agreed.controllers.iter().map(|c| body_key(c, corpus.dictionary)).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                out.by_body.entry(key).or_default().push(number);
            }
            out.by_reference.entry(plain(&agreed.reference).to_owned()).or_default().push(number);
        }
        out
    }

    /// What was last stated on a day of each agreement of a body.
    pub(super) fn of_body(&self, body: &BodyKey, day: Day) -> Vec<&Agreed> {
        let mut last: BTreeMap<&str, &Agreed> = BTreeMap::new();
        for agreed in self.by_body.get(body).into_iter().flatten().map(|n| &self.all[*n]) {
            if agreed.stated.is_none_or(|stated| stated <= day) {
                let known = last.entry(plain(&agreed.reference)).or_insert(agreed);
                if known.ends <= agreed.ends {
                    *known = agreed;
                }
            }
        }
        last.into_values().collect()
    }

    /// What was last stated on a day of the agreement with a reference.
    pub(super) fn referenced(&self, reference: &str, day: Day) -> Option<&Agreed> {
        let stated = self.by_reference.get(plain(reference)).into_iter().flatten().map(|n| &self.all[*n]);
        stated.filter(|a| a.stated.is_none_or(|stated| stated <= day)).max_by_key(|a| a.ends)
    }
}

/// A reference without the prefix that came into use later.
fn plain(reference: &str) -> &str {
    reference.strip_prefix("DARS-").unwrap_or(reference)
}

/// The last version of each agreement of an edition.
fn newest(edition: &Edition<Agreement>) -> Vec<&Agreement> {
    let mut last: BTreeMap<(&str, &[String]), &Agreement> = BTreeMap::new();
    for agreement in &edition.entries {
        let known = last.entry((&agreement.reference, &agreement.controllers)).or_insert(agreement);
        if (version(&known.version), known.ends) <= (version(&agreement.version), agreement.ends) {
            *known = agreement;
        }
    }
    last.into_values().collect()
}

/// `v1.12` as numbers.
fn version(written: &str) -> Vec<u32> {
    written.trim_start_matches('v').split('.').map(|n| n.parse().unwrap_or(0)).collect()
}

fn of_row(edition: &Edition<Agreement>, agreement: &Agreement) -> Agreed {
    Agreed {
        reference: agreement.reference.clone(),
        controllers: agreement.controllers.clone(),
        purpose: agreement.purpose.clone(),
        starts: agreement.starts,
        ends: agreement.ends,
        processors: agreement.processors.iter().map(|name| (name.clone(), None)).collect(),
        place: Counterpart::Register(edition.row(agreement)),
        stated: Some(edition.date),
    }
}
