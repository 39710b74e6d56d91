//! What a site asks robots to leave alone (RFC 9309): the answer to `/robots.txt` in, permission for a page out.
//!
//! The file is hostile input like any other. It never fetches anything itself.

use robotstxt::{DefaultMatcher, RobotsParseHandler, parse_robotstxt};
use std::time::Duration;
use url::Url;

/// More of the file is not read (RFC 9309 asks for at least this much).
pub const LONGEST: usize = 500 * 1024;

/// Longer lines are left out: no address is longer, and the parser would cut them in the middle of a character.
const LONGEST_LINE: usize = 4000;

/// More lists of pages are not looked for.
const MOST_LISTS: usize = 20;

/// The word by which a site can address this program in its file.
pub const AGENT: &str = "fairnotice";

/// The rules of one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Robots {
    /// There are none: everything may be fetched.
    Open,
    /// These lines.
    Lines(String),
    /// The site could not say what its rules are, with the reason: nothing may be fetched.
    Unknown(String),
}

impl Robots {
    /// The rules that an answer with this status and body sets.
    pub fn of(status: u16, body: &[u8]) -> Robots {
        match status {
            200..=299 => Robots::Lines(plain(&body[..body.len().min(LONGEST)])),
            500..=599 => Robots::Unknown(format!("its robots.txt answers {status}")),
            _ => Robots::Open,
        }
    }

    /// Whether this page may be fetched.
    pub fn allow(&self, url: &Url) -> bool {
        match self {
            Robots::Open => true,
            Robots::Lines(lines) => {
                let path = url::Position::BeforePath..url::Position::AfterQuery;
                let address = format!("http://site{}", &url[path]);
                DefaultMatcher::default().one_agent_allowed_by_robots(lines, AGENT, &address)
            }
            Robots::Unknown(_) => false,
        }
    }

    /// Where the site lists its pages, as written.
    pub fn lists(&self) -> Vec<String> {
        let Robots::Lines(lines) = self else { return Vec::new() };
        let mut lists = Lists::default();
        parse_robotstxt(lines, &mut lists);
        lists.0
    }

    /// How long the site asks to be left in peace between two requests.
    pub fn delay(&self) -> Option<Duration> {
        let Robots::Lines(lines) = self else { return None };
        let mut delays = Delays::default();
        parse_robotstxt(lines, &mut delays);
        let seconds = if delays.named { delays.own } else { delays.any };
        seconds.and_then(|s| Duration::try_from_secs_f64(s).ok())
    }
}

/// `Sitemap` lines: where the site lists its pages. They hold for everybody.
#[derive(Default)]
struct Lists(Vec<String>);

impl RobotsParseHandler for Lists {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {}

    fn handle_user_agent(&mut self, _: u32, _: &str) {}

    fn handle_allow(&mut self, _: u32, _: &str) {}

    fn handle_disallow(&mut self, _: u32, _: &str) {}

    fn handle_sitemap(&mut self, _: u32, address: &str) {
        if self.0.len() < MOST_LISTS {
            self.0.push(address.to_owned());
        }
    }

    fn handle_unknown_action(&mut self, _: u32, _: &str, _: &str) {}
}

