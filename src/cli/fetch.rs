//! `fairnotice fetch`: published notices into the corpus.

use super::arguments::{dictionary, format, formats};
use super::output::{Output, Screen, complain};
use super::{Failure, input};
use crate::corpus::Corpus;
use crate::fetch::{self, Allowed, Bounds, Entry, Outcome, Patience, Settings, Source, SystemClock, Watcher};
use crate::report::LEDGER;
use crate::report::terminal::clean;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Captures the published notices that a list of sources names
///
/// Sites are asked politely: robots.txt is obeyed, a host is asked for one page at a time and left in peace in between,
/// pages that did not change are not sent again. A fetch that was stopped goes on where it was. Proxies are not used.
#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0 every notice was had whole (sources without an address are told, and are no failure); 2 bad usage, or the corpus cannot be written; 3 something could not be had, the ledger says what"
)]
pub(super) struct Arguments {
    /// Folder of the corpus; it is made where it does not exist
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// List of sources (TOML); corpus/sources.toml of this project shows the form [default: sources.toml of the corpus]
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// E-mail address at which sites can reach you about these requests; it is sent with each of them
    #[arg(long, value_name = "EMAIL", value_parser = contact)]
    contact: String,
    /// A host of a private network that may be fetched from, on this port or, without one, on any; may be repeated
    #[arg(long, value_name = "HOST[:PORT]", value_parser = Allowed::parse)]
    allow_private: Vec<Allowed>,
    /// Least time between two requests to a host, at least 1 but for hosts named with --allow-private [default: 3; for
    /// those 0.3]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    delay: Option<Duration>,
    /// Longest time that a site can make the fetch wait (Retry-After, Crawl-delay)
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    max_wait: Duration,
    /// Longest time for one page
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// Largest page, as sent
    #[arg(long, value_name = "MB", default_value = "20", value_parser = clap::value_parser!(u64).range(1..=1000))]
    max_size: u64,
    /// Most pages of one notice
    #[arg(long, value_name = "N", default_value = "60", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    max_pages: u32,
    /// Most links between a page and the first page of its notice
    #[arg(long, value_name = "N", default_value = "2")]
    max_depth: u32,
    /// Begin no further page after this time; the next fetch goes on from there
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    max_minutes: Option<u64>,
    /// Sources that are fetched at the same time
    #[arg(long, value_name = "N", default_value = "8", value_parser = clap::value_parser!(u16).range(1..=64))]
    parallel: u16,
    /// Begin anew, where an earlier fetch was not finished
    #[arg(long)]
    restart: bool,
    /// How to write the ledger
    #[arg(long, value_name = "FORMAT", default_value = LEDGER[0].name, value_parser = formats(LEDGER))]
    format: String,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// The least time between two requests to a host.
const DELAY: Duration = Duration::from_secs(3);

/// That time for a private host, which is the user's own.
const DELAY_OF_NAMED: Duration = Duration::from_millis(300);

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let dictionary = dictionary(arguments.dictionaries.as_deref())?;
    let sources = sources(&arguments, &dictionary)?;
    let corpus = Corpus::create(&arguments.corpus).map_err(|e| Failure(e.to_string()))?;
    let settings = Settings {
        contact: arguments.contact,
        allowed: arguments.allow_private,
        patience: Patience {
            least: arguments.delay.unwrap_or(DELAY),
            least_named: arguments.delay.unwrap_or(DELAY_OF_NAMED),
            longest: arguments.max_wait,
            tries: 3,
        },
        bounds: Bounds { size: arguments.max_size * 1024 * 1024, time: arguments.timeout },
        most_pages: arguments.max_pages,
        most_depth: arguments.max_depth,
        parallel: usize::from(arguments.parallel),
        time: arguments.max_minutes.map(|minutes| Duration::from_secs(minutes * 60)),
        anew: arguments.restart,
    };
    let progress = Progress::new(screen.quiet);
    let ledger = fetch::run(&sources, corpus, &dictionary, &settings, &SystemClock::default(), &progress);
    progress.bar.finish_and_clear();
    let ledger = ledger.map_err(|e| Failure(e.to_string()))?;
    let look = screen.look(&arguments.output);
    arguments.output.write(&(format(LEDGER, Some(&arguments.format)).render)(&ledger, &look))?;
    Ok(if ledger.is_whole() { 0 } else { 3 })
}

