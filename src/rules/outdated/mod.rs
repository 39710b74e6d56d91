//! Laws, bodies, terms and approvals that have passed.

mod dpa_1998;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&dpa_1998::DPA_1998];
