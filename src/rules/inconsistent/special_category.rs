//! `inconsistent/special-category`.

use crate::claims::{Part, PartKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use std::ops::Range;

rule! {
    /// ## What it finds
    /// Criminal offences or convictions listed among special category data.
    ///
    /// ## Why it matters
    /// Article 9(1) of the UK GDPR lists the special categories, and offences are none of them. They fall under Article 10,
    /// which needs other conditions; a notice that confuses the two gives the wrong basis for both. The mistake is a
    /// leftover of the 1998 Act, whose "sensitive personal data" did include offences.
    ///
    /// ## When it is wrong
    /// Not where the two are named side by side ("special category and criminal offence data").
    ///
    /// ## Example
    /// Bad: "We use special category data such as health, religious belief and criminal convictions."
    ///
    /// Good: "We use special category data (health, religious belief) and, apart from it, data about criminal
    /// convictions (Article 10)."
    SPECIAL_CATEGORY = "inconsistent/special-category", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 9(1)", "https://www.legislation.gov.uk/eur/2016/679/article/9"),
        ("UK GDPR, Article 10", "https://www.legislation.gov.uk/eur/2016/679/article/10"),
    ]
}

const OFFENCES: &[&str] = &[
    "criminal offence", "criminal conviction", "criminal record", "criminal proceeding", "offences", "convictions",
    "alleged offence", "criminal history",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    for (index, part) in context.parts().filter(|(_, p)| p.kind != PartKind::Heading) {
        let words = context.words(part);
        let found = if is_listed(part, words) && words.len() < 220 && under_special_lead(notice, index) {
            OFFENCES.iter().any(|o| words.contains(o)).then(|| part.folded.clone())
        } else {
            inline(words).map(|r| part.folded.start + r.start..part.folded.start + r.end)
        };
        if let Some(range) = found {
            out.report("criminal offences are listed as special category data, which they are not", "list them apart, as data about criminal convictions and offences under Article 10 of the UK GDPR, with the condition of Schedule 1 to the Data Protection Act 2018").at(context.span(range));
        }
    }
}

/// Whether a part is a list item, or a short line of a list that lost its marks.
fn is_listed(part: &Part, words: &str) -> bool {
    let words = words.trim_end();
    part.kind == PartKind::Item
        || part.kind == PartKind::Prose && part.words <= 12 && !words.ends_with(['.', ':', '?', '!'])
}

/// Whether the words that lead up to a list announce special category data alone.
fn under_special_lead(notice: &Notice<'_>, index: usize) -> bool {
    let context = notice.context;
    let before = &context.outline.parts[..index];
    let Some(lead) = before.iter().rev().take(30).find(|p| !is_listed(p, context.words(p)) && !p.furniture) else {
        return false;
    };
    let words = context.words(lead);
    // A list that lost its marks is known by the colon before it alone.
    if context.outline.parts[index].kind != PartKind::Item && !words.trim_end().ends_with(':') {
        return false;
    }
    let heading = lead.section.map(|s| notice.context.fold.words(context.outline.sections[s].heading)).unwrap_or("");
    let tail = context.sentence_words(lead.folded.end.saturating_sub(2).max(lead.folded.start));
    let special = |w: &str| w.contains("special categor");
    let both = |w: &str| {
        w.contains("criminal")
            || w.contains("conviction")
            || w.contains("other ")
            || w.contains("personal data and special")
            || w.contains("as well as")
    };
    let announced =
        special(words) || special(heading) && (tail.trim_end().ends_with(':') || lead.kind == PartKind::Heading);
    announced && !both(words) && !both(heading)
}

/// "special category data such as health and criminal convictions": where in a passage.
fn inline(words: &str) -> Option<Range<usize>> {
    for (at, _) in words.match_indices("special categor") {
        // Behind a colon semicolons part what is listed; elsewhere they end it.
        let whole = words[at..].split(['.', '\n']).next().unwrap_or("");
        let first = whole.split(';').next().unwrap_or("");
        let tail = if first.contains(": ") { whole } else { first };
        let Some(intro) = [
            "such as", "including", "includes", "include ", "for example", "e.g", "i.e", "for instance", "means", "(",
            ": ", "like ",
        ]
        .iter()
        .filter_map(|i| tail.find(i))
        .min() else {
            continue;
        };
        let Some(offence) = OFFENCES.iter().filter_map(|o| tail.find(o).map(|n| (n, n + o.len()))).min() else {
            continue;
        };
        let between = tail.get(intro..offence.0).unwrap_or("");
        let closed = tail[intro..].starts_with('(') && between.contains(')');
        let apart = [
            "and criminal offence data", "or criminal offence data", "and data about criminal",
            "data relating to criminal", "as well as", "and criminal convictions data", "article 10",
            "and information about criminal",
        ]
        .iter()
        .any(|w| tail.contains(w));
        if intro < offence.0 && !closed && !apart {
            return Some(at + offence.0..at + offence.1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn lists_in_a_sentence() {
        assert!(inline("we hold special category data such as health, ethnicity and criminal convictions.").is_some());
        assert!(inline("special category data (health, religion) and criminal convictions are kept apart.").is_none());
        assert!(inline("special category and criminal offence data need more care.").is_none());
    }
}
