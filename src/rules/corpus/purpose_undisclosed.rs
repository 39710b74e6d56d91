//! `corpus/purpose-undisclosed`.

use super::agreements::Agreements;
use super::disclosure::{Standing, concerned, plain_text, run};
use super::{Corpus, CorpusFindings};
use crate::dictionary::Family;
use crate::model::Severity;
use crate::rules::names::plain;

rule! {
    /// ## What it finds
    /// A purpose for which the controller receives data under an agreement in the register, and of which the notice says
    /// nothing. At severity info where the agreement has ended, but ran when the notice was last reviewed.
    ///
    /// ## Why it matters
    /// The purposes of processing are the first thing that people must be told. The agreement shows that data are received
    /// for one that the notice leaves out.
    ///
    /// ## When it is wrong
    /// Where the notice describes the purpose in words that the program does not know, or on another page that was not judged
    /// with it. Agreements without a known end, or whose purpose the register does not show, are passed over.
    ///
    /// ## Example
    /// By the register the board receives hospital data for invoice validation; its notice never mentions invoices. Cure:
    /// add a section on it, with its lawful basis.
    PURPOSE_UNDISCLOSED = "corpus/purpose-undisclosed", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Articles 13(1)(c) and 14(1)(c)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
        ("Data release register (NHS Digital, as archived in 2017)", "https://webarchive.nationalarchives.gov.uk/20171010161938/http:/content.digital.nhs.uk/dataregister"),
    ]
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let agreements = Agreements::of(corpus);
    // The agreements come notice by notice, so that one text at a time is enough.
    let mut text = (usize::MAX, String::new());
    let mut told: Vec<(usize, &str)> = Vec::new();
    let concerned = concerned(corpus, &agreements);
    for concerned in concerned.iter().filter(|c| c.standing != Standing::EndedLately) {
        let document = &corpus.documents[concerned.document];
        let Some(purpose) = concerned.agreed.purpose.as_deref() else { continue };
        let Some(term) = corpus.dictionary.by_id(Family::Purposes, purpose) else { continue };
        if text.0 != concerned.document {
            text = (concerned.document, plain_text(document));
        }
        let stated = document.claims.iter().any(|c| c.value == purpose || c.purpose.as_deref() == Some(purpose))
            || term.phrases.iter().chain(term.exact.iter()).any(|p| text.1.contains(&plain(&p.to_lowercase())));
        if stated || told.contains(&(concerned.document, purpose)) {
            continue;
        }
        told.push((concerned.document, purpose));
        let message = format!(
            "by the agreement {} ({}), data are received for {}; the notice says nothing of it",
            concerned.agreed.reference,
            run(concerned.agreed),
            spoken(term.name())
        );
        let help = if concerned.standing == Standing::Runs {
            "describe the purpose with its lawful basis and who receives the data"
        } else {
            "the agreement has ended; if it was renewed or the data are still held, describe the purpose"
        };
        let finding = out.report(concerned.document, message, help);
        let finding = if concerned.standing == Standing::Runs { finding } else { finding.severity(Severity::Info) };
        finding.subject(purpose).at(document.controller_place()).beside(concerned.agreed.place.clone());
    }
}

/// A purpose's name within a sentence: its capital goes, unless it is that of an abbreviation.
fn spoken(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
