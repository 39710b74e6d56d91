//! `fairnotice report` on small corpora: its files, their links, and what hostile notices must not do to them.
#![allow(clippy::disallowed_methods)] // these tests write the notices and read the report

mod folder;

use fairnotice::corpus::{Content, Corpus, Exchange};
use folder::Folder;
use scraper::{Html, Selector};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

impl Folder {
    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the temporary folder is writable");
        std::fs::write(path, content).expect("the temporary folder is writable");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairnotice"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// Writes a report as of a fixed day; what it printed.
fn report(arguments: &[&str]) -> String {
    let output = run(&[&["report", "--as-of", "2026-11-22"], arguments].concat());
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}{complained}");
    said.into_owned()
}

/// All files below a folder, by their paths in it.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                out.insert(path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned());
            }
        }
    }
    out
}

const FORMS: [&str; 7] =
    ["claims.csv", "findings.csv", "report.html", "report.json", "report.md", "report.sqlite", "report.xlsx"];

#[test]
fn the_same_notices_give_the_same_bytes() {
    let folder = Folder::new("same");
    for name in ["one", "two"] {
        report(&["--letters", "--output", &folder.path(name), "corpus/samples"]);
    }
    let names = files(&folder.0.join("one"));
    for form in FORMS {
        assert!(names.contains(form), "{form} is not there");
    }
    assert!(names.iter().any(|n| n.starts_with("pages/")) && names.iter().any(|n| n.starts_with("letters/")));
    assert_eq!(names, files(&folder.0.join("two")));
    for name in &names {
        let bytes = |of: &str| std::fs::read(folder.0.join(of).join(name)).expect("it is there");
        assert!(bytes("one") == bytes("two"), "{name} differs");
    }
}

#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let folder = Folder::new("links");
    report(&["--output", &folder.path("r"), "corpus/samples"]);
    let root = folder.0.join("r");
    let (linked, any) = (Selector::parse("[href]").expect("css"), Selector::parse("[id]").expect("css"));
    let pages: Vec<String> = files(&root).into_iter().filter(|n| n.ends_with(".html")).collect();
    let parsed = |name: &str| Html::parse_document(&folder.read(&format!("r/{name}")));
    let ids = |page: &Html| -> BTreeSet<String> {
        page.select(&any).filter_map(|e| e.attr("id")).map(str::to_owned).collect()
    };
    for name in &pages {
        let page = parsed(name);
        let own = ids(&page);
        assert_eq!(own.len(), page.select(&any).count(), "{name}: an id stands twice");
        for href in page.select(&linked).filter_map(|e| e.attr("href")) {
            let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
            if path.starts_with("https://") || path.starts_with("http://") {
                continue;
            }
            if path.is_empty() {
                assert!(own.contains(anchor), "{name}: {href} leads nowhere");
                continue;
            }
            let target = if name.starts_with("pages/") && !path.starts_with("../") {
                format!("pages/{path}")
            } else {
                path.trim_start_matches("../").to_owned()
            };
            assert!(pages.contains(&target), "{name}: {href} leads nowhere");
            assert!(anchor.is_empty() || ids(&parsed(&target)).contains(anchor), "{name}: {href} leads nowhere");
        }
    }
}

#[test]
fn the_database_the_tables_and_the_json_agree() {
    let folder = Folder::new("agree");
    report(&["--output", &folder.path("r"), "corpus/samples"]);
    let json: serde_json::Value = serde_json::from_str(&folder.read("r/report.json")).expect("JSON");
    let findings = json["findings"].as_array().expect("findings").len();
    let summary = |key: &str| json["summary"][key].as_u64().expect("a number") as usize;
    assert_eq!(summary("error") + summary("warning") + summary("info"), findings);
    let database = rusqlite::Connection::open(folder.0.join("r/report.sqlite")).expect("a database");
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).expect(sql) as usize;
    assert_eq!(count("SELECT count(*) FROM findings"), findings);
    assert_eq!(count("SELECT count(*) FROM findings_by_body"), findings);
    assert_eq!(count("SELECT count(*) FROM claims"), summary("claims"));
    assert_eq!(count("SELECT count(*) FROM claims_by_body"), summary("claims"));
    assert_eq!(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
    let rows = |name: &str| csv::Reader::from_path(folder.0.join("r").join(name)).expect("a table").records().count();
    assert_eq!(rows("findings.csv"), findings);
    assert_eq!(rows("claims.csv"), summary("claims"));
}

