//! `outdated/review-date`.

use crate::model::{ClaimKind, PartialDate, Severity, months_between};
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A notice whose last review or update, by its own date, was more than 12 months before the day of judging; past 24
    /// months it is an error. Where several dates are given the latest counts, and a date without a day counts as the last
    /// day it can mean.
    ///
    /// ## Why it matters
    /// Personal data must be processed transparently, and the controller must be able to show it (UK GDPR Article 5(1)(a)
    /// and (2)). In any year since 2018 the law, the bodies or the approvals that such a notice names have changed. The
    /// twelve months are the custom of NHS bodies; no law sets them.
    ///
    /// ## When it is wrong
    /// Where the notice was reviewed since and nobody changed the date, the date is what is wrong. Judged with
    /// `--as-of reviewed` this rule is silent.
    ///
    /// ## Example
    /// Bad: "This notice was last updated in July 2018."
    ///
    /// Good: "This notice was last reviewed on 5 October 2026.", after it was reviewed.
    REVIEW_DATE = "outdated/review-date", Warning, since: None,
    references: [
        ("UK GDPR, Article 5 (principles)", "https://www.legislation.gov.uk/eur/2016/679/article/5"),
        ("UK GDPR, Article 12 (transparency)", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let dated = notice.of(ClaimKind::Reviewed).filter_map(|c| PartialDate::parse(&c.value).map(|d| (d, c)));
    let Some((latest, claim)) = dated.max_by_key(|(date, _)| date.last()) else { return };
    let due = |months: i64| latest.last().checked_add(jiff::Span::new().months(months)).ok();
    let Some(due_after_a_year) = due(12).filter(|due| *due < notice.judging.day) else { return };
    let months = months_between(latest.last(), notice.judging.day);
    let age = if months == 12 { "more than 12".to_owned() } else { months.to_string() };
    let on = if latest.day.is_some() { "on" } else { "in" };
    let finding = out
        .report(
            format!("the notice was last reviewed {on} {}, {age} months before the day it is judged on", latest.in_words()),
            "review the notice against the law and the bodies of today and give the new date; a review once a year is the custom",
        )
        .since(due_after_a_year.tomorrow().ok())
        .at(claim.evidence);
    if due(24).is_some_and(|due| due < notice.judging.day) {
        finding.severity(Severity::Error);
    }
}
