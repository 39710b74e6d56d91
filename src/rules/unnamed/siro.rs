//! `unnamed/siro`.

use super::unnamed;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A senior information risk owner described or mentioned, and nobody named.
    ///
    /// ## Why it matters
    /// Naming the person is good practice only; no law asks for it. Where a notice describes the role, a name shows that
    /// somebody at board level answers for the security of the information.
    ///
    /// ## When it is wrong
    /// Where the body has decided not to publish the name. The finding is a note and fails nothing.
    ///
    /// ## Example
    /// Bad: "Our SIRO is accountable for information risk."
    ///
    /// Good: "Our SIRO, Marcus Pellow, is accountable for information risk."
    SIRO = "unnamed/siro", Info, since: Some(date(2013, 4, 1)),
    references: [("UK Caldicott Guardian Council on the National Data Guardian's guidance (the Guardian and the SIRO)", "https://www.ukcgc.uk/news/blog-post-title-two-hxp8w")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in unnamed(notice, "siro") {
        out.report(
            "a senior information risk owner is described and nobody is named",
            "name the senior information risk owner, or leave the role out",
        )
        .at(claim.evidence);
    }
}
