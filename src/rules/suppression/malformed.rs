//! `suppression/malformed`: reported by the settings, which alone know what is suppressed.

rule! {
    /// ## What it finds
    /// A comment that begins with `fairnotice` and that cannot be understood: a rule that does not exist, another word
    /// than `fairnotice-ignore` and `fairnotice-ignore-file`, a day that is not in the calendar.
    ///
    /// ## Why it matters
    /// Whoever wrote it believes that it suppresses something. It does not.
    ///
    /// ## When it is wrong
    /// Where a comment of another program begins with this word. Let it begin with another.
    ///
    /// ## Example
    /// `<!-- fairnotice-ignore outdated/dpa-1989: it is about history -->` Cure: `<!-- fairnotice-ignore
    /// outdated/dpa-1998: it is about history -->`
    MALFORMED = "suppression/malformed", Error, since: None, over: settings,
    references: [("UK GDPR, Article 5(2): accountability", "https://www.legislation.gov.uk/eur/2016/679/article/5")]
}
