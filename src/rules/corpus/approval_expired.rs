//! `corpus/approval-expired`.

use super::approvals::{Rows, cited, is_over};
use super::{Corpus, CorpusFindings, Counterpart};

rule! {
    /// ## What it finds
    /// An approval under section 251 that the Confidentiality Advisory Group's register, as imported, lists as expired,
    /// withdrawn or closed, cited as if it ran.
    ///
    /// ## Why it matters
    /// Without support in force the duty of confidentiality is not lifted, and the data may not be used without consent.
    ///
    /// ## When it is wrong
    /// Where the approval was renewed after the register's state. A "next review" date that has passed is no expiry. Not
    /// where the sentence itself says that the approval is past.
    ///
    /// ## Example
    /// "Risk stratification is approved under 23/CAG/0130"; the register of November 2024 has it as Expired. Cure: cite the
    /// approval in force, or stop relying on section 251 for it.
    APPROVAL_EXPIRED = "corpus/approval-expired", Warning, since: None, over: corpus,
    references: [
        ("Registers of the Confidentiality Advisory Group", "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"),
        ("Health Service (Control of Patient Information) Regulations 2002, regulation 5", "https://www.legislation.gov.uk/uksi/2002/1438/regulation/5"),
    ]
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let rows = Rows::of(corpus.registers);
    for cited in cited(corpus) {
        let Some((edition, entry)) = rows.on(cited.reference, corpus.documents[cited.document].day()) else { continue };
        if !is_over(entry) {
            continue;
        }
        let message = format!(
            "{} is cited as if it ran; the Confidentiality Advisory Group's register of {} has it as {}",
            cited.reference, edition.date, entry.status
        );
        out.report(
            cited.document,
            message,
            "cite the approval in force, or say on what other ground the data are used",
        )
        .subject(cited.reference)
        .at(cited.places)
        .beside(Counterpart::Register(edition.row(entry)));
    }
}
