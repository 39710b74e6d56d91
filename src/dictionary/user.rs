//! Users' own dictionaries: the same files as `dictionaries/*.toml`, read at run time.

use super::Family;
use super::schema::{Checked, FAMILIES, RawFile, RawTerm};
use super::term::Term;
use std::borrow::Cow;
use std::fmt;

/// A mistake in a user's dictionary: which file, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryError(String);

impl fmt::Display for DictionaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DictionaryError {}

/// The terms of one file; `name` is its path, whose file name says the family.
pub(super) fn parse(name: &str, content: &str) -> Result<Vec<Term>, DictionaryError> {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end_matches(".toml");
    let Some(family) = Family::of_file(stem) else {
        return Err(DictionaryError(format!(
            "{name}: no dictionary is called '{stem}'; rename the file to one of: {}",
            FAMILIES.join(", ")
        )));
    };
    let file: RawFile = toml::from_str(content).map_err(|e| {
        let line = e.span().map_or(1, |s| line_of(content, s.start));
        DictionaryError(format!(
            "{name}:{line}: {}; mend this entry (dictionaries/README.md lists the fields)",
            e.message()
        ))
    })?;
    file.term.into_iter().map(|raw| checked(name, content, family, raw)).collect()
}

fn line_of(content: &str, at: usize) -> usize {
    content[..at.min(content.len())].matches('\n').count() + 1
}

fn checked(name: &str, content: &str, family: Family, raw: RawTerm) -> Result<Term, DictionaryError> {
    let line = line_of(content, raw.id.span().start);
    let fail = |what: String| Err(DictionaryError(format!("{name}:{line}: {what}")));
    let id = raw.id.into_inner();
    if raw.phrases.is_empty() && raw.exact.is_empty() {
        return fail(format!("'{id}' has no phrases, so nothing would ever match; add phrases = [\"…\"]"));
    }
    if let Some(short) = raw.phrases.iter().chain(&raw.exact).find(|p| p.trim().chars().count() < 2) {
        return fail(format!(
            "phrase '{short}' of '{id}' is too short to mean anything; write at least two characters"
        ));
    }
    for (field, value) in [("from", &raw.from), ("until", &raw.until)] {
        if let Some(day) = value.as_deref().filter(|d| crate::model::PartialDate::parse(d).is_none()) {
            return fail(format!("{field} = \"{day}\" of '{id}' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"));
        }
    }
    let text = |value: Option<String>| value.map(Cow::Owned);
    let list = |values: Vec<String>| Cow::Owned(values.into_iter().map(Cow::Owned).collect::<Vec<_>>());
    let checked = match raw.checked {
        Checked::On(day) => Some(Cow::Owned(day)),
        Checked::Never(false) => None,
        Checked::Never(true) => {
            return fail(format!("checked = true of '{id}' says no day; write the day of the check, or false"));
        }
    };
    Ok(Term {
        family,
        id: Cow::Owned(id),
        name: text(raw.name),
        phrases: list(raw.phrases),
        exact: list(raw.exact),
        kind: text(raw.r#type),
        ods: text(raw.ods),
        from: text(raw.from),
        until: text(raw.until),
        successors: list(raw.successors),
        instead: text(raw.instead),
        subject: text(raw.subject),
        purposes: list(raw.purposes),
        about: text(raw.about),
        url: text(raw.url),
        source: Cow::Owned(raw.source),
        checked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let unknown =
            parse("x/bodies.toml", "[[term]]\nid = \"a\"\nphrase = [\"A\"]\n").expect_err("unknown field").to_string();
        assert!(unknown.starts_with("x/bodies.toml:3: unknown field `phrase`"), "{unknown}");
        let empty = parse("bodies.toml", "\n[[term]]\nid = \"a\"\nsource = \"s\"\nchecked = false\n")
            .expect_err("no phrase")
            .to_string();
        assert!(empty.starts_with("bodies.toml:3: 'a' has no phrases"), "{empty}");
        assert!(parse("body.toml", "").expect_err("name").to_string().contains("rename the file"));
    }
}
