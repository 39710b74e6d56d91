//! What an answer is: a page of a notice, or one of the many things that sites serve in its place.
//!
//! In come status, fields and document; out comes a judgement with its reason in words. Error pages, challenges and pages
//! that only scripts fill must never pass for a notice. It judges no more than that: what a notice says is not its matter.

use super::client::Answer;
use super::ledger::Outcome;
use crate::dictionary::Dictionary;
use crate::document::{self, Unreadable};
use crate::model::{Day, NoticeKind};
use crate::pipeline::{AsOf, analyse_together};
use url::Url;

/// Fewer characters of running text than this are no page of a notice.
const THIN: usize = 250;

/// Challenges are short: a page with more text than this is one of the site's own.
const LONGEST_CHALLENGE: usize = 1500;

/// Documents longer than this after unpacking are not read.
const LONGEST_DOCUMENT: u64 = 64 * 1024 * 1024;

/// What gives away a page that asks whether its reader is a person: words of its source in small letters.
const CHALLENGES: [&str; 15] = [
    "cf-chl", "challenge-platform", "/cdn-cgi/challenge", "_incapsula_resource", "incapsula incident", "px-captcha",
    "captcha-delivery.com", "ddos-guard", "sucuri website firewall", "g-recaptcha", "h-captcha", "captcha",
    "verify you are human", "verify that you are human", "are you a robot",
];

/// What pages say that show nothing without scripts.
const SCRIPTS_WANTED: [&str; 5] = [
    "enable javascript", "javascript is disabled", "requires javascript", "javascript is required",
    "javascript enabled",
];

/// Attachments, by the ends of their names.
const ATTACHMENTS: [&str; 6] = [".pdf", ".doc", ".docx", ".odt", ".rtf", ".docm"];

/// Attachments, by their media types.
const ATTACHMENT_TYPES: [&str; 5] =
    ["application/pdf", "application/msword", "application/vnd.", "application/rtf", "application/x-pdf"];

/// Whether an address is that of an attachment.
pub fn is_attachment(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    ATTACHMENTS.iter().any(|end| path.ends_with(end))
}

/// What was found in an answer.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What it is.
    pub kind: Kind,
    /// The document, with its codings undone.
    pub document: Vec<u8>,
    /// The source of a page as decoded, for its links; empty for anything but pages.
    pub source: String,
}

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A privacy notice, or a page of one.
    Notice,
    /// A file beside the pages, which is kept whether or not it can be read.
    Attachment {
        /// Why it cannot be read, where it cannot.
        problem: Option<String>,
        /// Whether it was read and is none of a notice.
        other: bool,
    },
    /// A page of another kind, with words enough.
    Other,
    /// None of these: what it is and why.
    Refused(Outcome, String),
}

/// Judges an answer that came from `url`.
pub fn judge(answer: &Answer, url: &Url, dictionary: &Dictionary) -> Judged {
    if let Some((outcome, why)) = by_status(answer) {
        return Judged { kind: Kind::Refused(outcome, why), document: Vec::new(), source: String::new() };
    }
    match crate::corpus::warc::decoded(&answer.headers, &answer.body, LONGEST_DOCUMENT) {
        Ok(document) => {
            let media_type = answer.headers.get("Content-Type").unwrap_or("");
            judge_document(document, media_type, url, dictionary)
        }
        Err(why) => {
            Judged { kind: Kind::Refused(Outcome::Unreadable, why), document: Vec::new(), source: String::new() }
        }
    }
}

fn by_status(answer: &Answer) -> Option<(Outcome, String)> {
    let status = answer.status;
    let reason = ureq::http::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("");
    let told = |what: &str| format!("{status} {reason}: {what}");
    let header = |name: &str| answer.headers.get(name).unwrap_or("");
    if header("cf-mitigated") == "challenge" {
        return Some((Outcome::Blocked, "the site asks whether its reader is a person (captcha)".to_owned()));
    }
    Some(match status {
        200..=299 => return None,
        401 | 407 => (Outcome::Blocked, told("the site asks for a password")),
        403 | 451 => (Outcome::Blocked, told("the site does not let programs have it")),
        429 => (Outcome::Blocked, told("the site was asked too often; try again later")),
        503 => (Outcome::Blocked, told("the site cannot answer now; try again later")),
        404 | 410 => (Outcome::Unreadable, told("there is no such page any more")),
        _ => (Outcome::Unreadable, told("the site answered with an error")),
    })
}

