//! `missing/cag-reference`.

use crate::model::{Claim, ClaimKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Section 251 support relied on for a purpose, and no reference of the Confidentiality Advisory Group's register
    /// given for that purpose.
    ///
    /// ## Why it matters
    /// The reference is how anyone can look up what was approved, for whom, on which conditions and until when. Support
    /// "under section 251" without one cannot be checked, and several approvals for commissioners have expired.
    ///
    /// ## When it is wrong
    /// Where the support is another controller's and only mentioned, such as a national registry's. Name whose it is.
    ///
    /// ## Example
    /// Bad: "We rely on section 251 support to check invoices."
    ///
    /// Good: "We rely on section 251 support to check invoices, reference CAG 7-07(b)/2013."
    CAG_REFERENCE = "missing/cag-reference", Warning, since: Some(date(2013, 4, 1)),
    references: [
        ("Confidentiality Advisory Group registers, Health Research Authority", "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"),
        ("National Health Service Act 2006, section 251", "https://www.legislation.gov.uk/ukpga/2006/41/section/251"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() {
        return;
    }
    let references: Vec<&Claim> = notice.of(ClaimKind::CagReference).collect();
    for claim in notice.of(ClaimKind::ConfidentialityBasis).filter(|c| c.value == "section-251") {
        let given = match &claim.purpose {
            Some(purpose) => references.iter().any(|r| r.purpose.as_ref() == Some(purpose)),
            None => !references.is_empty(),
        };
        if given || reference_beside(notice, claim) || of_others(notice, claim) {
            continue;
        }
        let message = match &claim.purpose {
            Some(purpose) => format!(
                "section 251 support is relied on for {} and no reference of the approval is given",
                purpose.replace('-', " ")
            ),
            None => "section 251 support is relied on and no reference of an approval is given".to_owned(),
        };
        out.report(message, "give the reference as the Confidentiality Advisory Group's register has it, for example \"CAG 7-07(b)/2013\", and check there that the approval still runs").at(claim.evidence);
    }
}

/// Whether something that was meant as a reference stands close by, well formed or not, and not under another purpose.
fn reference_beside(notice: &Notice<'_>, claim: &Claim) -> bool {
    let context = notice.context;
    let at = context.fold.folded_at(claim.evidence.start);
    let from = context.folded().ceil_char_boundary(at.saturating_sub(500));
    let words = context.between(from, context.folded().floor_char_boundary(at + 500));
    let elsewhere = |place: usize| {
        let other = context.outline.part_at(place).and_then(|p| p.purpose);
        claim.purpose.is_some() && other.is_some() && other != context.outline.part_at(at).and_then(|p| p.purpose)
    };
    ["cag", "ecc", "piag"].iter().any(|family| {
        words.match_indices(family).any(|(at, _)| {
            let behind = words[at + family.len()..].trim_start_matches([' ', ')', ':', '-', '/']);
            let before = words[..at].trim_end_matches([' ', '/']);
            let number = behind.starts_with(|c: char| c.is_ascii_digit())
                || words[..at].ends_with('/') && before.ends_with(|c: char| c.is_ascii_digit());
            number && !elsewhere(from + at)
        })
    })
}

/// Whether the support is said to be another body's: a registry's, a hospital's, the national programme's.
fn of_others(notice: &Notice<'_>, claim: &Claim) -> bool {
    let sentence = notice.context.sentence_words(notice.context.fold.folded_at(claim.evidence.start));
    ["registries", "registry", "registers (", "may be given", "can be given", "would need", "researchers"]
        .iter()
        .any(|w| sentence.contains(w))
}
