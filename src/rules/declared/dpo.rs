//! `declared/dpo`.

use super::{declared, other_holder};
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// Another person named as data protection officer than fairnotice.toml declares.
    ///
    /// ## Why it matters
    /// People write to the officer whom the notice names. One who has left answers nobody, and the notice no longer
    /// gives the contact details that Article 13(1)(b) requires.
    ///
    /// ## When it is wrong
    /// Where the declaration is the older of the two: put fairnotice.toml right. Deputies and predecessors that the
    /// words call so are not flagged, nor are notices of several controllers.
    ///
    /// ## Example
    /// "Data Protection Officer: Felicity Arnbrook", where Gareth Wainscott is declared. Cure: "Data Protection
    /// Officer: Gareth Wainscott".
    DPO = "declared/dpo", Error, since: None,
    references: [
        ("UK GDPR, Article 13(1)(b)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Articles 37 to 39", "https://www.legislation.gov.uk/eur/2016/679/article/37"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let officer = declared(notice).and_then(|d| d.dpo.as_deref());
    other_holder(notice, "dpo", "data protection officer", officer, out);
}
