//! All notices of a corpus judged together and against the official registers.
//!
//! In come the analyses and the registers; out come findings that show both sides. It reads no file: the command line
//! hands over what was read, and reports show what comes out.

use crate::dictionary::Dictionary;
use crate::fingerprint::fingerprint;
use crate::model::{Registers, Span};
use crate::pipeline::Analysis;
use crate::rules::Finding;
use crate::rules::corpus::{Corpus, Counterpart, Published, agreed_in, judge};
use std::cmp::Reverse;

/// What is wrong with one notice in the light of another or of a register.
#[derive(Clone, Debug)]
pub struct CrossFinding {
    /// The number of the notice among the analyses.
    pub notice: usize,
    /// The finding, as any other of that notice: its evidence is words of that notice's text.
    pub finding: Finding,
    /// The headings above its first words, outermost first.
    pub section: Vec<String>,
    /// The other side: words of another analysis, by its number, or a register's row. At least one.
    pub counterparts: Vec<Counterpart>,
    /// What makes it the same finding in a later run.
    pub fingerprint: String,
}

/// Judges all analyses together, each on its own day of judging and against the registers in force on that day.
///
/// The findings come notice by notice, the gravest first.
pub fn across(analyses: &[Analysis], registers: &Registers, dictionary: &Dictionary) -> Vec<CrossFinding> {
    let documents: Vec<Published<'_>> = analyses
        .iter()
        .map(|a| Published::new(a.kind, &a.text, &a.claims, &a.commissioners, a.judging, dictionary))
        .collect();
    let published_agreements = documents.iter().enumerate().flat_map(|(number, d)| agreed_in(number, d)).collect();
    let corpus = Corpus { documents, registers, published_agreements, dictionary };
    let mut out: Vec<CrossFinding> = judge(&corpus)
        .into_iter()
        .map(|found| {
            let analysis = &analyses[found.document];
            let section = section(analysis, found.finding.evidence.first().copied());
            let fingerprint = fingerprint(&found.finding, &section, &analysis.text);
            CrossFinding {
                notice: found.document,
                finding: found.finding,
                section,
                counterparts: found.counterparts,
                fingerprint,
            }
        })
        .collect();
    in_order(&mut out);
    out
}

/// Puts findings in the order in which they are told: notice by notice, the gravest first.
pub fn in_order(found: &mut [CrossFinding]) {
    found.sort_by(|a, b| key(a).cmp(&key(b)));
}

fn key(found: &CrossFinding) -> impl Ord + '_ {
    let finding = &found.finding;
    (found.notice, Reverse(finding.severity), finding.rule.id, &finding.subject, &finding.evidence)
}

/// The headings above some words: those of the claim that stands there, or of the last claim before it in its block.
fn section(analysis: &Analysis, place: Option<Span>) -> Vec<String> {
    let Some(place) = place else { return Vec::new() };
    let block = analysis.text.blocks.get(analysis.text.block_at(place.start)).map_or(place, |b| b.span);
    let there = analysis.claims.iter().position(|c| c.evidence == place);
    let near = || analysis.claims.iter().position(|c| block.contains(c.evidence));
    there.or_else(near).and_then(|at| analysis.sections.get(at)).map(|s| s.to_vec()).unwrap_or_default()
}
