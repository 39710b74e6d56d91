//! `suppression/unused`: reported by the settings, which alone know what is suppressed.

rule! {
    /// ## What it finds
    /// A suppression, in the notice or in `fairnotice.toml`, that suppresses nothing: the passage was put right, or the
    /// rule finds nothing there.
    ///
    /// ## Why it matters
    /// A suppression that stays behind would hide the next mistake of its kind at the same place.
    ///
    /// ## When it is wrong
    /// Where only some of the notices are checked that share a `fairnotice.toml`: give the entry a `path`, and it is
    /// judged only with that notice.
    ///
    /// ## Example
    /// `<!-- fairnotice-ignore outdated/dpa-1998: it is about history -->` above a paragraph that no longer names the
    /// Act. Cure: take the comment out.
    UNUSED = "suppression/unused", Warning, since: None, over: settings,
    references: [("UK GDPR, Article 5(2): accountability", "https://www.legislation.gov.uk/eur/2016/679/article/5")]
}
