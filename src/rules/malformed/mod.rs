//! Numbers, references and addresses that cannot exist as written.

mod article;
mod cag_reference;
mod email;
mod ico_registration;
mod statute;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &article::ARTICLE,
    &cag_reference::CAG_REFERENCE,
    &email::EMAIL,
    &ico_registration::ICO_REGISTRATION,
    &statute::STATUTE,
];
