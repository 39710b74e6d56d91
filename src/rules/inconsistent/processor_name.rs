//! `inconsistent/processor-name`.

use crate::dictionary::{Family, Hit, TermId};
use crate::model::{ClaimKind, Span};
use crate::rules::names::plain;
use crate::rules::{Findings, Notice};
use std::collections::BTreeMap;

rule! {
    /// ## What it finds
    /// One processor under several names: its full name here and an abbreviation that is nowhere explained there.
    ///
    /// ## Why it matters
    /// Readers take two names for two organisations, and whoever keeps the notice updates one and forgets the other.
    ///
    /// ## When it is wrong
    /// Not where the abbreviation stands in brackets behind the name or is explained ("SCW = …"). "Commissioning
    /// Support Unit" and "CSU", with or without "NHS", count as one name.
    ///
    /// ## Example
    /// Bad: "NHS South, Central and West Commissioning Support Unit processes data on our behalf." and, below, "SCW CSU
    /// is our data processor."
    ///
    /// Good: "NHS South, Central and West Commissioning Support Unit (SCW CSU) processes data on our behalf." "SCW CSU
    /// is our data processor."
    PROCESSOR_NAME = "inconsistent/processor-name", Info, since: None,
    references: [("UK GDPR, Article 13(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/13")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    let processors: Vec<&str> = notice.of(ClaimKind::Processor).map(|c| c.value.as_str()).collect();
    let mut forms: BTreeMap<TermId, BTreeMap<String, Span>> = BTreeMap::new();
    let mut explained: Vec<(TermId, String)> = Vec::new();
    let mut last: Option<Hit> = None;
    for (hit, term, _) in context.hits_of(Family::Processors) {
        let form = plain(&context.folded()[hit.start..hit.end]);
        let bracketed = context.folded()[..hit.start].ends_with('(')
            && last.is_some_and(|l| l.term == hit.term && hit.start - l.end.min(hit.start) <= 4);
        let told = last.filter(|l| l.term == hit.term && explains(context.between(l.end, hit.start)));
        if let Some(short) = told {
            explained.push((hit.term, plain(&context.folded()[short.start..short.end])));
        }
        if bracketed {
            explained.push((hit.term, form));
        } else if processors.contains(&term.name()) && !in_address(context.folded(), hit.start) {
            forms.entry(hit.term).or_default().entry(form).or_insert_with(|| context.span(hit.start..hit.end));
        }
        last = Some(*hit);
    }
    for (id, mut written) in forms {
        written.retain(|form, _| !explained.iter().any(|(term, known)| *term == id && known == form));
        if written.len() > 1 {
            let mut spans: Vec<Span> = written.values().copied().collect();
            spans.sort();
            out.report(
                format!("one processor, {}, stands under {} names", context.dictionary.term(id).name(), spans.len()),
                "use one name throughout, or explain the abbreviation in brackets behind the full name",
            )
            .at_all(spans);
        }
    }
}

/// Whether the words between two names say that the first is short for the second: "=", "is short for".
fn explains(between: &str) -> bool {
    const SAYS: &[&str] = &["=", "is short for", "stands for", "means", "is the abbreviation"];
    between.len() <= 60 && !between.contains(['.', '\n']) && SAYS.iter().any(|s| between.contains(s))
}

fn in_address(folded: &str, at: usize) -> bool {
    let start = folded[..at].rfind([' ', '\n']).map_or(0, |n| n + 1);
    let token = folded[start..].split([' ', '\n']).next().unwrap_or("");
    token.contains('@') || token.contains("www.") || token.contains("://") || token.contains(".uk")
}
