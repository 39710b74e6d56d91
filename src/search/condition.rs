//! One condition on a field becomes patterns of terms: the value as typed is brought into the form in which claims have
//! theirs, and a value that cannot exist is told with what can.

use super::query::{Field, Leaf, QueryError, Value, nearest};
use super::reference::Kind;
use super::terms::{FIELDS_OF_KINDS, code, name_key, name_words, whole, word};
use super::together::{Group, Pattern};
use super::words;
use crate::corpus::{bodies, lineage};
use crate::dictionary::{Dictionary, Family, Term};
use crate::model::{ClaimKind, Severity};
use crate::rules;

/// What one fact must have: one of several lists of groups.
pub type Alternatives = Vec<Vec<Group>>;

const ROLES: [&str; 3] = ["dpo", "siro", "caldicott-guardian"];
const KINDS: [&str; 4] = ["privacy-notice", "notice-part", "data-release-register", "other"];

/// Lawful bases by the names people give them, UK GDPR Articles 6(1) and 9(2).
const BASES: [(&str, &str); 8] = [
    ("consent", "6(1)(a)"),
    ("contract", "6(1)(b)"),
    ("legal-obligation", "6(1)(c)"),
    ("vital-interests", "6(1)(d)"),
    ("public-task", "6(1)(e)"),
    ("legitimate-interests", "6(1)(f)"),
    ("recognised-legitimate-interest", "6(1)(ea)"),
    ("explicit-consent", "9(2)(a)"),
];

/// The patterns of a condition on a field of facts.
///
/// # Errors
/// Where its value cannot be one of the field.
pub fn patterns(field: Field, leaf: &Leaf, dictionary: &Dictionary) -> Result<Alternatives, QueryError> {
    let one = |pattern: Pattern| vec![vec![vec![pattern]]];
    let words_of = |field: Field, text: &str| {
        vec![name_words(text).iter().map(|w| vec![Pattern::Whole(word(field, w))]).collect::<Vec<Group>>()]
    };
    match (&leaf.value, typed(&leaf.value)) {
        (_, text) if !text.chars().any(char::is_alphanumeric) => {
            Err(QueryError::new(leaf.at.clone(), format!("a value was expected, such as {}", field.info().example)))
        }
        (Value::Reference { kind, values, .. }, _) if fits(field, *kind) => {
            // "CAG 7-07(a)(b)/2013" names two approvals: a claim has one of them.
            Ok(values.iter().map(|v| vec![vec![cited(field, v)]]).collect())
        }
        (_, text) if field == Field::Lineage => lines(&text, leaf, dictionary).map(|group| vec![vec![group]]),
        (Value::Prefix(text), _) => Ok(prefix(field, text)),
        (_, text) if matches!(field, Field::Org | Field::Processor | Field::Names) => Ok(words_of(field, &text)),
        (_, text) if matches!(field, Field::Title | Field::Person) => {
            let words = words::plain(&text);
            Ok(vec![words.iter().map(|w| vec![Pattern::Whole(word(field, w))]).collect()])
        }
        (_, text) if field == Field::Value => Ok(any_value(&text)),
        (_, text) if field == Field::Subject => {
            Ok([one(Pattern::Whole(whole(field, &text))), words_of(field, &text)].concat())
        }
        (_, text) if field == Field::Statute && !text.contains('/') => Ok(words_of(field, &text)),
        (_, text) => {
            let value = known(field, &text, leaf, dictionary)?;
            let mut found = one(Pattern::Whole(whole(field, &value)));
            if field == Field::Retention {
                // "complaint files" rather than a period: words of the record.
                found.extend(words_of(field, &text));
            }
            Ok(found)
        }
    }
}

fn typed(value: &Value) -> String {
    match value {
        Value::Word(text) | Value::Phrase(text) | Value::Prefix(text) => text.clone(),
        Value::Reference { typed, .. } => typed.clone(),
        Value::Between(from, to) => from.clone().or_else(|| to.clone()).unwrap_or_default(),
        Value::Below(day) | Value::Above(day) => day.clone(),
    }
}

fn fits(field: Field, kind: Kind) -> bool {
    matches!(
        (field, kind),
        (Field::Basis, Kind::Article) | (Field::Cag, Kind::Approval) | (Field::Ico, Kind::Registration)
    )
}

/// The pattern of a whole reference; one without its letter finds all that begin so.
pub fn cited(field: Field, value: &str) -> Pattern {
    let open = field == Field::Basis && !value.trim_end_matches(')').ends_with(|c: char| c.is_ascii_alphabetic());
    let term = whole(field, value);
    if open { Pattern::Prefix(term) } else { Pattern::Whole(term) }
}

fn prefix(field: Field, text: &str) -> Alternatives {
    let mut all = vec![vec![vec![Pattern::Prefix(whole(field, text))]]];
    let words = words::plain(text);
    if let Some((last, before)) = words.split_last() {
        let mut groups: Vec<Group> = before.iter().map(|w| vec![Pattern::Whole(word(field, w))]).collect();
        groups.push(vec![Pattern::Prefix(word(field, last))]);
        let named = matches!(field, Field::Org | Field::Processor | Field::Names | Field::Title | Field::Person);
        if named || field == Field::Statute && !text.contains('/') {
            all = vec![groups];
        }
    }
    all
}

