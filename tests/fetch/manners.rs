//! How politely sites are asked.

use crate::rig::{Folder, Hurried, at, fetch, settings};
use crate::world::{Reply, Site, layer, notice};
use fairnotice::fetch::{Outcome, Patience, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const BOARD: &str = "NHS Holmedale ICB";

#[test]
fn robots_txt_is_obeyed() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(200, "text/plain", "User-agent: *\nDisallow: /privacy/secret\nDisallow: /closed\n"),
        "/privacy" => {
            Reply::page(notice(BOARD, "<a href=/privacy/secret>CCTV</a> <a href=/privacy/open>Complaints</a>"))
        }
        "/privacy/open" => Reply::page(layer("complaints")),
        _ => Reply::page(notice(BOARD, "<p>Never asked for.</p>")),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = at("A", &site.at("/privacy")) + &at("B", &site.at("/closed"));
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    let (a, b) = (&ledger.entries[0], &ledger.entries[1]);
    assert_eq!(
        a.pages.iter().map(|p| p.outcome).collect::<Vec<_>>(),
        [Outcome::Captured, Outcome::Blocked, Outcome::Captured]
    );
    assert_eq!(b.outcome, Outcome::Blocked);
    assert!(b.reason.as_ref().is_some_and(|r| r.contains("robots.txt")), "{b:?}");
    assert!(!site.paths().iter().any(|p| p.contains("secret") || p.contains("closed")), "{:?}", site.paths());
    assert!(!ledger.is_whole());
}

#[test]
fn a_site_that_cannot_say_its_rules_is_left_alone_and_one_without_any_is_not() {
    let broken = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(500, "text/plain", "oops"),
        _ => Reply::page(notice(BOARD, "")),
    });
    let forbidden = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(403, "text/plain", "User-agent: *\nDisallow: /"),
        _ => Reply::page(notice(BOARD, "")),
    });
    let moved = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::redirect("/r1"),
        "/r1" => Reply::redirect("/r2"),
        "/r2" => Reply::new(200, "text/plain", "User-agent: fairnotice\nDisallow: /"),
        _ => Reply::page(notice(BOARD, "")),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = [at("A", &broken.at("/p")), at("B", &forbidden.at("/p")), at("C", &moved.at("/p"))].concat();
    let ledger = fetch(&folder, &list, &settings(&[&broken, &forbidden, &moved]), &clock);
    let outcome: Vec<Outcome> = ledger.entries.iter().map(|e| e.outcome).collect();
    assert_eq!(outcome, [Outcome::Blocked, Outcome::Captured, Outcome::Blocked]);
    assert!(broken.paths().is_empty());
    assert!(!moved.paths().contains(&"/p".to_owned()));
}

#[test]
fn a_host_is_asked_for_one_page_at_a_time_and_left_in_peace_in_between() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(200, "text/plain", "User-agent: *\nCrawl-delay: 7\n"),
        path => {
            std::thread::sleep(Duration::from_millis(5));
            Reply::page(notice(BOARD, &format!("<p>{path}</p>")))
        }
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list: String = (0..6).map(|n| at(&format!("Board {n}"), &site.at(&format!("/privacy-{n}")))).collect();
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!(ledger.pages(Outcome::Captured), 6);
    assert_eq!(site.most_connections(), 1, "one connection, though four sources are walked at once");
    let waits = clock.waits();
    // Before the first page the delay of robots.txt is not known to anybody.
    assert!(waits.iter().filter(|w| **w > Duration::from_secs(6)).count() >= 6, "{waits:?}");
}

#[test]
fn every_request_says_who_asks() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        _ => Reply::page(notice(BOARD, "")),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    fetch(&folder, &at("A", &site.at("/privacy")), &settings(&[&site]), &clock);
    let asked = site.asked();
    assert_eq!(asked.len(), 2);
    for request in asked {
        let agent = request.field("User-Agent").unwrap_or("");
        assert!(agent.starts_with("fairnotice/") && agent.ends_with("(+mailto:crawl@example.org)"), "{agent}");
        assert_eq!(request.field("From"), Some("crawl@example.org"));
        assert_eq!(request.field("Accept-Encoding"), Some("gzip, br"));
    }
}

#[test]
fn a_busy_site_is_asked_again_when_it_says_so() {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let site = Site::new(move |asked| match (asked.path.as_str(), counted.load(Ordering::SeqCst)) {
        ("/robots.txt", _) => Reply::missing(),
        (_, n) => {
            counted.fetch_add(1, Ordering::SeqCst);
            match n {
                0 => Reply::new(429, "text/html", "slow down").with("Retry-After", "120"),
                1 => Reply::new(503, "text/html", "busy"),
                _ => Reply::page(notice(BOARD, "")),
            }
        }
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let ledger = fetch(&folder, &at("A", &site.at("/privacy")), &settings(&[&site]), &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::Captured, "{:?}", ledger.entries);
    assert_eq!(count.load(Ordering::SeqCst), 3);
    let waits = clock.waits();
    assert!(waits.iter().any(|w| (119..=120).contains(&w.as_secs())), "{waits:?}");
    assert!(waits.iter().any(|w| (29..=30).contains(&w.as_secs())), "the second refusal doubles the wait: {waits:?}");
}

#[test]
fn a_site_that_stays_busy_is_recorded_and_left_alone() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/often" => Reply::new(429, "text/html", notice(BOARD, "")),
        _ => Reply::new(429, "text/html", notice(BOARD, "")).with("Retry-After", "7200"),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = at("A", &site.at("/often"));
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::Blocked);
    assert_eq!(site.paths().len(), 3, "three tries and no more");
    assert_eq!(folder.versions().len(), 0);
    assert!(folder.captures().iter().all(|c| c.refused.is_some()), "the refusal is kept, but not as a notice");

    let list = at("B", &site.at("/hours"));
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert!(ledger.entries[0].reason.as_ref().is_some_and(|r| r.contains("left alone until")), "{:?}", ledger.entries);
    let asked = site.paths().len();
    fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!(site.paths().len(), asked, "a later fetch keeps to it as well");
    clock.pass(Duration::from_secs(7200));
    fetch(&folder, &list, &settings(&[&site]), &clock);
    assert!(site.paths().len() > asked, "until the time is over");
}

#[test]
fn a_site_that_asks_for_more_patience_than_there_is_is_recorded() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(200, "text/plain", "User-agent: *\nCrawl-delay: 3600\n"),
        _ => Reply::page(notice(BOARD, "")),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let patience = Patience { longest: Duration::from_secs(60), ..settings(&[]).patience };
    let ledger = fetch(&folder, &at("A", &site.at("/p")), &Settings { patience, ..settings(&[&site]) }, &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::Blocked);
    assert!(ledger.entries[0].reason.as_ref().is_some_and(|r| r.contains("3600 s between two requests")), "{ledger:?}");
}
