//! `opt-out`: the choices a notice offers or describes.

use super::Context;
use super::status::{Status, status};
use crate::dictionary::Family;
use crate::model::{Claim, ClaimKind};

/// Reads all opt-outs; one said only to have been withdrawn is none.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, _) in context.hits_of(Family::OptOuts) {
        let range = hit.start..hit.end;
        let past = term.id == "type-2"
            && (status(context, &range) == Status::Historical || gone(context.sentence_words(hit.start)));
        if !past {
            claims.push(context.claim(ClaimKind::OptOut, term.id.clone(), range));
        }
    }
}

fn gone(sentence: &str) -> bool {
    [
        "replaced", "no longer", "withdrawn", "previously", "formerly", "converted", "used to", "ended", "was a",
        "prevented", "old ", "had been", "automatically", "existing type 2", "discontinued", "ceased", "any type 2",
        "before may 2018", "until",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}
