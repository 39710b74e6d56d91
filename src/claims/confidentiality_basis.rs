//! `confidentiality-basis`: what sets aside or satisfies the common law duty of confidentiality.

use super::Context;
use super::outline::{Aspect, PartKind};
use super::status::denied;
use crate::dictionary::Family;
use crate::model::{Claim, ClaimKind};

/// Reads all grounds.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, part) in context.hits_of(Family::Confidentiality) {
        let sentence = context.sentence_words(hit.start);
        let value = term.name();
        let stated = if term.id == "section-251" {
            let words = &context.folded()[hit.start..hit.end];
            let listed = part.kind == PartKind::Heading && words.len() + 40 > context.words(part).len();
            // A heading in a contents list claims nothing; the passage under it does.
            let says_so = !listed || sentence.contains("approv") || sentence.contains("support");
            // The public interest sets the duty aside too, without an approval.
            let other = sentence.contains("public interest") && context.folded()[hit.start..].starts_with("set aside");
            says_so && !other && !denied(context, hit.start) && !explains(sentence)
        } else {
            // A legal obligation under "lawful basis" is Article 6; only beside confidentiality is it this ground.
            let duty = term.id == "legal-duty";
            let labelled = matches!(part.aspect, Some(Aspect::Confidentiality))
                || context.stands_under(part, "confiden")
                || !duty && matches!(part.aspect, Some(Aspect::LegalBasis | Aspect::Consent));
            // "The common law requires us to keep secrets. We may pass them on with your explicit consent …"
            let before = context.between(part.folded.start, context.sentence(hit.start).start);
            let before = &before[before.ceil_char_boundary(before.len().saturating_sub(240))..];
            let common_law =
                ["common law", "confiden"].iter().any(|w| sentence.contains(w)) || before.contains("common law");
            let plain =
                term.id == "overriding-public-interest" && context.folded()[hit.start..hit.end].contains("overrid");
            let said = plain
                || common_law
                || !duty
                    && ["rely on", "relying on", "relies on", "legal basis", "lawful basis", "basis"]
                        .iter()
                        .any(|w| sentence.contains(w));
            part.kind != PartKind::Heading
                && (labelled || said)
                && !denied(context, hit.start)
                && !sentence.contains("unless")
        };
        if stated {
            claims.push(context.claim(ClaimKind::ConfidentialityBasis, value, hit.start..hit.end));
        }
    }
    by_reference(context, claims);
}

/// An approval cited by its number is section 251 support relied on, whether or not the section is named.
fn by_reference(context: &Context<'_>, claims: &mut Vec<Claim>) {
    if claims.iter().any(|c| c.kind == ClaimKind::ConfidentialityBasis && c.value == "section-251") {
        return;
    }
    let written = super::cag_reference::references(context);
    let current =
        written.iter().find(|w| !w.values.is_empty() && super::status(context, &w.folded) == super::Status::Current);
    if let Some(reference) = current {
        claims.push(context.claim(ClaimKind::ConfidentialityBasis, "section-251", reference.folded.clone()));
    }
}

/// Whether a sentence only says what section 251 is.
fn explains(sentence: &str) -> bool {
    [
        "further information on section 251", "more information about section 251", "what is section 251",
        "does not need section 251",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}
