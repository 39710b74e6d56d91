//! `corpus/processor-undisclosed`.

use super::agreements::Agreements;
use super::disclosure::{Concerned, Standing, concerned, plain_text, purpose_places, run};
use super::{Corpus, CorpusFindings, Counterpart, body_key};
use crate::model::{Severity, Span};
use crate::rules::names::plain;
use std::collections::BTreeMap;

rule! {
    /// ## What it finds
    /// A processor that a data sharing agreement of the controller names in the register of agreements, and that the notice
    /// names nowhere. At severity info where the agreement ran when the notice was last reviewed, or ended less than five years
    /// ago: such agreements are often renewed before the register says so.
    ///
    /// ## Why it matters
    /// People have a right to know who receives their data, and processors are recipients. The agreement shows that this one
    /// does.
    ///
    /// ## When it is wrong
    /// Where the notice names the processor by another name that the program does not know, or on another page that was not
    /// judged with it. Agreements without a known end are passed over, and so are notices that were read only in part.
    ///
    /// ## Example
    /// By the register, Prescribing Services Ltd processes hospital data for the board's risk stratification until 2026; the
    /// board's notice speaks of "a risk stratification tool". Cure: name the company and what it does.
    PROCESSOR_UNDISCLOSED = "corpus/processor-undisclosed", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Articles 13(1)(e) and 14(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
        ("Data release register (NHS Digital, as archived in 2017)", "https://webarchive.nationalarchives.gov.uk/20171010161938/http:/content.digital.nhs.uk/dataregister"),
    ]
}

/// Agreements shown beside a finding.
const SHOWN: usize = 5;

/// An agreement about whose processor the notice is silent, and the words that name it there.
type Silent<'a> = (&'a Concerned<'a>, Option<Span>);

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let agreements = Agreements::of(corpus);
    // The agreements come notice by notice, so that one text at a time is enough.
    let mut text = (usize::MAX, String::new());
    let mut undisclosed: BTreeMap<(usize, &str), Vec<Silent<'_>>> = BTreeMap::new();
    let concerned = concerned(corpus, &agreements);
    for concerned in &concerned {
        let document = &corpus.documents[concerned.document];
        for (name, place) in &concerned.agreed.processors {
            if text.0 != concerned.document {
                text = (concerned.document, plain_text(document));
            }
            let named = document.claims.iter().any(|c| c.value == *name)
                || text.1.contains(&format!(" {} ", plain(&name.to_lowercase())));
            if !named && !document.is_of(&body_key(name, corpus.dictionary)) {
                undisclosed.entry((concerned.document, name)).or_default().push((concerned, *place));
            }
        }
    }
    for ((number, name), agreements) in undisclosed {
        tell(corpus, number, name, &agreements, out);
    }
}

fn tell(corpus: &Corpus<'_>, number: usize, name: &str, agreements: &[Silent<'_>], out: &mut CorpusFindings<'_>) {
    let document = &corpus.documents[number];
    // Those that run come first.
    let Concerned { agreed, standing, .. } = agreements[0].0;
    let purpose = agreed.purpose.as_deref().unwrap_or("");
    let what = if purpose.is_empty() { String::new() } else { format!(" for {}", purpose.replace('-', " ")) };
    let (does, help) = match standing {
        Standing::Runs => ("processes", "name the processor and what it does, or end the agreement"),
        Standing::RanAtReview | Standing::EndedLately => (
            "processed",
            "the agreement has ended; if it was renewed or the data are still held, name the processor, else nothing need be done",
        ),
    };
    let message = format!(
        "by the agreement {} ({}), {name} {does} data{what}; the notice does not name it",
        agreed.reference,
        run(agreed)
    );
    let mut places = purpose_places(document, purpose);
    if places.is_empty() {
        places.extend(document.controller_place());
    }
    let finding = out.report(number, message, help).subject(name).at(places);
    let mut finding = if *standing == Standing::Runs { finding } else { finding.severity(Severity::Info) };
    for (concerned, place) in agreements.iter().take(SHOWN) {
        let mut beside = concerned.agreed.place.clone();
        if let (Counterpart::Document { evidence, .. }, Some(place)) = (&mut beside, place) {
            evidence.push(*place);
        }
        finding = finding.beside(beside);
    }
}
