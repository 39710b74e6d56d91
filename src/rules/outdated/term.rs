//! `outdated/term`.

use crate::dictionary::Family;
use crate::model::PartialDate;
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use std::ops::Range;

rule! {
    /// ## What it finds
    /// A term that the law or the NHS no longer uses, used as if it were current: "sensitive personal data", "section 29
    /// exemption", "fair processing notice", "N3", "IG Toolkit". The subject of the finding is the term's id.
    ///
    /// ## Why it matters
    /// People who look the term up find law and programmes that have ended, and a reader who knows them sees that the
    /// passage was never brought up to date. Nothing need be unlawful: the finding is a note for the next edit.
    ///
    /// ## When it is wrong
    /// Not where the words say that the term is past or another name for the thing ("formerly known as", "sometimes called
    /// a fair processing notice"), and not where another body's own text is named: the National Fraud Initiative calls its
    /// text a fair processing notice.
    ///
    /// ## Example
    /// Bad: "We complete the Information Governance Toolkit every year."
    ///
    /// Good: "We complete the Data Security and Protection Toolkit every year."
    TERM = "outdated/term", Info, since: Some(date(2007, 3, 1)),
    references: [
        ("UK GDPR, Article 9 (special categories of personal data)", "https://www.legislation.gov.uk/eur/2016/679/article/9"),
        ("UK GDPR, Article 13", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("Data Protection Act 2018, Schedule 2", "https://www.legislation.gov.uk/ukpga/2018/12/schedule/2"),
        ("Learn from patient safety events service", "https://www.england.nhs.uk/patient-safety/patient-safety-insight/learning-from-patient-safety-events/learn-from-patient-safety-events-service/"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for (hit, term, part) in notice.context.hits_of(Family::OutdatedTerms) {
        let subject = term.subject.as_deref().unwrap_or(&term.id);
        let Some(until) =
            term.until.as_deref().and_then(PartialDate::parse).filter(|d| d.first() <= notice.judging.day)
        else {
            continue;
        };
        let range = hit.start..hit.end;
        // An address is where such mail stands; `outdated/ico-contact` has the regulator's.
        let current =
            if subject == "gsi-email" { !is_regulators(notice, &range) } else { notice.speaks_of_the_present(&range) };
        let theirs = subject == "fair-processing-notice"
            && (of_the_fraud_initiative(notice, &range)
                || part.purpose.is_some_and(|p| notice.context.dictionary.term(p).id == "national-fraud-initiative"));
        if !current || theirs || other_name(notice, &range) {
            continue;
        }
        let name = term.name();
        out.report(
            format!("\"{name}\" is used as a current term; it has been out of date since {}", until.in_words()),
            match term.instead.as_deref() {
                Some(instead) => format!("replace it with {instead}"),
                None => "use the term of the law in force, or say that it is about the past".to_owned(),
            },
        )
        .subject(subject)
        .since(Some(until.first()))
        .at(notice.context.span(range));
    }
}

/// Whether the sentence says that the term has passed, or only gives another name for the thing: "sometimes called a fair processing notice".
fn other_name(notice: &Notice<'_>, range: &Range<usize>) -> bool {
    const CALLED: &[&str] = &[
        "sometimes called", "also called", "sometimes known", "also known", "otherwise known", "also referred to",
        "can be referred to", "may be referred to", "sometimes referred to", "often referred to",
        "previously referred to", "often called", "previously called", "may be called", "can be called",
        "used to call", "different terms", "no longer use",
    ];
    let sentence = notice.context.sentence(range.start);
    let before = &notice.context.folded()[sentence.start.min(range.start)..range.start];
    CALLED.iter().any(|c| before.contains(c))
        || notice.sentence_says(
            range.start,
            &["has ended", "have ended", "is no longer", "are no longer", "has been closed"],
        )
}

/// Whether the sentence is about the text of the National Fraud Initiative, which bears that name.
fn of_the_fraud_initiative(notice: &Notice<'_>, range: &Range<usize>) -> bool {
    notice.sentence_says(range.start, &["full text", "cabinet office", "national fraud initiative", "level 3"])
}

/// Whether the address is one of the regulator's.
fn is_regulators(notice: &Notice<'_>, range: &Range<usize>) -> bool {
    notice
        .context
        .hits_within(Family::IcoContacts, &(range.start.saturating_sub(60)..range.end))
        .any(|(h, _)| h.start <= range.start && range.end <= h.end)
}
