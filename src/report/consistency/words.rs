//! The words that several files of the report share: names of purposes and bases, sentences about numbers.
//!
//! In come ids and counts; out come words for people. Nothing here decides anything.

use super::Report;
use super::found::Timing;
use crate::dictionary::{Family, Term};
use crate::report::counted;
use crate::rules::Finding;

impl Report<'_> {
    /// When a document was captured.
    pub(super) fn captured(&self, source: &str) -> Option<&str> {
        self.material.captures.get(source).map(|c| c.instant.as_str())
    }

    /// A purpose by its name.
    pub(super) fn purpose<'b>(&'b self, id: &'b str) -> &'b str {
        self.material.dictionary.by_id(Family::Purposes, id).map_or(id, Term::name)
    }

    /// What the report is of: `23 notices of 14 bodies`.
    pub(super) fn subject(&self) -> String {
        format!("{} of {}", counted(self.judged_notices(), "notice"), bodies(self.bodies.len()))
    }

    /// The report in a few sentences.
    pub(super) fn sentences(&self) -> Vec<String> {
        let mut out = Vec::new();
        let erring = self.bodies.iter().filter(|b| b.tally.error > 0).count();
        let clean = self.bodies.iter().filter(|b| b.tally.total() == 0).count();
        out.push(format!(
            "{erring} of {} {} at least one error in {} notices{}.",
            bodies(self.bodies.len()),
            if erring == 1 { "has" } else { "have" },
            if erring == 1 { "its" } else { "their" },
            match clean {
                0 => String::new(),
                1 => "; 1 has no finding at all".to_owned(),
                _ => format!("; {clean} have no finding at all"),
            }
        ));
        let mut common: Vec<&super::Check> = self.checks.iter().collect();
        common.sort_by_key(|c| (std::cmp::Reverse(c.bodies.len()), c.tally.weight()));
        if let Some(check) = common.first() {
            out.push(format!("Most widespread: {}, found at {}.", check.rule.id, bodies(check.bodies.len())));
        }
        let timing = |t: Timing| self.findings.iter().filter(|f| f.timing == t).count();
        let (at, since) = (timing(Timing::AtReview), timing(Timing::Since));
        if at + since > 0 {
            out.push(format!(
                "{} held already when the notice was last reviewed; {since} came to hold since, as law and bodies changed.",
                counted(at, "finding"),
            ));
        }
        if self.totals.unreadable > 0 {
            out.push(format!(
                "{} could not be read: nothing is known of them.",
                counted(self.totals.unreadable, "document")
            ));
        }
        out
    }
}

/// A number of bodies: `1 body`, `3 bodies`.
pub(super) fn bodies(n: usize) -> String {
    if n == 1 { "1 body".to_owned() } else { format!("{n} bodies") }
}

/// A basis as people write it: `Article 6(1)(e)` of `uk-gdpr:6(1)(e)`.
pub(super) fn basis(value: &str) -> String {
    match value.split_once(':') {
        Some(("uk-gdpr", article)) => format!("Article {article}"),
        Some(("dpa-2018", schedule)) => format!("DPA 2018 {}", schedule.replace("sch", "Sch. ").replace(':', " para ")),
        Some(("dpa-1998", schedule)) => format!("DPA 1998 {}", schedule.replace("sch", "Sch. ").replace(':', " para ")),
        _ => value.replace('-', " "),
    }
}

/// Since when a finding holds, and what its notice could have known.
pub(super) fn standing(finding: &Finding, timing: Timing) -> String {
    match finding.since {
        Some(day) => format!("Holds since {}: {}.", super::in_words(day), timing.words()),
        None => "It held from the start.".to_owned(),
    }
}

/// A hash short enough to read out.
pub(super) fn short(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}

/// How many findings held at the notice's review, and how many have come since, in a sentence.
pub(super) fn timings(timings: &std::collections::BTreeMap<Timing, usize>) -> String {
    let told = Timing::ALL.iter().filter_map(|t| timings.get(t).map(|n| format!("{n} {}", t.of_findings())));
    told.collect::<Vec<_>>().join("; ") + "."
}
