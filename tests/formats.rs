//! Every output format of `check` and `claims` on the same notices: what comes out stands in `tests/formats/`, and
//! `UPDATE=1 cargo test` rewrites it. A format that is registered is taken along by itself.
//!
//! Beside that, what the readers of a format insist on: GitHub's limits and escapes, SARIF's places and fingerprints, JUnit's
//! counts, GitLab's distinct names.
#![allow(clippy::disallowed_methods)] // these tests run the program on files

use fairnotice::report::{CHECK, CLAIMS};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// The program on the notices of this folder, on one day and outside of any build server.
fn program(verb: &str, format: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
    command.current_dir(folder()).env_remove("GITHUB_STEP_SUMMARY").env_remove("NO_COLOR").env("COLUMNS", "80");
    command.args([verb, "--as-of", "2026-11-22", "--format", format, "notices"]);
    command
}

fn output(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn check(format: &str) -> String {
    words(&output(&mut program("check", format)).stdout)
}

fn check_json(format: &str) -> Value {
    serde_json::from_str(&check(format)).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The output without what other changes bring about: the hash of the dictionaries. JSON on one line is spread out.
fn steady(content: &str) -> String {
    let mut content = content.to_owned();
    if content.starts_with('{') && content.lines().count() == 1 {
        let value: Value = serde_json::from_str(&content).expect("JSON");
        content = serde_json::to_string_pretty(&value).expect("JSON") + "\n";
    }
    let mut out = String::new();
    let mut rest = content.as_str();
    while let Some(at) = rest.find("\"sha256:") {
        let behind = &rest[at + 8..];
        out.push_str(&rest[..at + 8]);
        out.push('…');
        rest = &behind[behind.find('"').unwrap_or(0)..];
    }
    out + rest
}

#[test]
fn every_format_is_as_it_was() {
    let update = std::env::var("UPDATE").is_ok_and(|v| v == "1");
    let check = CHECK.iter().map(|f| ("check", f.name));
    let claims = CLAIMS.iter().map(|f| ("claims", f.name));
    let (mut faults, mut known) = (Vec::new(), BTreeSet::new());
    for (verb, format) in check.chain(claims) {
        let name = format!("{verb}-{format}.out");
        let run = output(&mut program(verb, format));
        let got = steady(&words(&run.stdout));
        assert_eq!(run.status.code(), Some(3), "{name}: one of the files is empty");
        let file = folder().join(&name);
        if update {
            std::fs::write(&file, &got).expect("the folder can be written to");
        } else if std::fs::read_to_string(&file).is_ok_and(|there| there != got) || !file.exists() {
            faults
                .push(format!("tests/formats/{name}: not what comes out; run UPDATE=1 cargo test and read the change"));
        }
        known.insert(name);
    }
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("the folder can be read").file_name().to_string_lossy().into_owned();
        if name.ends_with(".out") && !known.contains(&name) {
            faults.push(format!("tests/formats/{name}: of no format; remove it"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_format_keeps_the_exit_code_and_goes_to_a_file() {
    let target = std::env::temp_dir().join(format!("fairnotice-formats-{}", std::process::id()));
    for format in CHECK {
        let run = output(program("check", format.name).arg("--output").arg(&target));
        let written = std::fs::read_to_string(&target).expect("the file was written");
        assert_eq!((run.stdout.len(), run.status.code()), (0, Some(3)), "{}", format.name);
        assert_eq!(written, check(format.name), "{}", format.name);
        let one = |fail_on: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
            command.current_dir(folder()).env_remove("GITHUB_STEP_SUMMARY");
            command.args(["check", "--format", format.name, "--fail-on", fail_on, "notices/short.txt"]);
            output(&mut command).status.code()
        };
        assert_eq!((one("error"), one("never")), (Some(1), Some(0)), "{}", format.name);
    }
    let _ = std::fs::remove_file(target);
}

#[test]
fn concise_is_a_line_per_finding() {
    let total = check_json("json")["notices"].as_array().map(|n| n.iter().map(|n| list(&n["findings"]).len()).sum());
    let concise = check("concise");
    let findings = concise.lines().filter(|line| {
        let parts: Vec<&str> = line.splitn(4, ':').collect();
        let number = |at: usize| parts.get(at).is_some_and(|n| n.parse::<u32>().is_ok());
        let severity = parts.get(3).is_some_and(|m| {
            [" error ", " warning ", " info "].iter().any(|s| m.starts_with(s)) && m.contains("/") && m.contains(": ")
        });
        number(1) && number(2) && severity
    });
    assert_eq!(Some(findings.count()), total);
}

#[test]
fn github_gets_ten_annotations_of_a_kind_and_hears_of_the_rest() {
    let shown = check("github");
    for kind in ["error", "warning", "notice"] {
        let of_kind: Vec<&str> = shown.lines().filter(|l| l.starts_with(&format!("::{kind} "))).collect();
        assert!(of_kind.len() <= 10, "{kind}: {}", of_kind.len());
    }
    let counts = check_json("json")["summary"].clone();
    let number = |what: &str| counts[what].as_u64().unwrap_or(0);
    let errors = number("error") + number("unreadable");
    assert!(errors > 11, "enough to be folded");
    assert!(shown.contains(&format!("::error title={} more errors not shown::", errors - 9)), "{shown}");
    let kinds: Vec<&str> = shown.lines().filter_map(|l| l.strip_prefix("::")?.split(' ').next()).collect();
    let first = |kind: &str| kinds.iter().position(|k| *k == kind);
    let last = |kind: &str| kinds.iter().rposition(|k| *k == kind);
    assert!(last("error") < first("warning") && last("warning") < first("notice"), "the gravest first: {kinds:?}");
    let total: u64 = ["error", "warning", "info", "unreadable"].map(number).iter().sum();
    let folded = shown.lines().skip_while(|l| !l.starts_with("::group::")).filter(|l| l.starts_with("- ")).count();
    let single = shown.lines().filter(|l| l.starts_with("::") && l.contains(" file=")).count();
    assert_eq!((single + folded) as u64, total, "what is no annotation stands in the log");
}

#[test]
fn the_summary_of_a_github_step_gets_the_whole_table() {
    let file = std::env::temp_dir().join(format!("fairnotice-summary-{}.md", std::process::id()));
    std::fs::write(&file, "# Built before\n").expect("the temporary folder is writable");
    output(program("check", "github").env("GITHUB_STEP_SUMMARY", &file));
    output(program("check", "concise").env("GITHUB_STEP_SUMMARY", &file));
    let summary = std::fs::read_to_string(&file).expect("it is there");
    assert_eq!(summary, format!("# Built before\n\n{}", check("markdown")), "appended once, by this format alone");
    let nearly_full = "x".repeat(1024 * 1024 - 2000);
    std::fs::write(&file, nearly_full).expect("the temporary folder is writable");
    output(program("check", "github").env("GITHUB_STEP_SUMMARY", &file));
    let summary = std::fs::read_to_string(&file).expect("it is there");
    assert!(summary.len() <= 1024 * 1024, "GitHub drops a longer one whole");
    assert!(
        summary.ends_with(" left out**, which this page has no room for.\n"),
        "{}",
        &summary[summary.len() - 300..]
    );
    let _ = std::fs::remove_file(&file);
    let nowhere = output(program("check", "github").env("GITHUB_STEP_SUMMARY", "/no/such/folder/summary"));
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(words(&nowhere.stderr).contains("GITHUB_STEP_SUMMARY"));
}

#[test]
fn sarif_is_what_github_takes() {
    let log = check_json("sarif");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"]["rules"]);
    assert_eq!(
        run["originalUriBaseIds"].as_object().map(|o| o.keys().collect::<Vec<_>>()),
        Some(vec![&"%SRCROOT%".into()])
    );
    let reported = check_json("json");
    let mut fingerprints: Vec<&str> = list(&reported["notices"])
        .iter()
        .flat_map(|n| list(&n["findings"]))
        .filter_map(|f| f["fingerprint"].as_str())
        .collect();
    let mut given = Vec::new();
    for result in list(&run["results"]) {
        let place = &list(&result["locations"])[0]["physicalLocation"];
        let file = &place["artifactLocation"];
        assert_eq!(file["uriBaseId"], "%SRCROOT%");
        assert!(file["uri"].as_str().is_some_and(|uri| uri.starts_with("notices/")), "{file}");
        assert!(
            place["region"]["startLine"].as_u64() > Some(0) && place["region"]["snippet"]["text"].is_string(),
            "{place}"
        );
        let rule = &rules[result["ruleIndex"].as_u64().unwrap_or(99) as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().is_some_and(|t| t.contains("Cure: ")));
        given.extend(result["partialFingerprints"]["fairnotice/v1"].as_str());
    }
    fingerprints.sort_unstable();
    given.sort_unstable();
    assert_eq!(given, fingerprints, "all findings, by the fingerprints of the baseline");
    for rule in rules {
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(rule.pointer(text).and_then(Value::as_str).is_some_and(|t| !t.is_empty()), "{rule}: {text}");
        }
        assert!(rule["helpUri"].as_str().is_some_and(|uri| uri.starts_with("https://")));
        assert!(rule["properties"].get("security-severity").is_none(), "a notice is no hole");
    }
    let call = &run["invocations"][0];
    assert_eq!((&call["executionSuccessful"], &call["exitCode"]), (&false.into(), &3.into()));
    let said = call["toolExecutionNotifications"].to_string();
    assert!(said.contains("notices/empty.txt") && said.contains("notices/shopping-list.txt"), "{said}");
}

#[test]
fn a_region_holds_the_words() {
    let source = std::fs::read_to_string(folder().join("notices/outdated.html")).expect("it is there");
    let log = check_json("sarif");
    let result = list(&log["runs"][0]["results"]).iter().find(|r| r["ruleId"] == "outdated/dpa-1998").expect("found");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let at = |key: &str| region[key].as_u64().expect("a number") as usize;
    assert_eq!((at("startLine"), at("endLine")), (8, 9), "the Act is named across two lines");
    let lines: Vec<&str> = source.lines().collect();
    assert_eq!(&lines[at("startLine") - 1][at("startColumn") - 1..], "Data Protection");
    assert_eq!(&lines[at("endLine") - 1][..at("endColumn") - 1], "   Act 1998");
    assert_eq!(list(&result["relatedLocations"]).len(), 1, "its second place");
}

#[test]
fn junit_fails_where_the_exit_code_does() {
    let counts = check_json("json")["summary"].clone();
    let count = |xml: &str, what: &str| xml.matches(what).count() as u64;
    let number = |severity: &str| counts[severity].as_u64().unwrap_or(0);
    for (fail_on, failures) in
        [("error", number("error")), ("info", number("error") + number("warning") + number("info")), ("never", 0)]
    {
        let xml = words(&output(program("check", "junit").args(["--fail-on", fail_on])).stdout);
        assert_eq!(count(&xml, "<failure "), failures, "{fail_on}");
        assert!(xml.contains(&format!("failures=\"{failures}\" errors=\"1\"")), "{xml}");
        assert_eq!((count(&xml, "<error "), count(&xml, "<skipped ")), (1, 1));
        assert_eq!(count(&xml, "<testsuite "), 4, "a suite per document");
    }
}

#[test]
fn gitlab_gets_relative_paths_and_names_that_differ() {
    let report = check_json("gitlab");
    let names: BTreeSet<&str> = list(&report).iter().filter_map(|e| e["fingerprint"].as_str()).collect();
    assert_eq!(names.len(), list(&report).len(), "one finding in two files is two entries");
    for entry in list(&report) {
        assert!(entry["location"]["path"].as_str().is_some_and(|p| p.starts_with("notices/")), "{entry}");
        assert!(entry["location"]["lines"]["begin"].as_u64() > Some(0), "{entry}");
        assert!(
            ["info", "major", "critical", "blocker"].contains(&entry["severity"].as_str().unwrap_or("")),
            "{entry}"
        );
    }
    assert_eq!(report[0]["severity"], "blocker", "what could not be read comes first");
}

#[test]
fn paths_are_told_from_the_folder_that_the_program_runs_in() {
    let notice = folder().join("notices/short.txt").to_string_lossy().into_owned();
    for (format, needle) in [
        ("sarif", "\"uri\":\"notices/short.txt\""),
        ("gitlab", "\"path\": \"notices/short.txt\""),
        ("github", "file=notices/short.txt,"),
        ("junit", "file=\"notices/short.txt\""),
        ("markdown", "`notices/short.txt`"),
    ] {
        for path in [notice.as_str(), "./notices/short.txt"] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
            command.current_dir(folder()).env_remove("GITHUB_STEP_SUMMARY").args(["check", "--format", format, path]);
            let shown = words(&output(&mut command).stdout);
            assert!(shown.contains(needle), "{format} {path}: {shown}");
        }
    }
}

#[test]
fn a_hostile_notice_is_only_words_in_every_format() {
    let folder = std::env::temp_dir().join(format!("fairnotice-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
    let name = "::error::x ##[add-mask]y]]>\u{1b}[2J.txt";
    let act = "Data\u{1b}[31m Protection\u{9b}2J Act 1998";
    let text = format!(
        "Privacy notice\n\nNHS Marlow Vale CCG is the data controller. This privacy notice explains how we use your personal \
         information.\n\nWe hold it under the {act}. Our DPO is [NAME ]]> <script>|@all `x`].\n"
    );
    std::fs::write(folder.join(name), text).expect("the temporary folder is writable");
    for format in CHECK {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
        command.current_dir(&folder).env_remove("GITHUB_STEP_SUMMARY").args(["check", "--format", format.name, name]);
        let run = output(&mut command);
        let shown = words(&run.stdout);
        assert_eq!(run.status.code(), Some(1), "{}", format.name);
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{}: {shown:?}", format.name);
        if format.name == "github" {
            for line in shown.lines() {
                let commands = ["::error file=", "::warning file=", "::notice file=", "::group::", "::endgroup::"];
                let counted = line.starts_with("::error title=") || line.starts_with("::warning title=");
                assert!(!line.starts_with("::") || counted || commands.iter().any(|c| line.starts_with(c)), "{line}");
                assert!(line.starts_with("::") || !line.contains("##["), "{line}");
            }
        }
    }
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn sarif_has_what_is_suppressed_only_where_that_is_asked_for() {
    let folder = std::env::temp_dir().join(format!("fairnotice-suppressed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
    let ignore = "<!-- fairnotice-ignore outdated/dpa-1998: a quotation of our archive -->";
    let text = format!(
        "<h1>Privacy notice</h1><p>NHS Wealdshire ICB is the data controller. This privacy notice explains how we use your \
         personal information.</p>\n{ignore}\n<p>We hold it under the Data Protection Act 1998.</p>"
    );
    std::fs::write(folder.join("notice.html"), text).expect("the temporary folder is writable");
    let results = |options: &[&str]| -> Vec<Value> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
        command.current_dir(&folder).args(["check", "--format", "sarif", "notice.html"]).args(options);
        let log: Value = serde_json::from_slice(&output(&mut command).stdout).expect("JSON");
        list(&log["runs"][0]["results"]).iter().filter(|r| r["ruleId"] == "outdated/dpa-1998").cloned().collect()
    };
    assert!(results(&[]).is_empty());
    let shown = results(&["--show-suppressed"]);
    assert_eq!(shown.len(), 1);
    let suppressed = &list(&shown[0]["suppressions"])[0];
    assert_eq!(
        (&suppressed["kind"], &suppressed["justification"]),
        (&"inSource".into(), &"a quotation of our archive".into())
    );
    let _ = std::fs::remove_dir_all(folder);
}
