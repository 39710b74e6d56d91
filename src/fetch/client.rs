//! One request: an address in, the answer as served or the reason why there is none out.
//!
//! Bodies are taken to a bound of size and time and kept as they were sent, with their codings. It follows no redirect,
//! keeps no cookie, uses no proxy and never speaks to a host that the guard refuses.

use super::guard::{Guard, GuardedResolver, Refusal};
use crate::corpus::warc::Headers;
use std::fmt;
use std::io::Read;
use std::time::Duration;
use ureq::config::Config;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// What the program tells sites that it can take.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/pdf,application/msword,\
application/vnd.openxmlformats-officedocument.wordprocessingml.document,text/plain;q=0.9,*/*;q=0.5";

/// The bounds of one request.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most bytes of a body, as sent.
    pub size: u64,
    /// Longest time from the first word to the last.
    pub time: Duration,
}

/// What an earlier visit learned, by which a site can say that nothing changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
}

/// An answer, with the request it answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The request's head as sent.
    pub request: Vec<u8>,
    /// Its status.
    pub status: u16,
    /// Its fields, in order.
    pub headers: Headers,
    /// Its body as sent, content codings and all.
    pub body: Vec<u8>,
}

impl Answer {
    /// The answer's head in the form of the protocol, for the body as it is here.
    pub fn head(&self) -> Vec<u8> {
        let reason = ureq::http::StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason());
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason.unwrap_or(""));
        for (name, value) in &self.headers.0 {
            // The chunks have been joined already; readers of the archive must not look for them.
            let name = if name.eq_ignore_ascii_case("transfer-encoding") { "X-Orig-Transfer-Encoding" } else { name };
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The guard refused the host.
    Refused(Refusal),
    /// The name of the host is unknown.
    UnknownHost,
    /// The site's certificate is not one that browsers trust.
    Certificate(String),
    /// It took too long.
    TooSlow,
    /// The body is longer than the bound.
    TooLong,
    /// The connection failed or broke off.
    Broken(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => refusal.fmt(f),
            Failure::UnknownHost => f.write_str("there is no host of this name"),
            Failure::Certificate(why) => write!(f, "its certificate cannot be trusted ({why})"),
            Failure::TooSlow => f.write_str("it took longer than --timeout"),
            Failure::TooLong => f.write_str("it is longer than --max-size"),
            Failure::Broken(why) => write!(f, "no answer ({why})"),
        }
    }
}

/// Makes requests. All threads share one.
pub struct Client {
    agent: ureq::Agent,
    user_agent: String,
    contact: String,
    bounds: Bounds,
}

impl Client {
    /// A client that names itself and whom to write to about it.
    pub fn new(contact: &str, bounds: Bounds, guard: Guard) -> Client {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A proxy would resolve names by itself, behind the guard's back.
            .proxy(None)
            .accept("")
            .accept_encoding("")
            .user_agent("")
            .max_idle_connections_per_host(1)
            .timeout_global(Some(bounds.time))
            .timeout_connect(Some(bounds.time.min(Duration::from_secs(30))))
            .build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), GuardedResolver::new(guard));
        let user_agent = format!("{}/{} (+mailto:{contact})", super::robots::AGENT, env!("CARGO_PKG_VERSION"));
        Client { agent, user_agent, contact: contact.to_owned(), bounds }
    }

    /// Asks for one page.
    ///
    /// # Errors
    /// Where no whole answer came.
    pub fn get(&self, url: &Url, known: &Validators) -> Result<Answer, Failure> {
        let mut fields = vec![
            ("User-Agent", self.user_agent.as_str()),
            ("From", self.contact.as_str()),
            ("Accept", ACCEPT),
            ("Accept-Encoding", "gzip, br"),
            ("Accept-Language", "en-GB, en"),
        ];
        fields.extend(known.etag.as_deref().map(|tag| ("If-None-Match", tag)));
        fields.extend(known.modified.as_deref().map(|day| ("If-Modified-Since", day)));
        let mut request = self.agent.get(url.as_str());
        for (name, value) in &fields {
            request = request.header(*name, *value);
        }
        let response = request.call().map_err(failure)?;
        let (parts, body) = response.into_parts();
        let headers = parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let mut content = Vec::new();
        body.into_reader().take(self.bounds.size + 1).read_to_end(&mut content).map_err(|error| {
            // Errors of the library come wrapped as those of the system.
            match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
                Some(ureq::Error::Timeout(_)) => Failure::TooSlow,
                _ if error.kind() == std::io::ErrorKind::TimedOut => Failure::TooSlow,
                _ => Failure::Broken(error.to_string()),
            }
        })?;
        if content.len() as u64 > self.bounds.size {
            return Err(Failure::TooLong);
        }
        let request = head_of_request(url, &fields);
        Ok(Answer { request, status: parts.status.as_u16(), headers: Headers(headers), body: content })
    }
}

fn head_of_request(url: &Url, fields: &[(&str, &str)]) -> Vec<u8> {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n");
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(inner) => match inner.downcast::<Refusal>() {
            Ok(refusal) => Failure::Refused(*refusal),
            Err(other) => Failure::Broken(other.to_string()),
        },
        ureq::Error::Timeout(_) => Failure::TooSlow,
        ureq::Error::HostNotFound => Failure::UnknownHost,
        ureq::Error::Rustls(error) => Failure::Certificate(error.to_string()),
        ureq::Error::Tls(why) => Failure::Certificate(why.to_owned()),
        ureq::Error::Io(error) => of_system(error),
        other => Failure::Broken(other.to_string()),
    }
}

fn of_system(error: std::io::Error) -> Failure {
    let words = error.to_string();
    if words.contains("failed to lookup address") || words.contains("Name or service not known") {
        return Failure::UnknownHost;
    }
    // Handshakes are made by the library for encryption, whose errors come as errors of the stream.
    if words.contains("certificate") {
        return Failure::Certificate(words);
    }
    Failure::Broken(words)
}
