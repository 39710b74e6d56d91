//! `unnamed/caldicott-guardian`.

use super::unnamed;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A Caldicott Guardian described or mentioned, and nobody named for the role anywhere in the notice. A job title or a
    /// mailbox is no name.
    ///
    /// ## Why it matters
    /// The Guardian is the senior person who decides in case of doubt whether confidential information is shared. The
    /// National Data Guardian's guidance asks for the Guardian's details to be open to the public, and the Guardian stands
    /// in a public register; a notice that describes the role and hides the person helps nobody.
    ///
    /// ## When it is wrong
    /// Where the name stands only in an image, or in a part of the site that the notice points to. Put it in the text.
    ///
    /// ## Example
    /// Bad: "Our Caldicott Guardian protects your confidentiality."
    ///
    /// Good: "Our Caldicott Guardian, Dr Osei Larkham, protects your confidentiality."
    CALDICOTT_GUARDIAN = "unnamed/caldicott-guardian", Error, since: Some(date(2013, 4, 1)),
    references: [
        ("UK Caldicott Guardian Council on the National Data Guardian's guidance", "https://www.ukcgc.uk/news/blog-post-title-two-hxp8w"),
        ("Health and Social Care (National Data Guardian) Act 2018", "https://www.legislation.gov.uk/ukpga/2018/31"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in unnamed(notice, "caldicott-guardian") {
        out.report("a Caldicott Guardian is described and nobody is named", "name the Caldicott Guardian, as the public register of Guardians does, and say how the Guardian can be reached").at(claim.evidence);
    }
}
