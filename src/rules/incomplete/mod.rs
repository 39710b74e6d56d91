//! Passages that stop short: headings with nothing under them, sentences that break off, addresses nobody can see.

mod cloaked_contact;
mod empty_section;
mod sentence;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&cloaked_contact::CLOAKED_CONTACT, &empty_section::EMPTY_SECTION, &sentence::SENTENCE];
