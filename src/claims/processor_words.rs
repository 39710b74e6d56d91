//! The words around a name that tell a processor from an employer, a recipient or a body that is kept out.
//!
//! In comes a folded passage or a name in it; out comes whether it says so.

use super::Context;
use crate::text::{Cues, Places};
use std::ops::Range;
use std::sync::LazyLock;

/// Where the words that tell processors stand in one text.
pub(super) struct ProcessorCues {
    pub(super) strong: Places,
    pub(super) weak: Places,
    pub(super) for_us: Places,
    pub(super) explicit: Places,
    pub(super) leads: Places,
    pub(super) before_name: Places,
    pub(super) called: Places,
    pub(super) done_by: Places,
    pub(super) after_opening: Places,
    pub(super) under_contract: Places,
    pub(super) keeps_out: Places,
    pub(super) excepts: Places,
    pub(super) defines: Places,
}

impl ProcessorCues {
    pub(super) fn of(context: &Context<'_>) -> ProcessorCues {
        ProcessorCues {
            strong: context.places_of(STRONG),
            weak: context.places_of(WEAK),
            for_us: context.places_of(FOR_US),
            explicit: context.places_of(EXPLICIT),
            leads: context.places_of(LEADS),
            before_name: context.places_of(TIGHT),
            called: context.places_of(CALLED),
            done_by: context.places_of(DONE_BY),
            after_opening: context.places_of(OPENS),
            under_contract: context.places_of(UNDER_CONTRACT),
            keeps_out: context.places_of(KEEPS_OUT),
            excepts: context.places_of(EXCEPTS),
            defines: context.places_of(DEFINES),
        }
    }
}

/// Words that say that somebody processes for the controller.
const STRONG: &[&str] = &[
    "on our behalf", "on its behalf", "on behalf of", "on their behalf", "data processor", "data processors",
    "as a processor", "as processor", "our processor", "is a processor", "processor for", "processors:", "processor:",
    "processor is", "processors are", "under contract", "contract with", "contracts with", "contracted",
    "commissioned to", "whom we have commissioned", "to act as", "uses the services of", "use the services of",
    "using the services of", "we have engaged", "have appointed", "for us by", "controlled environment for finance at",
];

/// Words that make a processor of a support unit or supplier only.
const WEAK: &[&str] = &[
    "hosted by", "hosted on our behalf", "conducted by", "carried out by", "provided to us by", "supplied by",
    "is processed by", "are processed by", "processed for us by", "process data for us", "provides this service for",
    "who provide", "which provides", "we use", "uses", "helps us",
];

/// Words that say that a support unit or supplier does our work, wherever its name stands in the sentence.
const FOR_US: &[&str] = &[
    "for us", "agreement with us", "contract with us", "contract to us", "on our instructions",
    "under our instructions", "runs our", "run our", "hosts our", "keeps our", "keep our", "stores our", "store our",
    "holds our", "sends our", "send our", "does our", "do our", "manages our", "prints our", "pays our", "handles our",
    "looks after our", "look after our", "provides our", "supplies our", "supports our", "collects our",
    "maintains our", "operates our", "delivers our",
];

/// Words that bring in the name of a firm that nobody need know.
const CALLED: &[&str] = &[
    "company called ", "firm called ", "supplier called ", "contractor called ", "business called ",
    "provider called ", "company named ", "firm named ", "service called ", "agency called ",
];

/// Words before which those that the passage names are left behind: "apart from our processors we share it with:".
const EXCEPTS: &[&str] = &[
    "apart from", "other than", "besides", "beyond", "in addition to", "as well as", "except", "aside from",
    "leaving aside",
];

/// Words that name the role itself.
const EXPLICIT: &[&str] = &[
    "data processor", "as processor", "as a processor", "our processor", "is a processor", "processor for",
    "processor is", "processor:", "processors:", "processors are",
];

/// Words that end in a list of processors.
const LEADS: &[&str] = &[
    "data processor", "processors", "on our behalf", "on behalf of", "work for us", "under contract", "contracts with",
    "data for us", "information for us", "acting for us", "on our instructions", "our suppliers", "our contractors",
];

/// Words directly behind which the name of a processor stands.
const TIGHT: &[&str] = &[
    "contract with ", "icb uses ", "ccg uses ", "we use ", "uses a company called ", "supplier is ", "provided by ",
    "supplied to us by ", "services of ", "we have engaged ", "have appointed ", "contracted with ", "hosted by ",
    "conducted by ", "is processed by ", "are processed by ", "processed for us by ", "supplied by ",
    "data processor is ", "data processors are ", "processor is ", "processors are ", "data processor, ",
    "data processor: ", "processors: ", "processor: ", "processor - ", "on our behalf by ", "on its behalf by ",
    "on behalf of the ccg by ", "on behalf of the icb by ", "managed for us by ", "provided for us by ", "for us by ",
    "carried out for us by ", "stored for us by ", "contracted to ", "commissioned ",
];
/// Words before the name of one who does a service, where the sentence or paragraph says that it is done for us.
const DONE_BY: &[&str] = &[
    "for us by ", "run by ", "looked after by ", "collected by ", "managed by ", "handled by ", "sent by ", "done by ",
    "kept by ", "stored by ", "printed by ", "held by ", "carried out by ", "provided by ", "maintained by ",
    "supported by ",
];
/// What a sentence says that opens with the name of a processor.
const OPENS: &[&str] = &[
    "on our behalf", "is our data processor", "are our data processor", "is our processor",
    "acts as our data processor", "as our data processor", "acts as a data processor", "as a data processor for",
    "processes this information for us", "as our processor",
];
/// What a paragraph says whose names are all processors.
const UNDER_CONTRACT: &[&str] = &[
    "on our instructions", "under a contract with us", "like every processor", "only as we tell", "only what we tell",
    "do as we say", "on our orders", "only when we let", "like all our processors", "under contract to us",
];

