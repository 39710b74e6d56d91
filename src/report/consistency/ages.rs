//! How old notices are by their own review dates.

use super::found::reviewed;
use crate::model::{Day, PartialDate, months_between};
use crate::report::Run;

/// A judged notice and the review date it gives.
pub(super) struct Age<'a> {
    pub notice: usize,
    pub body: usize,
    pub source: &'a str,
    pub reviewed: Option<PartialDate>,
}

/// How old a notice is, in the classes of the rule about review dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AgeClass {
    /// Twelve months at most.
    Fresh,
    /// Twenty-four months at most.
    Due,
    /// Older.
    Stale,
    /// It gives no date.
    Undated,
}

impl AgeClass {
    pub const ALL: [AgeClass; 4] = [AgeClass::Fresh, AgeClass::Due, AgeClass::Stale, AgeClass::Undated];

    pub fn words(self) -> &'static str {
        match self {
            AgeClass::Fresh => "reviewed within 12 months",
            AgeClass::Due => "12 to 24 months ago",
            AgeClass::Stale => "more than 24 months ago",
            AgeClass::Undated => "no review date",
        }
    }
}

impl Age<'_> {
    /// Whole months since its review, on a day.
    pub fn months(&self, day: Day) -> Option<i32> {
        self.reviewed.map(|date| months_between(date.last(), day).max(0))
    }

    pub fn class(&self, day: Day) -> AgeClass {
        match self.months(day) {
            None => AgeClass::Undated,
            Some(..12) => AgeClass::Fresh,
            Some(12..24) => AgeClass::Due,
            Some(_) => AgeClass::Stale,
        }
    }
}

/// The judged notices, the oldest first, those without a date last.
pub(super) fn ages<'a>(run: &'a Run, body_of: &[Option<usize>]) -> Vec<Age<'a>> {
    let judged = run.analyses.iter().enumerate().filter_map(|(notice, a)| Some((notice, body_of[notice]?, a)));
    let mut ages: Vec<Age<'a>> =
        judged.map(|(notice, body, a)| Age { notice, body, source: &a.source, reviewed: reviewed(a) }).collect();
    ages.sort_by_key(|age| (age.reviewed.is_none(), age.reviewed.map(PartialDate::last), age.body, age.notice));
    ages
}
