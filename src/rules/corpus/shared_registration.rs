//! `corpus/shared-registration`.

use super::registrations::{Entries, Own, own_registrations};
use super::{BodyKey, Corpus, CorpusFindings};
use std::collections::BTreeMap;

rule! {
    /// ## What it finds
    /// One number of the regulator's register in the notices of two or more bodies, each giving it as its own.
    ///
    /// ## Why it matters
    /// Every controller pays the data protection fee for itself and has an entry of its own. A number that two bodies give
    /// belongs to one of them at most: the other's notice was copied, or the other is not registered.
    ///
    /// ## When it is wrong
    /// Not where a sentence names the other body beside the number, nor in a joint notice. Where an edition of the
    /// register that holds the number was imported, `corpus/registration-holder` tells whose it is and this rule is silent.
    ///
    /// ## Example
    /// The notices of two boards both say "registered with the ICO under ZB123456". Cure: each looks its own entry up in
    /// the register and gives that number.
    SHARED_REGISTRATION = "corpus/shared-registration", Error, since: None, over: corpus,
    references: [
        ("Data Protection (Charges and Information) Regulations 2018", "https://www.legislation.gov.uk/uksi/2018/480"),
    ]
}

/// Other notices shown beside a finding; the message counts all.
const SHOWN: usize = 5;

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let mut users: BTreeMap<&str, Vec<Own<'_>>> = BTreeMap::new();
    for own in own_registrations(corpus) {
        users.entry(own.number).or_default().push(own);
    }
    let entries = Entries::of(corpus);
    for (number, users) in users {
        // One notice of each body is enough to show.
        let mut bodies: BTreeMap<&BodyKey, &Own<'_>> = BTreeMap::new();
        for user in &users {
            bodies.entry(&user.body.key).or_insert(user);
        }
        for user in &users {
            let edition = entries.edition(corpus.documents[user.document].day());
            if edition.is_some_and(|e| entries.numbered(e, number).is_some()) {
                continue;
            }
            let others = || bodies.values().filter(|o| o.body.key != user.body.key);
            let Some(first) = others().next() else { continue };
            let more = match bodies.len() - 1 {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            let mut finding = out
                .report(
                    user.document,
                    format!(
                        "{} gives the registration number {number}, which the notice of {}{more} gives as its own too",
                        user.body.name, first.body.name
                    ),
                    "look up your own entry in the ICO's register and give its number; if there is none, register",
                )
                .subject(number)
                .at(user.places.iter().copied());
            for other in others().take(SHOWN) {
                finding = finding.against(other.document, other.places.iter().copied());
            }
        }
    }
}
