//! `missing/caldicott-guardian`.

use super::silence::says;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that nowhere mentions a Caldicott Guardian.
    ///
    /// ## Why it matters
    /// Every NHS body has a Caldicott Guardian, the senior person who protects the confidentiality of people's health and
    /// care information. The National Data Guardian's guidance of 2021 asks for the Guardian's contact details to be
    /// open to the public, and a privacy notice is where people look.
    ///
    /// ## When it is wrong
    /// Where the details stand on another page of the site that the notice does not name. Link it.
    ///
    /// ## Example
    /// Bad: "We use your information to pay for your care.", and no word of the role.
    ///
    /// Good: "Our Caldicott Guardian is Dr Osei Larkham, caldicott@wealdshire.icb.nhs.uk."
    CALDICOTT_GUARDIAN = "missing/caldicott-guardian", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("Health and Social Care (National Data Guardian) Act 2018", "https://www.legislation.gov.uk/ukpga/2018/31"),
        ("UK Caldicott Guardian Council on the National Data Guardian's guidance", "https://www.ukcgc.uk/news/blog-post-title-two-hxp8w"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let claimed = notice.of(ClaimKind::Role).any(|c| c.value.starts_with("caldicott-guardian="));
    const WORDS: &[&str] = &[
        "caldicott guardian", "caldicott lead", "caldicott & ", "caldicotts", "caldicott function",
        "caldicot guardian", "caldecott guardian", "caldicott:",
    ];
    if notice.silence_counts() && !claimed && !says(notice, WORDS) {
        out.report(
            "the notice does not mention a Caldicott Guardian",
            "name the Caldicott Guardian and say how the Guardian can be reached",
        );
    }
}
