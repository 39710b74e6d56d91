//! What Articles 13 and 14 require, or good practice asks of an NHS commissioner, and a notice does not say.
//!
//! Silence is a finding only in a whole notice that was wholly read.

mod article_9_condition;
mod automated_decisions;
mod cag_reference;
mod caldicott_guardian;
mod controller_contact;
mod dpo_contact;
mod ico_registration;
mod lawful_basis;
mod national_data_opt_out;
mod recipients;
mod retention;
mod review_date;
mod right_to_complain;
mod right_to_complain_to_controller;
mod rights;
mod schedule_1_condition;
mod silence;
mod source_of_data;
mod transfers;
mod withdraw_consent;

pub use dpo_contact::given as officer_can_be_reached;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &article_9_condition::ARTICLE_9_CONDITION,
    &automated_decisions::AUTOMATED_DECISIONS,
    &cag_reference::CAG_REFERENCE,
    &caldicott_guardian::CALDICOTT_GUARDIAN,
    &controller_contact::CONTROLLER_CONTACT,
    &dpo_contact::DPO_CONTACT,
    &ico_registration::ICO_REGISTRATION,
    &lawful_basis::LAWFUL_BASIS,
    &national_data_opt_out::NATIONAL_DATA_OPT_OUT,
    &recipients::RECIPIENTS,
    &retention::RETENTION,
    &review_date::REVIEW_DATE,
    &right_to_complain::RIGHT_TO_COMPLAIN,
    &right_to_complain_to_controller::RIGHT_TO_COMPLAIN_TO_CONTROLLER,
    &rights::RIGHTS,
    &schedule_1_condition::SCHEDULE_1_CONDITION,
    &source_of_data::SOURCE_OF_DATA,
    &transfers::TRANSFERS,
    &withdraw_consent::WITHDRAW_CONSENT,
];