/// What notices could try: a page, a text, and a file name.
fn hostile(folder: &Folder) {
    let words = "\"><script>hit=1;alert(1)</script><img src=x onerror=\"hit=1\"><a href=\"javascript:hit=1\">x</a>\u{202e}evil\u{2066}";
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    folder.write(
        "in/page.html",
        &format!(
            "<!doctype html><html lang=en><title>Privacy notice {escaped}</title><h1>Privacy notice {escaped}</h1>\
             <p>NHS Marlow Vale {escaped} CCG is the data controller. This privacy notice explains how we use your personal \
             information under the Data Protection Act 1998 {escaped}.</p><h2>Invoice validation {escaped}</h2>\
             <p>We rely on Article 6(1)(e) and on Article 6(1)(z) {escaped}. <a href=\"javascript:hit=1\">Read on</a></p>\
             <h2>Your rights</h2><p>You have the right of access under the Data Protection Act 1998.</p>\
             <h2>How long</h2><p>=HYPERLINK(\"http://x\",\"y\") We keep your information for 8 years.</p>"
        ),
    );
    folder.write(
        "in/text.txt",
        &format!(
            "Privacy notice\n\nWho we are\n\n=cmd|' /C calc'!A0 {words} NHS Dalemere CCG is the data controller for your personal \
             information. This privacy notice explains how we use your personal information.\n\nOur processors\n\nThe following \
             organisations process data on our behalf: +1+1 {words} Data Ltd.\n\n{words}\n\nWe hold information about you under \
             the Data Protection Act 1998 {words}.\n\nYour rights\n\nYou have the right of access to your information.\n"
        ),
    );
    folder.write(
        "in/\"><svg onload=hit=1>.txt",
        "Privacy notice\n\nNHS Corby CCG is the data controller. We use your \
         personal information under the Data Protection Act 1998. You have the right of access.\n",
    );
}

#[test]
fn hostile_notices_leave_the_report_inert() {
    let folder = Folder::new("hostile");
    hostile(&folder);
    report(&["--letters", "--output", &folder.path("r"), &folder.path("in")]);
    let select = |css: &str| Selector::parse(css).expect("css");
    let (all, scripts) = (select("*"), select("script"));
    for name in files(&folder.0.join("r")).into_iter().filter(|n| n.ends_with(".html")) {
        let bytes = folder.read(&format!("r/{name}"));
        assert!(!bytes.contains(['\u{202e}', '\u{2066}']), "{name}: a character that turns the writing");
        let page = Html::parse_document(&bytes);
        let own = usize::from(!name.starts_with("letters/"));
        assert_eq!(page.select(&scripts).count(), own, "{name}: scripts");
        for element in page.select(&all) {
            let tag = element.value().name();
            assert!(
                !matches!(tag, "img" | "iframe" | "object" | "embed" | "form" | "base" | "link"),
                "{name}: <{tag}>"
            );
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on") && attribute != "style", "{name}: {tag} {attribute}={value}");
                assert!(attribute != "src", "{name}: {tag} src={value}");
                if attribute == "href" {
                    let inert = ["#", "pages/", "../", "https://", "http://"].iter().any(|s| value.starts_with(s))
                        || files(&folder.0.join("r/pages")).contains(value.split('#').next().unwrap_or(""));
                    assert!(inert, "{name}: href={value}");
                }
            }
        }
    }
    for name in files(&folder.0.join("r")).into_iter().filter(|n| n.ends_with(".md")) {
        let text = folder.read(&format!("r/{name}"));
        for sign in ["<script", "<img", "](javascript", "\u{202e}"] {
            assert!(!text.contains(sign) || text.contains(&format!("\\{sign}")), "{name}: {sign}");
        }
    }
}

