//! `corpus/registration-holder`.

use super::body::descends;
use super::registrations::{Entries, Own, own_registrations};
use super::{BodyKey, Corpus, CorpusFindings, Counterpart, body_key};
use crate::model::{Edition, Registration};

rule! {
    /// ## What it finds
    /// A registration number that the ICO's register gives to another organisation, or whose registration had ended on the
    /// day of judging, or that stands in no row while the register has the controller under another number.
    ///
    /// ## Why it matters
    /// Every controller that must pay the data protection fee has an entry of its own. People who look the number up find the
    /// wrong body or none, and the controller may not be registered at all.
    ///
    /// ## When it is wrong
    /// Judged by the last edition of the register that was imported with a day on or before the day of judging; a renewal
    /// since is not in it. Names are compared without capitals, "NHS", "and"/"&" and the like; of bodies other than
    /// commissioners only a number that a commissioner holds is told.
    ///
    /// ## Example
    /// The notice of a board says "registered under ZA123456"; the register has that number for the group before it, ended
    /// on 30 June 2022. Cure: register, and give the new number.
    REGISTRATION_HOLDER = "corpus/registration-holder", Error, since: None, over: corpus,
    references: [
        ("Data Protection (Charges and Information) Regulations 2018", "https://www.legislation.gov.uk/uksi/2018/480"),
    ]
}

const HELP: &str = "look up your own entry in the ICO's register and give its number; if there is none, register";

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    if corpus.registers.ico.is_empty() {
        return;
    }
    let entries = Entries::of(corpus);
    for own in own_registrations(corpus) {
        let day = corpus.documents[own.document].day();
        let Some(edition) = entries.edition(day) else { continue };
        match entries.numbered(edition, own.number) {
            Some(entry) if is_anothers(entry, &own, corpus) => anothers(corpus, &own, edition, entry, out),
            Some(entry) => {
                let Some(ended) = entry.ends.filter(|ends| *ends < day) else { continue };
                let message = format!("the registration {} of {} ended on {ended}", own.number, own.body.name);
                out.report(own.document, message, "renew the registration, or give the number of the one that runs")
                    .subject(own.number)
                    .since(ended.tomorrow().ok())
                    .at(own.places)
                    .beside(Counterpart::Register(edition.row(entry)));
            }
            None => {
                let Some(entry) = entries.of_body(edition, &own.body.key).first() else { continue };
                let message = format!(
                    "the registration number {} stands in no row of the register of {}, which has {} under {}",
                    own.number, edition.date, own.body.name, entry.number
                );
                out.report(own.document, message, "give the number of your own entry")
                    .subject(own.number)
                    .at(own.places)
                    .beside(Counterpart::Register(edition.row(entry)));
            }
        }
    }
}

fn anothers(
    corpus: &Corpus<'_>,
    own: &Own<'_>,
    edition: &Edition<Registration>,
    entry: &Registration,
    out: &mut CorpusFindings<'_>,
) {
    let holder = body_key(&entry.organisation, corpus.dictionary);
    let before = if descends(&own.body.key, &holder, corpus.dictionary) { ", its predecessor" } else { "" };
    let message = format!(
        "{} gives the registration number {}, which belongs to {}{before}",
        own.body.name, own.number, entry.organisation
    );
    out.report(own.document, message, HELP)
        .subject(own.number)
        .at(own.places.iter().copied())
        .beside(Counterpart::Register(edition.row(entry)));
}

/// Whether an entry is another body's. The names of practices and trusts differ too much between register and notice: of
/// those only a number that a commissioner holds is another's for sure.
fn is_anothers(entry: &Registration, own: &Own<'_>, corpus: &Corpus<'_>) -> bool {
    let names = std::iter::once(&entry.organisation).chain(&entry.trading_names);
    let keys: Vec<BodyKey> = names.map(|n| body_key(n, corpus.dictionary)).collect();
    !keys.contains(&own.body.key) && (own.body.is_commissioner() || matches!(keys[0], BodyKey::Known(_)))
}
