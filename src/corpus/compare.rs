//! What changed between two readings of a notice: claims and findings that came, went, changed or moved, and the text.
//!
//! In come what two readings state; out come the differences, in the order of the contract's kinds. It never says why a
//! notice was changed, only what.

use crate::model::ClaimKind;
use crate::pipeline::Analysis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one reading of a notice states, whoever read it and when.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its claims.
    pub claims: Vec<Stated>,
    /// Its findings: rule and subject.
    pub findings: Vec<Found>,
}

/// One claim as stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stated {
    /// Its kind.
    pub kind: String,
    /// Its value.
    pub value: String,
    /// The headings above it.
    #[serde(default)]
    pub section: Vec<String>,
    /// The words it rests on.
    #[serde(default)]
    pub quote: String,
    /// What else is known.
    #[serde(default)]
    pub attrs: BTreeMap<String, serde_json::Value>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Found {
    /// Its rule.
    pub rule: String,
    /// Its subject, where it has one.
    #[serde(default)]
    pub subject: Option<String>,
    /// What it says.
    #[serde(default)]
    pub message: String,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// Not stated before.
    Came,
    /// Stated no more.
    Went,
    /// Another value, or another attribute, for the same thing.
    Changed,
    /// The same under another heading.
    Moved,
}

/// One claim that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// How.
    pub how: How,
    /// The kind of claim.
    pub kind: String,
    /// What was stated.
    pub old: Option<Stated>,
    /// What is stated.
    pub new: Option<Stated>,
}

/// All that differs between two readings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Claims.
    pub claims: Vec<Change>,
    /// Findings of the new reading that the old has not.
    pub findings_came: Vec<Found>,
    /// Findings of the old reading that the new has not.
    pub findings_went: Vec<Found>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty() && self.findings_came.is_empty() && self.findings_went.is_empty()
    }
}

impl Reading {
    /// What an analysis states.
    pub fn of(analysis: &Analysis) -> Reading {
        let claims = analysis.claims.iter().zip(&analysis.sections).map(|(claim, section)| Stated {
            kind: claim.kind.name().to_owned(),
            value: claim.value.clone(),
            section: section.to_vec(),
            quote: analysis.text.quote(claim.evidence).to_owned(),
            attrs: claim
                .attrs
                .iter()
                .map(|(name, value)| (name.to_owned(), serde_json::to_value(value).unwrap_or_default()))
                .collect(),
        });
        let findings = analysis.findings.iter().map(|f| Found {
            rule: f.rule.id.to_owned(),
            subject: f.subject.clone(),
            message: f.message.clone(),
        });
        Reading { claims: claims.collect(), findings: findings.collect() }
    }
}

/// What differs between an old and a new reading.
pub fn compare(old: &Reading, new: &Reading) -> Difference {
    let (old_claims, new_claims) = (by_value(&old.claims), by_value(&new.claims));
    let mut went: Vec<&Stated> =
        old_claims.iter().filter(|(key, _)| !new_claims.contains_key(*key)).map(|(_, c)| c[0]).collect();
    let mut came: Vec<&Stated> =
        new_claims.iter().filter(|(key, _)| !old_claims.contains_key(*key)).map(|(_, c)| c[0]).collect();
    let mut claims = replaced(&mut went, &mut came);
    claims.extend(went.into_iter().map(|c| change(How::Went, Some(c), None)));
    claims.extend(came.into_iter().map(|c| change(How::Came, None, Some(c))));
    for (key, before) in &old_claims {
        if let Some(after) = new_claims.get(key) {
            claims.extend(altered(before, after));
        }
    }
    let rank = |kind: &str| ClaimKind::ALL.iter().position(|k| k.name() == kind);
    let value = |c: &Change| c.new.as_ref().or(c.old.as_ref()).map(|s| s.value.clone());
    claims.sort_by_cached_key(|c| (rank(&c.kind), c.how, value(c)));
    Difference {
        claims,
        findings_came: beyond(&new.findings, &old.findings),
        findings_went: beyond(&old.findings, &new.findings),
    }
}

/// Claims by what they say, wherever and however often they do: kind, value, and what it is said of where one value is
/// commonly said of many things.
fn by_value(claims: &[Stated]) -> BTreeMap<(&str, &str, &str), Vec<&Stated>> {
    let mut out: BTreeMap<(&str, &str, &str), Vec<&Stated>> = BTreeMap::new();
    for claim in claims {
        let of = if claim.kind == "retention" { claim.attr("record").unwrap_or("") } else { "" };
        out.entry((&claim.kind, &claim.value, of)).or_default().push(claim);
    }
    out
}

impl Stated {
    /// An attribute of words.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.get(name).and_then(|v| v.as_str())
    }
}

fn change(how: How, old: Option<&Stated>, new: Option<&Stated>) -> Change {
    let kind = new.or(old).map(|c| c.kind.clone()).unwrap_or_default();
    Change { how, kind, old: old.cloned(), new: new.cloned() }
}

