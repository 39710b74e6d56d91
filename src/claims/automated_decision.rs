//! `automated-decision`: whether decisions are made by automated means alone.

use super::Context;
use super::outline::PartKind;
use crate::model::{Claim, ClaimKind};

/// Words that speak of automation.
const ANCHORS: &[&str] = &[
    "automated", "automatic", "automatically", "automation", "profiling", "computer", "computers", "algorithm",
    "algorithms", "human involvement", "human intervention", "human being", "machine", "machines", "robot", "robots",
    "software alone", "tool alone", "system alone", "score alone", "program alone", "article 22", "articles 22a",
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
            if context.outline.part_at(at).is_some_and(|p| p.kind == PartKind::Heading) {
                continue;
            }
            if let Some(value) = value(&context.folded()[sentence.clone()]) {
                claims.push(context.claim(ClaimKind::AutomatedDecision, value, sentence));
                continue;
            }
            // The answer may be the next sentence: "… decided by a computer. We make no such decisions."
            let next = context.sentence((sentence.end + 1).min(context.folded().len()));
            if next.start >= sentence.end && denies_such(&context.folded()[next.clone()]) {
                claims.push(context.claim(ClaimKind::AutomatedDecision, "none", next));
            }
        }
    }
    answers(context, claims);
}

/// Words that deny.
const DENIALS: &[&str] =
    &[" no ", " not ", " never ", " none ", " nor ", " neither ", "n't ", " nothing ", " nobody ", " without any "];

/// Words in which a notice grants a right: "the right not to be subject to automated decisions" denies nothing.
const RIGHTS: &[&str] = &[
    "right not to", "right to ", "rights ", "not to be subject", "object to", "can ask", "may ask", "ask for",
    "if we ", "where we ", "would ", "should we ",
];

/// The sentence with spaces for its stops, so that words can be looked for with their boundaries.
fn spaced(words: &str) -> String {
    let stop = |c: char| if matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '!') { ' ' } else { c };
    format!(" {} ", words.chars().map(stop).collect::<String>())
}

/// What a sentence that speaks of automation says: decisions are made so, are not, or neither.
fn value(words: &str) -> Option<&'static str> {
    let padded = spaced(words);
    let said = |cues: &[&str]| cues.iter().any(|c| padded.contains(c));
    if !said(&["decision", "decid", "profil", "judge", "judging"]) {
        return None;
    }
    let denies = said(DENIALS);
    let plain = said(&[
        "does not make", "do not make", "not use automated", "does not use", "do not use", "no automated",
        "no decisions", "no decision ", "not carry out", "not carried out", "not undertake", "make no decision",
        "makes no decision", "make no automated", "not make any", "are not made", "is not made", "not involve",
        "not take decisions", "not take any", "none of our", "is taken by a computer", "not rely on automated",
        "not subject to automated", "never make", "not solely", "no solely", "nothing is decided", "never decide",
        "not decide", "takes no decision", "take no decision", "no computer", "no machine", "no robot",
    ]);
    if denies && (!said(RIGHTS) || plain && asserted(words)) {
        return Some("none");
    }
    let present = said(&[
        "we use automated", "uses automated", "made automatically", "made by automated means",
        "made solely by automated", "we carry out automated", "we carry out profiling", "decided by a computer",
        "automated decisions are made", "decides automatically", "uses profiling", "we use profiling",
    ]);
    (present && !denies && !said(RIGHTS)).then_some("present")
}

/// Whether a denial beside words about a right is not that right itself: "a right to ask that no decision is made by a
/// computer" grants, "you may object, but no decision is made by a computer" denies.
fn asserted(words: &str) -> bool {
    let Some(right) = ["right to ask that", "right that", "right to insist that", "right to require that"]
        .iter()
        .find_map(|w| words.find(w))
    else {
        return true;
    };
    ["; ", " but ", " although ", " however"].iter().any(|w| words[right..].contains(w))
}

/// Whether a sentence behind one about automated decisions says that there are none: "We take no such decisions", "We do
/// not decide in that way", "There are none".
fn denies_such(words: &str) -> bool {
    let padded = spaced(words);
    let said = |cues: &[&str]| cues.iter().any(|c| padded.contains(c));
    let such = said(&["decision", "decid", "profil"])
        && said(&[
            " such ", "that way", "this way", "that kind", "this kind", "of that sort", "of this sort", "like this",
            "like that", "those means", "of this nature", "decisions so ", "make no decision", "take no decision",
        ]);
    let short = words.split(' ').count() <= 14;
    let so = said(&[
        " none ", "do not do this", "do not do so", "do not do that", "does not do this", "does not do so",
        "does not do that", "don't do this", "don't do that", "never do this", "never do so", "never do that",
    ]);
    said(DENIALS) && !said(RIGHTS) && (such || short && so)
}

/// "Automated decision making: None.", "Do robots decide about me? No." – a label or question and its answer.
fn answers(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (_, part) in
        context.parts().filter(|(_, p)| p.aspect == Some(super::Aspect::Automated) && p.kind != PartKind::Heading)
    {
        let first = context.sentence(part.folded.start);
        let first = first.start..first.end.min(part.folded.end);
        let words = context.folded()[first.clone()].trim();
        let plain = words.trim_end_matches(['.', '!']);
        let padded = spaced(plain);
        let short = plain.split(' ').count() <= 14;
        let opens = ["none", "no ", "no, ", "not ", "never", "there are none"].iter().any(|w| plain.starts_with(w));
        let by_people = ["person", "people", "human", "clinician", "professional", "member of staff", "panel"]
            .iter()
            .any(|w| plain.contains(w))
            && ["always", "every", "all "].iter().any(|w| plain.contains(w))
            && ["decid", "decision"].iter().any(|w| plain.contains(w));
        let denies = DENIALS.iter().any(|d| padded.contains(d)) && !RIGHTS.iter().any(|r| padded.contains(r));
        if matches!(plain, "none" | "no" | "not applicable" | "n/a" | "not used")
            || short && (opens || denies)
            || by_people
        {
            claims.push(context.claim(ClaimKind::AutomatedDecision, "none", first));
        // In a table of rights "Automated decisions: yes" says that there is a right.
        } else if matches!(plain, "yes" | "present") && !context.stands_under(part, "right") {
            claims.push(context.claim(ClaimKind::AutomatedDecision, "present", first));
        }
    }
}
