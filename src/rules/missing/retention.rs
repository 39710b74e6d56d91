//! `missing/retention`.

use super::silence::{headed, says};
use crate::claims::Aspect;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not say how long information is kept, nor by what the time is determined.
    ///
    /// ## Why it matters
    /// Articles 13(2)(a) and 14(2)(a) of the UK GDPR require the period for which the data is stored or, where that is not
    /// possible, the criteria that determine it.
    ///
    /// ## When it is wrong
    /// Where the periods stand in a schedule that the notice names in words the program does not know. Name the Records
    /// Management Code of Practice or your own schedule, and link it.
    ///
    /// ## Example
    /// Bad: "We keep your information secure."
    ///
    /// Good: "We keep complaint files for ten years after closure, as the Records Management Code of Practice says."
    RETENTION = "missing/retention", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(2)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 14(2)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() || notice.has(ClaimKind::Retention) {
        return;
    }
    const WORDS: &[&str] = &[
        "retention", "retain", "kept for", "keep it for", "keep your information for",
        "keep your personal information for", "keep your data for", "keep information for", "keep records for",
        "keep them for", "held for", "stored for", "hold it for", "hold your information for", "for as long as",
        "only as long as", "no longer than", "longer than is necessary", "longer than necessary", "how long",
        "length of time", "securely destroyed", "destroyed securely", "destroyed when", "deleted when",
        "deleted after", "destroyed after", "deleted once", "destroyed once", "records management code", "kept until",
        "kept in line with", "kept in accordance", "disposal schedule", "disposed of",
    ];
    if !headed(notice, &[Aspect::Retention]) && !says(notice, WORDS) {
        out.report("the notice does not say how long information is kept", "give the period for each kind of record, or name the retention schedule that sets it, for example the Records Management Code of Practice, and link it");
    }
}
