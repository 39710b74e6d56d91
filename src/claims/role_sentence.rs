//! Who holds a role, where another sentence than the one that names the role says so.
//!
//! In comes the place where a role is named; out comes the person of a sentence close behind: "Her name is X", "Ours is
//! X", "The post is held by X", "X does this job". It never looks past the next place where a role is named.

use super::role::Place;
use super::role_holder::{Person, person};
use super::{Context, PartKind};
use std::ops::Range;

/// How far behind a role its holder may be named, in bytes, and in how many sentences.
const REACH: usize = 340;
const SENTENCES: usize = 4;

/// The person whom one of the sentences behind the role names as its holder.
pub(super) fn said_next(context: &Context<'_>, places: &[Place], at: usize) -> Option<Person> {
    let place = &places[at];
    let here = context.outline.part_index(place.folded.start);
    let next_role = places.get(at + 1).map_or(usize::MAX, |p| p.folded.start);
    let stop = end_of_answer(context, here).min(place.folded.end + REACH).min(next_role);
    let folded = context.folded();
    let mut from = context.sentence(place.folded.start).end.max(place.folded.end);
    for number in 0..SENTENCES {
        from += folded[from..].len() - folded[from..].trim_start_matches([' ', '\n', '(', ')', '"', '-']).len();
        if from >= stop {
            return None;
        }
        let sentence = from..context.sentence(from).end.max(from + 1);
        if let Some(person) = holder_in(context, &sentence, number == 0) {
            return Some(person);
        }
        from = folded.ceil_char_boundary(sentence.end);
    }
    None
}

/// Where the passage ends that may still tell of a role named in a part: behind a heading or question, its answer.
fn end_of_answer(context: &Context<'_>, here: usize) -> usize {
    let parts = &context.outline.parts;
    let mut end = parts[here].folded.end;
    for next in parts[here + 1..].iter().take(3) {
        if next.furniture || next.kind == PartKind::Heading && next.block != parts[here].block || next.cell.is_some() {
            break;
        }
        end = next.folded.end;
    }
    end
}

/// The person whom a sentence names as the holder of the role before it; `first` where it is the next sentence, so that
/// "it" and "this" can mean the role.
fn holder_in(context: &Context<'_>, sentence: &Range<usize>, first: bool) -> Option<Person> {
    let folded = context.folded();
    let words = &folded[sentence.clone()];
    if let Some(lead) = names_holder(words, first) {
        return person(context, sentence.start + lead, sentence.end);
    }
    // "X holds this post": the name opens the sentence.
    let found = person(context, sentence.start, sentence.end)?;
    let behind = folded.get(found.folded.end..sentence.end)?.trim_start_matches([' ', ',']);
    holds_it(behind).then_some(found)
}

/// Bytes of the words that open a sentence and say whose name follows: "ours is ", "the holder of the office is ".
fn names_holder(words: &str, first: bool) -> Option<usize> {
    let mut at = 0;
    for lead in LEADS {
        at += words[at..].strip_prefix(lead).map_or(0, |_| lead.len());
    }
    let answers = matches!(words[..at].trim_end_matches([' ', ',', ':', '-', '.']), "yes" | "there is" | "we do");
    if answers && words[..at].contains(':') {
        return Some(at);
    }
    let subject = after_subject(&words[at..], first)?;
    at += subject;
    let mut seen_verb = false;
    loop {
        let rest = &words[at..];
        let step = VERBS
            .iter()
            .find(|verb| rest.strip_prefix(**verb).is_some_and(|tail| verb.ends_with("'s") || ends_word(tail)))
            .map(|verb| (verb.len(), true))
            .or_else(|| {
                let adverb = |word: &&&str| rest.strip_prefix(**word).is_some_and(ends_word);
                ADVERBS.iter().find(adverb).map(|word| (word.len(), false))
            });
        let Some((len, verb)) = step else { break };
        seen_verb |= verb;
        at += len;
        at += words[at..].len() - words[at..].trim_start_matches([' ', ',', ':', '-']).len();
    }
    seen_verb.then_some(at)
}

