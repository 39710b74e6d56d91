//! `inconsistent/basis-law`.

use crate::claims::{Citation, PartKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

rule! {
    /// ## What it finds
    /// Article 6, 9 or 10 attributed to the Data Protection Act: "our lawful basis under the Data Protection Act 2018 is
    /// Article 6(1)(e)", "Article 9(2)(h) of the Data Protection Act 2018".
    ///
    /// ## Why it matters
    /// The lawful bases and conditions are in the UK GDPR; the Act has sections and Schedules and no such Articles. Readers
    /// who look the provision up do not find it, and the notice shows that nobody did.
    ///
    /// ## When it is wrong
    /// Not where the Act is named for its Schedule 1, or beside the UK GDPR. Where both laws are meant, name both.
    ///
    /// ## Example
    /// Bad: "Our lawful basis under the Data Protection Act 2018 is Article 6(1)(e)."
    ///
    /// Good: "Our lawful basis under the UK GDPR is Article 6(1)(e)."
    BASIS_LAW = "inconsistent/basis-law", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 6", "https://www.legislation.gov.uk/eur/2016/679/article/6"),
        ("Data Protection Act 2018", "https://www.legislation.gov.uk/ukpga/2018/12"),
    ]
}

/// The Act behind an article: "Article 6(1)(e) of the Data Protection Act 2018".
static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^["')]*,? ?(?:of|in|under|from) the (?:uk )?(?:data protection act|dpa|2018 act)(?-u:\b)(?: \(dpa\))?(?: ?\(?2018\)?)?"#,
    )
    .ok()
});
/// The Act before an article: "under the Data Protection Act 2018 is", "Data Protection Act 2018, ".
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:data protection act|(?-u:\b)dpa)(?: \(dpa\))?(?: ?\(?2018\)?)?(?: \(dpa(?: 2018)?\))?[ ,:()-]*(?:(?:is|are|being|namely|for this|for this purpose|as follows|the following|we rely on|we are relying on|specifically|under|provides|and its|conditions?) ?[ ,:()-]*){0,3}$").ok()
});

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    for citation in context.citations.iter().filter(|c| {
        matches!(c.article, 6 | 9 | 10) && c.suffix.is_none() && (c.point.is_some() || c.paragraph.is_some())
    }) {
        if context.is_furniture(citation.folded.start) {
            continue;
        }
        if let Some(range) = behind(notice, citation).or_else(|| before(notice, citation)) {
            out.report(
                "an Article of the UK GDPR is attributed to the Data Protection Act, which has none",
                "write \"under the UK GDPR\"; name the Data Protection Act 2018 only for its Schedule 1 conditions and its sections",
            )
            .at(context.span(range));
        }
    }
}

fn behind(notice: &Notice<'_>, citation: &Citation) -> Option<Range<usize>> {
    let folded = notice.context.folded();
    let sentence = notice.context.sentence(citation.folded.start);
    let rest = &folded[citation.folded.end..sentence.end.max(citation.folded.end)];
    let found = BEHIND.as_ref()?.find(rest)?;
    Some(citation.folded.start..citation.folded.end + found.end())
}

/// The Act just before the article in its sentence, or at the end of the words that lead up to its list.
fn before(notice: &Notice<'_>, citation: &Citation) -> Option<Range<usize>> {
    let context = notice.context;
    let folded = context.folded();
    let sentence = context.sentence(citation.folded.start);
    if let Some(start) = attributed(folded, sentence.start.min(citation.folded.start)..citation.folded.start) {
        return Some(start..citation.folded.end);
    }
    let index = context.outline.part_index(citation.folded.start);
    let part = context.outline.parts.get(index)?;
    let opens =
        folded[part.folded.start..citation.folded.start].trim_start_matches([' ', '-', '(', '"', '\'']).is_empty();
    if !opens {
        return None;
    }
    let lead = context.outline.parts[..index].iter().rev().take(3).find(|p| p.kind != PartKind::Item)?;
    let words = context.words(lead).trim_end();
    let last = context.sentence(lead.folded.start + words.len().saturating_sub(1));
    let range = last.start.max(lead.folded.start)..lead.folded.start + words.len();
    let close = words.ends_with(':') || lead.kind != PartKind::Heading && !words.ends_with('.');
    (close && !range.is_empty()).then(|| attributed(folded, range)).flatten()?;
    Some(citation.folded.clone())
}

/// Where the words of a range end in the Act as the law of what follows: its start; not where the UK GDPR stands beside it.
fn attributed(folded: &str, range: Range<usize>) -> Option<usize> {
    let words = folded.get(range.clone())?;
    let found = BEFORE.as_ref()?.find(words)?;
    let beside = words[..found.start()].trim_end();
    let other = beside.ends_with("and the")
        || beside.ends_with("and")
        || beside.ends_with('/')
        || beside.ends_with("gdpr,")
        || beside.contains("section ")
        || beside.contains("schedule")
        || beside.contains("gdpr");
    let listed = beside.ends_with(';') || words[found.start()..].contains("gdpr");
    (!other && !listed).then_some(range.start + found.start())
}
