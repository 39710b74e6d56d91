//! `outdated/controller-abolished`.

use crate::dictionary::{Family, Term};
use crate::model::{Claim, ClaimKind, PartialDate};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice whose controller had been abolished on the day of judging, and the body or bodies that took its place. A CCG
    /// that the list of CCGs does not know is one all the same: all of them had ended by 1 July 2022.
    ///
    /// ## Why it matters
    /// People exercise their rights against the controller, and a notice must give its identity (UK GDPR Article 13(1)(a)).
    /// A body that is gone answers no request; the data are now in the hands of another, whose notice this should be.
    ///
    /// ## When it is wrong
    /// A notice kept on purpose as an archive is flagged too: a banner that says the body was dissolved does not make the
    /// text below it true. Move such a page to an archive, or keep it out of what is checked. The boards that ended on
    /// 1 April 2026 were partly divided: where several successors are named, choose those whose area the notice is about.
    ///
    /// ## Example
    /// Bad: "NHS West Leicestershire CCG is the data controller."
    ///
    /// Good: "NHS Leicester, Leicestershire and Rutland Integrated Care Board is the data controller."
    CONTROLLER_ABOLISHED = "outdated/controller-abolished", Error, since: Some(date(2013, 4, 1)),
    references: [
        ("UK GDPR, Article 13", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("National Health Service Act 2006, section 14Z27 (abolition of clinical commissioning groups)", "https://www.legislation.gov.uk/ukpga/2006/41/section/14Z27"),
        ("NHS England: integrated care system boundary changes and mergers", "https://www.england.nhs.uk/publication/integrated-care-system-boundary-changes-and-mergers-procedure"),
    ]
}

/// The day on which the last clinical commissioning groups ended.
const NO_MORE_CCGS: &str = "2022-07-01";

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in notice.of(ClaimKind::Controller) {
        let known = term(notice, claim);
        let is_ccg = claim.text("type") == Some("ccg") || claim.value.ends_with(" CCG");
        let ended =
            known.and_then(|t| t.until.as_deref()).or_else(|| (known.is_none() && is_ccg).then_some(NO_MORE_CCGS));
        let Some(ended) = ended.and_then(PartialDate::parse).filter(|d| d.first() <= notice.judging.day) else {
            continue;
        };
        let heirs = known.map(|t| notice.living_heirs(t)).unwrap_or_default();
        let message = match heirs.as_slice() {
            [] if known.is_none() => format!(
                "the controller, {}, no longer exists: all clinical commissioning groups had ended by {}",
                claim.value,
                ended.in_words()
            ),
            [] => format!("the controller, {}, ended on {}", claim.value, ended.in_words()),
            [one] => format!("the controller, {}, ended on {}; its successor is {one}", claim.value, ended.in_words()),
            several => format!(
                "the controller, {}, ended on {}; its successors are {}",
                claim.value,
                ended.in_words(),
                listed(several)
            ),
        };
        let help = match heirs.as_slice() {
            [] => {
                "publish the notice of the integrated care board that took its place, and take this one down".to_owned()
            }
            [one] => format!("publish a notice in the name of {one}, and take this one down"),
            several => format!(
                "publish a notice in the name of the successor for your area ({}), and take this one down",
                listed(several)
            ),
        };
        out.report(message, help).since(Some(ended.first())).at(claim.evidence);
    }
}

/// The dictionary's entry for a controller.
fn term<'a>(notice: &Notice<'a>, claim: &Claim) -> Option<&'a Term> {
    let dictionary = notice.context.dictionary;
    [Family::Commissioners, Family::Bodies, Family::Processors]
        .into_iter()
        .find_map(|family| dictionary.family(family).find(|t| t.name() == claim.value && t.kind() != "form"))
}

/// "A, B and C".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}
