//! The bodies whose notices a report is about.
//!
//! In come analyses with the controllers they name; out come bodies, one for all notices of one controller, whatever its
//! name's capitals. A document that is no notice belongs to nobody.

use super::found::Timing;
use super::{Material, Tally};
use crate::dictionary::{Dictionary, Family, Term};
use crate::model::{ClaimKind, Day, NoticeKind};
use crate::pipeline::Analysis;
use crate::rules::corpus::{BodyKey, body_key};
use std::collections::{BTreeMap, BTreeSet};

/// A body with its notices and what was found in them.
pub(super) struct Body<'a> {
    /// Its place in names of files and links: the ODS code, or its name in plain letters.
    pub id: String,
    /// Its canonical name; says so where its notice names no controller.
    pub name: &'a str,
    /// ODS code, where known.
    pub ods: Option<&'a str>,
    /// First day on which it no longer existed, and what came after it, where it is gone on the day of judging.
    pub ended: Option<Ended>,
    /// Its notices, by number.
    pub notices: Vec<usize>,
    /// Its findings, by number: they follow each other.
    pub findings: std::ops::Range<usize>,
    /// How many of each severity.
    pub tally: Tally,
    /// How many of each severity, by rule.
    pub by_rule: BTreeMap<&'static str, Tally>,
    /// How many were already so on the notice's own review date, have become so since, or cannot be told.
    pub timings: BTreeMap<Timing, usize>,
}

/// The end of a body.
pub(super) struct Ended {
    /// First day without it.
    pub on: Day,
    /// The names of what took over.
    pub successors: Vec<String>,
}

/// What a body without a name is called.
const NOBODY: &str = "No controller named";

/// The bodies by name, and the body of each analysis.
pub(super) fn bodies(material: Material<'_>, day: Day) -> (Vec<Body<'_>>, Vec<Option<usize>>) {
    let (run, dictionary) = (material.run, material.dictionary);
    let mut by_key: BTreeMap<BodyKey, (&str, Vec<usize>)> = BTreeMap::new();
    for (notice, a) in run.analyses.iter().enumerate() {
        if let Some((key, name)) = owner(a, material) {
            by_key.entry(key).or_insert((name, Vec::new())).1.push(notice);
        }
    }
    let mut groups: Vec<(BodyKey, &str, Vec<usize>)> = by_key.into_iter().map(|(k, (name, n))| (k, name, n)).collect();
    groups.sort_by_key(|(_, name, _)| (*name == NOBODY, name.to_lowercase()));
    let mut body_of = vec![None; run.analyses.len()];
    let mut ids = BTreeSet::new();
    let mut bodies: Vec<Body<'_>> = Vec::new();
    for (key, name, notices) in groups {
        for notice in &notices {
            body_of[*notice] = Some(bodies.len());
        }
        let term = match key {
            BodyKey::Known(id) => Some(dictionary.term(id)),
            BodyKey::Named(_) => None,
        };
        let ods = term.and_then(|t| t.ods.as_deref());
        bodies.push(Body {
            id: unique(ods.unwrap_or(name), &mut ids),
            name,
            ods,
            ended: term.and_then(|t| ended(dictionary, t, day)),
            notices,
            findings: 0..0,
            tally: Tally::default(),
            by_rule: BTreeMap::new(),
            timings: BTreeMap::new(),
        });
    }
    (bodies, body_of)
}

/// Whose notice it is: the body that publishes it, where the corpus knows; else the controller it names most often, of
/// several the first.
fn owner<'a>(a: &'a Analysis, material: Material<'a>) -> Option<(BodyKey, &'a str)> {
    if !matches!(a.kind, NoticeKind::PrivacyNotice | NoticeKind::NoticePart) {
        return None;
    }
    let dictionary = material.dictionary;
    let code = material.captures.get(&a.source).and_then(|c| c.ods.as_deref());
    let known = |code| dictionary.family(Family::Commissioners).find(|t| t.ods.as_deref() == Some(code));
    if let Some(publisher) = code.and_then(known) {
        return Some((body_key(publisher.name(), dictionary), publisher.name()));
    }
    let mut names: Vec<(BodyKey, &'a str, usize)> = Vec::new();
    for claim in a.claims.iter().filter(|c| c.kind == ClaimKind::Controller) {
        let key = body_key(&claim.value, dictionary);
        match names.iter_mut().find(|(known, ..)| *known == key) {
            Some((.., times)) => *times += 1,
            None => names.push((key, &claim.value, 1)),
        }
    }
    let most = names.into_iter().rev().max_by_key(|(.., times)| *times);
    Some(most.map_or((BodyKey::Named(String::new()), NOBODY), |(key, name, _)| (key, name)))
}

/// A name for files and links that no other body has.
fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(60).collect();
    let plain = plain.split('-').filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    let plain = if plain.is_empty() { "body".to_owned() } else { plain };
    let mut id = plain.clone();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{plain}-{number}");
        number += 1;
    }
    id
}

fn ended(dictionary: &Dictionary, body: &Term, day: Day) -> Option<Ended> {
    let on = body.until_day().filter(|until| *until <= day)?;
    let name = |id: &str| dictionary.by_id(Family::Commissioners, id).map(Term::name);
    Some(Ended { on, successors: body.successors.iter().filter_map(|id| name(id)).map(str::to_owned).collect() })
}
