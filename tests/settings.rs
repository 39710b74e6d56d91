//! The built program with a settings file, suppressions and a baseline: what counts, what does not, and what is said of it.
#![allow(clippy::disallowed_methods)] // these tests write the files that the program reads

mod folder;

use folder::Folder;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A page that is wrong in certain ways: the Act of 1998 as law in force, and a term that has passed.
const PAGE: &str = "<!doctype html>\n<h1>Privacy notice</h1>\n<p>NHS Wealdshire Integrated Care Board is the data controller. \
This privacy notice explains how we use your personal information.</p>\n<h2>How we use it</h2>\n\
<p>We hold information about you under the Data Protection Act 1998.</p>\n\
<h2>Our officers</h2>\n<p>Our Data Protection Officer is Felicity Arnbrook. Our registration number with the ICO is ZA123456.</p>\n";

impl Folder {
    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("the temporary folder is writable");
        std::fs::write(&path, content).expect("the temporary folder is writable");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("the file is there")
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
        command.env_remove("COLUMNS").env_remove("NO_COLOR").stdin(Stdio::null());
        command.current_dir(&self.0).args(arguments).output().expect("the program starts")
    }

    /// What `check` finds on a certain day, as JSON.
    fn check(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["check", "--format", "json", "--as-of", "2026-11-22"], arguments].concat());
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}{}", words(&output.stdout), words(&output.stderr)))
    }

    /// What it is told is wrong with its settings file.
    fn refused(&self, settings: &str) -> String {
        self.file("fairnotice.toml", settings);
        let output = self.run(&["check", "page.html"]);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{settings}");
        words(&output.stderr)
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// The findings of a rule in the first notice.
fn of<'a>(report: &'a Value, rule: &str) -> Vec<&'a Value> {
    let findings = report["notices"][0]["findings"].as_array().expect("findings");
    findings.iter().filter(|f| f["rule"] == rule).collect()
}

#[test]
fn the_nearest_settings_file_above_a_notice_counts() {
    let folder = Folder::new("nearest");
    for place in ["", "sub/", "repository/notices/"] {
        folder.file(&format!("{place}page.html"), PAGE);
    }
    folder.file("fairnotice.toml", "[rules]\n\"outdated/*\" = \"off\"\n\"outdated/dpa-1998\" = \"info\"\n");
    folder.file("sub/fairnotice.toml", "[rules]\n\"outdated/dpa-1998\" = \"warning\"\n");
    folder.file("repository/.git/HEAD", "");
    let severity = |path: &str| of(&folder.check(&[path]), "outdated/dpa-1998")[0]["severity"].to_string();
    assert_eq!(severity("page.html"), "\"info\"", "one rule counts before its family");
    assert_eq!(severity("sub/page.html"), "\"warning\"");
    assert_eq!(severity("repository/notices/page.html"), "\"error\"", "what is above a repository is not its own");
    let together = folder.check(&["page.html", "sub/page.html"]);
    assert_eq!(together["notices"][0]["settings"], "fairnotice.toml");
    assert_eq!(together["notices"][1]["settings"], "sub/fairnotice.toml");
    let named = folder.check(&["--config", "sub/fairnotice.toml", "page.html"]);
    assert_eq!(of(&named, "outdated/dpa-1998")[0]["severity"], "warning");
    assert_eq!(code(&folder.run(&["check", "--config", "none.toml", "page.html"])), 2);
    let apart = folder.run(&["check", "--together", "page.html", "sub/page.html"]);
    assert!(code(&apart) == 2 && words(&apart.stderr).contains("different settings"), "{}", words(&apart.stderr));
}

