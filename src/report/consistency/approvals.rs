//! Approvals under section 251 that notices cite, against what is known of their end.

use crate::dictionary::{Dictionary, Family, Term};
use crate::model::{ClaimKind, Day, PartialDate};
use crate::report::Run;
use std::collections::{BTreeMap, BTreeSet};

/// An approval that notices cite.
pub(super) struct Approval<'a> {
    pub reference: &'a str,
    /// What is known of it; nothing where the register does not have it.
    pub known: Option<&'a Term>,
    /// The bodies that cite it, with the purposes they cite it for.
    pub bodies: BTreeMap<usize, BTreeSet<&'a str>>,
}

/// How an approval stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Known to have expired or been replaced.
    Ended(PartialDate),
    /// In the register, with no end known by that day.
    Running,
    /// Not known.
    Unknown,
}

impl Approval<'_> {
    /// How it stands on a day.
    pub fn standing(&self, day: Day) -> Standing {
        let Some(term) = self.known else { return Standing::Unknown };
        match term.until.as_deref().and_then(PartialDate::parse) {
            Some(until) if until.first() <= day => Standing::Ended(until),
            _ => Standing::Running,
        }
    }

    /// The year it was given in, which its reference tells.
    pub fn year(&self) -> Option<i16> {
        let digits = |words: &str| words.chars().all(|c| c.is_ascii_digit());
        match self.reference.split_once("/CAG/") {
            Some((year, _)) if year.len() == 2 && digits(year) => year.parse().ok().map(|y: i16| 2000 + y),
            _ => self.reference.rsplit('/').next().filter(|y| y.len() == 4 && digits(y)).and_then(|y| y.parse().ok()),
        }
    }
}

/// The approvals that judged notices cite, by reference.
pub(super) fn approvals<'a>(run: &'a Run, body_of: &[Option<usize>], dictionary: &'a Dictionary) -> Vec<Approval<'a>> {
    let mut cited: BTreeMap<&'a str, Approval<'a>> = BTreeMap::new();
    for (a, body) in run.analyses.iter().zip(body_of).filter_map(|(a, body)| Some((a, (*body)?))) {
        for claim in a.claims.iter().filter(|c| c.kind == ClaimKind::CagReference) {
            let approval = cited.entry(&claim.value).or_insert_with(|| Approval {
                reference: &claim.value,
                known: dictionary.by_id(Family::CagApprovals, &claim.value),
                bodies: BTreeMap::new(),
            });
            approval.bodies.entry(body).or_default().extend(claim.purpose.as_deref());
        }
    }
    cited.into_values().collect()
}

impl Standing {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Standing::Ended(until) => format!("expired or replaced by {}", until.in_words()),
            Standing::Running => "in the register, no end known".to_owned(),
            Standing::Unknown => "not known".to_owned(),
        }
    }
}
