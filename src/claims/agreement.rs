//! `agreement`: data sharing agreements, by their reference; in a data release register with what it says of each.

use super::Context;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};
use std::ops::Range;

/// Whether a text has the labels of a data release register's entries.
pub(super) fn is_register(context: &Context<'_>) -> bool {
    ["data-controller type:", "dsa runs", "opt outs honoured:", "sublicensing allowed:"]
        .iter()
        .filter(|l| context.holds(l))
        .count()
        >= 2
}

/// Reads all agreements.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let references = references(context.folded());
    for (at, (range, value)) in references.iter().enumerate() {
        if context.is_furniture(range.start) {
            continue;
        }
        let until = references.get(at + 1).map_or(context.folded().len(), |(next, _)| next.start);
        let entry = &context.folded()[range.end..until];
        let mut claim = context.claim(ClaimKind::Agreement, value.clone(), range.clone());
        claim.purpose = entry_purpose(context, range).or(claim.purpose);
        let labelled = entry.contains("data-controller type:") || entry.contains("dsa runs");
        if labelled {
            claim = claim
                .with_text("starts", day(entry, "dsa runs ").as_deref())
                .with_text("ends", end_day(entry).as_deref());
            claim = claim
                .with_text("controller", label(entry, "data-controller type:"))
                .with_text("legal_basis", label(entry, "legal basis:"));
            claim = claim.with("datasets", Attr::List(datasets(entry)));
            entry_claims(context, range, until, &claim.purpose.clone(), claims);
            let entry = context.span(range.start..until);
            for stated in claims.iter_mut().filter(|c| {
                c.purpose.is_none()
                    && matches!(
                        c.kind,
                        ClaimKind::CagReference | ClaimKind::Processor | ClaimKind::ConfidentialityBasis
                    )
                    && entry.contains(c.evidence)
            }) {
                stated.purpose.clone_from(&claim.purpose);
            }
        }
        claims.push(claim);
    }
}

/// The references in a folded text, `DARS-NIC-226296-S7T2Y`, `NIC-36834-Q6R6F`, without their versions.
pub fn references(folded: &str) -> Vec<(Range<usize>, String)> {
    let bytes = folded.as_bytes();
    let mut out = Vec::new();
    for at in memchr::memmem::find_iter(bytes, "nic-") {
        let digits = bytes[at + 4..].iter().take(8).take_while(|b| b.is_ascii_digit()).count();
        let dash = at + 4 + digits;
        if !(4..=7).contains(&digits) || bytes.get(dash) != Some(&b'-') {
            continue;
        }
        let suffix = bytes[dash + 1..].iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
        if suffix != 5 {
            continue;
        }
        let start = if folded[..at].ends_with("dars-") { at - 5 } else { at };
        if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
            continue;
        }
        let end = dash + 6;
        out.push((start..end, folded[start..end].to_ascii_uppercase()));
    }
    out
}

/// The purpose that an entry's title names before its reference: "… - RS — DARS-NIC-…".
fn entry_purpose(context: &Context<'_>, reference: &Range<usize>) -> Option<String> {
    let folded = context.folded();
    let start = folded[..reference.start].rfind('\n').map_or(0, |n| n + 1);
    let title = &folded[start..reference.start];
    let last = title.trim_end_matches([' ', '-']).rsplit([' ', '-', '(']).next().unwrap_or("");
    let short = match last {
        "rs" => Some("risk-stratification"),
        "iv" => Some("invoice-validation"),
        "comm" | "commissioning" => Some("commissioning"),
        _ => None,
    };
    let named = context.hits_within(Family::Purposes, &(start..reference.start)).map(|(_, t)| t.id.to_string()).last();
    short.map(str::to_owned).or(named).or_else(|| {
        // A title that names none: the first that the entry's objectives name.
        let from = reference.end + folded[reference.end..].find("objectives:")?;
        let until = folded.floor_char_boundary(from + 900);
        context.hits_within(Family::Purposes, &(from..until)).map(|(_, t)| t.id.to_string()).next()
    })
}

/// The words behind a label, to the end of its line.
fn label<'a>(entry: &'a str, name: &str) -> Option<&'a str> {
    let at = entry.find(name)? + name.len();
    let line = entry[at..].split('\n').next()?.trim();
    Some(&line[..line.floor_char_boundary(200)])
}

fn day(entry: &str, lead: &str) -> Option<String> {
    let at = entry.find(lead)? + lead.len();
    super::dates::date_at(entry, at).map(|(d, _)| d.to_string())
}

