//! Whose notice a version is, and which notices are meant by a name, a code, an address or an id.
//!
//! Where the source list or the importer did not say whose it is, the notice's own words do. That takes reading it, so the
//! answer is kept in the catalogue, labelled with the program and the dictionaries that gave it.

use super::analyses::{PROGRAM, judge};
use super::capture::Version;
use super::error::StoreError;
use super::lineage::{bodies, lineage};
use super::{Corpus, Reader};
use crate::dictionary::{Dictionary, Family};
use crate::model::{ClaimKind, Day};
use crate::pipeline::AsOf;
use crate::text::Sketch;
use rayon::prelude::*;

/// A body whose notice it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Owner {
    /// Its ODS code, where known.
    pub ods: Option<String>,
    /// Its canonical name; the code where only that is known.
    pub name: String,
}

/// A version as read: whose it is, and how its text may be known again (none where it cannot be read).
#[derive(Clone, Debug)]
pub struct Held {
    /// The version.
    pub version: Version,
    /// Whose it is.
    pub owners: Vec<Owner>,
    /// What its text is like.
    pub sketch: Option<Sketch>,
}

/// A notice with its versions, each with the bodies whose it is.
#[derive(Clone, Debug)]
pub struct Holding {
    /// Key of the notice.
    pub notice: String,
    /// Its versions, oldest first.
    pub versions: Vec<Held>,
}

impl Holding {
    /// The bodies whose notice it is or was, without repetition.
    pub fn owners(&self) -> Vec<&Owner> {
        let mut out: Vec<&Owner> = Vec::new();
        for owner in self.versions.iter().flat_map(|held| &held.owners) {
            if !out.contains(&owner) {
                out.push(owner);
            }
        }
        out
    }
}

/// What some words mean.
pub enum Meant {
    /// Notices, whole.
    Notices(Vec<Holding>),
    /// One version of a notice, by its id or that of a capture of it: the notice and the version's place in it.
    Version(Holding, usize),
}

/// From which likeness on two texts are called alike: about half of their words in common.
const ALIKE: f64 = 0.4;

/// Fewest characters of an id that are taken for one.
const SHORTEST_ID: usize = 6;

