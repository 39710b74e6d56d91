//! What the tests of fetching share: a corpus that goes away, a clock that need not wait, and runs of library and program.

use crate::world::Site;
use fairnotice::corpus::{Capture, Corpus, Version};
use fairnotice::dictionary::Dictionary;
use fairnotice::fetch::{
    self, Allowed, Bounds, Clock, Entry, Ledger, Outcome, Patience, Settings, Source, Watcher, parse_sources,
};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A folder that is removed with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("fairnotice-fetch-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder is writable");
        Folder(path)
    }

    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).expect("the temporary folder is writable");
        path
    }

    pub fn corpus(&self) -> Corpus {
        Corpus::open(&self.0).expect("the corpus can be read")
    }

    pub fn versions(&self) -> Vec<Version> {
        self.corpus().versions().expect("the catalogue can be read")
    }

    pub fn captures(&self) -> Vec<Capture> {
        self.corpus().captures().expect("the catalogue can be read")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A clock that passes over waits and writes them down.
pub struct Hurried {
    start: Instant,
    waited: Mutex<Vec<Duration>>,
}

impl Hurried {
    pub fn new() -> Hurried {
        Hurried { start: Instant::now(), waited: Mutex::default() }
    }

    pub fn waits(&self) -> Vec<Duration> {
        self.waited.lock().expect("no thread failed").clone()
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        self.sleep(time);
    }
}

impl Clock for Hurried {
    fn now(&self) -> jiff::Timestamp {
        let begin: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().expect("a timestamp");
        begin + jiff::SignedDuration::try_from(self.ticks()).expect("hours, not years")
    }

    fn ticks(&self) -> Duration {
        self.start.elapsed() + self.waits().iter().sum::<Duration>()
    }

    fn sleep(&self, time: Duration) {
        self.waited.lock().expect("no thread failed").push(time);
    }
}

struct Silent;

impl Watcher for Silent {
    fn begins(&self, _: usize, _: Option<jiff::Timestamp>) {}
    fn page(&self, _: &str, _: Option<Outcome>, _: u32) {}
    fn source(&self, _: &Entry) {}
}

/// Settings that let these sites be spoken to.
pub fn settings(sites: &[&Site]) -> Settings {
    let allowed = |site: &&Site| Allowed::parse(&format!("127.0.0.1:{}", site.port)).expect("a host");
    Settings {
        contact: "crawl@example.org".to_owned(),
        allowed: sites.iter().map(allowed).collect(),
        patience: Patience {
            least: Duration::from_secs(3),
            least_named: Duration::from_secs(3),
            longest: Duration::from_secs(300),
            tries: 3,
        },
        bounds: Bounds { size: 1024 * 1024, time: Duration::from_secs(20) },
        most_pages: 60,
        most_depth: 2,
        parallel: 4,
        time: None,
        anew: false,
    }
}

pub fn sources(toml: &str) -> Vec<Source> {
    parse_sources("sources.toml", toml, &Dictionary::built_in()).expect("the sources have no mistake")
}

/// A source whose notice is at an address.
pub fn at(name: &str, address: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nnotice = \"{address}\"\n")
}

/// A source whose home page is at an address.
pub fn home(name: &str, address: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nwebsite = \"{address}\"\n")
}

/// Fetches into a folder, without waiting.
pub fn fetch(folder: &Folder, toml: &str, settings: &Settings, clock: &Hurried) -> Ledger {
    let corpus = Corpus::create(&folder.0).expect("the corpus can be made");
    fetch::run(&sources(toml), corpus, &Dictionary::built_in(), settings, clock, &Silent).expect("the run ends well")
}

/// The outcomes of the pages of a source, by path.
pub fn outcomes(entry: &Entry) -> Vec<(String, Outcome)> {
    let path = |address: &str| address.splitn(4, '/').nth(3).map(|p| format!("/{p}")).unwrap_or_default();
    entry.pages.iter().map(|p| (path(&p.address), p.outcome)).collect()
}

/// The program with its first arguments.
pub fn program(folder: &Folder, sources: &str, sites: &[&Site]) -> Command {
    let list = folder.file("list.toml", sources);
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
    command.env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
    command.args(["fetch", "--contact", "crawl@example.org", "--delay", "0.01", "--corpus"]);
    command.arg(folder.0.join("corpus")).arg("--sources").arg(list);
    for site in sites {
        command.arg("--allow-private").arg(format!("127.0.0.1:{}", site.port));
    }
    command
}
