//! Residue of the template that a notice was written from.

mod text;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&text::TEXT];
