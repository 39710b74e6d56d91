//! Visits: the address of a page in, the answer at the end of its redirects out, by the rules of good manners.
//!
//! Every request of a run goes through here: it asks robots.txt first, waits its turn, speaks to a host over one
//! connection at a time, and comes again later where a site says so. It never judges what a page is.

use super::client::{Answer, Client, Failure, Validators};
use super::clock::Clock;
use super::guard::Guard;
use super::pace::{Pace, Patience};
use super::robots::Robots;
use super::state::{State, StateError};
use super::{address, locked};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use url::Url;

/// Redirects that are followed for one page.
const MOST_REDIRECTS: usize = 5;

/// A host of the public internet is left in peace at least this long between two requests, whatever the user says.
const LEAST_FOR_PUBLIC: Duration = Duration::from_secs(1);

/// How often a page is asked for whose connection broke off.
const TRIES_OF_BROKEN: u32 = 2;

/// The end of a visit.
#[derive(Clone, Debug)]
pub struct Visited {
    /// The address that answered.
    pub url: Url,
    /// The addresses that led there.
    pub via: Vec<Url>,
    /// Its answer, which is no redirect.
    pub answer: Answer,
}

/// Why a visit came to no answer.
#[derive(Debug)]
pub enum Hindrance {
    /// The site, whose name this is, asks robots to leave the page alone.
    Robots(String),
    /// The site's rules could not be had.
    NoRules(String),
    /// The site asks to be left alone for longer than the run waits.
    Later(String),
    /// A redirect that leads nowhere.
    Redirect(String),
    /// No answer came from this address.
    Failure(String, Failure),
    /// The state could not be kept: this ends the run.
    State(Box<StateError>),
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hindrance::Robots(site) => write!(f, "robots.txt of {site} asks programs to leave it alone"),
            Hindrance::NoRules(why) | Hindrance::Later(why) | Hindrance::Redirect(why) => f.write_str(why),
            Hindrance::Failure(_, failure) => failure.fmt(f),
            Hindrance::State(error) => error.fmt(f),
        }
    }
}

impl From<StateError> for Hindrance {
    fn from(error: StateError) -> Hindrance {
        Hindrance::State(Box::new(error))
    }
}

/// One host: whoever holds it may speak to it.
struct Host {
    pace: Pace,
    patience: Patience,
}

/// What visits are made with.
pub struct Means<'a> {
    /// Makes the requests.
    pub client: &'a Client,
    /// Knows which private hosts were named.
    pub guard: Guard,
    /// The time.
    pub clock: &'a dyn Clock,
    /// How long sites may make the run wait.
    pub patience: Patience,
    /// Remembers what hosts say.
    pub state: &'a State,
}

/// Makes visits. All threads share one.
pub struct Visitor<'a> {
    means: Means<'a>,
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
    rules: Mutex<HashMap<String, Robots>>,
}

impl<'a> Visitor<'a> {
    /// A visitor that has spoken to nobody yet.
    pub fn new(means: Means<'a>) -> Visitor<'a> {
        Visitor { means, hosts: Mutex::default(), rules: Mutex::default() }
    }

    /// The lists of its pages that a site's robots.txt names, as far as they are on the same site.
    ///
    /// # Errors
    /// Where its rules cannot be had.
    pub fn lists(&self, url: &Url) -> Result<Vec<Url>, Hindrance> {
        let named = self.rules_of(url)?.lists();
        let own = named.iter().filter_map(|to| address::join(url, to));
        Ok(own.filter(|to| address::owner(to) == address::owner(url)).collect())
    }

    /// Visits a page; `known` tells what an earlier visit to an address learned.
    ///
    /// # Errors
    /// Where the visit comes to no answer.
    pub fn visit(
        &self,
        url: &Url,
        known: impl Fn(&Url) -> Result<Validators, StateError>,
    ) -> Result<Visited, Hindrance> {
        self.follow(url, |url| {
            match self.rules_of(url)? {
                Robots::Unknown(why) => return Err(Hindrance::NoRules(format!("{}: {why}", url.authority()))),
                rules if !rules.allow(url) => return Err(Hindrance::Robots(url.authority().to_owned())),
                _ => {}
            }
            self.ask(url, &known(url)?)
        })
    }

    /// Follows redirects by hand, so that every one is judged like an address that stands in a page.
    fn follow(&self, url: &Url, mut ask: impl FnMut(&Url) -> Result<Answer, Hindrance>) -> Result<Visited, Hindrance> {
        let mut via: Vec<Url> = Vec::new();
        let mut url = url.clone();
        loop {
            let answer = ask(&url)?;
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok(Visited { url, via, answer });
            }
            let next = answer
                .headers
                .get("Location")
                .and_then(|to| address::join(&url, to))
                .ok_or_else(|| Hindrance::Redirect(format!("{url} redirects to no page")))?;
            via.push(std::mem::replace(&mut url, next));
            if via.contains(&url) {
                return Err(Hindrance::Redirect(format!("its redirects go round in a circle, by {url}")));
            }
            if via.len() > MOST_REDIRECTS {
                return Err(Hindrance::Redirect(format!("it redirects more than {MOST_REDIRECTS} times")));
            }
        }
    }

