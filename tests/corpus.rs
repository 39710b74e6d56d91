//! The store: what is captured is kept, once, and can be read again by this program and by others.
#![allow(clippy::disallowed_methods)] // these tests look at the files that the store writes

use fairnotice::corpus::{Content, Corpus, Exchange, Instant, StoreError};
use std::path::{Path, PathBuf};

/// A folder that is removed with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("fairnotice-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn served(uri: &str, instant: &str, body: &str) -> Exchange {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    Exchange {
        content: Content::Served {
            request: b"GET / HTTP/1.1\r\nHost: marlow-vale.example\r\n\r\n".to_vec(),
            head: head.as_bytes().to_vec(),
            body: body.as_bytes().to_vec(),
            address: None,
        },
        ..Exchange::file(uri, at(instant), "", Vec::new())
    }
}

fn in_visit(notice: &str, visit: &str, part: u32, exchange: Exchange) -> Exchange {
    Exchange { notice: notice.to_owned(), visit: Some(at(visit)), part, ..exchange }
}

const HUB: &str = "https://marlow-vale.example/privacy";

fn capture_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir.join("captures"))
        .expect("there are captures")
        .map(|e| e.expect("the folder can be read").path())
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_captured_is_there_also_without_the_catalogue() {
    let folder = Folder::new("kept");
    let mut corpus = Corpus::create(&folder.0).expect("a corpus");
    let first = corpus.append(&served(HUB, "2024-03-01T10:00:00Z", "<p>one")).expect("kept");
    let again = corpus.append(&served(HUB, "2024-03-01T10:00:00Z", "<p>one")).expect("known");
    let unchanged = corpus.append(&served(HUB, "2024-04-01T10:00:00Z", "<p>one")).expect("kept");
    let changed = corpus.append(&served(HUB, "2024-05-01T10:00:00Z", "<p>two")).expect("kept");
    let back = corpus.append(&served(HUB, "2024-06-01T10:00:00Z", "<p>one")).expect("kept");
    assert_eq!(first, again);
    assert_ne!(first.id, unchanged.id);
    assert_eq!((&unchanged.content, &back.content), (&first.place, &first.place));
    assert_eq!(corpus.bytes(&back).expect("bytes"), b"<p>one");
    assert_eq!(corpus.bytes(&changed).expect("bytes"), b"<p>two");
    let captures = corpus.captures().expect("captures");
    assert_eq!(captures.len(), 4);
    let versions = corpus.versions().expect("versions");
    let seen: Vec<(String, String)> =
        versions.iter().map(|v| (v.instant.to_string(), v.last_seen.to_string())).collect();
    assert_eq!(
        seen,
        [
            ("2024-03-01T10:00:00Z".to_owned(), "2024-04-01T10:00:00Z".to_owned()),
            ("2024-05-01T10:00:00Z".to_owned(), "2024-05-01T10:00:00Z".to_owned()),
            ("2024-06-01T10:00:00Z".to_owned(), "2024-06-01T10:00:00Z".to_owned()),
        ]
    );
    drop(corpus);
    std::fs::write(folder.0.join("catalogue.sqlite"), "no database at all").expect("the folder is writable");
    let corpus = Corpus::open(&folder.0).expect("the corpus");
    assert_eq!(corpus.captures().expect("captures"), captures);
    assert_eq!(corpus.versions().expect("versions"), versions);
}

#[test]
fn a_server_that_says_as_before_means_the_latest_page() {
    let folder = Folder::new("not-modified");
    let mut corpus = Corpus::create(&folder.0).expect("a corpus");
    let not_modified = |instant: &str| Exchange {
        content: Content::NotModified { request: Vec::new(), head: b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec() },
        ..served(HUB, instant, "")
    };
    assert!(corpus.append(&not_modified("2024-02-01T10:00:00Z")).is_err());
    for (instant, body) in [("2024-03-01T10:00:00Z", "<p>one"), ("2024-04-01T10:00:00Z", "<p>two")] {
        corpus.append(&served(HUB, instant, body)).expect("kept");
    }
    let back = corpus.append(&served(HUB, "2024-05-01T10:00:00Z", "<p>one")).expect("kept");
    let same = corpus.append(&not_modified("2024-06-01T10:00:00Z")).expect("kept");
    assert_eq!((same.status, &same.sha256, &same.content), (Some(200), &back.sha256, &back.content));
    assert_eq!(corpus.versions().expect("versions").len(), 3);
}

