//! `suppression/no-reason`: reported by the settings, which alone know what is suppressed.

rule! {
    /// ## What it finds
    /// A suppression that gives no reason. It suppresses nothing.
    ///
    /// ## Why it matters
    /// Whoever reads the notice next, or must answer for it, has to know why a finding was set aside and whether that
    /// still holds. Accountability means being able to show it.
    ///
    /// ## When it is wrong
    /// Never: write the reason behind a colon, in a few words.
    ///
    /// ## Example
    /// `<!-- fairnotice-ignore outdated/dpa-1998 -->` Cure: `<!-- fairnotice-ignore outdated/dpa-1998: the passage is
    /// about requests made before 2018 -->`
    NO_REASON = "suppression/no-reason", Error, since: None, over: settings,
    references: [("UK GDPR, Article 5(2): accountability", "https://www.legislation.gov.uk/eur/2016/679/article/5")]
}
