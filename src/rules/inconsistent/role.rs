//! `inconsistent/role`.

use crate::model::{Claim, ClaimKind};
use crate::rules::holder::{holders, secondary};
use crate::rules::names::same_person;
use crate::rules::{Findings, Notice};
use std::collections::BTreeSet;

rule! {
    /// ## What it finds
    /// Two people named for one role: two data protection officers, two Caldicott Guardians, two senior information risk
    /// owners. Spellings of one person's name are not two.
    ///
    /// ## Why it matters
    /// One of the two has most likely left. Requests and complaints sent to that person are not answered.
    ///
    /// ## When it is wrong
    /// Where the second person is a deputy or holds the role for another body of a joint notice. Say so beside the name.
    ///
    /// ## Example
    /// Bad: "Data Protection Officer: Felicity Arnbrook" and, below, "Write to the Data Protection Officer, Gareth
    /// Wainscott."
    ///
    /// Good: "Data Protection Officer: Felicity Arnbrook" and, below, "Write to the Data Protection Officer, Felicity
    /// Arnbrook."
    ROLE = "inconsistent/role", Warning, since: None,
    references: [
        ("UK GDPR, Articles 37 to 39", "https://www.legislation.gov.uk/eur/2016/679/article/37"),
        ("UK GDPR, Article 13(1)(b)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let controllers: BTreeSet<&str> = notice.of(ClaimKind::Controller).map(|c| c.value.as_str()).collect();
    if controllers.len() > 1 {
        return;
    }
    for (role, named) in [
        ("dpo", "data protection officer"),
        ("caldicott-guardian", "Caldicott Guardian"),
        ("siro", "senior information risk owner"),
    ] {
        let holders: Vec<(&Claim, &str)> = holders(notice, role).filter(|(c, _)| !secondary(notice, c)).collect();
        let holders = if holders.len() > 1 { without_shared(notice, role, holders) } else { holders };
        let Some((first, name)) = holders.first() else { continue };
        let others: Vec<&(&Claim, &str)> = holders.iter().filter(|(_, other)| !same_person(name, other)).collect();
        if let Some((_, other)) = others.first() {
            out.report(
                format!("two people are named as {named}: {name} and {other}"),
                "name the person who holds the role today in all places",
            )
            .subject(role)
            .at(first.evidence)
            .at_all(others.iter().map(|(c, _)| c.evidence));
        }
    }
}

/// The holders without those who hold another role too: one person under a heading for two roles is read for both.
fn without_shared<'a>(
    notice: &Notice<'a>,
    role: &str,
    holders: Vec<(&'a Claim, &'a str)>,
) -> Vec<(&'a Claim, &'a str)> {
    let others: Vec<&str> = notice
        .of(ClaimKind::Role)
        .filter_map(|c| c.value.split_once('='))
        .filter(|(r, name)| *r != role && !name.is_empty())
        .map(|(_, name)| name)
        .collect();
    let alone: Vec<(&Claim, &str)> = holders.iter().copied().filter(|(_, name)| !others.contains(name)).collect();
    if alone.is_empty() { holders } else { alone }
}
