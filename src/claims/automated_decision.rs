//! `automated-decision`: whether decisions are made by automated means alone.

use super::Context;
use super::outline::PartKind;
use crate::model::{Claim, ClaimKind};

/// Words that speak of automation.
const ANCHORS: &[&str] = &[
    "automated", "automatic", "automatically", "profiling", "computer", "computers", "algorithm", "algorithms",
    "human involvement", "human intervention", "human being", "machine",
];

/// Reads all statements about automated decisions; the right not to be subject to one is none.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let mut seen: Vec<usize> = Vec::new();
    for anchor in ANCHORS {
        for at in context.find_words(anchor).collect::<Vec<_>>() {
            let sentence = context.sentence(at);
            if seen.contains(&sentence.start) {
                continue;
            }
            seen.push(sentence.start);
            let heading = context.outline.part_at(at).is_some_and(|p| p.kind == PartKind::Heading);
            let value = value(&context.folded()[sentence.clone()]).filter(|_| !heading);
            // The answer may be the next sentence: "… decided by a computer. We make no such decisions."
            let next = context.sentence((sentence.end + 1).min(context.folded().len()));
            let answered = !heading
                && next.start >= sentence.end
                && [
                    "no such decision", "no decisions in that way", "no decisions in this way",
                    "not make decisions in this way", "not make decisions in that way", "not make decisions like this",
                    "make no decision", "do not make such", "do not do this", "we make none", "no decisions of this",
                    "do not take such", "not make any such",
                ]
                .iter()
                .any(|w| context.folded()[next.clone()].contains(w));
            if let Some(value) = value {
                claims.push(context.claim(ClaimKind::AutomatedDecision, value, sentence));
            } else if answered {
                claims.push(context.claim(ClaimKind::AutomatedDecision, "none", next));
            }
        }
    }
    answers(context, claims);
}

/// What a sentence that speaks of automation says: decisions are made so, are not, or neither.
fn value(words: &str) -> Option<&'static str> {
    if !["decision", "decid", "profil"].iter().any(|w| words.contains(w)) {
        return None;
    }
    let padded = format!(" {words} ");
    let said = |cues: &[&str]| cues.iter().any(|c| padded.contains(c));
    let denies = said(&[" no ", " not ", " never ", " none ", " nor ", " neither ", "n't ", " without any automated"]);
    // "the right not to be subject to automated decisions" denies nothing.
    let right = said(&[
        "right not to", "right to ", "rights ", "not to be subject", "object to", "can ask", "may ask", "ask for",
        "if we ", "where we ", "would ", "should we ",
    ]);
    let plain = said(&[
        "does not make", "do not make", "not use automated", "does not use", "do not use", "no automated",
        "no decisions", "no decision ", "not carry out", "not carried out", "not undertake", "make no decision",
        "makes no decision", "make no automated", "not make any", "are not made", "is not made", "not involve",
        "not take decisions", "not take any", "none of our", "is taken by a computer", "not rely on automated",
        "not subject to automated", "never make", "not solely", "no solely",
    ]);
    if denies && (plain || !right) {
        return Some("none");
    }
    let present = said(&[
        "we use automated", "uses automated", "made automatically", "made by automated means",
        "made solely by automated", "we carry out automated", "we carry out profiling", "decided by a computer",
        "automated decisions are made", "decides automatically", "uses profiling", "we use profiling",
    ]);
    (present && !denies && !right).then_some("present")
}

/// "Automated decision making: None." – a label and its answer.
fn answers(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (_, part) in
        context.parts().filter(|(_, p)| p.aspect == Some(super::Aspect::Automated) && p.kind != PartKind::Heading)
    {
        let words = context.words(part).trim();
        let plain = words.trim_end_matches('.');
        let short = plain.split(' ').count() <= 12;
        let denies = ["none", "no ", "not ", "we take none", "we make none", "we do not", "there are none", "never"]
            .iter()
            .any(|w| plain.starts_with(w))
            || plain.contains(" not ")
            || plain.contains(" none");
        if matches!(plain, "none" | "no" | "not applicable" | "n/a" | "not used") || short && denies {
            claims.push(context.claim(ClaimKind::AutomatedDecision, "none", part.folded.clone()));
        } else if matches!(plain, "yes" | "present") {
            claims.push(context.claim(ClaimKind::AutomatedDecision, "present", part.folded.clone()));
        }
    }
}
