//! `automated-decision`: whether decisions are made by automated means alone.

use super::outline::PartKind;
use super::Context;
use crate::model::{Claim, ClaimKind};

const ANCHORS: &[&str] = &[
    "automated decision", "automated individual decision", "automated processing", "automated means", "automatic decision", "automatically", "profiling", "decisions about you by computer", "decision-making by automated",
    "decisions by automated", "automated decisions", "automated-decision", "solely automated",
];

/// Reads all statements about automated decisions; the right not to be subject to one is none.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let mut last_end = 0;
    for anchor in ANCHORS.iter().copied() {
        for at in context.find_words(anchor).collect::<Vec<_>>() {
            let sentence = context.sentence(at);
            if sentence.start < last_end && anchor != ANCHORS[0] {
                continue;
            }
            let words = &context.folded()[sentence.clone()];
            let heading = context.outline.part_at(at).is_some_and(|p| p.kind == PartKind::Heading);
            let Some(value) = value(words, heading) else { continue };
            last_end = sentence.end;
            claims.push(context.claim(ClaimKind::AutomatedDecision, value, sentence.clone()));
        }
    }
    answers(context, claims);
}

fn value(words: &str, heading: bool) -> Option<&'static str> {
    let decides = ["decision", "profil", "solely"].iter().any(|w| words.contains(w));
    if !decides || words.contains("right not to") || words.contains("rights related") || words.contains("rights in relation") || heading {
        return none_even_so(words);
    }
    const NONE: &[&str] = &[
        "no automated", "not use automated", "not make any decision", "not make decisions", "not make any automated", "not carry out", "not carried out", "not undertake", "does not use", "do not use", "not involve", "no decisions", "not subject to automated", "not take", "none of",
        "not make automated", "is not used", "are not used", "not solely", "never", "no solely", "there is no", "no profiling", "not rely on automated", "not based solely", "not use any",
    ];
    if NONE.iter().any(|n| words.contains(n)) || words.contains(" not ") && words.contains("automated") && !words.contains("right") {
        return Some("none");
    }
    if words.contains("right") || words.contains("object") || words.contains("if we") || words.contains("would") || words.contains("where we") {
        return None;
    }
    const PRESENT: &[&str] = &["we use automated", "uses automated", "is made automatically", "are made automatically", "made by automated means", "made solely by automated", "we carry out automated", "we carry out profiling"];
    PRESENT.iter().any(|p| words.contains(p)).then_some("present")
}

/// A sentence about rights that says all the same that no such decisions are made.
fn none_even_so(words: &str) -> Option<&'static str> {
    const PLAIN: &[&str] = &["does not make any decisions", "do not make any decisions", "does not make decisions", "do not make decisions", "we do not use automated", "not make any automated", "does not use automated", "do not carry out automated", "no automated decision"];
    PLAIN.iter().any(|p| words.contains(p)).then_some("none")
}

/// "Automated decision making: None." – a label and its answer.
fn answers(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (_, part) in context.parts().filter(|(_, p)| p.aspect == Some(super::Aspect::Automated) && p.kind != PartKind::Heading) {
        let words = context.words(part).trim();
        let plain = words.trim_end_matches('.');
        if matches!(plain, "none" | "no" | "not applicable" | "n/a" | "not used") {
            claims.push(context.claim(ClaimKind::AutomatedDecision, "none", part.folded.clone()));
        } else if matches!(plain, "yes" | "present") {
            claims.push(context.claim(ClaimKind::AutomatedDecision, "present", part.folded.clone()));
        }
    }
}
