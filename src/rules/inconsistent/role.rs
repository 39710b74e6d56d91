//! `inconsistent/role`.

use crate::model::{Claim, ClaimKind};
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
    /// "Data Protection Officer: Felicity Arnbrook" and, below, "write to the Data Protection Officer, Gareth Wainscott".
    /// Cure: name the one who holds the role in both places.
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
        let holders: Vec<(&Claim, &str)> = notice
            .of(ClaimKind::Role)
            .filter_map(|c| {
                c.value.split_once('=').filter(|(r, name)| *r == role && !name.is_empty()).map(|(_, name)| (c, name))
            })
            .filter(|(c, _)| !secondary(notice, c))
            .collect();
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

/// Whether the words around say that the person stands in, helps, or held the role before.
fn secondary(notice: &Notice<'_>, claim: &Claim) -> bool {
    let sentence = notice.context.sentence_words(notice.context.fold.folded_at(claim.evidence.start));
    ["deputy", "assistant", "former", "previous", "interim", "acting", "on behalf of", "your gp", "practice's"]
        .iter()
        .any(|w| sentence.contains(w))
}

/// Whether two names may be one person's: one surname, and first names that begin alike or are left out.
fn same_person(a: &str, b: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .replace('’', "'")
            .split([' ', '.'])
            .filter(|w| {
                !w.is_empty()
                    && !matches!(*w, "dr" | "mr" | "mrs" | "ms" | "miss" | "prof" | "professor" | "sir" | "dame")
            })
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (parts(a), parts(b));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return true };
    if !alike(last_a, last_b) {
        return false;
    }
    if a.len() < 2 || b.len() < 2 {
        return true;
    }
    let initial = |name: &[String]| name[0].chars().next();
    initial(&a) == initial(&b) || nickname(&a[0]) == nickname(&b[0])
}

/// Whether two surnames are one but for a slip, or one is part of a double name.
fn alike(a: &str, b: &str) -> bool {
    let part = |long: &str, short: &str| long.split('-').any(|p| p == short);
    let differ =
        a.chars().zip(b.chars()).filter(|(x, y)| x != y).count() + a.chars().count().abs_diff(b.chars().count());
    a == b || part(a, b) || part(b, a) || a.chars().count() >= 5 && differ <= 1
}

/// The name that a short form stands for, where the two begin differently.
fn nickname(name: &str) -> &str {
    match name {
        "bob" | "rob" | "robbie" => "robert",
        "bill" | "will" => "william",
        "liz" | "beth" | "betty" | "lizzie" => "elizabeth",
        "tony" => "anthony",
        "kate" | "katie" | "cathy" | "kathryn" | "katherine" => "catherine",
        "peggy" | "maggie" => "margaret",
        "dick" | "rick" => "richard",
        "ted" | "ned" => "edward",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::same_person;

    #[test]
    fn spellings_of_one_person() {
        assert!(same_person("Michael Fenwick", "Mike Fenwick"));
        assert!(same_person("Dr A. Patel", "Dr Anil Patel"));
        assert!(same_person("Bob Marsh", "Robert Marsh"));
        assert!(!same_person("Felicity Arnbrook", "Gareth Wainscott"));
        assert!(!same_person("Anna Patel", "Ravi Patel"));
    }
}
