//! `right`: rights that the notice says people have, in a heading, list or sentence.

use super::Context;
use super::outline::{Aspect, Part, PartKind};
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};
use crate::text::{Cues, Places};
use std::ops::Range;
use std::sync::LazyLock;

/// Reads all rights: those the dictionary's wordings name, and those that a list or sentence about rights names in words
/// of its own.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    worded(context, claims);
    in_lists(context, claims);
}

/// Rights by the dictionary's wordings.
fn worded(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, part) in context.hits_of(Family::Rights) {
        let sentence = context.sentence_words(hit.start);
        let id = term.id.as_ref();
        if !offered(context, part, sentence, id, &context.folded()[hit.start..hit.end]) {
            continue;
        }
        let applies = !said_not_to_apply(sentence, id);
        let mut claim =
            context.claim(ClaimKind::Right, term.id.clone(), hit.start..hit.end).with("applies", Attr::Flag(applies));
        if id == "complain" {
            let to_ico = ["ico", "commission", "regulator", "supervisory"].iter().any(|w| sentence.contains(w))
                || part.aspect == Some(Aspect::Complaints) && context.words(part).contains("commission");
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
    if id == "complain"
        && !(part.aspect == Some(Aspect::Complaints)
            || [
                "commission", "ico", "regulator", "supervisory", "data protection", "dpo", "how we use", "how we have",
                "your information", "your data", "personal data",
            ]
            .iter()
            .any(|w| context.words(part).contains(w)))
    {
        // A complaint about care is no right under data protection law.
        return false;
    }
    if words.contains("right")
        || words.contains("subject access")
        || id == "complain" && (words.contains("complain") || words.contains("lodge"))
    {
        return part.kind != PartKind::Heading || words.len() + 24 >= context.words(part).len();
    }
    const OFFERS: &[&str] = &[
        "right", "entitled", "you can ", "you may ", "you are able", "you could", "can be withdrawn", "ask us",
        "you wish", "individuals can", "request", "if you want", "able to", "choose to", "patients can", "people can",
        "can exercise", "you want us", "at any time", "you have a choice", "we will correct", "can also",
        "will be able", "your choices can", "write to us", "contact us", "let us know", "tell us",
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
    [
        "does not apply", "do not apply", "not applicable", "will not apply", "not available", "no right to",
        "is not an absolute right to erasure", "doesn't apply", "does not have the right", "cannot be erased",
        "will also not apply", "are not able to exercise",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}

/// Stems that name a right where the words around speak of rights.
const STEMS: &[(&str, &[&str])] = &[
    ("informed", &["be informed", "be told", "right to information", "know how we", "know what we"]),
    ("access", &["copy", "access", "see the information", "see what", "see your", "view your", "see information"]),
    ("rectification", &["correct", "rectif", "put right", "amend", "inaccura", "mistake", "errors"]),
    ("erasure", &["eras", "delet", "forgotten", "removed"]),
    ("restriction", &["restrict", "limit ", "limited", "suppress", "block", "pause"]),
    (
        "portability",
        &[
            "portab", "elsewhere", "to another organisation", "machine-readable", "machine readable",
            "transferred to another", "move your", "move it", "take it with you", "another computer can read",
            "computer can read", "to someone else", "to somebody else",
        ],
    ),
    ("object", &["object"]),
    (
        "automated-decisions",
        &[
            "automated", "automatic means", "automatic decision", "human being", "a human", "by a computer",
            "computer alone", "computer decid", "machine alone", "by machines", "by a machine", "by computers",
            "human review", "profiling",
        ],
    ),
    (
        "withdraw-consent",
        &["withdraw", "take back", "take your consent back", "change your mind", "changed your mind", "say no later"],
    ),
    ("complain", &["complain"]),
];

/// Where the stems of each right stand in one text.
struct Stems(Vec<(&'static str, Places)>);

impl Stems {
    fn of(context: &Context<'_>) -> Stems {
        Stems(STEMS.iter().map(|(id, stems)| (*id, context.places_of(stems))).collect())
    }
}

/// Rights in lists under a heading or lead about rights, and in sentences that enumerate them.
fn in_lists(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let stems = Stems::of(context);
    let speaks = context.places_of(&["rights of", "rights to", "right of", "right to"]);
    for (index, part) in context.parts() {
        let led = part.kind == PartKind::Item && lead_is_about_rights(context, index);
        let under = part.aspect == Some(Aspect::Rights) || led || names_automated(context, index, part);
        let words = context.words(part);
        // A sub-heading under a heading about rights names one; the heading itself may too ("Right of access").
        let heading = part.kind == PartKind::Heading;
        if under && (part.kind == PartKind::Item || part.cell.is_some() || heading && words.len() <= 60) {
            let start = part.folded.start;
            if !named_in(context, &stems, start..start + reach(words, 70), claims) && words.len() <= 120 {
                named_in(context, &stems, part.folded.clone(), claims);
            }
        } else if heading {
            continue;
        } else if under || speaks.any(&part.folded) {
            sentences_with_rights(context, &stems, part, under, claims);
        }
    }
}

/// Whether a label about automated decisions stands among rights, and so names the right rather than the practice:
/// "Automated decisions" between "The right to object" and "The right to withdraw consent", or in a table under
/// "Your rights".
fn names_automated(context: &Context<'_>, index: usize, part: &Part) -> bool {
    let label = |p: &Part| p.kind == PartKind::Heading || p.cell.is_some_and(|c| c.column == 0);
    if part.aspect != Some(Aspect::Automated) || !label(part) {
        return false;
    }
    let parts = &context.outline.parts;
    let about_rights = |p: Option<&Part>| p.is_some_and(|p| p.aspect == Some(Aspect::Rights));
    about_rights(parts[..index].iter().rev().find(|p| label(p)))
        && (about_rights(parts[index + 1..].iter().find(|p| label(p))) || context.stands_under(part, "right"))
}

/// Length of the first `most` bytes of an item, ended at a dash or full stop: what follows explains.
fn reach(words: &str, most: usize) -> usize {
    let end = [" - ", ". ", " where ", " if ", " unless ", ": "]
        .iter()
        .filter_map(|stop| words.find(stop))
        .filter(|at| *at > 3)
        .min()
        .unwrap_or(words.len());
    words.floor_char_boundary(end.min(most))
}

/// Whether the words before a list say that it lists rights.
fn lead_is_about_rights(context: &Context<'_>, index: usize) -> bool {
    let lead = context.outline.parts[..index].iter().rev().take(14).find(|p| p.kind != PartKind::Item);
    lead.is_some_and(|l| {
        let words = context.words(l);
        let tail = &words[words.ceil_char_boundary(words.len().saturating_sub(120))..];
        ["right", "you can ask us", "you may ask us", "entitled to", "you can:", "you may:"]
            .iter()
            .any(|w| tail.contains(w))
            && !tail.contains("right to share")
            && !tail.contains("human rights")
    })
}

/// What says in running text that rights follow.
static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(&[
        "rights of ", "rights to ", "right of ", "right to ", "the right:", "you can ask", "you may ask",
        "you can also", "ask us to", "ask us:", "ask us for", "you may complain", "you may take back", "you may also",
        "entitled to", "you can request", "you may request",
    ])
});

/// Sentences that enumerate rights: "You have rights of access, rectification, erasure …", "you can ask us to …".
fn sentences_with_rights(context: &Context<'_>, stems: &Stems, part: &Part, under: bool, claims: &mut Vec<Claim>) {
    let mut at = part.folded.start;
    while at < part.folded.end {
        let sentence = context.sentence(at);
        let range = sentence.start.max(at)..sentence.end.max(at + 1).min(part.folded.end);
        let words = &context.folded()[range.clone()];
        let cue = CUES.first(words);
        // A lead without an end runs on into its own list where bullets were lost.
        let led = under
            && (part.folded.start == range.start && previous_leads(context, part)
                || words.trim_start().starts_with("to "));
        if let Some(from) = cue.or(led.then_some(0)).filter(|_| !words.contains("human rights act"))
            && (under || words.matches(',').count() >= 1 || words.contains("right of access"))
        {
            let end = range.start + words.floor_char_boundary(from + 420);
            named_in(context, stems, range.start + words.ceil_char_boundary(from)..end, claims);
        }
        at = context.folded().ceil_char_boundary(range.end.max(at + 1));
    }
}

/// Whether the part before ends as a lead does: "You can ask us:".
fn previous_leads(context: &Context<'_>, part: &Part) -> bool {
    let index = context.outline.part_index(part.folded.start);
    index
        .checked_sub(1)
        .and_then(|i| context.outline.parts.get(i))
        .is_some_and(|p| context.words(p).trim_end().ends_with(':'))
}

/// Claims every right whose stem stands in a range; whether there was any.
fn named_in(context: &Context<'_>, stems: &Stems, range: Range<usize>, claims: &mut Vec<Claim>) -> bool {
    let mut any = false;
    for (id, places) in &stems.0 {
        let Some((start, end)) = places.within(&range).next() else { continue };
        let place = start..start + context.folded()[start..end].trim_end().len();
        any = true;
        let sentence = context.sentence_words(place.start);
        let span = context.span(place.clone());
        if claims.iter().any(|c| c.kind == ClaimKind::Right && c.value == *id && c.evidence.overlaps(span)) {
            continue;
        }
        let applies = !said_not_to_apply(sentence, id);
        let mut claim = context
            .claim(ClaimKind::Right, *id, word_around(context.folded(), place))
            .with("applies", Attr::Flag(applies));
        if *id == "complain" {
            let to = if ["ico", "commission", "regulator"].iter().any(|w| sentence.contains(w)) {
                "ico"
            } else {
                "controller"
            };
            claim = claim.with("to", Attr::Text(to.to_owned()));
        }
        claims.push(claim);
    }
    any
}

/// A range widened to the end of its last word.
fn word_around(folded: &str, range: Range<usize>) -> Range<usize> {
    let tail = folded[range.end..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    range.start..range.end + tail
}
