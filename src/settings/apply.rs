//! Settings applied to what the rules found: how grave a finding is, which are off, which are suppressed.
//!
//! In comes an analysis as the pipeline made it; out it comes with the findings that count, the others set aside with their
//! reasons, and findings about suppressions that do not do what was meant.

use super::comments::{Comment, comments};
use super::places::{Found, set_aside};
use super::{Settings, Suppression};
use crate::across::CrossFinding;
use crate::fingerprint::{fingerprint, of_places};
use crate::model::{Day, NoticeKind, Span};
use crate::pipeline::{Analysis, Why, gravest_first};
use crate::rules::{Finding, Rule, suppression};
use std::collections::BTreeSet;

/// Words of a passage, in bytes, that are quoted to show where a comment stands.
const QUOTED: u32 = 60;

impl Settings {
    /// Applies the settings to an analysis; `path` is the notice's path from the settings file, where it has one. Returns
    /// which suppressions of the file matched.
    pub fn apply(&self, analysis: &mut Analysis, path: Option<&str>) -> BTreeSet<usize> {
        let sections = std::mem::take(&mut analysis.finding_sections);
        let mut found: Vec<Found> = std::mem::take(&mut analysis.findings).into_iter().zip(sections).collect();
        found.retain_mut(|(finding, _)| self.weigh(finding, path));
        let mut told = Vec::new();
        if matches!(analysis.kind, NoticeKind::PrivacyNotice | NoticeKind::NoticePart) {
            for comment in comments(&analysis.text, &analysis.parts) {
                told.extend(obey(&comment, &mut found, analysis));
            }
        }
        let mut matched = BTreeSet::new();
        for (number, entry) in self.suppressions.iter().enumerate().filter(|(_, e)| e.is_for(path)) {
            let day = analysis.judging.day;
            let why = why(&entry.reason, entry.until, day, || format!("{}:{}", self.name, entry.line));
            if set_aside(&mut found, analysis, why.as_ref(), |f, section, a| entry.covers(f, section, a)) > 0 {
                matched.insert(number);
                told.extend(why.is_none().then(|| expired(&entry.rule, entry.until, &self.place(entry))));
            }
        }
        self.put_back(analysis, found, told, path);
        matched
    }

    /// Whether a finding between notices, or between a notice and a register, counts; how grave it is, the settings say too.
    /// Its notice's path from the settings file is `path`, and `day` the day of judging.
    pub fn admits(&self, found: &mut CrossFinding, path: Option<&str>, day: Day) -> bool {
        let covers = |entry: &&Suppression| {
            entry.is_for(path)
                && entry.rule == found.finding.rule.id
                && found.fingerprint.starts_with(&entry.fingerprint)
                && entry.until.is_none_or(|last| day <= last)
        };
        !self.suppressions.iter().any(|entry| covers(&entry)) && self.weigh(&mut found.finding, path)
    }

    /// Reports the suppressions of the file that matched nothing; `notices` are all that were judged with it, with their
    /// paths from it. One that names no notice is reported with the first.
    pub fn report_unused(&self, notices: &mut [(Option<String>, &mut Analysis)], matched: &BTreeSet<usize>) {
        // What is found only between notices is not found here: `report` obeys those.
        let here = |entry: &Suppression| !entry.rule.starts_with("corpus/");
        for (_, entry) in self.suppressions.iter().enumerate().filter(|(n, e)| !matched.contains(n) && here(e)) {
            let mut notices = notices.iter_mut();
            let Some((path, analysis)) =
                notices.find(|(path, _)| entry.path.is_none() || entry.is_for(path.as_deref()))
            else {
                continue;
            };
            let told = vec![unused(&entry.rule, &self.place(entry), "take the entry out")];
            let sections = std::mem::take(&mut analysis.finding_sections);
            let found = std::mem::take(&mut analysis.findings).into_iter().zip(sections).collect();
            self.put_back(analysis, found, told, path.as_deref());
        }
    }

    fn place(&self, entry: &Suppression) -> String {
        format!("{}:{}", self.name, entry.line)
    }

    /// Puts findings back into an analysis, those about suppressions among them, in the order in which they are told.
    fn put_back(&self, analysis: &mut Analysis, mut found: Vec<Found>, told: Vec<Finding>, path: Option<&str>) {
        for mut finding in told {
            if self.weigh(&mut finding, path) {
                let section = finding.evidence.first().map(|place| analysis.section_of(*place)).unwrap_or_default();
                found.push((finding, section));
            }
        }
        found.sort_by(|(a, _), (b, _)| gravest_first(a, b));
        (analysis.findings, analysis.finding_sections) = found.into_iter().unzip();
    }

    /// Gives a finding the severity that is settled for its rule; false where the rule is off.
    fn weigh(&self, finding: &mut Finding, path: Option<&str>) -> bool {
        let named = |rule: &str| {
            rule == finding.rule.id || rule.strip_suffix('*').is_some_and(|family| finding.rule.id.starts_with(family))
        };
        let here = self.levels.iter().filter(|levels| {
            levels.paths.is_empty() || path.is_some_and(|p| levels.paths.iter().any(|glob| glob.matches(p)))
        });
        let settled = here.flat_map(|levels| &levels.rules).rfind(|(rule, _)| named(rule));
        match settled {
            Some((_, Some(severity))) => finding.severity = *severity,
            Some((_, None)) => return false,
            None => {}
        }
        true
    }
}

