//! `missing/withdraw-consent`.

use super::silence::says;
use crate::model::{Claim, ClaimKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// Consent relied on as the lawful basis, Article 6(1)(a) or 9(2)(a) of the UK GDPR, and no word that it can be
    /// withdrawn.
    ///
    /// ## Why it matters
    /// Articles 13(2)(c) and 14(2)(d) require a notice to tell of the right to withdraw consent at any time. Consent that
    /// people do not know how to withdraw is hardly valid (Article 7(3)).
    ///
    /// ## When it is wrong
    /// Where what is meant is consent to the breach of confidence under the common law, not consent as the basis in data
    /// protection law. Say which.
    ///
    /// ## Example
    /// Bad: "We rely on your consent to send you the newsletter."
    ///
    /// Good: "We rely on your consent to send you the newsletter. You can withdraw it at any time: unsubscribe or write
    /// to us."
    WITHDRAW_CONSENT = "missing/withdraw-consent", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 13(2)(c)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 7(3)", "https://www.legislation.gov.uk/eur/2016/679/article/7"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let consents: Vec<&Claim> = notice
        .of(ClaimKind::LawfulBasis)
        .filter(|c| {
            matches!(c.value.as_str(), "uk-gdpr:6(1)(a)" | "uk-gdpr:9(2)(a)" | "dpa-1998:sch2:1" | "dpa-1998:sch3:1")
        })
        .collect();
    let told = notice.of(ClaimKind::Right).any(|c| c.value == "withdraw-consent");
    const WORDS: &[&str] = &[
        "withdraw", "unsubscribe", "change your mind", "changed your mind", "opt out at any time", "revoke",
        "take back your consent", "stop at any time", "refuse or",
    ];
    if notice.silence_counts() && !consents.is_empty() && !told && !says(notice, WORDS) {
        out.report(
            "consent is relied on, and the notice does not say that it can be withdrawn",
            "write \"You can withdraw your consent at any time\" and say how",
        )
        .at_all(consents.iter().take(3).map(|c| c.evidence));
    }
}
