//! What a rule looks for before it says that something is missing: claims, and words anywhere in the notice.
//!
//! In comes a notice; out comes whether it says a thing in any of many ways. The search is generous on purpose: a false
//! "missing" costs the trust of everyone who knows that the notice says it.

use crate::claims::{Aspect, PartKind};
use crate::model::ClaimKind;
use crate::rules::Notice;

/// Whether any of the phrases stands in the notice, outside page furniture, at the beginning of a word.
pub fn says(notice: &Notice<'_>, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| !notice.context.places(phrase).is_empty())
}

/// Whether text stands under a heading or behind a label of one of `aspects`.
pub fn headed(notice: &Notice<'_>, aspects: &[Aspect]) -> bool {
    notice
        .context
        .parts()
        .any(|(_, p)| p.kind != PartKind::Heading && p.aspect.is_some_and(|aspect| aspects.contains(&aspect)))
}

/// Every place where a phrase stands at the beginning of a word, outside page furniture.
pub fn places(notice: &Notice<'_>, phrase: &str) -> impl Iterator<Item = usize> + use<> {
    notice.context.places(phrase).into_iter()
}

/// Whether one of `phrases` stands within `reach` bytes of one of `anchors`, on either side.
pub fn says_near(notice: &Notice<'_>, anchors: &[&str], phrases: &[&str], reach: usize) -> bool {
    anchors
        .iter()
        .any(|anchor| places(notice, anchor).any(|at| phrases.iter().any(|p| around(notice, at, reach).contains(p))))
}

/// The folded words up to `reach` bytes before and behind a place.
pub fn around<'n>(notice: &'n Notice<'_>, at: usize, reach: usize) -> &'n str {
    let folded = notice.context.folded();
    let from = folded.ceil_char_boundary(at.saturating_sub(reach));
    let to = folded.floor_char_boundary(at + reach);
    &folded[from..to.max(from)]
}

/// Whether the notice relies on a provision whose value begins with one of `starts`.
pub fn relies_on(notice: &Notice<'_>, starts: &[&str]) -> bool {
    notice.of(ClaimKind::LawfulBasis).any(|c| starts.iter().any(|s| c.value.starts_with(s)))
}
