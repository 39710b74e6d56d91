//! `transfer`: whether data leaves the United Kingdom, and what makes that lawful.

use super::Context;
use super::status::denied;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};

/// Reads all statements about transfers.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, _) in context.hits_of(Family::Transfers) {
        let sentence = context.sentence(hit.start);
        let words = &context.folded()[sentence.clone()];
        let value = match (term.id.as_ref(), term.kind()) {
            ("none", _) => "none",
            (_, "mechanism") => continue,
            _ if denied(context, hit.start)
                || words.contains(" not ")
                || words.contains("never")
                || words.contains("no personal")
                || words.starts_with("no ")
                || words.contains(" no ") =>
            {
                "none"
            }
            _ => "outside-uk",
        };
        let mechanism = context
            .hits_within(Family::Transfers, &sentence)
            .find(|(_, t)| t.kind() == "mechanism")
            .map(|(_, t)| t.name().to_owned());
        let claim = context.claim(ClaimKind::Transfer, value, hit.start..hit.end);
        claims.push(match mechanism {
            Some(name) => claim.with("mechanism", Attr::Text(name)),
            None => claim,
        });
    }
}
