//! The built program on small files: exit codes, forms of output, and what a hostile notice must not do.
#![allow(clippy::disallowed_methods)] // these tests write the files that the program reads

mod folder;

use folder::Folder;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A notice that is wrong in one certain way: the Act of 1998 as law in force.
const OUTDATED: &str = "Privacy notice\n\nWho we are\n\nNHS Marlow Vale CCG is the data controller. This privacy notice explains how we use \
your personal information.\n\nHow we use your information\n\nWe collect and hold information about you under the Data Protection Act 1998. We share \
your information with NHS England.\n\nYour rights\n\nYou have the right of access to your personal information under the Data Protection Act 1998.\n\n\
How long we keep it\n\nWe keep your information for 8 years.\n";

/// No notice at all.
const OTHER: &str = "Shopping list\n\nEggs, flour and butter.\n";

impl Folder {
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("the temporary folder is writable");
        std::fs::write(&path, content).expect("the temporary folder is writable");
        path.to_string_lossy().into_owned()
    }

    fn path(&self) -> String {
        self.0.to_string_lossy().into_owned()
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
    command.env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}{}", words(&output.stdout), words(&output.stderr)))
}

#[test]
fn the_exit_code_says_what_came_of_it() {
    let folder = Folder::new("codes");
    let outdated = folder.file("outdated.txt", OUTDATED);
    let other = folder.file("other.txt", OTHER);
    let empty = folder.file("empty.txt", " \n");
    let pdf = folder.file("scan.pdf", b"%PDF-1.7 ...");
    assert_eq!(code(&run(&["check", &outdated])), 1);
    assert_eq!(code(&run(&["check", "--fail-on", "never", &outdated])), 0);
    assert_eq!(code(&run(&["check", &other])), 0, "what is no notice is not judged");
    assert_eq!(code(&run(&["check", "--nonsense", &outdated])), 2);
    assert_eq!(code(&run(&["check"])), 2);
    assert_eq!(code(&run(&["check", "--dictionaries", &folder.path(), &outdated])), 2, "a folder without dictionaries");
    let missing = folder.0.join("missing.txt");
    for unreadable in [&empty, &pdf, &missing.to_string_lossy().into_owned()] {
        let both = run(&["check", "--format", "json", unreadable, &outdated]);
        assert_eq!(code(&both), 3, "{unreadable}");
        let report: Value = serde_json::from_slice(&both.stdout).expect("JSON");
        assert_eq!(report["notices"][0]["source"], outdated.as_str(), "the others are still judged");
        assert_eq!(report["unreadable"][0]["source"], unreadable.as_str());
        assert_eq!(report["summary"]["unreadable"], 1);
        let human = words(&run(&["check", unreadable]).stdout);
        assert!(human.contains("unreadable") && human.contains("exit 3"), "{human}");
    }
}

#[test]
fn json_has_the_form_of_the_contract_and_spans_that_quote() {
    let folder = Folder::new("json");
    let notice = folder.file("notice.txt", OUTDATED);
    let report = json(&["check", "--format", "json", "--as-of", "2026-11-22", &notice]);
    assert_eq!(report["schema"], "fairnotice/analysis/1");
    assert_eq!(report["tool"]["name"], "fairnotice");
    assert!(report["tool"]["dictionaries"].as_str().is_some_and(|h| h.starts_with("sha256:")));
    assert_eq!(report["as_of"], "2026-11-22");
    let text = run(&["text", &notice]).stdout;
    let one = &report["notices"][0];
    for key in
        ["source", "kind", "media_type", "sha256", "title", "language", "reading", "problems", "claims", "findings"]
    {
        assert!(one.get(key).is_some(), "{key}");
    }
    let finding = one["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|f| f["rule"] == "outdated/dpa-1998")
        .expect("the Act of 1998 is found");
    for key in ["severity", "subject", "message", "help", "since", "fingerprint", "references"] {
        assert!(finding.get(key).is_some(), "{key}");
    }
    assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(32));
    assert_eq!(finding["evidence"][0]["line"], 9);
    let claims = one["claims"].as_array().into_iter().flatten().map(|c| &c["evidence"]);
    let found =
        one["findings"].as_array().into_iter().flatten().flat_map(|f| f["evidence"].as_array().into_iter().flatten());
    let mut spans = 0;
    for span in claims.chain(found) {
        let at = |key: &str| span[key].as_u64().expect("an offset") as usize;
        assert_eq!(&text[at("start")..at("end")], span["quote"].as_str().unwrap_or("").as_bytes());
        assert!(span["page"].is_null() && at("line") > 0 && at("column") > 0);
        spans += 1;
    }
    assert!(spans > 5);
    let summary = &report["summary"];
    for key in ["notices", "claims", "error", "warning", "info", "hidden", "suppressed", "unreadable"] {
        assert!(summary[key].is_u64(), "{key}");
    }
    assert_eq!(summary["claims"].as_u64().unwrap_or(0) as usize, one["claims"].as_array().map_or(0, Vec::len));
}

