//! Notices are found, followed to their last page and kept as served.

use crate::rig::{Folder, Hurried, at, fetch, home, outcomes, settings};
use crate::world::{Reply, Site, brotli, gzip, layer, news, notice};
use fairnotice::corpus::judge;
use fairnotice::dictionary::Dictionary;
use fairnotice::fetch::Outcome;
use fairnotice::model::Day;
use fairnotice::pipeline::AsOf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A board with a layered notice: a hub, a page for each purpose, an article in parts, files.
fn layered() -> Site {
    Site::new(|asked| {
        match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/" => Reply::page("<title>NHS Holmedale ICB</title><nav><a href=/news>News</a> <a href=/about>About us</a></nav><main><h1>Welcome</h1></main>
            <footer><a href=/cookies>Cookies</a> <a href='/your-privacy?utm_source=footer'>Privacy notice</a></footer>"),
        "/your-privacy" => Reply::page(notice(
            "NHS Holmedale ICB",
            "<ul><li><a href='/your-privacy/risk-stratification#top'>Risk stratification</a>
             <li><a href=/services/iv>Invoice validation</a> <li><a href=/services/beds>Beds</a>
             <li><a href='/your-privacy?start=12'>Next part</a> <li><a href=/files/fair-processing.pdf>Fair processing leaflet</a>
             <li><a href=/files/notice.docx>Privacy notice (Word)</a> <li><a href='/your-privacy?print=1'>Print</a>
             <li><a href=https://ico.org.uk/privacy-notice>Privacy notice of the ICO</a></ul>",
        )),
        "/your-privacy/risk-stratification" => {
            Reply::page(layer("risk stratification") + "<a href=/your-privacy>Back</a> <a href=/your-privacy/more/cctv>CCTV</a>")
        }
        "/your-privacy/more/cctv" => Reply::page(layer("CCTV")),
        "/services/iv" => Reply::page(layer("invoice validation")),
        "/your-privacy?start=12" => Reply::page(notice("NHS Holmedale ICB", "<h2>Part two</h2><p>We also run a helpline.</p>")),
        "/files/fair-processing.pdf" => Reply::new(200, "application/pdf", "%PDF-1.4 not much of one"),
        "/files/notice.docx" => Reply::new(
            200,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "PK\u{3}\u{4} not much of one either",
        ),
        _ => Reply::missing(),
    }
    })
}

#[test]
fn a_layered_notice_is_found_and_kept_together() {
    let (site, folder, clock) = (layered(), Folder::new(), Hurried::new());
    let ledger = fetch(&folder, &home("NHS Holmedale ICB", &site.at("/")), &settings(&[&site]), &clock);
    let entry = &ledger.entries[0];
    assert_eq!(entry.notice.as_deref(), Some(site.at("/your-privacy").as_str()));
    let captured = |path: &str| (path.to_owned(), Outcome::Captured);
    assert_eq!(
        outcomes(entry),
        [
            captured("/your-privacy"),
            captured("/your-privacy/risk-stratification"),
            captured("/services/iv"),
            captured("/your-privacy?start=12"),
            captured("/files/fair-processing.pdf"),
            captured("/files/notice.docx"),
            captured("/your-privacy/more/cctv"),
        ]
    );
    assert!(
        entry
            .trace
            .iter()
            .any(|t| t.contains("/your-privacy (the link says \"Privacy notice\"") && t.contains("chosen")),
        "{:?}",
        entry.trace
    );
    let versions = folder.versions();
    assert_eq!(versions.len(), 1, "the pages are one notice");
    let pages: Vec<&str> = versions[0].pages.iter().map(|p| p.uri.as_str()).collect();
    assert_eq!(pages.len(), 7);
    assert_eq!(pages[0], site.at("/your-privacy"));
    assert!(
        !site.paths().iter().any(|p| p == "/cookies" || p == "/services/beds" || p.contains("print")),
        "{:?}",
        site.paths()
    );
}

