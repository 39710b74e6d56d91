//! `processor`: organisations that work on data on the controller's behalf, in the notice's own words.
//!
//! A name counts under a heading or label for processors, and in a sentence that says so ("on our behalf", "is our data
//! processor"). A recipient in its own right does not, and neither does a body that the sentence keeps out.

use super::Context;
use super::names::organisation_at;
use super::outline::{Aspect, Part, PartKind};
use super::processor_names::{Name, known_names, plausible, unknown_names};
use super::processor_words::{definition, denied_near, employer, explicit_subject, keeps_out, passive_by, works};
use crate::dictionary::Family;
use crate::model::{Claim, ClaimKind};
use crate::text::Cues;
use std::ops::Range;
use std::sync::LazyLock;

/// Reads all processors.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let own: Vec<String> = claims.iter().filter(|c| c.kind == ClaimKind::Controller).map(|c| c.value.clone()).collect();
    let mut found = Vec::new();
    for (index, part) in context.parts() {
        if part.aspect == Some(Aspect::Processors)
            && (part.kind != PartKind::Heading || part.cell.is_some_and(|c| !c.header))
        {
            listed(context, part, &mut found);
        } else {
            said(context, index, part, &mut found);
        }
    }
    found.retain(|(name, _): &(Name, Option<String>)| !own.contains(&name.value));
    for (name, purpose) in found {
        let mut claim = context.claim(ClaimKind::Processor, name.value, name.folded);
        claim.purpose = claim.purpose.or(purpose);
        claims.push(claim.with_text("function", name.function.as_deref()).with_text("ods", name.ods.as_deref()));
    }
}

/// Names under a heading or label for processors.
fn listed(context: &Context<'_>, part: &Part, found: &mut Vec<(Name, Option<String>)>) {
    let words = context.words(part);
    if matches!(words.trim().trim_end_matches('.'), "none" | "no" | "n/a" | "not applicable") || keeps_out(words) {
        return;
    }
    let mut names = known_names(context, &part.folded, true);
    let short = words.split(' ').count() <= 30;
    if part.kind == PartKind::Item || part.cell.is_some() || short {
        let leading = unknown_names(context, part);
        names.extend(leading);
        names.sort_by_key(|n| n.folded.start);
        names.dedup_by(|b, a| b.folded.start < a.folded.end);
    }
    let purpose = purpose_in(context, part);
    for name in names {
        if !denied_near(context, &name.folded) {
            found.push((name, purpose.clone()));
        }
    }
}

/// Whether what follows a name says that it does something: "provides the system on our behalf".
fn acts(after: &str) -> bool {
    let word = after.trim_start().trim_start_matches([',', ' ']).split(' ').next().unwrap_or("");
    matches!(
        word,
        "provides"
            | "provide"
            | "holds"
            | "hold"
            | "runs"
            | "run"
            | "processes"
            | "process"
            | "manages"
            | "manage"
            | "hosts"
            | "host"
            | "stores"
            | "store"
            | "supplies"
            | "carries"
            | "carry"
            | "collects"
            | "handles"
            | "is"
            | "are"
            | "acts"
            | "which"
            | "who"
            | "works"
            | "delivers"
            | "administers"
            | "maintains"
            | "analyses"
            | "sends"
            | "checks"
            | "undertakes"
            | "operates"
    )
}

/// The purpose that an item names for its processor: "X Ltd – provides risk stratification".
fn purpose_in(context: &Context<'_>, part: &Part) -> Option<String> {
    if part.folded.len() < 260 { named_purpose(context, &part.folded) } else { None }
}

/// The first purpose named in a range outside the names of bodies and suppliers ("Prescribing Services Ltd").
fn named_purpose(context: &Context<'_>, range: &Range<usize>) -> Option<String> {
    let named = |hit: &crate::dictionary::Hit| {
        [Family::Processors, Family::Bodies]
            .iter()
            .any(|f| context.hits_within(*f, range).any(|(n, _)| n.start <= hit.start && hit.end <= n.end))
    };
    let mut hits = context.hits_within(Family::Purposes, range).filter(|(h, t)| {
        !matches!(t.id.as_ref(), "commissioning" | "data-sharing-ics" | "website" | "staff") && !named(h)
    });
    hits.next().map(|(_, t)| t.id.to_string())
}

/// Words that say that somebody processes for the controller.
const STRONG_CUES: &[&str] = &[
    "on our behalf", "on its behalf", "on behalf of", "on their behalf", "data processor", "data processors",
    "as a processor", "as processor", "our processor", "is a processor", "processor for", "processors:", "processor:",
    "processor is", "processors are", "under contract", "contract with", "contracts with", "contracted",
    "commissioned to", "whom we have commissioned", "to act as", "uses the services of", "use the services of",
    "using the services of", "we have engaged", "have appointed", "for us by", "controlled environment for finance at",
];