#[test]
fn settings_say_what_fails_and_on_which_day() {
    let folder = Folder::new("fail");
    folder.file("page.html", PAGE);
    folder.file("archive/page.html", PAGE);
    let settings = "as-of = \"2018-05-24\"\nfail-on = \"never\"\n[[paths]]\nmatch = \"archive\"\nrules = { \"missing/*\" = \"off\" }\n";
    folder.file("fairnotice.toml", settings);
    let output = folder.run(&["check", "page.html"]);
    assert!(code(&output) == 0 && words(&output.stdout).contains("judged as of 2018-05-24"));
    assert_eq!(code(&folder.run(&["check", "--as-of", "2026-11-22", "--fail-on", "error", "page.html"])), 1);
    let missing = |path: &str| {
        let report = folder.check(&[path]);
        let findings = report["notices"][0]["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().filter(|f| f["rule"].as_str().is_some_and(|r| r.starts_with("missing/"))).count()
    };
    assert!(missing("page.html") > 3);
    assert_eq!(missing("archive/page.html"), 0);
    folder.file("words/outdated-terms.toml", "[[term]]\nid = \"felt-tip\"\nname = \"felt tip\"\nphrases = [\"hold information about you\"]\nuntil = \"2020\"\nsource = \"us\"\nchecked = false\n");
    folder.file("fairnotice.toml", "dictionaries = \"words\"\n");
    assert!(of(&folder.check(&["page.html"]), "outdated/term").iter().any(|f| f["subject"] == "felt-tip"));
}

#[test]
fn a_notice_is_checked_against_what_is_declared() {
    let folder = Folder::new("declared");
    folder.file("page.html", PAGE);
    folder.file(
        "fairnotice.toml",
        "[controller]\nname = \"NHS Wealdshire ICB\"\nico-registration = \"ZB654321\"\ndpo = \"Gareth Wainscott\"\nprocessors = [\"Harbour Lane\"]\n",
    );
    let report = folder.check(&["page.html"]);
    for rule in ["declared/ico-registration", "declared/dpo", "declared/processor-undisclosed"] {
        assert_eq!(of(&report, rule).len(), 1, "{rule}");
    }
    assert!(of(&report, "declared/controller").is_empty());
}

#[test]
fn a_mistake_in_the_settings_is_told_with_its_line_and_the_nearest_name() {
    let folder = Folder::new("mistakes");
    folder.file("page.html", PAGE);
    for (settings, told) in [
        ("\nfail_on = \"error\"\n", "fairnotice.toml:2: unknown key 'fail_on'; did you mean 'fail-on'?"),
        ("fail-on = \"warn\"\n", "fairnotice.toml:1: 'fail-on' is \"warn\"; did you mean \"warning\"?"),
        (
            "[controller]\nico = \"ZA123456\"\n",
            "fairnotice.toml:2: unknown key 'ico' under [controller]; did you mean 'dpo'?",
        ),
        ("[controller]\nico-registration = \"ZA12\"\n", "fairnotice.toml:2: 'ico-registration' is \"ZA12\""),
        (
            "[rules]\n\n\"outdated/dpa-1989\" = \"off\"\n",
            "fairnotice.toml:3: there is no rule \"outdated/dpa-1989\"; did you mean \"outdated/dpa-1998\"?",
        ),
        ("[rules]\n\"outdated/term\" = \"no\"\n", "fairnotice.toml:2: 'outdated/term' is \"no\""),
        ("[rules]\noutdated/term = \"off\"\n", "fairnotice.toml:2: "),
        ("as-of = \"today\"\n", "fairnotice.toml:1: 'as-of' is \"today\""),
        ("as-of = 2026-02-30\n", "fairnotice.toml:1: "),
        (
            "[[suppress]]\nrule = \"outdated/term\"\nfingerprint = \"0123456789abcdef\"\n",
            "fairnotice.toml:1: this [[suppress]] gives no 'reason'",
        ),
        (
            "[[suppress]]\nrule = \"outdated/term\"\nfingerprint = \"xyz\"\nreason = \"x\"\n",
            "fairnotice.toml:3: 'fingerprint' is \"xyz\"",
        ),
        ("[[paths]]\nmatch = \"a{b\"\nrules = { \"missing/*\" = \"off\" }\n", "fairnotice.toml:2: \"a{b\""),
        ("[[paths]]\nrules = { \"missing/*\" = \"off\" }\n", "fairnotice.toml:1: this [[paths]] gives no 'match'"),
        ("rules = 3\n", "fairnotice.toml:1: 'rules' is 3"),
    ] {
        let said = folder.refused(settings);
        assert!(said.contains(told), "{settings}: {said}");
    }
}

#[test]
fn a_comment_suppresses_its_passage_and_no_other() {
    let folder = Folder::new("comment");
    let comment =
        "<!-- fairnotice-ignore outdated/dpa-1998: quoted from the old form, until 2027-03-01 -->\n<p>We hold";
    folder.file(
        "page.html",
        PAGE.replace("<p>We hold", comment) + "<p>It is kept under the Data Protection Act 1998.</p>",
    );
    let report = folder.check(&["page.html"]);
    let left = of(&report, "outdated/dpa-1998");
    assert_eq!((left.len(), left[0]["evidence"].as_array().map(Vec::len)), (1, Some(1)), "the other place counts");
    assert_eq!(left[0]["evidence"][0]["line"], 9);
    assert_eq!(report["summary"]["suppressed"], 1);
    assert!(report["notices"][0].get("suppressed").is_none());
    let shown = folder.check(&["--show-suppressed", "page.html"]);
    let aside = &shown["notices"][0]["suppressed"][0];
    assert_eq!(
        (&aside["rule"], &aside["reason"], &aside["until"], &aside["place"]),
        (&"outdated/dpa-1998".into(), &"quoted from the old form".into(), &"2027-03-01".into(), &"line 5".into())
    );
    let shown_as = |format: &str| {
        let asked = ["check", "--as-of", "2026-11-22", "--show-suppressed", "--format", format, "page.html"];
        words(&folder.run(&asked).stdout)
    };
    for (format, want) in [
        ("concise", "page.html:6:44: suppressed outdated/dpa-1998: "),
        ("markdown", "Suppressed, so they do not count:"),
        ("junit", "<skipped message=\"suppressed: quoted from the old form, until 2027-03-01 (line 5)\"/>"),
        ("github", "::group::suppressed, so they do not count\n- page.html:6:"),
        ("gitlab", "\"Suppressed: the Data Protection Act 1998"),
        ("sarif", "\"justification\":\"quoted from the old form\""),
    ] {
        let said = shown_as(format);
        assert!(said.contains(want) && said.contains("quoted from the old form"), "{format}: {said}");
        let bare = folder.run(&["check", "--as-of", "2026-11-22", "--format", format, "page.html"]);
        assert!(!words(&bare.stdout).contains("quoted from the old form"), "{format}");
    }
    let human = words(&folder.run(&["check", "--as-of", "2026-11-22", "--show-suppressed", "page.html"]).stdout);
    assert!(human.contains("suppressed[outdated/dpa-1998]") && human.contains("; 1 suppressed"), "{human}");
    let later = folder.run(&["check", "--format", "json", "--as-of", "2027-03-02", "page.html"]);
    let later: Value = serde_json::from_slice(&later.stdout).expect("JSON");
    assert_eq!(of(&later, "suppression/expired").len(), 1);
    assert_eq!(of(&later, "outdated/dpa-1998")[0]["evidence"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_settings_suppress_by_rule_and_fingerprint() {
    let folder = Folder::new("entry");
    folder.file("page.html", PAGE);
    let print = of(&folder.check(&["page.html"]), "outdated/dpa-1998")[0]["fingerprint"].as_str().map(str::to_owned);
    let entry = |fingerprint: &str, more: &str| {
        let words = format!(
            "[[suppress]]\nrule = \"outdated/dpa-1998\"\nfingerprint = \"{fingerprint}\"\nreason = \"history\"\n{more}"
        );
        folder.file("fairnotice.toml", words);
        folder.check(&["page.html"])
    };
    let print = print.expect("a fingerprint");
    let report = entry(&print, "until = 2026-11-22\n");
    assert!(of(&report, "outdated/dpa-1998").is_empty() && report["summary"]["suppressed"] == 1);
    let report = entry(&print, "until = 2026-11-21\n");
    assert_eq!((of(&report, "outdated/dpa-1998").len(), of(&report, "suppression/expired").len()), (1, 1));
    let report = entry("0123456789abcdef", "");
    assert_eq!((of(&report, "outdated/dpa-1998").len(), of(&report, "suppression/unused").len()), (1, 1));
    let report = entry("0123456789abcdef", "path = \"other.html\"\n");
    assert!(of(&report, "suppression/unused").is_empty(), "the notice that it is for was not judged");
}

#[test]
fn the_report_weighs_findings_between_notices_by_the_settings_of_each() {
    let folder = Folder::new("between");
    folder.file("ours/page.html", PAGE.replace("Wealdshire", "Derby and Derbyshire"));
    folder.file("theirs/page.html", PAGE.replace("Wealdshire", "Nottingham and Nottinghamshire"));
    let registration = |settings: &str| {
        folder.file("ours/fairnotice.toml", settings);
        let made = ["report", "--as-of", "2026-11-22", "--format", "json", "--output", "out", "ours", "theirs"];
        assert_eq!(code(&folder.run(&made)), 0);
        let report: Value = serde_json::from_str(&folder.read("out/report.json")).expect("JSON");
        let found = report["findings"].as_array().cloned().expect("findings between notices");
        let of: Vec<Value> = found.into_iter().filter(|f| f["rule"] == "corpus/shared-registration").collect();
        let of_notice =
            |part: &str| of.iter().find(|f| f["source"].as_str().is_some_and(|s| s.contains(part))).cloned();
        (of_notice("ours"), of_notice("theirs"))
    };
    let (ours, theirs) = registration("");
    assert!(ours.is_some_and(|f| f["severity"] == "error") && theirs.is_some());
    let (ours, theirs) = registration("[rules]\n\"corpus/shared-registration\" = \"info\"\n");
    let ours = ours.expect("it is less grave, and still there");
    assert!(ours["severity"] == "info" && theirs.is_some_and(|f| f["severity"] == "error"));
    assert!(registration("[rules]\n\"corpus/*\" = \"off\"\n").0.is_none());
    let entry = |until: &str| {
        let print = ours["fingerprint"].as_str().unwrap_or("");
        format!(
            "[[suppress]]\nrule = \"corpus/shared-registration\"\nfingerprint = \"{print}\"\nreason = \"one body\"\nuntil = {until}\n"
        )
    };
    assert!(registration(&entry("2026-11-22")).0.is_none());
    assert!(of(&folder.check(&["ours/page.html"]), "suppression/unused").is_empty(), "it is for the report");
    assert!(registration(&entry("2026-11-21")).0.is_some());
}

#[test]
fn a_baseline_lets_only_new_findings_count() {
    let folder = Folder::new("baseline");
    folder.file("page.html", PAGE);
    assert_eq!(code(&folder.run(&["baseline", "--update", "page.html"])), 2, "there is nothing to update");
    let made = folder.run(&["baseline", "--as-of", "2026-11-22", "page.html"]);
    assert_eq!((code(&made), made.stderr.len()), (0, 0));
    let accepted = folder.read("fairnotice-baseline.json");
    let with = ["--baseline", "fairnotice-baseline.json", "page.html"];
    let clean = folder.check(&with);
    assert_eq!(clean["notices"][0]["findings"].as_array().map(Vec::len), Some(0));
    assert!(clean["summary"]["hidden"].as_u64().is_some_and(|n| n > 3));
    // Moved down, wrapped and written in another case, it is the same passage.
    folder.file(
        "page.html",
        PAGE.replace("<h2>How", "<p>New.</p>\n\n<h2>How")
            .replace("Data Protection Act 1998", "data  protection\nAct 1998"),
    );
    assert_eq!(folder.check(&with)["notices"][0]["findings"].as_array().map(Vec::len), Some(0));
    // A second copy is one new finding, at one place.
    let act = "<p>We hold information about you under the Data Protection Act 1998.</p>\n";
    folder.file("page.html", PAGE.replace(act, &act.repeat(2)));
    let report = folder.check(&with);
    assert_eq!(report["summary"]["error"], 1);
    assert_eq!(of(&report, "outdated/dpa-1998")[0]["evidence"][0]["line"], 6);
    // Hidden ones are told, also where nothing else is.
    let quiet = folder.run(&[&["check", "--quiet", "--as-of", "2026-11-22"][..], &with].concat());
    assert!(code(&quiet) == 1 && words(&quiet.stderr).contains("hidden by the baseline"), "{}", words(&quiet.stderr));
    let human = words(&folder.run(&[&["check", "--as-of", "2026-11-22"][..], &with].concat()).stdout);
    assert!(human.contains(" hidden by the baseline"), "{human}");
    // What was put right is dropped, and counts when it comes back; nothing new is accepted.
    folder.file("page.html", PAGE.replace(act, "<p>We hold information about you.</p>"));
    assert_eq!(code(&folder.run(&["baseline", "--update", "--as-of", "2026-11-22", "page.html"])), 0);
    assert!(!folder.read("fairnotice-baseline.json").contains("outdated/dpa-1998"));
    folder.file("page.html", PAGE);
    assert_eq!(folder.check(&with)["summary"]["error"], 1);
    // The file is the same whenever the findings are, and a renamed notice keeps its entries.
    assert_eq!(code(&folder.run(&["baseline", "--as-of", "2026-11-22", "page.html"])), 0);
    assert_eq!(folder.read("fairnotice-baseline.json"), accepted);
    std::fs::rename(folder.0.join("page.html"), folder.0.join("moved.html")).expect("renamed");
    folder.file("fairnotice.toml", "baseline = \"fairnotice-baseline.json\"\n");
    assert_eq!(folder.check(&["moved.html"])["summary"]["error"], 0);
    folder.file("copy.html", PAGE);
    assert!(folder.check(&["moved.html", "copy.html"])["summary"]["error"].as_u64().is_some_and(|n| n > 0));
    assert_eq!(code(&folder.run(&["check", "--baseline", "none.json", "moved.html"])), 2);
    folder.file("bad.json", "{\"schema\": 3}");
    assert_eq!(code(&folder.run(&["check", "--baseline", "bad.json", "moved.html"])), 2);
}

#[test]
fn init_writes_what_the_notice_says_and_never_over_a_file() {
    let folder = Folder::new("init");
    folder.file(
        "page.html",
        PAGE.to_owned() + "<h2>Our data processors</h2><p>Harbour Lane Ltd stores our paper files on our behalf.</p>",
    );
    assert_eq!(code(&folder.run(&["init", "page.html"])), 0);
    let written = folder.read("fairnotice.toml");
    for line in [
        "name = \"NHS Wealdshire ICB\" # line 3", "ico-registration = \"ZA123456\"", "dpo = \"Felicity Arnbrook\"",
        "# siro = ", "    \"Harbour Lane Ltd\",",
    ] {
        assert!(written.contains(line), "{line}: {written}");
    }
    let report = folder.check(&["page.html"]);
    let declared = report["notices"][0]["findings"].as_array().cloned().unwrap_or_default();
    assert!(
        declared.iter().all(|f| !f["rule"].as_str().is_some_and(|r| r.starts_with("declared/"))),
        "a notice agrees with itself"
    );
    let again = folder.run(&["init"]);
    assert!(code(&again) == 2 && words(&again.stderr).contains("there already"), "{}", words(&again.stderr));
    assert_eq!(folder.read("fairnotice.toml"), written);
    assert_eq!(code(&folder.run(&["init", "--output", "bare.toml"])), 0);
    assert_eq!(code(&folder.run(&["check", "--config", "bare.toml", "--fail-on", "never", "page.html"])), 0);
    // Every example that is switched off there is one that the program takes.
    let bare = folder
        .read("bare.toml")
        .replace("\n# [", "\n[")
        .lines()
        .map(|l| if l.contains(" = ") { l.trim_start_matches("# ") } else { l })
        .collect::<Vec<_>>()
        .join("\n");
    folder.file(
        "all.toml",
        bare.replace("dictionaries = \"dictionaries\"", "").replace("baseline = \"fairnotice-baseline.json\"", ""),
    );
    let all = folder.run(&["check", "--config", "all.toml", "--fail-on", "never", "page.html"]);
    assert_eq!(code(&all), 0, "{}", words(&all.stderr));
    assert_eq!(code(&folder.run(&["init", "none.html"])), 3);
}
