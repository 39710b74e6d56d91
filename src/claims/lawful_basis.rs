//! `lawful-basis`: provisions of Articles 6, 9 and 10, of Schedule 1 to the 2018 Act and of Schedules 2 and 3 to the 1998
//! Act that a notice relies on, by number or in words.

use super::Context;
use super::articles::Citation;
use super::outline::{Aspect, Part};
use super::provisions::schedule_conditions;
use super::status::denied;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};
use crate::text::Cues;
use std::ops::Range;
use std::sync::LazyLock;

/// Reads all lawful bases.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let mut found: Vec<Claim> = Vec::new();
    let cited = &context.citations;
    let mut numbered_sentences: Vec<Range<usize>> = Vec::new();
    for citation in cited {
        if context.is_furniture(citation.folded.start) || elsewhere(context, citation) {
            continue;
        }
        if citation.point.is_none() && citation.article != 10 {
            lettered_list(context, citation, &mut found);
            continue;
        }
        let Some(value) = value_of(citation) else { continue };
        numbered_sentences.push(context.sentence(citation.folded.start));
        if not_relied_on(context, citation) {
            continue;
        }
        found.push(
            context
                .claim(ClaimKind::LawfulBasis, value, citation.folded.clone())
                .with("stated", Attr::Text("number".into())),
        );
    }
    for (range, value) in schedule_conditions(context) {
        if !denied(context, range.start) {
            found.push(context.claim(ClaimKind::LawfulBasis, value, range).with("stated", Attr::Text("number".into())));
        }
    }
    in_words(context, &numbered_sentences, &mut found);
    drop_explanations(context, &mut found);
    claims.extend(found);
}

/// The claim's value, where the citation is of a provision that exists.
fn value_of(citation: &Citation) -> Option<String> {
    let point = citation.point.as_deref().unwrap_or("");
    if citation.letter_for_paragraph {
        return None;
    }
    let paragraph = citation.paragraph;
    let value = match (citation.article, paragraph, point) {
        (6, Some(1) | None, "a" | "b" | "c" | "d" | "e" | "ea" | "f") => format!("uk-gdpr:6(1)({point})"),
        (9, Some(2) | None, "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j") => {
            format!("uk-gdpr:9(2)({point})")
        }
        (10, _, _) if citation.suffix.is_none() => "uk-gdpr:10".to_owned(),
        _ => return None,
    };
    Some(value)
}

/// Whether the article is another law's: the Convention's, a directive's, the text of a cookie rule's.
fn elsewhere(context: &Context<'_>, citation: &Citation) -> bool {
    let sentence = context.sentence(citation.folded.start);
    let folded = context.folded();
    let after = &folded[citation.folded.end.min(sentence.end)..sentence.end];
    let near = &after[..after.floor_char_boundary(60)];
    let before = &folded[sentence.start..citation.folded.start];
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(40))..];
    ["echr", "convention on human", "of the human rights", "charter of"].iter().any(|w| near.contains(w))
        || ["human rights act 1998 (", "convention", "echr"].iter().any(|w| before.contains(w))
}

/// Whether the provision is named without being relied on: denied, or only to say when a right applies.
fn not_relied_on(context: &Context<'_>, citation: &Citation) -> bool {
    if denied(context, citation.folded.start) {
        return true;
    }
    let sentence = context.sentence_words(citation.folded.start);
    let after = {
        let range = context.sentence(citation.folded.start);
        &context.folded()[citation.folded.end.min(range.end)..range.end]
    };
    static DENIED: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            "is not relied on", "is not used", "does not apply", "is not a basis", "cannot be used", "are not relied",
            "not available to", "not open to", "cannot rely", "is not available", "may not be relied",
        ])
    });
    let denied_after = DENIED.first(&after[..after.floor_char_boundary(120)]).is_some_and(|at| at < 80);
    let part = context.outline.part_at(citation.folded.start);
    let about_rights = part.is_some_and(|p| p.aspect == Some(Aspect::Rights))
        && ["right to", "right of", "you can", "you may", "object", "portab", "eras", "withdraw", "applies", "apply"]
            .iter()
            .any(|w| sentence.contains(w))
        && !sentence.contains("our lawful basis")
        && !sentence.contains("our legal basis");
    let general = [
        "lists six", "lists 6", "sets out six", "there are six", "six lawful", "6 lawful", "one of the following",
        "such as article",
    ]
    .iter()
    .any(|w| sentence.contains(w))
        && !sentence.contains(" we ");
    denied_after || about_rights || general
}