#[test]
fn a_second_fetch_asks_only_whether_anything_changed() {
    let changed = Arc::new(AtomicBool::new(false));
    let says = changed.clone();
    let site = Site::new(move |asked| match asked.path.as_str() {
        "/privacy" => {
            let (tag, words) = if says.load(Ordering::SeqCst) { ("\"v2\"", "<p>New.</p>") } else { ("\"v1\"", "") };
            match asked.field("If-None-Match") == Some(tag) {
                true => Reply::new(304, "text/html", "").with("ETag", tag),
                false => Reply::page(notice("NHS Holmedale ICB", &format!("{words}<a href=/privacy/cctv>CCTV</a>")))
                    .with("ETag", tag),
            }
        }
        "/privacy/cctv" => match asked.field("If-Modified-Since") {
            Some("Sun, 01 Nov 2026 10:00:00 GMT") => Reply::new(304, "text/html", ""),
            _ => Reply::page(layer("CCTV")).with("Last-Modified", "Sun, 01 Nov 2026 10:00:00 GMT"),
        },
        _ => Reply::missing(),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = at("NHS Holmedale ICB", &site.at("/privacy"));
    let first = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!(first.pages(Outcome::Captured), 2);
    let second = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!((second.pages(Outcome::Unchanged), second.pages(Outcome::Captured)), (2, 0));
    assert_eq!(second.entries[0].outcome, Outcome::Unchanged);
    assert_eq!(folder.versions().len(), 1, "nothing changed, so there is one version");
    assert_eq!(folder.captures().len(), 4, "that nothing changed is kept as evidence");
    changed.store(true, Ordering::SeqCst);
    let third = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!((third.pages(Outcome::Unchanged), third.pages(Outcome::Captured)), (1, 1));
    let versions = folder.versions();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1].pages.len(), 2, "the unchanged page belongs to the new version");
    assert_eq!(
        site.asked().iter().filter(|a| a.path == "/robots.txt").count(),
        1,
        "robots.txt is asked for once a day"
    );
}

