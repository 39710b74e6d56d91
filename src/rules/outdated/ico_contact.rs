//! `outdated/ico-contact`.

use crate::dictionary::{Family, Term};
use crate::model::{ClaimKind, Span};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A telephone number, e-mail address or web address at which the Information Commissioner is no longer reached:
    /// 08456 30 60 60 in any spacing, 01625 54 57 45, www.ico.gov.uk, addresses at ico.gsi.gov.uk.
    ///
    /// ## Why it matters
    /// A notice must tell people that they may complain to the regulator (UK GDPR Article 13(2)(d)). A dead number or address
    /// makes the right an empty one.
    ///
    /// ## When it is wrong
    /// Wycliffe House is not flagged: the head office moved to Manchester in September 2026, but nothing read so far says that
    /// post is no longer forwarded. The switchboard 01625 545 700 and ico.org.uk/concerns are not flagged either.
    ///
    /// ## Example
    /// "Phone: 08456 30 60 60, www.ico.gov.uk" Cure: "Telephone 0303 123 1113, https://ico.org.uk/make-a-complaint/"
    ICO_CONTACT = "outdated/ico-contact", Warning, since: Some(date(2011, 1, 1)),
    references: [
        ("Make a complaint to the ICO", "https://ico.org.uk/make-a-complaint/"),
        ("UK GDPR, Article 13(2)(d)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    let mut found: Vec<(Span, &Term)> = Vec::new();
    for (hit, term, _) in context.hits_of(Family::IcoContacts).filter(|(_, t, _)| gone(t, notice)) {
        found.push((context.span(hit.start..hit.end), term));
    }
    for claim in notice.of(ClaimKind::Contact) {
        let term =
            context.dictionary.family(Family::IcoContacts).find(|t| gone(t, notice) && same(t.name(), &claim.value));
        if let Some(term) = term.filter(|_| !found.iter().any(|(span, _)| span.overlaps(claim.evidence))) {
            found.push((claim.evidence, term));
        }
    }
    found.sort_by_key(|(span, _)| *span);
    for (span, term) in found {
        let thing = match term.kind() {
            "telephone" => "telephone number",
            "email" => "e-mail address",
            _ => "web address",
        };
        out.report(
            format!("the {thing} {} is one that the Information Commissioner no longer uses", shown(term.name())),
            format!("give {} instead", term.instead.as_deref().unwrap_or("https://ico.org.uk")),
        )
        .since(term.until_day())
        .at(span);
    }
}

/// Whether a way to reach the regulator was closed on the day of judging; names and postal addresses are other matters.
fn gone(term: &Term, notice: &Notice<'_>) -> bool {
    matches!(term.kind(), "telephone" | "email" | "url")
        && term.until_day().is_some_and(|until| until <= notice.judging.day)
}

/// Whether a contact of a notice is the dictionary's: a page of the same site counts, and an address at the same domain.
fn same(known: &str, claimed: &str) -> bool {
    if let Some(domain) = known.strip_prefix("mailto:@") {
        return claimed.strip_prefix("mailto:").is_some_and(|c| c.split('@').nth(1) == Some(domain));
    }
    if !known.starts_with("http") {
        return known == claimed;
    }
    let (known, claimed) = (bare(known), bare(claimed));
    claimed.strip_prefix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A web address without scheme, `www.` and the last slash.
fn bare(address: &str) -> String {
    let lower = address.to_lowercase();
    let rest = lower.trim_start_matches("http://").trim_start_matches("https://").trim_start_matches("www.");
    rest.trim_end_matches('/').to_owned()
}

/// A contact's value as people write it.
fn shown(value: &str) -> String {
    if let Some(number) = value.strip_prefix("tel:+44") {
        let (area, rest) = number.split_at(number.len().min(4));
        return format!("0{area} {rest}");
    }
    value.trim_start_matches("mailto:").trim_start_matches("https://").to_owned()
}