    /// The rules of the site that a page is on.
    fn rules_of(&self, url: &Url) -> Result<Robots, Hindrance> {
        let origin = url.origin().ascii_serialization();
        if let Some(rules) = locked(&self.rules).get(&origin) {
            return Ok(rules.clone());
        }
        let now = self.means.clock.now();
        let rules = match self.means.state.robots(&origin, now)? {
            Some(rules) => rules,
            None => {
                let rules = self.ask_rules(url)?;
                self.means.state.keep_robots(&origin, now, &rules)?;
                rules
            }
        };
        let host = self.host(url)?;
        locked(&host).pace.asks_for(rules.delay());
        locked(&self.rules).insert(origin, rules.clone());
        Ok(rules)
    }

    fn ask_rules(&self, url: &Url) -> Result<Robots, Hindrance> {
        let mut file = url.clone();
        file.set_path("/robots.txt");
        file.set_query(None);
        match self.follow(&file, |url| self.ask(url, &Validators::default())) {
            Ok(visited) => {
                let Answer { status, headers, body, .. } = visited.answer;
                Ok(match crate::corpus::warc::decoded(&headers, &body, 16 * super::robots::LONGEST as u64) {
                    Ok(body) => Robots::of(status, &body),
                    Err(why) => Robots::Unknown(format!("its robots.txt cannot be read: {why}")),
                })
            }
            // RFC 9309: where redirects lead nowhere there are no rules.
            Err(Hindrance::Redirect(_)) => Ok(Robots::Open),
            // A file longer than any page is hardly rules; that the guard refused is said of the page itself.
            Err(Hindrance::Failure(_, Failure::TooLong)) => Ok(Robots::Unknown("its robots.txt is too long".into())),
            // What keeps the site from saying its rules keeps it from everything.
            Err(Hindrance::Failure(at, failure)) if at == file.as_str() => {
                Err(Hindrance::Failure(url.to_string(), failure))
            }
            Err(other) => Err(other),
        }
    }

    fn host(&self, url: &Url) -> Result<Arc<Mutex<Host>>, StateError> {
        let name = host_name(url);
        if let Some(host) = locked(&self.hosts).get(&name) {
            return Ok(host.clone());
        }
        let mut pace = Pace::default();
        pace.leave_alone_until(self.means.state.until(&name)?);
        let mut patience = self.means.patience;
        let (host, port) = address::authority(url);
        patience.least = match self.means.guard.is_named(&host, port) {
            true => patience.least_named,
            false => patience.least.max(LEAST_FOR_PUBLIC),
        };
        let host = Arc::new(Mutex::new(Host { pace, patience }));
        Ok(locked(&self.hosts).entry(name).or_insert(host).clone())
    }

    /// Asks for one page when its host may be asked, and again where the host says "later" and the run can wait.
    fn ask(&self, url: &Url, known: &Validators) -> Result<Answer, Hindrance> {
        let host = self.host(url)?;
        let name = host_name(url);
        // Held until the answer is there: one connection to a host at a time.
        let mut host = locked(&host);
        let patience = host.patience;
        let mut tries = 1;
        loop {
            self.wait(&host, &name)?;
            let started = self.means.clock.ticks();
            let answer = self.means.client.get(url, known);
            let ended = self.means.clock.ticks();
            let took = ended.saturating_sub(started);
            match answer {
                Ok(answer) if matches!(answer.status, 429 | 503) => {
                    let after = answer.headers.get("Retry-After");
                    host.pace.refused(ended, took, self.means.clock.now(), after, &patience);
                    self.means.state.keep_until(&name, host.pace.until())?;
                    if tries >= patience.tries {
                        return Ok(answer);
                    }
                }
                Err(Failure::Broken(_) | Failure::TooSlow) if tries < TRIES_OF_BROKEN => {
                    host.pace.refused(ended, took, self.means.clock.now(), None, &patience);
                }
                other => {
                    host.pace.answered(ended, took);
                    return other.map_err(|failure| Hindrance::Failure(url.to_string(), failure));
                }
            }
            tries += 1;
        }
    }

    /// Waits until a host may be asked.
    fn wait(&self, host: &Host, name: &str) -> Result<(), Hindrance> {
        let Host { pace, patience } = host;
        let longest = patience.longest;
        if let Some(asked) = pace.asked().filter(|asked| *asked > longest) {
            return Err(Hindrance::Later(format!(
                "robots.txt of {name} asks for {} s between two requests, more than --max-wait",
                asked.as_secs()
            )));
        }
        let wait = pace.wait(self.means.clock.ticks(), self.means.clock.now(), patience);
        if wait > longest {
            let until = pace.until().map(|u| u.to_string()).unwrap_or_default();
            return Err(Hindrance::Later(format!(
                "{name} asks to be left alone until {until}, longer than --max-wait"
            )));
        }
        if wait > Duration::ZERO {
            self.means.clock.sleep(wait);
        }
        Ok(())
    }
}

/// What tells one host from another: its name, and its port where that is an unusual one.
fn host_name(url: &Url) -> String {
    let (host, port) = address::authority(url);
    if matches!(port, 80 | 443) { host } else { format!("{host}:{port}") }
}
