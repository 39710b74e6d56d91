//! How fast the program reads and judges notices: `cargo bench --bench speed`, or with another amount of HTML in MB,
//! `cargo bench --bench speed -- 5`.
//!
//! In come notices made in memory from a fixed seed; out come MB/s on one thread and, because machines differ, ratios to
//! what other programs' inner loops take for the same bytes in the same run. It asserts nothing.
#![allow(clippy::disallowed_methods)] // a benchmark writes its one file and looks at the clock

#[path = "speed/notices.rs"]
mod notices;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use fairnotice::claims::{self, Context};
use fairnotice::dictionary::{Dictionary, FAMILIES, Family};
use fairnotice::document;
use fairnotice::pipeline::{AsOf, analyse};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SEED: u64 = 20_261_122;

/// How often each thing is measured; the median counts.
const PASSES: usize = 3;

/// Bytes of the one notice that whole programs are timed on.
const PAGE: usize = 64_500;

/// How often each program is started.
const STARTS: usize = 31;

fn main() {
    let asked = std::env::args().skip(1).find_map(|a| a.parse::<usize>().ok());
    let html = notices::pages(SEED, asked.unwrap_or(20).max(1) * 1_000_000);
    let text: Vec<String> = html
        .iter()
        .map(|page| document::read(page.as_bytes(), "notice.html").map(|d| d.text.body).unwrap_or_default())
        .collect();
    let bench = Bench { dictionary: Dictionary::built_in(), day: AsOf::Day("2026-11-22".parse().expect("a day")) };
    println!("One thread, median of {PASSES} passes; ratios are to other work on the same bytes in this run.\n");
    bench.measure("HTML", "notice.html", &html);
    bench.measure("Text", "notice.txt", &text);
    cold_start();
}

struct Bench {
    dictionary: Dictionary,
    day: AsOf,
}

impl Bench {
    /// Measures one form of the notices and prints its table.
    fn measure(&self, what: &str, name: &str, notices: &[String]) {
        let bytes: usize = notices.iter().map(String::len).sum();
        let (mut claims, mut findings) = (0, 0);
        for notice in notices {
            if let Ok(analysis) = analyse(name, notice.as_bytes(), &self.dictionary, self.day) {
                claims += analysis.claims.len();
                findings += analysis.findings.len();
            }
        }
        println!(
            "{what}: {} notices, {:.1} MB, {claims} claims, {findings} findings",
            notices.len(),
            bytes as f64 / 1e6
        );
        let automaton = self.automaton();
        // Each work returns a count, which keeps the compiler from leaving it out.
        let speed = |work: &dyn Fn(&str) -> usize| {
            let all = || drop(black_box(notices.iter().map(|n| work(n)).collect::<Vec<_>>()));
            bytes as f64 / 1e6 / median(all, PASSES).as_secs_f64()
        };
        let read = |n: &str| document::read(n.as_bytes(), name).ok();
        let claims = |n: &str| read(n).map(|d| claims::read(&Context::new(&d.text, &self.dictionary)).len());
        let findings = |n: &str| analyse(name, n.as_bytes(), &self.dictionary, self.day).map(|a| a.findings.len());
        let others = [
            (
                "scraper::Html::parse_document",
                speed(&|n| usize::from(scraper::Html::parse_document(n).tree.root().has_children())),
            ),
            ("aho-corasick, same phrases", speed(&|n| automaton.find_iter(n).count())),
            ("counting line breaks", speed(&|n| n.bytes().filter(|b| *b == b'\n').count())),
        ];
        let own = [
            ("to text", speed(&|n| read(n).map_or(0, |d| d.text.body.len()))),
            ("to claims", speed(&|n| claims(n).unwrap_or(0))),
            ("to findings", speed(&|n| findings(n).unwrap_or(0))),
        ];
        println!("  {:34}{:>9}", "", "MB/s");
        for (other, rate) in others {
            println!("  {other:34}{rate:9.1}");
        }
        println!("  {:34}{:>9}{:>14}{:>18}{:>15}", "", "MB/s", "x scraper", "x aho-corasick", "x counting");
        for (step, rate) in own {
            let [scraper, automaton, counting] = others.map(|(_, other)| rate / other);
            println!("  {step:34}{rate:9.1}{scraper:14.4}{automaton:18.4}{counting:15.4}");
        }
        println!();
    }

    /// What a search for nothing but the dictionary's phrases uses.
    fn automaton(&self) -> AhoCorasick {
        let families = FAMILIES.iter().filter_map(|name| Family::of_file(name));
        let terms = families.flat_map(|family| self.dictionary.family(family));
        let phrases: Vec<&str> =
            terms.flat_map(|t| t.phrases.iter().chain(t.exact.iter())).map(AsRef::as_ref).collect();
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(phrases)
            .expect("the phrases make an automaton")
    }
}

fn median(mut work: impl FnMut(), passes: usize) -> Duration {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..passes).map(once).collect();
    times.sort();
    times[times.len() / 2]
}

/// The whole program on one notice, against ripgrep with fifty words.
fn cold_start() {
    let folder = std::env::temp_dir().join(format!("fairnotice-speed-{}", std::process::id()));
    let (notice, words) = (folder.join("notice.html"), folder.join("words.txt"));
    let page = notices::one(SEED, PAGE);
    let ready = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&notice, &page))
        .and_then(|()| std::fs::write(&words, literals()));
    match ready {
        Ok(()) => compare(&notice, &words, page.len()),
        Err(e) => println!("skipped: the cold start, because the temporary folder cannot be written to: {e}"),
    }
    let _ = std::fs::remove_dir_all(&folder);
}

fn compare(notice: &Path, words: &Path, bytes: usize) {
    println!("Cold start: one notice of {:.0} kB, whole process, median of {STARTS} starts", bytes as f64 / 1e3);
    let mut own = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
    own.args(["check", "--as-of", "2026-11-22"]).arg(notice);
    let mut ripgrep = Command::new("rg");
    ripgrep.args(["-c", "-i", "-F", "-f"]).arg(words).arg(notice);
    let Some(own) = started(&mut own) else {
        println!("skipped: the cold start, because the program does not start");
        return;
    };
    println!("  {:34}{:9.1} ms", "fairnotice check", own.as_secs_f64() * 1e3);
    match started(&mut ripgrep) {
        Some(other) => {
            println!("  {:34}{:9.1} ms", "rg -c -i -F -f, 50 literals", other.as_secs_f64() * 1e3);
            println!("  {:34}{:9.2}", "ratio", own.as_secs_f64() / other.as_secs_f64());
        }
        None => println!("skipped: the comparison with ripgrep, because rg is not installed"),
    }
}

/// How long a program takes from start to end; none where it does not start.
fn started(command: &mut Command) -> Option<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().ok()?;
    Some(median(|| drop(command.status()), STARTS))
}

/// Fifty words that a notice may hold.
fn literals() -> String {
    const WORDS: [&str; 10] = [
        "controller", "lawful basis", "retention", "complaint", "Caldicott", "opt out", "consent", "processor",
        "officer", "section",
    ];
    let lines = (0..50).map(|n| format!("{} {}", WORDS[n % 10], ["", "of", "for", "and the", "is"][n / 10]));
    lines.map(|l| l.trim().to_owned()).collect::<Vec<_>>().join("\n")
}
