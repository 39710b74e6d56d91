//! `outdated/cag-approval`.

use crate::dictionary::{Family, Term};
use crate::model::{ClaimKind, PartialDate};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// An approval under section 251 that is known to have expired or to have been replaced on the day of judging, cited as
    /// if it ran: CAG 7-04(a)/2013 (risk stratification) since 30 September 2023.
    ///
    /// ## Why it matters
    /// Without support in force the duty of confidentiality is not lifted, and the data may not be used without consent. Since
    /// October 2023 each integrated care board needs an approval of its own for risk stratification.
    ///
    /// ## When it is wrong
    /// A "next review" date that has passed is no expiry: CAG 7-07(a) to (c)/2013 (invoice validation) runs to 30 September
    /// 2027. The register was read in the state of November 2024; if an approval was renewed since, the register says so.
    ///
    /// ## Example
    /// Bad: "Risk stratification is approved under CAG 7-04(a)/2013."
    ///
    /// Good: "Risk stratification is approved under 23/CAG/0122.", for the board that holds it.
    CAG_APPROVAL = "outdated/cag-approval", Warning, since: Some(date(2021, 6, 1)),
    references: [
        (
            "Registers of the Confidentiality Advisory Group",
            "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"
        ),
        ("Health Service (Control of Patient Information) Regulations 2002, regulation 5", "https://www.legislation.gov.uk/uksi/2002/1438/regulation/5"),
    ]
}

/// Words of a sentence that speaks of an approval as past.
pub(in crate::rules) const PAST_APPROVAL: &[&str] = &[
    "expired", "lapsed", "replaced", "superseded", "no longer", "previous", "former", "ended", "came to an end",
    "until september 2023", "until 30 september 2023", "withdrawn",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    for claim in notice.of(ClaimKind::CagReference) {
        let Some(approval) = context.dictionary.by_id(Family::CagApprovals, &claim.value) else { continue };
        let Some(until) =
            approval.until.as_deref().and_then(PartialDate::parse).filter(|d| d.first() <= notice.judging.day)
        else {
            continue;
        };
        if notice.sentence_says(context.fold.folded_at(claim.evidence.start), PAST_APPROVAL) {
            continue;
        }
        let help = match own_approval(notice, approval) {
            Some(own) => {
                format!("cite the approval in force: {} ({}), if it still runs by the register", own.id, own.name())
            }
            None => format!(
                "cite the approval in force, or stop relying on section 251 for it; the register points to: {}",
                approval.instead.as_deref().unwrap_or("no later approval")
            ),
        };
        out.report(
            format!(
                "the approval {} is cited as if it still ran; it expired or was replaced by {}",
                approval.id,
                until.in_words()
            ),
            help,
        )
        .since(Some(until.first()))
        .at(claim.evidence);
    }
}

/// The approval that the controller itself holds for the same purpose.
fn own_approval<'a>(notice: &Notice<'a>, expired: &Term) -> Option<&'a Term> {
    let holders: Vec<&str> = notice.of(ClaimKind::Controller).filter_map(|c| c.text("ods")).collect();
    let mut running = notice
        .context
        .dictionary
        .family(Family::CagApprovals)
        .filter(|t| t.until.is_none() && t.purposes.first() == expired.purposes.first());
    running.find(|t| t.ods.as_deref().is_some_and(|ods| holders.contains(&ods)))
}
