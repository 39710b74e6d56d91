//! What a notice states, with the words it rests on.

use super::{Attr, Attrs, Span};

/// The kinds of claims, by the names of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names are the documentation: `claims/<kind>.rs` says what each is
pub enum ClaimKind {
    Controller,
    Role,
    IcoRegistration,
    LawfulBasis,
    ConfidentialityBasis,
    Statute,
    CagReference,
    Processor,
    Organisation,
    Retention,
    Reviewed,
    NextReview,
    Right,
    OptOut,
    Purpose,
    Contact,
    Agreement,
    AutomatedDecision,
    Transfer,
}

impl ClaimKind {
    /// Every kind, in the order of the contract.
    pub const ALL: [ClaimKind; 19] = [
        ClaimKind::Controller,
        ClaimKind::Role,
        ClaimKind::IcoRegistration,
        ClaimKind::LawfulBasis,
        ClaimKind::ConfidentialityBasis,
        ClaimKind::Statute,
        ClaimKind::CagReference,
        ClaimKind::Processor,
        ClaimKind::Organisation,
        ClaimKind::Retention,
        ClaimKind::Reviewed,
        ClaimKind::NextReview,
        ClaimKind::Right,
        ClaimKind::OptOut,
        ClaimKind::Purpose,
        ClaimKind::Contact,
        ClaimKind::Agreement,
        ClaimKind::AutomatedDecision,
        ClaimKind::Transfer,
    ];

    /// The name in JSON, tables and queries.
    pub fn name(self) -> &'static str {
        match self {
            ClaimKind::Controller => "controller",
            ClaimKind::Role => "role",
            ClaimKind::IcoRegistration => "ico-registration",
            ClaimKind::LawfulBasis => "lawful-basis",
            ClaimKind::ConfidentialityBasis => "confidentiality-basis",
            ClaimKind::Statute => "statute",
            ClaimKind::CagReference => "cag-reference",
            ClaimKind::Processor => "processor",
            ClaimKind::Organisation => "organisation",
            ClaimKind::Retention => "retention",
            ClaimKind::Reviewed => "reviewed",
            ClaimKind::NextReview => "next-review",
            ClaimKind::Right => "right",
            ClaimKind::OptOut => "opt-out",
            ClaimKind::Purpose => "purpose",
            ClaimKind::Contact => "contact",
            ClaimKind::Agreement => "agreement",
            ClaimKind::AutomatedDecision => "automated-decision",
            ClaimKind::Transfer => "transfer",
        }
    }
}

/// One claim at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Which kind.
    pub kind: ClaimKind,
    /// Its value in the contract's form.
    pub value: String,
    /// The words it rests on.
    pub evidence: Span,
    /// The purpose whose section, row or item states it, by its id.
    pub purpose: Option<String>,
    /// What else is known, by the contract's attribute names.
    pub attrs: Attrs,
}

impl Claim {
    /// A claim without purpose and attributes.
    pub fn new(kind: ClaimKind, value: impl Into<String>, evidence: Span) -> Claim {
        Claim { kind, value: value.into(), evidence, purpose: None, attrs: Attrs::default() }
    }

    /// With one more attribute.
    pub fn with(mut self, name: &'static str, value: Attr) -> Claim {
        self.attrs.insert(name, value);
        self
    }

    /// With one more attribute, where it is known.
    pub fn with_text(self, name: &'static str, value: Option<&str>) -> Claim {
        match value {
            Some(v) if !v.is_empty() => self.with(name, Attr::Text(v.to_owned())),
            _ => self,
        }
    }

    /// Whether the flag attribute is set to true.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.attrs.get(name), Some(Attr::Flag(true)))
    }

    /// A text attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.attrs.get(name) {
            Some(Attr::Text(text)) => Some(text),
            _ => None,
        }
    }
}
