//! `missing/schedule-1-condition`.

use super::silence::{relies_on, says};
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Article 9(2)(b), (g), (h), (i) or (j) of the UK GDPR relied on, and no condition of Schedule 1 to the Data
    /// Protection Act 2018 named anywhere.
    ///
    /// ## Why it matters
    /// Those points need a basis in domestic law. Section 10 of the 2018 Act gives it only where a condition of Schedule 1
    /// is met: for health or social care purposes paragraph 2, for safeguarding paragraph 18, for fraud paragraph 14.
    ///
    /// ## When it is wrong
    /// Articles 13 and 14 do not expressly ask for the condition, so a controller may keep it in its records alone. Naming
    /// it is good practice and shows that it was considered.
    ///
    /// ## Example
    /// Bad: "We rely on Article 9(2)(h) of the UK GDPR."
    ///
    /// Good: "We rely on Article 9(2)(h) of the UK GDPR, with Schedule 1, paragraph 2 of the Data Protection Act 2018
    /// (health or social care purposes)."
    SCHEDULE_1_CONDITION = "missing/schedule-1-condition", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("Data Protection Act 2018, section 10", "https://www.legislation.gov.uk/ukpga/2018/12/section/10"),
        ("Data Protection Act 2018, Schedule 1", "https://www.legislation.gov.uk/ukpga/2018/12/schedule/1"),
    ]
}

/// The points of Article 9(2) that need a condition in domestic law.
const POINTS: &[&str] =
    &["uk-gdpr:9(2)(b)", "uk-gdpr:9(2)(g)", "uk-gdpr:9(2)(h)", "uk-gdpr:9(2)(i)", "uk-gdpr:9(2)(j)"];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() || !relies_on(notice, POINTS) || relies_on(notice, &["dpa-2018:sch1:"]) {
        return;
    }
    let cited = notice.of(ClaimKind::Statute).any(|c| {
        c.value.starts_with("ukpga/2018/12/schedule/1")
            || c.value.starts_with("ukpga/2018/12/section/10")
            || c.value.starts_with("ukpga/2018/12/section/11")
    });
    const WORDS: &[&str] = &["schedule 1", "schedule one", "sch 1", "sch. 1", "sch1", "schedule1"];
    if !cited && !says(notice, WORDS) {
        let spans = notice
            .of(ClaimKind::LawfulBasis)
            .filter(|c| POINTS.contains(&c.value.as_str()))
            .map(|c| c.evidence)
            .take(3);
        out.report(
            "a condition of Article 9(2) that needs a basis in domestic law is relied on, and no condition of Schedule 1 to the Data Protection Act 2018 is named",
            "add the condition, for health or social care purposes \"Schedule 1, paragraph 2 of the Data Protection Act 2018\", for safeguarding paragraph 18",
        )
        .at_all(spans);
    }
}
