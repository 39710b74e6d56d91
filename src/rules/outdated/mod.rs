//! Laws, bodies, terms and approvals that have passed.

mod access_deadline;
mod access_fee;
mod article;
mod body;
mod cag_approval;
mod controller_abolished;
mod dpa_1998;
mod eu_gdpr;
mod ico_contact;
mod records_code;
mod regulator_name;
mod review_date;
mod statute;
mod term;
mod transfer_mechanism;
mod type_2_opt_out;

pub(super) use cag_approval::PAST_APPROVAL;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &access_deadline::ACCESS_DEADLINE,
    &access_fee::ACCESS_FEE,
    &article::ARTICLE,
    &body::BODY,
    &cag_approval::CAG_APPROVAL,
    &controller_abolished::CONTROLLER_ABOLISHED,
    &dpa_1998::DPA_1998,
    &eu_gdpr::EU_GDPR,
    &ico_contact::ICO_CONTACT,
    &records_code::RECORDS_CODE,
    &regulator_name::REGULATOR_NAME,
    &review_date::REVIEW_DATE,
    &statute::STATUTE,
    &term::TERM,
    &transfer_mechanism::TRANSFER_MECHANISM,
    &type_2_opt_out::TYPE_2_OPT_OUT,
];
