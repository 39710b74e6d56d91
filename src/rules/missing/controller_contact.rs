//! `missing/controller-contact`.

use crate::model::{Claim, ClaimKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// ## What it finds
    /// A notice that gives no way to reach the controller: no postal address with a postcode, no e-mail address, no
    /// telephone number and no link to a contact page. The regulator's details do not count.
    ///
    /// ## Why it matters
    /// Articles 13(1)(a) and 14(1)(a) of the UK GDPR require the identity and the contact details of the controller.
    ///
    /// ## When it is wrong
    /// Where the details stand only in an image. Readers of the text, and screen readers, do not get them there.
    ///
    /// ## Example
    /// Bad: "Contact us if you have questions."
    ///
    /// Good: "Write to us at Orchard Court, 4 Hop Lane, Stenbridge, WL3 4HP, or to hello@wealdshire.icb.nhs.uk."
    CONTROLLER_CONTACT = "missing/controller-contact", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 14(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
    ]
}

/// A British postcode.
static POSTCODE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}(?-u:\b)").ok());

/// Telephone numbers of the opt-out service, the ombudsman and NHS England, which commissioners' notices quote.
const OTHERS_NUMBERS: &[&str] = &["+443003035678", "+443450154033", "+443003112233", "+443031231113"];
/// Domains of bodies whose addresses notices quote.
const OTHERS_DOMAINS: &[&str] = &[
    "nhsdigital", "england.nhs", "ombudsman", "ico.", "hscic", "hra.nhs", "cqc.org", "nhsbsa", "cabinetoffice",
    "cabinet-office",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts()
        || notice.of(ClaimKind::Contact).any(|c| reaches_controller(notice, c))
        || postal_address(notice)
        || contact_page(notice)
    {
        return;
    }
    if notice.text.cloaked.iter().any(|span| !near_officer(notice, notice.context.fold.folded_at(span.start))) {
        return;
    }
    out.report("the notice gives no postal address, e-mail address or telephone number of the controller", "give at least one way to reach you, best a postal address with its postcode, a telephone number and an e-mail address");
}

/// Whether a contact may be the controller's: it is said to be, or it is nobody else's as far as one can tell.
fn reaches_controller(notice: &Notice<'_>, claim: &Claim) -> bool {
    let mail = claim.value.starts_with("mailto:");
    if !mail && !claim.value.starts_with("tel:") {
        return false;
    }
    let known_other = OTHERS_NUMBERS.iter().any(|n| claim.value.ends_with(n))
        || mail && OTHERS_DOMAINS.iter().any(|d| claim.value.contains(d));
    match claim.text("party").unwrap_or("other") {
        "ico" => false,
        "dpo" => !known_other && !near_officer(notice, notice.context.fold.folded_at(claim.evidence.start)),
        _ => !known_other,
    }
}

/// Whether the sentence or line before a place is about the data protection officer.
fn near_officer(notice: &Notice<'_>, at: usize) -> bool {
    let words = super::silence::around(notice, at, 120);
    words.contains("data protection officer") || words.contains("dpo")
}

/// Whether a postcode stands anywhere that is not the regulator's.
fn postal_address(notice: &Notice<'_>) -> bool {
    let Some(pattern) = POSTCODE.as_ref() else { return true };
    const REGULATORS: &[&str] = &["SK95AF", "M17BL"];
    pattern.find_iter(&notice.text.body).any(|found| !REGULATORS.contains(&found.as_str().replace(' ', "").as_str()))
}

/// Whether a link leads to a contact page.
fn contact_page(notice: &Notice<'_>) -> bool {
    notice.text.links.iter().any(|link| {
        let href = link.href.to_ascii_lowercase();
        let words = notice.quote(link.span).to_lowercase();
        let furniture = notice.context.is_furniture(notice.context.fold.folded_at(link.span.start));
        !furniture && !href.contains("ico.org") && (href.contains("contact") || words.contains("contact us"))
    })
}