#[test]
fn no_cell_of_a_hostile_notice_is_a_formula() {
    let folder = Folder::new("formulas");
    hostile(&folder);
    report(&["--output", &folder.path("r"), &folder.path("in")]);
    for name in ["claims.csv", "findings.csv"] {
        let mut table = csv::Reader::from_path(folder.0.join("r").join(name)).expect("a table");
        for cell in table.records().flat_map(|r| r.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
        }
    }
    let file = std::fs::File::open(folder.0.join("r/report.xlsx")).expect("a workbook");
    let mut book = zip::ZipArchive::new(file).expect("a workbook");
    for at in 0..book.len() {
        let mut part = book.by_index(at).expect("a part");
        let (name, mut content) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut content).expect("XML");
        assert!(!content.contains("<f>") && !content.contains("<f "), "{name}: a formula");
        if name.ends_with(".rels") {
            for target in content.split("Target=\"").skip(1).filter(|t| t.contains("TargetMode=\"External\"")) {
                assert!(target.starts_with("https://"), "{name}: {}", &target[..target.len().min(80)]);
            }
        }
    }
}

#[test]
fn an_earlier_report_tells_new_cured_and_remaining() {
    let folder = Folder::new("since");
    let notice = |law: &str, more: &str| {
        format!(
            "Privacy notice\n\nNHS Marlow Vale CCG is the data controller. This privacy notice explains how we use your \
             personal information.\n\nHow we use it\n\nWe hold information about you under the {law}.{more}\n\nYour \
             rights\n\nYou have the right of access to your personal information.\n"
        )
    };
    folder.write("in/a.txt", &notice("Data Protection Act 1998", ""));
    report(&["--output", &folder.path("old"), &folder.path("in")]);
    folder.write("in/a.txt", &notice("Data Protection Act 2018", " Call [NAME SURNAME] to ask."));
    let said = report(&["--since", &folder.path("old"), "--output", &folder.path("new"), &folder.path("in")]);
    assert!(said.contains("1 new, 1 cured"), "{said}");
    let json: serde_json::Value = serde_json::from_str(&folder.read("new/report.json")).expect("JSON");
    let body = &json["trend"]["bodies"][0];
    assert_eq!(body["cured"][0]["rule"], "outdated/dpa-1998", "{body}");
    assert_eq!(body["new"].as_array().map(Vec::len), Some(1), "{body}");
    assert!(body["remaining"].as_u64() > Some(0), "{body}");
    // Against itself nothing has changed, and the folder of an earlier report may be written to again.
    let said = report(&["--since", &folder.path("new"), "--output", &folder.path("new"), &folder.path("in")]);
    assert!(said.contains("0 new, 0 cured"), "{said}");
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = Folder::new("refused");
    folder.write("other/letter.txt", "Dear Sir or Madam\n");
    folder.write("in/empty.txt", " \n");
    let refused = |arguments: &[&str], words: &str| {
        let output = run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    };
    refused(&["report", "--output", &folder.path("other"), "corpus/samples"], "holds other things than a report");
    refused(&["report", "--since", "README.md", "--output", &folder.path("r"), "corpus/samples"], "no report.json");
    refused(&["report", "--output", &folder.path("r")], "PATH");
    let output = run(&["report", "--output", &folder.path("r"), &folder.path("in"), "corpus/samples"]);
    assert_eq!(output.status.code(), Some(3), "an unreadable document is told by the exit code");
    assert!(folder.read("r/report.html").contains("empty.txt"), "and stands in the ledger");
}

