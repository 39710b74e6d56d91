//! One source: its notice is found, and its pages are visited one after the other and kept.
//!
//! In comes a source; out comes its entry in the ledger. After each page the state is written, so that a run that is
//! killed goes on behind the last page it kept. Nothing that is no page of a notice is kept as one.

use super::address::owner;
use super::client::Validators;
use super::discovery::Search;
use super::judgement::Kind;
use super::layers;
use super::ledger::{Entry, Outcome};
use super::links::Link;
use super::look::{Look, Page};
use super::sources::Source;
use super::state::{Begun, Done, Pending};
use super::visitor::Visited;
use super::{Fetcher, Stop, address, locked};
use crate::corpus::{Content, Exchange};
use crate::model::sha256;
use url::Url;

/// Links to further pages that make a page of another kind the hub of a notice.
const LINKS_OF_A_HUB: usize = 2;

/// Where a notice is, or that it is nowhere.
enum Found {
    /// Here: what its first page showed.
    Here(Begun, Box<Url>, Look),
    /// Nowhere, with the outcome, the reason and what was looked at.
    Nowhere(Outcome, String, Vec<String>),
    /// The time of the run was over before it was found.
    OutOfTime,
}

impl Fetcher<'_> {
    /// Fetches the notice of one source; none where the time of the run is over before it is done with.
    pub(super) fn walk(&self, source: &Source) -> Result<Option<Entry>, Stop> {
        let key = source.key();
        if let Some(entry) = self.state.entry(&key)? {
            return Ok(Some(entry));
        }
        let begun = match self.state.begun(&key)? {
            Some(begun) => begun,
            None => match self.find(source, &key)? {
                Found::Here(begun, url, look) => {
                    self.state.begin(&key, &begun, url.as_str())?;
                    let first = Pending { address: url.to_string(), part: 0, depth: 0 };
                    self.page(source, &key, &begun, &first, look)?;
                    begun
                }
                Found::OutOfTime => return Ok(None),
                Found::Nowhere(outcome, why, trace) => {
                    let entry = entry(source, None, outcome, Some(why), trace);
                    self.state.finish(&key, &entry)?;
                    return Ok(Some(entry));
                }
            },
        };
        while let Some(pending) = self.state.next(&key)? {
            if self.is_over() {
                return Ok(None);
            }
            let look = match address::parse(&pending.address) {
                Ok(url) => self.look(&url)?,
                Err(why) => Look::Nothing(Outcome::Unreadable, why),
            };
            self.page(source, &key, &begun, &pending, look)?;
        }
        let entry = self.close(source, &key, begun)?;
        self.state.finish(&key, &entry)?;
        Ok(Some(entry))
    }

    /// Ends the visit: from now on its pages are a version of the notice.
    fn close(&self, source: &Source, key: &str, begun: Begun) -> Result<Entry, Stop> {
        let pages = self.state.pages(key)?;
        let any = |outcome: Outcome| pages.iter().any(|p| p.outcome == outcome);
        if any(Outcome::Captured) || any(Outcome::Unchanged) {
            let lost = self.state.lost(key)?;
            locked(self.corpus).close_visit(&begun.notice, begun.visit, &lost).map_err(Stop::Store)?;
        }
        let (outcome, reason) = match pages.first() {
            Some(first) if first.outcome.is_kept() && any(Outcome::Captured) => (Outcome::Captured, None),
            Some(first) => (first.outcome, first.reason.clone()),
            None => (Outcome::Unreadable, Some("no page of it was visited".to_owned())),
        };
        let mut entry = entry(source, Some(begun.notice), outcome, reason, begun.trace);
        entry.pages = pages;
        Ok(entry)
    }

    /// Finds the first page of a source's notice.
    fn find(&self, source: &Source, key: &str) -> Result<Found, Stop> {
        let mut trace = Vec::new();
        let known = match &source.notice {
            Some(url) => Some((url.to_string(), url.clone(), "the list of sources names it")),
            None => self.state.notice(key)?.and_then(|(notice, place)| {
                address::parse(&place).ok().map(|url| (notice, url, "an earlier fetch found it there"))
            }),
        };
        if let Some((notice, url, why)) = &known {
            let look = self.look(url)?;
            trace.push(format!("{url} ({why}): {}", look.told()));
            // Where it is gone and the home page is known, it is looked for anew; the notice stays the same one.
            if self.is_first_page(&look, url) || source.website.is_none() || !is_gone(&look) {
                let begun = Begun { notice: notice.clone(), visit: self.clock.now(), trace };
                return Ok(match self.moved(source, &look) {
                    Some(why) => Found::Nowhere(Outcome::NotANotice, why, begun.trace),
                    None => Found::Here(begun, Box::new(url.clone()), look),
                });
            }
        }
        let Some(home) = &source.website else {
            let why = "no address is known: add website = \"https://…\" to it in the list of sources".to_owned();
            return Ok(Found::Nowhere(Outcome::NoAddress, why, trace));
        };
        self.search(source, home, known.map(|(notice, ..)| notice), trace)
    }

    /// Looks for a notice from a home page.
    fn search(&self, source: &Source, home: &Url, known: Option<String>, trace: Vec<String>) -> Result<Found, Stop> {
        let look = self.look(home)?;
        if let Some(why) = self.moved(source, &look) {
            return Ok(Found::Nowhere(Outcome::NotANotice, why, trace));
        }
        let (place, links) = match look {
            Look::Page(page) => match page.judged.kind {
                Kind::Refused(outcome @ (Outcome::Blocked | Outcome::Unreadable), why) => {
                    return Ok(Found::Nowhere(outcome, format!("{}: {why}", page.visited.url), trace));
                }
                _ => (page.visited.url, page.links),
            },
            Look::Nothing(outcome, why) => return Ok(Found::Nowhere(outcome, format!("{home}: {why}"), trace)),
        };
        let mut search = Search::new(&place);
        search.trace = trace;
        let likely = search.add_links(&links);
        search.say(format!("{place} (the home page): {likely} of {} links may lead to the notice", links.len()));
        if let Some(found) = self.look_through(&mut search, known.as_deref())? {
            return Ok(found);
        }
        if !self.is_over() && self.add_listed(&place, &mut search)? > 0 {
            search.allow_more();
            if let Some(found) = self.look_through(&mut search, known.as_deref())? {
                return Ok(found);
            }
        }
        if self.is_over() {
            return Ok(Found::OutOfTime);
        }
        let why = format!("no page that {place} leads to is a privacy notice; name it with notice = \"https://…\"");
        Ok(Found::Nowhere(Outcome::NotANotice, why, search.trace))
    }

    /// Looks at the candidates of a search until one is the first page of a notice.
    fn look_through(&self, search: &mut Search, known: Option<&str>) -> Result<Option<Found>, Stop> {
        while let Some(candidate) = search.next() {
            if self.is_over() {
                return Ok(Some(Found::OutOfTime));
            }
            let look = self.look(&candidate.url)?;
            if self.is_first_page(&look, &candidate.url) {
                search.note(&candidate, &format!("{}; chosen", look.told()));
                search.note_left();
                let Look::Page(page) = &look else { continue };
                let notice = known.map_or_else(|| page.visited.url.to_string(), str::to_owned);
                let begun = Begun { notice, visit: self.clock.now(), trace: std::mem::take(&mut search.trace) };
                return Ok(Some(Found::Here(begun, Box::new(page.visited.url.clone()), look)));
            }
            search.note(&candidate, &look.told());
            if let Look::Page(page) = &look {
                search.add_links(&page.links);
            }
        }
        Ok(None)
    }

    /// Whether a look showed the first page of a notice: a notice, a file, or a hub that leads to the pages of one.
    fn is_first_page(&self, look: &Look, asked: &Url) -> bool {
        let Look::Page(page) = look else { return false };
        let Page { visited, judged, links } = &**page;
        match judged.kind {
            Kind::Notice | Kind::Attachment { other: false, .. } => true,
            Kind::Other | Kind::Refused(Outcome::Thin, _) => {
                let hub = is_notice_address(asked) || is_notice_address(&visited.url);
                hub && self.further(&visited.url, &visited.url, links).len() >= LINKS_OF_A_HUB
            }
            Kind::Attachment { .. } | Kind::Refused(..) => false,
        }
    }

    /// The addresses of the further pages of a notice that one of its pages leads to.
    fn further(&self, hub: &Url, page: &Url, links: &[Link]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for link in links {
            let address = link.url.to_string();
            if !found.contains(&address) && layers::belongs(hub, page, link, self.dictionary).is_some() {
                found.push(address);
            }
        }
        found
    }

    /// Why the site of a source is no longer its own: it leads to that of another source.
    fn moved(&self, source: &Source, look: &Look) -> Option<String> {
        let Look::Page(page) = look else { return None };
        let url = &page.visited.url;
        let there = owner(url);
        let own = [&source.website, &source.notice].into_iter().flatten().any(|own| owner(own) == there);
        let other = self.owners.get(&there).filter(|_| !own)?;
        Some(format!("its address leads to {url}, the site of {other}, which is fetched for itself"))
    }

    /// Keeps what a look at a page of a notice showed, and notes the pages it leads to.
    fn page(&self, source: &Source, key: &str, begun: &Begun, page: &Pending, look: Look) -> Result<(), Stop> {
        let (visited, judged, links) = match look {
            Look::Page(shown) => (shown.visited, shown.judged, shown.links),
            Look::Nothing(outcome, why) => {
                let uri = page.address.clone();
                let done = Done { outcome: Some(outcome), reason: Some(why), uri, sha256: None, lost: true };
                return self.done(key, page, &done, &[]);
            }
        };
        let uri = visited.url.to_string();
        let hash = (!judged.document.is_empty()).then(|| sha256(&judged.document));
        if self.state.is_seen(key, &uri, hash.as_deref())? {
            return self.done(key, page, &Done { outcome: None, reason: None, uri, sha256: None, lost: false }, &[]);
        }
        let first = if page.part == 0 { None } else { self.state.pages(key)?.into_iter().next() };
        let hub = first.and_then(|p| address::parse(&p.address).ok()).unwrap_or_else(|| visited.url.clone());
        let (refused, reason) = match judged.kind {
            Kind::Notice => (None, None),
            Kind::Attachment { problem, .. } => (None, problem.map(|p| format!("kept, but {p}"))),
            // What stands below the notice, or is the hub that leads to its pages, is part of it whatever it is about.
            Kind::Other | Kind::Refused(Outcome::Thin, _)
                if page.part == 0 && self.further(&hub, &visited.url, &links).len() >= LINKS_OF_A_HUB =>
            {
                (None, None)
            }
            Kind::Other if page.part > 0 && layers::is_part(&hub, &visited.url) => (None, None),
            Kind::Other => (Some((Outcome::NotANotice, "it is a page of another kind".to_owned())), None),
            Kind::Refused(outcome, why) => (Some((outcome, why)), None),
        };
        let status = visited.answer.status;
        let kept = refused.is_none();
        let further = if kept && page.depth < self.settings.most_depth {
            self.further(&hub, &visited.url, &links)
        } else {
            Vec::new()
        };
        let (outcome, reason) = match refused {
            None => (self.keep(source, begun, page, &visited)?, reason),
            Some((outcome, why)) => {
                self.keep_refused(source, begun, page, &visited, &why)?;
                (outcome, Some(why))
            }
        };
        if kept && page.part == 0 {
            self.state.remember(key, &begun.notice, &uri)?;
        }
        let lost = matches!(outcome, Outcome::Blocked | Outcome::Unreadable) && !matches!(status, 404 | 410);
        let done = Done { outcome: Some(outcome), reason, uri, sha256: hash, lost };
        self.done(key, page, &done, &further)
    }

    fn done(&self, key: &str, page: &Pending, done: &Done, further: &[String]) -> Result<(), Stop> {
        let left_out = self.state.done(key, page, done, further, self.settings.most_pages)?;
        self.watcher.page(&done.uri, done.outcome, left_out);
        Ok(())
    }

    /// Puts a page of a notice into the corpus: whether its bytes are new.
    fn keep(&self, source: &Source, begun: &Begun, page: &Pending, visited: &Visited) -> Result<Outcome, Stop> {
        let mut corpus = locked(self.corpus);
        let uri = visited.url.as_str();
        let before = corpus.captures_at(uri).map_err(Stop::Store)?;
        // A run that was killed between keeping the page and noting it has it already.
        let there = before.into_iter().find(|c| c.visit == begun.visit && c.refused.is_none());
        let capture = match there {
            Some(capture) => capture,
            None => {
                corpus.append(&exchange(source, begun, page, visited, None, self.clock.now())).map_err(Stop::Store)?
            }
        };
        drop(corpus);
        let field = |name: &str| visited.answer.headers.get(name).map(str::to_owned);
        let learned = Validators { etag: field("ETag"), modified: field("Last-Modified") };
        if learned != Validators::default() {
            self.state.keep_validators(uri, &learned)?;
        }
        Ok(if capture.place == capture.content { Outcome::Captured } else { Outcome::Unchanged })
    }

    /// Keeps the answer to a page that is none of the notice, as evidence that it was there and what it was.
    fn keep_refused(
        &self,
        source: &Source,
        begun: &Begun,
        page: &Pending,
        visited: &Visited,
        why: &str,
    ) -> Result<(), Stop> {
        if visited.answer.status == 304 {
            return Ok(());
        }
        let exchange = exchange(source, begun, page, visited, Some(why.to_owned()), self.clock.now());
        locked(self.corpus).append(&exchange).map(drop).map_err(Stop::Store)
    }
}

