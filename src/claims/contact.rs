//! `contact`: e-mail addresses, telephone numbers and web addresses at which somebody can be reached.

use super::Context;
use super::outline::Aspect;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind, Span};
use std::ops::Range;

/// Reads all contacts.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let body = &context.text.body;
    let mut found: Vec<(Span, String)> = Vec::new();
    for (range, address) in emails(body, 0..body.len()) {
        found.push((Span::new(range.start, range.end), format!("mailto:{address}")));
    }
    for (range, number) in telephones(body) {
        found.push((Span::new(range.start, range.end), format!("tel:{number}")));
    }
    for (range, address) in web_addresses(body) {
        found.push((Span::new(range.start, range.end), address));
    }
    linked(context, &mut found);
    for (span, value) in found {
        let at = context.fold.folded_at(span.start);
        if context.is_furniture(at) {
            continue;
        }
        let party = party(context, at, &value);
        let mut claim = Claim::new(ClaimKind::Contact, value, span).with("party", Attr::Text(party.to_owned()));
        claim.purpose = context.outline.part_at(at).and_then(|p| context.purpose_of(p));
        claims.push(claim);
    }
}

/// Addresses that only a link gives: the words say "e-mail us".
fn linked(context: &Context<'_>, found: &mut Vec<(Span, String)>) {
    for link in &context.text.links {
        let href = link.href.trim();
        let value = if let Some(address) = href.strip_prefix("mailto:") {
            let address = address.split('?').next().unwrap_or("").replace("%40", "@");
            if !is_email(address.trim()) {
                continue;
            }
            format!("mailto:{}", address.trim().to_lowercase())
        } else if let Some(number) = href.strip_prefix("tel:") {
            match normal_number(number) {
                Some(number) => format!("tel:{number}"),
                None => continue,
            }
        } else if (href.starts_with("http://") || href.starts_with("https://")) && href.contains("ico.") {
            href.trim_end_matches('/').to_owned()
        } else {
            continue;
        };
        let said = found
            .iter()
            .any(|(span, known)| *known == value && span.start < link.span.end && link.span.start < span.end);
        if !said {
            found.push((link.span, value));
        }
    }
}

/// All e-mail addresses in a range of a body, also those written with "[at]": bytes and address in lower case.
pub fn emails(body: &str, range: Range<usize>) -> Vec<(Range<usize>, String)> {
    let bytes = body.as_bytes();
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    let mut push = |start: usize, end: usize, address: String| {
        if is_email(&address) && out.last().is_none_or(|(r, _)| r.end <= start) {
            out.push((start..end, address.to_lowercase()));
        }
    };
    for (sign, width) in signs(&body[range.clone()]).into_iter().map(|(at, w)| (at + range.start, w)) {
        let local = bytes[..sign].iter().rev().take(64).take_while(|b| is_local(**b)).count();
        let mut start = sign - local;
        let mut end = sign + width + bytes[sign + width..].iter().take(120).take_while(|b| is_domain(**b)).count();
        while end > sign + width && matches!(bytes[end - 1], b'.' | b'-') {
            end -= 1;
        }
        while start < sign && matches!(bytes[start], b'.' | b'-' | b'\'' | b'+') {
            start += 1;
        }
        // A label glued to the address: "Emailengland.contactus@…".
        for label in ["Email:", "E-mail:", "Email", "mailto:", "e-mail:", "email:"] {
            if body[start..sign].len() > label.len()
                && body[start..].starts_with(label)
                && (label.ends_with(':') || body.as_bytes()[start + label.len()].is_ascii_lowercase())
            {
                start += label.len();
            }
        }
        let address = format!("{}@{}", &body[start..sign], &body[(sign + width).min(end)..end]);
        push(start, end, address);
    }
    out
}

