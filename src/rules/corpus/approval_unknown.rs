//! `corpus/approval-unknown`.

use super::approvals::{Rows, cited};
use super::{Corpus, CorpusFindings, Counterpart};
use crate::dictionary::Family;
use crate::model::{Approval, Day, Edition, RegisterRow};
use std::collections::BTreeSet;

rule! {
    /// ## What it finds
    /// A reference to an approval under section 251 that stands in no row of the Confidentiality Advisory Group's register,
    /// though the register holds others of the same year.
    ///
    /// ## Why it matters
    /// The register is public so that people can look up on what ground confidential information is used. A reference that
    /// is not in it is mistyped, or there is no such support.
    ///
    /// ## When it is wrong
    /// The register comes in two workbooks, research and other purposes: import both. References cited for research, those
    /// of years that the register does not hold, and those that the program's own dictionary knows are passed over.
    ///
    /// ## Example
    /// "Support was given under 23/CAG/9999." Cure: copy the reference from the letter of approval.
    APPROVAL_UNKNOWN = "corpus/approval-unknown", Warning, since: None, over: corpus,
    references: [
        ("Registers of the Confidentiality Advisory Group", "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"),
    ]
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let rows = Rows::of(corpus.registers);
    let years: Vec<(&Edition<Approval>, BTreeSet<u32>)> = corpus
        .registers
        .cag
        .iter()
        .map(|e| (e, e.entries.iter().flat_map(|a| &a.references).filter_map(|r| year(r)).collect()))
        .collect();
    for cited in cited(corpus) {
        let day = corpus.documents[cited.document].day();
        let Some(year) = year(cited.reference) else { continue };
        let Some(edition) = holding(&years, year, day) else { continue };
        if rows.on(cited.reference, day).is_some()
            || cited.purposes.contains(&"research")
            || corpus.dictionary.by_id(Family::CagApprovals, cited.reference).is_some()
        {
            continue;
        }
        let row = RegisterRow {
            register: "cag",
            file: edition.file.clone(),
            date: edition.date.to_string(),
            sheet: None,
            row: None,
            cells: vec![("reference looked for in every row", cited.reference.to_owned())],
        };
        let message = format!(
            "{} stands in no row of the Confidentiality Advisory Group's register of {}",
            cited.reference, edition.date
        );
        out.report(cited.document, message, "copy the reference from the letter of approval or from the register")
            .subject(cited.reference)
            .at(cited.places)
            .beside(Counterpart::Register(row));
    }
}

/// The last edition on a day that holds references of a year, and is later than that year began.
fn holding<'a>(years: &[(&'a Edition<Approval>, BTreeSet<u32>)], year: u32, day: Day) -> Option<&'a Edition<Approval>> {
    years.iter().rev().find(|(e, held)| e.date <= day && held.contains(&year)).map(|(e, _)| *e)
}

/// The year of a reference: `23/CAG/0118`, `CAG 7-07(a)/2013`.
fn year(reference: &str) -> Option<u32> {
    match reference.split_once("/CAG/") {
        Some((short, _)) => short.parse::<u32>().ok().map(|y| 2000 + y),
        None => reference.rsplit_once('/')?.1.parse().ok(),
    }
}
