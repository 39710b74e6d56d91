//! `outdated/ico-contact`.

use crate::dictionary::{Family, Term};
use crate::model::{ClaimKind, Span};
use crate::rules::{Cure, Findings, Notice};
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
    /// `--fix` writes the helpline of today for an old telephone number and ico.org.uk for an old site, in the words and in the
    /// address of the link that carries them; not for a page of the old site, a fax number or an e-mail address, whose
    /// successor is not certain, and not where the passage gives the new one already.
    ///
    /// ## Example
    /// Bad: "Telephone the ICO on 08456 30 60 60, or see www.ico.gov.uk."
    ///
    /// Good: "Telephone the ICO on 0303 123 1113, or see https://ico.org.uk/make-a-complaint/."
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
        .at(span)
        .cured_by(cure(notice, term, span));
    }
}

/// The number or site of today for an old one, where the dictionary is sure of it and nothing around speaks against it.
fn cure(notice: &Notice<'_>, old: &Term, span: Span) -> Option<Cure> {
    let instead = old.instead.as_deref()?;
    let digits = |words: &str| words.chars().filter(char::is_ascii_digit).collect::<String>();
    let telephone = old.kind() == "telephone";
    let is_it = |t: &&Term| {
        let same = if telephone { digits(t.name()).ends_with(&digits(instead)[1..]) } else { t.name() == instead };
        t.kind() == old.kind() && t.until.is_none() && t.checked.is_some() && same
    };
    let current = notice.context.dictionary.family(Family::IcoContacts).find(is_it)?;
    let block = notice.text.blocks[notice.text.block_at(span.start)].span;
    let given = notice
        .context
        .hits_of(Family::IcoContacts)
        .any(|(hit, term, _)| term.id == current.id && block.contains(notice.context.span(hit.start..hit.end)));
    let (before, behind) = notice.around(span);
    let quote = notice.quote(span);
    let is_number = quote.chars().all(|c| c.is_ascii_digit() || " -.()+".contains(c));
    let other = if telephone {
        !is_number || before.to_lowercase().contains("fax") || behind.starts_with(" ext")
    } else {
        quote.contains(' ') || behind.strip_prefix('/').is_some_and(|b| b.starts_with(char::is_alphanumeric))
    };
    if given || other {
        return None;
    }
    let words = if telephone || quote.contains("://") { instead } else { instead.trim_start_matches("https://") };
    let mut links = notice.text.links.iter().filter(|link| link.span.overlaps(span));
    let link = match links.next().map(|link| link.href.as_str()) {
        None => None,
        Some(href) if telephone && digits(href).ends_with(&digits(old.name())[2..]) => {
            Some((href.to_owned(), format!("tel:{}", digits(instead))))
        }
        Some(href) if !telephone && bare(href) == bare(old.name()) => Some((href.to_owned(), instead.to_owned())),
        Some(_) => return None,
    };
    Some(Cure { span, words: words.to_owned(), link })
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
