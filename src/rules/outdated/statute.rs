//! `outdated/statute`.

use crate::dictionary::{Family, act_by_title};
use crate::model::{Claim, ClaimKind, Day, PartialDate, Span};
use crate::rules::{Cure, Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A law other than the Data Protection Act 1998 that was repealed or revoked and is cited as in force; and provisions that
    /// are gone from a law that stands: the sections of the National Health Service Act 2006 about clinical commissioning
    /// groups (1I, 14A to 14Z24) in the notice of another body, section 60 of the Health and Social Care Act 2001, section 252
    /// of the Health and Social Care Act 2012.
    ///
    /// ## Why it matters
    /// A legal basis that was repealed is none. People and auditors who look it up find that the power the notice names does
    /// not exist.
    ///
    /// ## When it is wrong
    /// Not where the law is named as replaced, or for a past event. Titles of Acts were read in the state of February 2026.
    ///
    /// `--fix` writes the successor of a provision that was enacted again as it was: section 251 of the National Health Service Act
    /// 2006 for section 60 of the Health and Social Care Act 2001, Part 6 of the Local Audit and Accountability Act 2014
    /// for Part 2A of the Audit Commission Act 1998. Other repealed laws are never replaced.
    ///
    /// ## Example
    /// Bad: "We take part in data matching under Part 2A of the Audit Commission Act 1998."
    ///
    /// Good: "We take part in data matching under Part 6 of the Local Audit and Accountability Act 2014."
    STATUTE = "outdated/statute", Warning, since: None,
    references: [
        ("Acts of Parliament, with their repeals", "https://www.legislation.gov.uk/ukpga"),
        ("Local Audit and Accountability Act 2014, Part 6", "https://www.legislation.gov.uk/ukpga/2014/2/part/6"),
        ("National Health Service Act 2006, Part 2 Chapter A3 (integrated care boards)", "https://www.legislation.gov.uk/ukpga/2006/41/part/2/chapter/A3"),
    ]
}

/// The list of Acts was read in this month: an Act marked there as repealed, without a day, was so by then.
const LIST_OF_ACTS_READ: Day = date(2026, 2, 28);

/// What is wrong with a citation: what ended, since when where known, and what to do.
struct Ended {
    what: String,
    since: Option<PartialDate>,
    help: String,
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for claim in
        notice.of(ClaimKind::Statute).filter(|c| !c.flag("historical") && !c.value.starts_with("ukpga/1998/29"))
    {
        let law = claim.value.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let ended = whole_law(notice, claim, &law).or_else(|| provision(notice, claim, &law));
        let Some(ended) = ended.filter(|e| e.since.is_none_or(|d| d.first() <= notice.judging.day)) else { continue };
        let since = ended.since.map_or_else(String::new, |d| format!(" since {}", d.in_words()));
        out.report(format!("{} is cited as in force; it has not been{since}", ended.what), ended.help)
            .since(ended.since.map(PartialDate::first))
            .at(claim.evidence)
            .cured_by(enacted_again(notice, claim));
    }
}

/// Provisions that were enacted again as they were, and where they stand now.
const ENACTED_AGAIN: [(&str, &str); 2] = [
    ("section 60 of the health and social care act 2001", "ection 251 of the National Health Service Act 2006"),
    ("part 2a of the audit commission act 1998", "art 6 of the Local Audit and Accountability Act 2014"),
];

/// Where a provision stands now that was enacted again, if it is cited in so many words and not as what a law was made under.
fn enacted_again(notice: &Notice<'_>, claim: &Claim) -> Option<Cure> {
    let quote = notice.quote(claim.evidence);
    let (_, new) = ENACTED_AGAIN.iter().find(|(old, _)| quote.eq_ignore_ascii_case(old))?;
    let (before, behind) = notice.around(claim.evidence);
    let certain = !before.ends_with("made under ") && !behind.trim_start().starts_with('(');
    let span = Span { start: claim.evidence.start + 1, end: claim.evidence.end };
    certain.then(|| Cure { span, words: (*new).to_owned(), link: None })
}

/// A law that ended as a whole.
fn whole_law(notice: &Notice<'_>, claim: &Claim, law: &str) -> Option<Ended> {
    if let Some(term) = notice.context.dictionary.by_id(Family::Legislation, law) {
        let since = term.until.as_deref().and_then(PartialDate::parse)?;
        let help = match term.instead.as_deref() {
            Some(instead) => format!("cite {instead} instead, or say that the passage is about the past"),
            None => "cite the law that took its place, or say that the passage is about the past".to_owned(),
        };
        return Some(Ended { what: term.name().to_owned(), since: Some(since), help });
    }
    let title = claim.text("title")?;
    let (_, repealed) = act_by_title(&title.to_lowercase()).filter(|(path, _)| *path == law)?;
    let known = repealed && notice.judging.day >= LIST_OF_ACTS_READ;
    let what = format!("an Act that was repealed ({})", notice.quote(claim.evidence));
    known.then(|| Ended {
        what,
        since: None,
        help: format!("look up https://www.legislation.gov.uk/{law} and cite the law that took its place"),
    })
}

/// A provision that is gone from a law that stands.
fn provision(notice: &Notice<'_>, claim: &Claim, law: &str) -> Option<Ended> {
    let section = claim.value.strip_prefix(law)?.strip_prefix("/section/")?;
    let section = section.split('/').next().unwrap_or(section);
    let (what, since, help) = match (law, section) {
        ("ukpga/2001/15", "60" | "61") => (
            "section 60 of the Health and Social Care Act 2001", "2007-03-01",
            "cite section 251 of the National Health Service Act 2006 instead",
        ),
        ("ukpga/2012/7", "252") => (
            "section 252 of the Health and Social Care Act 2012 (the Information Centre)",
            "2023-02-01",
            "cite the functions of NHS England (sections 253 to 262) instead",
        ),
        ("ukpga/2006/41", section)
            if about_ccgs(section) && notice.has(ClaimKind::Controller) && notice.controller_type() != Some("ccg") =>
        {
            let what = format!(
                "section {section} of the National Health Service Act 2006, a provision about clinical commissioning groups,"
            );
            let help =
                "cite the duty of integrated care boards that took its place (sections 14Z32 to 14Z61)".to_owned();
            return Some(Ended { what, since: PartialDate::parse("2022-07-01"), help });
        }
        _ => return None,
    };
    Some(Ended { what: what.to_owned(), since: PartialDate::parse(since), help: help.to_owned() })
}

/// Whether a section of the National Health Service Act 2006 was about clinical commissioning groups alone: 1I, 14A to 14Z24.
fn about_ccgs(section: &str) -> bool {
    let section = section.to_ascii_uppercase();
    let Some(rest) = section.strip_prefix("14") else { return section == "1I" };
    match rest.strip_prefix('Z') {
        Some("") => true,
        Some(number) => number.parse::<u8>().is_ok_and(|n| (1..=24).contains(&n)),
        None => rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_uppercase()),
    }
}
