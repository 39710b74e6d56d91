//! `missing/rights`.

use super::silence::says;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A notice that leaves out one or more of the rights it must tell people of: access, rectification, erasure,
    /// restriction of processing and objection. The message names which. Portability is not asked for, because it
    /// applies only where consent or a contract is relied on.
    ///
    /// ## Why it matters
    /// Articles 13(2)(b) and 14(2)(c) of the UK GDPR require a notice to tell of each. A right counts as told where the
    /// notice says that it does not apply to what the controller does.
    ///
    /// ## When it is wrong
    /// Where all rights are set out on another page that the notice links and names. Name them here in one line.
    ///
    /// ## Example
    /// Bad: "You may ask for a copy of your information."
    ///
    /// Good: "You may ask for a copy of your information, to have it corrected or erased, to have its use restricted,
    /// and to object to its use."
    RIGHTS = "missing/rights", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(2)(b)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 14(2)(c)", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
    ]
}

/// Each right: its claim value, its name in the message, and words that tell of it.
const RIGHTS_TOLD: &[(&str, &str, &[&str])] = &[
    (
        "access",
        "access",
        &[
            "right of access", "right to access", "rights of access", "subject access", "access request",
            "access to your", "access to information", "access to the information", "access to personal",
            "access your", "access the information", "copy of your", "copy of the", "copies of", "see the information",
            "see your", "see what we", "request access",
        ],
    ),
    (
        "rectification",
        "rectification",
        &["rectif", "correct", "amended", "amend ", "inaccura", "put right", "put a mistake right", "mistake"],
    ),
    (
        "erasure",
        "erasure",
        &[
            "eras", "be forgotten", "right to delet", "ask us to delete", "have your information deleted",
            "have your data deleted", "have it deleted", "deletion of", "delete your", "delete the information",
            "request deletion", "removal of your",
        ],
    ),
    (
        "restriction",
        "restriction",
        &[
            "right to restrict", "rights to restrict", "to restrict processing", "restrict the processing",
            "restrict processing", "restrict or stop", "restrict our", "restrict how", "restrict the use",
            "restrict what", "restrict use", "restriction of", "restriction on", "right to restriction",
            "restriction\n", "restriction.", "restriction,", "restricted processing", "restrict or object",
            "have its use restricted", "have processing restricted", "limit how", "limit the use", "limit our",
            "limit what we", "suppress processing", "processing to be restricted", "use restricted", "restriction;",
        ],
    ),
    (
        "object",
        "objection",
        &[
            "to object", "right of objection", "object to", "objection to", "objecting to", "object\n", "object.",
            "object,", "object;", "objection,", "objection.", "objection\n",
        ],
    ),
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    if !notice.silence_counts() {
        return;
    }
    let told =
        |value: &str, words: &[&str]| notice.of(ClaimKind::Right).any(|c| c.value == value) || says(notice, words);
    let missing: Vec<&str> =
        RIGHTS_TOLD.iter().filter(|(value, _, words)| !told(value, words)).map(|(_, name, _)| *name).collect();
    if !missing.is_empty() {
        let named = listed(&missing);
        out.report(format!("the notice does not tell people of the right{} to {named}", if missing.len() == 1 { "" } else { "s" }), "name all the rights that Article 13(2)(b) lists: access, rectification, erasure, restriction of processing and objection; where one does not apply, say so and why");
    }
}

/// "a", "a and b", "a, b and c".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
