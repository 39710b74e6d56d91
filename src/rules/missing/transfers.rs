//! `missing/transfers`.

use super::silence::{headed, says, says_near};
use crate::claims::Aspect;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not say whether information leaves the United Kingdom.
    ///
    /// ## Why it matters
    /// Articles 13(1)(f) and 14(1)(f) of the UK GDPR require a notice to tell of transfers to other countries and of the
    /// safeguard used. Mailing services, survey tools and hosting often involve one.
    ///
    /// ## When it is wrong
    /// Strictly the duty is to tell where there is a transfer, so a controller that makes none breaks no law by its
    /// silence. One sentence settles the question for readers.
    ///
    /// ## Example
    /// Bad: "We use your information to pay for your care.", and nothing about where it is kept.
    ///
    /// Good: "We do not transfer your personal data outside the United Kingdom."
    TRANSFERS = "missing/transfers", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(1)(f)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 44A", "https://www.legislation.gov.uk/eur/2016/679/article/44A"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() || notice.has(ClaimKind::Transfer) {
        return;
    }
    const WORDS: &[&str] = &[
        "outside the uk", "outside of the uk", "outside the united kingdom", "outside of the united kingdom",
        "outside the eea", "outside of the eea", "outside the european", "outside of the european", "outside the eu",
        "outside of the eu", "outside europe", "outside of europe", "outside england", "outside of england",
        "outside the country", "outside great britain", "overseas", "abroad", "international transfer",
        "internationally", "third countr", "other countries", "another country", "countries outside", "within the uk",
        "within the united kingdom", "within the eea", "within the european", "leave the uk", "leaves the uk",
        "leave the united kingdom", "leaves the united kingdom", "in the united states", "restricted transfer",
        "to the united states", "out of the european", "out of the eea", "out of the uk", "out of the united kingdom",
        "out of the country", "leave the country", "leaves the country", "leaves this country", "leave this country",
        "data privacy framework", "adequacy", "data bridge", "privacy shield", "safe harbor", "beyond the uk",
        "uk-based", "stored in the uk",
    ];
    // "We keep everything in the UK", "all of it is on computers in this country".
    const HERE: &[&str] =
        &["in the uk", "in the united kingdom", "in this country", "in britain", "in england", "in great britain"];
    const KEPT: &[&str] =
        &["keep ", "kept ", "stored", "held ", "hold ", "stays", "stay ", "server", "computers", "hosted", "data cent"];
    let kept_here = || says_near(notice, HERE, KEPT, 50);
    if !headed(notice, &[Aspect::Transfers]) && !says(notice, WORDS) && !kept_here() {
        out.report("the notice does not say whether information leaves the United Kingdom", "write \"We do not transfer personal data outside the United Kingdom\", or name the countries and the safeguard, and say how people can have a copy of it");
    }
}
