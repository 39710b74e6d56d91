//! `malformed/article`.

use crate::claims::Citation;
use crate::model::{ClaimKind, Reading};
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use std::ops::Range;

rule! {
    /// ## What it finds
    /// A provision of the UK GDPR or of Schedule 1 to the Data Protection Act 2018 that does not exist: Article 6(1)(g) and
    /// beyond, a letter under Article 9(1), Article 9(2)(k) and beyond, "Article 9(a)(h)", an Article above 99, a paragraph of
    /// Schedule 1 above 41.
    ///
    /// ## Why it matters
    /// A notice must state the legal basis of each use (UK GDPR Article 13(1)(c)). A provision that does not exist is no
    /// basis, and people cannot check it.
    ///
    /// ## When it is wrong
    /// Article 6(1)(ea), Article 10(2) and the Articles with a letter (8A, 12A, 22A to 22D, 84A to 84D) are real. "Article
    /// 6(e)" and "Article 9(h)" are shorthand and are accepted. Articles of the European Convention on Human Rights are left
    /// alone.
    ///
    /// ## Example
    /// Bad: "Our lawful basis is Article 6(1)(g) of the UK GDPR."
    ///
    /// Good: "Our lawful basis is Article 6(1)(e) of the UK GDPR."
    ARTICLE = "malformed/article", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 6", "https://www.legislation.gov.uk/eur/2016/679/article/6"),
        ("UK GDPR, Article 9", "https://www.legislation.gov.uk/eur/2016/679/article/9"),
        ("UK GDPR, Article 10", "https://www.legislation.gov.uk/eur/2016/679/article/10"),
        ("Data Protection Act 2018, Schedule 1", "https://www.legislation.gov.uk/ukpga/2018/12/schedule/1"),
    ]
}

const OTHER_LAW: &[&str] = &["convention", "charter", "human rights", "echr", "treaty", "tfeu"];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for citation in &notice.context.citations {
        let Some(help) = impossible(citation).filter(|_| counts(notice, citation)) else { continue };
        let span = notice.context.span(citation.folded.clone());
        let number = if citation.letter_for_paragraph {
            notice.quote(span).to_owned()
        } else {
            format!("Article {}", citation.number())
        };
        out.report(format!("{number} of the UK GDPR does not exist"), help).at(span);
    }
    high_articles(notice, out);
    schedule_1(notice, out);
}

/// Whether a citation is one: not furniture, not another law's, not cut off by the end of a text that was not read whole.
fn counts(notice: &Notice<'_>, citation: &Citation) -> bool {
    let folded = notice.context.folded();
    let Range { start, end } = citation.folded.clone();
    let cut = notice.text.reading != Reading::Whole && folded[end..].trim().is_empty();
    // "Article 6(1) i.e. public task": no point.
    let english = folded[end..].starts_with(".e.") || folded[end..].starts_with(". e.");
    !cut && !english && !notice.context.is_furniture(start) && !notice.sentence_says(start, OTHER_LAW)
}

/// What to do about a provision that does not exist; `None` where it does.
fn impossible(citation: &Citation) -> Option<&'static str> {
    let point = citation.point.as_deref();
    let beyond = |last: &str| point.is_some_and(|p| p > last);
    let wrong = match (citation.article, citation.paragraph) {
        _ if citation.suffix.is_some() => return None,
        (6 | 9, _) if citation.letter_for_paragraph => Some("write Article, paragraph and point: 6(1)(a) to (f), 9(2)(a) to (j)"),
        (6, None | Some(1)) => beyond("f").then_some("Article 6(1) ends with point (f); 9(2)(h) to (j) are conditions of Article 9, and a public task is 6(1)(e)"),
        (6, Some(2)) => point.is_some().then_some("the legal bases are the points of Article 6(1): (a) to (f)"),
        (6, Some(paragraph)) => (paragraph > 12).then_some("the legal bases are the points of Article 6(1): (a) to (f)"),
        (9, Some(1)) => point.is_some().then_some("Article 9(1) is the prohibition and has no points; the conditions are Article 9(2)(a) to (j)"),
        (9, None | Some(2)) => beyond("j").then_some("the conditions of Article 9 are 9(2)(a) to (j)"),
        (9, Some(3..)) => (point.is_some() || citation.paragraph > Some(5)).then_some("the conditions of Article 9 are 9(2)(a) to (j)"),
        (10, _) => point.is_some().then_some("Article 10 has no points; name the condition of Schedule 1 to the Data Protection Act 2018"),
        _ => None,
    };
    wrong.filter(|_| point != Some("ea"))
}

/// "Article 106 of the UK GDPR": the Regulation ends with Article 99.
fn high_articles(notice: &Notice<'_>, out: &mut Findings) {
    let folded = notice.context.folded();
    for word in ["article ", "articles "] {
        for at in notice.context.places(word) {
            let start = at + word.len();
            let digits = folded[start..].bytes().take_while(u8::is_ascii_digit).count();
            if digits != 3 || folded[start..].starts_with('0') {
                continue;
            }
            let ours = notice.sentence_says(at, &["gdpr", "data protection regulation"])
                && !notice.sentence_says(at, OTHER_LAW);
            if ours {
                let number = &folded[start..start + digits];
                out.report(
                    format!("Article {number} of the UK GDPR does not exist"),
                    "the UK GDPR ends with Article 99; look up the Article that is meant",
                )
                .at(notice.context.span(at..start + digits));
            }
        }
    }
}

/// Paragraphs and Parts of Schedule 1 to the 2018 Act that do not exist.
fn schedule_1(notice: &Notice<'_>, out: &mut Findings) {
    const SCHEDULE: &str = "ukpga/2018/12/schedule/1/";
    for claim in notice.of(ClaimKind::Statute) {
        let Some((unit, number)) = claim.value.strip_prefix(SCHEDULE).and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let Ok(value) = digits.parse::<u32>() else { continue };
        let last = if unit == "part" { 4 } else { 41 };
        if value > last || value == 0 {
            out.report(
                format!("Schedule 1 to the Data Protection Act 2018 has no {unit} {value}"),
                format!("its {unit}s end with {last}; health or social care is paragraph 2, safeguarding 18, fraud 14"),
            )
            .at(claim.evidence);
        }
    }
}
