//! Who works on whose data, and for what.

use crate::model::ClaimKind;
use crate::report::Run;
use std::collections::{BTreeMap, BTreeSet};

/// An organisation that works on data for bodies.
pub(super) struct Processor<'a> {
    pub name: &'a str,
    /// What it does for its clients, where known.
    pub function: Option<&'a str>,
    /// The bodies that use it, each with the purposes it is named for; empty where it is named for none.
    pub clients: BTreeMap<usize, BTreeSet<&'a str>>,
}

impl Processor<'_> {
    /// The purposes that any body names it for.
    pub fn purposes(&self) -> BTreeSet<&str> {
        self.clients.values().flatten().copied().collect()
    }
}

/// The processors, those with most clients first.
pub(super) fn processors<'a>(run: &'a Run, body_of: &[Option<usize>]) -> Vec<Processor<'a>> {
    let mut by_name: BTreeMap<String, Processor<'a>> = BTreeMap::new();
    for (a, body) in run.analyses.iter().zip(body_of).filter_map(|(a, body)| Some((a, (*body)?))) {
        for claim in a.claims.iter().filter(|c| c.kind == ClaimKind::Processor) {
            let processor = by_name.entry(claim.value.to_lowercase()).or_insert_with(|| Processor {
                name: &claim.value,
                function: None,
                clients: BTreeMap::new(),
            });
            processor.function = processor.function.or(claim.text("function"));
            processor.clients.entry(body).or_default().extend(claim.purpose.as_deref());
        }
    }
    let mut all: Vec<Processor<'a>> = by_name.into_values().collect();
    all.sort_by_key(|p| std::cmp::Reverse(p.clients.len()));
    all
}