/// What a claim is the value of: where one such value went and one came, the one replaced the other. `None` where a notice
/// states many side by side, of which one cannot be said to have replaced another.
fn slot(claim: &Stated) -> Option<(&str, &str)> {
    let what = match claim.kind.as_str() {
        "controller" | "ico-registration" | "reviewed" | "next-review" | "automated-decision" | "transfer" => "",
        "role" => claim.value.split('=').next()?,
        "retention" if claim.value.starts_with("code:") => "code",
        "retention" => claim.attr("record")?,
        "contact" => claim.attr("party").filter(|party| *party != "other")?,
        _ => return None,
    };
    let scheme = if claim.kind == "contact" { claim.value.split(':').next()? } else { "" };
    Some((if scheme.is_empty() { claim.kind.as_str() } else { scheme }, what))
}

/// Takes out the pairs of which one replaced the other.
fn replaced(went: &mut Vec<&Stated>, came: &mut Vec<&Stated>) -> Vec<Change> {
    let mut out = Vec::new();
    let lone = |claims: &[&Stated], of: Option<(&str, &str)>| {
        of.is_some() && claims.iter().filter(|c| slot(c) == of).count() == 1
    };
    for old in went.clone() {
        let of = slot(old);
        if lone(went, of) && lone(came, of) {
            let at = came.iter().position(|c| slot(c) == of);
            out.extend(at.map(|at| change(How::Changed, Some(old), Some(came.remove(at)))));
            went.retain(|c| !std::ptr::eq(*c, old));
        }
    }
    out
}

/// How claims of one value differ: in an attribute, or in the headings they stand under.
fn altered(before: &[&Stated], after: &[&Stated]) -> Option<Change> {
    let attrs = |claims: &[&Stated]| {
        let mut all: Vec<String> = claims.iter().map(|c| serde_json::to_string(&c.attrs).unwrap_or_default()).collect();
        all.sort();
        all.dedup();
        all
    };
    if attrs(before) != attrs(after) {
        let new = after.iter().find(|a| before.iter().all(|b| b.attrs != a.attrs)).unwrap_or(&after[0]);
        let old = before.iter().find(|b| after.iter().all(|a| a.attrs != b.attrs)).unwrap_or(&before[0]);
        return Some(change(How::Changed, Some(old), Some(new)));
    }
    let left = before.iter().find(|b| after.iter().all(|a| a.section != b.section))?;
    let entered = after.iter().find(|a| before.iter().all(|b| b.section != a.section))?;
    Some(change(How::Moved, Some(left), Some(entered)))
}

/// The findings of one reading that another has not, by rule and subject.
fn beyond(these: &[Found], those: &[Found]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for found in these {
        let same = |f: &Found| f.rule == found.rule && f.subject == found.subject;
        if !those.iter().any(same) && !out.iter().any(same) {
            out.push(found.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(kind: &str, value: &str, section: &str) -> Stated {
        Stated {
            kind: kind.to_owned(),
            value: value.to_owned(),
            section: vec![section.to_owned()],
            quote: String::new(),
            attrs: BTreeMap::new(),
        }
    }

    fn reading(claims: Vec<Stated>) -> Reading {
        Reading { claims, findings: Vec::new() }
    }

    fn hows(old: Vec<Stated>, new: Vec<Stated>) -> Vec<(How, String)> {
        compare(&reading(old), &reading(new)).claims.into_iter().map(|c| (c.how, c.kind)).collect()
    }

    #[test]
    fn the_same_is_no_difference_in_any_order() {
        let claims = vec![stated("statute", "ukpga/2018/12", "a"), stated("right", "access", "b")];
        let reversed = claims.iter().rev().cloned().collect();
        assert!(hows(claims, reversed).is_empty());
    }

    #[test]
    fn one_value_for_one_thing_is_changed_and_not_gone() {
        let change = hows(vec![stated("reviewed", "2021", "a")], vec![stated("reviewed", "2022", "a")]);
        assert_eq!(change, [(How::Changed, "reviewed".to_owned())]);
        let roles = hows(
            vec![stated("role", "dpo=A", "a"), stated("role", "siro=B", "a")],
            vec![stated("role", "dpo=C", "a"), stated("role", "siro=B", "a")],
        );
        assert_eq!(roles, [(How::Changed, "role".to_owned())]);
        let two = hows(
            vec![stated("controller", "A", "a"), stated("controller", "B", "a")],
            vec![stated("controller", "C", "a")],
        );
        assert_eq!(two.iter().map(|(how, _)| *how).collect::<Vec<_>>(), [How::Came, How::Went, How::Went]);
    }

    #[test]
    fn a_claim_under_another_heading_has_moved() {
        let one = || stated("processor", "A", "a");
        assert_eq!(hows(vec![one()], vec![stated("processor", "A", "b")]), [(How::Moved, "processor".to_owned())]);
        // Said once more elsewhere, it has moved nowhere.
        assert!(hows(vec![one()], vec![one(), stated("processor", "A", "b")]).is_empty());
    }
}
