//! How fast notices are indexed and found: `cargo bench --bench search`, or with another number of notices,
//! `cargo bench --bench search -- 100000`.
//!
//! In come notices made in memory from a fixed seed and kept in a corpus of their own; out come the time, size and memory
//! of `fairnotice index`, and the times of twenty queries with their facets and snippets, beside SQLite's full-text search
//! over the same texts in the same run. It asserts nothing.
#![allow(clippy::disallowed_methods)] // a benchmark writes its corpus and looks at the clock

#[path = "search/fts5.rs"]
mod fts5;
#[allow(dead_code)] // the other benchmark uses the rest
#[path = "speed/notices.rs"]
mod notices;

use fairnotice::corpus::{Corpus, Exchange};
use fairnotice::dictionary::Dictionary;
use fairnotice::search::{Ask, Finder, SortBy};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SEED: u64 = 20_261_122;

/// Captures kept at a time.
const AT_A_TIME: usize = 500;

/// How often each query is asked; all times count.
const PASSES: usize = 5;

/// Hits of a page, each with its snippet.
const PAGE: usize = 10;

/// A query of ours, and the same for SQLite where its language can say it.
pub struct Asked {
    ours: &'static str,
    theirs: Option<&'static str>,
}

const QUERIES: [Asked; 20] = [
    Asked { ours: "consent", theirs: Some("consent") },
    Asked { ours: "complaint", theirs: Some("complaint OR complaints") },
    Asked { ours: "safeguarding neighbourhood", theirs: Some("safeguarding neighbourhood") },
    Asked { ours: "\"securely destroyed\"", theirs: Some("\"securely destroyed\"") },
    Asked { ours: "\"Senior Information Risk Owner\"", theirs: Some("\"senior information risk owner\"") },
    Asked { ours: "pseudonym*", theirs: Some("pseudonym*") },
    Asked { ours: "interview OR visitor", theirs: Some("interview OR visitor") },
    Asked { ours: "payroll -archives", theirs: Some("payroll NOT archives") },
    Asked { ours: "6(1)(e)", theirs: Some("\"6 1 e\"") },
    Asked { ours: "CAG 7-07(a)/2012", theirs: Some("\"7 07 a 2012\"") },
    Asked { ours: "basis:9(2)(h)", theirs: None },
    Asked { ours: "basis:9(2)(h) purpose:risk-stratification", theirs: None },
    Asked { ours: "cag:7-03*", theirs: None },
    Asked { ours: "processor:optum purpose:invoice-validation", theirs: None },
    Asked { ours: "role:dpo person:farah", theirs: None },
    Asked { ours: "statute:\"data protection act 1998\"", theirs: None },
    Asked { ours: "rule:outdated/dpa-1998 severity:error", theirs: None },
    Asked { ours: "type:icb -claim:retention", theirs: None },
    Asked { ours: "reviewed:2018..2020 retention:P8Y", theirs: None },
    Asked { ours: "org:ashmere \"automated means\" -basis:6(1)(a)", theirs: None },
];

