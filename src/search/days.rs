//! Days as numbers that compare as days do (`20230131`), and what a person means by `<2023` or `2019..2021-06`.

use super::query::{Leaf, QueryError, Value};
use crate::model::{Day, PartialDate};

/// A day as a number.
pub fn number(day: Day) -> u64 {
    day.year().unsigned_abs() as u64 * 10_000
        + day.month().unsigned_abs() as u64 * 100
        + day.day().unsigned_abs() as u64
}

/// The day at the beginning of an instant (`2026-11-24T10:00:00Z`), as a number; 0 where there is none.
pub fn of_instant(instant: &str) -> u64 {
    instant.get(..10).and_then(PartialDate::parse).map_or(0, |d| number(d.first()))
}

/// The first and the last day that a condition allows.
///
/// # Errors
/// Where no date was typed.
pub fn range(leaf: &Leaf) -> Result<(u64, u64), QueryError> {
    let date = |typed: &str| {
        let shape = typed.len() >= 4 && typed.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        PartialDate::parse(typed).filter(|_| shape).ok_or_else(|| {
            let message =
                format!("'{typed}' is no date; a year, a month or a day was expected: 2023, 2023-01, 2023-01-31");
            QueryError::new(leaf.at.clone(), message)
        })
    };
    let first = |typed: &str| date(typed).map(|d| number(d.first()));
    let last = |typed: &str| date(typed).map(|d| number(d.last()));
    match &leaf.value {
        Value::Between(from, to) => {
            let from = from.as_deref().map(first).transpose()?.unwrap_or(1);
            let to = to.as_deref().map(last).transpose()?.unwrap_or(u64::MAX);
            if from > to {
                return Err(QueryError::new(leaf.at.clone(), "the earlier date was expected before '..'"));
            }
            Ok((from, to))
        }
        // Days between two dates that exist: one less is always before.
        Value::Below(day) => first(day).map(|d| (1, d - 1)),
        Value::Above(day) => last(day).map(|d| (d + 1, u64::MAX)),
        Value::Word(day) | Value::Phrase(day) | Value::Prefix(day) | Value::Reference { typed: day, .. } => {
            Ok((first(day)?, last(day)?))
        }
    }
}
