//! A commissioner named somewhere.

use super::Span;

/// A CCG or ICB named at one place of a text, the controller of the notice or another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The words that name it.
    pub span: Span,
    /// Its canonical name.
    pub name: Box<str>,
    /// Its number in the dictionary, where that knows it.
    pub term: Option<u16>,
}
