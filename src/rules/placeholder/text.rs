//! `placeholder/text`.

use crate::dictionary::Family;
use crate::model::Span;
use crate::rules::{Findings, Notice};
use regex::Regex;
use std::sync::LazyLock;

rule! {
    /// ## What it finds
    /// Words of a template that nobody filled in: `[NAME SURNAME]`, `[insert date]`, `<<name>>`, `{{name}}`, `XXXX`, `TBC`
    /// standing as a value, lorem ipsum.
    ///
    /// ## Why it matters
    /// What should stand there is missing, most often a name, an address or a date that the law requires, and everyone
    /// who reads the notice sees that nobody checked it before it was published.
    ///
    /// ## When it is wrong
    /// Footnote marks, "[England]" in the title of a law, "[pdf]" and "(opens in new window)" are not reported. Where a
    /// square bracket is meant as text, write it in round ones.
    ///
    /// ## Example
    /// Bad: "Our Caldicott Guardian is [NAME SURNAME]."
    ///
    /// Good: "Our Caldicott Guardian is Dr Osei Larkham."
    TEXT = "placeholder/text", Error, since: None,
    references: [
        ("UK GDPR, Article 12(1): information in an intelligible form", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
        ("UK GDPR, Article 13", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn pattern(words: &str) -> Option<Regex> {
    Regex::new(words).ok()
}

/// Square brackets on one line.
static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\[([^\[\]\n]{2,120})\]"));
/// Other marks that only templates have.
static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"<<[^<>\n]{1,60}>>|\{\{[^{}\n]{1,60}\}\}|\{[a-z]+_[a-z_]+\}|\$\{[^{}\n]{1,60}\}|%%[A-Za-z_ ]{2,40}%%|(?i:\(insert [^()\n]{2,80}\))|(?i:<insert [^<>\n]{2,80}>)",
    )
});
/// Crosses in the place of letters or digits.
static CROSSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)(?:X{4,}|x{4,}|XXX|xxx)(?:[ -]?[Xx]{3,})*(?-u:\b)|(?-u:\b)(?:XX|xx) (?:years?|months?|weeks?|days?|hours?)(?-u:\b)|(?-u:\b)(?:XX|xx|DD|dd)/(?:XX|xx|MM|mm)/(?:[Xx]{2,4}|[Yy]{2,4})(?-u:\b)",
    )
});
/// "To be confirmed" as the value of a label or sentence.
static TO_COME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|[:–-] ?|(?-u:\b)(?:is|are|from|by|on|at) )(TBC|TBA|TBD|T\.B\.C\.?|[Tt]o be (?:confirmed|advised))(?:[.,;]|$)",
    )
});
static FILLER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?i)lorem ipsum|dolor sit amet"));

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let mut spans: Vec<Span> = by_shape(&notice.text.body);
    let context = notice.context;
    for (hit, term, _) in context.hits_of(Family::Placeholders) {
        if term.kind() == "strong" {
            spans.push(context.span(hit.start..hit.end));
        }
    }
    spans.retain(|span| !span.is_empty() && !context.is_furniture(context.fold.folded_at(span.start)));
    for span in outermost(spans) {
        out.report("words of a template were left in the notice", "put in what belongs there, or take the passage out")
            .at(span);
    }
}

/// Residue told by how it is written.
fn by_shape(body: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for found in BRACKETS.as_ref().into_iter().flat_map(|p| p.captures_iter(body)) {
        if let (Some(all), Some(inner)) = (found.get(0), found.get(1)) {
            let glued = body[..all.start()].ends_with(|c: char| c.is_alphanumeric() && c.is_ascii_lowercase());
            if !glued && !body[all.end()..].starts_with('(') && is_slot(inner.as_str()) {
                spans.push(Span::new(all.start(), all.end()));
            }
        }
    }
    let holds = |words: &[&str]| words.iter().any(|w| memchr::memmem::find(body.as_bytes(), w.as_bytes()).is_some());
    // Each pattern is tried only where its rarest words stand somewhere.
    for (pattern, words) in [
        (&MARKS, &["<<", "{", "%%", "nsert ", "NSERT "][..]),
        (&CROSSES, &["XXX", "xxx", "XX ", "xx ", "XX/", "xx/", "DD/", "dd/"]),
        (&FILLER, &["psum", "olor", "PSUM", "OLOR"]),
    ] {
        if let Some(pattern) = holds(words).then(|| LazyLock::force(pattern).as_ref()).flatten() {
            spans.extend(pattern.find_iter(body).map(|m| Span::new(m.start(), m.end())));
        }
    }
    if let Some(pattern) = holds(&["TB", "T.B.C", "o be confirmed", "o be advised"]).then(|| TO_COME.as_ref()).flatten()
    {
        let found = pattern.captures_iter(body).filter_map(|found| found.get(1));
        spans.extend(found.map(|m| Span::new(m.start(), m.end())));
    }
    spans
}

