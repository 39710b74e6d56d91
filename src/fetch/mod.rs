//! Fetching: the published notices that a list of sources names are captured into the corpus.
//!
//! In come sources, a corpus and what the user allows; out come captures in the corpus and a ledger of what came of every
//! source. It is polite by RFC 9309 and the customs of web archives, speaks to no private network that was not named,
//! goes on where it was when it is killed, and never keeps as a notice what is none.
//!
//! A source is walked (`walk`): its notice is found by `discovery`, with the help of a `sitemap`, its pages by `layers`.
//! Each page is looked at (`look`): the `visitor` asks for it by the rules of `robots`, `pace` and `guard`, and `judgement` says what came.
#![allow(clippy::disallowed_methods)] // time passes while fetching, and its state is a file

mod address;
mod client;
mod clock;
mod discovery;
mod guard;
mod judgement;
mod layers;
mod ledger;
mod links;
mod look;
mod pace;
mod robots;
mod sitemap;
mod sources;
mod state;
mod visitor;
mod walk;

pub use client::Bounds;
pub use clock::{Clock, SystemClock};
pub use guard::Allowed;
pub use ledger::{Entry, Ledger, Outcome, PageEntry};
pub use pace::Patience;
pub use sources::{Source, SourcesError, parse as parse_sources};
pub use state::StateError;

use crate::corpus::{Corpus, StoreError};
use crate::dictionary::Dictionary;
use client::Client;
use guard::Guard;
use state::State;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;
use visitor::{Means, Visitor};

/// What a run may do, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The e-mail address that sites can write to about the run.
    pub contact: String,
    /// Private hosts that may be spoken to.
    pub allowed: Vec<Allowed>,
    /// The bounds of patience with slow and busy hosts.
    pub patience: Patience,
    /// The bounds of one request.
    pub bounds: Bounds,
    /// Most pages of one notice.
    pub most_pages: u32,
    /// Most links between a page and the first page of its notice.
    pub most_depth: u32,
    /// Sources that are walked at the same time.
    pub parallel: usize,
    /// Time after which no further page is begun.
    pub time: Option<Duration>,
    /// Whether to begin anew where an earlier run was not finished.
    pub anew: bool,
}

/// Hears of what goes on in a run.
pub trait Watcher: Sync {
    /// A run begins, or goes on that was begun at a time.
    fn begins(&self, sources: usize, resumed: Option<jiff::Timestamp>);
    /// A page was visited; `left_out` pages that it leads to are too many.
    fn page(&self, address: &str, outcome: Option<Outcome>, left_out: u32);
    /// A source is done with.
    fn source(&self, entry: &Entry);
}

/// Why a run ended before its time. What was captured is kept, and the next run goes on from there.
#[derive(Debug)]
pub enum FetchError {
    /// The corpus could not be written.
    Store(StoreError),
    /// The state could not be written.
    State(StateError),
    /// A folder could not be made.
    Folder(std::path::PathBuf, std::io::Error),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FetchError::Store(error) => error.fmt(f),
            FetchError::State(error) => error.fmt(f),
            FetchError::Folder(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for FetchError {}

/// What ends a run from within.
enum Stop {
    Store(StoreError),
    State(StateError),
}

impl From<StateError> for Stop {
    fn from(error: StateError) -> Stop {
        Stop::State(error)
    }
}

/// What all walks of a run share.
struct Fetcher<'a> {
    visitor: Visitor<'a>,
    corpus: &'a Mutex<Corpus>,
    state: &'a State,
    clock: &'a dyn Clock,
    dictionary: &'a Dictionary,
    settings: &'a Settings,
    watcher: &'a dyn Watcher,
    /// Whose site is whose.
    owners: HashMap<String, String>,
    /// When the time of the run is over.
    deadline: Option<Duration>,
    /// Set once the run must end.
    stopped: AtomicBool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The store, the state and what is known of hosts keep their own order: what a failed thread left is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Fetches the notices of sources into a corpus.
///
/// # Errors
/// Where the corpus or the state cannot be written.
pub fn run(
    sources: &[Source],
    corpus: Corpus,
    dictionary: &Dictionary,
    settings: &Settings,
    clock: &dyn Clock,
    watcher: &dyn Watcher,
) -> Result<Ledger, FetchError> {
    let folder = corpus.fetch_dir();
    std::fs::create_dir_all(&folder).map_err(|error| FetchError::Folder(folder.clone(), error))?;
    let (state, resumed) = State::open(&folder, clock.now(), settings.anew).map_err(FetchError::State)?;
    watcher.begins(sources.len(), resumed);
    let guard = Guard::new(settings.allowed.clone());
    let client = Client::new(&settings.contact, settings.bounds, guard.clone());
    let corpus = Mutex::new(corpus);
    let fetcher = Fetcher {
        visitor: Visitor::new(Means { client: &client, guard, clock, patience: settings.patience, state: &state }),
        corpus: &corpus,
        state: &state,
        clock,
        dictionary,
        settings,
        watcher,
        owners: owners(sources),
        deadline: settings.time.map(|time| clock.ticks() + time),
        stopped: AtomicBool::new(false),
    };
    let entries = fetcher.walk_all(sources)?;
    let mut ledger = Ledger { resumed, ..Ledger::default() };
    for (source, entry) in sources.iter().zip(entries) {
        match entry {
            Some(entry) => ledger.entries.push(entry),
            None => ledger.unfinished.push(source.name.clone()),
        }
    }
    if ledger.unfinished.is_empty() {
        state.end(clock.now()).map_err(FetchError::State)?;
    }
    Ok(ledger)
}

fn owners(sources: &[Source]) -> HashMap<String, String> {
    let places = |s: &Source| [s.website.clone(), s.notice.clone()].into_iter().flatten().collect::<Vec<Url>>();
    sources.iter().flat_map(|s| places(s).into_iter().map(|url| (address::owner(&url), s.name.clone()))).collect()
}

impl Fetcher<'_> {
    fn is_over(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.deadline.is_some_and(|end| self.clock.ticks() >= end)
    }

    /// Walks all sources, several at a time: the entry of each, in their order.
    fn walk_all(&self, sources: &[Source]) -> Result<Vec<Option<Entry>>, FetchError> {
        let next = AtomicUsize::new(0);
        let entries: Mutex<Vec<Option<Entry>>> = Mutex::new(vec![None; sources.len()]);
        let failed: Mutex<Option<Stop>> = Mutex::new(None);
        std::thread::scope(|threads| {
            for _ in 0..self.settings.parallel.clamp(1, sources.len().max(1)) {
                threads.spawn(|| {
                    while !self.is_over() {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(source) = sources.get(at) else { break };
                        match self.walk(source) {
                            Ok(Some(entry)) => {
                                self.watcher.source(&entry);
                                locked(&entries)[at] = Some(entry);
                            }
                            Ok(None) => {}
                            Err(stop) => {
                                self.stopped.store(true, Ordering::Relaxed);
                                locked(&failed).get_or_insert(stop);
                            }
                        }
                    }
                });
            }
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(Stop::Store(error)) => Err(FetchError::Store(error)),
            Some(Stop::State(error)) => Err(FetchError::State(error)),
            None => Ok(entries.into_inner().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}
