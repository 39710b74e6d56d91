//! Small real files of every input format, each in a folder of its own beside `expected.txt`: a line per block with what
//! it is, its place in a table or on a page, its words and its links. `UPDATE=1 cargo test --test documents` writes them.
#![allow(clippy::disallowed_methods)] // this test reads the project's own files

use fairnotice::document;
use fairnotice::model::{Block, BlockKind, Text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_document_reads_as_expected() {
    let update = std::env::var("UPDATE").is_ok_and(|v| v == "1");
    let mut faults = Vec::new();
    let mut formats = BTreeSet::new();
    for case in entries(&folder()).iter().filter(|p| p.is_dir()) {
        let expected = case.join("expected.txt");
        let file = entries(case).into_iter().find(|p| p != &expected).expect("a case holds a document");
        let bytes = std::fs::read(&file).expect("the document can be read");
        let name = file.to_string_lossy();
        let read = document::read(&bytes, &name).map(|document| {
            check_origin(&document.text, &name);
            (document.media_type, told(&document.text))
        });
        let told = match read {
            Ok((media_type, blocks)) => {
                formats.insert(media_type);
                format!("{media_type}\n{blocks}")
            }
            Err(why) => format!("unreadable: {}\n", why.0),
        };
        if update {
            std::fs::write(&expected, told).expect("the expected text can be written");
        } else if std::fs::read_to_string(&expected).is_ok_and(|there| there != told) || !expected.exists() {
            faults.push(format!("{name} reads as\n{told}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(formats.len() >= 5, "a format has no document here: {formats:?}");
}

/// The blocks of a text, a line each.
fn told(text: &Text) -> String {
    let mut out = String::new();
    for value in
        [text.title.as_ref().map(|t| format!("title: {t}")), text.language.as_ref().map(|l| format!("language: {l}"))]
    {
        out.extend(value.map(|v| v + "\n"));
    }
    for block in &text.blocks {
        let links = text.links.iter().filter(|l| block.span.contains(l.span));
        let links: String = links.map(|l| format!(" [{} -> {}]", text.quote(l.span), l.href)).collect();
        let page = text.origin.page(block.span.start).map(|page| format!(" p{page}")).unwrap_or_default();
        out.push_str(&format!("{}{page}: {}{links}\n", kind(block), text.quote(block.span)));
    }
    out
}

fn kind(block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Item(depth) => format!("item {depth}"),
        BlockKind::Cell => "cell".to_owned(),
        BlockKind::Term => "term".to_owned(),
        BlockKind::Definition => "definition".to_owned(),
    };
    let cell = block.cell.map(|c| {
        let rows = if c.rows > 1 { format!("-{}", c.row + c.rows - 1) } else { String::new() };
        format!(" (table {} row {}{rows} column {}{})", c.table, c.row, c.column, if c.header { " header" } else { "" })
    });
    kind + cell.as_deref().unwrap_or("") + if block.furniture { " furniture" } else { "" }
}

/// Every character of the text was made from the place that its origin names, but for what is written otherwise there.
fn check_origin(text: &Text, name: &str) {
    let places = text.body.char_indices().filter(|(_, c)| c.is_alphanumeric());
    let (mut right, mut all) = (0, 0);
    for (at, c) in places {
        all += 1;
        right +=
            usize::from(text.origin.source.get(text.origin.source_byte(at as u32)..).is_some_and(|s| s.starts_with(c)));
    }
    assert_eq!(right, all, "{name}: characters at the place their origin names");
}

/// A folder that is removed with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("fairnotice-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder is writable");
        Scratch(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("the temporary folder is writable");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn check(paths: &[&Path]) -> (i32, Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fairnotice"))
        .args(["check", "--format", "json", "--as-of", "2026-11-22"])
        .args(paths)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{paths:?}: {e}: {said}"));
    (output.status.code().expect("the program ends by itself"), report, said)
}

fn reason(report: &Value) -> &str {
    report["unreadable"][0]["reason"].as_str().unwrap_or("")
}

/// A PDF of pages with these contents; `resources` and `objects` (numbered from 4) are added to what they may use.
fn pdf(contents: &[String], resources: &str, objects: &[&str], cycle: bool) -> Vec<u8> {
    let mut all = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    all.extend(objects.iter().map(|o| (*o).to_owned()));
    let mut kids = String::new();
    for content in contents {
        all.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        let stream = all.len();
        all.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R \
             /Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        ));
        kids += &format!("{} 0 R ", all.len());
    }
    if cycle {
        kids += "2 0 R";
    }
    all[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len());
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1);
    for (at, object) in all.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = out.len();
    out += &format!("{table}trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", all.len() + 1);
    out.into_bytes()
}

fn line(x: u32, y: u32, size: u32, words: &str) -> String {
    format!("BT /F1 {size} Tf {x} {y} Td ({}) Tj ET\n", words.replace('(', "\\(").replace(')', "\\)"))
}

#[test]
fn a_pdf_shows_its_pages_and_what_cannot_be_read_says_why() {
    let scratch = Scratch::new("pdf");
    let page = |n: u32| {
        let words = format!("We keep it for {} years under the Data Protection Act 1998.", n % 20);
        line(56, 810, 9, "A long privacy notice")
            + &line(56, 770, 16, "Privacy notice")
            + &line(
                56,
                740,
                11,
                "NHS Fenmarsh ICB is the data controller. This notice explains how we use your information.",
            )
            + &line(56, 720, 11, "You have the right of access to your personal information.")
            + &(0..40).map(|i| line(56, 700 - 14 * i, 11, &words)).collect::<String>()
            + &line(290, 25, 9, &n.to_string())
    };
    let long = scratch.file("long.pdf", &pdf(&(1..=1000).map(page).collect::<Vec<_>>(), "", &[], false));
    let (_, report, _) = check(&[&long]);
    let notice = &report["notices"][0];
    assert_eq!((&notice["media_type"], &notice["reading"]), (&Value::from("application/pdf"), &Value::from("whole")));
    let last = notice["claims"].as_array().and_then(|c| c.last()).expect("claims");
    assert!(last["evidence"]["line"].is_null() && last["evidence"]["column"].is_null());
    assert_eq!(last["evidence"]["page"], 1000);

    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Fm1 4 0 R >> >> /Length 8 >>\nstream\n/Fm1 Do \nendstream";
    let words = line(56, 780, 11, "This privacy notice says that NHS Fenmarsh ICB is the data controller.");
    let cycles = [
        scratch.file("form.pdf", &pdf(&[words.clone() + " /Fm1 Do"], "/XObject << /Fm1 4 0 R >>", &[form], false)),
        scratch.file("tree.pdf", &pdf(std::slice::from_ref(&words), "", &[], true)),
    ];
    for path in &cycles {
        let (code, report, said) = check(&[path]);
        assert_eq!(report["summary"]["notices"], 1, "{path:?}: {code} {report}");
        assert!(!said.contains("fault of the program"), "{said}");
    }
    let pictures = scratch.file("scan.pdf", &pdf(&["q 1 0 0 1 0 0 cm Q".to_owned()], "", &[], false));
    let cut = scratch.file("cut.pdf", b"%PDF-1.7 ...");
    for (path, word) in [(&pictures, "no text layer"), (&cut, "damaged")] {
        let (code, report, _) = check(&[path]);
        assert_eq!(code, 3);
        assert!(reason(&report).contains(word), "{}", reason(&report));
    }
}

#[test]
fn archives_that_unpack_to_too_much_are_refused() {
    let scratch = Scratch::new("bomb");
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let part = |archive: &mut zip::ZipWriter<_>, name: &str, content: &[u8]| {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(name, options).expect("an archive in memory can be written");
        archive.write_all(content).expect("an archive in memory can be written");
    };
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{relation}\" Target=\"word/document.xml\"/></Relationships>"
    );
    part(&mut archive, "_rels/.rels", relations.as_bytes());
    part(&mut archive, "word/document.xml", &vec![b' '; 80 * 1024 * 1024]);
    archive.finish().expect("an archive in memory can be written");
    let bomb = scratch.file("bomb.docx", &bytes.into_inner());
    let (code, report, _) = check(&[&bomb]);
    assert_eq!(code, 3);
    assert!(reason(&report).contains("unpacks to more than"), "{}", reason(&report));
    let garbage = scratch.file("garbage.docx", b"PK\x03\x04 and nothing of the kind");
    assert!(reason(&check(&[&garbage]).1).contains("damaged"));
}

/// Every document cut short, and with bytes changed, many times over: it is read or refused, and nothing fails.
#[test]
fn broken_documents_are_read_or_refused() {
    let scratch = Scratch::new("broken");
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    let mut paths = Vec::new();
    for case in entries(&folder()).iter().filter(|p| p.is_dir()) {
        let file = entries(case).into_iter().find(|p| !p.ends_with("expected.txt")).expect("a case holds a document");
        let bytes = std::fs::read(&file).expect("the document can be read");
        let case = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
        for n in 0..12 {
            let mut broken = bytes.clone();
            if n % 3 == 0 {
                broken.truncate(1 + random(bytes.len()));
            } else {
                for _ in 0..1 + n * n {
                    let at = random(broken.len());
                    broken[at] = random(256) as u8;
                }
            }
            paths.push(scratch.file(&format!("{case}-{n:02}.{ending}"), &broken));
        }
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let (_, report, said) = check(&paths);
    let count = |key: &str| report[key].as_array().map_or(0, Vec::len);
    assert_eq!(count("notices") + count("unreadable"), paths.len());
    for refused in report["unreadable"].as_array().into_iter().flatten() {
        let reason = refused["reason"].as_str().unwrap_or("");
        assert!(!reason.contains("fault of the program") && reason.contains("; "), "{refused}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

/// What a notice states and breaks, each with how often.
fn results(notice: &Value) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let count = |key: &str, name: &dyn Fn(&Value) -> String| {
        let mut out = BTreeMap::new();
        for one in notice[key].as_array().into_iter().flatten() {
            *out.entry(name(one)).or_default() += 1;
        }
        out
    };
    (
        count("claims", &|c| format!("{} {}", c["kind"], c["value"])),
        count("findings", &|f| format!("{} {}", f["rule"], f["subject"])),
    )
}

fn f1(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> f64 {
    let both: usize = a.iter().map(|(key, n)| (*n).min(b.get(key).copied().unwrap_or(0))).sum();
    let all = a.values().sum::<usize>() + b.values().sum::<usize>();
    if all == 0 { 1.0 } else { 2.0 * both as f64 / all as f64 }
}

/// Published notices, saved as text, say the same when an office program has turned them into its formats.
#[test]
fn notices_turned_into_other_formats_give_the_same() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no notices to convert are here");
        return;
    }
    let texts: Vec<PathBuf> =
        entries(&corpus).into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    let scratch = Scratch::new("converted");
    for format in ["docx", "odt", "pdf"] {
        let converted = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}/profile", scratch.0.display()))
            .args(["--headless", "--convert-to", format, "--outdir"])
            .arg(&scratch.0)
            .args(&texts)
            .output();
        if !converted.is_ok_and(|c| c.status.success()) {
            println!("skipped: no office program (soffice) is here");
            return;
        }
        for text in &texts {
            let other = scratch.0.join(text.file_stem().unwrap_or_default()).with_extension(format);
            let (_, before, _) = check(&[text]);
            let (_, after, _) = check(&[&other]);
            let (claims, findings) = results(&before["notices"][0]);
            let (other_claims, other_findings) = results(&after["notices"][0]);
            let (claims, findings) = (f1(&claims, &other_claims), f1(&findings, &other_findings));
            println!("{format} {}: claims {claims:.3}, findings {findings:.3}", text.display());
            assert!(
                claims >= 0.97 && findings >= 0.97,
                "{}: claims {claims:.3}, findings {findings:.3}",
                other.display()
            );
        }
    }
}
