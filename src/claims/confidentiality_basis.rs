//! `confidentiality-basis`: what sets aside or satisfies the common law duty of confidentiality.

use super::outline::{Aspect, PartKind};
use super::status::denied;
use super::Context;
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
            !(listed && !sentence.contains("approv") && !sentence.contains("support")) && !denied(context, hit.start) && !explains(sentence)
        } else {
            let labelled = matches!(part.aspect, Some(Aspect::LegalBasis | Aspect::Confidentiality | Aspect::Consent));
            let said = ["rely on", "relying on", "relies on", "common law", "duty of confiden", "legal basis", "lawful basis", "basis"].iter().any(|w| sentence.contains(w));
            part.kind != PartKind::Heading && (labelled || said) && !denied(context, hit.start) && !sentence.contains("unless")
        };
        if stated {
            claims.push(context.claim(ClaimKind::ConfidentialityBasis, value, hit.start..hit.end));
        }
    }
}

/// Whether a sentence only says what section 251 is.
fn explains(sentence: &str) -> bool {
    ["further information on section 251", "more information about section 251", "what is section 251", "does not need section 251"].iter().any(|w| sentence.contains(w))
}
