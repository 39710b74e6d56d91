//! `inconsistent/sharing`.

use crate::claims::{Aspect, Part, PartKind};
use crate::model::{ClaimKind, Span};
use crate::rules::{Findings, Notice};
use std::ops::Range;

rule! {
    /// ## What it finds
    /// A passage that says information is not shared outside the organisation, and a processor or recipient named for the
    /// same purpose.
    ///
    /// ## Why it matters
    /// Both cannot be right, and recipients, processors included, are what Articles 13(1)(e) and 14(1)(e) of the UK GDPR
    /// require. People who relied on the first passage were misled.
    ///
    /// ## When it is wrong
    /// Where the processor receives only data that identifies nobody. Say so in the first passage: "Information that
    /// identifies you is not shared outside the ICB".
    ///
    /// ## Example
    /// Bad: "Invoice validation" "The information will not be shared with anybody outside the ICB." "Data processors"
    /// "North of England CSU checks the invoices on our behalf."
    ///
    /// Good: "Invoice validation" "The information is shared only with our data processor." "Data processors" "North of
    /// England CSU checks the invoices on our behalf."
    SHARING = "inconsistent/sharing", Warning, since: None,
    references: [
        ("UK GDPR, Article 13(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 4(9): recipient", "https://www.legislation.gov.uk/eur/2016/679/article/4"),
    ]
}

/// Ways to say that nothing leaves; some need "outside" or "anyone" behind them.
const DENIALS: &[&str] = &[
    "not be shared", "not shared", "not share", "never shared", "never be shared", "not be disclosed", "not disclosed",
    "not disclose", "not be passed", "not passed", "not pass",
];
const OUTSIDE: &[&str] = &[
    "outside", "anyone else", "anybody", "anyone", "any other organisation", "other organisations", "third parties",
    "third party", "any external", "external organisations", "beyond the",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    let mut seen: Vec<Range<usize>> = Vec::new();
    for denial in DENIALS {
        for at in context.find_words(denial) {
            let sentence = context.sentence(at);
            let Some(part) = context.outline.part_at(at).filter(|_| !seen.contains(&sentence)) else { continue };
            let words = &context.folded()[sentence.clone()];
            if part.kind == PartKind::Heading || !denies(words) {
                continue;
            }
            let named = named_for_same(notice, part, &sentence);
            seen.push(sentence.clone());
            if let Some(first) = named.first() {
                let purpose =
                    context.purpose_of(part).map(|p| format!(" for {}", p.replace('-', " "))).unwrap_or_default();
                out.report(
                    format!("information is said not to be shared, and {} is named as receiving it{purpose}", first.1),
                    "name the processors and recipients in the passage that says who receives the information",
                )
                .at(context.span(sentence))
                .at_all(named.iter().map(|(span, _)| *span));
            }
        }
    }
}

/// Whether a sentence says without condition that nothing is shared outside.
fn denies(words: &str) -> bool {
    const CONDITIONS: &[&str] = &[
        "unless", "without", "except", "other than", "only ", "if you", "if we", "where you", "for marketing",
        "marketing", "commercial", "sell", "uk", "united kingdom", "european", "eea", "more than", "until", "anonymis",
        "for any other purpose", "insurance",
    ];
    DENIALS.iter().any(|d| words.contains(d))
        && OUTSIDE.iter().any(|o| words.contains(o))
        && !CONDITIONS.iter().any(|c| words.contains(c))
}

/// Processors, and recipients under a heading for them, named for the purpose of a part or, where it has none, under its
/// own heading.
fn named_for_same<'a>(notice: &Notice<'a>, part: &Part, sentence: &Range<usize>) -> Vec<(Span, &'a str)> {
    let context = notice.context;
    let purpose = context.purpose_of(part);
    let mut out = Vec::new();
    for claim in notice.of(ClaimKind::Processor).chain(notice.of(ClaimKind::Organisation)) {
        let at = context.fold.folded_at(claim.evidence.start);
        let Some(place) = context.outline.part_at(at).filter(|_| !sentence.contains(&at)) else { continue };
        let received = claim.kind == ClaimKind::Processor || place.aspect == Some(Aspect::Recipients);
        let same = match &purpose {
            Some(purpose) => claim.purpose.as_ref() == Some(purpose),
            None => claim.purpose.is_none() && place.section.is_some() && place.section == part.section,
        };
        if received && same {
            out.push((claim.evidence, claim.value.as_str()));
        }
    }
    out.truncate(4);
    out
}
