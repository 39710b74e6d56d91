//! Web archives made by other tools, and hostile ones, through the built program; and an import that is stopped at any
//! moment.
#![allow(clippy::disallowed_methods)] // these tests write the files that the program reads

use fairnotice::corpus::{Corpus, StoreError};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that is removed with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("fairnotice-archives-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder is writable");
        Folder(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("the temporary folder is writable");
        std::fs::write(&path, content).expect("the temporary folder is writable");
        path.to_string_lossy().into_owned()
    }

    fn corpus(&self) -> String {
        self.0.join("corpus").to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
    program.env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
    program.args(arguments).output().expect("the program starts")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("memory takes it");
    packer.finish().expect("memory takes it")
}

/// A record of a WARC file of another tool.
fn record(kind: &str, uri: &str, date: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend(block);
    out.extend(b"\r\n\r\n");
    out
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n").as_bytes(), body].concat()
}

/// Numbers that look like chance and are the same each time.
fn chance(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

const SEED: u64 = 0x2545_f491_4f6c_dd1d;

const PAGE: &str = "<h1>Privacy notice</h1><p>NHS Marlow Vale ICB is the data controller.</p>";
/// A page with words enough to be known for a notice, and further ones.
fn notice(further: &str) -> String {
    format!(
        "<title>Privacy notice</title><h1>Privacy notice</h1><p>NHS Marlow Vale ICB is the data controller. This privacy notice \
         explains how we use your personal information and your rights under the UK GDPR.</p><p>{further}</p><h2>Your \
         rights</h2><p>You have the right of access to your personal information, and the right to complain to the \
         Information Commissioner's Office.</p>"
    )
}

const URI: &str = "https://marlow-vale.example/privacy";
const ID: &str = "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n";

/// The pages of an archive as a crawler writes it.
fn archive() -> Vec<Vec<u8>> {
    let chunked = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
    let packed = gzip(PAGE.as_bytes());
    vec![
        record("warcinfo", "x", "2020-01-01T00:00:00Z", "", b"software: another/1.0\r\n"),
        record("request", URI, "2020-01-01T00:00:00Z", "", b"GET /privacy HTTP/1.1\r\n\r\n"),
        record("response", URI, "2020-01-01T00:00:00Z", ID, &answer("", PAGE.as_bytes())),
        record(
            "response",
            &format!("{URI}/chunked"),
            "2020-01-01T00:00:01Z",
            "",
            &answer("Transfer-Encoding: chunked\r\n", chunked.as_bytes()),
        ),
        record(
            "response",
            &format!("{URI}/packed"),
            "2020-01-01T00:00:02Z",
            "",
            &answer("Content-Encoding: gzip\r\n", &packed),
        ),
        record(
            "revisit", URI, "2021-01-01T00:00:00Z",
            "WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n", b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record("resource", &format!("{URI}.txt"), "2021", "Content-Type: text/plain\r\n", PAGE.as_bytes()),
        record("conversion", URI, "2020-01-01T00:00:00Z", "Content-Type: text/plain\r\n", b"what a tool made of it"),
        record(
            "response",
            &format!("{URI}/logo"),
            "2020-01-01T00:00:00Z",
            "",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx",
        ),
        record(
            "response",
            &format!("{URI}/old"),
            "2020-01-01T00:00:00Z",
            "",
            b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n",
        ),
    ]
}

#[test]
fn archives_import_however_they_are_compressed() {
    let folder = Folder::new("forms");
    let records = archive();
    let members: Vec<u8> = records.iter().flat_map(|r| gzip(r)).collect();
    for (name, bytes) in
        [("plain.warc", records.concat()), ("each.warc.gz", members), ("whole.warc.gz", gzip(&records.concat()))]
    {
        let corpus = folder.0.join(name.replace('.', "-"));
        let corpus = corpus.to_string_lossy();
        let file = folder.file(name, bytes);
        let first = run(&["import", "--corpus", &corpus, &file]);
        assert_eq!(first.status.code(), Some(0), "{}", out(&first));
        assert_eq!(
            out(&first),
            "4 captured, 1 as before, 0 known already\nleft out: 1 pictures, sound and film, 1 redirects\n",
            "{name}"
        );
        let again = out(&run(&["import", "--corpus", &corpus, &file]));
        assert!(again.starts_with("0 captured, 0 as before, 5 known already\n"), "{name}: {again}");
        let store = Corpus::open(Path::new(corpus.as_ref())).expect("the corpus");
        for capture in store.captures().expect("captures") {
            assert_eq!(store.bytes(&capture).expect("bytes"), PAGE.as_bytes(), "{}", capture.uri);
        }
        let verified = run(&["verify", "--corpus", &corpus]);
        assert_eq!(verified.status.code(), Some(0), "{}", out(&verified));
    }
}

#[test]
fn what_is_missing_of_a_page_that_was_cut_off_is_not_held_against_it() {
    let folder = Folder::new("cut");
    let page =
        record("response", URI, "2020-01-01T00:00:00Z", "WARC-Truncated: length\r\n", &answer("", PAGE.as_bytes()));
    let file = folder.file("cut.warc", page);
    assert_eq!(run(&["import", "--corpus", &folder.corpus(), &file]).status.code(), Some(0));
    let shown = run(&["show", "--corpus", &folder.corpus(), "--format", "json", URI]);
    let json: serde_json::Value = serde_json::from_slice(&shown.stdout).expect("JSON");
    let notice = &json["analysis"]["notices"][0];
    assert_eq!(notice["reading"], "part", "{}", out(&shown));
    let rules = notice["findings"].as_array().expect("findings").iter().map(|f| f["rule"].to_string());
    assert_eq!(rules.filter(|r| r.contains("missing/")).count(), 0);
}

#[test]
fn damage_in_one_record_loses_no_other() {
    let folder = Folder::new("damage");
    let mut members: Vec<Vec<u8>> = archive().iter().map(|r| gzip(r)).collect();
    let middle = members[3].len() / 2;
    members[3][middle] ^= 0x55;
    members.push(vec![0x1f, 0x8b, 0x08, 0, 1, 2]);
    let file = folder.file("damaged.warc.gz", members.concat());
    let imported = run(&["import", "--corpus", &folder.corpus(), &file]);
    assert_eq!(imported.status.code(), Some(3), "{}", out(&imported));
    assert!(
        out(&imported).starts_with("3 captured, 1 as before, 0 known already, 1 unreadable\n"),
        "{}",
        out(&imported)
    );
    assert!(out(&imported).contains("the other records were taken"), "{}", out(&imported));
}

#[test]
fn damage_in_a_file_that_is_not_compressed_loses_no_other_record() {
    let folder = Folder::new("plain");
    let lies = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999\r\n\r\nx\r\n\r\n".to_vec();
    let nothing = b"WARC/1.0\r\nWARC-Type: resource\r\n\r\nx\r\n\r\n".to_vec();
    let good = |n: u8| {
        record(
            "response",
            &format!("{URI}/{n}"),
            "2020-01-01T00:00:00Z",
            "",
            &answer("", format!("{PAGE}{n}").as_bytes()),
        )
    };
    let bytes = [good(1), lies, good(2), b"\r\n\r\nnoise\r\n".to_vec(), good(3), nothing, good(4)].concat();
    let file = folder.file("lies.warc", bytes);
    let imported = run(&["import", "--corpus", &folder.corpus(), "--format", "json", &file]);
    assert_eq!(imported.status.code(), Some(3), "{}", out(&imported));
    let json: serde_json::Value = serde_json::from_slice(&imported.stdout).expect("JSON");
    assert_eq!((&json["captured"], &json["whole"]), (&4.into(), &false.into()), "{json}");
    assert_eq!(json["unreadable"][0]["source"], file.as_str());
    let reason = json["unreadable"][0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("99999999") && reason.contains("2 more places"), "{reason}");
}

/// The beginning of a gzip member that says it goes on far behind its end, and so over whatever follows it.
fn overrunning() -> Vec<u8> {
    let head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 60000\r\n\r\n";
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 0xff, 0xff, 0, 0][..], head].concat()
}