/// The file as the parser takes it: ASCII, other bytes escaped as they are in addresses, without overlong lines.
fn plain(body: &[u8]) -> String {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut out = String::with_capacity(body.len());
    for line in body.split(|b| matches!(b, b'\n' | b'\r')).filter(|l| l.len() <= LONGEST_LINE) {
        for byte in line {
            match byte {
                b'\t' | b' '..=b'~' => out.push(char::from(*byte)),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out.push('\n');
    }
    out
}

/// `Crawl-delay` lines: no part of the RFC, but many sites have them.
#[derive(Default)]
struct Delays {
    own: Option<f64>,
    any: Option<f64>,
    named: bool,
    in_own: bool,
    in_any: bool,
    rules: bool,
}

impl Delays {
    fn rule(&mut self) {
        self.rules = true;
    }
}

impl RobotsParseHandler for Delays {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {}

    fn handle_user_agent(&mut self, _: u32, name: &str) {
        if std::mem::take(&mut self.rules) {
            (self.in_own, self.in_any) = (false, false);
        }
        let token = name.split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_'))).next().unwrap_or("");
        self.in_any |= name.starts_with('*');
        self.in_own |= token.eq_ignore_ascii_case(AGENT);
        self.named |= self.in_own;
    }

    fn handle_allow(&mut self, _: u32, _: &str) {
        self.rule();
    }

    fn handle_disallow(&mut self, _: u32, _: &str) {
        self.rule();
    }

    fn handle_sitemap(&mut self, _: u32, _: &str) {}

    fn handle_unknown_action(&mut self, _: u32, action: &str, value: &str) {
        self.rule();
        if let Some(seconds) = action
            .eq_ignore_ascii_case("crawl-delay")
            .then(|| value.parse::<f64>().ok())
            .flatten()
            .filter(|s| *s >= 0.0)
        {
            if self.in_own {
                self.own = Some(seconds);
            }
            if self.in_any {
                self.any = Some(seconds);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn allowed(lines: &str, path: &str) -> bool {
        Robots::of(200, lines.as_bytes()).allow(&Url::parse(&format!("https://a.uk{path}")).expect("an address"))
    }

    #[test]
    fn the_most_specific_rule_holds() {
        let lines = "User-agent: *\nDisallow: /private\nAllow: /private/privacy-notice\n";
        assert!(allowed(lines, "/"));
        assert!(!allowed(lines, "/private/x"));
        assert!(allowed(lines, "/private/privacy-notice?start=12"));
        let named = "User-agent: *\nDisallow: /\n\nUser-agent: FairNotice/2.0\nDisallow: /cgi\n";
        assert!(allowed(named, "/privacy"), "the lines for this program hold in place of those for all");
        assert!(!allowed(named, "/cgi/x"));
        assert!(!allowed("user-agent: *\ndisallow: /*.pdf$\n", "/a/b.pdf"));
        assert!(allowed("user-agent: *\ndisallow: /*.pdf$\n", "/a/b.pdf?x"));
        assert!(!allowed("User-agent: *\nDisallow: /caf\u{e9}\n", "/caf%C3%A9/x"));
    }

    #[test]
    fn the_status_decides_where_there_are_no_lines() {
        let page = Url::parse("https://a.uk/privacy").expect("an address");
        for open in [404, 403, 401, 410, 429, 400] {
            assert!(Robots::of(open, b"User-agent: *\nDisallow: /").allow(&page), "{open}");
        }
        for closed in [500, 502, 503] {
            assert!(!Robots::of(closed, b"").allow(&page), "{closed}");
        }
    }

    #[test]
    fn delays_are_read_for_the_group_that_holds() {
        let delay = |lines: &str| Robots::of(200, lines.as_bytes()).delay().map(|d| d.as_secs_f64());
        assert_eq!(delay("User-agent: *\nCrawl-delay: 10\nDisallow: /x"), Some(10.0));
        assert_eq!(delay("User-agent: other\nCrawl-delay: 10"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: 9\n\nUser-agent: fairnotice\nCrawl-delay: 2.5"), Some(2.5));
        assert_eq!(delay("User-agent: *\nCrawl-delay: 9\n\nUser-agent: fairnotice\nDisallow: /x"), None);
        for nonsense in ["-1", "nan", "inf", "1e400", "soon", ""] {
            assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {nonsense}")), None, "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn no_file_breaks_the_reader(body in proptest::collection::vec(any::<u8>(), 0..400), head in "(user-agent: \\*\n(dis)?allow: )?") {
            let mut bytes = head.into_bytes();
            bytes.extend(body);
            let robots = Robots::of(200, &bytes);
            let _ = robots.allow(&Url::parse("https://a.uk/%C3%A9?x=*").expect("an address"));
            let _ = robots.delay();
        }
    }
}
