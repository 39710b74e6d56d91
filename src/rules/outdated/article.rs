//! `outdated/article`.

use crate::claims::{Status, status};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Article 22 of the UK GDPR for automated decisions and Article 89 for the safeguards of research, in a notice judged on
    /// or after 5 February 2026.
    ///
    /// ## Why it matters
    /// The Data (Use and Access) Act 2025 put Articles 22A to 22D in the place of Article 22, and Articles 84A to 84D in that of
    /// Article 89. The rights changed with the numbers: who reads the notice beside the law finds nothing under the old ones.
    ///
    /// ## When it is wrong
    /// Not for an Article of another law, and not where the old number is named as replaced.
    ///
    /// ## Example
    /// Bad: "You have rights about automated decisions (Article 22)."
    ///
    /// Good: "You have rights about automated decisions (Articles 22A to 22D)."
    ARTICLE = "outdated/article", Info, since: Some(date(2026, 2, 5)),
    references: [
        ("Data (Use and Access) Act 2025, section 80", "https://www.legislation.gov.uk/ukpga/2025/18/section/80"),
        ("UK GDPR, Article 22A", "https://www.legislation.gov.uk/eur/2016/679/article/22A"),
        ("UK GDPR, Article 84B", "https://www.legislation.gov.uk/eur/2016/679/article/84B"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    const OTHER_LAW: &[&str] =
        &["convention", "charter", "human rights", "echr", "treaty", "tfeu", "directive", "constitution"];
    let context = notice.context;
    for citation in &context.citations {
        let (message, help) = match (citation.article, citation.suffix) {
            (22, None) => (
                "Article 22 of the UK GDPR is cited; since 5 February 2026 Articles 22A to 22D stand in its place",
                "cite Articles 22A to 22D",
            ),
            (89, None) => (
                "Article 89 of the UK GDPR is cited; since 5 February 2026 Articles 84A to 84D stand in its place",
                "cite Articles 84A to 84D; the test that other Articles point to is in 84B",
            ),
            _ => continue,
        };
        let at = citation.folded.start;
        let past = status(context, &citation.folded) == Status::Historical;
        if !past && !context.is_furniture(at) && !notice.sentence_says(at, OTHER_LAW) {
            out.report(message, help).at(context.span(citation.folded.clone()));
        }
    }
}