#[test]
fn damage_that_runs_to_the_end_of_the_file_hides_no_record() {
    let folder = Folder::new("overrun");
    let mut members: Vec<Vec<u8>> = archive().iter().map(|r| gzip(r)).collect();
    members.insert(3, overrunning());
    let file = folder.file("overrun.warc.gz", members.concat());
    let imported = run(&["import", "--corpus", &folder.corpus(), &file]);
    assert_eq!(imported.status.code(), Some(3), "{}", out(&imported));
    assert!(out(&imported).starts_with("4 captured, 1 as before"), "{}", out(&imported));
    assert!(out(&imported).contains("do not end where they should"), "{}", out(&imported));
    // In the store, the same: what was captured behind it is still found, and the damage is told as such.
    let captures = Corpus::open(Path::new(&folder.corpus())).expect("the corpus").captures().expect("captures");
    let kept = Path::new(&folder.corpus()).join("captures").join(&captures[1].place.file);
    let mut bytes = std::fs::read(&kept).expect("a capture file");
    let at = captures[1].place.offset as usize;
    bytes[at..at + overrunning().len()].copy_from_slice(&overrunning());
    std::fs::write(&kept, &bytes).expect("the folder is writable");
    let found = run(&["verify", "--corpus", &folder.corpus(), "--format", "json"]);
    assert_eq!(found.status.code(), Some(1), "{}", out(&found));
    let json: serde_json::Value = serde_json::from_slice(&found.stdout).expect("JSON");
    assert_eq!(json["store"]["captures"], captures.len() - 1, "{json}");
    assert_eq!(json["store"]["damage"][0]["offset"], at, "{json}");
    assert_eq!(json["store"]["torn"], serde_json::json!([]), "{json}");
}

