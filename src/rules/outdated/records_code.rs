//! `outdated/records-code`.

use crate::claims::{Status, status};
use crate::dictionary::Family;
use crate::model::{ClaimKind, PartialDate};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// An edition of the Records Management Code of Practice that another has replaced: those of 2006, 2009 and 2016, and the
    /// draft of 2020.
    ///
    /// ## Why it matters
    /// A notice must say how long data are kept or how that is decided (UK GDPR Article 13(2)(a)). The periods of the old
    /// editions differ from those in force, so people are told the wrong ones and records may be destroyed too early.
    ///
    /// ## When it is wrong
    /// The edition of 2021 is in force; it is edited online and now carries no year, so the Code cited without a year is right
    /// as well. Not where an edition is named as replaced.
    ///
    /// ## Example
    /// Bad: "We follow the Records Management Code of Practice for Health and Social Care 2016."
    ///
    /// Good: "We follow the Records Management Code of Practice."
    RECORDS_CODE = "outdated/records-code", Warning, since: Some(date(2006, 1, 1)),
    references: [
        ("Records Management Code of Practice (NHS England)", "https://transform.england.nhs.uk/information-governance/guidance/records-management-code/records-management-code-of-practice"),
        ("UK GDPR, Article 13(2)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    for claim in notice.of(ClaimKind::Retention).filter(|c| c.value.starts_with("code:")) {
        let Some(edition) = context.dictionary.by_id(Family::Records, &claim.value) else { continue };
        let until = edition.until.as_deref().and_then(PartialDate::parse).filter(|d| d.first() <= notice.judging.day);
        let Some(until) = until.filter(|_| status(context, &context.fold.range(claim.evidence)) != Status::Historical)
        else {
            continue;
        };
        out.report(
            format!("a superseded edition of the code is cited: {}; another has taken its place since {}", edition.name(), until.in_words()),
            "cite the Records Management Code of Practice in force (2021, edited since; best without a year), and compare the periods",
        )
        .since(Some(until.first()))
        .at(claim.evidence);
    }
}