fn exchange(
    source: &Source,
    begun: &Begun,
    page: &Pending,
    visited: &Visited,
    refused: Option<String>,
    instant: jiff::Timestamp,
) -> Exchange {
    let answer = &visited.answer;
    let (request, head) = (answer.request.clone(), answer.head());
    let content = match answer.status {
        304 => Content::NotModified { request, head },
        _ => Content::Served { request, head, body: answer.body.clone(), address: None },
    };
    let mut notes: Vec<(String, String)> = vec![("source".to_owned(), source.name.clone())];
    notes.extend(visited.via.iter().map(|url| ("via".to_owned(), url.to_string())));
    if page.part == 0 {
        notes.extend(begun.trace.iter().map(|line| ("trace".to_owned(), line.clone())));
    }
    Exchange {
        uri: visited.url.to_string(),
        instant,
        notice: begun.notice.clone(),
        visit: Some(begun.visit),
        part: page.part,
        ods: source.ods.clone(),
        refused,
        content,
        notes,
    }
}

fn entry(
    source: &Source,
    notice: Option<String>,
    outcome: Outcome,
    reason: Option<String>,
    trace: Vec<String>,
) -> Entry {
    let Source { name, ods, predecessors, .. } = source.clone();
    Entry { name, ods, predecessors, notice, outcome, reason, pages: Vec::new(), trace }
}

/// Whether a page is no longer where it was, rather than merely not to be had now.
fn is_gone(look: &Look) -> bool {
    match look {
        Look::Page(page) => {
            matches!(page.visited.answer.status, 404 | 410)
                || matches!(page.judged.kind, Kind::Other | Kind::Refused(Outcome::Thin | Outcome::NotANotice, _))
        }
        Look::Nothing(..) => false,
    }
}

/// Whether an address names a notice.
fn is_notice_address(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    ["privacy", "fair-processing", "fairprocessing", "your-information", "your-data", "how-we-use"]
        .iter()
        .any(|word| path.contains(word))
}
