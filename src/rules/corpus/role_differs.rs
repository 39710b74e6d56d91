//! `corpus/role-differs`.

use super::registrations::Entries;
use super::{BodyKey, Corpus, CorpusFindings, Counterpart, Published, body_key};
use crate::model::{ClaimKind, Day, Edition, Guardian, Span, in_force};
use crate::rules::names::same_person;
use std::collections::HashMap;

rule! {
    /// ## What it finds
    /// A Caldicott Guardian who is not the one in the register of Caldicott Guardians, a data protection officer who is not
    /// the one in the ICO's register, or two notices of one body that name different people for a role.
    ///
    /// ## Why it matters
    /// One of the two has most likely left. Requests and concerns sent to that person are not answered.
    ///
    /// ## When it is wrong
    /// Where a new holder was appointed after the register's state: then the register is to be corrected. Spellings of one
    /// person's name are no difference, and a notice that names the registered person among others is right.
    ///
    /// ## Example
    /// The notice says "Caldicott Guardian: Dr Priya Sandleigh"; the register names Dr Owen Farthing. Cure: name whoever
    /// holds the role today, and have the register corrected if it is behind.
    ROLE_DIFFERS = "corpus/role-differs", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Article 37(7): publish the contact details of the data protection officer", "https://www.legislation.gov.uk/eur/2016/679/article/37"),
        ("UK Caldicott Guardian Council on the National Data Guardian's guidance", "https://www.ukcgc.uk/news/blog-post-title-two-hxp8w"),
    ]
}

const ROLES: [(&str, &str); 3] = [
    ("caldicott-guardian", "Caldicott Guardian"),
    ("dpo", "data protection officer"),
    ("siro", "senior information risk owner"),
];

const HELP: &str = "name the person who holds the role today, and have the register corrected where it is behind";

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    guardians(corpus, out);
    officers(corpus, out);
    between_notices(corpus, out);
}

/// The people whom a notice names for a role.
fn holders<'a>(document: &Published<'a>, role: &str) -> Vec<(&'a str, Span)> {
    document
        .of(ClaimKind::Role)
        .filter_map(|c| c.value.split_once('=').map(|(r, name)| (r, name, c.evidence)))
        .filter(|(r, name, _)| *r == role && !name.is_empty())
        .map(|(_, name, place)| (name, place))
        .collect()
}

/// A row of the register of Caldicott Guardians.
type Registered<'a> = (&'a Edition<Guardian>, &'a Guardian);

fn guardians(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let mut known: HashMap<(Day, BodyKey), Vec<Registered<'_>>> = HashMap::new();
    for edition in &corpus.registers.caldicott {
        for entry in edition.entries.iter().filter(|e| !e.name.is_empty()) {
            let key = (edition.date, body_key(&entry.organisation, corpus.dictionary));
            known.entry(key).or_default().push((edition, entry));
        }
    }
    for (number, document) in corpus.notices() {
        let Some(body) = document.controller() else { continue };
        let named = holders(document, "caldicott-guardian");
        let Some((name, _)) = named.first() else { continue };
        let Some(edition) = in_force(&corpus.registers.caldicott, document.day()) else { continue };
        let Some(registered) = known.get(&(edition.date, body.key.clone())) else { continue };
        let agrees = registered.iter().any(|(_, entry)| named.iter().any(|(n, _)| same_person(n, &entry.name)));
        let Some((edition, entry)) = registered.first().filter(|_| !agrees) else { continue };
        let message = format!(
            "{} names {name} as Caldicott Guardian; the register of {} names {}",
            body.name, edition.date, entry.name
        );
        out.report(number, message, HELP)
            .subject("caldicott-guardian")
            .at(named.iter().map(|(_, place)| *place))
            .beside(Counterpart::Register(edition.row(*entry)));
    }
}

fn officers(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    if corpus.registers.ico.is_empty() {
        return;
    }
    let entries = Entries::of(corpus);
    for (number, document) in corpus.notices() {
        let Some(body) = document.controller() else { continue };
        let named = holders(document, "dpo");
        let Some((name, _)) = named.first() else { continue };
        let Some(edition) = entries.edition(document.day()) else { continue };
        let current = entries.of_body(edition, &body.key).iter().find(|e| e.ends.is_none_or(|d| d >= document.day()));
        let Some((entry, officer)) = current.and_then(|e| e.officer.as_deref().map(|o| (*e, o))) else { continue };
        if named.iter().any(|(n, _)| same_person(n, officer)) {
            continue;
        }
        let message = format!(
            "{} names {name} as data protection officer; the ICO's register of {} names {officer}",
            body.name, edition.date
        );
        out.report(number, message, HELP)
            .subject("dpo")
            .at(named.iter().map(|(_, place)| *place))
            .beside(Counterpart::Register(edition.row(entry)));
    }
}

/// Notices of one body: each is compared with the one reviewed last.
fn between_notices(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let by_controller = corpus.by_controller();
    for (role, title) in ROLES {
        for numbers in by_controller.values().filter(|n| n.len() > 1) {
            let named: Vec<(usize, Vec<(&str, Span)>)> = numbers
                .iter()
                .map(|n| (*n, holders(&corpus.documents[*n], role)))
                .filter(|(_, holders)| !holders.is_empty())
                .collect();
            // The first of those reviewed last, where the dates say which that is.
            let newest = named.iter().rev().max_by_key(|(n, _)| corpus.documents[*n].reviewed().map(|d| d.last()));
            let Some((reference, right)) = newest else { continue };
            for (number, other) in named.iter().filter(|(n, _)| n != reference) {
                if right.iter().any(|(a, _)| other.iter().any(|(b, _)| same_person(a, b))) {
                    continue;
                }
                let body = &corpus.documents[*number].controllers[0].name;
                let message = format!(
                    "two notices of {body} name different people as {title}: {} here, {} there",
                    other[0].0, right[0].0
                );
                out.report(*number, message, "name the person who holds the role today in all notices")
                    .subject(role)
                    .at(other.iter().map(|(_, place)| *place))
                    .against(*reference, right.iter().map(|(_, place)| *place));
            }
        }
    }
}