/// Bytes that unpack to more than is ever taken.
fn bomb(before: &[u8], zeros: usize) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(before).expect("memory takes it");
    let block = vec![0; 1024 * 1024];
    (0..zeros).for_each(|_| packer.write_all(&block).expect("memory takes it"));
    packer.finish().expect("memory takes it")
}

#[test]
fn hostile_archives_are_refused_in_words() {
    let folder = Folder::new("hostile");
    const DAY: &str = "2020-01-01T00:00:00Z";
    let good = || record("resource", URI, DAY, "Content-Type: text/html\r\n", PAGE.as_bytes());
    let long = format!(
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {URI}\r\nWARC-Date: {DAY}\r\nContent-Length: {}\r\n\r\n",
        129 * 1024 * 1024
    );
    let coded = |fields: &str, body: &[u8]| record("response", URI, DAY, ID, &answer(fields, body));
    let fifty = ["gzip"; 50].join(", ");
    let head = |fields: &str| format!("WARC/1.0\r\nWARC-Type: resource\r\n{fields}").into_bytes();
    let cases: [(&str, Vec<u8>, &str); 14] = [
        ("bomb", bomb(long.as_bytes(), 129), "1 longer than 128 MB"),
        ("inner", coded("Content-Encoding: gzip\r\n", &bomb(b"", 129)), "unpack to more than 128 MB"),
        ("stacked", coded(&format!("Content-Encoding: {fifty}\r\n"), &gzip(b"x")), "cannot be unpacked"),
        ("unknown", coded("Content-Encoding: zstd\r\n", b"x"), "cannot be unpacked"),
        ("length", head("Content-Length: 99999999999999999999\r\n\r\nx"), "Content-Length"),
        ("short", head("Content-Length: 9999\r\n\r\nx"), "9999"),
        ("negative", head("Content-Length: -1\r\n\r\nx"), "Content-Length"),
        ("head", [b"WARC/1.0\r\nX: ".to_vec(), vec![b'a'; 200_000]].concat(), "head"),
        // The last byte that a head may have is the end of a line.
        ("full", [b"WARC/1.0\r\nX: ".to_vec(), vec![b'a'; 65_522], b"\nY: b\n".to_vec()].concat(), "head"),
        ("torn", b"WARC/1.0\r\nWARC-Ty".to_vec(), "breaks off"),
        ("line", b"WARC/1.0\r\n".to_vec(), "breaks off"),
        ("nameless", record("resource", "../../etc/passwd", DAY, "", b"x"), "no page"),
        (
            "empty",
            [gzip(&good()), gzip(b"").repeat(200_000), gzip(&good())].concat(),
            "1 captured, 0 as before, 1 known",
        ),
        ("marks", [gzip(&good()), [0x1f, 0x8b, 0x08].repeat(200_000)].concat(), "places before were damaged too"),
    ];
    for (name, bytes, expected) in cases {
        let file = folder.file(&format!("{name}.warc"), bytes);
        let corpus = folder.0.join(name);
        let imported = run(&["import", "--corpus", &corpus.to_string_lossy(), &file]);
        assert!(matches!(imported.status.code(), Some(0 | 3)), "{name}: {}", out(&imported));
        let said = out(&imported).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{name}: {said}");
        assert!(!said.contains("fault of the program"), "{name}: {said}");
        let store = Corpus::open(&corpus).expect("the corpus");
        assert_eq!(store.damage().expect("readable"), [], "{name}: nothing that is kept is damaged");
        assert!(store.verify().expect("readable").damage.is_empty(), "{name}");
    }
}

