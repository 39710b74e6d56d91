//! `outdated/type-2-opt-out`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Type 2 opt-outs offered or described as a choice that people have.
    ///
    /// ## Why it matters
    /// The national data opt-out replaced them on 25 May 2018; those recorded were converted, and practices can record no more
    /// of them. Whoever asks the practice for one gets nothing and thinks to be protected.
    ///
    /// ## When it is wrong
    /// Not where they are named as replaced or as what somebody had set before. Type 1 opt-outs are still in use.
    ///
    /// ## Example
    /// Bad: "You can ask your practice for a type 2 opt-out."
    ///
    /// Good: "You can set a national data opt-out at www.nhs.uk/your-nhs-data-matters."
    TYPE_2_OPT_OUT = "outdated/type-2-opt-out", Warning, since: Some(date(2018, 5, 25)),
    references: [(
        "How opt-outs work (NHS England)",
        "https://digital.nhs.uk/data-and-information/keeping-data-safe-and-benefitting-the-public/how-we-look-after-your-health-and-care-information/your-information-choices/how-opt-outs-work"
    )]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in notice.of(ClaimKind::OptOut).filter(|c| c.value == "type-2") {
        out.report(
            "type 2 opt-outs are offered as current; the national data opt-out replaced them on 25 May 2018",
            "offer the national data opt-out instead: www.nhs.uk/your-nhs-data-matters, telephone 0300 303 5678",
        )
        .at(claim.evidence);
    }
}
