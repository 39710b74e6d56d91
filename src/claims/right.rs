//! `right`: rights that the notice says people have, in a heading, list or sentence.

use super::outline::{Aspect, Part, PartKind};
use super::Context;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};

/// Reads all rights.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, part) in context.hits_of(Family::Rights) {
        let sentence = context.sentence_words(hit.start);
        let id = term.id.as_ref();
        if !offered(context, part, sentence, id, &context.folded()[hit.start..hit.end]) {
            continue;
        }
        let applies = !said_not_to_apply(sentence, id);
        let mut claim = context.claim(ClaimKind::Right, term.id.clone(), hit.start..hit.end).with("applies", Attr::Flag(applies));
        if id == "complain" {
            let to_ico = ["ico", "commission", "regulator", "supervisory"].iter().any(|w| sentence.contains(w)) || part.aspect == Some(Aspect::Complaints) && context.words(part).contains("commission");
            claim = claim.with("to", Attr::Text(if to_ico { "ico" } else { "controller" }.to_owned()));
        }
        claims.push(claim);
    }
}

/// Whether the words offer the right rather than name it in passing.
fn offered(context: &Context<'_>, part: &Part, sentence: &str, id: &str, words: &str) -> bool {
    if history_or_law(sentence) {
        return false;
    }
    if part.aspect == Some(Aspect::Rights) {
        return true;
    }
    if words.contains("right") || words.contains("subject access") || id == "complain" && (words.contains("complain") || words.contains("lodge")) {
        return part.kind != PartKind::Heading || words.len() + 24 >= context.words(part).len();
    }
    const OFFERS: &[&str] = &[
        "right", "entitled", "you can ", "you may ", "you are able", "you could", "can be withdrawn", "ask us", "you wish", "individuals can", "request", "if you want", "able to", "choose to", "patients can", "people can", "can exercise", "you want us", "at any time", "you have a choice", "we will correct", "can also", "will be able", "your choices can",
    ];
    OFFERS.iter().any(|o| sentence.contains(o))
}

/// Whether the sentence speaks of a law's contents or of somebody else's rights.
fn history_or_law(sentence: &str) -> bool {
    ["consent form", "human rights act 1998 gives", "staff are trained"].iter().any(|w| sentence.contains(w))
}

fn said_not_to_apply(sentence: &str, id: &str) -> bool {
    if id == "object" && sentence.contains("unless") {
        return false;
    }
    ["does not apply", "do not apply", "not applicable", "will not apply", "not available", "no right to", "is not an absolute right to erasure", "doesn't apply", "does not have the right", "cannot be erased", "will also not apply", "are not able to exercise"].iter().any(|w| sentence.contains(w))
}
