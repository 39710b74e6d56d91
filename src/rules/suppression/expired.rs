//! `suppression/expired`: reported by the settings, which alone know what is suppressed.

rule! {
    /// ## What it finds
    /// A suppression whose last day, given with `until`, was before the day of judging. It no longer suppresses
    /// anything: its finding is shown again beside this one.
    ///
    /// ## Why it matters
    /// A day was set so that somebody would look at the passage again. That day has come.
    ///
    /// ## When it is wrong
    /// Where the reason still holds: set another day, so that the next person sees that it was looked at.
    ///
    /// ## Example
    /// `<!-- fairnotice-ignore outdated/term: the form goes in spring, until 2026-04-30 -->` in July 2026. Cure: take
    /// the comment and the passage out, or set a later day.
    EXPIRED = "suppression/expired", Warning, since: None, over: settings,
    references: [("UK GDPR, Article 5(2): accountability", "https://www.legislation.gov.uk/eur/2016/679/article/5")]
}