impl Corpus {
    /// Every notice with its versions and whose they are.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn holdings(&self, dictionary: &Dictionary) -> Result<Vec<Holding>, StoreError> {
        self.notices()?.iter().map(|notice| self.holding(notice, dictionary)).filter(has_versions).collect()
    }

    /// One notice with its versions and whose they are.
    fn holding(&self, notice: &str, dictionary: &Dictionary) -> Result<Holding, StoreError> {
        let versions = self.versions_of(notice)?;
        let label = format!("{PROGRAM} {}", dictionary.hash());
        let reader = self.reader();
        let mut known = Vec::new();
        for version in &versions {
            known.push(self.catalogue.reading(&version.id(), &label)?);
        }
        let read: Vec<Result<(Held, bool), StoreError>> = versions
            .into_par_iter()
            .zip(known)
            .map(|(version, known)| match known {
                Some((owners, sketch)) => Ok((Held { version, owners, sketch }, false)),
                None => Ok((read(&reader, version, dictionary)?, true)),
            })
            .collect();
        let mut held = Vec::new();
        for one in read {
            let (one, new) = one?;
            if new {
                self.catalogue.enter_reading(&one.version.id(), &label, &one.owners, one.sketch.as_ref())?;
            }
            held.push(one);
        }
        Ok(Holding { notice: notice.to_owned(), versions: held })
    }

    /// The latest versions of other notices whose text is like a version's, the likest first, with how alike they are
    /// (from 0 to 1).
    ///
    /// # Errors
    /// Where the store fails.
    pub fn alike(&self, to: &Held, dictionary: &Dictionary) -> Result<Vec<(f64, Holding)>, StoreError> {
        let Some(sketch) = &to.sketch else { return Ok(Vec::new()) };
        let mut out: Vec<(f64, Holding)> = Vec::new();
        for holding in self.holdings(dictionary)?.into_iter().filter(|h| h.notice != to.version.notice) {
            let likeness = holding.versions.last().and_then(|h| h.sketch.as_ref()).map_or(0.0, |s| sketch.likeness(s));
            if likeness >= ALIKE {
                out.push((likeness, holding));
            }
        }
        out.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.notice.cmp(&y.notice)));
        Ok(out)
    }

    /// The notices or the version that some words mean: an id, an address, an ODS code, a name or a part of one.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn meant(&self, words: &str, dictionary: &Dictionary) -> Result<Meant, StoreError> {
        let words = words.trim();
        if let Some((holding, at)) = self.by_id(words, dictionary)? {
            return Ok(Meant::Version(holding, at));
        }
        let at_address: Vec<String> = [words.to_owned(), format!("{words}/"), words.trim_end_matches('/').to_owned()]
            .iter()
            .map(|uri| self.captures_at(uri))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .map(|c| c.notice)
            .collect();
        if let Some(notice) = at_address.first() {
            return Ok(Meant::Notices(vec![self.holding(notice, dictionary)?]));
        }
        let all = self.holdings(dictionary)?;
        let terms = bodies(dictionary, words);
        let is = |owner: &Owner| {
            terms.iter().any(|t| t.ods.as_deref() == owner.ods.as_deref() && t.ods.is_some() || t.name() == owner.name)
                || owner.name.eq_ignore_ascii_case(words)
                || owner.ods.as_deref().is_some_and(|o| o.eq_ignore_ascii_case(words))
        };
        let exact: Vec<Holding> = all.iter().filter(|h| h.owners().into_iter().any(is)).cloned().collect();
        if !exact.is_empty() {
            return Ok(Meant::Notices(exact));
        }
        let lower = words.to_lowercase();
        let near = |h: &Holding| {
            h.owners().iter().any(|o| o.name.to_lowercase().contains(&lower))
                || h.notice.to_lowercase().contains(&lower)
        };
        Ok(Meant::Notices(all.into_iter().filter(|h| !words.is_empty() && near(h)).collect()))
    }

    fn by_id(&self, words: &str, dictionary: &Dictionary) -> Result<Option<(Holding, usize)>, StoreError> {
        let id = words.to_ascii_lowercase();
        if id.len() < SHORTEST_ID || !id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
            return Ok(None);
        }
        if let [capture] = &self.captures_with_id(&id)?[..] {
            let holding = self.holding(&capture.notice, dictionary)?;
            let of = |v: &Version| v.instant <= capture.visit && capture.visit <= v.last_seen;
            let at = holding.versions.iter().rposition(|held| of(&held.version));
            return Ok(at.map(|at| (holding, at)));
        }
        for notice in self.notices()? {
            let versions = self.versions_of(&notice)?;
            if let Some(at) = versions.iter().position(|v| v.id().starts_with(&id)) {
                return Ok(Some((self.holding(&notice, dictionary)?, at)));
            }
        }
        Ok(None)
    }

    /// The notices of a body, its predecessors and its successors, the oldest body's first; of those that the dictionary
    /// does not know, their own alone.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn line_of(&self, owner: &Owner, dictionary: &Dictionary) -> Result<Vec<Holding>, StoreError> {
        let term = dictionary
            .family(Family::Commissioners)
            .find(|t| t.ods.is_some() && t.ods.as_deref() == owner.ods.as_deref() || t.name() == owner.name);
        let line: Vec<Owner> = match term {
            Some(term) => lineage(dictionary, term)
                .iter()
                .map(|t| Owner { ods: t.ods.as_deref().map(str::to_owned), name: t.name().to_owned() })
                .collect(),
            None => vec![owner.clone()],
        };
        let place = |h: &Holding| {
            h.owners().iter().filter_map(|o| line.iter().position(|l| l.name.eq_ignore_ascii_case(&o.name))).min()
        };
        let mut found: Vec<(usize, Holding)> =
            self.holdings(dictionary)?.into_iter().filter_map(|h| Some((place(&h)?, h))).collect();
        found.sort_by(|(a, x), (b, y)| (a, &x.notice).cmp(&(b, &y.notice)));
        Ok(found.into_iter().map(|(_, holding)| holding).collect())
    }
}

fn has_versions(holding: &Result<Holding, StoreError>) -> bool {
    holding.as_ref().map_or(true, |h| !h.versions.is_empty())
}

/// Reads a version: whose it is, as given or as it says itself, and what its text is like.
fn read(reader: &Reader, version: Version, dictionary: &Dictionary) -> Result<Held, StoreError> {
    let judged = judge(reader, version, dictionary, AsOf::Day(Day::ZERO))?;
    let (version, analysis) = (judged.version, judged.analysis.ok());
    let sketch = analysis.as_ref().map(|a| Sketch::of(&a.text.body));
    if let Some(ods) = &version.ods {
        let known = bodies(dictionary, ods);
        let name = known.first().map_or(ods.as_str(), |t| t.name()).to_owned();
        return Ok(Held { owners: vec![Owner { ods: Some(ods.clone()), name }], version, sketch });
    }
    let mut owners: Vec<Owner> = Vec::new();
    let claims = analysis.iter().flat_map(|a| &a.claims).filter(|c| c.kind == ClaimKind::Controller);
    for claim in claims {
        let owner = Owner { ods: claim.text("ods").map(str::to_owned), name: claim.value.clone() };
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    Ok(Held { version, owners, sketch })
}