fn sources(arguments: &Arguments, dictionary: &crate::dictionary::Dictionary) -> Result<Vec<Source>, Failure> {
    let own = arguments.corpus.join("sources.toml");
    let path: &Path = arguments.sources.as_deref().unwrap_or(&own);
    arguments.output.check(&[path.to_owned()])?;
    let content = std::fs::read_to_string(path).map_err(|e| {
        Failure(format!(
            "{}: {}; name a list of sources with --sources, such as corpus/sources.toml of this project",
            path.display(),
            input::reason(&e)
        ))
    })?;
    fetch::parse_sources(&path.to_string_lossy(), &content, dictionary).map_err(|e| Failure(e.to_string()))
}

/// An e-mail address that can be sent in the head of a request.
fn contact(words: &str) -> Result<String, String> {
    let good = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    match words.split_once('@') {
        Some((name, host))
            if !name.is_empty()
                && name.chars().all(good)
                && host.contains('.')
                && host
                    .split('.')
                    .all(|l| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')) =>
        {
            Ok(words.to_owned())
        }
        _ => {
            Err("write the e-mail address of whoever answers for the fetch, such as ig.team@example.nhs.uk".to_owned())
        }
    }
}

fn seconds(words: &str) -> Result<Duration, String> {
    let seconds = words.parse().ok().and_then(|s: f64| Duration::try_from_secs_f64(s).ok());
    seconds
        .filter(|s| *s <= Duration::from_secs(86_400))
        .ok_or_else(|| "write seconds, at most 86400 (a day)".to_owned())
}

/// Shows how far the fetch is: a bar on a terminal, else a line for each source.
struct Progress {
    bar: ProgressBar,
    lines: bool,
    quiet: bool,
}

impl Progress {
    fn new(quiet: bool) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        let bar = if terminal && !quiet { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("[{elapsed}] {bar:30} {pos} of {len} sources  {wide_msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Progress { bar, lines: !terminal && !quiet, quiet }
    }
}

impl Watcher for Progress {
    fn begins(&self, sources: usize, resumed: Option<jiff::Timestamp>) {
        self.bar.set_length(sources as u64);
        if let Some(begun) = resumed.filter(|_| !self.quiet) {
            complain("note", &format!("goes on with the fetch begun at {begun}; --restart begins a new one"));
        }
    }

    fn page(&self, address: &str, _: Option<Outcome>, left_out: u32) {
        self.bar.set_message(clean(address).into_owned());
        if left_out > 0 {
            let what = format!("{}: {left_out} further pages were left out; --max-pages allows more", clean(address));
            self.bar.suspend(|| complain("note", &what));
        }
    }

    fn source(&self, entry: &Entry) {
        self.bar.inc(1);
        if self.lines {
            let kept = entry.pages.iter().filter(|p| p.outcome.is_kept()).count();
            let reason = entry.reason.as_ref().map(|r| format!(": {}", clean(r))).unwrap_or_default();
            let of = entry.pages.len();
            complain(
                &entry.outcome.name().replace('-', " "),
                &format!("{}, {kept} of {of} pages kept{reason}", clean(&entry.name)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::contact;

    #[test]
    fn a_contact_can_be_written_to() {
        assert!(contact("ig.team+crawl@wealdshire.icb.nhs.uk").is_ok());
        for wrong in ["", "me", "@b.uk", "a@", "a@b", "a@b..uk", "a b@c.uk", "a@b.uk\r\nX: y", "a@b.uk)"] {
            assert!(contact(wrong).is_err(), "{wrong}");
        }
    }
}
