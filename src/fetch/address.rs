//! Addresses of pages: what stands in a link or a list becomes one normal form, so that a page is known again however it
//! is written. It never asks the network.

use url::Url;

/// Longer addresses are not followed: no notice needs one, and a trap for robots does.
const LONGEST: usize = 2000;

/// Parameters that tell where a visitor came from or which visit it is, never which page it is.
const TRACKING: [&str; 12] = [
    "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "phpsessid", "jsessionid", "sid", "sessionid", "_ga",
    "_gl",
];

/// Names under which every board has a site of its own, though the public suffix list knows nothing of it.
const SHARED: [&str; 2] = ["icb.nhs.uk", "ics.nhs.uk"];

/// Reads the address of a page.
///
/// # Errors
/// Where it is none; the words say what is wrong and how to write it.
pub fn parse(words: &str) -> Result<Url, String> {
    let url = match Url::parse(words.trim()) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            return Err(format!("'{words}' is no address; write it with https:// in front"));
        }
        Err(error) => return Err(format!("'{words}' is no address ({error}); write it as a browser shows it")),
    };
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("'{words}' begins with {}:; only http and https are fetched", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("'{words}' holds a user name or password; leave it out, notices are public"));
    }
    Ok(normal(url))
}

/// The address a link leads to, in normal form; none where it leads to no page.
pub fn join(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    let url = base.join(href).ok()?;
    let page = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    (page && url.host_str().is_some() && url.as_str().len() <= LONGEST).then(|| normal(url))
}

/// The normal form: no fragment, no tracking, escapes as short as they can be. The order of parameters stays, for it may
/// matter.
fn normal(mut url: Url) -> Url {
    url.set_fragment(None);
    let path = unescaped(url.path());
    if path != url.path() {
        url.set_path(&path);
    }
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !is_tracking(p)).collect();
        let kept = (!kept.is_empty()).then(|| kept.join("&"));
        url.set_query(kept.as_deref());
    }
    url
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or("").to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

/// A path in which only what must be escaped is, with capital hexadecimal digits (RFC 3986, section 6.2.2).
fn unescaped(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| path.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        match code {
            Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') => out.push(byte.into()),
            Some(byte) => out.push_str(&format!("%{byte:02X}")),
            None => {
                out.push(bytes[at].into());
                at += 1;
                continue;
            }
        }
        at += 3;
    }
    out
}

/// Host and port, as the user would name them.
pub fn authority(url: &Url) -> (String, u16) {
    (url.host_str().unwrap_or("").to_owned(), url.port_or_known_default().unwrap_or(80))
}

/// Whose site an address belongs to: the part of the host that one owner holds; with the port where it is an unusual
/// one, because there another service answers.
pub fn owner(url: &Url) -> String {
    let host = url.host_str().unwrap_or("").trim_end_matches('.');
    let name = match url.host() {
        Some(url::Host::Domain(_)) => psl::domain_str(host).map_or(host, |domain| {
            if SHARED.contains(&domain) {
                let before = host.strip_suffix(domain).unwrap_or("").trim_end_matches('.');
                let label = before.rsplit('.').next().unwrap_or("").len();
                &host[host.len() - domain.len() - 1.min(host.len() - domain.len()) - label..]
            } else {
                domain
            }
        }),
        _ => host,
    };
    match url.port() {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address_however_it_is_written() {
        for (written, normal) in [
            ("HTTPS://Wealdshire.ICB.nhs.uk:443", "https://wealdshire.icb.nhs.uk/"),
            ("http://a.uk:80/x/../privacy%2dnotice#top", "http://a.uk/privacy-notice"),
            ("http://a.uk/%e2%82%ac?utm_source=x&start=12&fbclid=1", "http://a.uk/%E2%82%AC?start=12"),
            ("http://a.uk/?utm_source=x", "http://a.uk/"),
            ("http://a.uk/100%?a=b%2Fc", "http://a.uk/100%?a=b%2Fc"),
            ("http://a.uk/a%2Fb%2Ec", "http://a.uk/a%2Fb%2Ec"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
        ] {
            assert_eq!(parse(written).expect(written).as_str(), normal);
            assert_eq!(parse(normal).expect(normal).as_str(), normal, "stays as it is");
        }
        for wrong in
            ["", "a.uk/privacy", "ftp://a.uk/", "file:///etc/passwd", "http://u:p@a.uk/", "http://", "javascript:x"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        let base = parse("http://a.uk/privacy/hub").expect("an address");
        assert_eq!(join(&base, " ?start=12 ").expect("an address").as_str(), "http://a.uk/privacy/hub?start=12");
        for none in ["mailto:x@a.uk", "tel:01", "javascript:void(0)", "data:text/html,x", "http://"] {
            assert_eq!(join(&base, none), None, "{none}");
        }
    }

    #[test]
    fn every_board_is_an_owner_of_its_own() {
        let owner = |words: &str| owner(&parse(words).expect(words));
        assert_eq!(owner("https://www.wealdshire.icb.nhs.uk/"), "wealdshire.icb.nhs.uk");
        assert_ne!(owner("https://wealdshire.icb.nhs.uk/"), owner("https://holmedale.icb.nhs.uk/"));
        assert_eq!(owner("https://documents.holmedaleccg.nhs.uk/"), owner("https://www.holmedaleccg.nhs.uk/"));
        assert_eq!(owner("https://www.marlowvale.org.uk/"), "marlowvale.org.uk");
        assert_eq!(owner("https://icb.nhs.uk/"), "icb.nhs.uk");
        assert_eq!(owner("http://127.0.0.1:8080/"), "127.0.0.1:8080");
        assert_eq!(owner("http://localhost/"), "localhost");
    }
}
