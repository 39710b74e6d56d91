//! Indexes what is new: in come the versions of notices that the corpus holds; out comes an index that has exactly those.
//!
//! Notices are read and judged in parallel, a bounded number at a time, and committed in batches: whatever happens, the
//! last commit stays searchable, and what was not committed is new at the next run. A version is known by a key made of
//! its place, its bytes, its time, the program's version and the dictionaries, so whatever any of them would change is
//! made again. Last come the findings between notices (`between`). It never touches a capture.

use super::SearchError;
use super::between::{Comparison, Newest, Official};
use super::entry::Entry;
use super::kept::Kept;
use super::schema::{self, Fields, LAYOUT};
use crate::corpus::{self, Corpus, Instant, Judged, PROGRAM, Reader, Version};
use crate::dictionary::Dictionary;
use crate::model::{Day, sha256};
use crate::pipeline::{Analysis, AsOf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Index, IndexWriter, Searcher, TERMINATED, Term};

/// Under what an index was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Version of the program.
    pub program: String,
    /// Hash of the dictionaries.
    pub dictionaries: String,
    /// The day on which findings were judged last.
    pub judged: String,
    /// Names the notices and registers that were compared with one another; empty where that is still to be done.
    #[serde(default)]
    pub compared: String,
}

/// How to index.
pub struct Settings<'a> {
    /// The dictionary.
    pub dictionary: &'a Dictionary,
    /// The day to judge on.
    pub day: Day,
    /// Everything again, known or not.
    pub again: bool,
    /// Versions between two commits.
    pub batch: usize,
    /// The registers that notices are compared with.
    pub official: Official<'a>,
    /// Most notices that are compared with one another: all of them are in memory while that is done.
    pub compared: usize,
}

/// What an indexing run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Versions that were new.
    pub added: usize,
    /// Versions that were read and judged again: the program, its dictionaries or the month were others.
    pub again: usize,
    /// Versions that were known and are as they were.
    pub known: usize,
    /// Versions that the corpus has no longer.
    pub gone: usize,
    /// Versions, new or known, that could not be read: source and reason.
    pub unreadable: Vec<(String, String)>,
    /// Notices, where they were too many to be compared with one another.
    pub too_many: Option<usize>,
}

/// The stamp of an index.
pub(super) fn stamp(index: &Index) -> Result<Stamp, SearchError> {
    let payload = index.load_metas()?.payload.unwrap_or_default();
    Ok(serde_json::from_str(&payload).unwrap_or_default())
}

/// Most memory for what is not written yet, in bytes.
const MEMORY: usize = 96 * 1024 * 1024;

/// Versions that are read and judged at a time by each thread.
const AT_A_TIME: usize = 16;

/// A version of a notice, and when the next one was first seen.
struct Wanted {
    version: Version,
    superseded: Option<Instant>,
    key: String,
}

/// Brings the index of a corpus up to its versions. `progress` is told after each group how many notices of how many were
/// looked at.
///
/// # Errors
/// Where the captures cannot be read or the index cannot be written. A notice that cannot be read is no error: it is
/// listed.
pub fn update(
    corpus: &Corpus,
    settings: &Settings<'_>,
    mut progress: impl FnMut(usize, usize),
) -> Result<Done, SearchError> {
    let mut indexer = Indexer::open(&corpus.index_dir(), corpus.reader(), settings)?;
    let at_a_time = AT_A_TIME * rayon::current_num_threads();
    let notices = corpus.notices()?;
    let mut group: Vec<Wanted> = Vec::new();
    for (at, notice) in notices.iter().enumerate() {
        let versions = corpus.versions_of(notice)?;
        let after: Vec<Option<Instant>> = versions.iter().skip(1).map(|v| Some(v.instant)).chain([None]).collect();
        for (version, superseded) in versions.into_iter().zip(after) {
            let key = key(&version, superseded, settings);
            if superseded.is_none() {
                let newest = || Newest { key: key.clone(), own: own_key(&version), version: version.clone() };
                indexer.comparison.add(newest);
            }
            if indexer.knows(&version, &key) {
                indexer.done.known += 1;
            } else {
                group.push(Wanted { version, superseded, key });
            }
        }
        if group.len() >= at_a_time {
            indexer.add(std::mem::take(&mut group))?;
            progress(at + 1, notices.len());
        }
    }
    indexer.add(group)?;
    progress(notices.len(), notices.len());
    indexer.finish()
}

