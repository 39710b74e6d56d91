//! `declared/ico-registration`.

use super::declared;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A registration number of the Information Commissioner that is not the one which fairnotice.toml declares.
    ///
    /// ## Why it matters
    /// People look the number up in the public register and find another body, or nothing.
    ///
    /// ## When it is wrong
    /// Where the declaration is the older of the two: put fairnotice.toml right. In a notice of several controllers the
    /// number of another one is right beside the declared one.
    ///
    /// ## Example
    /// "Our registration number is ZA123456", where ZB654321 is declared. Cure: "Our registration number is ZB654321".
    /// Where the notice has one controller and gives one number, `--fix` writes the declared one.
    ICO_REGISTRATION = "declared/ico-registration", Error, since: None,
    references: [
        ("Data Protection (Charges and Information) Regulations 2018", "https://www.legislation.gov.uk/uksi/2018/480"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let Some(number) = declared(notice).and_then(|d| d.ico_registration.as_deref()) else { return };
    let given: Vec<_> = notice.of(ClaimKind::IcoRegistration).collect();
    let joint = notice.of(ClaimKind::Controller).any(|c| c.value != notice.first_controller());
    if joint && given.iter().any(|c| c.value == number) {
        return;
    }
    // Two numbers may be two bodies': which of them is the declared one's is not certain.
    let certain = !joint && given.iter().all(|c| c.value == given[0].value);
    for claim in given.into_iter().filter(|c| c.value != number) {
        let finding = out
            .report(
                format!("the notice gives {} as the registration number; declared is {number}", claim.value),
                format!("write {number}, or put the declaration in fairnotice.toml right"),
            )
            .at(claim.evidence);
        if certain {
            finding.cure(claim.evidence, number);
        }
    }
}
