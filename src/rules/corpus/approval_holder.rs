//! `corpus/approval-holder`.

use super::approvals::{Rows, cited};
use super::body::descends;
use super::{BodyKey, Corpus, CorpusFindings, Counterpart, body_key};
use crate::model::Severity;

rule! {
    /// ## What it finds
    /// An approval under section 251 that was given to another commissioner than the controller of the notice.
    ///
    /// ## Why it matters
    /// Support is given to the applicant for its own purpose. A notice that cites a neighbour's reference was copied, or
    /// relies on support that the body does not have.
    ///
    /// ## When it is wrong
    /// Not for approvals of NHS England, nor for those applied for on behalf of others. Where the predecessor holds the
    /// approval it may have passed on: that is a question, at severity info. The register has slips of its own.
    ///
    /// ## Example
    /// The notice of one board cites 23/CAG/0122, given to the board of the next county. Cure: cite your own approval, or
    /// stop relying on section 251 for the purpose.
    APPROVAL_HOLDER = "corpus/approval-holder", Warning, since: None, over: corpus,
    references: [
        ("Registers of the Confidentiality Advisory Group", "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"),
        ("Health Service (Control of Patient Information) Regulations 2002, regulation 5", "https://www.legislation.gov.uk/uksi/2002/1438/regulation/5"),
    ]
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let rows = Rows::of(corpus.registers);
    for cited in cited(corpus) {
        let document = &corpus.documents[cited.document];
        let Some(body) = document.controller().filter(|b| b.is_commissioner()) else { continue };
        let Some((edition, entry)) = rows.on(cited.reference, document.day()) else { continue };
        let holder = body_key(&entry.applicant, corpus.dictionary);
        let shared =
            ["on behalf of", " and partners", "joint"].iter().any(|w| entry.applicant.to_lowercase().contains(w));
        if shared || holder == body.key || !is_commissioner(&holder) || descends(&holder, &body.key, corpus.dictionary)
        {
            continue;
        }
        let inherited = descends(&body.key, &holder, corpus.dictionary);
        let (message, help) = if inherited {
            (
                format!("{} was given to {}, a predecessor of {}", cited.reference, entry.applicant, body.name),
                "check that the support passed to you, and cite the letter or the new reference",
            )
        } else {
            (
                format!("{} cites {}, which was given to {}", body.name, cited.reference, entry.applicant),
                "cite your own approval, or stop relying on section 251 for this purpose",
            )
        };
        let finding = out.report(cited.document, message, help);
        let finding = if inherited { finding.severity(Severity::Info) } else { finding };
        finding.subject(cited.reference).at(cited.places).beside(Counterpart::Register(edition.row(entry)));
    }
}

fn is_commissioner(key: &BodyKey) -> bool {
    match key {
        BodyKey::Known(_) => true,
        BodyKey::Named(name) => name.ends_with(" icb") || name.ends_with(" ccg"),
    }
}
