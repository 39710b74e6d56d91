//! `missing/right-to-complain`.

use super::silence::says_near;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not say that people may complain to the regulator, the Information Commission (until
    /// 29 September 2026 the Information Commissioner).
    ///
    /// ## Why it matters
    /// Articles 13(2)(d) and 14(2)(e) of the UK GDPR require it. People who do not know of the regulator have nowhere to
    /// turn when the controller does not help.
    ///
    /// ## When it is wrong
    /// Where the regulator is called by a name the program does not know. Call it the Information Commission or the ICO.
    ///
    /// ## Example
    /// Bad: "Tell us if you are unhappy."
    ///
    /// Good: "You have the right to complain to the Information Commission (ICO): ico.org.uk, telephone 0303 123 1113."
    RIGHT_TO_COMPLAIN = "missing/right-to-complain", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(2)(d)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 77", "https://www.legislation.gov.uk/eur/2016/679/article/77"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let claimed = notice.of(ClaimKind::Right).any(|c| c.value == "complain" && c.text("to") == Some("ico"));
    const REGULATOR: &[&str] = &[
        "information commission", "ico ", "ico'", "ico.", "ico)", "ico,", "ico:", "ico\n", "supervisory authority",
        "regulator",
    ];
    const COMPLAINS: &[&str] = &[
        "complain", "concern", "unhappy", "dissatisf", "not satisfied", "independent advice", "appeal", "report it",
        "report us", "report a", "remain", "raise ", "lodge", "review by", "independent investigation", "not happy",
        "resolve",
    ];
    if notice.silence_counts() && !claimed && !says_near(notice, REGULATOR, COMPLAINS, 300) {
        out.report("the notice does not say that people may complain to the regulator, the ICO", "write for example \"You have the right to complain to the Information Commission (ICO): ico.org.uk, telephone 0303 123 1113\"");
    }
}