/// Bytes of the subject of a sentence that means the holder of a role, the space behind it included.
fn after_subject(words: &str, first: bool) -> Option<usize> {
    const ALWAYS: &[&str] = &[
        "ours", "her name", "his name", "their name", "the name", "she", "he", "the person", "the holder",
        "the post holder", "the post-holder", "the postholder", "the office holder", "the officer", "the guardian",
        "the owner", "the post", "the role", "the office", "the position", "the job", "the duty", "the responsibility",
        "this role", "this post", "this office", "this position", "this job", "this person", "this officer",
        "this duty", "this responsibility", "the title", "that person", "responsibility for this",
    ];
    const NEXT: &[&str] = &["it", "this", "that", "they"];
    let bare = ["the present ", "the current ", "our present ", "our current "]
        .iter()
        .find_map(|lead| words.strip_prefix(*lead).map(|rest| (lead.len(), rest)));
    let (lead, rest) = bare.unwrap_or((0, words));
    let reads = |subject: &&&str| {
        let subject = if bare.is_some() { subject.strip_prefix("the ").unwrap_or("\u{0}") } else { subject };
        rest.strip_prefix(subject).is_some_and(|tail| tail.starts_with([' ', '\'']))
    };
    let subject =
        ALWAYS.iter().filter(reads).max_by_key(|s| s.len()).or_else(|| NEXT.iter().find(|s| first && reads(s)))?;
    let len = if bare.is_some() { subject.len() - "the ".len() } else { subject.len() };
    let mut at = lead + len;
    for tail in [" of the office", " of the post", " of the role", " of this office", " of this post", " of this role"]
    {
        at += words[at..].strip_prefix(tail).map_or(0, |_| tail.len());
    }
    at += usize::from(words[at..].starts_with(' '));
    Some(at)
}

/// Words that may stand before the subject.
const LEADS: &[&str] = &[
    "yes: ", "yes, ", "yes - ", "yes. ", "there is: ", "there is. ", "we do: ", "at the moment ", "at present ",
    "currently ", "currently, ", "at present, ", "at the moment, ", "in our case ", "for us ", "here ", "today ",
    "since ",
];

/// What a sentence says of the holder before the name.
const VERBS: &[&str] = &[
    "is held by", "is filled by", "is done by", "is carried out by", "is performed by", "is undertaken by",
    "is taken by", "is occupied by", "is fulfilled by", "is covered by", "is with", "is given to", "has been given to",
    "belongs to", "falls to", "lies with", "rests with", "goes to", "held by", "filled by", "performed by",
    "undertaken by", "fulfilled by", "carried out by", "done by", "is called", "is named", "are", "is", "'s",
];

/// Words that may stand beside the verb.
const ADVERBS: &[&str] = &[
    "currently", "now", "at present", "at the moment", "presently", "also", "today", "for us", "here", "our colleague",
];

fn ends_word(rest: &str) -> bool {
    rest.starts_with([' ', ':', ',', '-'])
}

/// "holds this post", "does the job", "is the present holder": what follows a name that opens the sentence.
fn holds_it(behind: &str) -> bool {
    const HOLDS: &[&str] = &[
        "holds ", "currently holds ", "has ", "fills ", "currently fills ", "occupies ", "does ", "took on ",
        "takes on ", "carries out ", "performs ", "undertakes ", "fulfils ", "took up ", "was appointed to ",
        "has been appointed to ", "has held ", "is in ",
    ];
    const WHAT: &[&str] =
        &["post", "role", "office", "position", "job", "duty", "responsibility", "title", "appointment"];
    let holder =
        ["is the present holder", "is the current holder", "is the post holder", "is the postholder", "is ours"];
    if holder.iter().any(|h| behind.starts_with(h)) {
        return true;
    }
    let Some(object) = HOLDS.iter().find_map(|verb| behind.strip_prefix(verb)) else { return false };
    let mut words = object.split([' ', ',', '.']);
    matches!(words.next(), Some("the" | "this" | "that")) && words.next().is_some_and(|w| WHAT.contains(&w))
}

#[cfg(test)]
mod tests {
    use super::{holds_it, names_holder};

    fn before_name(words: &str) -> Option<&str> {
        names_holder(words, true).map(|at| &words[at..])
    }

    #[test]
    fn the_words_before_the_name() {
        assert_eq!(before_name("her name is imogen"), Some("imogen"));
        assert_eq!(before_name("ours is currently dr hew"), Some("dr hew"));
        assert_eq!(before_name("it's imogen"), Some("imogen"));
        assert_eq!(before_name("the present holder of the office is imogen"), Some("imogen"));
        assert_eq!(before_name("yes: imogen"), Some("imogen"));
        assert_eq!(before_name("the post was abolished"), None);
        assert_eq!(before_name("our chief executive is hilda"), None);
        assert_eq!(names_holder("it is imogen", false), None);
    }

    #[test]
    fn a_name_that_holds_it() {
        assert!(holds_it("holds this post and can be written to"));
        assert!(!holds_it("holds the records of the trust"));
    }
}
