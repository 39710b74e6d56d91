//! `inconsistent/public-authority-basis`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Legitimate interests (Article 6(1)(f)) or a recognised legitimate interest (Article 6(1)(ea)) relied on by an NHS
    /// body.
    ///
    /// ## Why it matters
    /// Neither point applies to processing by public authorities in the performance of their tasks (Article 6(1), last
    /// paragraph; section 7 of the Data Protection Act 2018 makes NHS bodies public authorities). For a task the basis
    /// is Article 6(1)(e) or (c).
    ///
    /// ## When it is wrong
    /// Where the processing is no part of the body's task, as with some of what an employer does. The finding is a
    /// note; say in the notice why it is no task.
    ///
    /// ## Example
    /// Bad: "We send our newsletter on the basis of our legitimate interests, Article 6(1)(f)."
    ///
    /// Good: "We send our newsletter to involve the public, a task in the public interest: Article 6(1)(e)."
    PUBLIC_AUTHORITY_BASIS = "inconsistent/public-authority-basis", Info, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 6(1)", "https://www.legislation.gov.uk/eur/2016/679/article/6"),
        ("Data Protection Act 2018, section 7", "https://www.legislation.gov.uk/ukpga/2018/12/section/7"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in notice.of(ClaimKind::LawfulBasis) {
        let named = match claim.value.as_str() {
            "uk-gdpr:6(1)(f)" => "legitimate interests",
            "uk-gdpr:6(1)(ea)" => "a recognised legitimate interest",
            _ => continue,
        };
        out.report(
            format!("a public body relies on {named}, which is not open to it for its own tasks"),
            "name Article 6(1)(e) or (c) for a task, or say why this is not part of the body's tasks",
        )
        .at(claim.evidence);
    }
}