/// Places of "@" and of its disguises, with their widths.
fn signs(body: &str) -> Vec<(usize, usize)> {
    let bytes = body.as_bytes();
    let mut out = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'@' => out.push((at, 1)),
            b'[' | b'(' | b'{' => {
                let inner = bytes.get(at + 1..at + 4).unwrap_or(b"");
                if inner.len() == 3 && inner[..2].eq_ignore_ascii_case(b"at") && matches!(inner[2], b']' | b')' | b'}')
                {
                    let before = usize::from(at > 0 && bytes[at - 1] == b' ');
                    let after = usize::from(bytes.get(at + 4) == Some(&b' '));
                    out.push((at - before, 4 + before + after));
                }
            }
            _ => {}
        }
    }
    out
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'\'' | b'&' | b':' | b'%')
}

fn is_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

/// Whether the text has the shape of an address that mail could reach.
pub fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.contains([':', '\''])
        && labels.len() >= 2
        && labels.iter().all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-'))
        && labels.last().is_some_and(|top| top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// All telephone numbers of a body: bytes and number as `+44…`.
fn telephones(body: &str) -> Vec<(Range<usize>, String)> {
    let bytes = body.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let starts = (bytes[at] == b'0'
            || bytes[at] == b'+'
            || bytes[at] == b'(' && matches!(bytes.get(at + 1), Some(b'0' | b'+'))
            || bytes[at] == b'4' && body[at..].starts_with("44 (0)"))
            && (at == 0
                || !(bytes[at - 1].is_ascii_alphanumeric()
                    || matches!(bytes[at - 1], b'/' | b'-' | b'.' | b'_' | b'=' | b'+' | b',')
                        && at >= 2
                        && bytes[at - 2].is_ascii_alphanumeric()));
        if !starts {
            at += 1;
            continue;
        }
        let len = bytes[at..]
            .iter()
            .take(26)
            .take_while(|b| b.is_ascii_digit() || matches!(b, b' ' | b'(' | b')' | b'-' | b'+' | b'.'))
            .count();
        let mut end = at + len;
        while end > at && !bytes[end - 1].is_ascii_digit() {
            end -= 1;
        }
        match longest_number(body, at, end) {
            Some((stop, number)) => {
                out.push((at..stop, number));
                at = stop;
            }
            None => at += 1,
        }
    }
    out
}

/// The number in `at..end`, cut at a word boundary where more digits follow than a number has.
fn longest_number(body: &str, at: usize, end: usize) -> Option<(usize, String)> {
    let mut stop = end;
    loop {
        let glued = body.as_bytes().get(stop).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'/');
        if let Some(number) = normal_number(&body[at..stop]).filter(|_| !glued) {
            return Some((stop, number));
        }
        stop = at + body[at..stop].trim_end().rfind(' ')?;
        while stop > at && !body.as_bytes()[stop - 1].is_ascii_digit() {
            stop -= 1;
        }
        if stop <= at {
            return None;
        }
    }
}

/// A British number as `+44…`; `None` where the digits make none.
fn normal_number(written: &str) -> Option<String> {
    let compact = written.replace("(0)", "");
    let digits: String = compact.chars().filter(char::is_ascii_digit).collect();
    let national = if compact.trim_start_matches('(').starts_with('+') || digits.starts_with("44") && digits.len() >= 12
    {
        digits.strip_prefix("44").or_else(|| digits.strip_prefix("0044"))?.to_owned()
    } else {
        digits.strip_prefix('0')?.to_owned()
    };
    let fits = (9..=10).contains(&national.len())
        && matches!(national.as_bytes()[0], b'1' | b'2' | b'3' | b'5' | b'7' | b'8' | b'9');
    fits.then(|| format!("+44{national}"))
}