#[test]
fn pages_are_kept_as_they_were_sent() {
    let latin = notice("NHS Holmedale ICB", "<p>Caf\u{e9}</p>").replace('\u{e9}', "\u{1}");
    let latin: Vec<u8> = latin.bytes().map(|b| if b == 1 { 0xe9 } else { b }).collect();
    let plain = notice("NHS Holmedale ICB", "<p>Plain</p>");
    let (packed, stored) = (gzip(&latin), brotli(plain.as_bytes()));
    let (sent, sent_too) = (packed.clone(), stored.clone());
    let site = Site::new(move |asked| match asked.path.as_str() {
        "/gzip" => Reply::new(200, "text/html; charset=windows-1252", packed.clone()).with("Content-Encoding", "gzip"),
        "/brotli" => Reply::page(stored.clone()).with("Content-Encoding", "br"),
        "/bomb" => Reply::page(gzip(&vec![b' '; 130 * 1024 * 1024])).with("Content-Encoding", "gzip"),
        _ => Reply::missing(),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = ["gzip", "brotli", "bomb"].map(|p| at(p, &site.at(&format!("/{p}")))).concat();
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    let outcome: Vec<Outcome> = ledger.entries.iter().map(|e| e.outcome).collect();
    assert_eq!(outcome, [Outcome::Captured, Outcome::Captured, Outcome::Unreadable]);
    let corpus = folder.corpus();
    for (path, document, payload) in [("/gzip", &latin, &sent), ("/brotli", &plain.clone().into_bytes(), &sent_too)] {
        let capture = corpus.captures_at(&site.at(path)).expect("readable").pop().expect("captured");
        assert_eq!(&corpus.bytes(&capture).expect("readable"), document, "{path}");
        assert_eq!(capture.payload, fairnotice::model::sha256(payload), "{path}: the payload is what was sent");
    }
    let capture = corpus.captures_at(&site.at("/gzip")).expect("readable").pop().expect("captured");
    assert_eq!(capture.media_type, "text/html; charset=windows-1252", "the declared encoding is kept");
}

#[test]
fn the_charset_that_only_the_server_names_is_used() {
    let page = notice("NHS Holmedale ICB", "<p>Caldicott Guardian: Ji\u{159}\u{ed} Nov\u{e1}k</p>");
    let central: Vec<u8> = page.chars().map(|c| if c == '\u{159}' { 0xf8 } else { c as u32 as u8 }).collect();
    let site = Site::new(move |asked| match asked.path.as_str() {
        "/privacy" => Reply::new(200, "text/html; charset=windows-1250", central.clone()),
        _ => Reply::missing(),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let ledger = fetch(&folder, &at("NHS Holmedale ICB", &site.at("/privacy")), &settings(&[&site]), &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::Captured);
    let (version, day) = (folder.versions().remove(0), AsOf::Day(Day::constant(2026, 11, 22)));
    let judged = judge(&folder.corpus().reader(), version, &Dictionary::built_in(), day).expect("the store is whole");
    let analysis = judged.analysis.expect("a notice");
    let named = analysis.claims.iter().any(|c| c.value == "caldicott-guardian=Ji\u{159}\u{ed} Nov\u{e1}k");
    assert!(named, "{}", analysis.text.body);
}

#[test]
fn a_notice_that_moved_is_found_anew_and_stays_the_same_notice() {
    let moved = Arc::new(AtomicBool::new(false));
    let says = moved.clone();
    let site = Site::new(move |asked| match (asked.path.as_str(), says.load(Ordering::SeqCst)) {
        ("/", false) => Reply::page("<h1>Home</h1><a href=/old/privacy-notice>Privacy notice</a>"),
        ("/", true) => Reply::page("<h1>Home</h1><a href=/new/privacy-notice>Privacy notice</a>"),
        ("/old/privacy-notice", false) => Reply::page(notice("NHS Holmedale ICB", "")),
        ("/new/privacy-notice", true) => Reply::page(notice("NHS Holmedale ICB", "<p>Moved.</p>")),
        _ => Reply::missing(),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = home("NHS Holmedale ICB", &site.at("/"));
    fetch(&folder, &list, &settings(&[&site]), &clock);
    moved.store(true, Ordering::SeqCst);
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::Captured, "{:?}", ledger.entries[0]);
    let versions = folder.versions();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].notice, versions[1].notice, "history goes on under one key");
    assert_eq!(versions[1].pages[0].uri, site.at("/new/privacy-notice"));
}

#[test]
fn a_search_says_what_it_looked_at_and_does_not_take_what_is_no_notice() {
    let site = Site::new(|asked| {
        match asked.path.as_str() {
        "/" => Reply::page(
            "<h1>Home</h1><a href=/privacy-news>Privacy notice launched</a> <a href=/data-protection>Data protection</a>
            <a href=/files/gdpr-plan.doc>How we use your information: project plan</a>",
        ),
        "/privacy-news" | "/data-protection" => {
            Reply::page(news() + "<a href=/deep/how-we-use-your-information>How we use your information</a>")
        }
        "/files/gdpr-plan.doc" => Reply::new(200, "application/msword", news()),
        "/deep/how-we-use-your-information" => Reply::page(notice("NHS Holmedale ICB", "")),
        _ => Reply::missing(),
    }
    });
    let none = Site::new(|asked| match asked.path.as_str() {
        "/" => Reply::page(format!("{}<a href=/privacy-notice>Privacy notice</a>", news())),
        "/privacy-notice" => Reply::page(news()),
        _ => Reply::missing(),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = home("A", &site.at("/")) + &home("B", &none.at("/"));
    let ledger = fetch(&folder, &list, &settings(&[&site, &none]), &clock);
    let (found, missed) = (&ledger.entries[0], &ledger.entries[1]);
    assert_eq!(found.notice.as_deref(), Some(site.at("/deep/how-we-use-your-information").as_str()), "{found:?}");
    assert_eq!(missed.outcome, Outcome::NotANotice);
    assert!(
        missed.trace.iter().any(|t| t.contains("/privacy-notice") && t.contains("a page of another kind")),
        "{missed:?}"
    );
    assert_eq!(folder.versions().len(), 1);
}

#[test]
fn a_notice_that_no_link_names_is_found_by_the_sites_list_of_its_pages() {
    let elsewhere = Site::new(|_| Reply::page(notice("NHS Elsewhere ICB", "")));
    let other = elsewhere.at("/privacy-notice");
    let site = Site::new(move |asked| {
        let here = format!("http://{}", asked.field("Host").unwrap_or(""));
        match asked.path.as_str() {
            "/" => Reply::page("<h1>Home</h1><a href=/news>News</a>"),
            "/robots.txt" => Reply::new(
                200,
                "text/plain",
                format!("User-agent: *\nDisallow: /private/\nSitemap: {other}.xml\nSitemap: {here}/maps/index.xml\n"),
            ),
            "/maps/index.xml" => Reply::new(
                200,
                "text/xml",
                format!(
                    "<sitemapindex><sitemap><loc>{here}/maps/news.xml</loc></sitemap><sitemap><loc>{here}/maps/index.xml\
                     </loc></sitemap><sitemap><loc>{here}/maps/pages.xml.gz</loc></sitemap></sitemapindex>"
                ),
            ),
            "/maps/pages.xml.gz" => Reply::new(
                200,
                "application/gzip",
                gzip(
                    format!(
                        "<?xml version='1.0'?><!DOCTYPE u [<!ENTITY a '{}'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><urlset>\
                         <url><loc>{other}</loc></url><url><loc>{here}/&b;privacy-notice</loc></url>\
                         <url><loc>{here}/private/privacy-notice</loc></url><url><loc>{here}/beds</loc></url>\
                         <url><loc>{here}/docs/our-privacy-notice-2026</loc></url></urlset>",
                        "a".repeat(1000)
                    )
                    .as_bytes(),
                ),
            ),
            "/docs/our-privacy-notice-2026" => Reply::page(notice("NHS Holmedale ICB", "")),
            _ => Reply::missing(),
        }
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = home("NHS Holmedale ICB", &site.at("/"));
    let ledger = fetch(&folder, &list, &settings(&[&site, &elsewhere]), &clock);
    let entry = &ledger.entries[0];
    assert_eq!(entry.notice.as_deref(), Some(site.at("/docs/our-privacy-notice-2026").as_str()), "{entry:?}");
    let told = |words: &str| entry.trace.iter().any(|t| t.contains(words));
    assert!(told("/maps/index.xml (a list of pages, named in robots.txt)"), "{:?}", entry.trace);
    assert!(told("/maps/pages.xml.gz (a list of pages, named in another list): 3 of 4 addresses"), "{:?}", entry.trace);
    assert!(elsewhere.asked().is_empty(), "another site was asked");
    assert!(!site.paths().iter().any(|p| p.starts_with("/private")), "{:?}", site.paths());
    assert_eq!(site.paths().iter().filter(|p| *p == "/maps/index.xml").count(), 1, "{:?}", site.paths());
}

#[test]
fn hostile_lists_of_pages_are_harmless() {
    let elsewhere = Site::new(|_| Reply::page("<urlset><url><loc>http://127.0.0.1/privacy</loc></url></urlset>"));
    let away = elsewhere.at("/sitemap.xml");
    let bomb = gzip(&vec![b' '; 60 * 1024 * 1024]);
    type Serves = Box<dyn Fn(&str) -> Reply + Send + Sync>;
    let hostile: [Serves; 5] = [
        Box::new(move |_| Reply::new(200, "application/gzip", bomb.clone())),
        Box::new(|_| Reply::new(200, "text/xml", "").endless()),
        Box::new(move |_| Reply::redirect(&away)),
        Box::new(|_| Reply::new(200, "text/xml", vec![0xff; 1000])),
        // Lists of lists without end.
        Box::new(|here| {
            let more: String = (0..500).map(|n| format!("<sitemap><loc>{here}{n}/map.xml</loc></sitemap>")).collect();
            Reply::new(200, "text/xml", format!("<sitemapindex>{more}</sitemapindex>"))
        }),
    ];
    let told =
        ["unpacks to more than 50 MB", "longer than --max-size", "leads to another site", "0 of 0", "were not read"];
    for (reply, told) in hostile.into_iter().zip(told) {
        let site = Site::new(move |asked| match asked.path.as_str() {
            "/" => Reply::page("<h1>Home</h1>"),
            path if path.ends_with("map.xml") => {
                reply(&format!("http://{}{}", asked.field("Host").unwrap_or(""), path.trim_end_matches("map.xml")))
            }
            _ => Reply::missing(),
        });
        let (folder, clock) = (Folder::new(), Hurried::new());
        let ledger = fetch(&folder, &home("A", &site.at("/")), &settings(&[&site, &elsewhere]), &clock);
        let entry = &ledger.entries[0];
        assert_eq!(entry.outcome, Outcome::NotANotice, "{told}: {entry:?}");
        assert!(entry.trace.iter().any(|t| t.contains(told)), "{told}: {:?}", entry.trace);
        let lists = site.paths().iter().filter(|p| p.ends_with("map.xml")).count();
        assert!(lists <= 6, "{told}: {lists} lists were asked for");
    }
}

#[test]
fn limits_hold_and_the_next_page_of_a_limit_is_named() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        path => {
            let n: u32 = path.rsplit('/').next().and_then(|n| n.parse().ok()).unwrap_or(0);
            Reply::page(notice("NHS Holmedale ICB", &format!("<p>Part {n}</p><a href=/privacy/{}>Next</a>", n + 1)))
        }
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = at("NHS Holmedale ICB", &site.at("/privacy"));
    let deep = fetch(&folder, &list, &settings(&[&site]), &clock);
    assert_eq!(deep.entries[0].pages.len(), 3, "two links from the first page is far enough");
    let few = fetch(&folder, &list, &fairnotice::fetch::Settings { most_pages: 2, ..settings(&[&site]) }, &clock);
    assert_eq!(few.entries[0].pages.len(), 2);
}
