//! `declared/caldicott-guardian`.

use super::{declared, other_holder};
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// Another person named as Caldicott Guardian than fairnotice.toml declares.
    ///
    /// ## Why it matters
    /// A request sent to a Guardian who has left is not answered, and the notice contradicts the public register of
    /// Guardians.
    ///
    /// ## When it is wrong
    /// Where the declaration is the older of the two: put fairnotice.toml right. Deputies and predecessors that the
    /// words call so are not flagged, nor are notices of several controllers.
    ///
    /// ## Example
    /// "Our Caldicott Guardian is Dr Osei Larkham", where Dr Hana Thistlewood is declared. Cure: "Our Caldicott
    /// Guardian is Dr Hana Thistlewood".
    CALDICOTT_GUARDIAN = "declared/caldicott-guardian", Error, since: None,
    references: [
        ("UK Caldicott Guardian Council on the National Data Guardian's guidance", "https://www.ukcgc.uk/news/blog-post-title-two-hxp8w"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let guardian = declared(notice).and_then(|d| d.caldicott_guardian.as_deref());
    other_holder(notice, "caldicott-guardian", "Caldicott Guardian", guardian, out);
}