/// Names everything that an entry depends on. Findings depend on the day: they are judged again in a new month.
fn key(version: &Version, superseded: Option<Instant>, settings: &Settings<'_>) -> String {
    let day = settings.day;
    let parts = [
        version.notice.clone(),
        version.id(),
        superseded.map(|s| s.to_string()).unwrap_or_default(),
        version.missing.join("\t"),
        version.ods.clone().unwrap_or_default(),
        PROGRAM.to_owned(),
        settings.dictionary.hash(),
        format!("{}-{}", day.year(), day.month()),
    ];
    sha256(parts.join("\n").as_bytes())[..32].to_owned()
}

/// The stamp of an index after a run. What was judged earlier in the month stays as it is, so the earlier day is told.
fn stamped(before: &Stamp, settings: &Settings<'_>) -> Stamp {
    let today = settings.day.to_string();
    let stays = !settings.again && before.judged.get(..7) == today.get(..7) && before.judged < today;
    Stamp {
        program: PROGRAM.to_owned(),
        dictionaries: settings.dictionary.hash(),
        judged: if stays { before.judged.clone() } else { today },
        compared: before.compared.clone(),
    }
}

/// Names a version, whatever becomes of it.
pub(super) fn own_key(version: &Version) -> String {
    sha256(format!("{}\n{}", version.notice, version.instant).as_bytes())[..32].to_owned()
}

/// Writes an index.
pub(super) struct Indexer<'a> {
    pub settings: &'a Settings<'a>,
    pub reader: Reader,
    pub fields: Fields,
    pub writer: IndexWriter,
    pub stamp: Stamp,
    comparison: Comparison,
    /// The keys in the index.
    keys: BTreeSet<String>,
    /// The versions in the index, under whatever key, that no version of this run was.
    versions: BTreeSet<String>,
    waiting: usize,
    done: Done,
    folder: std::path::PathBuf,
}

impl<'a> Indexer<'a> {
    fn open(folder: &Path, reader: Reader, settings: &'a Settings<'a>) -> Result<Indexer<'a>, SearchError> {
        let own = folder.join(LAYOUT);
        std::fs::create_dir_all(&own).map_err(|e| SearchError::Io(own.clone(), e))?;
        let (schema, fields) = Fields::new();
        let directory = tantivy::directory::MmapDirectory::open(&own).map_err(tantivy::TantivyError::from)?;
        let index = Index::open_or_create(directory, schema)?;
        schema::register(&index);
        let threads = rayon::current_num_threads().clamp(1, 4);
        let writer = index.writer_with_num_threads(threads, MEMORY.max(threads * 16 * 1024 * 1024))?;
        let stamp = stamped(&stamp(&index)?, settings);
        let open = searcher(&index)?;
        let keys = terms_in(&open, fields.key)?;
        let versions = terms_in(&open, fields.version)?;
        let folder = folder.to_owned();
        Ok(Indexer {
            settings,
            reader,
            fields,
            writer,
            stamp,
            keys,
            versions,
            comparison: Comparison::new(settings.compared),
            waiting: 0,
            done: Done::default(),
            folder,
        })
    }

    /// Whether a version is there already.
    fn knows(&mut self, version: &Version, key: &str) -> bool {
        let known = !self.settings.again && self.keys.contains(key);
        known && self.versions.remove(&own_key(version))
    }

    fn add(&mut self, group: Vec<Wanted>) -> Result<(), SearchError> {
        let (settings, fields, reader) = (self.settings, self.fields, &self.reader);
        let count = group.len();
        let made: Vec<(String, _, Option<Analysis>, _)> = group
            .into_par_iter()
            .map(|Wanted { version, superseded, key }| {
                let own = own_key(&version);
                let judged = guarded(reader, version, settings)?;
                let document = kept(&judged, superseded, key, settings.dictionary).document(fields);
                let (analysis, unreadable) = match judged.analysis {
                    Ok(analysis) => (Some(analysis).filter(|_| superseded.is_none()), None),
                    Err(reason) => (None, Some((judged.version.notice, reason))),
                };
                Ok((own, document, analysis, unreadable))
            })
            .collect::<Result<Vec<_>, SearchError>>()?;
        // Whatever is new stands beside notices that were not compared with it.
        if count > 0 {
            self.stamp.compared.clear();
        }
        for (own, document, analysis, unreadable) in made {
            if let Some(analysis) = analysis {
                self.comparison.keep(&own, analysis);
            }
            if self.versions.remove(&own) {
                // The one before goes in the same commit in which this one comes.
                self.writer.delete_term(Term::from_field_text(fields.version, &own));
                self.done.again += 1;
            } else {
                self.done.added += 1;
            }
            self.writer.add_document(document)?;
            self.done.unreadable.extend(unreadable);
        }
        self.waiting += count;
        if self.waiting >= self.settings.batch.max(1) {
            self.commit()?;
        }
        Ok(())
    }

    /// Commits what was written.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&self.stamp).unwrap_or_default());
        commit.commit()?;
        self.waiting = 0;
        Ok(())
    }

    /// Takes out what the corpus has no longer, and commits the rest.
    fn finish(mut self) -> Result<Done, SearchError> {
        for own in std::mem::take(&mut self.versions) {
            self.writer.delete_term(Term::from_field_text(self.fields.version, &own));
            self.done.gone += 1;
            self.stamp.compared.clear();
        }
        if self.done.added + self.done.again + self.done.gone > 0 || stamp(self.writer.index())? != self.stamp {
            self.commit()?;
        }
        let comparison = std::mem::take(&mut self.comparison);
        self.done.too_many = Some(comparison.count).filter(|count| *count > self.settings.compared);
        self.compare(comparison)?;
        self.writer.wait_merging_threads()?;
        remove_other_layouts(&self.folder);
        Ok(self.done)
    }
}

