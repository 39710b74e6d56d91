//! `malformed/ico-registration`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A number given as the registration with the Information Commissioner that none can have: too short, too long, or with
    /// letters where digits belong.
    ///
    /// ## Why it matters
    /// People look the controller up in the public register by this number. One that cannot exist leads nowhere, and a
    /// controller that pays no fee breaks the Regulations of 2018, so the question is asked at once.
    ///
    /// ## When it is wrong
    /// A number has eight characters: Z and seven digits (the last may be X), or ZA, ZB or ZC and six digits. If the register
    /// has begun another series, the rule has to learn it.
    ///
    /// ## Example
    /// Bad: "Our ICO registration number is ZA00490."
    ///
    /// Good: "Our ICO registration number is ZA004909."
    ICO_REGISTRATION = "malformed/ico-registration", Error, since: None,
    references: [
        ("Register of fee payers", "https://ico.org.uk/ESDWebPages/Search"),
        ("Data Protection (Charges and Information) Regulations 2018", "https://www.legislation.gov.uk/uksi/2018/480"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in notice.of(ClaimKind::IcoRegistration).filter(|c| c.attrs.get("valid").is_some() && !c.flag("valid")) {
        let (number, length) = (&claim.value, claim.value.chars().count());
        let why = match length {
            8 => "its letters and digits are not in an order the register uses".to_owned(),
            _ => format!("it has {length} characters instead of 8"),
        };
        out.report(format!("{number} cannot be a registration number: {why}"), "look the number up in the register of fee payers and correct it: Z and seven digits, or ZA, ZB or ZC and six")
            .at(claim.evidence);
    }
}
