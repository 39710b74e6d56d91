//! `declared/controller`.

use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A notice whose controllers are all other bodies than the one that fairnotice.toml declares, by ODS code or by
    /// name.
    ///
    /// ## Why it matters
    /// A notice must give the identity of its controller. One in the name of another body was copied from there, or was
    /// left over from the body that came before.
    ///
    /// ## When it is wrong
    /// Where the folder holds notices of other bodies, kept as an archive: switch the rule off for their path. A joint
    /// notice is right where the declared body is one of its controllers. Where this rule fires, the other declared/…
    /// rules are silent.
    ///
    /// ## Example
    /// "NHS Marlow Vale CCG is the data controller", where NHS Wealdshire ICB is declared. Cure: "NHS Wealdshire ICB is
    /// the data controller".
    CONTROLLER = "declared/controller", Error, since: None,
    references: [
        ("UK GDPR, Article 13(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let dictionary = notice.context.dictionary;
    let Some(declared) = dictionary.declared().filter(|_| super::declared(notice).is_none()) else { return };
    let own = declared.name.as_deref().or(declared.ods.as_deref()).unwrap_or_default();
    for claim in notice.of(ClaimKind::Controller) {
        out.report(
            format!("the notice names {} as its controller; declared is {own}", claim.value),
            format!("name {own} as the controller, or switch this rule off for the path of notices of other bodies"),
        )
        .at(claim.evidence);
    }
}
