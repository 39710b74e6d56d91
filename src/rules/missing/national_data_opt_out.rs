//! `missing/national-data-opt-out`.

use super::silence::says;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not mention the national data opt-out.
    ///
    /// ## Why it matters
    /// Since 25 May 2018 people can stop the use of their confidential patient information for research and planning, and
    /// all health and care bodies in England had to comply by 31 July 2022. A commissioner whose notice is silent hides a
    /// choice that people have, or hides that the choice does not apply to what it does.
    ///
    /// ## When it is wrong
    /// Where the controller uses no confidential patient information at all. Say so: "the national data opt-out does not
    /// apply to what we do".
    ///
    /// ## Example
    /// Bad: "You can ask your GP practice for a type 1 opt-out.", and no word of the national data opt-out.
    ///
    /// Good: "You can stop the use of your confidential patient information for research and planning:
    /// www.nhs.uk/your-nhs-data-matters or 0300 303 5678."
    NATIONAL_DATA_OPT_OUT = "missing/national-data-opt-out", Warning, since: Some(date(2018, 5, 25)),
    references: [("Compliance with the national data opt-out, NHS England Digital", "https://digital.nhs.uk/services/national-data-opt-out/compliance-with-the-national-data-opt-out")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let offered = notice.of(ClaimKind::OptOut).any(|c| c.value == "national-data-opt-out");
    const WORDS: &[&str] = &[
        "national data opt", "national opt", "national data opting", "national data op-out", "nhs data opt", "ndoo",
        "ndop", "0300 303 5678", "0300 3035678", "03003035678", "choice about whether you want your confidential",
        "choose whether your confidential", "opt out of your confidential patient information",
    ];
    let addressed = [
        "nhs-data-matters", "your-data-matters", "yourdatamatters", "my-data-choice", "national-data-opt-out",
        "nhs-matters",
    ];
    let linked = notice.text.links.iter().any(|l| addressed.iter().any(|a| l.href.contains(a)))
        || addressed.iter().any(|a| notice.context.folded().contains(a));
    if notice.silence_counts() && !offered && !linked && !says(notice, WORDS) {
        out.report("the notice does not mention the national data opt-out", "say that people can stop the use of their confidential patient information for research and planning at www.nhs.uk/your-nhs-data-matters or on 0300 303 5678, and for which of your purposes the choice does not apply");
    }
}
