//! The findings of all notices in one list, each with its body and whether it was so when the notice was last reviewed.

use super::body::Body;
use crate::across::CrossFinding;
use crate::fingerprint::fingerprint;
use crate::model::{ClaimKind, PartialDate, Span};
use crate::pipeline::Analysis;
use crate::report::Run;
use crate::rules::Finding;
use crate::rules::corpus::Counterpart;
use std::collections::{BTreeMap, BTreeSet};

/// A finding and where it belongs.
pub(super) struct Found<'a> {
    pub finding: &'a Finding,
    /// What the notice was compared with, where it was.
    pub counterparts: &'a [Counterpart],
    /// The headings above its first place.
    pub section: &'a [String],
    /// The analysis, by number.
    pub notice: usize,
    /// The body, by number.
    pub body: usize,
    /// What makes it the same finding in another run.
    pub fingerprint: String,
    pub timing: Timing,
}

/// Whether a finding held already on the day on which its notice was last reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timing {
    /// It did: whoever reviewed the notice could have seen it.
    AtReview,
    /// It has come to hold since: the law or a body changed.
    Since,
    /// It holds from some day on, and the notice says not when it was reviewed.
    Unknown,
}

impl Timing {
    pub const ALL: [Timing; 3] = [Timing::AtReview, Timing::Since, Timing::Unknown];

    /// In words for a person, after a full stop or on its own.
    pub fn words(self) -> &'static str {
        match self {
            Timing::AtReview => "already so when the notice was last reviewed",
            Timing::Since => "has become so since the notice was last reviewed",
            Timing::Unknown => "the notice gives no review date to compare with",
        }
    }

    /// In words about several findings.
    pub fn of_findings(self) -> &'static str {
        match self {
            Timing::AtReview => "held already when the notice was last reviewed",
            Timing::Since => "came to hold since",
            Timing::Unknown => "hold from a day that cannot be compared, as the notice gives no review date",
        }
    }

    /// The name in tables for programs.
    pub fn name(self) -> &'static str {
        match self {
            Timing::AtReview => "at-review",
            Timing::Since => "since-review",
            Timing::Unknown => "unknown",
        }
    }

    fn of(finding: &Finding, reviewed: Option<PartialDate>) -> Timing {
        match (finding.since, reviewed) {
            (None, _) => Timing::AtReview,
            (Some(since), Some(reviewed)) if since <= reviewed.last() => Timing::AtReview,
            (Some(_), Some(_)) => Timing::Since,
            (Some(_), None) => Timing::Unknown,
        }
    }
}

impl Found<'_> {
    /// The places to show, at most `sides` where two contradict each other and at most `most` of others, and those only to
    /// name: other words come before more of the same.
    pub fn places(&self, a: &Analysis, sides: usize, most: usize) -> (Vec<Span>, Vec<Span>) {
        let most = if self.finding.rule.id.starts_with("inconsistent/") { sides } else { most };
        let (mut shown, mut others, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        for span in &self.finding.evidence {
            let new = seen.insert(a.text.quote(*span).to_lowercase());
            if shown.len() < most && (new || shown.is_empty()) { shown.push(*span) } else { others.push(*span) }
        }
        (shown, others)
    }
}

/// The latest review date that a notice gives.
pub(super) fn reviewed(a: &Analysis) -> Option<PartialDate> {
    let dates = a.claims.iter().filter(|c| c.kind == ClaimKind::Reviewed).filter_map(|c| PartialDate::parse(&c.value));
    dates.max_by_key(|d| d.last())
}

/// The findings body by body; each body learns which are its own.
pub(super) fn findings<'a>(run: &'a Run, between: &'a [CrossFinding], bodies: &mut [Body<'a>]) -> Vec<Found<'a>> {
    let mut compared: BTreeMap<usize, Vec<&'a CrossFinding>> = BTreeMap::new();
    for found in between {
        compared.entry(found.notice).or_default().push(found);
    }
    let mut all = Vec::new();
    for (number, body) in bodies.iter_mut().enumerate() {
        let first = all.len();
        for notice in &body.notices {
            let a = &run.analyses[*notice];
            let reviewed = reviewed(a);
            let found = |finding: &'a Finding, section: &'a [String], fingerprint, counterparts| Found {
                finding,
                counterparts,
                section,
                notice: *notice,
                body: number,
                fingerprint,
                timing: Timing::of(finding, reviewed),
            };
            for (finding, section) in a.findings.iter().zip(&a.finding_sections) {
                all.push(found(finding, section, fingerprint(finding, section, &a.text), &[]));
            }
            for cross in compared.get(notice).into_iter().flatten() {
                all.push(found(&cross.finding, &cross.section, cross.fingerprint.clone(), &cross.counterparts));
            }
        }
        body.findings = first..all.len();
        for found in &all[first..] {
            body.tally.add(found.finding.severity);
            body.by_rule.entry(found.finding.rule.id).or_default().add(found.finding.severity);
            *body.timings.entry(found.timing).or_default() += 1;
        }
    }
    all
}
