//! A fetch that is stopped goes on where it was, and the program says what came of it.

use crate::rig::{Folder, Hurried, at, fetch, home, program, settings};
use crate::world::{Reply, Site, layer, notice};
use fairnotice::corpus::{Corpus, Version};
use fairnotice::fetch::{Outcome, Settings};
use std::collections::BTreeSet;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A board whose notice has seven pages, each of which takes a moment.
fn board(name: &'static str) -> Site {
    const PURPOSES: [&str; 6] =
        ["complaints", "CCTV", "safeguarding", "invoice validation", "risk stratification", "recruitment"];
    Site::new(move |asked| {
        std::thread::sleep(Duration::from_millis(10));
        match asked.path.as_str() {
            "/" => Reply::page("<h1>Home</h1><a href=/privacy>Privacy notice</a>"),
            "/privacy" => {
                let links: String = (0..6).map(|n| format!("<li><a href=/privacy/{n}>{}</a>", PURPOSES[n])).collect();
                Reply::page(notice(name, &format!("<ul>{links}</ul>")))
            }
            path => match path.strip_prefix("/privacy/").and_then(|n| n.parse::<usize>().ok()) {
                Some(n) if n < 6 => Reply::page(layer(PURPOSES[n])),
                _ => Reply::missing(),
            },
        }
    })
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn ended(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

/// What a version holds, apart from when and where it was written.
fn content(versions: &[Version]) -> Vec<(String, Vec<(String, String)>)> {
    let pages = |v: &Version| v.pages.iter().map(|p| (p.uri.clone(), p.sha256.clone())).collect();
    versions.iter().map(|v| (v.notice.clone(), pages(v))).collect()
}

/// Numbers that look like chance and are the same each time.
fn chance(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn a_source_without_an_address_is_told_and_is_no_failure() {
    let site = board("NHS Holmedale ICB");
    let list = home("NHS Holmedale ICB", &site.at("/")) + "[[source]]\nname = \"NHS Nowhere ICB\"\n";
    let folder = Folder::new();
    let output = ended(&mut program(&folder, &list, &[&site]));
    let said = words(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}{}", words(&output.stderr));
    assert!(said.contains("no address    NHS Nowhere ICB\n"), "{said}");
    assert!(said.contains("no address is known: add website = \"https://…\""), "{said}");
    assert!(said.contains("2 sources: 1 had whole, 1 without an address"), "{said}");
    let json = ended(program(&folder, &list, &[&site]).args(["--format", "json"]));
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((&json["whole"], &json["without_address"]), (&true.into(), &1.into()), "{json}");
    assert_eq!(json["sources"][1]["outcome"], "no-address");
}

#[test]
fn killed_at_any_moment_it_loses_nothing_and_goes_on() {
    let kills = std::env::var("FAIRNOTICE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(50);
    let sites = [board("NHS Holmedale ICB"), board("NHS Marlow Vale ICB"), board("NHS Wealdshire ICB")];
    let sites: Vec<&Site> = sites.iter().collect();
    let list: String = sites.iter().enumerate().map(|(n, s)| home(&format!("Board {n}"), &s.at("/"))).collect();

    let whole = Folder::new();
    let output = ended(&mut program(&whole, &list, &sites));
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let expected = content(&Corpus::open(&whole.0.join("corpus")).and_then(|c| c.versions()).expect("readable"));
    assert_eq!(expected.iter().map(|(_, pages)| pages.len()).collect::<Vec<_>>(), [7, 7, 7]);

    let folder = Folder::new();
    let (mut seed, mut kept, mut killed) = (7, BTreeSet::new(), 0);
    for _ in 0..kills {
        let mut command = program(&folder, &list, &sites);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(chance(&mut seed) % 250));
        killed += usize::from(child.try_wait().expect("it is ours").is_none());
        let _ = child.kill();
        child.wait().expect("it is ours");
        if !folder.0.join("corpus/captures").is_dir() {
            continue;
        }
        let corpus = Corpus::open(&folder.0.join("corpus")).expect("the corpus can be read after a kill");
        let there: BTreeSet<String> = corpus.captures().expect("readable").into_iter().map(|c| c.id).collect();
        assert!(there.is_superset(&kept), "what was captured is still there");
        kept = there;
    }
    println!("{killed} of {kills} runs were killed before they ended; {} captures survived", kept.len());

    let output = ended(&mut program(&folder, &list, &sites));
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let corpus = Corpus::open(&folder.0.join("corpus")).expect("readable");
    assert_eq!(content(&corpus.versions().expect("readable")), expected, "as if it had been fetched in one go");
    for capture in corpus.captures().expect("readable") {
        corpus.bytes(&capture).expect("every capture holds what was captured");
    }
}

#[test]
fn a_run_whose_time_is_over_goes_on_behind_the_last_page() {
    let (site, folder, clock) = (board("NHS Holmedale ICB"), Folder::new(), Hurried::new());
    let list = at("NHS Holmedale ICB", &site.at("/privacy"));
    let short = Settings { time: Some(Duration::from_secs(8)), ..settings(&[&site]) };
    let first = fetch(&folder, &list, &short, &clock);
    assert_eq!(first.unfinished, ["NHS Holmedale ICB"]);
    assert!(!first.is_whole());
    let asked = site.paths().len();
    assert!((1..7).contains(&asked), "it stopped half way: {asked}");
    assert!(folder.versions().is_empty(), "half a notice is no version");
    let second = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert!(second.resumed.is_some() && second.is_whole(), "{second:?}");
    assert_eq!(second.pages(Outcome::Captured), 7);
    let mut paths = site.paths();
    paths.sort();
    paths.dedup();
    assert_eq!((paths.len(), site.paths().len()), (7, 7), "no page was asked for twice");
    assert_eq!(folder.versions().len(), 1);

    let stopped = fetch(&folder, &list, &short, &clock);
    assert_eq!(stopped.unfinished.len(), 1);
    let anew = fetch(&folder, &list, &Settings { anew: true, ..settings(&[&site]) }, &clock);
    assert!(anew.resumed.is_none(), "--restart begins a new run");
}

#[test]
fn the_program_says_what_came_of_every_source() {
    let site = board("NHS Holmedale ICB");
    let folder = Folder::new();
    let list = home("NHS Holmedale ICB", &site.at("/")) + &at("NHS Lost ICB", &site.at("/lost"));
    let output = ended(program(&folder, &list, &[&site]).env("COLUMNS", "140"));
    let (out, err) = (words(&output.stdout), words(&output.stderr));
    assert_eq!(output.status.code(), Some(3), "something could not be had\n{out}{err}");
    assert!(out.contains("captured      NHS Holmedale ICB: 7 pages"), "{out}");
    assert!(out.contains("unreadable    NHS Lost ICB"), "{out}");
    assert!(out.contains("pages: 7 captured, 0 unchanged, 0 blocked, 1 unreadable, 0 thin, 0 not a notice"), "{out}");
    assert!(out.contains("the link says \"Privacy notice\""), "{out}");
    assert!(err.contains("captured: NHS Holmedale ICB, 7 of 7 pages kept\n"), "{err}");

    let output = ended(program(&folder, &list, &[&site]).args(["--format", "json", "--quiet"]));
    assert!(output.stderr.is_empty(), "{}", words(&output.stderr));
    let ledger: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(ledger["schema"], "fairnotice/ledger/1");
    assert_eq!(ledger["pages"]["unchanged"], 7);
    assert_eq!(ledger["sources"][0]["outcome"], "unchanged");
    assert_eq!(ledger["sources"][1]["pages"][0]["outcome"], "unreadable");
    assert!(ledger["sources"][0]["trace"].as_array().is_some_and(|t| !t.is_empty()));
}

#[test]
fn mistakes_are_told_with_their_cure() {
    let folder = Folder::new();
    let site = board("NHS Holmedale ICB");
    let told = |output: Output| (output.status.code(), words(&output.stderr));
    let (code, said) = told(ended(&mut program(&folder, "[[source]]\nods = \"QOX\"\nwebsit = \"x\"\n", &[])));
    assert_eq!(code, Some(2));
    assert!(said.contains("list.toml:3: unknown field `websit`"), "{said}");
    let nobody =
        Command::new(env!("CARGO_BIN_EXE_fairnotice")).args(["fetch", "--contact", "nobody", "--corpus", "x"]).output();
    let (code, said) = told(nobody.expect("the program starts"));
    assert_eq!(code, Some(2));
    assert!(said.contains("e-mail address"), "{said}");
    let (code, said) = told(ended(&mut program(&folder, &at("A", &site.at("/privacy")), &[])));
    assert_eq!(code, Some(3), "a private address that is not named");
    assert!(said.contains("--allow-private 127.0.0.1"), "{said}");
    assert!(site.asked().is_empty());
    let missing = Command::new(env!("CARGO_BIN_EXE_fairnotice"))
        .args(["fetch", "--contact", "crawl@example.org", "--corpus"])
        .arg(folder.0.join("empty"))
        .output();
    let (code, said) = told(missing.expect("the program starts"));
    assert_eq!(code, Some(2));
    assert!(said.contains("sources.toml: no such file") && said.contains("--sources"), "{said}");
}

#[test]
fn two_fetches_do_not_share_a_corpus() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        _ => Reply::page(notice("NHS Holmedale ICB", "")).drip(Duration::from_millis(100)),
    });
    let folder = Folder::new();
    let list = at("NHS Holmedale ICB", &site.at("/privacy"));
    let mut first = program(&folder, &list, &[&site]).stdout(Stdio::null()).spawn().expect("the program starts");
    while site.paths().is_empty() {
        assert!(first.try_wait().expect("it is ours").is_none(), "the first fetch asks for the page");
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = ended(&mut program(&folder, &list, &[&site]));
    let _ = first.kill();
    first.wait().expect("it is ours");
    assert_eq!(second.status.code(), Some(2));
    assert!(words(&second.stderr).contains("another fetch is at work"), "{}", words(&second.stderr));
}

#[test]
fn other_tools_read_what_was_captured() {
    let python = std::env::var("FAIRNOTICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import warcio"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        println!("skipped: warcio (a Python package) is not installed, so what was fetched was not read by it");
        return;
    }
    let warcio = |arguments: &[&str]| {
        let start = "import sys; from warcio.cli import main; sys.exit(main())";
        ended(Command::new(&python).args(["-c", start]).args(arguments))
    };
    let (site, folder, clock) = (board("NHS Holmedale ICB"), Folder::new(), Hurried::new());
    let list = home("NHS Holmedale ICB", &site.at("/")) + &at("NHS Lost ICB", &site.at("/lost"));
    fetch(&folder, &list, &settings(&[&site]), &clock);
    fetch(&folder, &list, &settings(&[&site]), &clock);
    let files = std::fs::read_dir(folder.0.join("captures")).expect("captures were made");
    let files: Vec<String> = files.map(|f| f.expect("readable").path().to_string_lossy().into_owned()).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).filter(|f| f.contains(".warc")).collect();
    assert!(!files.is_empty());
    let check = warcio(&[&["check"], &files[..]].concat());
    assert!(check.status.success(), "{}{}", words(&check.stdout), words(&check.stderr));
    let index = warcio(&[&["index", "-f", "warc-type,warc-target-uri,http:status"], &files[..]].concat());
    let (lines, address) = (words(&index.stdout), format!("\"{}\"", site.at("/privacy/3")));
    assert_eq!(lines.lines().filter(|l| l.contains(&address) && l.contains("\"response\"")).count(), 1, "{lines}");
    assert_eq!(lines.lines().filter(|l| l.contains(&address) && l.contains("\"revisit\"")).count(), 1, "{lines}");
}