#[test]
fn pages_of_one_visit_are_one_version_once_it_is_closed() {
    let folder = Folder::new("visit");
    let mut corpus = Corpus::create(&folder.0).expect("a corpus");
    let page = format!("{HUB}/rights");
    for (visit, minute, rights) in [("2024-03-01T10:00:00Z", "01", "a"), ("2024-04-01T10:00:00Z", "02", "b")] {
        let instant = visit.replace(":00Z", &format!(":{minute}Z"));
        let pages = [
            in_visit(HUB, visit, 0, served(HUB, visit, "<p>hub")),
            in_visit(HUB, visit, 1, served(&page, &instant, rights)),
        ];
        corpus.append_all(&pages).expect("kept");
        assert_eq!(corpus.versions().expect("versions").len(), if visit.contains("-03-") { 0 } else { 1 });
        corpus.close_visit(HUB, at(visit), &[]).expect("closed");
    }
    // A page that could not be had is not one that was taken away.
    let visit = "2024-05-01T10:00:00Z";
    corpus.append(&in_visit(HUB, visit, 0, served(HUB, visit, "<p>hub"))).expect("kept");
    corpus.close_visit(HUB, at(visit), std::slice::from_ref(&page)).expect("closed");
    let versions = corpus.versions().expect("versions");
    assert_eq!(versions.iter().map(|v| v.pages.len()).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(versions[1].last_seen, at(visit));
    // One that is gone is.
    let visit = "2024-06-01T10:00:00Z";
    corpus.append(&in_visit(HUB, visit, 0, served(HUB, visit, "<p>hub"))).expect("kept");
    corpus.close_visit(HUB, at(visit), &[]).expect("closed");
    assert_eq!(corpus.versions().expect("versions").last().map(|v| v.pages.len()), Some(1));
}

#[test]
fn a_torn_end_is_left_as_it_is() {
    let folder = Folder::new("torn");
    let mut corpus = Corpus::create(&folder.0).expect("a corpus");
    corpus.append(&served(HUB, "2024-03-01T10:00:00Z", "<p>one")).expect("kept");
    let second = format!("{HUB}/two");
    corpus.append(&served(&second, "2024-03-01T10:00:00Z", "<p>two")).expect("kept");
    drop(corpus);
    let file = capture_files(&folder.0).remove(0);
    let whole = std::fs::read(&file).expect("a capture file");
    for cut in [1, 2, 10, 100, 300] {
        std::fs::write(&file, &whole[..whole.len() - cut]).expect("the folder is writable");
        std::fs::remove_file(folder.0.join("catalogue.sqlite")).expect("a catalogue");
        let mut corpus = Corpus::open(&folder.0).expect("the corpus");
        assert_eq!(corpus.captures().expect("captures").len(), 1, "{cut} bytes cut off");
        corpus.append(&served(&second, "2024-03-01T10:00:00Z", "<p>two")).expect("kept");
        assert_eq!(corpus.captures().expect("captures").len(), 2);
        let files = capture_files(&folder.0);
        assert_eq!(files.len(), 2);
        assert_eq!(std::fs::read(&file).expect("a capture file"), &whole[..whole.len() - cut]);
        std::fs::remove_file(&files[1]).expect("a capture file");
    }
}

#[test]
fn only_one_writes_at_a_time() {
    let folder = Folder::new("lock");
    let mut first = Corpus::create(&folder.0).expect("a corpus");
    first.append(&served(HUB, "2024-03-01T10:00:00Z", "<p>one")).expect("kept");
    let mut second = Corpus::open(&folder.0).expect("reading is free");
    let refused = second.append(&served(HUB, "2024-04-01T10:00:00Z", "<p>two"));
    assert!(matches!(refused, Err(StoreError::Busy(_))));
    drop(first);
    second.append(&served(HUB, "2024-04-01T10:00:00Z", "<p>two")).expect("kept");
    assert_eq!(second.captures().expect("captures").len(), 2);
}

#[test]
fn no_corpus_is_told_from_an_empty_one() {
    let folder = Folder::new("none");
    assert!(matches!(Corpus::open(&folder.0), Err(StoreError::NoCorpus(_))));
    assert!(Corpus::create(&folder.0).expect("a corpus").versions().expect("versions").is_empty());
}
