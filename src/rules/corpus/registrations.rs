//! The registration numbers that notices give as their controller's own.

use super::{Body, Corpus, Published, body_key};
use crate::model::{ClaimKind, Span};

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
