//! The terms under which claims, findings and bodies are found: one list of terms for each, so that conditions which must
//! hold together can be asked of one of them.
//!
//! In come entries; out come terms such as `basis:9(2)(h)` (a whole value) and `processor~optum` (a word of a name). The
//! query side makes its terms with the same functions. Nothing here touches the index.

use super::entry::{Body, Entry, Said, Wrong};
use super::query::Field;
use super::words;
use std::collections::BTreeSet;

/// Parts a fact from the next where facts are written as one text.
pub const FACT: char = '\n';

/// Parts a term from the next.
pub const TERM: char = '\u{1f}';

/// The field of a kind of claim.
pub const FIELDS_OF_KINDS: [(&str, Field); 18] = [
    ("role", Field::Role),
    ("ico-registration", Field::Ico),
    ("lawful-basis", Field::Basis),
    ("confidentiality-basis", Field::Confidentiality),
    ("statute", Field::Statute),
    ("cag-reference", Field::Cag),
    ("processor", Field::Processor),
    ("organisation", Field::Names),
    ("controller", Field::Value),
    ("retention", Field::Retention),
    ("reviewed", Field::Value),
    ("next-review", Field::Value),
    ("right", Field::Right),
    ("opt-out", Field::OptOut),
    ("contact", Field::Contact),
    ("agreement", Field::Agreement),
    ("automated-decision", Field::Decision),
    ("transfer", Field::Transfer),
];

/// The field in which the value of a kind of claim is looked for.
pub fn field_of(kind: &str) -> Field {
    FIELDS_OF_KINDS.iter().find(|(k, _)| *k == kind).map_or(Field::Value, |(_, field)| *field)
}

/// The term for a whole value.
pub fn whole(field: Field, value: &str) -> String {
    format!("{}:{}", field.info().name, code(value))
}

/// The term for a word of a name.
pub fn word(field: Field, word: &str) -> String {
    format!("{}~{word}", field.info().name)
}

/// A value as it is compared: lower case, hyphens alike, without spaces.
pub fn code(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .map(|c| if matches!(c, '‐' | '‑' | '–' | '—' | '−') { '-' } else { c })
        .flat_map(char::to_lowercase)
        .take(words::LONGEST)
        .collect()
}