#[test]
fn any_bytes_are_read_without_a_fault() {
    let folder = Folder::new("bytes");
    let whole: Vec<u8> = archive().iter().flat_map(|r| gzip(r)).collect();
    let plain = archive().concat();
    let mut state = SEED;
    let mut next = || chance(&mut state);
    for round in 0..60 {
        let mut bytes = if round % 2 == 0 { whole.clone() } else { plain.clone() };
        for _ in 0..1 + round / 10 {
            let at = (next() % bytes.len() as u64) as usize;
            match next() % 3 {
                0 => bytes[at] = next() as u8,
                1 => bytes.truncate(at.max(6)),
                _ => {
                    bytes.drain(at..(at + 7).min(bytes.len()));
                }
            }
        }
        let file = folder.file("any.warc.gz", bytes);
        let mut corpus = Corpus::create(&folder.0.join(format!("c{round}"))).expect("a corpus");
        let mut importer = fairnotice::corpus::Importer::new(&mut corpus);
        importer.web_archive(Path::new(&file)).expect("the store works");
        importer.finish().expect("the store works");
        assert!(corpus.verify().expect("the store can be read").damage.is_empty(), "round {round}");
    }
}

#[test]
fn damage_of_the_store_is_found_at_its_place() {
    let folder = Folder::new("verify");
    for n in 0..4 {
        folder.file(&format!("notices/n{n}.txt"), format!("{PAGE} {n}"));
    }
    let notices = folder.0.join("notices").to_string_lossy().into_owned();
    run(&["import", "--corpus", &folder.corpus(), &notices]);
    let captures = Corpus::open(Path::new(&folder.corpus())).expect("the corpus").captures().expect("captures");
    let file = Path::new(&folder.corpus()).join("captures").join(&captures[2].place.file);
    let bytes = std::fs::read(&file).expect("a capture file");
    let mut damaged = bytes.clone();
    damaged[captures[2].place.offset as usize + 100] ^= 1;
    std::fs::write(&file, &damaged).expect("the folder is writable");
    let found = run(&["verify", "--corpus", &folder.corpus(), "--format", "json"]);
    assert_eq!(found.status.code(), Some(1), "{}", out(&found));
    let json: serde_json::Value = serde_json::from_slice(&found.stdout).expect("JSON");
    assert_eq!(json["store"]["damage"][0]["offset"], captures[2].place.offset);
    assert_eq!(json["store"]["captures"], 3);
    std::fs::write(&file, &bytes[..captures[3].place.offset as usize]).expect("the folder is writable");
    let found = run(&["verify", "--corpus", &folder.corpus()]);
    assert_eq!(found.status.code(), Some(1), "{}", out(&found));
    assert!(out(&found).contains("cut off"), "{}", out(&found));
    std::fs::write(&file, &bytes).expect("the folder is writable");
    assert_eq!(run(&["verify", "--corpus", &folder.corpus()]).status.code(), Some(0));
}

#[test]
fn a_catalogue_that_says_otherwise_than_the_captures_is_told() {
    let folder = Folder::new("catalogue");
    for n in 0..3 {
        folder.file(&format!("notices/n{n}.txt"), format!("{PAGE} {n}"));
    }
    run(&["import", "--corpus", &folder.corpus(), &folder.0.join("notices").to_string_lossy()]);
    let catalogue = Path::new(&folder.corpus()).join("catalogue.sqlite");
    for (change, told) in [
        ("UPDATE captures SET sha256 = '00' || substr(sha256, 3) WHERE number = 2", "the bytes of capture"),
        ("UPDATE captures SET offset = offset + 1 WHERE number = 2", "no record begins where capture"),
        ("UPDATE captures SET id = '00' || substr(id, 3) WHERE number = 2", "another record stands where capture"),
    ] {
        let open = rusqlite::Connection::open(&catalogue).expect("the catalogue opens");
        assert_eq!(open.execute(change, []).expect("it is changed"), 1);
        drop(open);
        let found = run(&["verify", "--corpus", &folder.corpus()]);
        let said = out(&found).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(found.status.code(), Some(1), "{said}");
        assert!(said.contains("the catalogue is wrong") && said.contains(told), "{told}: {said}");
        assert!(said.contains("delete catalogue.sqlite"), "{said}");
        std::fs::remove_file(&catalogue).expect("it can be deleted");
        assert_eq!(run(&["verify", "--corpus", &folder.corpus()]).status.code(), Some(0), "it is made again");
    }
}