fn main() {
    let asked = std::env::args().skip(1).find_map(|a| a.parse::<usize>().ok());
    let count = asked.unwrap_or(2_000).max(10);
    let dir = std::env::temp_dir().join(format!("fairnotice-bench-search-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    let done = measure(&dir, count);
    let _ = std::fs::remove_dir_all(&dir);
    if let Err(e) = done {
        println!("stopped: {e}");
    }
}

fn measure(dir: &Path, count: usize) -> Result<(), Box<dyn std::error::Error>> {
    println!("{count} notices of 4 to 24 kB of HTML from seed {SEED}.\n");
    let tenth = count / 10;
    let mut bytes = capture(dir, 0..tenth)?;
    let first = index(dir)?;
    bytes += capture(dir, tenth..count)?;
    let rest = index(dir)?;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let seconds = (first.time + rest.time).as_secs_f64();
    println!(
        "fairnotice index: reading, claims, findings and index, {} threads",
        std::thread::available_parallelism()?
    );
    println!("  {:34}{:>12.0}", "notices per second", count as f64 / seconds);
    println!("  {:34}{:>12.1}", "MB of HTML per second", megabytes(bytes) / seconds);
    println!("  {:34}{:>12.1}", "HTML, MB", megabytes(bytes));
    println!("  {:34}{:>12.1}", "captures on disk, MB", megabytes(size(&dir.join("captures"))));
    println!("  {:34}{:>12.1}", "index on disk, MB", megabytes(size(&dir.join("index"))));
    let memory = |run: &Indexed| run.peak.map_or("not known here".to_owned(), |kb| format!("{:.0}", kb as f64 / 1e3));
    println!("  {:34}{:>12}", format!("peak memory, {tenth} notices, MB"), memory(&first));
    println!("  {:34}{:>12}", format!("peak memory, {} more, MB", count - tenth), memory(&rest));
    let base = fts5::Base::new(dir, count)?;
    println!("\nSQLite FTS5 over the same texts, porter stemmer, one thread; texts alone, read beforehand");
    println!("  {:34}{:>12.0}", "texts per second", count as f64 / base.time.as_secs_f64());
    println!("  {:34}{:>12.1}", "database on disk, MB", megabytes(size(&base.path)));
    queries(dir, &base)
}

/// A notice of the corpus.
fn notice(number: usize) -> String {
    notices::one(SEED + number as u64, 4_000 + (number * 7919) % 20_000)
}

/// Keeps notices in the corpus; their bytes.
fn capture(dir: &Path, numbers: std::ops::Range<usize>) -> Result<u64, Box<dyn std::error::Error>> {
    let mut corpus = Corpus::create(dir)?;
    let mut bytes = 0;
    let numbers: Vec<usize> = numbers.collect();
    for some in numbers.chunks(AT_A_TIME) {
        let exchanges: Vec<Exchange> = some
            .iter()
            .map(|number| {
                let page = notice(*number).into_bytes();
                bytes += page.len() as u64;
                let uri = format!("https://www.board-{number}.example/privacy");
                Exchange::file(&uri, fairnotice::corpus::Instant::UNIX_EPOCH, "text/html", page)
            })
            .collect();
        corpus.append_all(&exchanges)?;
    }
    Ok(bytes)
}

struct Indexed {
    time: Duration,
    /// In kB, where the system tells.
    peak: Option<u64>,
}

/// Runs the program as a user does.
fn index(dir: &Path) -> Result<Indexed, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fairnotice"))
        .args(["index", "--as-of", "2026-11-22", "--corpus"])
        .arg(dir)
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = None;
    loop {
        peak = memory(&child).max(peak);
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                return Err(format!("fairnotice index ended with {status}").into());
            }
            return Ok(Indexed { time: start.elapsed(), peak });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The most memory that a process has held so far, in kB.
fn memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Bytes of a file, or of all files below a folder.
fn size(path: &PathBuf) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else { return std::fs::metadata(path).map_or(0, |m| m.len()) };
    entries.flatten().map(|e| size(&e.path())).sum()
}

fn queries(dir: &Path, base: &fts5::Base) -> Result<(), Box<dyn std::error::Error>> {
    let finder = Finder::open(&dir.join("index"))?;
    let dictionary = Dictionary::built_in();
    println!("\nQueries: total, facets and {PAGE} hits with snippets, median of {PASSES}, in ms");
    println!("  {:54}{:>8}{:>11}{:>11}", "", "hits", "fairnotice", "FTS5");
    let (mut ours, mut same, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for query in &QUERIES {
        let (mut times, mut total) = (Vec::new(), 0);
        for _ in 0..PASSES {
            let ask = Ask {
                query: query.ours.to_owned(),
                as_of: None,
                all_versions: false,
                sort: SortBy::Relevance,
                reverse: false,
                limit: PAGE,
            };
            let start = Instant::now();
            total = finder.ask(&ask, &dictionary).map_err(|e| format!("{}: {e:?}", query.ours))?.total;
            times.push(start.elapsed());
        }
        let other = query.theirs.map(|q| base.ask(q, PAGE, PASSES)).transpose()?;
        let shown = other.as_ref().map_or("cannot say".to_owned(), |t| format!("{:.1}", milliseconds(middle(t))));
        println!("  {:54}{total:8}{:11.1}{shown:>11}", query.ours, milliseconds(middle(&times)));
        if let Some(other) = other {
            same.extend(times.clone());
            theirs.extend(other);
        }
        ours.extend(times);
    }
    let line = |what: &str, times: &mut Vec<Duration>| {
        times.sort();
        let at = |part: usize| milliseconds(times[(times.len() - 1) * part / 100]);
        println!("  {what:54}{:>8}{:11.1}{:11.1}", times.len(), at(50), at(99));
    };
    println!("\n  {:54}{:>8}{:>11}{:>11}", "", "asked", "p50", "p99");
    line("fairnotice, all twenty", &mut ours);
    line("fairnotice, those that FTS5 can say", &mut same);
    line("FTS5", &mut theirs);
    Ok(())
}

fn middle(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
