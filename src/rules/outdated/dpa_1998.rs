//! `outdated/dpa-1998`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// The Data Protection Act 1998 cited as law in force, in any of the ways people write it.
    ///
    /// ## Why it matters
    /// The Act was repealed on 25 May 2018. A notice that relies on it tells people of rights, exemptions and duties that
    /// no longer exist, and hides those they have.
    ///
    /// ## When it is wrong
    /// Not where the Act is named as replaced, or for a past event. If a passage describes what applied before 2018, say so
    /// in its words ("the former Data Protection Act 1998").
    ///
    /// ## Example
    /// "We process personal data under the Data Protection Act 1998." Cure: "… under the UK GDPR and the Data Protection
    /// Act 2018."
    DPA_1998 = "outdated/dpa-1998", Error, since: Some(date(2018, 5, 25)),
    references: [("Data Protection Act 2018, Schedule 19 (repeals)", "https://www.legislation.gov.uk/ukpga/2018/12/schedule/19")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let cited = notice.of(ClaimKind::Statute).filter(|c| c.value.starts_with("ukpga/1998/29") && !c.flag("historical"));
    for claim in cited {
        out.report("the Data Protection Act 1998 is cited as law in force; it was repealed on 25 May 2018", "cite the UK GDPR and the Data Protection Act 2018 instead, or say that the passage is about the time before")
            .at(claim.evidence);
    }
}