/// "Article 6 UK GDPR:" with its letters as a list below.
fn lettered_list(context: &Context<'_>, head: &Citation, found: &mut Vec<Claim>) {
    let paragraph = match (head.article, head.paragraph) {
        (6, None | Some(1)) => 1,
        (9, None | Some(2)) => 2,
        _ => return,
    };
    let index = context.outline.part_index(head.folded.start);
    let Some(part) = context.outline.parts.get(index) else { return };
    let tail = context.between(head.folded.end, part.folded.end);
    // The head must end its block, or lead up to the list with a colon.
    if tail.trim_end().len() > 70 || denied(context, head.folded.start) {
        return;
    }
    for next in context.outline.parts[index + 1..].iter().take(8) {
        let words = context.words(next);
        // The plain reader takes "(c)" off as a bullet; then the letter stands in the source just before the item.
        let letter = leading_letter(words).or_else(|| bullet_letter(context, next));
        let Some(letter) = letter.filter(|l| ('a'..='j').contains(l)) else { break };
        let citation = Citation {
            article: head.article,
            suffix: None,
            paragraph: Some(paragraph),
            point: Some(letter.to_string()),
            letter_for_paragraph: false,
            folded: next.folded.clone(),
        };
        if let Some(value) = value_of(&citation) {
            let end = next.folded.start + words.floor_char_boundary(80);
            let mut claim = context
                .claim(ClaimKind::LawfulBasis, value, next.folded.start..end)
                .with("stated", Attr::Text("number".into()));
            claim.purpose = claim.purpose.or_else(|| context.purpose_of(part));
            found.push(claim);
        }
    }
}

/// The letter that opens a part: "(c) processing is necessary", "c) …".
fn leading_letter(words: &str) -> Option<char> {
    let rest = words.strip_prefix('(').unwrap_or(words);
    let letter = rest.chars().next().filter(char::is_ascii_lowercase)?;
    rest[1..].starts_with([')', '.']).then_some(letter)
}

/// The letter that stood as a bullet before an item.
fn bullet_letter(context: &Context<'_>, part: &Part) -> Option<char> {
    let at = context.text.origin.source_byte(part.span.start);
    let before = context.text.origin.source.get(..at)?.trim_end();
    let marker = before.rsplit(['\n', ' ', '\t']).next()?;
    let inner = marker.trim_start_matches('(').trim_end_matches([')', '.']);
    (inner.len() == 1 && marker.len() > 1)
        .then(|| inner.chars().next())
        .flatten()
        .map(|c| c.to_ascii_lowercase())
        .filter(char::is_ascii_lowercase)
}

/// Whether the notice is of the time of the GDPR: it names its law, or does not name the old.
fn modern(context: &Context<'_>) -> bool {
    let cites = |ids: &[&str]| context.hits_of(Family::Legislation).any(|(_, t, _)| ids.contains(&t.id.as_ref()));
    cites(&["eur/2016/679", "eu/2016/679", "ukpga/2018/12"]) || !cites(&["ukpga/1998/29"])
}

