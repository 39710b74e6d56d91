//! Passages of one notice that cannot all be right.

mod basis_law;
mod cag_purpose;
mod controller_name;
mod lawful_basis;
mod processor_name;
mod public_authority_basis;
mod registration;
mod review_date;
mod role;
mod self_reference;
mod sharing;
mod special_category;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &basis_law::BASIS_LAW,
    &cag_purpose::CAG_PURPOSE,
    &controller_name::CONTROLLER_NAME,
    &lawful_basis::LAWFUL_BASIS,
    &processor_name::PROCESSOR_NAME,
    &public_authority_basis::PUBLIC_AUTHORITY_BASIS,
    &registration::REGISTRATION,
    &review_date::REVIEW_DATE,
    &role::ROLE,
    &self_reference::SELF_REFERENCE,
    &sharing::SHARING,
    &special_category::SPECIAL_CATEGORY,
];
