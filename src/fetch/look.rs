//! One look at a page: its address in; what answered, what that is and where it leads out.

use super::client::Validators;
use super::judgement::{Judged, Kind, judge, judge_document};
use super::ledger::Outcome;
use super::links::{self, Link};
use super::state::StateError;
use super::visitor::{Hindrance, Visited};
use super::{Fetcher, Stop, locked};
use std::panic::{AssertUnwindSafe, catch_unwind};
use url::Url;

/// What a look at a page showed.
pub(super) enum Look {
    /// An answer, and what it is.
    Page(Box<Page>),
    /// None: what came of the page, and why.
    Nothing(Outcome, String),
}

/// A page that was looked at.
pub(super) struct Page {
    /// The answer, its address and the way there.
    pub visited: Visited,
    /// What it is.
    pub judged: Judged,
    /// Its links.
    pub links: Vec<Link>,
}

impl Look {
    /// What it is, in words for a trace.
    pub fn told(&self) -> String {
        let (outcome, why) = match self {
            Look::Nothing(outcome, why) => (outcome, why),
            Look::Page(page) => match &page.judged.kind {
                Kind::Notice => return "a notice".to_owned(),
                Kind::Attachment { other: false, .. } => return "a file".to_owned(),
                Kind::Attachment { .. } | Kind::Other => return "a page of another kind".to_owned(),
                Kind::Refused(outcome, why) => (outcome, why),
            },
        };
        format!("{}, {why}", outcome.name().replace('-', " "))
    }
}

impl Fetcher<'_> {
    /// Looks at a page.
    pub(super) fn look(&self, url: &Url) -> Result<Look, Stop> {
        let look = self.look_once(url)?;
        // A page that only sends its readers on is a redirect by other means.
        if let Look::Page(page) = &look
            && matches!(page.judged.kind, Kind::Refused(Outcome::Thin | Outcome::Unreadable, _))
            && let Some(next) = links::refresh(&String::from_utf8_lossy(&page.judged.document), &page.visited.url)
            && next != page.visited.url
        {
            return self.look_once(&next);
        }
        Ok(look)
    }

    fn look_once(&self, url: &Url) -> Result<Look, Stop> {
        let visited = match self.visitor.visit(url, |url| self.known(url)) {
            Ok(visited) => visited,
            Err(Hindrance::State(error)) => return Err(Stop::State(*error)),
            Err(hindrance) => {
                let outcome = match hindrance {
                    Hindrance::Robots(_) | Hindrance::NoRules(_) | Hindrance::Later(_) => Outcome::Blocked,
                    _ => Outcome::Unreadable,
                };
                return Ok(Look::Nothing(outcome, told(&hindrance, url)));
            }
        };
        let before = if visited.answer.status == 304 { self.captured(&visited.url)? } else { None };
        let judged = catch_unwind(AssertUnwindSafe(|| match before {
            Some((document, media_type)) => judge_document(document, &media_type, &visited.url, self.dictionary),
            None => judge(&visited.answer, &visited.url, self.dictionary),
        }));
        let judged = judged.unwrap_or_else(|_| Judged {
            kind: Kind::Refused(
                Outcome::Unreadable,
                "the program failed on this page; that is a fault of the program: please report it with the address"
                    .to_owned(),
            ),
            document: Vec::new(),
            source: String::new(),
        });
        let links = links::links(&judged.source, &visited.url);
        Ok(Look::Page(Box::new(Page { visited, judged, links })))
    }

    /// The document that was captured last at an address, with its media type.
    fn captured(&self, url: &Url) -> Result<Option<(Vec<u8>, String)>, Stop> {
        let corpus = locked(self.corpus);
        let captures = corpus.captures_at(url.as_str()).map_err(Stop::Store)?;
        let Some(last) = captures.into_iter().rev().find(|c| c.refused.is_none() && c.status.is_some()) else {
            return Ok(None);
        };
        let document = corpus.bytes(&last).map_err(Stop::Store)?;
        Ok(Some((document, last.media_type)))
    }

    /// What an earlier visit learned by which a site can say that nothing changed; nothing where no capture of it is
    /// there that such an answer could refer to.
    fn known(&self, url: &Url) -> Result<Validators, StateError> {
        let captures = locked(self.corpus).captures_at(url.as_str()).unwrap_or_default();
        if captures.iter().any(|c| c.refused.is_none() && c.status.is_some()) {
            self.state.validators(url.as_str())
        } else {
            Ok(Validators::default())
        }
    }
}

/// Why a visit came to nothing; where a redirect led astray, with the address it led to.
fn told(hindrance: &Hindrance, asked: &Url) -> String {
    match hindrance {
        Hindrance::Failure(url, _) if url != asked.as_str() => format!("it redirects to {url}: {hindrance}"),
        _ => hindrance.to_string(),
    }
}