/// Judges a document that was served as `media_type`.
pub fn judge_document(document: Vec<u8>, media_type: &str, url: &Url, dictionary: &Dictionary) -> Judged {
    let read = document::read_served(&document, url.as_str(), media_type).and_then(|read| {
        let part = (url.to_string(), String::new(), read);
        let analysis = analyse_together(url.as_str(), vec![part], &[], dictionary, AsOf::Day(Day::default()));
        analysis.ok_or_else(|| Unreadable("there is nothing to read".to_owned()))
    });
    let media_type = media_type.trim().to_ascii_lowercase();
    let refused = |document, outcome, why: &str| Judged {
        kind: Kind::Refused(outcome, why.to_owned()),
        document,
        source: String::new(),
    };
    let declared = ATTACHMENT_TYPES.iter().any(|t| media_type.starts_with(t));
    let page = media_type.starts_with("text/html") || media_type.starts_with("application/xhtml");
    if ["image/", "video/", "audio/", "font/"].iter().any(|t| media_type.starts_with(t)) {
        return refused(document, Outcome::NotANotice, &format!("it is no text but {media_type}"));
    }
    if declared || (is_attachment(url) && !page) {
        let other = read.as_ref().is_ok_and(|a| a.kind == NoticeKind::Other);
        let kind = Kind::Attachment { problem: read.err().map(|why| why.0), other };
        return Judged { kind, document, source: String::new() };
    }
    let raw = String::from_utf8_lossy(&document[..document.len().min(200_000)]).to_ascii_lowercase();
    let challenge = CHALLENGES.iter().any(|c| raw.contains(c));
    let analysis = match read {
        Ok(analysis) => analysis,
        Err(_) if challenge => return refused(document, Outcome::Blocked, CAPTCHA),
        Err(_) if raw.contains("<script") => return refused(document, Outcome::Unreadable, SCRIPTS_ONLY),
        Err(why) => return refused(document, Outcome::Unreadable, &why.0),
    };
    let text = &analysis.text;
    let own = || text.blocks.iter().filter(|b| !b.furniture);
    let length: usize = own().map(|b| text.quote(b.span).chars().count()).sum();
    let notice = matches!(analysis.kind, NoticeKind::PrivacyNotice | NoticeKind::NoticePart);
    let kind = if challenge && !notice && length < LONGEST_CHALLENGE {
        Kind::Refused(Outcome::Blocked, CAPTCHA.to_owned())
    } else if length < THIN {
        let wants_scripts = raw.contains("<script") && SCRIPTS_WANTED.iter().any(|w| raw.contains(w));
        match wants_scripts {
            true => Kind::Refused(Outcome::Unreadable, SCRIPTS_ONLY.to_owned()),
            false => Kind::Refused(Outcome::Thin, format!("it holds only {length} characters of text")),
        }
    } else if notice {
        Kind::Notice
    } else {
        Kind::Other
    };
    let source = if analysis.media_type == "text/html" { analysis.text.origin.source } else { String::new() };
    Judged { kind, document, source }
}

const CAPTCHA: &str = "the site asks whether its reader is a person (captcha)";
const SCRIPTS_ONLY: &str = "only scripts fill this page: save it from a browser and import it";

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(media_type: &str, document: &str) -> Kind {
        let url = Url::parse("https://a.uk/privacy").expect("an address");
        judge_document(document.as_bytes().to_vec(), media_type, &url, &Dictionary::built_in()).kind
    }

    fn refused(kind: Kind) -> Option<Outcome> {
        match kind {
            Kind::Refused(outcome, _) => Some(outcome),
            _ => None,
        }
    }

    const NOTICE: &str = "<h1>Privacy notice</h1><p>NHS Holmedale ICB is the data controller. This privacy notice explains how we use \
your personal information.</p><h2>How we use your information</h2><p>We collect and hold information about you under Article 6(1)(e) of the UK \
GDPR. We share your information with NHS England.</p><h2>Your rights</h2><p>You have the right of access to your personal information.</p>\
<h2>How long we keep it</h2><p>We keep your information for 8 years.</p>";

    #[test]
    fn what_is_served_in_place_of_a_notice_is_told_from_one() {
        assert_eq!(kind("text/html", NOTICE), Kind::Notice);
        assert_eq!(
            kind("text/html", &format!("{NOTICE}<script src=https://www.google.com/recaptcha/api.js></script>")),
            Kind::Notice,
            "a form at the end of a notice may ask for a captcha"
        );
        let words =
            "The board met in the town hall and spoke of beds, buildings and budgets for most of the day. ".repeat(5);
        assert_eq!(kind("text/html", &format!("<h1>News</h1><p>{words}")), Kind::Other);
        for (outcome, page) in [
            (
                Outcome::Blocked,
                "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script><p>Checking",
            ),
            (Outcome::Blocked, "<h1>One more step</h1><p>Please verify you are human"),
            (Outcome::Unreadable, "<div id=app></div><script src=app.js></script>"),
            (Outcome::Unreadable, "<p>You need to enable JavaScript to run this app.</p><script src=app.js></script>"),
            (Outcome::Thin, "<h1>Privacy notice</h1><p>Coming soon."),
            (Outcome::Unreadable, "   "),
        ] {
            assert_eq!(refused(kind("text/html", page)), Some(outcome), "{page}");
        }
        assert_eq!(refused(kind("image/png", "\u{89}PNG")), Some(Outcome::NotANotice));
    }
}
