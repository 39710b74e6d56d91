//! Searches an index: in comes a question; out come the hits of one page, how many there are in all, and their facets.
//!
//! It only reads. The index that it opened stays the same while it answers, whatever is indexed meanwhile.

use super::SearchError;
use super::entry::Entry;
use super::facets::{FacetCounts, Facets};
use super::index::{self, Stamp};
use super::kept::{self, Kept};
use super::passage::{self, Passage};
use super::plan::{Plan, Planner};
use super::query::{self, QueryError};
use super::schema::{Fields, LAYOUT};
use super::{days, schema};
use crate::corpus::{PROGRAM, Version};
use crate::dictionary::Dictionary;
use crate::model::Day;
use std::ops::Bound;
use std::path::Path;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Order, Searcher, Term};

/// What hits are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // `SortBy::ALL` says what each is
pub enum SortBy {
    #[default]
    Relevance,
    Organisation,
    Title,
    Captured,
    Reviewed,
}

impl SortBy {
    /// All of them, with their names and what comes first; the first is the default.
    pub const ALL: [(SortBy, &'static str, &'static str); 5] = [
        (SortBy::Relevance, "relevance", "What fits best"),
        (SortBy::Organisation, "organisation", "By name of the body"),
        (SortBy::Title, "title", "By title"),
        (SortBy::Captured, "captured", "Newest capture first"),
        (SortBy::Reviewed, "reviewed", "Newest review date first; notices without one last"),
    ];

    /// The order of a name.
    pub fn of_name(name: &str) -> Option<SortBy> {
        SortBy::ALL.into_iter().find(|(_, n, _)| *n == name).map(|(order, ..)| order)
    }
}

/// A question to the index.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The query.
    pub query: String,
    /// The corpus of this day rather than of today.
    pub as_of: Option<Day>,
    /// All versions of each notice, not only the newest.
    pub all_versions: bool,
    /// What comes first.
    pub sort: SortBy,
    /// The other way round.
    pub reverse: bool,
    /// Most hits; all where it is 0.
    pub limit: usize,
}

/// A notice that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What is known of it.
    pub entry: Entry,
    /// The words that were looked for.
    pub passage: Passage,
    /// How well it fits.
    pub score: f32,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The query.
    pub query: String,
    /// How many notices fit.
    pub total: usize,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// Counts of all of them.
    pub facets: Facets,
    /// Whether findings were asked for, which hold as of a day.
    pub findings: bool,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum AskError {
    /// The query is wrong.
    Query(QueryError),
    /// The index is.
    Index(SearchError),
}

impl From<QueryError> for AskError {
    fn from(error: QueryError) -> AskError {
        AskError::Query(error)
    }
}

impl From<SearchError> for AskError {
    fn from(error: SearchError) -> AskError {
        AskError::Index(error)
    }
}

impl From<tantivy::TantivyError> for AskError {
    fn from(error: tantivy::TantivyError) -> AskError {
        AskError::Index(SearchError::from(error))
    }
}

/// How many fit, the scores and places of the first of them, and the counts of all.
type Collected = (usize, Vec<(f32, DocAddress)>, Facets);

/// An index that is open for searching.
pub struct Finder {
    searcher: Searcher,
    fields: Fields,
    /// Under what it was made.
    pub stamp: Stamp,
}

impl Finder {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Finder, SearchError> {
        let folder = folder.join(LAYOUT);
        if !folder.join("meta.json").exists() {
            return Err(SearchError::NotIndexed);
        }
        let index = tantivy::Index::open_in_dir(&folder)?;
        schema::register(&index);
        let stamp = index::stamp(&index)?;
        let (_, fields) = Fields::new();
        Ok(Finder { searcher: index::searcher(&index)?, fields, stamp })
    }

    /// Whether it was made by this program with these dictionaries.
    pub fn is_of(&self, dictionary: &Dictionary) -> bool {
        self.stamp.program == PROGRAM && self.stamp.dictionaries == dictionary.hash()
    }

