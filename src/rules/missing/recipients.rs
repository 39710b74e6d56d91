//! `missing/recipients`.

use super::silence::{headed, says};
use crate::claims::Aspect;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that says of nobody that they receive the information: no recipient, no processor, no kind of either.
    ///
    /// ## Why it matters
    /// Articles 13(1)(e) and 14(1)(e) of the UK GDPR require the recipients or the categories of recipients.
    ///
    /// ## When it is wrong
    /// Where really nobody outside receives anything. Say so: "We share this information with nobody."
    ///
    /// ## Example
    /// Bad: "We use your information to pay for your care.", and nothing about who receives it.
    ///
    /// Good: "We share information with your GP practice, with the hospitals that treat you and, for safeguarding, with
    /// councils and the police."
    RECIPIENTS = "missing/recipients", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 14(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() || notice.has(ClaimKind::Processor) {
        return;
    }
    const WORDS: &[&str] = &[
        "recipient", "shared with", "share with", "shared by us with", "share it with", "share this with",
        "share your", "share information", "share personal", "share data", "share some", "sharing with",
        "sharing information", "sharing your", "sharing data", "shared to", "not be shared", "not share", "disclose",
        "disclosure to", "pass it to", "pass information to", "pass your", "passed to", "passed on to", "pass on",
        "send it to", "sent to", "give information to", "given to", "provided to other", "provide information to",
        "who we may share", "who might share", "made available to", "who sees", "third parties", "third party",
        "partner organisations", "partner agencies", "on our behalf",
    ];
    if !headed(notice, &[Aspect::Recipients, Aspect::Processors]) && !says(notice, WORDS) {
        out.report(
            "the notice names no recipient of the information and no kind of recipient",
            "say for each purpose who receives the information, processors included, or that nobody does",
        );
    }
}