impl Suppression {
    /// Whether it may be about the notice with a path from the settings file.
    fn is_for(&self, path: Option<&str>) -> bool {
        self.path.as_ref().is_none_or(|glob| path.is_some_and(|p| glob.matches(p)))
    }

    fn covers(&self, finding: &Finding, section: &[String], analysis: &Analysis) -> Vec<bool> {
        let places = finding.evidence.len().max(1);
        if finding.rule.id != self.rule {
            return vec![false; places];
        }
        let ours = |print: &String| print.starts_with(&self.fingerprint);
        if ours(&fingerprint(finding, section, &analysis.text)) {
            return vec![true; places];
        }
        let prints = of_places(finding, section, analysis);
        if prints.len() == places { prints.iter().map(ours).collect() } else { vec![false; places] }
    }
}

/// Why a finding is set aside; none where the day until which it was has passed.
fn why(reason: &str, until: Option<Day>, today: Day, place: impl FnOnce() -> String) -> Option<Why> {
    until.is_none_or(|last| today <= last).then(|| Why::Suppressed { reason: reason.to_owned(), until, place: place() })
}

/// Does what a comment says, and tells where it cannot be done.
fn obey(comment: &Comment, found: &mut Vec<Found>, analysis: &mut Analysis) -> Vec<Finding> {
    let place = format!("the comment in line {}", comment.line);
    let at = |finding: Finding, analysis: &Analysis| Finding { evidence: opening(comment, analysis), ..finding };
    if let Some(fault) = &comment.fault {
        let message = format!("{place} suppresses nothing: {fault}");
        let help = "write <!-- fairnotice-ignore RULE: reason, until 2027-03-01 -->; the day may be left out";
        return vec![at(Finding::new(&suppression::MALFORMED, message, help), analysis)];
    }
    if comment.reason.is_empty() {
        let rules = comment.rules.join(", ");
        let message = format!("{place} gives no reason for suppressing {rules}, so it suppresses nothing");
        let help = format!("write the reason behind a colon: <!-- fairnotice-ignore {rules}: … -->");
        return vec![at(about(&suppression::NO_REASON, &rules, message, &help), analysis)];
    }
    let why = why(&comment.reason, comment.until, analysis.judging.day, || format!("line {}", comment.line));
    let mut told = Vec::new();
    for rule in &comment.rules {
        let picked = set_aside(found, analysis, why.as_ref(), |finding, _, _| covers(comment, rule, finding));
        if picked == 0 {
            told.push(at(unused(rule, &place, "take the comment out, or its rule"), analysis));
        } else if why.is_none() {
            told.push(at(expired(rule, comment.until, &place), analysis));
        }
    }
    told
}

/// Which places of a finding a comment is about.
fn covers(comment: &Comment, rule: &str, finding: &Finding) -> Vec<bool> {
    let inside = |place: &Span| comment.scope.start <= place.start && place.start < comment.scope.end;
    if finding.rule.id != rule || finding.evidence.is_empty() {
        // What a document leaves out is nowhere in it: only a comment about the whole of it can be meant.
        return vec![finding.rule.id == rule && comment.whole; finding.evidence.len().max(1)];
    }
    if finding.is_joint() {
        return vec![finding.evidence.iter().any(inside); finding.evidence.len()];
    }
    finding.evidence.iter().map(inside).collect()
}

/// The first words that a comment is about, so that the finding about it can be found; none where it is about all.
fn opening(comment: &Comment, analysis: &Analysis) -> Vec<Span> {
    let Span { start, end } = comment.scope;
    if comment.whole || start >= end {
        return Vec::new();
    }
    let words = analysis.text.quote(comment.scope).lines().next().unwrap_or_default();
    let cut = words.floor_char_boundary(QUOTED as usize);
    let length = if cut < words.len() { words[..cut].rfind(' ').unwrap_or(cut) } else { cut };
    vec![Span { start, end: start + length as u32 }]
}

fn about(rule: &'static Rule, suppressed: &str, message: String, help: &str) -> Finding {
    Finding { subject: Some(suppressed.to_owned()), ..Finding::new(rule, message, help) }
}

fn expired(rule: &str, until: Option<Day>, place: &str) -> Finding {
    let day = until.map_or_else(String::new, |d| format!(" on {d}"));
    let message = format!("the suppression of {rule} ({place}) ended{day}; its finding counts again");
    about(
        &suppression::EXPIRED,
        rule,
        message,
        "put the passage right, or set a later day where the reason still holds",
    )
}

fn unused(rule: &str, place: &str, help: &str) -> Finding {
    let message = format!("the suppression of {rule} ({place}) suppresses nothing");
    about(&suppression::UNUSED, rule, message, help)
}
