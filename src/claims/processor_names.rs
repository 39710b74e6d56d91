//! Names that may be those of processors, in a list, cell or sentence.
//!
//! In comes a passage; out come the names in it, from the dictionary or as they are written. Whether a name is a
//! processor's is decided in `processor.rs`.

use super::Context;
use super::names::organisation_at;
use super::outline::Part;
use crate::dictionary::Family;
use std::ops::Range;

/// A name found in a passage.
pub(super) struct Name {
    pub(super) folded: Range<usize>,
    pub(super) value: String,
    pub(super) function: Option<String>,
    pub(super) ods: Option<String>,
    /// A support unit or supplier of the dictionary: works for others by trade.
    pub(super) trade: bool,
}

/// Support units, suppliers and commissioners named in a range; bodies too where `all`.
pub(super) fn known_names(context: &Context<'_>, range: &Range<usize>, all: bool) -> Vec<Name> {
    let mut out = Vec::new();
    for (hit, term) in context.hits_within(Family::Processors, range) {
        out.push(Name {
            folded: hit.start..hit.end,
            value: term.name().to_owned(),
            function: term.about.as_deref().map(str::to_owned),
            ods: term.ods.as_deref().map(str::to_owned),
            trade: true,
        });
    }
    for mention in context
        .mentions_over(range)
        .filter(|m| range.contains(&m.folded.start) && m.form != Some(crate::dictionary::Form::Partnership))
    {
        let ods = mention.term.and_then(|t| context.dictionary.term(t).ods.as_deref().map(str::to_owned));
        out.push(Name {
            folded: mention.folded.clone(),
            value: mention.name.clone(),
            function: None,
            ods,
            trade: false,
        });
    }
    if all {
        for (hit, term) in context.hits_within(Family::Bodies, range) {
            const NEVER: &[&str] = &[
                "ico", "pct", "sha", "stp", "cag", "hra", "cqc", "phso", "cabinet-office", "hmrc",
                "confidentiality-advisory-group", "health-research-authority", "care-quality-commission", "dhsc",
            ];
            if !NEVER.contains(&term.id.as_ref()) && term.kind() != "scheme" && term.kind() != "regulator" {
                out.push(Name {
                    folded: hit.start..hit.end,
                    value: term.name().to_owned(),
                    function: None,
                    ods: term.ods.as_deref().map(str::to_owned),
                    trade: false,
                });
            }
        }
    }
    out.sort_by_key(|n| (n.folded.start, std::cmp::Reverse(n.folded.end)));
    out.dedup_by(|b, a| b.folded.start < a.folded.end);
    out
}

/// Names that no dictionary lists, where a list item, cell, short answer or one of its sentences opens with them, and those
/// that follow as its list goes on.
pub(super) fn unknown_names(context: &Context<'_>, part: &Part) -> Vec<Name> {
    let body = &context.text.body;
    let end = part.span.end as usize;
    let mut out = Vec::new();
    let mut at = part.span.start as usize;
    while at < end && out.len() < 30 {
        at += lead_len(&body[at..end]);
        if at >= end {
            break;
        }
        let next = match organisation_at(body, at) {
            Some((stop, says)) => {
                out.extend(unknown_name(context, at, stop, end, says));
                stop
            }
            None => at,
        };
        match next_start(&body[next..end]) {
            Some(skip) => at = next + skip,
            None => break,
        }
    }
    out
}

/// Bytes of what may stand before a name: bullets, articles, "our supplier".
pub(super) fn lead_len(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let trimmed = rest[at..].trim_start_matches([' ', ',', ';', '.', ':', '/', '•', '·', '-', '–']);
        let stripped = ["and ", "& ", "The ", "the ", "our supplier ", "Our supplier "]
            .iter()
            .find_map(|s| trimmed.strip_prefix(s))
            .unwrap_or(trimmed);
        if stripped.len() == rest.len() - at {
            return at;
        }
        at = rest.len() - stripped.len();
    }
}

/// Where the next name of a list may begin: behind a comma, semicolon, "and", a bracket or a full stop.
pub(super) fn next_start(rest: &str) -> Option<usize> {
    ["; ", ", ", " and ", ". ", ")and ", ") and ", " • ", " · ", "/"]
        .iter()
        .filter_map(|s| rest.find(s).map(|at| at + s.len()))
        .min()
}

/// The name at `at..stop` of the body, if it is one that stands for a processor.
pub(super) fn unknown_name(context: &Context<'_>, at: usize, stop: usize, end: usize, says: bool) -> Option<Name> {
    let body = &context.text.body;
    let name = body[at..stop].trim_end_matches('.');
    let folded = context.fold.folded_at(at as u32)..context.fold.folded_at(stop as u32);
    let overlaps = |family: Family| context.hits_over(&folded).any(|(_, t)| t.family == family);
    let mentioned = context.mentions_over(&folded).next().is_some();
    let known = mentioned
        || overlaps(Family::Legislation)
        || overlaps(Family::Processors)
        || overlaps(Family::Bodies)
        || !says && (overlaps(Family::Headings) || overlaps(Family::Purposes));
    let after = body[stop..end].trim_start();
    let closes = after.is_empty()
        || after.starts_with(['–', '-', '—', ',', ';', '.', ':', '(', '/', '•', '·'])
        || after.starts_with("and ")
        || after.starts_with("to ")
        || after.starts_with("who ");
    let does = says && after.starts_with(char::is_lowercase);
    let bracketed = body[..at].ends_with('(');
    (!known && !bracketed && (closes || does) && plausible(name, says)).then(|| Name {
        folded,
        value: name.to_owned(),
        function: None,
        ods: None,
        trade: false,
    })
}

pub(super) fn plausible(name: &str, says: bool) -> bool {
    const NO: &[&str] = &[
        "None", "No", "Yes", "Not", "N/A", "Data", "Information", "Processors", "Processor", "Internal", "External",
        "Staff", "Our", "Any", "Other", "All", "IT", "GP", "GPs", "Patients", "Providers", "Below", "There", "Name",
        "Kept", "Basis", "Retention", "Purpose", "Legal", "Why", "What", "How", "When", "Where", "Who", "Nobody",
        "Nothing", "Anyone", "Sharing", "Source", "Sources", "Rights", "They", "You", "Your", "It",
    ];
    // Laws, codes and papers, however they are called.
    const PAPERS: &[&str] = &[
        "Code", "Act", "Regulation", "Regulations", "Policy", "Notice", "Article", "Articles", "Framework", "Toolkit",
        "Guidance", "Statement", "Schedule", "Register", "Agreement", "Constitution", "Form", "Directions",
    ];
    let first = name.split(' ').next().unwrap_or("");
    let words = name.split(' ').count();
    let generic = [
        "Local Authorities", "Local Authority", "Care Homes", "GP Practices", "Third Party", "Third Parties",
        "Data Processors", "Commissioning Support Units", "Commissioning Support Unit",
    ]
    .contains(&name);
    !NO.contains(&first)
        && !name.split(' ').any(|w| PAPERS.contains(&w))
        && !generic
        && (says || words <= 5)
        && name.chars().count() >= 3
        && name.chars().count() <= 80
        && name.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::plausible;

    #[test]
    fn answers_are_no_names() {
        assert!(!plausible("None", false));
        assert!(!plausible("Data Processors", false));
        assert!(plausible("Oasis", false));
    }
}
