//! `purpose`: what the notice says it processes data for, in a section, row or item of its own.

use super::Context;
use crate::model::{Attr, Claim, ClaimKind};

/// Reads all purposes from the outline.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    if super::agreement::is_register(context) {
        // The labels of a register's entries name no purposes; its agreements do.
        return;
    }
    let mut named = Vec::new();
    for (span, purpose) in &context.outline.purposes {
        let term = context.dictionary.term(*purpose);
        let mut claim = Claim::new(ClaimKind::Purpose, term.id.clone(), *span)
            .with("heading", Attr::Text(context.text.quote(*span).to_owned()));
        claim.purpose = Some(term.id.to_string());
        named.push(*purpose);
        claims.push(claim);
    }
    // A page that is about one purpose as a whole, without a heading that the outline gave to it.
    if let Some(purpose) = context.outline.whole.filter(|whole| !named.contains(whole))
        && let Some(part) = context.outline.parts.iter().find(|p| !p.furniture && p.purpose == Some(purpose))
    {
        let id = context.dictionary.term(purpose).id.to_string();
        let mut claim = Claim::new(ClaimKind::Purpose, id.clone(), part.span);
        claim.purpose = Some(id);
        claims.push(claim);
    }
}
