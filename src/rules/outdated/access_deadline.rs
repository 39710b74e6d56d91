//! `outdated/access-deadline`.

use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Forty days as the time for answering a request for access to one's own data.
    ///
    /// ## Why it matters
    /// The forty days of the 1998 Act ended on 25 May 2018. The answer is due without undue delay and within one month, which
    /// can be extended by two months for complex or numerous requests (UK GDPR Article 12(3), since 5 February 2026 with
    /// Article 12A). A notice that promises forty days announces answers that come too late.
    ///
    /// ## When it is wrong
    /// Not for how long recordings are kept, for complaints, or where forty days are told as history.
    ///
    /// ## Example
    /// Bad: "We will answer a request for access within 40 days."
    ///
    /// Good: "We will answer without undue delay and within one month; if your request is complex we may need up to two
    /// months more, and will tell you so."
    ACCESS_DEADLINE = "outdated/access-deadline", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 12", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
        ("UK GDPR, Article 12A (applicable time period)", "https://www.legislation.gov.uk/eur/2016/679/article/12A"),
    ]
}

/// Ways to write the period.
const FORTY_DAYS: &[&str] = &[
    "40 days", "40 day", "40-day", "40 calendar days", "40 calendar day", "forty days", "forty day",
    "forty calendar days", "forty (40) days", "40 (forty) days", "forty (40) calendar days",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for phrase in FORTY_DAYS {
        for at in notice.context.find_words(phrase).collect::<Vec<_>>() {
            if promises_an_answer(notice, at) {
                out.report(
                    "40 days are given as the time for answering a request for access; since 25 May 2018 it is one month",
                    "write \"within one month\", which can be extended by two months for complex or numerous requests",
                )
                .at(notice.context.span(at..at + phrase.len()));
            }
        }
    }
}

/// Whether the sentence promises people an answer about their data.
fn promises_an_answer(notice: &Notice<'_>, at: usize) -> bool {
    const ANSWER: &[&str] = &[
        "respon", "answer", "reply", "repli", "provide", "supply", "supplied", "comply", "complied", "request",
        "access", "copy", "copies", "receive", "process your", "deal with", "send you",
    ];
    const OTHER: &[&str] = &[
        "used to", "previously", "formerly", "reduced from", "instead of", "rather than", "no longer", "was 40",
        "from 40", "retain", "overwritten", "delete", "kept for", "destroy", "appeal", "freedom of information",
        "foi request",
    ];
    let part = notice.context.outline.part_at(at);
    let about = part.map_or("", |p| notice.context.words(p));
    let complaint = notice.sentence_says(at, &["complain"]) && !notice.sentence_says(at, &["access"]);
    (notice.sentence_says(at, ANSWER) || about.contains("access")) && !notice.sentence_says(at, OTHER) && !complaint
}
