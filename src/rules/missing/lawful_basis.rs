//! `missing/lawful-basis`.

use super::silence::{around, places};
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that names no provision of Article 6 of the UK GDPR as the lawful basis of anything it does, neither by
    /// number nor in clear words. A general list of situations ("with your consent, or where the law requires it") is no
    /// lawful basis, nor is an explanation of all six.
    ///
    /// ## Why it matters
    /// Articles 13(1)(c) and 14(1)(c) require the legal basis of the processing. It also decides which rights people have.
    ///
    /// ## When it is wrong
    /// Where the basis is given on another page. A notice whose parts are separate pages is judged page by page and is
    /// not reported; a notice that only links the basis is.
    ///
    /// ## Example
    /// Bad: "We only use your information where the law allows it."
    ///
    /// Good: "We use it to carry out our functions in the public interest: Article 6(1)(e) of the UK GDPR."
    LAWFUL_BASIS = "missing/lawful-basis", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 6", "https://www.legislation.gov.uk/eur/2016/679/article/6"),
        ("UK GDPR, Article 13(1)(c)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() || claimed(notice) || cited(notice) || in_words(notice) {
        return;
    }
    out.report(
        "the notice names no lawful basis under Article 6 of the UK GDPR for anything it does",
        "name the provision for each purpose, for a commissioner's functions usually Article 6(1)(e), the exercise of official authority or a task in the public interest",
    );
}

/// Whether a provision of Article 6 is claimed, other than in words that explain all of them.
fn claimed(notice: &Notice<'_>) -> bool {
    let mut claims = notice.of(ClaimKind::LawfulBasis).filter(|c| c.value.starts_with("uk-gdpr:6("));
    claims.any(|c| {
        c.purpose.is_some()
            || c.text("stated") != Some("words")
            || !explains(around(notice, notice.context.fold.folded_at(c.evidence.start), 700))
    })
}

/// Whether a point of Article 6 is cited where not all of them are being explained, even one that does not exist.
fn cited(notice: &Notice<'_>) -> bool {
    let cited = &notice.context.citations;
    let points = cited.iter().filter(|c| c.article == 6 && c.point.is_some());
    points.clone().any(|c| !explains(around(notice, c.folded.start, 700)))
}

/// Whether the public task is named as what the controller acts under.
fn in_words(notice: &Notice<'_>) -> bool {
    const WORDS: &[&str] = &[
        "public task", "exercise of official authority", "exercise of our official authority",
        "official authority vested", "task carried out in the public interest", "task in the public interest",
    ];
    WORDS.iter().any(|w| places(notice, w).any(|at| !explains(around(notice, at, 700))))
}

/// Whether a passage explains what bases there are: five or more of them side by side.
fn explains(words: &str) -> bool {
    let named = ["consent", "contract", "legal obligation", "vital interest", "public task", "legitimate interest"]
        .iter()
        .filter(|w| words.contains(*w))
        .count();
    named >= 5
}