    /// What it keeps of a version and the text of that; none where it does not have it, or could not read it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn kept(&self, version: &Version) -> Result<Option<(Entry, String)>, SearchError> {
        let term = Term::from_field_text(self.fields.version, &index::own_key(version));
        let Some(address) = kept::places(&self.searcher, &term)?.first().copied() else { return Ok(None) };
        let Kept { entry, text, .. } = Kept::at(&self.searcher, self.fields, address)?;
        Ok(entry.map(|entry| (entry, text)))
    }

    /// How many of its versions are none of these.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn others(&self, versions: &[Version]) -> Result<usize, SearchError> {
        let mut there = index::terms_in(&self.searcher, self.fields.version)?;
        for version in versions {
            there.remove(&index::own_key(version));
        }
        Ok(there.len())
    }

    /// Answers a question.
    ///
    /// # Errors
    /// Where the query is wrong or the index cannot be read.
    pub fn ask(&self, ask: &Ask, dictionary: &Dictionary) -> Result<Answer, AskError> {
        let expr = query::parse(&ask.query)?;
        let Plan { query, sought, findings } = Planner::new(self.fields, dictionary, ask.as_of).plan(&expr)?;
        let query = BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, self.versions(ask))]);
        let (total, found, facets) = self.collect(&query, ask)?;
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let Kept { entry, text, .. } = Kept::at(&self.searcher, self.fields, address)?;
            let entry = entry.ok_or(SearchError::Damaged)?;
            let passage = passage::of(&text, &entry, &sought);
            hits.push(Hit { entry, passage, score });
        }
        Ok(Answer { query: ask.query.clone(), total, hits, facets, findings })
    }

    /// The versions among which is searched.
    fn versions(&self, ask: &Ask) -> Box<dyn Query> {
        let state = |state: &str| {
            let term = Term::from_field_text(self.fields.facts, &format!("state:{state}"));
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
        };
        let all: Box<dyn Query> = Box::new(BooleanQuery::union(vec![state("current"), state("past")]));
        let among = match ask.as_of {
            None if ask.all_versions => all,
            None => state("current"),
            Some(day) => {
                let day = days::number(day);
                let bound = |field, day| Bound::Included(Term::from_field_u64(field, day));
                let mut among: Vec<Box<dyn Query>> = vec![all];
                let captured = self.fields.captured;
                among.push(Box::new(RangeQuery::new(bound(captured, 0), bound(captured, day))));
                if !ask.all_versions {
                    let until = self.fields.superseded;
                    among.push(Box::new(RangeQuery::new(bound(until, day + 1), bound(until, schema::NEVER))));
                }
                Box::new(BooleanQuery::intersection(among))
            }
        };
        Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(among, 1.0)), 0.0))
    }

    fn collect(&self, query: &dyn Query, ask: &Ask) -> Result<Collected, AskError> {
        let all = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX).max(1);
        let limit = if ask.limit == 0 { all } else { ask.limit.min(all) };
        let order = |natural: Order| match (natural, ask.reverse) {
            (Order::Asc, false) | (Order::Desc, true) => Order::Asc,
            _ => Order::Desc,
        };
        let level = || (SortByStaticFastValue::<u64>::for_field("order"), Order::Asc);
        let top = || TopDocs::with_limit(limit);
        macro_rules! found {
            ($key:expr) => {{
                let top = top().order_by(($key, (SortBySimilarityScore, Order::Desc), level()));
                let (total, found, facets) = self.searcher.search(query, &(Count, top, FacetCounts))?;
                (total, found.into_iter().map(|((_, score, _), address)| (score, address)).collect(), facets)
            }};
        }
        Ok(match ask.sort {
            SortBy::Relevance => {
                let top = top().order_by(((SortBySimilarityScore, order(Order::Desc)), level()));
                let (total, found, facets) = self.searcher.search(query, &(Count, top, FacetCounts))?;
                (total, found.into_iter().map(|((score, _), address)| (score, address)).collect(), facets)
            }
            SortBy::Organisation => found!((SortByString::for_field("organisation"), order(Order::Asc))),
            SortBy::Title => found!((SortByString::for_field("title"), order(Order::Asc))),
            SortBy::Captured => found!((SortByStaticFastValue::<u64>::for_field("captured"), order(Order::Desc))),
            SortBy::Reviewed => found!((SortByStaticFastValue::<u64>::for_field("reviewed"), order(Order::Desc))),
        })
    }
}
