//! `incomplete/cloaked-contact`.

use crate::model::Span;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// An e-mail address that readers without scripts cannot see: a page that hides its addresses from robots shows "This
    /// email address is being protected from spambots" or "[email protected]" in its place.
    ///
    /// ## Why it matters
    /// Copies, prints, archives, screen readers and browsers that block scripts all show the sentence and not the address,
    /// and the contact details that Articles 13 and 14 of the UK GDPR require are not there for those readers.
    ///
    /// ## When it is wrong
    /// Where the same address also stands in plain sight beside it. It is worth taking the cloak off all the same.
    ///
    /// ## Example
    /// Bad: "Email: This email address is being protected from spambots."
    ///
    /// Good: "Email: dpo@penmorrow.icb.nhs.uk"
    CLOAKED_CONTACT = "incomplete/cloaked-contact", Warning, since: None,
    references: [
        ("UK GDPR, Article 12(1): easily accessible form", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
        ("UK GDPR, Article 13(1)(a) and (b)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    const WORDS: &[&str] = &[
        "this email address is being protected from spambots", "this e-mail address is being protected from spambots",
        "address is being protected from spam bots", "[email protected]", "[email\u{a0}protected]",
        "[email  protected]",
    ];
    let context = notice.context;
    let mut spans: Vec<Span> = notice.text.cloaked.clone();
    for words in WORDS {
        for at in memchr::memmem::find_iter(context.folded().as_bytes(), words) {
            spans.push(context.span(at..at + words.len()));
        }
    }
    spans.retain(|s| !s.is_empty() && !context.is_furniture(context.fold.folded_at(s.start)));
    spans.sort();
    let mut end = 0;
    for span in spans {
        // The sentence and the address behind it are one place.
        if end == 0 || span.start >= end + 70 {
            out.report(
                "an e-mail address is hidden from readers without scripts",
                "show the address as text, and turn the site's e-mail cloaking off for this page",
            )
            .at(span);
            end = span.end;
        }
    }
}