/// Starts an import of a folder that is not waited for.
fn begin(corpus: &str, notices: &str) -> std::process::Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
    program.args(["import", "--corpus", corpus, "--captured", "2024-03-01", notices]);
    program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

/// How many captures are there, all of them whole.
fn whole_captures(corpus: &str) -> usize {
    match Corpus::open(Path::new(corpus)) {
        Ok(corpus) => {
            assert!(corpus.verify().expect("the store can be read").damage.is_empty());
            corpus.captures().expect("captures").len()
        }
        Err(StoreError::NoCorpus(_)) => 0,
        Err(error) => panic!("{error}"),
    }
}

/// What a search answers for everything in a corpus, without what depends on where it lies and how it came to be.
fn indexed(corpus: &str) -> serde_json::Value {
    let made = run(&["index", "--corpus", corpus, "--as-of", "2026-11-22"]);
    assert_eq!(made.status.code(), Some(0), "{}", out(&made));
    let all = run(&["search", "--corpus", corpus, "--limit", "0", "--sort", "title", "--format", "json", "controller"]);
    assert_eq!(all.status.code(), Some(0), "{}", out(&all));
    let mut answer: serde_json::Value = serde_json::from_slice(&all.stdout).expect("JSON");
    for hit in answer["hits"].as_array_mut().expect("hits") {
        (hit["open"], hit["score"]) = (serde_json::Value::Null, serde_json::Value::Null);
    }
    answer
}

#[test]
fn an_import_stopped_at_any_moment_goes_on_and_loses_nothing() {
    const FILES: usize = 600;
    const STOPS: usize = 10;
    let folder = Folder::new("kill");
    for n in 0..FILES {
        let filler = (0..200).map(|w| format!("w{} ", (w * 7919 + n * 104_729) % 100_003)).collect::<String>();
        folder.file(&format!("notices/n{n:04}.html"), format!("{PAGE}<p>Number {n}.</p><p>{filler}"));
    }
    let notices = folder.0.join("notices").to_string_lossy().into_owned();
    let undisturbed = folder.corpus();
    let start = std::time::Instant::now();
    begin(&undisturbed, &notices).wait().expect("it ends");
    let time = start.elapsed();
    let wanted = Corpus::open(Path::new(&undisturbed)).expect("the corpus").versions().expect("versions");
    assert_eq!(wanted.len(), FILES);
    let mut state = SEED;
    let mut last = String::new();
    for round in 0..5 {
        let corpus = folder.0.join(format!("stopped-{round}")).to_string_lossy().into_owned();
        let mut before = 0;
        for _ in 0..STOPS {
            let mut child = begin(&corpus, &notices);
            std::thread::sleep(time * (chance(&mut state) % 1000) as u32 / 1000);
            let _ = child.kill();
            child.wait().expect("it ends");
            let there = whole_captures(&corpus);
            assert!(there >= before, "{there} of {before} captures are left");
            before = there;
        }
        begin(&corpus, &notices).wait().expect("it ends");
        let store = Corpus::open(Path::new(&corpus)).expect("the corpus");
        let ids = |versions: &[fairnotice::corpus::Version]| versions.iter().map(|v| v.id()).collect::<Vec<_>>();
        assert_eq!(ids(&store.versions().expect("versions")), ids(&wanted));
        assert_eq!(store.captures().expect("captures").len(), FILES, "each once");
        for capture in store.captures().expect("captures").iter().step_by(97) {
            let path = url::Url::parse(&capture.uri).expect("an address").to_file_path().expect("a path");
            assert_eq!(store.bytes(capture).expect("bytes"), std::fs::read(path).expect("the file"));
        }
        last = corpus;
    }
    let (whole, stopped) = (indexed(&undisturbed), indexed(&last));
    assert_eq!(whole["total"], FILES);
    assert!(whole == stopped, "the index of what was stopped is that of what was not");
}

