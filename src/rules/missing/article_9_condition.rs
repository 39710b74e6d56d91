//! `missing/article-9-condition`.

use super::silence::{relies_on, says};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that gives a lawful basis and uses information about health or another special category, without naming
    /// a condition of Article 9(2) of the UK GDPR for it.
    ///
    /// ## Why it matters
    /// Article 9(1) forbids the processing of special category data unless a condition of Article 9(2) applies. A basis
    /// under Article 6 alone does not make it lawful, and the legal basis is part of what people must be told.
    ///
    /// ## When it is wrong
    /// Where the notice is about data of no special category at all. A condition that is given only in words ("for the
    /// management of health care services") counts; write its number beside it all the same.
    ///
    /// ## Example
    /// Bad: "We use information about your health to assess your needs. We rely on Article 6(1)(e)."
    ///
    /// Good: "We use information about your health to assess your needs. We rely on Article 6(1)(e) and on Article
    /// 9(2)(h), the management of health or social care services."
    ARTICLE_9_CONDITION = "missing/article-9-condition", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 9", "https://www.legislation.gov.uk/eur/2016/679/article/9"),
        ("UK GDPR, Article 13(1)(c)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

/// Words that show that special category data is used.
const SPECIAL: &[&str] = &[
    "special categor", "sensitive personal", "sensitive data", "sensitive information", "about your health",
    "about health", "health information", "health data", "health record", "medical record", "medical information",
    "medical condition", "clinical information", "clinical record", "patient record", "gp record", "diagnos", "ethnic",
    "continuing healthcare", "individual funding request", "risk stratification",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts()
        || relies_on(notice, &["uk-gdpr:9("])
        || !relies_on(notice, &["uk-gdpr:6(", "dpa-1998:sch2:"])
    {
        return;
    }
    let cited = notice.context.citations.iter().any(|c| c.article == 9 && c.point.is_some());
    const IN_WORDS: &[&str] = &[
        "management of health", "provision of health or social care", "provision of health and social care",
        "substantial public interest", "preventive or occupational", "preventative or occupational",
    ];
    if !cited && !says(notice, IN_WORDS) && says(notice, SPECIAL) {
        out.report(
            "information about health or another special category is used, and no condition of Article 9(2) of the UK GDPR is named for it",
            "name the condition beside each lawful basis, for most of a commissioner's work Article 9(2)(h), the management of health or social care systems and services",
        );
    }
}
