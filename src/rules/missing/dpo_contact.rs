//! `missing/dpo-contact`.

use super::silence::{around, places};
use crate::model::{Attr, Claim, ClaimKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that gives no contact details of the data protection officer: no e-mail address, telephone number or
    /// address near the role, and no mailbox of the role anywhere.
    ///
    /// ## Why it matters
    /// Every NHS body is a public authority and must have a data protection officer (Article 37(1)(a) of the UK GDPR).
    /// Articles 13(1)(b) and 14(1)(b) require the notice to give the officer's contact details; the name is not required.
    ///
    /// ## When it is wrong
    /// Where the notice sends people to the officer at an address given far from the words. Repeat the address there.
    ///
    /// ## Example
    /// Bad: "We have appointed a Data Protection Officer."
    ///
    /// Good: "You can reach our Data Protection Officer at dpo@wealdshire.icb.nhs.uk or on 01632 960111."
    DPO_CONTACT = "missing/dpo-contact", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(1)(b)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 37(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/37"),
    ]
}

/// Ways to write the role.
const ROLE: &[&str] = &["data protection officer", "data protection office", "dpo"];
/// How far, in bytes, from the role its contact details may stand.
const REACH: usize = 450;

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if notice.silence_counts() && !given(notice) {
        out.report("the notice gives no contact details of the data protection officer", "give an e-mail address or telephone number at which the data protection officer can be reached; the officer's name need not be there");
    }
}

/// Whether contact details of the officer are given anywhere.
pub fn given(notice: &Notice<'_>) -> bool {
    notice.of(ClaimKind::Contact).any(|c| is_officers(notice, c))
        || notice.of(ClaimKind::Role).any(role_with_details)
        || beside_role(notice)
}

fn role_with_details(claim: &Claim) -> bool {
    claim.value.starts_with("dpo=")
        && ["email", "phone"].iter().any(|a| matches!(claim.attrs.get(a), Some(Attr::Text(_) | Attr::List(_))))
}

/// Whether a contact is the officer's: said to be, or a mailbox of the role.
fn is_officers(notice: &Notice<'_>, claim: &Claim) -> bool {
    let party = claim.text("party").unwrap_or("other");
    if party == "ico" || claim.value.starts_with("http") {
        return false;
    }
    let local = claim.value.strip_prefix("mailto:").and_then(|a| a.split('@').next()).unwrap_or("");
    let of_role = [
        "dpo", "dataprotection", "data.protection", "data-protection", "infogov", "informationgovernance",
        "information.governance", "ig.", ".ig", "ig-",
    ]
    .iter()
    .any(|w| local.contains(w))
        || local == "ig";
    let role_named = ROLE.iter().any(|r| places(notice, r).next().is_some());
    party == "dpo" || local.contains("dpo") || of_role && role_named
}

/// Whether an address, number, mailbox or cloaked address stands close behind the role.
fn beside_role(notice: &Notice<'_>) -> bool {
    let near: Vec<usize> = ROLE.iter().flat_map(|r| places(notice, r).collect::<Vec<_>>()).collect();
    let reached = |at: usize| near.iter().any(|role| at.abs_diff(*role) < REACH);
    let contacts = notice
        .of(ClaimKind::Contact)
        .filter(|c| c.text("party") != Some("ico") && !c.value.starts_with("http") && !c.value.ends_with("3003035678"));
    let mut spans = contacts.map(|c| c.evidence).chain(notice.text.cloaked.iter().copied());
    spans.any(|span| reached(notice.context.fold.folded_at(span.start)))
        || near.iter().any(|at| written_there(around(notice, *at, REACH)))
}

/// Whether words near the role show where to write: a malformed or cloaked address, or an address given above.
fn written_there(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "being protected from spambots", "email protected", "at the address", "at the above address", "address above",
        "address below", "above address", "contact details above", "contact details below", "using the details",
        "same address",
    ];
    WORDS.iter().any(|w| words.contains(w)) || words.contains('@')
}