#[test]
fn records_of_common_crawl_are_taken() {
    let folder = Folder::new("crawl");
    const DAY: &str = "2021-06-14T03:21:09Z";
    let id = |n: u8| format!("WARC-Record-ID: <urn:uuid:5a0e6d1c-98f2-4b71-9c1e-0d1f6a5d7e0{n}>\r\n");
    let crawl = "WARC-Warcinfo-ID: <urn:uuid:5a0e6d1c-98f2-4b71-9c1e-0d1f6a5d7e09>\r\n";
    let of = format!("{}{crawl}WARC-Concurrent-To: <urn:uuid:5a0e6d1c-98f2-4b71-9c1e-0d1f6a5d7e01>\r\n", id(2));
    // The crawler unpacks what came and says so; its digests are of SHA-1.
    let body = answer(
        &format!(
            "X-Crawl-Content-Encoding: gzip\r\nContent-Length: {}\r\nX-Crawl-Transfer-Encoding: chunked\r\n",
            PAGE.len()
        ),
        PAGE.as_bytes(),
    );
    let response = format!(
        "{}{crawl}WARC-Concurrent-To: <urn:uuid:5a0e6d1c-98f2-4b71-9c1e-0d1f6a5d7e02>\r\nWARC-IP-Address: 192.0.2.7\r\n\
         WARC-Payload-Digest: sha1:GQ2TGOBQGEYTGOJRGM4DKNRXGU3TMNJZ\r\nWARC-Identified-Payload-Type: text/html\r\n\
         Content-Type: application/http; msgtype=response\r\n",
        id(1)
    );
    let metadata = "fetchTimeMs: 211\r\ncharset-detected: UTF-8\r\nlanguages-cld2: {\"reliable\":true}\r\n";
    let records = [
        record("warcinfo", "", DAY, &id(9), b"isPartOf: CC-MAIN-2021-25\r\n"),
        record("request", URI, DAY, &of, b"GET /privacy HTTP/1.1\r\nHost: marlow-vale.example\r\n\r\n"),
        record("response", URI, DAY, &response, &body),
        record("metadata", URI, DAY, &id(3), metadata.as_bytes()),
    ];
    let file = folder.file("CC-MAIN-20210614.warc.gz", records.iter().flat_map(|r| gzip(r)).collect::<Vec<u8>>());
    let imported = run(&["import", "--corpus", &folder.corpus(), &file]);
    assert_eq!(out(&imported), "1 captured, 0 as before, 0 known already\n");
    let store = Corpus::open(Path::new(&folder.corpus())).expect("the corpus");
    let capture = store.captures().expect("captures").pop().expect("a capture");
    assert_eq!((capture.uri.as_str(), capture.instant.to_string().as_str()), (URI, DAY));
    assert_eq!(store.bytes(&capture).expect("bytes"), PAGE.as_bytes());
    let name = store.captures_dir().join(&capture.place.file);
    let mut kept = String::new();
    let opened = std::fs::File::open(name).expect("a capture file");
    flate2::read::MultiGzDecoder::new(opened).read_to_string(&mut kept).expect("gzip of text");
    assert!(kept.contains("GET /privacy HTTP/1.1"), "the request is kept too");
    assert!(kept.contains("imported-from: <urn:uuid:5a0e6d1c"), "{kept}");
}

#[test]
fn an_archive_of_wget_is_taken() {
    if !Command::new("wget").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success()) {
        println!("skipped: wget is not installed, so no archive of it was read");
        return;
    }
    let folder = Folder::new("wget");
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
    let address = format!("http://{}/privacy", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(
                &[answer(&format!("Content-Length: {}\r\nConnection: close\r\n", PAGE.len()), PAGE.as_bytes())]
                    .concat(),
            );
        }
    });
    for (compressed, name) in [(true, "packed"), (false, "plain")] {
        let mut wget = Command::new("wget");
        wget.args(["--no-config", "--no-proxy", "--quiet", "--tries=1", "--output-document=/dev/null"]);
        wget.arg(format!("--warc-file={}", folder.0.join(name).display())).arg(&address).current_dir(&folder.0);
        if !compressed {
            wget.arg("--no-warc-compression");
        }
        let made = wget.output().expect("wget starts");
        assert!(made.status.success(), "{}", out(&made));
        let file = folder.0.join(format!("{name}.warc{}", if compressed { ".gz" } else { "" }));
        let corpus = folder.0.join(format!("corpus-{name}"));
        let imported = run(&["import", "--corpus", &corpus.to_string_lossy(), &file.to_string_lossy()]);
        assert!(out(&imported).starts_with("1 captured, 0 as before, 0 known already\n"), "{}", out(&imported));
        let store = Corpus::open(&corpus).expect("the corpus");
        let capture = store.captures().expect("captures").pop().expect("a capture");
        assert_eq!(capture.uri, address);
        assert_eq!(store.bytes(&capture).expect("bytes"), PAGE.as_bytes());
    }
}

