//! `opt-out`: the choices a notice offers or describes.

use super::Context;
use super::outline::{Aspect, Part, PartKind};
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
    numbered(context, claims);
}

/// "Type 1" by itself, as the label or subject of what a section about opting out explains.
fn numbered(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (words, id) in [("type 1", "type-1"), ("type one", "type-1"), ("type 2", "type-2"), ("type two", "type-2")] {
        for at in context.find_words(words).collect::<Vec<_>>() {
            let Some(part) = context.outline.part_at(at) else { continue };
            let range = at..at + words.len();
            let about = part.aspect == Some(Aspect::OptOut)
                || ["opt out", "opt-out", "opting out", "objection"]
                    .iter()
                    .any(|w| context.sentence_words(at).contains(w))
                || ["opt out", "opt-out", "opting out"].iter().any(|w| context.stands_under(part, w))
                || follows_opt_outs(context, part);
            let opens = at < part.folded.start + 4;
            let objection = context.between(part.folded.start, at).trim_end().ends_with("objection of");
            let known = claims.iter().any(|c| {
                c.kind == ClaimKind::OptOut && c.value == id && c.evidence.overlaps(context.span(range.clone()))
            });
            let explained = || context.folded()[part.folded.start..].split('\n').take(2).collect::<Vec<_>>().join(" ");
            if about && (opens || objection) && !known && !(id == "type-2" && gone(&explained())) {
                claims.push(context.claim(ClaimKind::OptOut, id, range));
            }
        }
    }
}

/// Whether the heading before a part, or the one before that, announces opt-outs.
fn follows_opt_outs(context: &Context<'_>, part: &Part) -> bool {
    let before = context.outline.parts.partition_point(|p| p.folded.start < part.folded.start);
    let headings = context.outline.parts[..before].iter().rev().take(6).filter(|p| p.kind == PartKind::Heading);
    headings.take(2).any(|p| p.aspect == Some(Aspect::OptOut))
}

fn gone(sentence: &str) -> bool {
    [
        "replaced", "no longer", "withdrawn", "previously", "formerly", "converted", "used to", "ended", "was a",
        "prevented", "old ", "had been", "automatically", "existing type 2", "discontinued", "ceased", "any type 2",
        "before may 2018", "until", "years ago", "turned into", "were turned",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}