/// Bases stated in words, where a label or the sentence says that this is the basis and no number stands beside them.
fn in_words(context: &Context<'_>, numbered: &[Range<usize>], found: &mut Vec<Claim>) {
    let modern = modern(context);
    let hits: Vec<_> = context.hits_of(Family::LawfulBases).map(|(h, t, p)| (*h, t, p)).collect();
    for (hit, term, part) in hits {
        let old_law = term.name().starts_with("dpa-1998");
        if !modern && !old_law || modern && old_law {
            continue;
        }
        if part.kind == super::PartKind::Heading && part.span.end - part.span.start > 90 {
            continue;
        }
        let sentence = context.sentence(hit.start);
        if numbered.iter().any(|n| n.start < sentence.end && sentence.start < n.end) || denied(context, hit.start) {
            continue;
        }
        let words = &context.folded()[sentence.clone()];
        let before = &context.folded()[sentence.start..hit.start];
        let labelled = part.aspect == Some(Aspect::LegalBasis);
        static SAYS: LazyLock<Cues> = LazyLock::new(|| {
            Cues::new(&[
                "lawful basis", "legal basis", "lawful bases", "legal bases", "rely on", "relies on", "relying on",
                "basis for processing", "basis for the processing", "legal ground", "lawful ground", "basis we use",
                "on the basis of", "on the basis that", "condition for processing", "lawful reason",
                "processing is necessary", "under the gdpr", "basis is", "basis under", "allowed to do this because",
                "allowed to because", "can do this because", "may do this because", "allowed to do that because",
                "the law lets us", "the law allows us", "lets us do this", "our reason in law", "reason in law is",
            ])
        });
        // What satisfies the common law is no basis of the GDPR: "We rely on consent or a statutory duty".
        let previous = context.sentence_words(sentence.start.saturating_sub(2).max(part.folded.start));
        if (previous.contains("common law duty") || before.contains("duty of confiden"))
            && !["article", "schedule", "gdpr"].iter().any(|w| words.contains(w))
        {
            continue;
        }
        let article_6 = term.name().starts_with("uk-gdpr:6(1)") || term.name() == "uk-gdpr:9(2)(h)";
        let said = SAYS.any(before) || article_6 && part.purpose.is_some() && called(words, before);
        let strong = term.kind() == "strong";
        let enough = if strong {
            labelled || said
        } else {
            let answer = [
                "basis is", "basis is your", "basis is the", "basis will be", "basis will be your", "only do it with",
                "only do this with", "only do so with", "only do that with", "only do these with",
            ];
            let answered = answer.iter().any(|a| before.trim_end().trim_end_matches(" your").ends_with(a));
            labelled && said_plainly(words, before) || said && before.contains("rel") || answered
        };
        let conditional =
            !labelled && ["if ", "where ", "when ", "in cases where"].iter().any(|w| words.trim_start().starts_with(w));
        if !enough || conditional || general_statement(words) {
            continue;
        }
        found.push(
            context
                .claim(ClaimKind::LawfulBasis, term.name(), hit.start..hit.end)
                .with("stated", Attr::Text("words".into())),
        );
    }
}

/// Whether a sentence under a purpose says in plain words that its basis is what follows: "It's a public task again", "so
/// this is a legal obligation".
fn called(words: &str, before: &str) -> bool {
    const LEADS: &[&str] = &[
        "this is a", "it's a", "it is a", "that is a", "that's a", "is called a", "is called", "call this a",
        "called our", "only do it with your", "only do this with your", "only do so with your",
        "only do that with your",
    ];
    !words.contains("explicit") && words.split(' ').count() <= 5
        || LEADS.iter().any(|lead| before.trim_end().ends_with(lead))
}

/// Whether a weak word under a basis label is the basis itself: the whole answer, or what "we rely on".
fn said_plainly(words: &str, before: &str) -> bool {
    words.split(' ').count() <= 6 || before.contains("rely") || before.contains("basis")
}

/// Whether a sentence only says what the law would allow: "where we have a legal basis", "unless required by law".
fn general_statement(words: &str) -> bool {
    [
        "unless", "where there is a legal basis", "if there is a legal basis", "where required by law",
        "we must have a lawful basis", "need a lawful basis", "must have a legal basis", "requires us to have",
        "in most circumstances", "has a number of", "depending on",
    ]
    .iter()
    .any(|w| words.contains(w))
}

/// Drops the claims of a passage that only explains what bases there are: five or more of the six within a few lines.
fn drop_explanations(context: &Context<'_>, found: &mut Vec<Claim>) {
    let mut six: Vec<(u32, String)> = found
        .iter()
        .filter(|c| c.value.starts_with("uk-gdpr:6(1)("))
        .map(|c| (c.evidence.start, c.value.clone()))
        .collect();
    six.sort();
    let explains = |at: u32| {
        let from = six.partition_point(|(place, _)| place + 1200 <= at);
        let near: std::collections::BTreeSet<&str> =
            six[from..].iter().take_while(|(place, _)| *place < at + 1200).map(|(_, v)| v.as_str()).collect();
        near.len() >= 5
    };
    let drop: std::collections::HashSet<u32> =
        found.iter().map(|c| c.evidence.start).filter(|at| explains(*at)).collect();
    found.retain(|c| {
        let within = c.value.starts_with("uk-gdpr:6(1)(") && drop.contains(&c.evidence.start);
        let part = context.part_of(c.evidence);
        !(within && c.purpose.is_none() && part.is_none_or(|p| p.purpose.is_none()))
    });
}