#[test]
fn the_charset_that_only_the_server_named_is_used() {
    let folder = Folder::new("charset");
    let text = "Caldicott Guardian: Ji\u{159}\u{ed} Nov\u{e1}k";
    // Neither page says itself how it is written, and neither can be told from its bytes.
    let central: Vec<u8> = notice(text).chars().map(|c| if c == '\u{159}' { 0xf8 } else { c as u32 as u8 }).collect();
    let bengali = "\u{997}\u{9cb}\u{9aa}\u{9a8}\u{9c0}\u{9af}\u{9bc}\u{9a4}\u{9be} ".repeat(80);
    let wide: Vec<u8> = notice(&(bengali + text)).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let of = |media_type: &str, body: &[u8]| {
        [format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n").as_bytes(), body].concat()
    };
    let records = [
        record("response", URI, "2020-01-01T00:00:00Z", "", &of("text/html; charset=windows-1250", &central)),
        record(
            "response",
            &format!("{URI}/wide"),
            "2020-01-01T00:00:00Z",
            "",
            &of("text/html; charset=UTF-16LE", &wide),
        ),
        record(
            "resource",
            &format!("{URI}/file"),
            "2020",
            "Content-Type: text/html; charset=\"windows-1250\"\r\n",
            &central,
        ),
    ];
    let file = folder.file("charset.warc", records.concat());
    assert_eq!(run(&["import", "--corpus", &folder.corpus(), &file]).status.code(), Some(0));
    for uri in [URI.to_owned(), format!("{URI}/wide"), format!("{URI}/file")] {
        let shown = run(&["show", "--corpus", &folder.corpus(), "--format", "json", &uri]);
        let json: serde_json::Value = serde_json::from_slice(&shown.stdout).expect("JSON");
        let claims = json["analysis"]["notices"][0]["claims"].as_array().cloned().unwrap_or_default();
        let named = claims.iter().any(|c| c["value"] == "caldicott-guardian=Ji\u{159}\u{ed} Nov\u{e1}k");
        assert!(named, "{uri}: {claims:?}");
    }
}

/// Changes the one entry of an index: `change` gets what the index keeps of the notice, and its text.
fn tamper(corpus: &Path, change: impl Fn(&mut serde_json::Value, &mut String)) {
    use tantivy::schema::Value;
    let layout = std::fs::read_dir(corpus.join("index")).expect("an index").flatten().next().expect("a layout");
    let index = tantivy::Index::open_in_dir(layout.path()).expect("the index opens");
    for name in ["words", "facts"] {
        index.tokenizers().register(name, tantivy::tokenizer::WhitespaceTokenizer::default());
    }
    let schema = index.schema();
    let field = |name: &str| schema.get_field(name).expect("a field of the index");
    let searcher = index.reader().expect("a reader").searcher();
    let segment = searcher.segment_reader(0);
    let only = |name: &str| {
        let inverted = segment.inverted_index(field(name)).expect("an indexed field");
        let mut terms = inverted.terms().stream().expect("terms");
        terms.next().map(|(term, _)| String::from_utf8_lossy(term).into_owned()).expect("a term")
    };
    let mut document: tantivy::TantivyDocument = searcher.doc(tantivy::DocAddress::new(0, 0)).expect("a document");
    let kept = document.get_first(field("entry")).and_then(|v| v.as_bytes()).expect("an entry").to_vec();
    let mut text = document.get_first(field("text")).and_then(|v| v.as_str()).expect("a text").to_owned();
    let mut entry: serde_json::Value = serde_json::from_slice(&kept).expect("JSON");
    change(&mut entry, &mut text);
    document = tantivy::TantivyDocument::new();
    document.add_text(field("text"), text);
    document.add_bytes(field("entry"), &serde_json::to_vec(&entry).expect("JSON"));
    document.add_text(field("key"), only("key"));
    document.add_text(field("version"), only("version"));
    let payload = index.load_metas().expect("metas").payload.unwrap_or_default();
    let mut writer: tantivy::IndexWriter = index.writer(20_000_000).expect("a writer");
    writer.delete_all_documents().expect("deleted");
    writer.add_document(document).expect("added");
    let mut commit = writer.prepare_commit().expect("prepared");
    commit.set_payload(&payload);
    commit.commit().expect("committed");
}

#[test]
fn a_quote_of_the_index_that_is_not_at_its_place_is_told() {
    let folder = Folder::new("quotes");
    let file = folder.file("notice.html", notice("We keep complaint files for 8 years."));
    run(&["import", "--corpus", &folder.corpus(), "--url", URI, "--captured", "2024-03-01", &file]);
    let verify = || run(&["verify", "--corpus", &folder.corpus()]);
    let index = |more: &[&str]| run(&[&["index", "--corpus", &folder.corpus()], more].concat());
    assert_eq!(index(&[]).status.code(), Some(0));
    let whole = verify();
    assert_eq!(whole.status.code(), Some(0), "{}", out(&whole));
    assert!(out(&whole).contains("of the index"), "{}", out(&whole));
    let corpus = folder.corpus();
    let path = Path::new(&corpus);
    type Change = fn(&mut serde_json::Value, &mut String);
    let changes: [(Change, &str); 5] = [
        (|e, _| e["claims"][0]["e"] = serde_json::json!([1, 9]), "at bytes 1 to 9 is not what the capture says there"),
        (
            |e, _| e["claims"][0]["e"] = serde_json::json!([9_000_000, 9_000_009]),
            "no words at bytes 9000000 to 9000009",
        ),
        (|e, _| e["claims"][0]["v"] = "NHS Elsewhere ICB".into(), "“NHS Elsewhere ICB” at bytes"),
        (
            |e, _| drop(e["claims"].as_array_mut().map(|c| c.remove(0))),
            "is read in the capture, and is not in the index",
        ),
        (|_, text| *text = text.replace("Marlow Vale", "Marlow Dale"), "where the capture reads “NHS Marlow Vale ICB”"),
    ];
    for (change, told) in changes {
        tamper(path, change);
        let found = verify();
        let said = out(&found).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(found.status.code(), Some(1), "{said}");
        assert!(said.contains(told), "{told}: {said}");
        for part in [&format!("{URI} of 2024-03-01 (capture "), "claim controller", "run 'fairnotice index --again'"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(index(&["--again"]).status.code(), Some(0));
        assert_eq!(verify().status.code(), Some(0), "the index is made again from the captures");
    }
}

/// The Python interpreter that has warcio: the one that `FAIRNOTICE_PYTHON` names, or that of the system.
fn warcio() -> Option<String> {
    let python = std::env::var("FAIRNOTICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import warcio"]).stderr(Stdio::null()).status();
    there.is_ok_and(|s| s.success()).then_some(python)
}

#[test]
fn other_tools_read_the_captures_and_theirs_are_read() {
    let Some(python) = warcio() else {
        println!("skipped: warcio (a Python package) is not installed, so captures were not read by it");
        return;
    };
    let folder = Folder::new("warcio");
    let script = "import sys,io\nfrom warcio.warcwriter import WARCWriter\nfrom warcio.statusandheaders import StatusAndHeaders\n\
                  with open(sys.argv[1],'wb') as f:\n w=WARCWriter(f,gzip=True)\n\
                  \x20h=StatusAndHeaders('200 OK',[('Content-Type','text/html')],protocol='HTTP/1.0')\n\
                  \x20r=w.create_warc_record('https://marlow-vale.example/a','response',payload=io.BytesIO(b'<p>page'),http_headers=h)\n\
                  \x20w.write_record(r)\n\
                  \x20w.write_record(w.create_revisit_record('https://marlow-vale.example/a',r.rec_headers.get_header('WARC-Payload-Digest'),'https://marlow-vale.example/a',r.rec_headers.get_header('WARC-Date'),http_headers=h))\n";
    let theirs = folder.0.join("theirs.warc.gz").to_string_lossy().into_owned();
    let made = Command::new(&python).args(["-c", script, &theirs]).output().expect("Python starts");
    assert!(made.status.success(), "{}", out(&made));
    let ours = folder.file("crawl.warc", archive().concat());
    let imported = run(&["import", "--corpus", &folder.corpus(), &theirs, &ours]);
    assert!(out(&imported).starts_with("5 captured, "), "{}", out(&imported));
    for entry in std::fs::read_dir(Path::new(&folder.corpus()).join("captures")).expect("captures") {
        let path = entry.expect("the folder can be read").path().to_string_lossy().into_owned();
        let warcio = |arguments: &[&str]| {
            let start = "import sys; from warcio.cli import main; sys.exit(main())";
            Command::new(&python).arg("-c").arg(start).args(arguments).output().expect("Python starts")
        };
        let check = warcio(&["check", "-v", &path]);
        assert!(check.status.success() && out(&check).contains("digest pass"), "{}", out(&check));
        let index = warcio(&["index", "-f", "warc-type,warc-target-uri", &path]);
        assert!(out(&index).contains("\"revisit\"") && out(&index).contains(URI), "{}", out(&index));
    }
}
