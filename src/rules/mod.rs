//! Claims yield findings: one folder per family, one file per rule. A rule looks at one notice on a day, or, in the family
//! `corpus`, at many together with the official registers. None reads files, network or clock.

/// Defines a rule: its page (the doc comment, kept as text), its id, severity, the day its law began, and its sources;
/// with `over: corpus` one that looks at many notices, with `over: settings` one that the settings report.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])*
        $name:ident = $id:literal, $severity:ident, since: $since:expr, $(over: $over:ident,)?
        references: [$(($title:literal, $url:literal)),+ $(,)?]
    ) => {
        $(#[doc = $doc])*
        pub static $name: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            severity: $crate::model::Severity::$severity,
            since: $since,
            references: &[$($crate::rules::Reference { title: $title, url: $url }),+],
            docs: concat!($($doc, "\n"),*),
            check: rule!(@check $($over)?),
        };
    };
    (@check) => { $crate::rules::Check::Notice(check) };
    (@check settings) => { $crate::rules::Check::Settings };
    (@check corpus) => { $crate::rules::Check::Corpus(check) };
}

pub mod corpus;
mod declared;
mod finding;
mod holder;
mod incomplete;
mod inconsistent;
mod malformed;
mod missing;
mod names;
mod notice;
mod outdated;
mod placeholder;
pub mod suppression;
mod unnamed;

pub use finding::{Check, Cure, Finding, FindingBuilder, Findings, Reference, Rule};
pub use notice::{Judging, Notice};

/// Every rule, family by family.
static FAMILIES: &[&[&Rule]] = &[
    corpus::RULES,
    declared::RULES,
    incomplete::RULES,
    inconsistent::RULES,
    malformed::RULES,
    missing::RULES,
    outdated::RULES,
    placeholder::RULES,
    suppression::RULES,
    unnamed::RULES,
];

/// Every rule, in the order of its families.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// The rule with an id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
