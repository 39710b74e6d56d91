//! `missing/ico-registration`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// ## What it finds
    /// A notice that does not give the controller's number in the regulator's register of fee payers.
    ///
    /// ## Why it matters
    /// Articles 13 and 14 do not ask for it, but almost every NHS body gives it: with the number anyone can look up
    /// whether the body is registered, under which name and until when.
    ///
    /// ## When it is wrong
    /// Where the number stands in another document that the notice links. Give it here as well: it is eight characters.
    ///
    /// ## Example
    /// Bad: "We are registered with the ICO."
    ///
    /// Good: "We are registered with the ICO; our number is ZB345066."
    ICO_REGISTRATION = "missing/ico-registration", Warning, since: Some(date(2018, 5, 25)),
    references: [("Data Protection (Charges and Information) Regulations 2018", "https://www.legislation.gov.uk/uksi/2018/480")]
}

/// Anything that may be meant as a registration number, page furniture included.
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)p?z[abc]? ?[0-9][0-9 ]{3,8}x?(?-u:\b)").ok());

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts()
        || notice.has(ClaimKind::IcoRegistration)
        || NUMBER.as_ref().is_none_or(|n| n.is_match(notice.context.folded()))
    {
        return;
    }
    out.report(
        "the notice does not give the controller's registration number with the ICO",
        "give the number of your entry in the ICO's register of fee payers, for example \"ZB345066\"",
    );
}
