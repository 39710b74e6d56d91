//! `missing/right-to-complain-to-controller`.

use super::silence::{places, says};
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice, judged on or after 19 June 2026, that does not say that people may complain to the controller itself
    /// about the use of their data.
    ///
    /// ## Why it matters
    /// Since that day section 164A of the Data Protection Act 2018 gives people a right to complain to the controller,
    /// who must make it easy and acknowledge within 30 days; Articles 13(2)(ca) and 14(2)(da) of the UK GDPR require the
    /// notice to say so. It is a different matter from complaints about care, and from the right to go to the regulator.
    ///
    /// ## When it is wrong
    /// Where the notice says it in words the program does not know. "You have the right to complain to us" is enough.
    ///
    /// ## Example
    /// Bad: "You have the right to complain to the ICO."
    ///
    /// Good: "You have the right to complain to us about how we use your personal data: write to our Data Protection
    /// Officer. We acknowledge complaints within 30 days. You also have the right to complain to the ICO."
    RIGHT_TO_COMPLAIN_TO_CONTROLLER = "missing/right-to-complain-to-controller", Warning, since: Some(date(2026, 6, 19)),
    references: [
        ("UK GDPR, Article 13(2)(ca)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("Data Protection Act 2018, section 164A", "https://www.legislation.gov.uk/ukpga/2018/12/section/164A"),
    ]
}

/// Words that offer a complaint to the controller. Words about complaints over care must not be among them.
const WORDS: &[&str] = &[
    "complain to us", "complaint to us", "complaints to us", "complain directly to us", "complaint directly to us",
    "complain to the data protection officer", "complain to our data protection officer", "complain to the dpo",
    "complain to our dpo", "complain to the icb", "complain to the ccg", "complain to the controller",
    "complaint to the controller", "complaint with us", "concern with us", "concerns with us",
    "complaints about how we", "complaint about how we", "complain about how we", "complaints about the way we",
    "complaint about the way we", "complain about the way we", "complaints about our use", "complaint about our use",
    "complaints about our processing", "complaints about data protection", "complaints about your personal",
    "complaints about your data", "complaints about the use of your", "complaint about the use of your",
    "complain about the use of your", "complaints about our handling", "complaint about our handling",
    "way of complaining about", "dpcomplaints", "complaints about the use of personal", "data protection complaint",
    "data protection concern", "contact us first", "contact us in the first instance", "in the first instance",
    "tell us first", "section 164a", "any complaints we receive about this", "raise it with us", "raise this with us",
    "write to us first", "opportunity to put things right", "complaints team",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    let claimed = notice.of(ClaimKind::Right).any(|c| {
        c.value == "complain"
            && c.text("to") == Some("controller")
            && about_data(notice, context.fold.folded_at(c.evidence.start))
    });
    if !notice.silence_counts() || claimed {
        return;
    }
    let by_name = |at: usize| {
        let behind = at + "complain to ".len();
        context.mentions_over(&(behind..behind + 6)).next().is_some()
            || context.folded()[behind..].starts_with("the board")
    };
    let said = WORDS.iter().any(|w| places(notice, w).any(|at| about_data(notice, at)))
        || places(notice, "complain to ").any(|at| by_name(at) && about_data(notice, at));
    if !said && !says(notice, &["section 164a"]) {
        out.report(
            "the notice does not say that people may complain to the controller about the use of their data, as it must since 19 June 2026",
            "write for example \"You have the right to complain to us about how we use your personal data\", say how, and that you acknowledge a complaint within 30 days",
        );
    }
}

/// Whether a place is not about complaints over care or treatment: by the words of its sentence, and by its section.
fn about_data(notice: &Notice<'_>, at: usize) -> bool {
    let sentence = notice.context.sentence_words(at);
    let care = [
        "healthcare that you", "about healthcare", "your care", "about care", "treatment", "health services",
        "service you have received", "about nhs services", "any service",
    ]
    .iter()
    .any(|w| sentence.contains(w));
    let part = notice.context.outline.part_at(at);
    let handling = part.and_then(|p| notice.context.purpose_of(p)).is_some_and(|purpose| purpose == "complaints");
    let data =
        ["personal data", "your data", "your information", "information about you", "privacy", "data protection"];
    !care && !handling || data.iter().any(|w| sentence.contains(w)) && !sentence.contains("healthcare that you")
}
