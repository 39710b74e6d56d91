//! How something is mentioned: as what is, what was, what will be, or what is not.

use super::Context;
use crate::text::Cues;
use std::ops::Range;
use std::sync::LazyLock;

/// How a law or body is mentioned at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// As it stands.
    Current,
    /// As replaced, repealed, renamed, amending or past.
    Historical,
    /// As coming.
    Future,
}

/// Cues that make what stands behind them history, unless "by" parts them.
const BEFORE: &[&str] = &[
    "replaced", "replaces", "replace", "replacing", "repealed", "repeals", "repealing", "repeal of", "superseded",
    "supersedes", "superseding", "formerly", "formally known as", "former", "previously", "previous", "old",
    "builds on", "built on", "predecessor", "predecessors", "successor to", "successor organisation to",
    "took over from", "took over the work of", "took over", "taken over", "work of", "responsibilities from",
    "functions from", "duties from", "functions of", "taken over from", "instead of", "in place of", "prior to",
    "pre-", "originally", "amended by", "inherited from", "transferred from", "responsibility of",
    "held by the former", "known as", "used to be", "ex-", "legacy", "closure of", "abolition of", "references to",
    "contract from", "took on", "dissolution of", "update to", "updates",
];

/// Cues that make what stands before them history.
const AFTER: &[&str] = &[
    "was repealed", "has been repealed", "is repealed", "being repealed", "were repealed", "(repealed", "now repealed",
    "repealed", "was replaced", "has been replaced", "have been replaced", "is replaced", "were replaced",
    "been superseded", "replaced by", "superseded by", "was superseded", "had become", "no longer", "is now",
    "are now", "now called", "now known", "now part", "now merged", "now nhs", "(now", "- now", ", now", "merged",
    "was abolished", "were abolished", "been abolished", "ceased", "was dissolved", "were dissolved", "been dissolved",
    "became", "has become", "until 20", "has since", "which closed", "closed in", "closed on", "was disbanded",
    "transferred to", "in force until", "that applied", "as it then was", "which has been", "did before", "did until",
    "until its", "until it ", "was the ", "were the ", "used to do", "went in", "went out", "have gone", "ended on",
    "ended in", "closed down",
];

/// How the mention at `range` of the folded text is meant, by the words around it in its sentence.
pub fn status(context: &Context<'_>, range: &Range<usize>) -> Status {
    let sentence = context.sentence(range.start);
    let folded = context.folded();
    let before = &folded[clip_start(folded, sentence.start.min(range.start), range.start, 60)..range.start];
    let after_end = clip_end(folded, range.end, sentence.end.max(range.end), 70);
    let after = &folded[range.end..after_end];
    // Another law or body between the cue and the mention takes the cue for itself.
    let before = cut_before(before);
    if let Some(cue) = last_whole(before) {
        let between = before[cue..].trim_start();
        let passive = between.starts_with("by ") || between.starts_with("with ");
        if !passive && between.split(' ').filter(|w| !w.is_empty()).count() <= 5 {
            return Status::Historical;
        }
    }
    let after = cut_after(after);
    // "… are now and then passed on" is no change.
    let after = &after[..after.find("now and then").unwrap_or(after.len())];
    if AFTER_CUES.first(after).is_some_and(|at| at <= 45) {
        return Status::Historical;
    }
    if FUTURE_AFTER.first(after).is_some_and(|at| at <= 30) || FUTURE_BEFORE.any(before) {
        return Status::Future;
    }
    Status::Current
}

fn clip_start(text: &str, floor: usize, at: usize, reach: usize) -> usize {
    text.ceil_char_boundary(at.saturating_sub(reach).max(floor)).min(at)
}

fn clip_end(text: &str, at: usize, ceiling: usize, reach: usize) -> usize {
    text.floor_char_boundary((at + reach).min(ceiling)).max(at)
}

fn cut_before(before: &str) -> &str {
    static STOPS: LazyLock<Cues> =
        LazyLock::new(|| Cues::new(&[" act ", " act,", " act)", "gdpr", " regulation ", "; "]));
    &before[STOPS.places(before).last().map_or(0, |(_, end)| *end)..]
}

fn cut_after(after: &str) -> &str {
    static STOPS: LazyLock<Cues> = LazyLock::new(|| Cues::new(&[" act ", "gdpr", "; ", " and the ", ", the "]));
    &after[..STOPS.first(after).unwrap_or(after.len())]
}

static FUTURE_BEFORE: LazyLock<Cues> = LazyLock::new(|| Cues::new(&["forthcoming", "upcoming"]));
static FUTURE_AFTER: LazyLock<Cues> =
    LazyLock::new(|| Cues::new(&["will come into", "comes into force", "will replace", "bill", "when enacted"]));

static BEFORE_CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(BEFORE));
static AFTER_CUES: LazyLock<Cues> = LazyLock::new(|| Cues::new(AFTER));

/// The byte behind the last cue of [`BEFORE`] that stands in `words` at word boundaries.
fn last_whole(words: &str) -> Option<usize> {
    let bytes = words.as_bytes();
    let whole = |start: usize, end: usize| {
        (start == 0 || !bytes[start - 1].is_ascii_alphanumeric())
            && (words[..end].ends_with('-') || bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric()))
    };
    BEFORE_CUES.places(words).into_iter().filter(|(start, end)| whole(*start, *end)).map(|(_, end)| end).max()
}

static DENIALS: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(&[
        " not rely", "not relying", "not use", "not using", "not be relying", "cannot rely", "cannot use", "n't rely",
        "rather than", "instead of", "not necessary to rely", "no longer rely", "is not", "are not", "does not apply",
        "not under", "not based on", "not require", " not on ", "without relying", "without your", "without the",
        "without needing", "never", "not apply", "not seek", "not need", "on neither",
    ])
});

/// Whether the words just before `at`, within its sentence, deny what follows: "do not rely on", "rather than".
pub(super) fn denied(context: &Context<'_>, at: usize) -> bool {
    let sentence = context.sentence(at);
    let folded = context.folded();
    let before = &folded[clip_start(folded, sentence.start.min(at), at, 70)..at];
    DENIALS.places(before).into_iter().any(|(found, _)| {
        let rest = &before[found..];
        !rest.contains([';', ':']) && !rest.contains(" but ") && !rest.contains(" because ") && !rest.contains(". ")
    })
}