/// Words that make a processor of a support unit or supplier only.
const WEAK_CUES: &[&str] = &[
    "hosted by", "hosted on our behalf", "conducted by", "carried out by", "provided to us by", "supplied by",
    "is processed by", "are processed by", "processed for us by", "process data for us", "provides this service for",
    "who provide", "which provides", "we use", "uses", "helps us",
];

static STRONG: LazyLock<Cues> = LazyLock::new(|| Cues::new(STRONG_CUES));
static WEAK: LazyLock<Cues> = LazyLock::new(|| Cues::new(WEAK_CUES));

/// Names in sentences that say so.
fn said(context: &Context<'_>, index: usize, part: &Part, found: &mut Vec<(Name, Option<String>)>) {
    if part.kind == PartKind::Heading {
        return;
    }
    let words = context.words(part);
    let recipients = part.aspect == Some(Aspect::Recipients);
    let lead = lead_says_processors(context, index, part);
    if !lead
        && !recipients
        && !STRONG.any(words)
        && !WEAK.any(words)
        && context.hits_within(Family::Processors, &part.folded).next().is_none()
    {
        return;
    }
    let mut at = part.folded.start;
    while at < part.folded.end {
        let sentence = context.sentence(at);
        let sentence = sentence.start.max(at)..sentence.end.max(at + 1).min(part.folded.end);
        if sentence.is_empty() {
            break;
        }
        sentence_names(context, part, &sentence, lead, found);
        at = context.folded().ceil_char_boundary(sentence.end.max(at + 1));
    }
}

/// "We use the following processors:" before a list.
fn lead_says_processors(context: &Context<'_>, index: usize, part: &Part) -> bool {
    if part.kind != PartKind::Item {
        return false;
    }
    let lead = context.outline.parts[..index].iter().rev().take(12).find(|p| p.kind != PartKind::Item);
    lead.is_some_and(|l| {
        let words = context.words(l);
        let tail = &words[words.ceil_char_boundary(words.len().saturating_sub(200))..];
        tail.trim_end().ends_with(':')
            && [
                "data processor", "processors", "on our behalf", "on behalf of", "work for us", "under contract",
                "contracts with", "data for us", "information for us", "acting for us", "on our instructions",
                "our suppliers", "our contractors",
            ]
            .iter()
            .any(|c| tail.contains(c))
            && !keeps_out(tail)
    })
}

fn sentence_names(
    context: &Context<'_>,
    part: &Part,
    sentence: &Range<usize>,
    lead: bool,
    found: &mut Vec<(Name, Option<String>)>,
) {
    let words = &context.folded()[sentence.clone()];
    if keeps_out(words) || definition(words) {
        return;
    }
    let strong = STRONG.any(words);
    let weak = WEAK.any(words);
    let names = known_names(context, sentence, false);
    let explicit = [
        "data processor", "as processor", "as a processor", "our processor", "is a processor", "processor for",
        "processor is", "processor:", "processors:", "processors are",
    ]
    .iter()
    .any(|c| words.contains(c));
    for name in names {
        let by = passive_by(context.folded(), &name.folded);
        let at_work = works(words)
            && (weak || part.purpose.is_some())
            && !employer(context.folded(), &name.folded)
            && !matches!(part.aspect, Some(Aspect::Roles | Aspect::Contact | Aspect::Recipients | Aspect::Sources));
        let accepted = lead
            || (name.trade && (strong && !employer(context.folded(), &name.folded) || at_work))
            || name.trade && explicit
            || !name.trade && (strong && by || explicit_subject(context, sentence, &name.folded));
        if accepted && !denied_near(context, &name.folded) && !historic(context, &name.folded) {
            let purpose = part.purpose.is_none().then(|| named_purpose(context, sentence)).flatten();
            found.push((name, purpose));
        }
    }
    if explicit || lead {
        bodies_as_processors(context, sentence, found);
    }
    unknown_in_sentence(context, sentence, lead, found);
}

