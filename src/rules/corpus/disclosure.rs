//! What the agreements of a notice's controller say, and whether the notice says it too.

use super::agreements::{Agreed, Agreements, ran};
use super::{Corpus, Published};
use crate::model::{ClaimKind, Span};
use crate::rules::names::plain;

/// An agreement that concerns a notice.
pub(super) struct Concerned<'a> {
    /// The notice.
    pub(super) document: usize,
    /// The agreement.
    pub(super) agreed: &'a Agreed,
    /// How it stood.
    pub(super) standing: Standing,
}

/// How an agreement stood on the day of judging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It ran.
    Runs,
    /// It had ended, and ran when the notice was last reviewed.
    RanAtReview,
    /// It had ended within the last [`EXTENDED`] years.
    EndedLately,
}

/// For so many years after its end an agreement is often renewed, and its data held on, before the register says so.
const EXTENDED: i16 = 5;

/// For every whole notice, the agreements of its controllers, those that run first.
pub(super) fn concerned<'a>(corpus: &Corpus<'_>, agreements: &'a Agreements) -> Vec<Concerned<'a>> {
    let mut out = Vec::new();
    for (number, document) in corpus.notices().filter(|(_, d)| d.silence_counts()) {
        let mut own: Vec<Concerned<'_>> = Vec::new();
        for agreed in document.controllers.iter().flat_map(|b| agreements.of_body(&b.key, document.day())) {
            let day = document.day();
            let reviewed = document.reviewed().map(|d| d.last());
            let lately = agreed.ends.is_some_and(|e| e < day && day.year() - e.year() < EXTENDED);
            let standing = match () {
                () if ran(agreed, day) => Standing::Runs,
                () if reviewed.is_some_and(|day| ran(agreed, day)) => Standing::RanAtReview,
                () if lately => Standing::EndedLately,
                () => continue,
            };
            own.push(Concerned { document: number, agreed, standing });
        }
        own.sort_by_key(|c| c.standing);
        out.append(&mut own);
    }
    out
}

/// The words of a notice without what does not count, for looking names up.
pub(super) fn plain_text(document: &Published<'_>) -> String {
    format!(" {} ", plain(&document.text.body.replace('’', "'").to_lowercase()))
}

/// Where a notice says that it processes data for a purpose.
pub(super) fn purpose_places(document: &Published<'_>, purpose: &str) -> Vec<Span> {
    document.of(ClaimKind::Purpose).filter(|c| c.value == purpose).map(|c| c.evidence).collect()
}

/// When an agreement ran, in words.
pub(super) fn run(agreed: &Agreed) -> String {
    match (agreed.starts, agreed.ends) {
        (Some(starts), Some(ends)) => format!("{starts} to {ends}"),
        (None, Some(ends)) => format!("to {ends}"),
        _ => "with no end given".to_owned(),
    }
}
