//! What came of a run: every source with its pages, nothing silently missing.

use serde::{Deserialize, Serialize};

/// What came of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Kept, with bytes that were not there before.
    Captured,
    /// As it was when last captured.
    Unchanged,
    /// The site, or its robots.txt, does not let programs have it.
    Blocked,
    /// It could not be had, or holds nothing that can be read.
    Unreadable,
    /// It holds hardly any words.
    Thin,
    /// It is another kind of page.
    NotANotice,
    /// Nobody was asked: of this source no address is known. It is an outcome of sources alone, and no failure of a run.
    NoAddress,
}

impl Outcome {
    /// All that a page can come to, in the order of the ledger.
    pub const ALL: [Outcome; 6] = [
        Outcome::Captured,
        Outcome::Unchanged,
        Outcome::Blocked,
        Outcome::Unreadable,
        Outcome::Thin,
        Outcome::NotANotice,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Captured => "captured",
            Outcome::Unchanged => "unchanged",
            Outcome::Blocked => "blocked",
            Outcome::Unreadable => "unreadable",
            Outcome::Thin => "thin",
            Outcome::NotANotice => "not-a-notice",
            Outcome::NoAddress => "no-address",
        }
    }

    /// The outcome of a name.
    pub fn of_name(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|o| o.name() == name)
    }

    /// Whether the page is now in the corpus as part of a notice.
    pub fn is_kept(self) -> bool {
        matches!(self, Outcome::Captured | Outcome::Unchanged)
    }
}

/// What came of one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// The address that answered, or was asked.
    pub address: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Why, where it was not simply kept.
    pub reason: Option<String>,
}

/// What came of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The body's name.
    pub name: String,
    /// Its ODS code.
    pub ods: Option<String>,
    /// ODS codes of the bodies whose work it took over.
    pub predecessors: Vec<String>,
    /// The key of its notice in the corpus, where one was found.
    pub notice: Option<String>,
    /// What came of the notice: of its first page; `captured` where any page of it is new.
    pub outcome: Outcome,
    /// Why, where it was not simply kept.
    pub reason: Option<String>,
    /// What came of its pages, in their order.
    pub pages: Vec<PageEntry>,
    /// How the notice was found: what was looked at, and why that was chosen.
    pub trace: Vec<String>,
}

impl Entry {
    /// Whether all of the notice is in the corpus now.
    pub fn is_whole(&self) -> bool {
        let lost = |p: &PageEntry| matches!(p.outcome, Outcome::Blocked | Outcome::Unreadable);
        self.outcome.is_kept() && !self.pages.iter().any(lost)
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// What came of each source, in the order of the list.
    pub entries: Vec<Entry>,
    /// The names of the sources that the run did not get done with in its time.
    pub unfinished: Vec<String>,
    /// When the run was begun that this one went on with.
    pub resumed: Option<jiff::Timestamp>,
}

impl Ledger {
    /// How many pages came to an outcome. A source of which no page was visited counts as one; one without an address has
    /// no page.
    pub fn pages(&self, outcome: Outcome) -> usize {
        let of = |e: &Entry| match e.pages.len() {
            0 => usize::from(e.outcome == outcome),
            _ => e.pages.iter().filter(|p| p.outcome == outcome).count(),
        };
        self.entries.iter().map(of).sum()
    }

    /// Whether every notice that could be asked for was had whole.
    pub fn is_whole(&self) -> bool {
        let done = |e: &Entry| e.is_whole() || e.outcome == Outcome::NoAddress;
        self.unfinished.is_empty() && self.entries.iter().all(done)
    }

    /// Sources of which no address is known.
    pub fn without_address(&self) -> usize {
        self.entries.iter().filter(|e| e.outcome == Outcome::NoAddress).count()
    }
}
