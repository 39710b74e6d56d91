//! The query language: in comes what a person typed; out comes what was meant, or what was wrong with it and where.
//!
//! Written by hand so that legal references need no quotes and every mistake is shown at its place. It knows nothing of
//! the index, and there is no text on which it fails in any other way than by a [`QueryError`].

mod fields;
mod lexer;
mod parser;

pub use fields::{FIELDS, Field, FieldInfo, Scope, nearest};
pub use parser::parse;

use std::ops::Range;

/// What a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// All of these.
    And(Vec<Expr>),
    /// At least one of these.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// One condition.
    Leaf(Leaf),
}

/// One condition: words of the text, or a field with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The field; none for words of the text.
    pub field: Option<Field>,
    /// What it must be.
    pub value: Value,
    /// Where the value stands in the query, in bytes.
    pub at: Range<usize>,
}

/// What a field or the text must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A word, or several joined without spaces.
    Word(String),
    /// Words in this order, from quotes.
    Phrase(String),
    /// What begins so.
    Prefix(String),
    /// A legal reference in its canonical form, and as it was typed.
    Reference {
        /// What a reference reads as.
        kind: super::reference::Kind,
        /// Its canonical forms: all of them.
        values: Vec<String>,
        /// As typed.
        typed: String,
    },
    /// From one value to another, both included; either may be open, not both.
    Between(Option<String>, Option<String>),
    /// Less than a value.
    Below(String),
    /// More than a value.
    Above(String),
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The place in the query, in bytes; empty at its end.
    pub at: Range<usize>,
    /// What is wrong and what was expected.
    pub message: String,
}

impl QueryError {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> QueryError {
        QueryError { at, message: message.into() }
    }

    /// The number of the character at its place, from 1.
    pub fn column(&self, query: &str) -> usize {
        query[..query.floor_char_boundary(self.at.start)].chars().count() + 1
    }
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
