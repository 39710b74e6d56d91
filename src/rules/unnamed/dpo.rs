//! `unnamed/dpo`.

use super::unnamed;
use crate::model::Severity;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A data protection officer described or mentioned, and nobody named. It is a mere note where contact details of
    /// the officer are given, which is all that the law asks for.
    ///
    /// ## Why it matters
    /// Articles 13(1)(b) and 14(1)(b) of the UK GDPR require contact details, not the name. A notice with neither leaves
    /// people no way to the one person who must answer them.
    ///
    /// ## When it is wrong
    /// Where the body has decided not to publish the name. A working mailbox of the role is then the better choice.
    ///
    /// ## Example
    /// Bad: "We have a Data Protection Officer."
    ///
    /// Good: "Our Data Protection Officer is Imogen Tressider, dpo@wealdshire.icb.nhs.uk."
    DPO = "unnamed/dpo", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(1)(b)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Articles 37 to 39", "https://www.legislation.gov.uk/eur/2016/679/article/37"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let reachable = crate::rules::missing::officer_can_be_reached(notice);
    for claim in unnamed(notice, "dpo") {
        let severity = if reachable { Severity::Info } else { Severity::Warning };
        out.report(
            "a data protection officer is described and nobody is named",
            "name the data protection officer, or at least give a mailbox and a telephone number of the role",
        )
        .severity(severity)
        .at(claim.evidence);
    }
}
