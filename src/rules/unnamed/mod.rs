//! Roles that a notice describes without naming anybody.

mod caldicott_guardian;
mod dpo;
mod siro;

use super::{Notice, Rule};
use crate::model::{Claim, ClaimKind};

/// The rules of this family.
pub static RULES: &[&Rule] = &[&caldicott_guardian::CALDICOTT_GUARDIAN, &dpo::DPO, &siro::SIRO];

/// The places where a role is described, in a whole notice that names nobody for it; empty otherwise.
fn unnamed<'a>(notice: &Notice<'a>, role: &str) -> Vec<&'a Claim> {
    if !notice.silence_counts() {
        return Vec::new();
    }
    let claims: Vec<&Claim> = notice.of(ClaimKind::Role).filter(|c| c.value.split('=').next() == Some(role)).collect();
    let named = claims.iter().any(|c| c.value.split_once('=').is_some_and(|(_, name)| !name.trim().is_empty()));
    if named { Vec::new() } else { claims }
}
