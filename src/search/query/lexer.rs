//! What was typed, cut into marks, fields and values with their places.

use super::fields::{FIELDS, Field, nearest};
use super::{QueryError, Value};
use crate::search::reference;
use std::ops::Range;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    Field(Field),
    Value(Value),
}

/// A piece and its place.
pub(super) type Placed = (Piece, Range<usize>);

/// Words before a colon that begin a value, not a field.
const SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "uk-gdpr", "dpa-1998", "dpa-2018", "code"];

const QUOTES: [char; 5] = ['"', '“', '”', '„', '″'];

/// Cuts a query into pieces.
pub(super) fn pieces(query: &str) -> Result<Vec<Placed>, QueryError> {
    let mut out: Vec<Placed> = Vec::new();
    let mut at = 0;
    while let Some(skipped) = query[at..].find(|c: char| !c.is_whitespace()) {
        at += skipped;
        let (piece, end) = piece(query, at, out.last().map(|p| &p.0))?;
        out.push((piece, at..end));
        at = end;
    }
    Ok(out)
}

fn piece(query: &str, at: usize, before: Option<&Piece>) -> Result<(Piece, usize), QueryError> {
    let rest = &query[at..];
    let first = rest.chars().next().unwrap_or(' ');
    let after_field = match before {
        Some(Piece::Field(field)) => Some(*field),
        _ => None,
    };
    match first {
        '(' => return Ok((Piece::Open, at + 1)),
        ')' => return Ok((Piece::Close, at + 1)),
        c if QUOTES.contains(&c) => return quoted(query, at),
        '-' | '–' | '−' if after_field.is_none() => return Ok((Piece::Not, at + first.len_utf8())),
        ':' => return Err(QueryError::new(at..at + 1, "a field name was expected before ':', such as basis:")),
        _ => {}
    }
    if let Some(field) = after_field.filter(|f| matches!(f, Field::Reviewed | Field::Captured)) {
        return comparison(query, at, field);
    }
    if let Some(found) = cited(query, at) {
        return Ok(found);
    }
    if after_field.is_none() {
        let word = &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).unwrap_or(rest.len())];
        match word {
            "AND" | "&&" => return Ok((Piece::And, at + word.len())),
            "OR" | "||" => return Ok((Piece::Or, at + word.len())),
            "NOT" => return Ok((Piece::Not, at + word.len())),
            _ => {}
        }
        if let Some(found) = field_name(query, at)? {
            return Ok(found);
        }
    }
    Ok(bare(query, at))
}

/// `"words in this order"`, with straight or curly quotes.
fn quoted(query: &str, at: usize) -> Result<(Piece, usize), QueryError> {
    let start = at + query[at..].chars().next().map_or(1, char::len_utf8);
    let Some(length) = query[start..].find(QUOTES) else {
        return Err(QueryError::new(at..start, "a closing quote was expected before the end of the query"));
    };
    let words = &query[start..start + length];
    let end = start + length + query[start + length..].chars().next().map_or(1, char::len_utf8);
    if !words.chars().any(char::is_alphanumeric) {
        return Err(QueryError::new(at..end, "words were expected between the quotes"));
    }
    if query[end..].starts_with('*') {
        return Ok((Piece::Value(Value::Prefix(words.to_owned())), end + 1));
    }
    // Whoever quotes a whole reference, as a shell asks for, means the reference.
    let trimmed = words.trim_start();
    let lead = start + words.len() - trimmed.len();
    let value = match cited(&query[..start + length], lead) {
        Some((piece, stop)) if query[stop..start + length].trim().is_empty() => return Ok((piece, end)),
        _ => Value::Phrase(words.to_owned()),
    };
    Ok((Piece::Value(value), end))
}

/// A legal reference as people type it, with the word "Article" or without.
fn cited(query: &str, at: usize) -> Option<(Piece, usize)> {
    let rest = &query[at..];
    let mut start = at;
    for word in ["articles", "article", "arts.", "art.", "art", "uk-gdpr:"] {
        if rest.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)) {
            let skipped = rest[word.len()..].len() - rest[word.len()..].trim_start().len();
            start = at + word.len() + skipped;
            break;
        }
    }
    let found = reference::at(query, start)?;
    if start > at && found.kind != reference::Kind::Article {
        return None;
    }
    if query[found.end..].starts_with('*') {
        return None;
    }
    let typed = query[at..found.end].to_owned();
    Some((Piece::Value(Value::Reference { kind: found.kind, values: found.values, typed }), found.end))
}

/// `basis:`; none where the word before the colon is no name.
fn field_name(query: &str, at: usize) -> Result<Option<(Piece, usize)>, QueryError> {
    let rest = &query[at..];
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
    let name = rest[..length].to_lowercase();
    if !rest[length..].starts_with(':') || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Ok(None);
    }
    if SCHEMES.contains(&name.as_str()) {
        return Ok(None);
    }
    let Some(field) = Field::of(&name) else {
        let hint = match nearest(&name, FIELDS.iter().map(|f| f.name)) {
            Some(near) => format!("did you mean '{near}:'?"),
            None => "see fairnotice search --help for the fields; put quotes around words with a colon".to_owned(),
        };
        return Err(QueryError::new(at..at + length, format!("there is no field '{name}'; {hint}")));
    };
    Ok(Some((Piece::Field(field), at + length + 1)))
}

/// A word: up to white space, a quote or a bracket that it did not open itself.
fn bare(query: &str, at: usize) -> (Piece, usize) {
    let mut depth = 0;
    let mut opened = None;
    let mut end = query.len();
    for (offset, c) in query[at..].char_indices() {
        match c {
            '(' => {
                depth += 1;
                opened = opened.or(Some(at + offset));
            }
            ')' if depth > 0 => depth -= 1,
            c if c == ')' || c.is_whitespace() || QUOTES.contains(&c) => {
                end = at + offset;
                break;
            }
            _ => {}
        }
    }
    // A bracket that is not closed within the word begins a group of its own.
    if depth > 0
        && let Some(open) = opened.filter(|o| *o > at)
    {
        end = open;
    }
    let word = &query[at..end];
    let value = match word.strip_suffix('*') {
        Some(prefix) => Value::Prefix(prefix.to_owned()),
        None => Value::Word(word.to_owned()),
    };
    (Piece::Value(value), end)
}

/// `<2023`, `>=2021-06`, `2019..2021`, `..2020`, `2018`.
fn comparison(query: &str, at: usize, field: Field) -> Result<(Piece, usize), QueryError> {
    let rest = &query[at..];
    let end = at + rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).unwrap_or(rest.len());
    let words = &query[at..end];
    let value = if let Some((from, to)) = words.split_once("..") {
        let side = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        Value::Between(side(from), side(to))
    } else if let Some(day) = words.strip_prefix("<=").or_else(|| words.strip_prefix('≤')) {
        Value::Between(None, Some(day.to_owned()))
    } else if let Some(day) = words.strip_prefix(">=").or_else(|| words.strip_prefix('≥')) {
        Value::Between(Some(day.to_owned()), None)
    } else if let Some(day) = words.strip_prefix('<') {
        Value::Below(day.to_owned())
    } else if let Some(day) = words.strip_prefix('>') {
        Value::Above(day.to_owned())
    } else {
        Value::Between(Some(words.to_owned()), Some(words.to_owned()))
    };
    if value == Value::Between(None, None) {
        let name = field.info().name;
        return Err(QueryError::new(
            at..end,
            format!("a date was expected on a side of '..', as in {name}:2019..2021"),
        ));
    }
    Ok((Piece::Value(value), end))
}
