//! One document read and understood, on the day it is judged: what every rule looks at.

use crate::claims::Context;
use crate::model::{Claim, ClaimKind, Day, NoticeKind, Reading, Span, Text};

/// The day a notice is judged on, and how it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judging {
    /// The day.
    pub day: Day,
    /// Whether it is the notice's own review date rather than a day given from outside.
    pub own_date: bool,
}

/// One document with its claims, ready to be judged.
pub struct Notice<'a> {
    /// What it is.
    pub kind: NoticeKind,
    /// Its canonical text.
    pub text: &'a Text,
    /// What the claim readers saw on their way: folded text, outline, dictionary hits.
    pub context: &'a Context<'a>,
    /// Its claims, in reading order.
    pub claims: &'a [Claim],
    /// The day of judging.
    pub judging: Judging,
}

impl<'a> Notice<'a> {
    /// Its claims of one kind, in reading order.
    pub fn of(&self, kind: ClaimKind) -> impl Iterator<Item = &'a Claim> {
        self.claims.iter().filter(move |c| c.kind == kind)
    }

    /// Whether it makes any claim of the kind.
    pub fn has(&self, kind: ClaimKind) -> bool {
        self.of(kind).next().is_some()
    }

    /// Whether silence means something: a whole notice, wholly read.
    pub fn silence_counts(&self) -> bool {
        self.kind == NoticeKind::PrivacyNotice && self.text.reading == Reading::Whole
    }

    /// The words of a span.
    pub fn quote(&self, span: Span) -> &'a str {
        self.text.quote(span)
    }
}