/// The words of a name that count: forms of bodies in short, articles and legal forms left out.
pub fn name_words(name: &str) -> Vec<String> {
    const FORMS: [(&str, &str); 5] = [
        ("clinical commissioning group", "ccg"),
        ("integrated care board", "icb"),
        ("commissioning support unit", "csu"),
        ("primary care trust", "pct"),
        ("foundation trust", "ft"),
    ];
    const IDLE: [&str; 9] = ["nhs", "the", "and", "of", "for", "ltd", "limited", "plc", "llp"];
    let mut joined = words::plain(name).join(" ");
    for (long, short) in FORMS {
        if joined.contains(long) {
            joined = joined.replace(long, short);
        }
    }
    let all: Vec<String> = joined.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let telling: Vec<String> = all.iter().filter(|w| !IDLE.contains(&w.as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// A name as a whole, as it is compared.
pub fn name_key(name: &str) -> String {
    name_words(name).join("-")
}

/// The terms of a body.
pub fn of_body(body: &Body) -> Vec<String> {
    let mut out = vec![whole(Field::Org, &name_key(&body.name))];
    out.extend(name_words(&body.name).iter().map(|w| word(Field::Org, w)));
    out.extend(body.ods.iter().map(|o| whole(Field::Ods, o)));
    out.extend(body.kind.iter().map(|k| whole(Field::Type, k)));
    out
}

/// The terms of a claim.
pub fn of_claim(said: &Said) -> Vec<String> {
    let mut out = vec![whole(Field::Claim, &said.kind)];
    out.extend(said.purpose.iter().map(|p| whole(Field::Purpose, p)));
    let field = field_of(&said.kind);
    match said.kind.as_str() {
        "role" => {
            let (role, name) = said.value.split_once('=').unwrap_or((said.value.as_str(), ""));
            out.push(whole(Field::Role, role));
            out.push(whole(Field::Named, if name.is_empty() { "false" } else { "true" }));
            out.extend(words::plain(name).iter().map(|w| word(Field::Person, w)));
        }
        "purpose" => out.push(whole(Field::Purpose, &said.value)),
        _ => {
            out.extend(values(field, &said.value).iter().map(|v| whole(field, v)));
            let named =
                matches!(field, Field::Processor | Field::Names | Field::Value).then(|| name_words(&said.value));
            let described = name_words(&said.words);
            out.extend(named.iter().flatten().chain(&described).map(|w| word(field, w)));
        }
    }
    unique(out)
}

/// The forms under which a value of a field is found.
fn values(field: Field, value: &str) -> Vec<String> {
    let mut out = vec![value.to_owned()];
    match field {
        Field::Basis => out.extend(value.split_once(':').map(|(_, short)| short.to_owned())),
        Field::Cag => out.push(value.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ').to_owned()),
        Field::Contact => out.extend(value.split_once(':').map(|(_, short)| short.trim_start_matches('/').to_owned())),
        Field::Agreement => out.extend(value.split_once('-').map(|(_, short)| short.to_owned())),
        Field::Statute => {
            // An Act is found where one of its sections is cited.
            let ends = value.match_indices('/').map(|(at, _)| at).skip(2);
            out.extend(ends.map(|at| value[..at].to_owned()));
        }
        Field::Processor | Field::Names => return vec![name_key(value)],
        _ => {}
    }
    out
}

/// The terms of a finding. `since` is written so that days can be compared.
pub fn of_finding(wrong: &Wrong) -> Vec<String> {
    let mut out = vec![whole(Field::Rule, &wrong.rule), whole(Field::Severity, &wrong.severity)];
    out.extend(wrong.rule.split_once('/').map(|(family, _)| whole(Field::Rule, family)));
    if let Some(subject) = &wrong.subject {
        // An id or a number; or a body, which is looked for by words of its name.
        out.push(whole(Field::Subject, subject));
        out.extend(name_words(subject).iter().map(|w| word(Field::Subject, w)));
    }
    out.push(since(wrong.since.as_deref()));
    unique(out)
}

/// The term for the day from which a finding holds.
pub fn since(day: Option<&str>) -> String {
    format!("since:{}", day.map_or("0000-00-00", |d| d))
}

/// All facts of an entry, a line each.
pub fn facts(entry: &Entry, state: &str) -> String {
    let title = || words::plain(&entry.title).iter().map(|w| word(Field::Title, w)).collect::<Vec<_>>();
    let mut lines: Vec<Vec<String>> =
        vec![vec![format!("state:{state}")], vec![whole(Field::Kind, &entry.kind)], unique(title())];
    lines.extend(entry.bodies.iter().map(|b| unique(of_body(b))));
    lines.extend(entry.findings.iter().map(of_finding));
    // A claim repeated in other words is one fact.
    let claims: BTreeSet<Vec<String>> = entry.claims.iter().map(of_claim).collect();
    lines.extend(claims);
    let join = |terms: &Vec<String>| terms.join(&TERM.to_string());
    lines.iter().map(join).collect::<Vec<_>>().join(&FACT.to_string())
}

fn unique(terms: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    terms.into_iter().filter(|t| seen.insert(t.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_the_words_that_tell_them() {
        assert_eq!(name_words("NHS Ashmere Integrated Care Board"), ["ashmere", "icb"]);
        assert_eq!(name_words("Tallow & Wick LLP"), ["tallow", "wick"]);
        assert_eq!(name_words("NHS"), ["nhs"]);
    }

    #[test]
    fn a_claim_is_found_by_every_form_of_its_value() {
        let said = |kind: &str, value: &str| Said {
            kind: kind.to_owned(),
            value: value.to_owned(),
            purpose: Some("research".to_owned()),
            words: String::new(),
            evidence: (0, 1),
        };
        let terms = of_claim(&said("lawful-basis", "uk-gdpr:9(2)(h)"));
        assert_eq!(terms, ["claim:lawful-basis", "purpose:research", "basis:uk-gdpr:9(2)(h)", "basis:9(2)(h)"]);
        let terms = of_claim(&said("statute", "ukpga/2006/41/section/251"));
        assert!(terms.contains(&"statute:ukpga/2006/41".to_owned()), "{terms:?}");
        let terms = of_claim(&said("role", "caldicott-guardian="));
        assert!(terms.contains(&"named:false".to_owned()) && terms.contains(&"role:caldicott-guardian".to_owned()));
    }
}
