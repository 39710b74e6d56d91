//! `outdated/dpa-1998`.

use crate::model::{BlockKind, Claim, ClaimKind, Span};
use crate::rules::{Cure, Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// The Data Protection Act 1998 cited as law in force, in any of the ways people write it.
    ///
    /// ## Why it matters
    /// The Act was repealed on 25 May 2018. A notice that relies on it tells people of rights, exemptions and duties that
    /// no longer exist, and hides those they have.
    ///
    /// ## When it is wrong
    /// Not where the Act is named as replaced, or for a past event. If a passage describes what applied before 2018, say so
    /// in its words ("the former Data Protection Act 1998").
    ///
    /// `--fix` writes 2018 for 1998 where the Act is an entry of a list of laws, or where the words say that the law is complied
    /// with, and cite no section, right, principle or fee: there the Act of 2018 took the place of the old one whole.
    ///
    /// ## Example
    /// Bad: "We process personal data under the Data Protection Act 1998."
    ///
    /// Good: "We process personal data under the UK GDPR and the Data Protection Act 2018."
    DPA_1998 = "outdated/dpa-1998", Error, since: Some(date(2018, 5, 25)),
    references: [("Data Protection Act 2018, Schedule 19 (repeals)", "https://www.legislation.gov.uk/ukpga/2018/12/schedule/19")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let cited = notice.of(ClaimKind::Statute).filter(|c| c.value.starts_with("ukpga/1998/29") && !c.flag("historical"));
    // A notice that says "the Act" for it elsewhere would mean another Act there.
    let by_year = notice
        .of(ClaimKind::Statute)
        .filter(|c| c.value.starts_with("ukpga/1998/29"))
        .all(|c| notice.quote(c.evidence).contains("1998"));
    for claim in cited {
        let cure = Some(claim).filter(|c| by_year && taken_over_whole(notice, c));
        out.report("the Data Protection Act 1998 is cited as law in force; it was repealed on 25 May 2018", "cite the UK GDPR and the Data Protection Act 2018 instead, or say that the passage is about the time before")
            .at(claim.evidence)
            .cured_by(cure.map(|c| year_of_its_successor(c.evidence)));
    }
}

/// The year at the end of the citation, which is all that must change.
fn year_of_its_successor(citation: Span) -> Cure {
    Cure { span: Span { start: citation.end - 4, end: citation.end }, words: "2018".to_owned(), link: None }
}

/// Whether the Act of 2018 took the place of the old one in a citation whole: as a law that is complied with, not as the source
/// of a right, a definition, a principle or a fee, which are now elsewhere.
fn taken_over_whole(notice: &Notice<'_>, claim: &Claim) -> bool {
    const COMPLIED_WITH: &[&str] = &[
        "accordance with the", "comply with the", "complies with the", "compliance with the", "complying with the",
        "line with the", "governed by the", "bound by the", "requirements of the",
    ];
    const ELSEWHERE: &[&str] = &[
        "right", "access", "request", "fee", "principle", "section", "schedule", "part ", "regist", "notif",
        "condition", "exempt", "sensitive", "days", "defin", "consent", "replac", "repeal", "2018", "former",
    ];
    let quote = notice.quote(claim.evidence).to_ascii_lowercase().replace(',', "");
    let (before, behind) = notice.around(claim.evidence);
    let block = &notice.text.blocks[notice.text.block_at(claim.evidence.start)];
    let before = before.trim().to_lowercase();
    let listed = matches!(before.as_str(), "" | "the")
        && behind.trim_end_matches(['.', ',', ';']).trim().is_empty()
        && matches!(block.kind, BlockKind::Item(_) | BlockKind::Cell);
    let sentence = notice.context.sentence_words(notice.context.fold.folded_at(claim.evidence.start));
    let sentence = sentence.replace("human rights act", "");
    claim.value == "ukpga/1998/29"
        && quote == "data protection act 1998"
        && !behind.trim_start().starts_with('(')
        && !notice.predates(date(2018, 5, 25))
        && (listed || COMPLIED_WITH.iter().any(|w| before.ends_with(w)))
        && !ELSEWHERE.iter().any(|w| sentence.contains(w))
}
