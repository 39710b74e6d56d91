//! Approvals under section 251 that notices cite, against what is known of their end.
//!
//! In come claims, the register in force on the day and the program's own dictionary; out comes how each approval stands. The
//! register speaks first; the dictionary where no row does, or where it knows of an end after the register's state.

use crate::dictionary::{Dictionary, Family, Term};
use crate::model::{self, ClaimKind, Day, Edition, PartialDate, Registers};
use crate::report::Run;
use crate::rules::corpus::{ApprovalRows, is_over};
use std::collections::{BTreeMap, BTreeSet};

/// An approval that notices cite.
pub(super) struct Approval<'a> {
    pub reference: &'a str,
    /// What the program itself knows of it.
    pub known: Option<&'a Term>,
    /// The row of the register about it on the day of judging.
    pub row: Option<(&'a Edition<model::Approval>, &'a model::Approval)>,
    /// The bodies that cite it, with the purposes they cite it for.
    pub bodies: BTreeMap<usize, BTreeSet<&'a str>>,
}

/// How an approval stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    /// Known to have expired or been replaced.
    Ended(PartialDate),
    /// The register of a day has it as over.
    Over(&'a str, Day),
    /// The register of a day has it as running.
    Listed(&'a str, Day),
    /// Known to the program, with no end by that day.
    Running,
    /// Not known.
    Unknown,
}

impl<'a> Approval<'a> {
    /// How it stands on a day.
    pub fn standing(&self, day: Day) -> Standing<'a> {
        let until = self.known.and_then(|term| term.until.as_deref()).and_then(PartialDate::parse);
        let until = until.filter(|until| until.first() <= day);
        match (self.row, until, self.known) {
            (Some((edition, row)), ..) if is_over(row) => Standing::Over(&row.status, edition.date),
            (Some((edition, row)), until, _) if until.is_none_or(|until| until.first() <= edition.date) => {
                Standing::Listed(&row.status, edition.date)
            }
            (_, Some(until), _) => Standing::Ended(until),
            (_, None, Some(_)) => Standing::Running,
            (_, None, None) => Standing::Unknown,
        }
    }

    /// What it is for, as the program or the register calls it.
    pub fn title(&self) -> Option<&'a str> {
        self.known.map(Term::name).or_else(|| self.row.map(|(_, row)| row.title.as_str()))
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
pub(super) fn approvals<'a>(
    run: &'a Run,
    body_of: &[Option<usize>],
    dictionary: &'a Dictionary,
    registers: &'a Registers,
    day: Day,
) -> Vec<Approval<'a>> {
    let rows = ApprovalRows::of(registers);
    let mut cited: BTreeMap<&'a str, Approval<'a>> = BTreeMap::new();
    for (a, body) in run.analyses.iter().zip(body_of).filter_map(|(a, body)| Some((a, (*body)?))) {
        for claim in a.claims.iter().filter(|c| c.kind == ClaimKind::CagReference) {
            let approval = cited.entry(&claim.value).or_insert_with(|| Approval {
                reference: &claim.value,
                known: dictionary.by_id(Family::CagApprovals, &claim.value),
                row: rows.on(&claim.value, day),
                bodies: BTreeMap::new(),
            });
            approval.bodies.entry(body).or_default().extend(claim.purpose.as_deref());
        }
    }
    cited.into_values().collect()
}

impl Standing<'_> {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Standing::Ended(until) => format!("expired or replaced by {}", until.in_words()),
            Standing::Over(status, of) | Standing::Listed(status, of) => {
                format!("{} by the register of {}", status.to_lowercase(), super::in_words(of))
            }
            Standing::Running => "in the register, no end known".to_owned(),
            Standing::Unknown => "not known".to_owned(),
        }
    }

    /// Whether nothing rests on it any more.
    pub fn is_over(self) -> bool {
        matches!(self, Standing::Ended(_) | Standing::Over(..))
    }
}