/// Whether the sentence says that work is done: a support unit "provides", "manages", "processes".
pub(super) fn works(words: &str) -> bool {
    static WORK: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            "process", "provid", "manag", "host", "suppl", "support", "carr", "handl", "administ", "stor", "analy",
            "collect", "run", "deliver", "operat", "conduct", "check", "find", "join", "link", "destr", "shred",
            "receiv", "validat", "undertak", "does ", "do the", "pays", "sends", "keeps", "holds", "writes", "prints",
        ])
    });
    WORK.any(words)
}

/// Whether a name is that of a person's employer: "She works for X", "of X CSU".
pub(super) fn employer(folded: &str, name: &Range<usize>) -> bool {
    let before = folded[..name.start].trim_end().trim_end_matches(" the").trim_end();
    [
        "works for", "employed by", "works at", "based at", "governance,", "governance at", "officer at",
        "employee of", "c/o",
    ]
    .iter()
    .any(|w| before.ends_with(w))
}

/// Words directly before the name of a support unit or supplier that say that work or data was given to it by us.
pub(super) fn given_to(folded: &str, name: &Range<usize>) -> bool {
    let before = folded[..name.start].trim_end().trim_end_matches(" the").trim_end();
    [
        "outsourced to", "contracted out to", "contract out to", "we employ", "have asked", "we ask", "we pay",
        "been given to", "we engage", "have engaged", "we retain", "have hired", "built with", "made with",
        "a system of", "a system from", "a tool of", "a tool from", "software from", "software of", "system supplier:",
        "system supplier", "our supplier", "payroll to", "storage to",
    ]
    .iter()
    .any(|w| before.ends_with(w))
}

/// "managed … by X", "contract with X", "services of X", "provided by X" directly before a name.
pub(super) fn passive_by(folded: &str, name: &Range<usize>) -> bool {
    let before = folded[..name.start].trim_end().trim_end_matches(" the").trim_end();
    [
        "by", "with", "services of", "through", "engaged", "appointed", "from", "via", "using", "processors:",
        "processor:", "processor", "to",
    ]
    .iter()
    .any(|w| before.ends_with(w))
        && !before.ends_with("shared with")
        && !before.ends_with("linked with")
}

/// "X is our data processor", "X acts as processor", "X, which processes … on our behalf".
pub(super) fn explicit_subject(context: &Context<'_>, sentence: &Range<usize>, name: &Range<usize>) -> bool {
    static SAYS: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            "is our data processor", "are our data processor", "acts as", "act as a data processor",
            "as a data processor", "on our behalf", "is a data processor", "on behalf of the ccg",
            "on behalf of the icb", "is our processor",
        ])
    });
    let after = &context.folded()[name.end..sentence.end.max(name.end)];
    SAYS.any(&after[..after.floor_char_boundary(90)])
}

/// What a passage says that keeps somebody out rather than in, or speaks of processors as such.
const KEEPS_OUT: &[&str] = &[
    "do not use any", "does not use any", "no data processor", "would be considered a breach", "do not have access",
    "does not have access", "not share", "no processors", "not use a data processor", "is not a data processor",
    "not a processor", "we are a 'data processor'", "we are a data processor", "not act as", "no longer",
    "not use data processors", "none of our", "neither of", "no contract with", "have no contract",
    "not a contract with",
];

/// What a passage says that tells what a processor is.
const DEFINES: &[&str] = &[
    "a data processor is", "data processor means", "'data processor' means", "known as data processors",
    "processor is a person", "data processors are third parties", "processors are organisations",
];

/// Whether what follows a name says that it does not do it, or no longer.
pub(super) fn denied_near(context: &Context<'_>, name: &Range<usize>) -> bool {
    static DENIES: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            " do not ", " does not ", " no longer", " is not ", " are not ", " cannot ", " will not ", " not process",
            " ceased",
        ])
    });
    let sentence = context.sentence(name.start);
    let start = name.end.min(sentence.end);
    // A name may end in a space of its own, or the words begin behind it.
    let lead = usize::from(start > 0 && context.folded().as_bytes()[start - 1] == b' ');
    let after = &context.folded()[start - lead..sentence.end];
    let near = &after[..after.floor_char_boundary(60 + lead)];
    DENIES.any(near) && !near.contains("identify") && !near.contains("does not directly")
}
