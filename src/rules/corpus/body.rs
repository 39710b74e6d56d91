//! Bodies told apart by their names, as notices and registers write them.
//!
//! In comes a name; out comes a key that is the same for "NHS Mid and South Essex ICB" and "NHS MID AND SOUTH ESSEX ICB -
//! 06Q". A name that the dictionary does not know is its own key, without what does not count as a difference.

use crate::dictionary::{Dictionary, Family, TermId};
use crate::rules::names::plain;

/// What tells one body from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyKey {
    /// A commissioner that the dictionary knows, by its number there.
    Known(TermId),
    /// Any other, by its name without what does not count.
    Named(String),
}

/// A controller of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// What tells it from others.
    pub key: BodyKey,
    /// Its canonical name.
    pub name: String,
    /// `ccg`, `icb`, `trust` …; empty where the notice's claim says none.
    pub kind: String,
}

impl Body {
    /// Whether it is a commissioner: those write their name the same way in every register.
    pub fn is_commissioner(&self) -> bool {
        matches!(self.kind.as_str(), "ccg" | "icb") || matches!(self.key, BodyKey::Known(_))
    }
}

/// The forms of commissioners, as written behind their names.
const FORMS: &[(&str, &str)] = &[
    ("clinical commissioning group", "ccg"),
    ("ccg", "ccg"),
    ("integrated care board", "icb"),
    ("icb", "icb"),
    ("integrated care", "icb"),
];

/// The key of a body's name.
pub fn body_key(name: &str, dictionary: &Dictionary) -> BodyKey {
    let lower = without_code(&name.replace('’', "'").to_lowercase());
    for (words, kind) in FORMS {
        let Some(core) = before_form(&lower, words) else { continue };
        let known = dictionary.commissioners().named(core);
        let body = known
            .iter()
            .copied()
            .filter(|id| dictionary.term(*id).kind() == *kind)
            .max_by_key(|id| dictionary.term(*id).from_day());
        return body.map_or_else(|| BodyKey::Named(plain(&format!("{core} {kind}"))), BodyKey::Known);
    }
    BodyKey::Named(plain(&lower))
}

/// What stands before a form, as a word of its own: registers write more behind it ("… on behalf of joint controllers").
fn before_form<'a>(name: &'a str, form: &str) -> Option<&'a str> {
    let at = name.match_indices(form).map(|(at, _)| at).find(|at| {
        let behind = name[at + form.len()..].chars().next();
        name[..*at].ends_with(' ') && behind.is_none_or(|c| !c.is_alphanumeric())
    })?;
    Some(name[..at].trim())
}

/// A name without a code behind it: " - 06q", " (qua)", " (icb)".
fn without_code(name: &str) -> String {
    let name = name.trim().trim_end_matches('.');
    if let Some((core, code)) = name.rsplit_once(" - ").or_else(|| name.rsplit_once(" – ")) {
        let code = code.trim();
        if (3..=5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return core.trim().to_owned();
        }
    }
    match name.rsplit_once(" (") {
        Some((core, rest)) if rest.ends_with(')') && rest.len() <= 6 => core.trim().to_owned(),
        _ => name.to_owned(),
    }
}

/// The bodies that took over from one, step by step.
pub(super) fn heirs(ended: &BodyKey, dictionary: &Dictionary) -> Vec<BodyKey> {
    let BodyKey::Known(ended) = ended else { return Vec::new() };
    let mut out: Vec<BodyKey> = Vec::new();
    let mut open: Vec<&str> = dictionary.term(*ended).successors.iter().map(AsRef::as_ref).collect();
    while let Some(id) = open.pop() {
        let Some((number, term)) = dictionary.numbered(Family::Commissioners, id) else { continue };
        if !out.contains(&BodyKey::Known(number)) {
            out.push(BodyKey::Known(number));
            open.extend(term.successors.iter().map(AsRef::<str>::as_ref));
        }
    }
    out
}

/// Whether `newer` is among the bodies that took over from `older`.
pub(super) fn descends(newer: &BodyKey, older: &BodyKey, dictionary: &Dictionary) -> bool {
    heirs(older, dictionary).contains(newer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_and_notices_write_one_body_in_many_ways() {
        let dictionary = Dictionary::built_in();
        let key = |name: &str| body_key(name, &dictionary);
        let board = key("NHS Mid and South Essex ICB");
        assert!(matches!(board, BodyKey::Known(_)));
        for other in [
            "NHS MID AND SOUTH ESSEX ICB - 06Q", "Mid & South Essex Integrated Care Board",
            "NHS Mid and South Essex Integrated Care Board (QH8)",
        ] {
            assert_eq!(key(other), board, "{other}");
        }
        assert_ne!(key("NHS MID ESSEX CCG"), board);
        assert!(descends(&board, &key("NHS Mid Essex CCG"), &dictionary));
        assert!(!descends(&key("NHS Mid Essex CCG"), &board, &dictionary));
        assert_eq!(key("PRESCRIBING SERVICES LIMITED"), key("Prescribing Services Ltd"));
    }
}