fn end_day(entry: &str) -> Option<String> {
    let at = entry.find("dsa runs ")? + "dsa runs ".len();
    let (_, end) = super::dates::date_at(entry, at)?;
    let next = end + entry[end..].find(|c: char| c.is_ascii_digit())?;
    super::dates::date_at(entry, next).map(|(d, _)| d.to_string())
}

fn datasets(entry: &str) -> Vec<String> {
    let Some(at) = entry.find("datasets:") else { return Vec::new() };
    entry[at + 9..]
        .lines()
        .skip(1)
        .map(str::trim)
        .take_while(|l| !l.contains(':') && !l.is_empty())
        .take(40)
        .map(|l| l.trim_start_matches('-').trim().to_owned())
        .collect()
}

/// Controllers, purpose and processors that a register's entry states.
fn entry_claims(
    context: &Context<'_>,
    reference: &Range<usize>,
    until: usize,
    purpose: &Option<String>,
    claims: &mut Vec<Claim>,
) {
    let folded = context.folded();
    let with_purpose = |mut claim: Claim| {
        claim.purpose = purpose.clone();
        claim
    };
    let title = folded[..reference.start].rfind('\n').map_or(0, |n| n + 1)..reference.start;
    if folded[title].contains("comm &") && purpose.as_deref() != Some("commissioning") {
        let mut claim = context.claim(ClaimKind::Purpose, "commissioning", reference.clone());
        claim.purpose = Some("commissioning".to_owned());
        claims.push(claim);
    }
    if let Some(id) = purpose {
        claims.push(with_purpose(context.claim(ClaimKind::Purpose, id.clone(), reference.clone())));
    }
    if let Some(at) = folded[reference.end..until].find("data-controller type:").map(|n| reference.end + n) {
        let end = folded[at..until].find('\n').map_or(until, |n| at + n);
        for mention in context.mentions_over(&(at..end + 1)).filter(|m| m.folded.start >= at && m.folded.end <= end + 1)
        {
            claims.push(context.claim(ClaimKind::Controller, mention.name.clone(), mention.folded.clone()));
        }
    }
    for (range, name) in labelled_processors(context, reference.end..until) {
        claims.push(with_purpose(context.claim(ClaimKind::Processor, name, range)));
    }
    for cue in [
        "conducted by ", "processed by ", "carried out by ", "transferred securely to ", "sent from the gp system to ",
        "data processor: ", "undertaken by ", "securely transferred to ", "provided by ", "by the data processor, ",
    ] {
        for (found, _) in folded[reference.end..until].match_indices(cue) {
            let at = reference.end + found + cue.len();
            let at = at + if folded[at..].starts_with("the ") { 4 } else { 0 };
            let hit = context
                .hits_within(Family::Processors, &(folded.ceil_char_boundary(at)..folded.floor_char_boundary(at + 90)))
                .find(|(h, _)| h.start <= at + 4)
                .map(|(h, t)| (h.start..h.end, t.name().to_owned()));
            if let Some((range, name)) = hit {
                claims.push(with_purpose(context.claim(ClaimKind::Processor, name, range)));
            }
        }
    }
}

/// The organisations on the line of a label "Data processor(s):", as written where no dictionary knows them.
fn labelled_processors(context: &Context<'_>, entry: Range<usize>) -> Vec<(Range<usize>, String)> {
    let folded = context.folded();
    let mut out = Vec::new();
    for label in ["data processor:", "data processors:", "data processor(s):", "processors:"] {
        let Some(at) = folded[entry.clone()].find(label).map(|n| entry.start + n + label.len()) else { continue };
        let end = folded[at..entry.end].find('\n').map_or(entry.end, |n| at + n);
        let mut start = at;
        for piece in folded[at..end].split([',', ';']) {
            let from = start + piece.len() - piece.trim_start().len();
            let to = start + piece.trim_end().len();
            start += piece.len() + 1;
            let known = context
                .hits_within(Family::Processors, &(from..to))
                .next()
                .map(|(h, t)| (h.start..h.end, t.name().to_owned()));
            let name = context.published(from..to).to_owned();
            out.extend(known.or_else(|| (name.split(' ').count() >= 2).then_some((from..to, name))));
        }
        break;
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn references_are_read_with_and_without_prefix() {
        let got: Vec<String> = super::references("dars-nic-226296-s7t2y-v1.2 and nic-36834-q6r6f, not nic-12-abcde")
            .into_iter()
            .map(|(_, v)| v)
            .collect();
        assert_eq!(got, ["DARS-NIC-226296-S7T2Y", "NIC-36834-Q6R6F"]);
    }
}