/// The body with its predecessors and successors, by code and name.
fn lines(text: &str, leaf: &Leaf, dictionary: &Dictionary) -> Result<Group, QueryError> {
    let mut meant: Vec<&Term> = bodies(dictionary, text);
    let words = name_words(text);
    if meant.is_empty() && !words.is_empty() {
        let holds = |t: &&Term| t.kind() != "form" && words.iter().all(|w| name_words(t.name()).contains(w));
        meant = dictionary.family(Family::Commissioners).filter(holds).collect();
    }
    if meant.is_empty() {
        let message = format!("no board is known by '{text}'; give its ODS code or words of its name");
        return Err(QueryError::new(leaf.at.clone(), message));
    }
    let bodies: Vec<&Term> = meant.into_iter().flat_map(|body| lineage(dictionary, body)).collect();
    let codes = bodies.iter().filter_map(|t| t.ods.as_deref()).map(|o| Pattern::Whole(whole(Field::Ods, o)));
    let names = bodies.iter().map(|t| Pattern::Whole(whole(Field::Org, &name_key(t.name()))));
    Ok(codes.chain(names).collect())
}

/// A value of a claim of any kind.
fn any_value(text: &str) -> Alternatives {
    let mut fields: Vec<Field> = FIELDS_OF_KINDS.iter().map(|(_, field)| *field).collect();
    fields.sort();
    fields.dedup();
    let whole_value = fields.iter().map(|f| Pattern::Whole(whole(*f, text))).collect();
    let names = name_words(text).into_iter().map(|w| {
        let any = [Field::Processor, Field::Names, Field::Value].into_iter();
        any.map(|f| Pattern::Whole(word(f, &w))).collect::<Group>()
    });
    vec![vec![whole_value], names.collect()]
}

/// The value of a field as claims have it. Where the field has a closed list, only what is on it.
fn known(field: Field, text: &str, leaf: &Leaf, dictionary: &Dictionary) -> Result<String, QueryError> {
    let value = code(&text.trim().replace(' ', "-"));
    let purposes = || dictionary.family(Family::Purposes).map(|t| &*t.id).collect::<Vec<_>>();
    let of = |list: Vec<&str>| one_of(&value, &list, field, leaf);
    match field {
        Field::Claim => of(ClaimKind::ALL.iter().map(|k| k.name()).collect()),
        Field::Kind => of(KINDS.to_vec()),
        Field::Severity => of([Severity::Error, Severity::Warning, Severity::Info].map(Severity::name).to_vec()),
        Field::Purpose => of(purposes()),
        Field::Rule => {
            let families = rules::all().filter_map(|r| r.id.split_once('/')).map(|(family, _)| family);
            of(rules::all().map(|r| r.id).chain(families).collect())
        }
        Field::Named => match value.as_str() {
            "yes" => Ok("true".to_owned()),
            "no" => Ok("false".to_owned()),
            _ => of(vec!["true", "false"]),
        },
        Field::Role => match value.as_str() {
            "data-protection-officer" => Ok("dpo".to_owned()),
            "senior-information-risk-owner" => Ok("siro".to_owned()),
            _ => of(ROLES.to_vec()),
        },
        Field::Basis => {
            let named = BASES.iter().find(|(name, _)| *name == value).map(|(_, article)| (*article).to_owned());
            Ok(named.unwrap_or(value))
        }
        Field::Retention => Ok(period(text).unwrap_or(value)),
        Field::Contact => Ok(contact(&code(text))),
        Field::Ods | Field::Cag | Field::Ico | Field::Agreement | Field::Statute => Ok(code(text)),
        _ => Ok(value),
    }
}

fn one_of(value: &str, list: &[&str], field: Field, leaf: &Leaf) -> Result<String, QueryError> {
    if list.contains(&value) {
        return Ok(value.to_owned());
    }
    let expected = match nearest(value, list.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None if list.len() <= 20 => format!("it is one of {}", list.join(", ")),
        None => {
            format!("see {}", if field == Field::Rule { "fairnotice rules" } else { "reports/reference/claims.md" })
        }
    };
    Err(QueryError::new(leaf.at.clone(), format!("{}: has no value '{value}'; {expected}", field.info().name)))
}

/// `P8Y` of "8 years".
fn period(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let number: u32 = words.next()?.parse().ok()?;
    let unit = words.next()?.to_lowercase();
    let letter = ["year", "month", "week", "day"].iter().find(|u| unit.starts_with(**u))?[..1].to_uppercase();
    words.next().is_none().then(|| format!("P{number}{letter}"))
}

/// An address as claims have it: telephone numbers with the country's code.
fn contact(value: &str) -> String {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    match value.strip_prefix('0').filter(|_| digits * 2 > value.len()) {
        Some(national) => format!("+44{}", national.chars().filter(char::is_ascii_digit).collect::<String>()),
        None => value.to_owned(),
    }
}
