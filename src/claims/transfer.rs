//! `transfer`: whether data leaves the United Kingdom, and what makes that lawful.

use super::Context;
use super::status::denied;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};
use crate::text::Cues;
use std::sync::LazyLock;

/// Reads all statements about transfers.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, _) in context.hits_of(Family::Transfers) {
        let sentence = context.sentence(hit.start);
        let words = &context.folded()[sentence.clone()];
        let value = match (term.id.as_ref(), term.kind()) {
            ("none", _) => "none",
            (_, "mechanism") => continue,
            // A question, or what one may ask to know.
            _ if words.trim_end().ends_with('?') || words.contains("whether ") => continue,
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
    in_any_words(context, claims);
}

/// Where data is kept or sent, in words that no phrase foresees: a place abroad, and a word for sending or keeping.
fn in_any_words(context: &Context<'_>, claims: &mut Vec<Claim>) {
    const ABROAD: &[&str] = &[
        "outside the uk", "outside of the uk", "outside the united kingdom", "outside of the united kingdom",
        "outside the eea", "outside of the eea", "outside the european", "outside of the european",
    ];
    static MOVES: LazyLock<Cues> =
        LazyLock::new(|| Cues::new(&["transfer", "send", "sent ", "stor", "process", "held", "hold", "host", "kept"]));
    static OPEN: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&["if ", "right", "whether", "?", "should ", "unless", "where we", "when we", "would "])
    });
    static DATA: LazyLock<Cues> = LazyLock::new(|| Cues::new(&["data", "information", "record"]));
    for (at, end) in context.places_of(ABROAD).iter() {
        let sentence = context.sentence(at);
        let words = &context.folded()[sentence.clone()];
        let known = context.hits_within(Family::Transfers, &sentence).any(|(_, t)| t.kind() != "mechanism");
        if known || context.is_furniture(at) || OPEN.any(words) || !MOVES.any(words) || !DATA.any(words) {
            continue;
        }
        let before = &context.folded()[sentence.start.min(at)..at];
        let none = before.contains(" not ") || words.contains("never") || words.starts_with("no ");
        claims.push(context.claim(ClaimKind::Transfer, if none { "none" } else { "outside-uk" }, at..end));
    }
}
