//! Who is named for a role. In comes a notice; out come the claims that name somebody, and whether the words make one a deputy
//! or a predecessor.

use super::Notice;
use crate::model::{Claim, ClaimKind};

/// The people named for a role, each with the claim that names them.
pub(super) fn holders<'a>(notice: &Notice<'a>, role: &str) -> impl Iterator<Item = (&'a Claim, &'a str)> {
    notice.of(ClaimKind::Role).filter_map(move |c| {
        c.value.split_once('=').filter(|(r, name)| *r == role && !name.is_empty()).map(|(_, name)| (c, name))
    })
}

/// Whether the words around say that the person stands in, helps, or held the role before.
pub(super) fn secondary(notice: &Notice<'_>, claim: &Claim) -> bool {
    let sentence = notice.context.sentence_words(notice.context.fold.folded_at(claim.evidence.start));
    ["deputy", "assistant", "former", "previous", "interim", "acting", "on behalf of", "your gp", "practice's"]
        .iter()
        .any(|w| sentence.contains(w))
}
