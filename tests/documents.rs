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

/// A PDF of pages with these contents; `resources` and `objects` (numbered from 4) are added to what they may use, and fonts
/// among the resources take the place of the usual one.
fn pdf(contents: &[String], resources: &str, objects: &[&str], cycle: bool) -> Vec<u8> {
    let mut all = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    all.extend(objects.iter().map(|o| (*o).to_owned()));
    let fonts = if resources.contains("/Font") { "" } else { "/Font << /F1 3 0 R >>" };
    let mut kids = String::new();
    for content in contents {
        all.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        let stream = all.len();
        all.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R \
             /Resources << {fonts} {resources} >> >>"
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

/// What a PDF of one page says, a block a line.
fn told_of_pdf(content: &str, resources: &str, objects: &[&str]) -> String {
    let bytes = pdf(&[content.to_owned()], resources, objects, false);
    told(&document::read(&bytes, "notice.pdf").unwrap_or_else(|why| panic!("{}", why.0)).text)
}

#[test]
fn all_ways_to_draw_text_in_a_pdf_are_read() {
    // Two operators go to the next line by themselves; one of them sets the space between words too.
    let lines = "BT /F1 11 Tf 14 TL 56 780 Td (We are the controller and we keep your) Tj (personal information for eight years,) ' \
                 1 0 (after which it is destroyed.) \" ET";
    let words = "p1: We are the controller and we keep your personal information for eight years, after which it is destroyed.\n";
    assert!(told_of_pdf(lines, "", &[]).contains(words), "{}", told_of_pdf(lines, "", &[]));
    // What another stream draws stands where it is put, in its own fonts; a picture and colours of any kind draw no words.
    let words = "BT /F1 11 Tf 0 0 Td (We are the controller of all that this page is about, and) Tj ET";
    let form = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 500 100] /Matrix [1 0 0 1 0 40] /Resources << /Font << /F1 5 0 R >> >> \
         /Length {} >>\nstream\n{words}\nendstream",
        words.len()
    );
    let other = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /StandardEncoding >>";
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n(\nendstream";
    let drawn = "/Odd cs 0.5 scn /None gs q 1 0 0 1 56 714 cm /Fm1 Do Q /Im1 Do ".to_owned()
        + &line(56, 740, 11, "we keep it here.");
    let said = told_of_pdf(&drawn, "/XObject << /Fm1 4 0 R /Im1 6 0 R >>", &[&form, other, picture]);
    assert!(
        said.contains("p1: We are the controller of all that this page is about, and we keep it here.\n"),
        "{said}"
    );
    // A page that is shown turned is read as it is shown.
    let turned = "0 1 -1 0 595 0 cm ".to_owned() + &line(56, 500, 11, "We are here.") + &line(56, 486, 11, "We stay.");
    // The turn belongs to the page, so that the resources are ended before it.
    let said = told_of_pdf(&turned, ">> /Rotate 90 /Own <<", &[]);
    assert!(said.contains("We are here.") && said.find("here") < said.find("stay"), "{said}");
}

#[test]
fn bold_lines_of_a_pdf_are_headings_and_labels_stand_before_their_items() {
    let bold = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>";
    let text = "We hold what you tell us, what your doctors tell us, and what hospitals send us to be paid.";
    let heading = |y: u32, words: &str| line(56, y, 11, words).replace("/F1", "/B1");
    let content = heading(780, "What we hold")
        + &line(56, 766, 11, text)
        + &line(56, 752, 11, "It is kept for eight years.")
        + &heading(738, "1. Your rights")
        + &line(70, 724, 11, "to see it")
        + &line(70, 710, 11, "to have it put right")
        + &heading(690, "Whoever asks us gets an answer, which is a sentence and no heading.")
        + &line(60, 724, 11, "-")
        + &line(60, 710, 11, "-");
    let said = told_of_pdf(&content, "/Font << /F1 3 0 R /B1 4 0 R >>", &[bold]);
    for want in [
        "heading 6 p1: What we hold\n",
        "p1: We hold what you tell us, what your doctors tell us, and what hospitals send us to be paid. It is kept for eight years.\n",
        "heading 6 p1: 1. Your rights\n",
        "item 1 p1: to see it\nitem 1 p1: to have it put right\n",
        "paragraph p1: Whoever asks us",
    ] {
        assert!(said.contains(want), "{want}\n{said}");
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
    // Bytes that mean nothing, whatever they are called.
    let noise: Vec<u8> = (0..9000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["noise.txt", "noise.html", "noise.md", "noise.pdf", "noise.mht"] {
        let (code, report, _) = check(&[&scratch.file(name, &noise)]);
        assert!(code == 3 && reason(&report).contains("no text"), "{name}: {report}");
    }
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

/// Makes a PDF of a page, or of lines of text, with a program that is written in Python.
const PYTHON_PRODUCERS: [(&str, &str, &str); 5] = [
    ("weasyprint", "html", "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"),
    (
        "weasyprint",
        "html",
        "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], stylesheets=[weasyprint.CSS(string=\"body{text-align:justify;hyphens:auto}@page{size:A4;@top-center{content:'A notice of ours'}@bottom-right{content:'Page ' counter(page) ' of ' counter(pages)}}\")])",
    ),
    (
        "reportlab",
        "txt",
        "import sys, html; from reportlab.platypus import SimpleDocTemplate, Paragraph, Spacer; from reportlab.lib.styles import getSampleStyleSheet as s; SimpleDocTemplate(sys.argv[2]).build([Paragraph(html.escape(l), s()['BodyText']) if l.strip() else Spacer(1, 10) for l in open(sys.argv[1], encoding='utf-8').read().split('\\n')])",
    ),
    (
        "fpdf",
        "txt",
        "import sys, fpdf; p = fpdf.FPDF(); p.add_page(); p.set_font('Helvetica', size=10); [p.multi_cell(0, 5, l.encode('latin-1', 'replace').decode('latin-1'), new_x='LMARGIN', new_y='NEXT', align='L') if l.strip() else p.ln(4) for l in open(sys.argv[1], encoding='utf-8').read().split('\\n')]; p.output(sys.argv[2])",
    ),
    (
        "pikepdf",
        "pdf",
        "import sys, pikepdf; pikepdf.open(sys.argv[1]).save(sys.argv[2], object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True, recompress_flate=True)",
    ),
];

/// Samples that print whole: nothing in them is folded away or only a script's.
const PRINTED: [&str; 3] = ["exemplary-icb.html", "icb-two-registrations-privacy-shield.html", "exemplary-icb.txt"];

/// The claims of a sample and of a PDF of it agree to such a share, in all producers.
fn agrees(sample: &Path, other: &Path, producer: &str) {
    let ((_, before, _), (_, after, _)) = (check(&[sample]), check(&[other]));
    let (claims, findings) = results(&before["notices"][0]);
    let (other_claims, other_findings) = results(&after["notices"][0]);
    let (claims, findings) = (f1(&claims, &other_claims), f1(&findings, &other_findings));
    println!("{producer} {}: claims {claims:.3}, findings {findings:.3}", sample.display());
    assert!(claims >= 0.97, "{producer} {}: claims {claims:.3}, findings {findings:.3}", sample.display());
}

/// Notices printed by browsers and by libraries say the same as the pages and texts they were made of.
#[test]
fn pdfs_of_other_producers_give_the_same() {
    let scratch = Scratch::new("producers");
    let sample = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/samples").join(name);
    let done = |mut command: Command| command.output().is_ok_and(|o| o.status.success());
    let mut printed: Option<PathBuf> = None;
    for name in PRINTED.iter().filter(|name| name.ends_with("html")) {
        let pdf = scratch.0.join(name).with_extension("chromium.pdf");
        let mut command = Command::new("chromium");
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
        command.arg(format!("--user-data-dir={}", scratch.0.join("profile").display()));
        command.arg(format!("--print-to-pdf={}", pdf.display())).arg(sample(name));
        if !(done(command) && pdf.exists()) {
            println!("skipped: a PDF printed by Chromium, which is not here");
            break;
        }
        agrees(&sample(name), &pdf, "chromium");
        printed = Some(pdf);
    }
    let python = std::env::var("FAIRNOTICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (number, (module, of, program)) in PYTHON_PRODUCERS.iter().enumerate() {
        let mut there = Command::new(&python);
        there.args(["-c", &format!("import {module}")]);
        if !done(there) || (*of == "pdf" && printed.is_none()) {
            println!("skipped: a PDF made by {module} (a Python package), which is not here");
            continue;
        }
        for name in PRINTED.iter().filter(|name| name.ends_with(of) || *of == "pdf" && **name == PRINTED[1]) {
            let pdf = scratch.0.join(name).with_extension(format!("{number}.pdf"));
            let from = printed.clone().filter(|_| *of == "pdf").unwrap_or_else(|| sample(name));
            let mut command = Command::new(&python);
            command.args(["-c", program]).arg(from).arg(&pdf);
            assert!(done(command), "{module} makes a PDF");
            agrees(&sample(name), &pdf, module);
        }
    }
}
