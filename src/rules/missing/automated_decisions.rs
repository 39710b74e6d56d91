//! `missing/automated-decisions`.

use super::silence::says;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not say whether decisions about people are made by automated means alone.
    ///
    /// ## Why it matters
    /// Articles 13(2)(f) and 14(2)(g) of the UK GDPR require a notice to tell of automated decision-making, profiling
    /// included. A commissioner that runs risk stratification is likely to be asked; one sentence answers.
    ///
    /// ## When it is wrong
    /// Strictly the duty is to tell where such decisions are made, so a controller that makes none breaks no law by its
    /// silence. To say "we make none" is good practice and what most notices do.
    ///
    /// ## Example
    /// Bad: "We use your information to pay for your care.", and nothing about such decisions.
    ///
    /// Good: "We do not make decisions about you by automated means alone."
    AUTOMATED_DECISIONS = "missing/automated-decisions", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(2)(f)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 14(2)(g)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let right = notice.of(ClaimKind::Right).any(|c| c.value == "automated-decisions");
    if !notice.silence_counts() || right || notice.has(ClaimKind::AutomatedDecision) {
        return;
    }
    const WORDS: &[&str] = &[
        "automat", "profiling", "profile you", "decisions by machine", "decision by machine", "computer alone",
        "computers alone", "by computer", "computers make", "without human", "without any human", "algorithm",
    ];
    if !says(notice, WORDS) {
        out.report("the notice does not say whether decisions about people are made by automated means alone", "write for example: \"We do not make decisions about you by automated means alone\", or say which ones are made, how, and what follows for people");
    }
}
