//! `outdated/transfer-mechanism`.

use crate::dictionary::Family;
use crate::model::PartialDate;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Safe Harbor or the EU-US Privacy Shield given as what makes a transfer to the United States lawful.
    ///
    /// ## Why it matters
    /// The Court of Justice struck both down, Safe Harbor in October 2015 and the Privacy Shield on 16 July 2020. A transfer
    /// that rests on nothing else has no legal ground, and a notice must name the one it has (UK GDPR Article 13(1)(f)).
    ///
    /// ## When it is wrong
    /// Not where it is named as invalid or replaced. "Accredited safe haven" is another thing.
    ///
    /// ## Example
    /// Bad: "The company is certified under the EU-US Privacy Shield."
    ///
    /// Good: "The company takes part in the UK Extension to the EU-US Data Privacy Framework (the UK-US data bridge).",
    /// where that is true.
    TRANSFER_MECHANISM = "outdated/transfer-mechanism", Error, since: Some(date(2015, 10, 6)),
    references: [
        ("Data Protection (Adequacy) (United States of America) Regulations 2023", "https://www.legislation.gov.uk/uksi/2023/1028"),
        ("UK GDPR, Article 44A (general principles for transfers)", "https://www.legislation.gov.uk/eur/2016/679/article/44A"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    const PAST: &[&str] = &[
        "invalid", "struck down", "no longer", "not rely", "do not use", "replaced", "superseded", "successor",
        "annulled", "ended", "ruled", "following the schrems",
    ];
    for (hit, term, _) in notice.context.hits_of(Family::Transfers) {
        let (name, ended) = match term.id.as_ref() {
            "privacy-shield" => ("the Privacy Shield", "2020-07-16"),
            "safe-harbor" | "safe-harbour" => ("Safe Harbor", "2015-10-06"),
            _ => continue,
        };
        let ended = term.until.as_deref().unwrap_or(ended);
        let Some(ended) = PartialDate::parse(ended).filter(|d| d.first() <= notice.judging.day) else { continue };
        let range = hit.start..hit.end;
        if !notice.speaks_of_the_present(&range) || notice.sentence_says(hit.start, PAST) {
            continue;
        }
        let help = if notice.judging.day >= date(2023, 10, 12) {
            "name what the transfer rests on now, such as the UK-US data bridge (in force since 12 October 2023) where the company takes part in it"
        } else {
            "name what the transfer rests on now, such as standard contractual clauses, or stop it"
        };
        out.report(
            format!("a transfer is said to rest on {name}, which has been invalid since {}", ended.in_words()),
            help,
        )
        .since(Some(ended.first()))
        .at(notice.context.span(range));
    }
}
