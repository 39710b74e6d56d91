//! Web archives made by other tools, and hostile ones, through the built program; and an import that is stopped at any
//! moment.
#![allow(clippy::disallowed_methods)] // these tests write the files that the program reads

use fairnotice::corpus::{Corpus, StoreError};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
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

const PAGE: &str = "<h1>Privacy notice</h1><p>NHS Marlow Vale ICB is the data controller.</p>";
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
fn hostile_archives_are_refused_in_words() {
    let folder = Folder::new("hostile");
    let zeros = vec![0; 300 * 1024 * 1024];
    let huge = record("resource", URI, "2020-01-01T00:00:00Z", "Content-Type: text/html\r\n", &zeros);
    let inner = gzip(&zeros);
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("bomb", gzip(&huge), "longer than 128 MB"),
        (
            "inner",
            record("response", URI, "2020-01-01T00:00:00Z", ID, &answer("Content-Encoding: gzip\r\n", &inner)),
            "unpack",
        ),
        (
            "length",
            b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999999999999999\r\n\r\nx".to_vec(),
            "Content-Length",
        ),
        ("short", b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9999\r\n\r\nx".to_vec(), "9999"),
        ("negative", b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: -1\r\n\r\nx".to_vec(), "Content-Length"),
        ("head", [b"WARC/1.0\r\nX: ".to_vec(), vec![b'a'; 200_000]].concat(), "head"),
        ("torn", b"WARC/1.0\r\nWARC-Ty".to_vec(), "breaks off"),
        ("nameless", record("resource", "../../etc/passwd", "2020-01-01T00:00:00Z", "", b"x"), "no page"),
    ];
    for (name, bytes, expected) in cases {
        let file = folder.file(&format!("{name}.warc"), bytes);
        let corpus = folder.0.join(name);
        let imported = run(&["import", "--corpus", &corpus.to_string_lossy(), &file]);
        assert!(matches!(imported.status.code(), Some(0 | 3)), "{name}: {}", out(&imported));
        assert!(out(&imported).contains(expected), "{name}: {}", out(&imported));
        assert!(!out(&imported).contains("fault of the program"), "{name}: {}", out(&imported));
    }
}

#[test]
fn any_bytes_are_read_without_a_fault() {
    let folder = Folder::new("bytes");
    let whole: Vec<u8> = archive().iter().flat_map(|r| gzip(r)).collect();
    let plain = archive().concat();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
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

#[test]
fn an_import_stopped_at_any_moment_goes_on_and_loses_nothing() {
    const FILES: usize = 1300;
    const STOPS: u32 = 10;
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
    for round in 0..5 {
        let corpus = folder.0.join(format!("stopped-{round}")).to_string_lossy().into_owned();
        let mut before = 0;
        for stop in 0..STOPS {
            let mut child = begin(&corpus, &notices);
            std::thread::sleep(time * (stop * 5 + round + 1) / (STOPS * 5));
            let _ = child.kill();
            child.wait().expect("it ends");
            let there = whole_captures(&corpus);
            assert!(there >= before, "{there} of {before} captures are left");
            before = there;
        }
        begin(&corpus, &notices).wait().expect("it ends");
        let corpus = Corpus::open(Path::new(&corpus)).expect("the corpus");
        let ids = |versions: &[fairnotice::corpus::Version]| versions.iter().map(|v| v.id()).collect::<Vec<_>>();
        assert_eq!(ids(&corpus.versions().expect("versions")), ids(&wanted));
        for capture in corpus.captures().expect("captures").iter().step_by(97) {
            let path = url::Url::parse(&capture.uri).expect("an address").to_file_path().expect("a path");
            assert_eq!(corpus.bytes(capture).expect("bytes"), std::fs::read(path).expect("the file"));
        }
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