#[test]
fn a_finding_between_notices_shows_both_sides() {
    let folder = Folder::new("sides");
    for name in ["Marlow Vale", "Dalemere"] {
        folder.write(
            &format!("in/{name}.txt"),
            &format!(
                "Privacy notice\n\nNHS {name} ICB is the data controller. This privacy notice explains how we use your personal \
                 information.\n\nOur registration with the Information Commissioner's Office is ZA123456.\n\nYour \
                 rights\n\nYou have the right of access to your personal information.\n"
            ),
        );
    }
    report(&["--output", &folder.path("r"), &folder.path("in")]);
    let page = folder.read("r/pages/nhs-dalemere-icb.html");
    assert!(page.contains("corpus/shared-registration"), "one number in two bodies' notices is found");
    assert!(page.contains("Compared with") && page.contains("nhs-marlow-vale-icb.html"), "the other side is shown");
    let table = folder.read("r/findings.csv");
    assert!(
        table.lines().any(|l| l.contains("corpus/shared-registration") && l.contains("Marlow Vale.txt, line")),
        "{table}"
    );
}

#[test]
fn a_corpus_is_reported_as_of_a_day_with_its_captures() {
    let folder = Folder::new("corpus");
    let mut corpus = Corpus::create(&folder.0.join("corpus")).expect("a corpus");
    let notice = |day: &str, law: &str| {
        Exchange {
        uri: "https://marlowvale.example.nhs.uk/privacy".to_owned(),
        instant: format!("{day}T09:30:00Z").parse().expect("an instant"),
        notice: "https://marlowvale.example.nhs.uk/privacy".to_owned(),
        visit: None,
        part: 0,
        ods: Some("QNX".to_owned()),
        refused: None,
        content: Content::File {
            media_type: "text/plain".to_owned(),
            bytes: format!(
                "Privacy notice\n\nNHS Sussex ICB is the data controller. This privacy notice explains how we use your personal \
                 information under the {law}.\n\nYour rights\n\nYou have the right of access to your personal information.\n"
            )
            .into_bytes(),
        },
        notes: Vec::new(),
    }
    };
    let blocked = Exchange {
        uri: "https://dalemere.example.nhs.uk/privacy".to_owned(),
        notice: "https://dalemere.example.nhs.uk/privacy".to_owned(),
        refused: Some("a page that asks whether one is human".to_owned()),
        ..notice("2024-05-02", "Act")
    };
    let old = notice("2023-03-01", "Data Protection Act 1998");
    let new = notice("2025-03-01", "Data Protection Act 2018");
    corpus.append_all(&[old, new, blocked]).expect("they are kept");
    drop(corpus);
    let report = |day: &str| {
        let (output, corpus) = (folder.path(day), folder.path("corpus"));
        let output = run(&["report", "--as-of", day, "--output", &output, "--corpus", &corpus]);
        assert_eq!(output.status.code(), Some(3), "one page was refused: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str::<serde_json::Value>(&folder.read(&format!("{day}/report.json"))).expect("JSON")
    };
    let cited = |json: &serde_json::Value| {
        json["findings"].as_array().expect("findings").iter().any(|f| f["rule"] == "outdated/dpa-1998")
    };
    let (before, after) = (report("2024-06-01"), report("2025-06-01"));
    assert!(cited(&before) && !cited(&after), "the version in force on the day is judged");
    assert_eq!(after["documents"][0]["captured"], "2025-03-01T09:30:00Z");
    assert_eq!(after["ledger"]["unreadable"], 1, "{after}");
    assert_eq!(after["bodies"][0]["ods"], "QNX");
    let page = folder.read("2025-06-01/pages/qnx.html");
    assert!(
        page.contains("captured 2025-03-01T09:30:00Z") && page.contains("https://marlowvale.example.nhs.uk/privacy")
    );
}

#[test]
fn the_chart_of_approvals_follows_the_register_in_force() {
    let folder = Folder::new("approvals");
    folder.write(
        "in/notice.txt",
        "Privacy notice\n\nNHS Marlow Vale ICB is the data controller. This privacy notice explains how we use your personal \
         information.\n\nRisk stratification\n\nSection 251 support was given under 23/CAG/9901.\n\nInvoice validation\n\n\
         Section 251 support was given under CAG 7-07(a)/2013 and 23/CAG/9902.\n\nYour rights\n\nYou have the right of access.\n",
    );
    for (day, status) in [("2025-01-01", "Supported"), ("2026-01-01", "Withdrawn")] {
        folder.write(
            &format!("cag {day}.csv"),
            &format!(
                "App No.,Reference,Application Title,Status,Next Review,Organisation\n1,23/CAG/9901,Risk at Marlow,{status},\
                 2027-05-01,NHS Marlow Vale ICB\n2,CAG 7-07(a)/2013,Invoices,Expired,N/A,NHS England\n"
            ),
        );
        let file = folder.path(&format!("cag {day}.csv"));
        let corpus = folder.path("corpus");
        let imported = run(&["register", "import", "cag", "--corpus", &corpus, "--date", day, &file]);
        assert_eq!(imported.status.code(), Some(0), "{}", String::from_utf8_lossy(&imported.stderr));
    }
    let standing = |day: &str| {
        let (output, corpus, notices) = (folder.path(day), folder.path("corpus"), folder.path("in"));
        let said = run(&["report", "--as-of", day, "--output", &output, "--corpus", &corpus, &notices]);
        assert_eq!(said.status.code(), Some(0), "{}", String::from_utf8_lossy(&said.stderr));
        let json: serde_json::Value = serde_json::from_str(&folder.read(&format!("{day}/report.json"))).expect("JSON");
        let of = |a: &serde_json::Value| (a["reference"].clone(), a["standing"].as_str().unwrap_or("").to_owned());
        json["approvals"].as_array().expect("approvals").iter().map(of).collect::<Vec<_>>()
    };
    let of = |reference: &str, standing: &str| (serde_json::Value::from(reference), standing.to_owned());
    // Before any register, the program's own knowledge.
    let before = standing("2024-06-01");
    assert!(before.contains(&of("23/CAG/9901", "not known")), "{before:?}");
    assert!(before.contains(&of("CAG 7-07(a)/2013", "in the register, no end known")), "{before:?}");
    let between = standing("2025-06-01");
    assert!(between.contains(&of("23/CAG/9901", "supported by the register of 1 January 2025")), "{between:?}");
    assert!(between.contains(&of("CAG 7-07(a)/2013", "expired by the register of 1 January 2025")), "{between:?}");
    let after = standing("2026-06-01");
    assert!(after.contains(&of("23/CAG/9901", "withdrawn by the register of 1 January 2026")), "{after:?}");
    assert!(after.contains(&of("23/CAG/9902", "not known")), "{after:?}");
    let page = folder.read("2026-06-01/report.html");
    assert!(page.contains("CAG as of 2026-01-01") && page.contains("next review 2027-05-01"), "the row is named");
}

#[test]
fn one_form_alone_can_be_written() {
    let folder = Folder::new("form");
    report(&["--format", "csv", "--output", &folder.path("r"), "corpus/samples"]);
    let expected: BTreeSet<String> = ["claims.csv", "findings.csv"].map(str::to_owned).into();
    assert_eq!(files(&folder.0.join("r")), expected);
}

/// The words of a Word document as our own reader gives them.
fn words_of(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("the letter is there");
    fairnotice::document::read(&bytes, "letter.docx").unwrap_or_else(|e| panic!("{}", e.0)).text.body
}

#[test]
fn a_letter_says_the_same_in_every_form() {
    let folder = Folder::new("letters");
    hostile(&folder);
    report(&["--letters", "--output", &folder.path("r"), &folder.path("in")]);
    let names = files(&folder.0.join("r/letters"));
    let of = |extension: &str| names.iter().filter(|n| n.ends_with(extension)).count();
    assert!(of(".md") > 1 && of(".md") == of(".docx") && of(".md") == of(".html"), "{names:?}");
    let plain = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    for name in names.iter().filter(|n| n.ends_with(".docx")) {
        let path = folder.0.join("r/letters").join(name);
        let letter = plain(&words_of(&path));
        let page = Html::parse_document(&folder.read(&format!("r/letters/{}", name.replace(".docx", ".html"))));
        let told = Selector::parse("main h1, main h2, main h3, main > p, main > ul > li").expect("css");
        let told: Vec<String> = page.select(&told).map(|e| plain(&e.text().collect::<String>())).collect();
        assert!(told.len() > 10, "{name}: {told:?}");
        for words in told {
            assert!(letter.contains(&words), "{name} does not say: {words}");
        }
        assert!(
            letter.contains("Data Protection Act 1998 \"><script>"),
            "{name}: what a notice says is words\n{letter}"
        );
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).expect("it is there")).expect("an archive");
        let mut relations = String::new();
        let part = archive.by_name("word/_rels/document.xml.rels");
        part.expect("it has links").read_to_string(&mut relations).expect("XML");
        for target in relations.split("Target=\"").skip(1).filter(|t| t.contains("TargetMode=\"External\"")) {
            assert!(target.starts_with("https://"), "{name}: {target}");
        }
    }
}

