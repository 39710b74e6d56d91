//! `declared/siro`.

use super::{declared, other_holder};
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// Another person named as senior information risk owner than fairnotice.toml declares.
    ///
    /// ## Why it matters
    /// No law asks a notice to name the person. Where it does, a name that is out of date shows that the passage was
    /// not read since the post changed hands.
    ///
    /// ## When it is wrong
    /// Where the declaration is the older of the two: put fairnotice.toml right. Deputies and predecessors that the
    /// words call so are not flagged, nor are notices of several controllers.
    ///
    /// ## Example
    /// "Our SIRO is Marcus Pellow", where Ines Caraway is declared. Cure: "Our SIRO is Ines Caraway".
    SIRO = "declared/siro", Warning, since: None,
    references: [
        ("UK Caldicott Guardian Council on the National Data Guardian's guidance (the Guardian and the SIRO)", "https://www.ukcgc.uk/news/blog-post-title-two-hxp8w"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let owner = declared(notice).and_then(|d| d.siro.as_deref());
    other_holder(notice, "siro", "senior information risk owner", owner, out);
}