#[test]
fn a_fingerprint_survives_moved_lines_and_changed_white_space() {
    let folder = Folder::new("fingerprint");
    let before = folder.file("a.txt", OUTDATED);
    let moved = OUTDATED
        .replacen("Who we are\n", "\n\n\nWho we are\n", 1)
        .replace("Protection Act 1998", "Protection  ACT 1998");
    let after = folder.file("b.txt", moved);
    let print = |path: &str| {
        let report = json(&["check", "--format", "json", path]);
        let findings = report["notices"][0]["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().find(|f| f["rule"] == "outdated/dpa-1998").map(|f| f["fingerprint"].to_string())
    };
    assert!(print(&before).is_some());
    assert_eq!(print(&before), print(&after));
}

#[test]
fn jsonl_is_a_line_per_notice_in_the_order_given() {
    let folder = Folder::new("jsonl");
    let (a, b) = (folder.file("b.txt", OUTDATED), folder.file("a.txt", OTHER));
    let output = words(&run(&["check", "--format", "jsonl", &a, &b]).stdout);
    let sources: Vec<String> = output
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).expect("a line is JSON")["notices"][0]["source"]
                .as_str()
                .unwrap_or("")
                .to_owned()
        })
        .collect();
    assert_eq!(sources, [a, b]);
}

#[test]
fn human_output_fits_the_screen_and_has_no_escapes_when_piped() {
    let folder = Folder::new("human");
    let long = OUTDATED.replace("We collect", &format!("{} We collect", "very long words indeed".repeat(100)));
    folder.file("notice.txt", long);
    let at = |columns: &str| {
        program()
            .current_dir(&folder.0)
            .env("COLUMNS", columns)
            .args(["check", "notice.txt"])
            .output()
            .expect("the program starts")
    };
    for (columns, width) in [("40", 40), ("80", 80), ("nonsense", 80), ("7", 40)] {
        let shown = words(&at(columns).stdout);
        assert!(!shown.contains('\u{1b}'), "{shown}");
        // The id of a rule and an address stand whole, whatever the width.
        assert!(
            shown.lines().all(|l| l.chars().count() <= width || l.contains("://") || l.trim_end().ends_with("]:")),
            "{columns}: {shown}"
        );
    }
    let shown = words(&at("80").stdout);
    for part in [
        "error[outdated/dpa-1998]:", "--> notice.txt:9:", "^^^^^^^^", "and 1 more place: line 13", "why:", "cure:",
        "source:", "exit 1:",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let coloured = program()
        .current_dir(&folder.0)
        .args(["check", "--color", "always", "notice.txt"])
        .output()
        .expect("the program starts");
    assert!(words(&coloured.stdout).contains("\u{1b}["));
}

#[test]
fn a_notice_cannot_speak_to_the_terminal() {
    let folder = Folder::new("escapes");
    let hostile =
        OUTDATED.replace("Data Protection Act 1998", "\u{1b}[31mData\u{202e} Protection\u{9b}2J Act 1998\u{7}");
    let notice = folder.file("no\u{1b}[2Jtice\u{202e}.txt", hostile);
    let page = folder.file("page.html", "<title>Privacy \u{9b}notice\u{202e}</title><h1>Privacy notice</h1><p>This privacy notice says how we use your information. <a href=\"mailto:\u{9b}x@y.nhs.uk\">We hold information about you</a></p>");
    for verb in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "jsonl"],
        &["claims"],
        &["claims", "--format", "csv"],
        &["claims", "--format", "json"],
        &["text", "--together"],
    ] {
        let output = program().args(verb).args([&notice, &page]).output().expect("the program starts");
        for stream in [&output.stdout, &output.stderr] {
            let shown = words(stream);
            assert!(
                !shown.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r') || c == '\u{202e}'),
                "{verb:?}: {shown:?}"
            );
        }
    }
}