/// The index as it was committed last; it stays so whatever is indexed meanwhile.
pub(super) fn searcher(index: &Index) -> Result<Searcher, SearchError> {
    let reader: tantivy::IndexReader =
        index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
    Ok(reader.searcher())
}

/// All terms of a field that a living entry of the index has.
pub(super) fn terms_in(open: &Searcher, field: Field) -> Result<BTreeSet<String>, SearchError> {
    let mut out = BTreeSet::new();
    for segment in open.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
        while terms.advance() {
            let mut postings = inverted
                .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?;
            while postings.doc() != TERMINATED && segment.is_deleted(postings.doc()) {
                postings.advance();
            }
            if postings.doc() != TERMINATED {
                out.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
    }
    Ok(out)
}

/// Indexes of earlier programs, which nothing reads any more.
fn remove_other_layouts(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != LAYOUT && name.bytes().all(|b| b.is_ascii_digit()) {
            // Whoever still searches it keeps its open files; a folder that stays does no harm.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Reads and judges one version. A fault of the program in one notice must not lose the others.
pub(super) fn guarded(reader: &Reader, version: Version, settings: &Settings<'_>) -> Result<Judged, SearchError> {
    let kept = version.clone();
    let judgement = || corpus::judge(reader, version, settings.dictionary, AsOf::Day(settings.day));
    match catch_unwind(AssertUnwindSafe(judgement)) {
        Ok(judged) => Ok(judged?),
        Err(_) => Ok(Judged {
            version: kept,
            analysis: Err(
                "the program failed on this notice; that is a fault of the program: please report it".to_owned()
            ),
            program: PROGRAM,
            dictionaries: settings.dictionary.hash(),
        }),
    }
}

/// A version as the index keeps it.
fn kept(judged: &Judged, superseded: Option<Instant>, key: String, dictionary: &Dictionary) -> Kept {
    let version = own_key(&judged.version);
    let Ok(analysis) = &judged.analysis else { return Kept { key, version, entry: None, text: String::new() } };
    let mut entry = Entry::of(analysis);
    entry.notice.clone_from(&judged.version.notice);
    entry.source = judged.version.pages.first().map_or(judged.version.notice.clone(), |p| p.uri.clone());
    entry.version = judged.version.id();
    entry.sha256.clone_from(&judged.version.sha256);
    entry.captured = judged.version.instant.to_string();
    entry.superseded = superseded.map(|s| s.to_string());
    entry.publisher(judged.version.ods.as_deref(), dictionary);
    Kept { key, version, entry: Some(entry), text: analysis.text.body.clone() }
}
