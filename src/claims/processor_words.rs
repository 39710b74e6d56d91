//! The words around a name that tell a processor from an employer, a recipient or a body that is kept out.
//!
//! In comes a folded passage or a name in it; out comes whether it says so.

use super::Context;
use crate::text::Cues;
use std::ops::Range;
use std::sync::LazyLock;

/// Whether the sentence says that work is done: a support unit "provides", "manages", "processes".
pub(super) fn works(words: &str) -> bool {
    static WORK: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            "process", "provid", "manag", "host", "suppl", "support", "carr", "handl", "administ", "stor", "analy",
            "collect", "run", "deliver", "operat", "conduct", "check", "find", "join", "link", "destr", "shred",
            "receiv", "validat", "undertak",
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
    let after = &context.folded()[name.end..sentence.end.max(name.end)];
    let near = &after[..after.floor_char_boundary(90)];
    [
        "is our data processor", "are our data processor", "acts as", "act as a data processor", "as a data processor",
        "on our behalf", "is a data processor", "on behalf of the ccg", "on behalf of the icb", "is our processor",
    ]
    .iter()
    .any(|c| near.contains(c))
}

/// Whether the passage keeps somebody out rather than in, or speaks of processors as such.
pub(super) fn keeps_out(words: &str) -> bool {
    static OUT: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            "do not use any", "does not use any", "no data processor", "would be considered a breach",
            "do not have access", "does not have access", "not share", "no processors", "not use a data processor",
            "is not a data processor", "not a processor", "we are a 'data processor'", "we are a data processor",
            "not act as", "no longer", "not use data processors", "none of our",
        ])
    });
    OUT.any(words)
}

/// Whether the passage says what a processor is.
pub(super) fn definition(words: &str) -> bool {
    [
        "a data processor is", "data processor means", "'data processor' means", "known as data processors",
        "processor is a person", "data processors are third parties", "processors are organisations",
    ]
    .iter()
    .any(|w| words.contains(w))
}

/// Whether what follows a name says that it does not do it, or no longer.
pub(super) fn denied_near(context: &Context<'_>, name: &Range<usize>) -> bool {
    let sentence = context.sentence(name.start);
    let after = &context.folded()[name.end.min(sentence.end)..sentence.end];
    let near = &after[..after.floor_char_boundary(60)];
    [
        " do not ", " does not ", " no longer", " is not ", " are not ", " cannot ", " will not ", " not process",
        " ceased",
    ]
    .iter()
    .any(|w| format!(" {near}").contains(w) && !near.contains("identify") && !near.contains("does not directly"))
}
