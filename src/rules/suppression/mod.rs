//! Suppressions that do not do what was meant: expired, unused, without a reason, not understood.
//!
//! No notice shows by itself what is suppressed in it, so these rules check nothing; [`settings`](crate::settings) reports.

mod expired;
mod malformed;
mod no_reason;
mod unused;

pub use expired::EXPIRED;
pub use malformed::MALFORMED;
pub use no_reason::NO_REASON;
pub use unused::UNUSED;

use super::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[&EXPIRED, &MALFORMED, &NO_REASON, &UNUSED];
