//! The registration numbers that notices give as their controller's own, and the register's entries about them.

use super::{Body, BodyKey, Corpus, Published, body_key};
use crate::model::{ClaimKind, Day, Edition, Registration, Span, in_force};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A number that a notice gives as its controller's.
pub(super) struct Own<'a> {
    /// The notice.
    pub(super) document: usize,
    /// Its controller.
    pub(super) body: &'a Body,
    /// The number.
    pub(super) number: &'a str,
    /// The words that give it.
    pub(super) places: Vec<Span>,
}

/// Every well-formed number that a notice of one controller gives without naming another body in the same sentence.
pub(super) fn own_registrations<'a>(corpus: &'a Corpus<'a>) -> Vec<Own<'a>> {
    let mut out: Vec<Own<'a>> = Vec::new();
    for (document, published) in corpus.notices() {
        let Some(body) = published.controller() else { continue };
        let from = out.len();
        for claim in published.of(ClaimKind::IcoRegistration).filter(|c| c.flag("valid")) {
            if names_another(published, claim.evidence, body, corpus) {
                continue;
            }
            match out[from..].iter_mut().find(|o| o.number == claim.value) {
                Some(own) => own.places.push(claim.evidence),
                None => out.push(Own { document, body, number: &claim.value, places: vec![claim.evidence] }),
            }
        }
    }
    out
}

/// Whether the sentence around `place` names a body other than the controller, or speaks of the past.
fn names_another(published: &Published<'_>, place: Span, body: &Body, corpus: &Corpus<'_>) -> bool {
    let sentence = published.sentence(place);
    let words = published.text.quote(sentence).to_lowercase();
    let past = ["former", "previous", "was registered", "until"].iter().any(|w| words.contains(w));
    let organisation = published
        .claims
        .iter()
        .filter(|c| matches!(c.kind, ClaimKind::Organisation | ClaimKind::Processor) && sentence.contains(c.evidence))
        .any(|c| !c.value.starts_with("Information Commission") && body_key(&c.value, corpus.dictionary) != body.key);
    past || organisation
}

/// The entries of the register that matter to a corpus: those of the numbers and commissioners that its notices name.
pub(super) struct Entries<'a> {
    by_number: HashMap<(Day, &'a str), &'a Registration>,
    by_body: HashMap<(Day, BodyKey), Vec<&'a Registration>>,
    editions: Vec<&'a Edition<Registration>>,
}

impl<'a> Entries<'a> {
    /// Goes once through each edition that is in force on a day of judging.
    pub(super) fn of(corpus: &'a Corpus<'a>) -> Entries<'a> {
        let numbers: HashSet<&str> =
            corpus.notices().flat_map(|(_, d)| d.of(ClaimKind::IcoRegistration).map(|c| c.value.as_str())).collect();
        let bodies: HashSet<&BodyKey> = corpus.notices().filter_map(|(_, d)| d.controller()).map(|b| &b.key).collect();
        let days: BTreeSet<Day> = corpus.notices().map(|(_, d)| d.day()).collect();
        let mut editions: Vec<&Edition<Registration>> =
            days.into_iter().filter_map(|day| in_force(&corpus.registers.ico, day)).collect();
        editions.dedup_by_key(|e| e.date);
        let mut out = Entries { by_number: HashMap::new(), by_body: HashMap::new(), editions: editions.clone() };
        for edition in editions {
            for entry in &edition.entries {
                if numbers.contains(entry.number.as_str()) {
                    out.by_number.insert((edition.date, &entry.number), entry);
                }
                if is_commissioners_name(&entry.organisation) {
                    let key = body_key(&entry.organisation, corpus.dictionary);
                    if bodies.contains(&key) {
                        out.by_body.entry((edition.date, key)).or_default().push(entry);
                    }
                }
            }
        }
        out
    }

    /// The edition in force on a day.
    pub(super) fn edition(&self, day: Day) -> Option<&'a Edition<Registration>> {
        self.editions.iter().copied().filter(|e| e.date <= day).max_by_key(|e| e.date)
    }

    /// The entry of a number.
    pub(super) fn numbered(&self, edition: &Edition<Registration>, number: &str) -> Option<&'a Registration> {
        self.by_number.get(&(edition.date, number)).copied()
    }

    /// The entries of a commissioner.
    pub(super) fn of_body(&self, edition: &Edition<Registration>, body: &BodyKey) -> &[&'a Registration] {
        self.by_body.get(&(edition.date, body.clone())).map_or(&[], Vec::as_slice)
    }
}

/// The register holds more than a million names; only commissioners' are worth taking apart.
fn is_commissioners_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["integrated care", "commissioning group", "icb", "ccg"].iter().any(|w| lower.contains(w))
}
