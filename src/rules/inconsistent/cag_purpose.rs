//! `inconsistent/cag-purpose`.

use crate::claims::{Part, PartKind};
use crate::dictionary::{Family, Term};
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A known approval of the Confidentiality Advisory Group's register cited for a purpose it was not given for.
    ///
    /// ## Why it matters
    /// Support under section 251 covers the purpose in the application and no other. Cited elsewhere it gives no basis at
    /// all, and confidential information is used without one.
    ///
    /// ## When it is wrong
    /// Where the approval was amended to cover the purpose after the state of the register that the program knows. The
    /// register is public and updated each month.
    ///
    /// ## Example
    /// Bad: "Risk stratification" "GP practices find patients who may fall ill. It is supported under section 251,
    /// reference CAG 7-07(a)/2013."
    ///
    /// Good: "Invoice validation" "We check that the bill is ours to pay. It is supported under section 251, reference
    /// CAG 7-07(a)/2013."
    CAG_PURPOSE = "inconsistent/cag-purpose", Warning, since: None,
    references: [
        ("Confidentiality Advisory Group registers, Health Research Authority", "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"),
        ("Health Service (Control of Patient Information) Regulations 2002, regulation 5", "https://www.legislation.gov.uk/uksi/2002/1438"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in notice.of(ClaimKind::CagReference) {
        let (Some(purpose), Some(term)) =
            (&claim.purpose, notice.context.dictionary.by_id(Family::CagApprovals, &claim.value))
        else {
            continue;
        };
        if term.purposes.is_empty()
            || term.purposes.iter().any(|p| p == purpose)
            || notice.context.part_of(claim.evidence).is_none_or(|part| names_its_purpose(notice, part, term))
        {
            continue;
        }
        let known: Vec<String> = term.purposes.iter().map(|p| p.replace('-', " ")).collect();
        out.report(
            format!("{} is an approval for {} and is cited for {}", claim.value, known.join(" and "), purpose.replace('-', " ")),
            "give the reference of the approval for this purpose, as the Confidentiality Advisory Group's register has it",
        )
        .at(claim.evidence);
    }
}

/// Whether the passage, or the two before it up to the nearest heading, names one of the purposes that the approval was
/// given for.
fn names_its_purpose(notice: &Notice<'_>, part: &Part, term: &Term) -> bool {
    let context = notice.context;
    let index = context.outline.part_index(part.folded.start);
    let mut headed = false;
    let near = context.outline.parts[..=index].iter().rev().take(3).take_while(|p| {
        let within = !headed;
        headed |= p.kind == PartKind::Heading;
        within
    });
    near.into_iter()
        .any(|p| context.hits_within(Family::Purposes, &p.folded).any(|(_, named)| term.purposes.contains(&named.id)))
}