/// All web addresses of a body, also those without a scheme: bytes and address.
fn web_addresses(body: &str) -> Vec<(Range<usize>, String)> {
    let bytes = body.as_bytes();
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for needle in ["http://", "https://", "www.", "ico.org.uk", "ico.gov.uk"] {
        for at in memchr::memmem::find_iter(bytes, needle) {
            if out.iter().any(|(r, _)| r.start <= at && at < r.end)
                || at > 0
                    && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'@' | b'.' | b'/' | b'-'))
            {
                continue;
            }
            let mut end = at
                + bytes[at..]
                    .iter()
                    .take(2000)
                    .take_while(|b| {
                        b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'|' | b'[' | b']' | b'\\')
                    })
                    .count();
            while end > at && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b')' | b'\'' | b'!' | b'?' | b'/') {
                end -= 1;
            }
            let words = &body[at..end];
            if words.len() > needle.len() && words.contains('.') || needle.ends_with(".uk") {
                let value = if words.starts_with("http") { words.to_owned() } else { format!("https://{words}") };
                out.push((at..end, value));
            }
        }
    }
    out
}

/// Whose contact it is, by the value and the words around it.
fn party(context: &Context<'_>, at: usize, value: &str) -> &'static str {
    let body_text = context.folded();
    let from = body_text.ceil_char_boundary(at.saturating_sub(220));
    let before = &body_text[from..at];
    let known = context.dictionary.family(Family::IcoContacts).any(|t| t.name() == value);
    if known || value.contains("ico.org.uk") || value.contains("ico.gov.uk") || value.contains("ico.gsi") {
        return "ico";
    }
    let nearest = [
        ("data protection officer", "dpo"),
        ("dpo", "dpo"),
        ("complain", "complaints"),
        ("information commissioner", "ico"),
        ("wilmslow", "ico"),
    ]
    .into_iter()
    .filter_map(|(w, p)| before.rfind(w).map(|at| (at, p)))
    .max_by_key(|(at, _)| *at);
    if let Some((_, party)) = nearest {
        return party;
    }
    if value.contains("dpo") {
        return "dpo";
    }
    let part = context.outline.part_at(at);
    if value.starts_with("http") {
        "other"
    } else if part.is_some_and(|p| {
        matches!(
            p.aspect,
            Some(Aspect::Contact | Aspect::Controller | Aspect::About | Aspect::Rights | Aspect::Changes)
        )
    }) || before.contains("contact us")
    {
        "controller"
    } else {
        "other"
    }
}

/// Whether a line holds a British postcode.
pub(super) fn has_postcode(line: &str) -> bool {
    let words: Vec<&str> = line.split([' ', ',', '.']).filter(|w| !w.is_empty()).collect();
    words.windows(2).any(|pair| {
        let (out, inn) = (pair[0].as_bytes(), pair[1].as_bytes());
        inn.len() == 3
            && inn[0].is_ascii_digit()
            && inn[1..].iter().all(u8::is_ascii_uppercase)
            && (2..=4).contains(&out.len())
            && out[0].is_ascii_uppercase()
            && out.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && out.iter().any(u8::is_ascii_digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_all_disguises() {
        let got = |body: &str| emails(body, 0..body.len()).into_iter().map(|(_, a)| a).collect::<Vec<_>>();
        assert_eq!(got("Email: Info.Gov@wealdshire.icb.nhs.uk."), ["info.gov@wealdshire.icb.nhs.uk"]);
        assert_eq!(got("write to dpo [at] fen.nhs.uk today"), ["dpo@fen.nhs.uk"]);
        assert_eq!(got("Emailmarsh.contactus@nhs.net"), ["marsh.contactus@nhs.net"]);
        assert!(got("user@localhost and @handle").is_empty());
    }

    #[test]
    fn numbers_are_told_from_dates_and_codes() {
        let got = |body: &str| telephones(body).into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        assert_eq!(got("Tel: 01509 567702 or (0303) 123 1113"), ["+441509567702", "+443031231113"]);
        assert_eq!(
            got("+44 (0)20 7946 0018, 08456 30 60 60 or 01625 54 57 45"),
            ["+442079460018", "+448456306060", "+441625545745"]
        );
        assert!(got("01/04/2013, company number 07557877, DARS-NIC-012345-A1B2C").is_empty());
    }

    #[test]
    fn postcodes() {
        assert!(has_postcode("Loughborough LE11 2TZ"));
        assert!(!has_postcode("Part 2 of the Act"));
    }
}
