//! What is never spoken to, and what is never taken for a notice.

use crate::rig::{Folder, Hurried, at, fetch, settings};
use crate::world::{Reply, Site, head, notice};
use fairnotice::fetch::{Bounds, Outcome, Settings};
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

const BOARD: &str = "NHS Holmedale ICB";

#[test]
fn a_private_address_is_fetched_only_where_it_is_named() {
    let secret = Site::new(|_| Reply::page(notice(BOARD, "<p>Secret.</p>")));
    let (hidden, by_name) = (secret.at("/privacy"), format!("http://localhost:{}/privacy", secret.port));
    let (to_port, to_name) = (hidden.clone(), by_name.clone());
    let site = Site::new(move |asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/port" => Reply::redirect(&to_port),
        "/name" => Reply::redirect(&to_name),
        "/mapped" => Reply::redirect("http://[::ffff:127.0.0.1]/privacy"),
        "/metadata" => Reply::redirect("http://169.254.169.254/latest/meta-data/"),
        "/file" => Reply::redirect("file:///etc/passwd"),
        "/refresh" => Reply::page(format!("<meta http-equiv=refresh content='0;url={to_port}'>")),
        _ => Reply::page(notice(BOARD, &format!("<a href={to_port}>Privacy notice</a>"))),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let paths = ["/port", "/name", "/mapped", "/metadata", "/file", "/refresh", "/link"];
    let list: String = paths.iter().map(|p| at(p, &site.at(p))).collect();
    let list = list
        + &at("direct", &hidden)
        + &at("named", &by_name)
        + &at("number", &format!("http://2130706433:{}/", secret.port));
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    for entry in &ledger.entries {
        let expected = if entry.name == "/link" { Outcome::Captured } else { Outcome::Unreadable };
        assert_eq!(entry.outcome, expected, "{entry:?}");
    }
    let reason = ledger.entries[0].reason.as_deref().unwrap_or("");
    assert!(reason.starts_with(&format!("it redirects to {hidden}: ")), "{reason}");
    let direct = ledger.entries.iter().find(|e| e.name == "direct").and_then(|e| e.reason.clone()).unwrap_or_default();
    assert!(direct.starts_with("127.0.0.1 is this computer"), "{direct}");
    let cure = format!("--allow-private 127.0.0.1:{}", secret.port);
    assert!(reason.contains("redirects to") && reason.contains("loopback") && reason.contains(&cure), "{reason}");
    assert!(secret.asked().is_empty(), "not even its robots.txt: {:?}", secret.asked());
}

#[test]
fn redirects_are_followed_to_a_bound() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/a" => Reply::redirect("/b"),
        "/b" => Reply::redirect("/c#part"),
        "/c" => Reply::page(notice(BOARD, "")),
        "/loop" => Reply::redirect("/loop2"),
        "/loop2" => Reply::redirect("/loop"),
        "/nowhere" => Reply::new(302, "text/html", ""),
        path => Reply::redirect(&format!("{path}x")),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = ["/a", "/loop", "/long", "/nowhere"].map(|p| at(p, &site.at(p))).concat();
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    let outcome: Vec<Outcome> = ledger.entries.iter().map(|e| e.outcome).collect();
    assert_eq!(outcome, [Outcome::Captured, Outcome::Unreadable, Outcome::Unreadable, Outcome::Unreadable]);
    assert_eq!(ledger.entries[0].pages[0].address, site.at("/c"));
    let reason = |n: usize| ledger.entries[n].reason.clone().unwrap_or_default();
    assert!(reason(1).contains("circle") && reason(2).contains("more than 5") && reason(3).contains("no page"));
}

#[test]
fn slow_and_endless_bodies_end() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/endless" => Reply::page("").endless(),
        _ => Reply::page(notice(BOARD, "")).drip(Duration::from_millis(50)),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = at("endless", &site.at("/endless")) + &at("slow", &site.at("/slow"));
    let bounds = Bounds { size: 256 * 1024, time: Duration::from_millis(700) };
    let ledger = fetch(&folder, &list, &Settings { bounds, ..settings(&[&site]) }, &clock);
    let reason: Vec<&str> = ledger.entries.iter().filter_map(|e| e.reason.as_deref()).collect();
    assert_eq!(ledger.pages(Outcome::Unreadable), 2);
    assert!(reason[0].contains("--max-size") && reason[1].contains("--timeout"), "{reason:?}");
    assert!(folder.captures().is_empty(), "half a page is none");
}

