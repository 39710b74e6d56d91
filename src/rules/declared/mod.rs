//! What the notice says against what its owner declares about itself in `fairnotice.toml`.
//!
//! Without a declaration these rules are silent. They say what differs; which side is wrong is for the owner to know.

mod caldicott_guardian;
mod controller;
mod dpo;
mod ico_registration;
mod processor_undeclared;
mod processor_undisclosed;
mod siro;

use super::holder::{holders, secondary};
use super::names::same_person;
use super::{Findings, Notice, Rule};
use crate::dictionary::{Dictionary, Family};
use crate::model::{Claim, ClaimKind, Declaration};

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &caldicott_guardian::CALDICOTT_GUARDIAN,
    &controller::CONTROLLER,
    &dpo::DPO,
    &ico_registration::ICO_REGISTRATION,
    &processor_undeclared::PROCESSOR_UNDECLARED,
    &processor_undisclosed::PROCESSOR_UNDISCLOSED,
    &siro::SIRO,
];

/// What is declared, where the notice is the declaring body's: a notice that names other controllers alone is judged for
/// that, and not for the names and numbers that follow from it.
fn declared<'a>(notice: &Notice<'a>) -> Option<&'a Declaration> {
    let declared = notice.context.dictionary.declared()?;
    let mut controllers = notice.of(ClaimKind::Controller).peekable();
    let others_alone = controllers.peek().is_some()
        && (declared.name.is_some() || declared.ods.is_some())
        && !controllers.any(|c| is_declared(notice.context.dictionary, c, declared));
    (!others_alone).then_some(declared)
}

/// Whether a controller is the declared one: by its code where both have one, else by name.
fn is_declared(dictionary: &Dictionary, claim: &Claim, declared: &Declaration) -> bool {
    let code = |ods: &str| claim.text("ods").is_some_and(|o| o.eq_ignore_ascii_case(ods));
    declared.ods.as_deref().is_some_and(code)
        || declared.name.as_deref().is_some_and(|name| same_body(dictionary, name, &claim.value))
}

/// Reports the people named for a role where the declared one is not among them.
fn other_holder(notice: &Notice<'_>, role: &str, called: &str, declared: Option<&str>, out: &mut Findings) {
    let Some(declared) = declared else { return };
    // Of a joint notice, each body has officers of its own.
    let joint = notice.of(ClaimKind::Controller).any(|c| c.value != notice.first_controller());
    let named: Vec<(&Claim, &str)> = holders(notice, role).filter(|(c, _)| !secondary(notice, c)).collect();
    if named.iter().any(|(_, name)| same_person(name, declared)) || joint {
        return;
    }
    for (claim, name) in named {
        out.report(
            format!("the notice names {name} as {called}; declared is {declared}"),
            format!("name {declared}, or put the declaration in fairnotice.toml right"),
        )
        .at(claim.evidence);
    }
}

/// Whether two names are one body's: by its entry in the dictionary, or but for spelling.
fn same_body(dictionary: &Dictionary, a: &str, b: &str) -> bool {
    plain(a) == plain(b) || plain(canonical(dictionary, a)) == plain(canonical(dictionary, b))
}

/// The name under which the dictionary knows a body; the name itself where it does not.
fn canonical<'a>(dictionary: &'a Dictionary, name: &'a str) -> &'a str {
    let wanted = plain(name);
    [Family::Processors, Family::Bodies, Family::Commissioners]
        .into_iter()
        .flat_map(|family| dictionary.family(family))
        .find(|t| {
            let ways = t.phrases.iter().chain(t.exact.iter()).filter(|_| t.family != Family::Commissioners);
            plain(t.name()) == wanted || ways.into_iter().any(|w| plain(w) == wanted)
        })
        .map_or(name, |t| t.name())
}

/// A body's name without what does not tell it from another: case, `NHS`, `Ltd`, articles, `and`, punctuation; the forms of
/// NHS bodies by their letters.
fn plain(name: &str) -> String {
    let lower = name
        .to_lowercase()
        .replace("clinical commissioning group", "ccg")
        .replace("integrated care board", "icb")
        .replace("commissioning support unit", "csu")
        .replace(['\'', '’'], "");
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let kept = words.filter(|w| !matches!(*w, "" | "nhs" | "the" | "and" | "ltd" | "limited" | "plc" | "llp"));
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_body() {
        let dictionary = Dictionary::built_in();
        for (a, b) in [
            ("NHS Wealdshire Integrated Care Board", "NHS Wealdshire ICB"),
            ("Harbour Lane Ltd", "Harbour Lane"),
            ("NHS Bath & North East Somerset ICB", "Bath and North East Somerset ICB"),
        ] {
            assert!(same_body(&dictionary, a, b), "{a}, {b}");
        }
        assert!(!same_body(&dictionary, "NHS Wealdshire ICB", "NHS Wealdshire CCG"));
    }
}
