//! `declared/processor-undeclared`.

use super::{declared, same_body};
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// An organisation that the notice names as a processor and that is not among the processors which fairnotice.toml
    /// declares.
    ///
    /// ## Why it matters
    /// Either the contract has ended and the notice tells people of a recipient that is none, or somebody processes
    /// data whom the record of processors does not know.
    ///
    /// ## When it is wrong
    /// Where the words call a body a processor in passing that works for somebody else. If the declaration is
    /// incomplete, complete it.
    ///
    /// ## Example
    /// "Harbour Lane stores our paper files on our behalf", where the processors declared do not include Harbour Lane.
    /// Cure: take the passage out, or declare the processor.
    PROCESSOR_UNDECLARED = "declared/processor-undeclared", Warning, since: None,
    references: [
        ("UK GDPR, Article 13(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 28 (processor)", "https://www.legislation.gov.uk/eur/2016/679/article/28"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let Some(processors) = declared(notice).and_then(|d| d.processors.as_deref()) else { return };
    for claim in notice.of(ClaimKind::Processor) {
        if !processors.iter().any(|p| same_body(notice.context.dictionary, p, &claim.value)) {
            out.report(
                format!("the notice names {} as a processor; it is not among those declared", claim.value),
                format!("take {} out of the notice, or declare it as a processor in fairnotice.toml", claim.value),
            )
            .subject(claim.value.clone())
            .at(claim.evidence);
        }
    }
}
