//! Which links of a notice's page lead to further pages of the same notice.
//!
//! In come the address of the notice's first page and a link; out comes why it belongs to the notice, if it does. A
//! layered notice is a hub with a page for each purpose, an article in several parts, or a page with files attached.

use super::address::owner;
use super::judgement::is_attachment;
use super::links::Link;
use crate::dictionary::{Dictionary, Family};
use crate::text::{Fold, WordIndex};
use url::Url;

/// Words by which links to notices are called.
pub const NOTICE_WORDS: [&str; 14] = [
    "privacy notice", "privacy notices", "fair processing", "privacy policy", "privacy statement",
    "privacy information", "how we use your information", "how we use your data", "how we use information",
    "how your information is used", "how we use your personal", "your information, your rights",
    "how we look after your information", "what we do with your information",
];

/// Parameters by which the parts of an article are told apart.
const PARTS: [&str; 8] = ["start", "limitstart", "page", "p", "pg", "part", "paged", "offset"];

/// Links to other forms of the same page, or to what no reader needs.
const OTHER_FORMS: [&str; 12] = [
    "print=1", "tmpl=component", "format=pdf", "action=print", "/print/", "/feed", "replytocom=", "share=", "/login",
    "/wp-json", "/amp/", "action=edit",
];

/// Files that are neither pages nor texts, by the ends of their names.
const NO_TEXTS: [&str; 14] = [
    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".mp4", ".mp3", ".zip", ".xls", ".xlsx", ".csv", ".ppt", ".pptx",
];

/// Why a link on a page of the notice at `hub` leads to another of its pages; none where it does not.
pub fn belongs(hub: &Url, page: &Url, link: &Link, dictionary: &Dictionary) -> Option<&'static str> {
    let url = &link.url;
    let path = url.path().to_ascii_lowercase();
    if owner(url) != owner(hub) || url == page || is_no_text(url) {
        return None;
    }
    let address = url.as_str().to_ascii_lowercase();
    if OTHER_FORMS.iter().any(|form| address.contains(form)) {
        return None;
    }
    if is_continuation(hub, url) || is_continuation(page, url) || (link.next && !link.furniture) {
        return Some("it continues the page");
    }
    if is_below(hub, url) {
        return Some("its address is below that of the notice");
    }
    if link.furniture {
        return None;
    }
    let words = link.words.to_lowercase();
    let name = path.rsplit('/').next().unwrap_or("").replace(['-', '_', '+'], " ").replace("%20", " ");
    let says = |words: &str| NOTICE_WORDS.iter().any(|n| words.contains(n));
    if says(&words) || says(&name) {
        return Some(if is_attachment(url) { "an attached notice" } else { "the link names a notice" });
    }
    let purpose = |words: &str| {
        let fold = Fold::of(words);
        dictionary
            .scan(&fold, &WordIndex::of(&fold.text), words)
            .iter()
            .any(|hit| dictionary.term(hit.term).family == Family::Purposes)
    };
    (words.len() <= 120 && purpose(&link.words)).then_some("the link names a purpose")
}

/// Whether an address by itself shows that it is a page of the notice at `hub`.
pub fn is_part(hub: &Url, url: &Url) -> bool {
    owner(url) == owner(hub) && (is_continuation(hub, url) || is_below(hub, url))
}

/// Whether an address is that of a picture or another file without text.
pub fn is_no_text(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    NO_TEXTS.iter().any(|end| path.ends_with(end))
}

/// Whether two addresses are parts of one article: alike but for the number of the part.
fn is_continuation(first: &Url, other: &Url) -> bool {
    let (path, rest, part) = article(first);
    let (other_path, other_rest, other_part) = article(other);
    path == other_path && rest == other_rest && part != other_part && other_part.is_some()
}

/// An address taken apart: path without the number of the part, other parameters, number of the part.
fn article(url: &Url) -> (String, Vec<String>, Option<u32>) {
    let mut part = None;
    let mut rest = Vec::new();
    for parameter in url.query().unwrap_or("").split('&').filter(|p| !p.is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match value.parse() {
            Ok(number) if PARTS.contains(&name.to_ascii_lowercase().as_str()) => part = Some(number),
            _ => rest.push(parameter.to_owned()),
        }
    }
    let mut path = url.path().trim_end_matches('/');
    if part.is_none()
        && let Some((before, last)) = path.rsplit_once('/')
        && let Ok(number) = last.parse()
        && last.len() <= 3
    {
        part = Some(number);
        path = before.strip_suffix("/page").unwrap_or(before);
    }
    (path.to_owned(), rest, part)
}

/// Whether an address is below that of the hub: `/privacy/risk-stratification` below `/privacy` or `/privacy.html`.
fn is_below(hub: &Url, url: &Url) -> bool {
    let (path, _, _) = article(hub);
    let stem =
        path.rsplit_once('.').filter(|(before, _)| before.rfind('/') == path.rfind('/')).map_or(&path[..], |s| s.0);
    // The front door and the homes of everything are no notice's own folder.
    let own = stem.len() > 1 && hub.query().is_none_or(|q| q.is_empty() || article(hub).2.is_some());
    own && url.path().strip_prefix(stem).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(hub: &str, to: &str, words: &str, furniture: bool) -> Option<&'static str> {
        let hub = Url::parse(hub).expect(hub);
        let link = Link { url: Url::parse(to).expect(to), words: words.into(), furniture, next: false };
        belongs(&hub, &hub, &link, &Dictionary::built_in())
    }

    #[test]
    fn a_layer_is_told_from_a_menu() {
        let hub = "https://a.icb.nhs.uk/about/privacy-notice";
        for (to, words, furniture, belongs) in [
            ("/about/privacy-notice/risk-stratification", "Risk stratification", true, true),
            ("/about/privacy-notice/", "Privacy notice", false, true),
            ("/about/privacy-notice?start=12", "2", true, true),
            ("/about/privacy-notice/2", "Next", true, true),
            ("/about/privacy-notice?print=1", "Print", false, false),
            ("/about/privacy-notice-staff", "Privacy notice for staff", false, true),
            ("/about/privacy-notice-staff", "Privacy notice for staff", true, false),
            ("/services/invoices", "Invoice validation", false, true),
            ("/services/invoices", "Pay an invoice", false, false),
            ("/files/fair-processing-leaflet.pdf", "Leaflet (PDF)", false, true),
            ("/files/board-papers.pdf", "Board papers", false, false),
            ("/about/privacy-notice/logo.png", "", false, false),
            ("/about/board", "Our board", false, false),
            ("https://b.icb.nhs.uk/about/privacy-notice/x", "Privacy notice", false, false),
        ] {
            let to = Url::parse(hub).and_then(|h| h.join(to)).expect(to);
            assert_eq!(why(hub, to.as_str(), words, furniture).is_some(), belongs, "{to} {words}");
        }
        assert!(
            why("https://a.uk/", "https://a.uk/news/x", "News", false).is_none(),
            "nothing is below the front door"
        );
        assert!(why("https://a.uk/privacy.html", "https://a.uk/privacy/cctv.html", "Cameras", true).is_some());
        let part = "https://a.uk/website/privacy-notice-1/10";
        assert!(why(part, "https://a.uk/website/privacy-notice-1/11", "Next", true).is_some());
        assert!(
            why(part, "https://a.uk/website/privacy-notice-1", "First", true).is_none_or(|w| w.contains("continues"))
        );
        assert!(why("https://a.uk/n?id=7", "https://a.uk/n?id=7&start=2", "2", false).is_some());
        assert!(why("https://a.uk/n?id=7", "https://a.uk/n?id=8", "Other", false).is_none());
    }
}