/// Whether the words in square brackets ask to be filled in rather than say something.
fn is_slot(inner: &str) -> bool {
    let lower = inner.trim().to_lowercase();
    const SAYS: &[&str] = &[
        "email protected", "email\u{a0}protected", "opens in", "external link", "pdf", "new window", "new tab",
        "redacted", "sic", "http", "www.", "england", "accessed", "download", "kb", "location-", "at]", "cited",
        "as amended", "footnote", "withheld",
    ];
    if SAYS.iter().any(|s| lower.starts_with(s) || s.len() > 5 && lower.contains(s))
        || !lower.chars().any(char::is_alphabetic)
    {
        return false;
    }
    const ASKS: &[&str] = &[
        "insert", "enter ", "add ", "delete ", "remove ", "include ", "amend ", "replace ", "complete ", "fill in",
        "name", "your ", "date", "dd", "organisation name", "organisation's name", "practice name", "icb name",
        "ccg name", "trust name", "job title", "postcode", "address", "telephone", "phone", "email", "e-mail",
        "link to", "link ", "tbc", "tba", "to be confirmed", "to be completed", "x", "placeholder", "drafting note",
        "note to", "guidance:", "optional", "example", "please ", "state ", "specify", "describe", "list ",
        "number of", "registration number", "month", "year", "first name", "surname", "title",
    ];
    let asks =
        ASKS.iter().any(|a| lower.starts_with(a) && (a.ends_with(' ') || a.len() > 3 || lower.len() <= a.len() + 8));
    let letters: Vec<char> = inner.chars().filter(|c| c.is_alphabetic()).collect();
    // One short word in capitals may be an abbreviation: "General Data Protection Regulation [GDPR]".
    let capitals = (inner.trim().contains(' ') || letters.len() > 6)
        && letters.len() >= 4
        && letters.iter().all(|c| c.is_uppercase())
        && !inner.chars().any(|c| c.is_ascii_digit());
    let choice = inner.contains('/')
        && !inner.contains("//")
        && inner.contains(' ')
        && !inner.chars().any(|c| c.is_ascii_digit())
        && inner.split('/').all(|part| !part.trim().is_empty());
    asks || capitals || choice
}

/// The spans by place, without those that lie inside or overlap an earlier one.
fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        if out.last().is_none_or(|last| span.start >= last.end) {
            out.push(span);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<&str> {
        outermost(by_shape(body)).into_iter().map(|s| &body[s.range()]).collect()
    }

    #[test]
    fn residue() {
        assert_eq!(
            found("Our Guardian is [NAME SURNAME]. Last reviewed: [insert date]"),
            ["[NAME SURNAME]", "[insert date]"]
        );
        assert_eq!(
            found("Dear <<name>>, {{organisation}} holds {results_count} records"),
            ["<<name>>", "{{organisation}}", "{results_count}"]
        );
        assert_eq!(
            found("Telephone: XXXXX XXXXXX\nE-mail: TBC\nThe owner is TBC.\nKept for XX years"),
            ["XXXXX XXXXXX", "TBC", "TBC", "XX years"]
        );
        assert_eq!(
            found("[NHS number/HCN number/ CHI number] (insert name here)"),
            ["[NHS number/HCN number/ CHI number]", "(insert name here)"]
        );
    }

    #[test]
    fn near_misses() {
        assert!(found("as the Act says [1], consent[2] and 2017[93]").is_empty());
        assert!(
            found("the Complaints [England] Regulations (2009) [email protected] [pdf] 61KB (opens in new window)")
                .is_empty()
        );
        assert!(found("General Data Protection Regulation [GDPR] of the EU").is_empty());
        assert!(found("the Transforming Birth Centre (TBC) in Part XX of the Act").is_empty());
    }
}
