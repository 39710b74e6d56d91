//! `corpus/controller-closed`.

use super::{BodyKey, Corpus, CorpusFindings, Counterpart, body_key};
use crate::model::{ClaimKind, Edition, Organisation};
use std::collections::{HashMap, HashSet};

rule! {
    /// ## What it finds
    /// A controller that the Organisation Data Service lists as closed on the day of judging, found by its code or by a name
    /// that no open organisation bears. Bodies whose end the program knows are `outdated/controller-abolished`.
    ///
    /// ## Why it matters
    /// A body that is closed holds no data and answers no request. Somebody took over from it, and the notice does not say
    /// who.
    ///
    /// ## When it is wrong
    /// Where the organisation reopened after the report's state, or another of the same name is missing in it.
    ///
    /// ## Example
    /// The notice of Fernbank Surgery, which the service lists as closed since 31 March 2025. Cure: publish the notice of
    /// whoever took the records over.
    CONTROLLER_CLOSED = "corpus/controller-closed", Error, since: None, over: corpus,
    references: [
        ("Organisation Data Service: reconfiguration of integrated care boards", "https://digital.nhs.uk/services/organisation-data-service/upcoming-code-changes/reconfiguration-toolkit/icb-reconfiguration-guidance"),
        ("UK GDPR, Article 13(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

type Rows<'a> = Vec<(&'a Edition<Organisation>, &'a Organisation)>;

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let keys: HashSet<&BodyKey> = corpus.notices().filter_map(|(_, d)| d.controller()).map(|b| &b.key).collect();
    let mut by_code: HashMap<&str, Rows<'_>> = HashMap::new();
    let mut by_name: HashMap<BodyKey, Rows<'_>> = HashMap::new();
    for edition in &corpus.registers.ods {
        for entry in &edition.entries {
            by_code.entry(&entry.code).or_default().push((edition, entry));
            let key = body_key(&entry.name, corpus.dictionary);
            if keys.contains(&key) {
                by_name.entry(key).or_default().push((edition, entry));
            }
        }
    }
    for (number, document) in corpus.notices() {
        let Some(body) = document.controller() else { continue };
        let day = document.day();
        let ended = |key: &BodyKey| matches!(key, BodyKey::Known(t) if corpus.dictionary.term(*t).until_day().is_some_and(|d| d <= day));
        if ended(&body.key) {
            continue;
        }
        let code = document.of(ClaimKind::Controller).find_map(|c| c.text("ods"));
        let rows = code.and_then(|c| by_code.get(c)).or_else(|| by_name.get(&body.key));
        let Some((edition, entry, closed)) = rows.and_then(|rows| closed(rows, day)) else { continue };
        out.report(
            number,
            format!("{} is listed as closed since {closed} by the Organisation Data Service", body.name),
            "publish the notice of the body that took over, and take this one down",
        )
        .subject(&*entry.code)
        .since(Some(closed))
        .at(document.controller_place())
        .beside(Counterpart::Register(edition.row(entry)));
    }
}

/// The row that closes an organisation, where each of its last rows on a day does.
fn closed<'a>(
    rows: &Rows<'a>,
    day: crate::model::Day,
) -> Option<(&'a Edition<Organisation>, &'a Organisation, crate::model::Day)> {
    let mut last: HashMap<&str, (&'a Edition<Organisation>, &'a Organisation)> = HashMap::new();
    for (edition, entry) in rows.iter().filter(|(edition, _)| edition.date <= day) {
        last.insert(&entry.code, (edition, entry));
    }
    let open = last.values().any(|(_, entry)| entry.closed.is_none_or(|closed| closed >= day));
    let (edition, entry) = last.into_values().filter(|_| !open).max_by_key(|(_, entry)| (entry.closed, &entry.code))?;
    Some((edition, entry, entry.closed?))
}
