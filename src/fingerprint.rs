//! What makes a finding the same finding in a later version of a notice.
//!
//! In comes a finding with its text and the headings above it; out comes a name that survives moved lines, changed
//! white space and changed case. Baselines and code scanning recognise findings by it; no line number goes in.

use crate::model::{Span, Text, sha256};
use crate::pipeline::Analysis;
use crate::rules::Finding;
use std::collections::BTreeSet;

/// Hexadecimal digits of a fingerprint: half a SHA-256 tells findings apart and still fits a table.
const DIGITS: usize = 32;

/// The fingerprint of a finding: its rule, its subject, its evidence with white space and case folded, and the headings
/// above its first place. Equal words count once, so that a copy of a sentence cured elsewhere makes nothing new.
pub fn fingerprint(finding: &Finding, section: &[String], text: &Text) -> String {
    of_words(finding, &finding.evidence, section, text)
}

/// The fingerprints of a finding's places, each as if the finding rested on it alone: curing one place makes none of the
/// others new. A finding whose places say one thing together, or that rests on no words, has one for all.
pub fn of_places(finding: &Finding, section: &[String], analysis: &Analysis) -> Vec<String> {
    match &finding.evidence[..] {
        places @ [_, _, ..] if !finding.is_joint() => {
            places.iter().map(|p| of_words(finding, &[*p], &analysis.section_of(*p), &analysis.text)).collect()
        }
        _ => vec![fingerprint(finding, section, &analysis.text)],
    }
}

fn of_words(finding: &Finding, places: &[Span], section: &[String], text: &Text) -> String {
    let quotes: BTreeSet<String> = places.iter().map(|span| folded(text.quote(*span))).collect();
    let mut all = format!("{}\0{}\0", finding.rule.id, finding.subject.as_deref().unwrap_or(""));
    for quote in &quotes {
        all.push_str(quote);
        all.push('\u{1}');
    }
    for heading in section {
        all.push('\0');
        all.push_str(&folded(heading));
    }
    let mut hash = sha256(all.as_bytes());
    hash.truncate(DIGITS);
    hash
}

fn folded(words: &str) -> String {
    words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
