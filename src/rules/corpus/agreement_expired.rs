//! `corpus/agreement-expired`.

use super::agreements::Agreements;
use super::approvals::is_past;
use super::{Corpus, CorpusFindings};
use crate::model::ClaimKind;

rule! {
    /// ## What it finds
    /// A data sharing agreement that a notice cites as the ground of a flow of data, and that had ended on the day of judging
    /// by the register of data sharing agreements.
    ///
    /// ## Why it matters
    /// Data are given for as long as the agreement runs. After its end it has been renewed under new terms, or the data are
    /// no longer received; either way the notice does not say what happens today.
    ///
    /// ## When it is wrong
    /// Where the agreement was renewed after the register's state. Not where the sentence says that the agreement is past.
    ///
    /// ## Example
    /// "We receive hospital data under DARS-NIC-990014-K4J7P"; by the register the agreement ran to 31 October 2025. Cure:
    /// cite the agreement in force, or say that the data are no longer received.
    AGREEMENT_EXPIRED = "corpus/agreement-expired", Warning, since: None, over: corpus,
    references: [
        ("Data release register (NHS Digital, as archived in 2017)", "https://webarchive.nationalarchives.gov.uk/20171010161938/http:/content.digital.nhs.uk/dataregister"),
        ("UK GDPR, Article 13(1)(c)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let agreements = Agreements::of(corpus);
    for (number, document) in corpus.notices() {
        let mut told: Vec<&str> = Vec::new();
        for claim in document.of(ClaimKind::Agreement) {
            if told.contains(&claim.value.as_str()) || is_past(document, claim.evidence) {
                continue;
            }
            let Some(agreed) = agreements.referenced(&claim.value, document.day()) else { continue };
            let Some(ended) = agreed.ends.filter(|ends| *ends < document.day()) else { continue };
            told.push(&claim.value);
            let places = document.of(ClaimKind::Agreement).filter(|c| c.value == claim.value).map(|c| c.evidence);
            out.report(
                number,
                format!("the agreement {} is cited as if it ran; it ended on {ended}", claim.value),
                "cite the agreement in force, or say that the data are no longer received",
            )
            .subject(&claim.value)
            .since(ended.tomorrow().ok())
            .at(places)
            .beside(agreed.place.clone());
        }
    }
}