/// "NHS England acts as our data processor": a body that would else be a recipient.
fn bodies_as_processors(context: &Context<'_>, sentence: &Range<usize>, found: &mut Vec<(Name, Option<String>)>) {
    for (hit, term) in context.hits_within(Family::Bodies, sentence) {
        let after = &context.folded()
            [hit.end..context.folded().floor_char_boundary(hit.end + 60).min(sentence.end.max(hit.end))];
        let says = [
            "is our data processor", "acts as our data processor", "is a data processor for",
            "acts as a data processor", "as our data processor", "is the data processor", "are our data processor",
            "act as our data processor", "as our processor", "is our processor",
        ]
        .iter()
        .any(|c| after.contains(c));
        if says && term.id != "ico" && !denied_near(context, &(hit.start..hit.end)) {
            found.push((
                Name {
                    folded: hit.start..hit.end,
                    value: term.name().to_owned(),
                    function: None,
                    ods: None,
                    trade: false,
                },
                None,
            ));
        }
    }
}

/// Whether the sentence speaks of the past.
fn historic(context: &Context<'_>, name: &Range<usize>) -> bool {
    super::status(context, name) == super::Status::Historical
}

/// Words directly behind which the name of a processor stands.
static TIGHT: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(&[
        "contract with ", "icb uses ", "ccg uses ", "we use ", "uses a company called ", "supplier is ",
        "provided by ", "supplied to us by ", "services of ", "we have engaged ", "have appointed ",
        "contracted with ", "hosted by ", "conducted by ", "is processed by ", "are processed by ",
        "processed for us by ", "supplied by ", "data processor is ", "data processors are ", "processor is ",
        "processors are ", "data processor, ", "data processor: ", "processors: ", "processor: ", "processor - ",
        "on our behalf by ", "on its behalf by ", "on behalf of the ccg by ", "on behalf of the icb by ",
        "managed for us by ", "provided for us by ", "carried out for us by ", "stored for us by ", "contracted to ",
        "commissioned ",
    ])
});
/// What a sentence says that opens with the name of a processor.
static OPENS: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(&[
        "on our behalf", "is our data processor", "are our data processor", "is our processor",
        "acts as our data processor", "as our data processor", "acts as a data processor", "as a data processor for",
        "processes this information for us", "as our processor",
    ])
});
/// What a paragraph says whose names are all processors.
static UNDER_CONTRACT: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(&[
        "on our instructions", "under a contract with us", "like every processor", "like all our processors",
        "under contract to us",
    ])
});

/// A name that no dictionary lists, directly behind a cue: "contract with C&V Data Management Services".
fn unknown_in_sentence(
    context: &Context<'_>,
    sentence: &Range<usize>,
    lead: bool,
    found: &mut Vec<(Name, Option<String>)>,
) {
    let words = &context.folded()[sentence.clone()];
    let mut starts: Vec<usize> = TIGHT.places(words).into_iter().map(|(_, end)| sentence.start + end).collect();
    // "X Ltd processes this on our behalf", "X is our data processor": a name that opens the sentence.
    let opens = OPENS.any(words);
    let paragraph = context.outline.part_at(sentence.start).map_or("", |p| context.words(p));
    let under_contract = UNDER_CONTRACT.any(paragraph);
    if opens || lead || under_contract {
        starts.push(sentence.start);
    }
    for start in starts {
        let start = start
            + ["the ", "a company called ", "our supplier ", "our contractor ", "our provider ", "a firm called "]
                .iter()
                .find(|s| context.folded()[start..].starts_with(**s))
                .map_or(0, |s| s.len());
        let body_at = context.fold.body_at(start) as usize;
        let body_at = body_at + context.text.body[body_at..].bytes().take_while(|b| *b == b' ').count();
        let Some((stop, says)) = organisation_at(&context.text.body, body_at) else { continue };
        let folded = context.fold.folded_at(body_at as u32)..context.fold.folded_at(stop as u32).min(sentence.end);
        let value = context.text.body[body_at..stop].trim_end_matches(['.', ',']);
        let known =
            found.iter().rev().take(200).any(|(n, _)| n.folded.start < folded.end && folded.start < n.folded.end)
                || context.hits_over(&folded).any(|(_, t)| matches!(t.family, Family::Processors | Family::Bodies))
                || context.mentions_over(&folded).next().is_some();
        let opener = start == sentence.start;
        let named = says || value.split(' ').count() >= 2 || value.chars().filter(|c| c.is_uppercase()).count() >= 2;
        let fits = if opener && !lead {
            named && (says || acts(&context.folded()[folded.end..sentence.end.max(folded.end)]))
        } else {
            says || lead && value.split(' ').count() <= 5
        };
        if !known && fits && plausible(value, says) && !denied_near(context, &folded) {
            let purpose = named_purpose(context, sentence);
            found.push((Name { folded, value: value.to_owned(), function: None, ods: None, trade: false }, purpose));
        }
    }
}