#[test]
fn what_sites_serve_in_place_of_a_notice_is_recorded_as_such() {
    let site = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        "/403" => Reply::new(403, "text/html", notice(BOARD, "")),
        "/404" => Reply::new(404, "text/html", notice(BOARD, "")),
        "/500" => Reply::new(500, "text/html", notice(BOARD, "")),
        "/captcha" => {
            Reply::page("<title>One moment</title><p>Please verify you are human</p><div class=h-captcha></div>")
        }
        "/scripts" => Reply::page("<!doctype html><div id=root></div><script src=/app.js></script>"),
        "/thin" => Reply::page("<title>Privacy notice</title><h1>Privacy notice</h1><p>Under construction.</p>"),
        "/picture" => Reply::new(200, "image/png", "\u{89}PNG"),
        "/empty" => Reply::page(""),
        _ => Reply::page(crate::world::news()),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let expected = [
        ("/403", Outcome::Blocked),
        ("/404", Outcome::Unreadable),
        ("/500", Outcome::Unreadable),
        ("/captcha", Outcome::Blocked),
        ("/scripts", Outcome::Unreadable),
        ("/thin", Outcome::Thin),
        ("/picture", Outcome::NotANotice),
        ("/empty", Outcome::Unreadable),
        ("/news", Outcome::NotANotice),
    ];
    let list: String = expected.iter().map(|(p, _)| at(p, &site.at(p))).collect();
    let ledger = fetch(&folder, &list, &settings(&[&site]), &clock);
    for (entry, (path, outcome)) in ledger.entries.iter().zip(expected) {
        assert_eq!((entry.name.as_str(), entry.outcome), (path, outcome), "{entry:?}");
        assert!(entry.reason.is_some(), "{entry:?}");
    }
    assert!(folder.versions().is_empty(), "none of them is a notice");
    let captures = folder.captures();
    assert_eq!(captures.len(), expected.len(), "all are kept as evidence");
    assert!(captures.iter().all(|c| c.refused.is_some()));
}

#[test]
fn a_site_that_leads_to_another_source_is_not_captured_twice() {
    let successor = Site::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        _ => Reply::page(notice("NHS Marlow Vale ICB", "")),
    });
    let to = successor.at("/privacy");
    let old = Site::new(move |asked| match asked.path.as_str() {
        "/robots.txt" => Reply::missing(),
        _ => Reply::redirect(&to),
    });
    let (folder, clock) = (Folder::new(), Hurried::new());
    let list = at("Old board", &old.at("/privacy")) + &at("New board", &successor.at("/privacy"));
    let ledger = fetch(&folder, &list, &settings(&[&old, &successor]), &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::NotANotice);
    assert!(ledger.entries[0].reason.as_ref().is_some_and(|r| r.contains("the site of New board")), "{ledger:?}");
    assert_eq!(folder.versions().len(), 1);
}

/// A server with a certificate that nobody vouches for.
fn with_own_certificate() -> u16 {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the versions are known")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("key and certificate belong together");
    let config = Arc::new(config);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
    let port = listener.local_addr().expect("it is bound").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(connection) = rustls::ServerConnection::new(config.clone()) else { continue };
            let mut stream = rustls::StreamOwned::new(connection, stream);
            if head(&mut stream).is_some() {
                let page = notice(BOARD, "");
                let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{page}", page.len());
            }
        }
    });
    port
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    let port = with_own_certificate();
    let (folder, clock) = (Folder::new(), Hurried::new());
    let allowed = vec![fairnotice::fetch::Allowed::parse(&format!("127.0.0.1:{port}")).expect("a host")];
    let list = at("A", &format!("https://127.0.0.1:{port}/privacy"));
    let ledger = fetch(&folder, &list, &Settings { allowed, ..settings(&[]) }, &clock);
    assert_eq!(ledger.entries[0].outcome, Outcome::Unreadable);
    assert!(ledger.entries[0].reason.as_ref().is_some_and(|r| r.contains("certificate")), "{ledger:?}");
    assert!(folder.captures().is_empty());
}
