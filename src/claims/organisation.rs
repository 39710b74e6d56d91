//! `organisation`: national and regional bodies, other commissioners and suppliers that a notice names.

use super::Context;
use crate::dictionary::{Family, Form, Hit};
use crate::model::{Claim, ClaimKind};
use std::ops::Range;

/// Reads all organisations that are neither the controller nor, at that place, a processor.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let controllers: Vec<String> =
        claims.iter().filter(|c| c.kind == ClaimKind::Controller).map(|c| c.value.clone()).collect();
    let processors: Vec<Range<u32>> =
        claims.iter().filter(|c| c.kind == ClaimKind::Processor).map(|c| c.evidence.start..c.evidence.end).collect();
    let taken = |span: crate::model::Span| processors.iter().any(|p| p.start < span.end && span.start < p.end);
    let mut found = Vec::new();
    for family in [Family::Bodies, Family::Processors] {
        for (hit, term, _) in context.hits_of(family) {
            let range = hit.start..hit.end;
            let code = term.id == "ico" && context.folded()[hit.end..].starts_with(" code");
            if code
                || term.kind() == "kind"
                || is_kind(&term.id)
                || inside_law(context, hit)
                || in_address(context.folded(), hit.start)
                || taken(context.span(range.clone()))
            {
                continue;
            }
            let claim = context.claim(ClaimKind::Organisation, term.name(), range);
            found.push(
                claim
                    .with_text("ods", term.ods.as_deref())
                    .with_text("successor", term.instead.as_deref())
                    .with_text("status", term.until.as_ref().map(|_| "ended")),
            );
        }
    }
    for mention in context
        .mentions
        .iter()
        .filter(|m| m.form != Some(Form::Partnership) && !m.plural && !context.is_furniture(m.folded.start))
    {
        let Some(term) = mention.term.map(|t| context.dictionary.term(t)) else { continue };
        if controllers.contains(&mention.name)
            || taken(mention.span)
            || inside_law(context, &Hit { start: mention.folded.start, end: mention.folded.end, term: 0 })
        {
            continue;
        }
        let claim = context.claim(ClaimKind::Organisation, mention.name.clone(), mention.folded.clone());
        found.push(claim.with_text("ods", term.ods.as_deref()));
    }
    claims.extend(found);
}

/// Kinds of organisation, which are none themselves.
fn is_kind(id: &str) -> bool {
    matches!(id, "pct" | "sha" | "ccg" | "stp" | "lscb" | "link-icas" | "link" | "icas")
}

/// Whether a body's name is part of the title of an Act or Regulation.
fn inside_law(context: &Context<'_>, hit: &Hit) -> bool {
    let around = super::headings::hits_in(&context.hits, &(hit.start.saturating_sub(160)..hit.end));
    around.iter().any(|h| {
        context.dictionary.term(h.term).family == Family::Legislation
            && h.start <= hit.start
            && hit.end <= h.end
            && h.end - h.start > hit.end - hit.start
    })
}

fn in_address(folded: &str, at: usize) -> bool {
    let start = folded[..at].rfind([' ', '\n']).map_or(0, |n| n + 1);
    let token = folded[start..].split([' ', '\n']).next().unwrap_or("");
    token.contains("://") || token.starts_with("www.") || token.contains('@') || token.contains(".uk")
}
