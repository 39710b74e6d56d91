//! Findings taken apart by place: what is suppressed or accepted at one place still counts at the others.

use crate::pipeline::{Analysis, SetAside, Why};
use crate::rules::Finding;

/// A finding and the headings above its first place.
pub(super) type Found = (Finding, Vec<String>);

/// Sets aside the places that `covers` picks; it says yes or no to each place of a finding, or once where a finding rests on
/// no words. Where `why` is none, all of them stay. Returns how many places it picked.
pub(super) fn set_aside(
    found: &mut Vec<Found>,
    analysis: &mut Analysis,
    why: Option<&Why>,
    mut covers: impl FnMut(&Finding, &[String], &Analysis) -> Vec<bool>,
) -> usize {
    let mut picked = 0;
    for (finding, section) in std::mem::take(found) {
        let covered = covers(&finding, &section, analysis);
        let count = covered.iter().filter(|c| **c).count();
        picked += count;
        let Some(why) = why.filter(|_| count > 0) else {
            found.push((finding, section));
            continue;
        };
        let (finding, section) = if count == covered.len() {
            (finding, section)
        } else {
            let (taken, kept) = split(finding, &covered, analysis);
            found.push(kept);
            taken
        };
        analysis.set_aside.push(SetAside { finding, section, why: why.clone() });
    }
    picked
}

/// A finding with the covered places alone, and one with the others.
fn split(finding: Finding, covered: &[bool], analysis: &Analysis) -> (Found, Found) {
    let of = |wanted: bool| {
        let mut part = finding.clone();
        let mut at = covered.iter();
        part.evidence.retain(|_| at.next() == Some(&wanted));
        part.cures.retain(|cure| part.evidence.iter().any(|place| place.overlaps(cure.span)));
        let section = part.evidence.first().map(|place| analysis.section_of(*place)).unwrap_or_default();
        (part, section)
    };
    (of(true), of(false))
}
