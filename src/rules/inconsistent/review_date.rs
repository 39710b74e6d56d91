//! `inconsistent/review-date`.

use crate::claims::{Status, status};
use crate::dictionary::{Family, Term};
use crate::model::{Claim, ClaimKind, Day, PartialDate};
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// Two different dates for the last review; a law, a body or an edition in the text that is newer than the last review
    /// it states; a review before the controller existed.
    ///
    /// ## Why it matters
    /// The date tells readers how far to trust the notice. One that cannot be right shows that the text was changed
    /// without being reviewed, or taken over from another body together with its date.
    ///
    /// ## When it is wrong
    /// Where the newer law is named as still to come. Up to six weeks before a law began are allowed for notices made ready
    /// for it.
    ///
    /// ## Example
    /// Bad: "This notice was last reviewed on 12 February 2018." "We comply with the Data Protection Act 2018.", which
    /// was passed in May of that year.
    ///
    /// Good: "This notice was last reviewed on 12 October 2026." "We comply with the Data Protection Act 2018."
    REVIEW_DATE = "inconsistent/review-date", Warning, since: None,
    references: [
        ("UK GDPR, Article 5(1)(a): transparency", "https://www.legislation.gov.uk/eur/2016/679/article/5"),
        ("UK GDPR, Article 12", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
    ]
}

/// Days by which a notice may be ahead of a law.
const AHEAD: i64 = 45;

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let dated: Vec<(&Claim, PartialDate)> =
        notice.of(ClaimKind::Reviewed).filter_map(|c| PartialDate::parse(&c.value).map(|d| (c, d))).collect();
    two_dates(&dated, out);
    let Some((claim, last)) = dated.iter().max_by_key(|(_, d)| d.last()).map(|(c, d)| (*c, d.last())) else { return };
    newer_laws(notice, claim, last, out);
    newer_bodies(notice, claim, last, out);
    newer_editions(notice, claim, last, out);
}

/// Two dates that differ by month; three and more are a log of versions.
fn two_dates(dated: &[(&Claim, PartialDate)], out: &mut Findings) {
    let mut months: Vec<(i16, Option<i8>)> = dated.iter().map(|(_, d)| (d.year, d.month)).collect();
    months.sort_unstable();
    months.dedup();
    if let [a, b] = months.as_slice() {
        let compatible = a.0 == b.0 && (a.1.is_none() || b.1.is_none());
        if !compatible {
            out.report(
                "the notice gives two different dates for its last review",
                "give one date, that of the last review of the whole notice",
            )
            .at_all(dated.iter().map(|(c, _)| c.evidence));
        }
    }
}

fn later_by(from: Day, last: Day, days: i64) -> bool {
    let gap = jiff::civil::Date::until(last, from).map(|span| span.get_days()).unwrap_or(0);
    from > last && i64::from(gap) > days
}

fn newer_laws(notice: &Notice<'_>, review: &Claim, last: Day, out: &mut Findings) {
    let context = notice.context;
    for (hit, term, _) in context.hits_of(Family::Legislation) {
        let newer = term.from_day().is_some_and(|from| later_by(from, last, AHEAD));
        if newer
            && status(context, &(hit.start..hit.end)) == Status::Current
            && !coming(context.sentence_words(hit.start))
        {
            report(term.name(), term, review, context.span(hit.start..hit.end), out);
        }
    }
}

fn newer_bodies(notice: &Notice<'_>, review: &Claim, last: Day, out: &mut Findings) {
    let context = notice.context;
    for controller in notice.of(ClaimKind::Controller) {
        let term = context
            .dictionary
            .family(Family::Commissioners)
            .find(|t| t.kind() != "form" && t.name() == controller.value);
        if let Some(term) = term.filter(|t| t.from_day().is_some_and(|from| from > last)) {
            report(term.name(), term, review, controller.evidence, out);
            break;
        }
    }
    for (hit, term, _) in context.hits_of(Family::Bodies).chain(context.hits_of(Family::Processors)) {
        let newer = term.from_day().is_some_and(|from| later_by(from, last, AHEAD));
        if newer && !coming(context.sentence_words(hit.start)) {
            report(term.name(), term, review, context.span(hit.start..hit.end), out);
        }
    }
}

/// An edition of the Records Management Code that appeared in a year after the review.
fn newer_editions(notice: &Notice<'_>, review: &Claim, last: Day, out: &mut Findings) {
    for claim in notice.of(ClaimKind::Retention) {
        let year =
            claim.value.strip_prefix("code:").and_then(|c| c.rsplit('-').next()).and_then(|y| y.parse::<i16>().ok());
        if year.is_some_and(|y| y > last.year()) {
            out.report(
                format!(
                    "the notice gives {} as the date of its last review, and cites an edition of {}",
                    review.value,
                    year.unwrap_or_default()
                ),
                "review the notice and give the date of that review",
            )
            .at(review.evidence)
            .at(claim.evidence);
        }
    }
}

fn report(name: &str, term: &Term, review: &Claim, span: crate::model::Span, out: &mut Findings) {
    let from = term.from.as_deref().unwrap_or("");
    out.report(
        format!(
            "the notice gives {} as the date of its last review, and names {name}, which dates from {from}",
            review.value
        ),
        "review the notice and give the date of that review",
    )
    .at(review.evidence)
    .at(span);
}

/// Whether a sentence speaks of what is still to come.
fn coming(sentence: &str) -> bool {
    [
        "will come", "comes into", "come into force", "coming into", "forthcoming", "from 25 may", "from may 2018",
        "will replace", "will apply", "new data protection", "in preparation", "will become", "will be established",
        "from april", "from july", "from 1 ",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}
