//! `outdated/eu-gdpr`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// "EU GDPR", the European regulation or "(EU) 2016/679" given as the law that governs, in a notice judged on or after
    /// 1 January 2021 that nowhere names the UK GDPR.
    ///
    /// ## Why it matters
    /// Since the end of 2020 the UK GDPR governs; the Regulation of the European Union does not apply to an English
    /// commissioner. The two have drifted apart since, most of all in February 2026.
    ///
    /// ## When it is wrong
    /// Bare "GDPR" is no sign of it and is never flagged. Not where the European regulation is named as history.
    ///
    /// ## Example
    /// Bad: "We comply with Regulation (EU) 2016/679."
    ///
    /// Good: "We comply with the UK GDPR."
    EU_GDPR = "outdated/eu-gdpr", Info, since: Some(date(2021, 1, 1)),
    references: [
        ("UK GDPR", "https://www.legislation.gov.uk/eur/2016/679"),
        (
            "Data Protection, Privacy and Electronic Communications (Amendments etc) (EU Exit) Regulations 2019",
            "https://www.legislation.gov.uk/uksi/2019/419"
        ),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    const UK: &[&str] = &[
        "uk gdpr", "ukgdpr", "uk-gdpr", "uk general data protection", "united kingdom general data protection",
        "uk's general data protection", "gdpr (uk", "gdpr uk",
    ];
    if UK.iter().any(|name| notice.context.folded().contains(name)) {
        return;
    }
    for claim in notice.of(ClaimKind::Statute).filter(|c| c.value.starts_with("eu/2016/679") && !c.flag("historical")) {
        out.report("the General Data Protection Regulation of the European Union is given as the law that governs; since the end of 2020 it is the UK GDPR", "cite the UK GDPR instead").at(claim.evidence);
    }
}