#[test]
fn claims_come_as_table_json_lines_and_csv() {
    let folder = Folder::new("claims");
    let notice =
        folder.file("notice.txt", format!("{OUTDATED}\nContact us\n\n=HYPERLINK(\"http://x\") +44 1509 567702\n"));
    let table = words(&run(&["claims", &notice]).stdout);
    assert!(table.contains("ukpga/1998/29") && table.lines().skip(3).all(|l| l.chars().count() <= 80), "{table}");
    let report = json(&["claims", "--format", "json", &notice]);
    assert!(report["notices"][0]["claims"].as_array().is_some_and(|c| !c.is_empty()));
    assert!(report["notices"][0].get("findings").is_none(), "claims alone");
    let lines = words(&run(&["claims", "--format", "jsonl", &notice]).stdout);
    assert!(lines.lines().all(|l| {
        serde_json::from_str::<Value>(l).is_ok_and(|c| c["source"] == notice.as_str() && c["kind"].is_string())
    }));
    let csv = words(&run(&["claims", "--format", "csv", &notice]).stdout);
    assert!(csv.starts_with("source,kind,value,purpose,section,quote,line,column,page,start,end,attrs\r\n"), "{csv}");
    for cell in csv.replace("\r\n", ",").split(',') {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

#[test]
fn text_prints_the_canonical_text_and_nothing_else() {
    let folder = Folder::new("text");
    let notice = folder.file("notice.txt", "One\u{a0} two\n\n  three\u{200b}four  \n");
    let output = run(&["text", &notice]);
    assert_eq!((words(&output.stdout).as_str(), output.stderr.len(), code(&output)), ("One two\nthreefour\n", 0, 0));
    assert_eq!(code(&run(&["text", &notice, &notice])), 2);
    let refused = run(&["text", &folder.file("empty.txt", "")]);
    assert_eq!((refused.stdout.len(), code(&refused)), (0, 3));
}

#[test]
fn rules_are_listed_and_explained() {
    let listed = json(&["rules", "--format", "json"]);
    assert!(
        listed["rules"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|r| r["id"] == "outdated/dpa-1998" && r["severity"] == "error")
    );
    assert!(words(&run(&["rules"]).stdout).contains("outdated/dpa-1998"));
    assert!(words(&run(&["rules", "--format", "markdown"]).stdout).contains("## `outdated/dpa-1998`"));
    let page = words(&run(&["explain", "outdated/dpa-1998"]).stdout);
    for part in ["Why it matters", "Example", "legislation.gov.uk", "Severity: error"] {
        assert!(page.contains(part), "{part}");
    }
    let unknown = run(&["explain", "outdated/dpa-1989"]);
    assert_eq!((code(&unknown), unknown.stdout.len()), (2, 0));
    assert!(words(&unknown.stderr).contains("outdated/dpa-1998"), "the nearest is named");
    let family = run(&["explain", "unnamed"]);
    assert_eq!(code(&family), 2);
    assert!(words(&family.stderr).contains("unnamed/dpo, unnamed/siro"), "the rules of a family are named");
}

#[test]
fn standard_input_is_a_notice_like_any_other() {
    let mut child = program()
        .args(["check", "--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(OUTDATED.as_bytes()).expect("the program reads");
    let output = child.wait_with_output().expect("the program ends");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((code(&output), report["notices"][0]["source"].as_str()), (1, Some("-")));
    assert_eq!(code(&run(&["check", "-", "-"])), 2);
}

#[test]
fn a_folder_is_read_in_order_and_its_other_files_are_named() {
    let folder = Folder::new("folder");
    for name in ["c.htm", "a/z.TXT", "b.html", ".hidden/x.txt", "style.css"] {
        folder.file(name, OUTDATED);
    }
    folder.file("minutes.doc", b"\xd0\xcf\x11\xe0");
    let output = run(&["check", "--format", "json", &folder.path()]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let names: Vec<String> = report["notices"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|n| n["source"].as_str().unwrap_or("").replace(&folder.path(), ""))
        .collect();
    assert_eq!(names, ["/a/z.TXT", "/b.html", "/c.htm"]);
    assert!(words(&output.stderr).contains("1 .doc"));
    let none = Folder::new("folder-none");
    assert_eq!(code(&run(&["check", &none.path()])), 3, "a folder without notices is not clean");
}

#[test]
fn a_day_that_is_none_is_refused_with_an_example() {
    let folder = Folder::new("as-of");
    let notice = folder.file("notice.txt", format!("{OUTDATED}\nLast reviewed: July 2018\n"));
    for wrong in ["2026-13-01", "22/11/2026", "yesterday"] {
        let output = run(&["check", "--as-of", wrong, &notice]);
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(words(&output.stderr).contains("2026-11-22"), "{wrong}");
    }
    let report = json(&["check", "--format", "json", "--as-of", "reviewed", &notice]);
    assert_eq!(
        (&report["notices"][0]["judged_on"], &report["notices"][0]["own_review_date"]),
        (&"2018-07-31".into(), &true.into())
    );
    let early = json(&["check", "--format", "json", "--as-of", "2017-01-01", &notice]);
    assert!(
        early["notices"][0]["findings"].as_array().into_iter().flatten().all(|f| f["rule"] != "outdated/dpa-1998"),
        "no rule fires before its law"
    );
}

#[test]
fn several_files_are_one_notice_together() {
    let folder = Folder::new("together");
    let first = folder.file("first.txt", OUTDATED);
    let second = folder.file("second.txt", "How to complain\n\nYou have the right to complain to the Information Commissioner's Office.\nWe hold it under the Data Protection Act 1998.");
    let arguments = ["--together", &first, &second];
    let report = json(&[&["check", "--format", "json"][..], &arguments].concat());
    let text = run(&[&["text"][..], &arguments].concat()).stdout;
    let notices = report["notices"].as_array().cloned().unwrap_or_default();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0]["sources"][1]["source"], second.as_str());
    let rules: Vec<&str> =
        notices[0]["findings"].as_array().into_iter().flatten().filter_map(|f| f["rule"].as_str()).collect();
    assert!(!rules.contains(&"missing/right-to-complain"), "the second page says it: {rules:?}");
    let act = notices[0]["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|f| f["rule"] == "outdated/dpa-1998")
        .cloned()
        .expect("found in both");
    let last = act["evidence"].as_array().and_then(|e| e.last()).cloned().unwrap_or_default();
    assert_eq!((&last["source"], &last["line"], &last["column"]), (&second.as_str().into(), &4.into(), &22.into()));
    let (start, end) = (last["start"].as_u64().unwrap_or(0) as usize, last["end"].as_u64().unwrap_or(0) as usize);
    assert_eq!(&text[start..end], last["quote"].as_str().unwrap_or("").as_bytes());
    let partly = json(&["check", "--format", "json", "--together", &first, "no-such-file.txt"]);
    assert_eq!(partly["notices"][0]["reading"], "part", "silence proves nothing where a page is missing");
}

#[test]
fn output_goes_to_a_file_and_never_over_a_notice() {
    let folder = Folder::new("output");
    let notice = folder.file("notice.txt", OUTDATED);
    let target = folder.0.join("report.json").to_string_lossy().into_owned();
    let output = run(&["check", "--format", "json", "--output", &target, &notice]);
    assert_eq!((code(&output), output.stdout.len()), (1, 0));
    assert!(std::fs::read_to_string(&target).is_ok_and(|t| t.contains("fairnotice/analysis/1")));
    assert_eq!(code(&run(&["check", "--output", &notice, &notice])), 2);
    assert_eq!(code(&run(&["check", "--output", &folder.0.join("none/x").to_string_lossy(), &notice])), 2);
    assert!(std::fs::read_to_string(&notice).is_ok_and(|t| t == OUTDATED));
}

#[test]
fn eval_measures_against_gold() {
    let folder = Folder::new("eval");
    folder.file("notice.txt", OUTDATED);
    folder.file("gold/notice.json", r#"{"notice": "notice.txt", "as_of": "2026-11-22", "claims": [["controller", "NHS Marlow Vale Clinical Commissioning Group"], ["retention", "P9Y"]], "findings": ["outdated/dpa-1998", "placeholder/text"]}"#);
    let scores = json(&["eval", &folder.path(), "--format", "json"]);
    assert_eq!(scores["rows"]["controller"]["recall"], 1.0);
    assert_eq!(scores["rows"]["retention"]["recall"], 0.0);
    assert_eq!(scores["rows"]["findings"]["recall"], 0.5);
    assert_eq!(scores["rules"]["placeholder/text"]["missed"], 1);
    assert_eq!(code(&run(&["eval", &folder.path(), "--gold", "no-such-folder"])), 2);
    assert!(words(&run(&["eval", &folder.path()]).stdout).contains("controller"));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::new("pipe");
    let notice = folder.file("notice.txt", OUTDATED.repeat(200));
    let mut child = program()
        .args(["check", "--format", "json", &notice])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((code(&output), words(&output.stderr)), (1, String::new()));
}
