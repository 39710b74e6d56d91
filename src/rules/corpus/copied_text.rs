//! `corpus/copied-text`.

use super::body::descends;
use super::{BodyKey, Corpus, CorpusFindings, body_key};
use crate::model::Span;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

rule! {
    /// ## What it finds
    /// Sentences that name another commissioner where the controller should stand, and that stand word for word in that
    /// body's own notice, or in the notices of two others with their own names.
    ///
    /// ## Why it matters
    /// A passage copied from a neighbour says what the neighbour does. Readers are told that another body holds their data,
    /// and nobody has checked whether the rest of the passage is true here.
    ///
    /// ## When it is wrong
    /// Where the other body does what the sentence says for the controller too, and both use the same words for it. Common
    /// wording with the controller's own name is no finding, nor is a sentence of fewer than eight words, one that names
    /// both bodies, or one that only two notices share and that a body would not say of itself.
    ///
    /// ## Example
    /// In a notice of NHS Derby and Derbyshire ICB: "NHS Nottingham and Nottinghamshire ICB collects information about you
    /// when you complain", as in Nottingham's own notice. Cure: read the passage against what you do, and name yourself.
    COPIED_TEXT = "corpus/copied-text", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Article 13(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 5(1)(a): transparency", "https://www.legislation.gov.uk/eur/2016/679/article/5"),
    ]
}

/// Shorter sentences say too little to be copied.
const WORDS: usize = 8;

/// Passages shown of one pair of bodies; the message counts all.
const SHOWN: usize = 5;

/// A sentence that names one body.
struct Use<'a> {
    document: usize,
    sentence: Span,
    named: BodyKey,
    /// Where the name stands in the sentence.
    name: Span,
    own: &'a BodyKey,
}

/// A copied sentence, and the notice and place of the one it was copied from.
type Passage = (Span, usize, Span);

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let mut sentences: HashMap<u64, Vec<Use<'_>>> = HashMap::new();
    for (number, document) in corpus.notices() {
        let Some(body) = document.controller().filter(|b| b.is_commissioner()) else { continue };
        let mut names = document.commissioners.iter().peekable();
        while let Some(first) = names.next() {
            let sentence = document.sentence(first.span);
            let mut within = vec![first];
            while let Some(next) = names.next_if(|n| sentence.contains(n.span)) {
                within.push(next);
            }
            let key = |named: &crate::model::Named| match named.term {
                Some(term) => BodyKey::Known(term),
                None => body_key(&named.name, corpus.dictionary),
            };
            let named = key(first);
            if within.iter().any(|n| key(n) != named) {
                continue;
            }
            let spans: Vec<Span> = within.iter().map(|n| n.span).collect();
            let Some(hash) = masked(document.text.quote(sentence), sentence.start, &spans) else { continue };
            let found = Use { document: number, sentence, named, name: first.span, own: &body.key };
            sentences.entry(hash).or_default().push(found);
        }
    }
    let mut copies: BTreeMap<(usize, BodyKey), Vec<Passage>> = BTreeMap::new();
    for uses in sentences.values().filter(|u| u.len() > 1) {
        // The first notice of each body that names itself in the sentence.
        let mut themselves: BTreeMap<&BodyKey, &Use<'_>> = BTreeMap::new();
        for own in uses.iter().filter(|u| u.named == *u.own) {
            themselves.entry(own.own).or_insert(own);
        }
        for copy in uses.iter().filter(|u| u.named != *u.own) {
            if let Some(original) = original(corpus, copy, &themselves) {
                copies
                    .entry((copy.document, copy.named.clone()))
                    .or_default()
                    .push((copy.sentence, original.document, original.sentence));
            }
        }
    }
    for ((number, _), mut passages) in copies {
        passages.sort();
        tell(corpus, number, &passages, out);
    }
}

