//! `missing/review-date`.

use crate::claims::date_at;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that does not say when it was last reviewed or updated.
    ///
    /// ## Why it matters
    /// A reader cannot tell whether an undated notice still holds, and neither can its owner. Controllers must keep what
    /// they tell people up to date; a date shows that they do.
    ///
    /// ## When it is wrong
    /// Where the date stands only in the name of the file or in the page's metadata, which readers do not see.
    ///
    /// ## Example
    /// Bad: "We keep this notice under regular review."
    ///
    /// Good: "We keep this notice under regular review. It was last reviewed on 12 October 2026."
    REVIEW_DATE = "missing/review-date", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 5(1)(a) and Article 24", "https://www.legislation.gov.uk/eur/2016/679/article/24"),
        ("UK GDPR, Article 12", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let claimed = notice.has(ClaimKind::Reviewed) || notice.has(ClaimKind::NextReview);
    if notice.silence_counts() && !claimed && !dated(notice) {
        out.report("the notice does not say when it was last reviewed or updated", "write for example \"This notice was last reviewed on 12 October 2026\", and change the date at each review");
    }
}

/// Whether a date stands close behind a word for review, update, version or issue, page furniture included.
fn dated(notice: &Notice<'_>) -> bool {
    const CUES: &[&str] = &[
        "last review", "last updat", "reviewed", "updated", "last amended", "last revised", "revised", "published",
        "version", "issued", "effective from", "effective date", "review date", "date of review", "correct as at",
        "as at",
    ];
    let folded = notice.context.folded();
    CUES.iter().any(|cue| {
        folded.match_indices(cue).any(|(at, _)| {
            let from = at + cue.len();
            (from..(from + 30).min(folded.len()))
                .any(|place| folded.is_char_boundary(place) && date_at(folded, place).is_some())
        })
    })
}
