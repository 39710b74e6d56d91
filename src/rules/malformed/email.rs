//! `malformed/email`.

use crate::claims::{emails, is_email};
use crate::model::Span;
use crate::rules::{Findings, Notice};
use std::ops::Range;

rule! {
    /// ## What it finds
    /// Words with "@" in them that are meant as an e-mail address and are none: "name@nhs", "dpo@example..nhs.uk",
    /// "info @nhs.net", "info@nhs,net"; also a link that would write to such an address.
    ///
    /// ## Why it matters
    /// The contact details of the controller and of its Data Protection Officer must be in the notice (UK GDPR Article
    /// 13(1)(a) and (b)). Mail to a misspelt address does not arrive, and people think that they were ignored.
    ///
    /// ## When it is wrong
    /// Names on social media ("@nhsengland"), a lone "@", web addresses and addresses hidden from robots are left alone.
    ///
    /// ## Example
    /// Bad: "E-mail: dpo@arkendale..icb.nhs.uk"
    ///
    /// Good: "E-mail: dpo@arkendale.icb.nhs.uk"
    EMAIL = "malformed/email", Error, since: None,
    references: [("UK GDPR, Article 13(1)", "https://www.legislation.gov.uk/eur/2016/679/article/13")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let body = &notice.text.body;
    let good = emails(body, 0..body.len());
    let mut found: Vec<Span> = Vec::new();
    for sign in memchr::memchr_iter(b'@', body.as_bytes()) {
        if good.iter().any(|(range, _)| range.contains(&sign)) {
            continue;
        }
        let Some(range) = meant_as_address(body, sign) else { continue };
        let span = Span::new(range.start, range.end);
        let hidden = notice.text.cloaked.iter().any(|c| c.overlaps(span))
            || notice.context.is_furniture(notice.context.fold.folded_at(span.start));
        if !hidden && found.last().is_none_or(|last| !last.overlaps(span)) {
            found.push(span);
        }
    }
    for span in found {
        out.report(
            format!("{} is no e-mail address: mail to it cannot arrive", notice.quote(span)),
            "correct the address, and try it",
        )
        .at(span);
    }
    links(notice, out);
}

/// The token around an "@" that was meant as an address and is none.
fn meant_as_address(body: &str, sign: usize) -> Option<Range<usize>> {
    let start = body[..sign]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + body[at..].chars().next().map_or(1, char::len_utf8));
    let end = sign + body[sign..].find(char::is_whitespace).unwrap_or(body.len() - sign);
    let token = &body[start..end];
    if token.contains("://") || token.contains("www.") || token.contains(['/', '[', ']', '<', '>', '{', '}', '*', '#'])
    {
        return None;
    }
    let from = start + (token.len() - trim_start(token).len());
    let to = from + trim_end(trim_start(token)).len();
    if from >= to {
        return None;
    }
    let (local, domain) = (&body[from..sign.max(from)], &body[(sign + 1).min(to)..to]);
    match (local.is_empty(), domain.is_empty()) {
        (true, true) => None,
        // "info @nhs.net": a name on social media has no full stop in it.
        (true, false) => looks_like_domain(domain).then(|| word_before(body, start)).flatten().map(|word| word..to),
        // "info@ nhs.net", or an address cut off behind the sign.
        (false, true) => Some(from..domain_behind(body, end).unwrap_or(to)).filter(|_| is_name(local)),
        (false, false) => {
            (is_name(local) && domain.chars().any(char::is_alphabetic) && !reaches(local, domain)).then_some(from..to)
        }
    }
}

/// Whether mail can reach an address; an apostrophe in a name is no fault.
fn reaches(local: &str, domain: &str) -> bool {
    let local = local.replace(['\'', '’'], "");
    is_email(&format!("{local}@{domain}")) && looks_like_domain(&domain.to_lowercase())
}

/// Without the quotes, brackets and labels that stand before an address: "(", "Email:".
fn trim_start(token: &str) -> &str {
    let sign = token.find('@').unwrap_or(token.len());
    let label = token[..sign]
        .rfind([':', '(', '"', '“', '‘', ';', ','])
        .map_or(0, |at| at + token[at..].chars().next().map_or(1, char::len_utf8));
    token[label..].trim_start_matches(['\'', '-', '•'])
}

fn trim_end(token: &str) -> &str {
    token.trim_end_matches(['.', ',', ';', ':', ')', '"', '”', '’', '\'', '!', '?', '-'])
}

/// Whether the words before "@" can be a mailbox: letters, digits and what may stand among them, and a letter at least.
fn is_name(local: &str) -> bool {
    local.chars().any(char::is_alphabetic)
        && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '&' | '\'' | '’'))
}

/// Whether words have the shape of a domain: labels of letters and digits, the last of letters.
fn looks_like_domain(words: &str) -> bool {
    let labels: Vec<&str> = words.split('.').collect();
    let plain = labels.iter().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    labels.len() >= 2
        && plain
        && labels.last().is_some_and(|top| top.len() >= 2 && top.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The start of the word before a token on the same line, where it can be a mailbox.
fn word_before(body: &str, start: usize) -> Option<usize> {
    let before = body[..start].trim_end_matches(' ');
    let from =
        before.rfind(char::is_whitespace).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[from..];
    (!before.ends_with('\n') && is_name(word) && !word.ends_with('.')).then_some(from)
}

/// The end of a domain that stands behind a space.
fn domain_behind(body: &str, end: usize) -> Option<usize> {
    let rest = body[end..].strip_prefix(' ')?;
    let word = trim_end(rest.split(char::is_whitespace).next().unwrap_or(""));
    looks_like_domain(word).then_some(end + 1 + word.len())
}

/// Links that write to an address that is none, behind words that are not the address.
fn links(notice: &Notice<'_>, out: &mut Findings) {
    for link in &notice.text.links {
        let Some(target) = link.href.trim().strip_prefix("mailto:") else { continue };
        let target = target.split('?').next().unwrap_or("").replace("%40", "@").replace("%20", " ");
        let wrong = target
            .split([',', ';'])
            .map(str::trim)
            .find(|a| a.contains('@') && !a.contains(['[', '{', '<']) && !is_email(a));
        let furniture = notice.context.is_furniture(notice.context.fold.folded_at(link.span.start));
        if let Some(address) = wrong.filter(|a| !furniture && !notice.quote(link.span).contains(a)) {
            out.report(
                format!("a link writes to {address}, which is no e-mail address: mail to it cannot arrive"),
                "correct the address behind the link, and try it",
            )
            .at(link.span);
        }
    }
}