/// Where a sentence that names another body was copied from: that body's own notice, or one of two others that have the
/// sentence with their own names.
fn original<'u, 'a>(
    corpus: &Corpus<'_>,
    copy: &Use<'_>,
    themselves: &BTreeMap<&BodyKey, &'u Use<'a>>,
) -> Option<&'u Use<'a>> {
    // A group's notice may say what the board that follows it will do.
    if descends(&copy.named, copy.own, corpus.dictionary) {
        return None;
    }
    let others = themselves.len() - usize::from(themselves.contains_key(copy.own));
    match themselves.get(&copy.named) {
        Some(source) => (others > 1 || speaks_of_itself(corpus, copy)).then_some(*source),
        None if others > 1 => themselves.iter().find(|(body, _)| **body != copy.own).map(|(_, u)| *u),
        None => None,
    }
}

/// Whether the sentence is such as a body says of itself, rather than of one that does something for others too.
fn speaks_of_itself(corpus: &Corpus<'_>, found: &Use<'_>) -> bool {
    const BEHIND: &[&str] = &[
        "is the data controller", "is a data controller", "is the controller", "is committed", "is registered with",
        "has appointed", "recognises", "respects", "(we", "('we", "(\"we", "'s privacy", "'s data protection officer",
        "'s caldicott", "privacy notice",
    ];
    let text = corpus.documents[found.document].text;
    let lower = |from: u32, to: u32| {
        text.quote(Span { start: from, end: to.max(from) }).to_lowercase().replace('’', "'").replace(['“', '”'], "\"")
    };
    let before = lower(found.sentence.start, found.name.start);
    let behind = lower(found.name.end, found.sentence.end);
    let mut words = before.split(|c: char| !c.is_alphanumeric()).chain(behind.split(|c: char| !c.is_alphanumeric()));
    // "… hosts the team on our behalf" is said of another, and that other does not say it of itself.
    words.any(|w| matches!(w, "we" | "us" | "our")) || BEHIND.iter().any(|w| behind.trim_start().starts_with(w))
}

/// What a sentence says with its commissioners' names taken out; `None` where that is too little.
fn masked(sentence: &str, start: u32, names: &[Span]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut at = start;
    let mut words = 0;
    let end = start + sentence.len() as u32;
    for name in names.iter().copied().chain([Span { start: end, end }]) {
        let piece = &sentence[(at - start) as usize..(name.start.max(at) - start) as usize];
        for word in piece.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            word.to_lowercase().hash(&mut hasher);
            words += 1;
        }
        if name.start < end {
            // No word holds this character.
            '\u{0}'.hash(&mut hasher);
        }
        at = name.end;
    }
    (words >= WORDS).then(|| hasher.finish())
}

fn tell(corpus: &Corpus<'_>, number: usize, passages: &[Passage], out: &mut CorpusFindings<'_>) {
    let document = &corpus.documents[number];
    let (first, source, _) = passages[0];
    let Some(named) = document.commissioners.iter().find(|n| first.contains(n.span)) else { return };
    let own = &document.controllers[0].name;
    let holder = &corpus.documents[source].controllers[0].name;
    let copied = **holder == *named.name;
    let message = match (passages.len(), copied) {
        (1, true) => {
            format!("a sentence of the notice of {own} stands in that of {holder} too, and still names {holder}")
        }
        (n, true) => {
            format!("{n} sentences of the notice of {own} stand in that of {holder} too, and still name {holder}")
        }
        (1, false) => {
            format!("a sentence of the notice of {own} names {}, where others have their own body's name", named.name)
        }
        (n, false) => {
            format!("{n} sentences of the notice of {own} name {}, where others have their own body's name", named.name)
        }
    };
    let mut finding = out
        .report(number, message, "check whether the passage is true of you, and name yourself in it")
        .subject(&*named.name)
        .at(passages.iter().take(SHOWN).map(|(here, _, _)| *here));
    let mut sources: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for (_, source, there) in passages.iter().take(SHOWN) {
        sources.entry(*source).or_default().push(*there);
    }
    for (source, there) in sources {
        finding = finding.against(source, there);
    }
}