#[test]
fn letters_can_be_had_in_one_form_and_old_ones_go() {
    let folder = Folder::new("letter-form");
    hostile(&folder);
    report(&["--letters=docx,html", "--output", &folder.path("r"), &folder.path("in")]);
    let extensions = |names: &BTreeSet<String>| -> BTreeSet<String> {
        names.iter().filter_map(|n| n.rsplit_once('.')).map(|(_, e)| e.to_owned()).collect()
    };
    let before = files(&folder.0.join("r/letters"));
    assert_eq!(extensions(&before), ["docx", "html"].map(str::to_owned).into());
    std::fs::write(folder.0.join("r/letters/mine.docx"), "a letter that somebody else wrote").expect("writable");
    std::fs::remove_file(folder.0.join("in/text.txt")).expect("it was there");
    report(&["--letters=docx", "--output", &folder.path("r"), &folder.path("in")]);
    let after = files(&folder.0.join("r/letters"));
    assert!(after.contains("mine.docx"), "only what is ours is removed: {after:?}");
    assert!(!after.iter().any(|n| n.contains("dalemere")), "no letter about a body that is gone: {after:?}");
    let output = run(&["report", "--letters=pdf", "--output", &folder.path("r"), "corpus/samples"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("docx"), "{said}");
}

/// `.ci/run` installs what this needs; elsewhere `npm install --prefix target/browser axe-core playwright-core` does.
#[test]
fn a_browser_finds_the_pages_inert_and_accessible() {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    if !modules.join("node_modules/axe-core").is_dir() || !Path::new(&chromium).exists() {
        println!("skipped: the report in a browser, because Chromium or axe-core is not there (see .ci/run)");
        return;
    }
    let folder = Folder::new("browser");
    hostile(&folder);
    report(&["--letters", "--output", &folder.path("old"), "corpus/samples"]);
    report(&[
        "--letters",
        "--since",
        &folder.path("old"),
        "--output",
        &folder.path("r"),
        &folder.path("in"),
        "corpus/samples",
    ]);
    let pages = files(&folder.0.join("r"));
    let mut shown = vec!["report.html".to_owned()];
    for start in ["pages/", "letters/"] {
        shown.extend(pages.iter().filter(|n| n.starts_with(start) && n.ends_with(".html")).take(3).cloned());
    }
    let output = Command::new("node")
        .arg("tests/browser/report.mjs")
        .arg(&modules)
        .arg(folder.path("r"))
        .args(&shown)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let Ok(output) = output else {
        println!("skipped: the report in a browser, because there is no node");
        return;
    };
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
}
