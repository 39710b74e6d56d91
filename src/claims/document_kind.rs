//! What a document is: a whole notice, one page of a layered one, a data release register, or neither.

use super::Context;
use super::outline::{Aspect, PartKind};
use crate::model::{Claim, ClaimKind, NoticeKind};
use std::collections::BTreeSet;

/// Names of notices, as titles and bodies have them.
pub(super) const TITLES: &[&str] = &[
    "privacy notice", "privacy policy", "privacy statement", "fair processing", "how we use your information",
    "how we use your data", "your information, your rights", "privacy information", "information privacy",
    "how we use information", "data protection notice", "how the ccg uses your information",
    "your personal information", "how does the ccg use my information", "keeping your information safe",
    "how we handle your information", "your information and how we use it", "data privacy",
];

/// Tells the kind of a document from its text and claims.
pub fn kind_of(context: &Context<'_>, claims: &[Claim]) -> NoticeKind {
    if is_register(context, claims) {
        return NoticeKind::DataReleaseRegister;
    }
    if is_about_notices(context) {
        return NoticeKind::Other;
    }
    let score = notice_score(context, claims);
    if is_part(context, claims) && score >= 2 {
        return NoticeKind::NoticePart;
    }
    if score >= 4 { NoticeKind::PrivacyNotice } else { NoticeKind::Other }
}

fn is_register(context: &Context<'_>, claims: &[Claim]) -> bool {
    let folded = context.folded();
    let agreements = claims.iter().filter(|c| c.kind == ClaimKind::Agreement).count();
    let labels = [
        "data-controller type:", "dsa runs", "access method:", "opt outs honoured:", "sublicensing allowed:",
        "type of data:", "dsa start date", "one off release or ongoing", "legal basis for provision of data",
    ]
    .iter()
    .filter(|l| context.holds(l))
    .count();
    let title = [
        "data release register", "data uses register", "register of approved data releases",
        "register of data releases",
    ]
    .iter()
    .any(|t| folded[..folded.floor_char_boundary(400)].contains(t));
    agreements >= 1 && (labels >= 2 || title) || labels >= 4
}

/// Pages that tell others how to write a notice, minutes and news.
fn is_about_notices(context: &Context<'_>) -> bool {
    let count = |words: &[&str]| words.iter().map(|w| context.places(w).len()).sum::<usize>();
    let tells = count(&[
        "your notice should", "privacy notices should", "a privacy notice should", "a privacy notice must",
        "your privacy notice", "practices should", "organisations should", "practices must", "your practice should",
        "notice must", "privacy notices must", "checklist", "template privacy notice", "colleagues",
    ]);
    let own = count(&[
        "information about you", "your personal information", "your personal data", "we collect", "we hold", "we use",
        "we process", "your rights", "contact us", "our data protection officer", "your information",
    ]);
    let meeting = count(&[
        "minutes of", "apologies", "agenda item", "any other business", "action log", "the committee noted",
        "members noted", "the board noted", "the committee", "attendance",
    ]);
    tells >= 4 && tells * 2 > own || meeting >= 3 && meeting * 2 > own
}

/// How much speaks for a notice.
fn notice_score(context: &Context<'_>, claims: &[Claim]) -> i32 {
    let folded = context.folded();
    let head = &folded[..folded.floor_char_boundary(1500)];
    let titled = TITLES.iter().any(|t| head.contains(t))
        || context.text.title.as_deref().is_some_and(|t| TITLES.iter().any(|n| t.to_lowercase().contains(n)));
    let own = [
        "this privacy notice", "this notice", "our privacy notice", "this privacy policy", "this fair processing",
        "this privacy statement", "this policy explains", "this statement",
    ]
    .iter()
    .any(|t| context.holds(t));
    let aspects: BTreeSet<Aspect> =
        context.parts().filter(|(_, p)| p.kind == PartKind::Heading).filter_map(|(_, p)| p.aspect).collect();
    let speaks = [
        "we collect", "we hold", "we use", "we process", "we may hold", "we share", "we keep", "hold about you",
        "about you", "we will use", "we receive", "ccg receives", "icb receives", "information about you",
        "your information", "your personal",
    ]
    .iter()
    .filter(|w| context.holds(w))
    .count();
    let kinds: BTreeSet<ClaimKind> = claims
        .iter()
        .filter(|c| {
            matches!(
                c.kind,
                ClaimKind::LawfulBasis
                    | ClaimKind::Right
                    | ClaimKind::Retention
                    | ClaimKind::IcoRegistration
                    | ClaimKind::Role
                    | ClaimKind::OptOut
                    | ClaimKind::ConfidentialityBasis
                    | ClaimKind::Processor
            )
        })
        .map(|c| c.kind)
        .collect();
    i32::from(titled) * 2
        + i32::from(own)
        + (aspects.len() as i32 / 2).min(3)
        + (speaks as i32 / 2).min(3)
        + (kinds.len() as i32 / 2).min(3)
}

/// One page of a layered notice: it says so, or is all about one purpose and leaves the rest to others.
fn is_part(context: &Context<'_>, claims: &[Claim]) -> bool {
    let refers = [
        "main privacy notice", "main notice", "full privacy notice", "overarching privacy notice",
        "overarching notice", "layered privacy notice", "should be read alongside", "read in conjunction with our",
        "part of our privacy notice", "our other privacy notices", "supplementary privacy notice",
        "in our general privacy notice", "sits underneath",
    ]
    .iter()
    .any(|t| context.holds(t));
    // Then the pages around it may be named on it too.
    let says_so = [
        "one part of the privacy notice", "one part of our privacy notice", "part of the privacy notice of",
        "one page of the privacy notice", "one page of our privacy notice", "a page of our privacy notice",
        "one section of our privacy notice", "other parts of our privacy notice", "other pages of our privacy notice",
        "rest of our privacy notice", "the other parts of this notice", "the other pages of this notice",
    ]
    .iter()
    .any(|t| context.holds(t));
    let purposes: BTreeSet<&str> =
        claims.iter().filter(|c| c.kind == ClaimKind::Purpose).map(|c| c.value.as_str()).collect();
    let one = purposes.len() == 1 && whole_page_purpose(context);
    let complete = claims.iter().any(|c| c.kind == ClaimKind::IcoRegistration)
        && claims.iter().any(|c| c.kind == ClaimKind::Role && c.value.starts_with("dpo"))
        && purposes.len() > 2;
    (refers && purposes.len() <= 2 || says_so || one) && !complete
}

fn whole_page_purpose(context: &Context<'_>) -> bool {
    let parts: Vec<_> = context.parts().map(|(_, p)| p).collect();
    let with = parts.iter().filter(|p| p.purpose.is_some()).count();
    with * 10 >= parts.len() * 8
}
