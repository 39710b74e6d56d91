//! The suppressed findings of a run, for the reports that list them where somebody asks for them.
//!
//! In comes a run; out come the findings that the notice or the settings suppress, each with the reason. They are never
//! counted, and make nothing fail.

use super::Run;
use crate::pipeline::{Analysis, Why};
use crate::rules::Finding;

/// A suppressed finding.
pub(super) struct Suppressed<'a> {
    pub finding: &'a Finding,
    /// The headings above its first place.
    pub section: &'a [String],
    /// Why it is suppressed.
    pub reason: &'a str,
    /// The last day on which that holds, where there is one.
    pub until: Option<String>,
    /// Where that is said.
    pub place: &'a str,
}

impl Suppressed<'_> {
    /// Why, until when, and where that is said.
    pub fn words(&self) -> String {
        let until = self.until.as_ref().map(|day| format!(", until {day}")).unwrap_or_default();
        format!("{}{until} ({})", self.reason, self.place)
    }
}

impl Run {
    /// The suppressed findings of a notice; none where nobody asked for them.
    pub(super) fn suppressed<'a>(&self, a: &'a Analysis) -> Vec<Suppressed<'a>> {
        let shown = a.set_aside.iter().filter(|_| self.show_suppressed);
        shown
            .filter_map(|aside| match &aside.why {
                Why::Suppressed { reason, until, place } => Some(Suppressed {
                    finding: &aside.finding,
                    section: &aside.section,
                    reason,
                    until: until.map(|day| day.to_string()),
                    place,
                }),
                Why::Accepted => None,
            })
            .collect()
    }
}
