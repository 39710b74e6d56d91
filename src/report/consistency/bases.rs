//! Which bases bodies rely on for which purpose, and who relies on one that nobody else does.

use crate::across::CrossFinding;
use crate::model::ClaimKind;
use crate::report::Run;
use std::collections::{BTreeMap, BTreeSet};

/// The rule that says who stands apart; its subjects are `purpose=basis`.
const APART: &str = "corpus/basis-outlier";

/// The bodies that rely on a basis for a purpose, by purpose and basis.
#[derive(Default)]
pub(super) struct Bases {
    pub by_purpose: BTreeMap<String, Purpose>,
    /// Every basis, in the order of the law.
    pub columns: Vec<String>,
}

/// What bodies rely on for one purpose.
#[derive(Default)]
pub(super) struct Purpose {
    /// Bodies that state any basis.
    pub bodies: BTreeSet<usize>,
    pub by_basis: BTreeMap<String, BTreeSet<usize>>,
    /// Those on which a body stands apart.
    pub apart: BTreeSet<String>,
}

impl Purpose {
    /// Whether those who rely on a basis stand apart from the others.
    pub fn is_outlier(&self, basis: &str) -> bool {
        self.apart.contains(basis)
    }
}

/// Reads the bases out of the claims of judged notices, and who stands apart out of the findings between them.
pub(super) fn bases(run: &Run, body_of: &[Option<usize>], between: &[CrossFinding]) -> Bases {
    let mut bases = Bases::default();
    let mut columns = BTreeSet::new();
    for (a, body) in run.analyses.iter().zip(body_of).filter_map(|(a, body)| Some((a, (*body)?))) {
        for claim in &a.claims {
            let (ClaimKind::LawfulBasis | ClaimKind::ConfidentialityBasis, Some(id)) = (claim.kind, &claim.purpose)
            else {
                continue;
            };
            let purpose = bases.by_purpose.entry(id.clone()).or_default();
            purpose.bodies.insert(body);
            purpose.by_basis.entry(claim.value.clone()).or_default().insert(body);
            columns.insert((order(&claim.value), claim.value.clone()));
        }
    }
    for finding in between.iter().map(|b| &b.finding).filter(|f| f.rule.id == APART) {
        let Some((purpose, basis)) = finding.subject.as_deref().and_then(|s| s.split_once('=')) else { continue };
        if let Some(purpose) = bases.by_purpose.get_mut(purpose) {
            purpose.apart.insert(basis.to_owned());
        }
    }
    bases.columns = columns.into_iter().map(|(_, value)| value).collect();
    bases
}

/// Article 6 before 9 and 10, then Schedule 1, the law of 1998, and the duty of confidentiality.
fn order(basis: &str) -> u8 {
    match basis.split(':').next() {
        Some("uk-gdpr") if basis.contains(":10") => 2,
        Some("uk-gdpr") if basis.contains(":9") => 1,
        Some("uk-gdpr") => 0,
        Some("dpa-2018") => 3,
        Some("dpa-1998") => 4,
        _ => 5,
    }
}
