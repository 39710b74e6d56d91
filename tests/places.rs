//! The places where people meet the program besides the command line: hooks, build servers, shells, manual pages. Each is
//! run as its owner would run it: the scripts are taken out of `action.yml`, `.pre-commit-hooks.yaml` and `templates/`.
#![cfg(unix)] // the scripts are for a POSIX shell
#![allow(clippy::disallowed_methods)] // these tests set up repositories and run programs

mod folder;

use folder::Folder;
use regex::Regex;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const OUTDATED: &str = "Privacy notice\n\nWho we are\n\nNHS Wealdshire ICB is the data controller. This privacy notice explains how we use \
your personal information.\n\nHow we use your information\n\nWe hold information about you under the Data Protection Act 1998.\n";

impl Folder {
    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the temporary folder is writable");
        std::fs::write(&path, content).expect("the temporary folder is writable");
        path
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// A program in this folder, with `fairnotice` on the path and no build server around.
    fn command(&self, program: &str) -> Command {
        let binary = Path::new(env!("CARGO_BIN_EXE_fairnotice"));
        let path = std::env::var("PATH").unwrap_or_default();
        let folder = binary.parent().expect("a folder").display();
        let mut command = Command::new(program);
        command.current_dir(&self.0).env("PATH", format!("{folder}:{path}")).stdin(Stdio::null());
        // A repository around this one is none of these tests' business.
        for name in ["GITHUB_STEP_SUMMARY", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        // Nor are the hooks of whoever runs them.
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        command
    }
}

fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

/// The script behind the line of a YAML file that ends with `opening`: the lines that are indented further.
fn script(yaml: &str, opening: &str) -> String {
    let mut lines = yaml.lines().skip_while(|line| line.trim() != opening);
    let head = lines.next().unwrap_or_else(|| panic!("no line '{opening}'"));
    let depth = head.len() - head.trim_start().len();
    let inside = |line: &&str| line.trim().is_empty() || line.len() - line.trim_start().len() > depth;
    let body: Vec<&str> = lines.take_while(inside).collect();
    let indent = body.iter().find(|l| !l.trim().is_empty()).map_or(0, |l| l.len() - l.trim_start().len());
    body.iter().map(|line| line.get(indent..).unwrap_or("").to_owned() + "\n").collect()
}

/// The values of a key in `.pre-commit-hooks.yaml`.
fn hook_values(key: &str) -> Vec<String> {
    let hooks = project(".pre-commit-hooks.yaml");
    hooks
        .lines()
        .filter_map(|l| l.trim_start_matches(['-', ' ']).strip_prefix(&format!("{key}: ")).map(str::to_owned))
        .collect()
}

fn git(folder: &Folder, arguments: &[&str]) -> Output {
    let names =
        ["-c", "user.name=Tester", "-c", "user.email=tester@wealdshire.example", "-c", "init.defaultBranch=main"];
    run(folder.command("git").args(names).args(arguments))
}

#[test]
fn a_hook_stops_a_commit_of_a_bad_notice() {
    let folder = Folder::new("hook");
    if folder.command("git").arg("--version").output().is_err() {
        eprintln!("skipped: the hook in a repository, because git is not there");
        return;
    }
    assert!(git(&folder, &["init", "--quiet"]).status.success());
    let entry = hook_values("entry").remove(0);
    let script = format!(
        "#!/bin/sh\ngit diff --cached --name-only --diff-filter=ACM -z -- '*privacy*' | xargs -0 --no-run-if-empty {entry} --fail-on warning\n"
    );
    let hook = folder.write(".git/hooks/pre-commit", &script);
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it is ours");
    folder.write("privacy notice.txt", OUTDATED);
    assert!(git(&folder, &["add", "."]).status.success());
    let refused = git(&folder, &["commit", "--quiet", "-m", "Publish"]);
    assert!(!refused.status.success());
    assert!(told(&refused).contains("privacy notice.txt:9:41: error outdated/dpa-1998: "), "{}", told(&refused));
    assert!(!git(&folder, &["rev-parse", "--verify", "--quiet", "HEAD"]).status.success(), "nothing was committed");
    // What is accepted passes, and what is new does not.
    let accepted = run(folder.command("fairnotice").args(["baseline", "privacy notice.txt"]));
    assert_eq!(accepted.status.code(), Some(0), "{}", told(&accepted));
    folder.write(
        ".git/hooks/pre-commit",
        &script.replace(&entry, &format!("{entry} --baseline fairnotice-baseline.json")),
    );
    assert!(git(&folder, &["add", "."]).status.success());
    let passed = git(&folder, &["commit", "--quiet", "-m", "Publish"]);
    assert!(passed.status.success() && told(&passed).contains("hidden by the baseline"), "{}", told(&passed));
    folder.write("privacy notice.txt", &format!("{OUTDATED}\nNHS Digital sends us information about your care.\n"));
    let refused = git(&folder, &["commit", "--quiet", "-a", "-m", "More"]);
    assert!(!refused.status.success() && told(&refused).contains("outdated/body"), "{}", told(&refused));
    assert!(!told(&refused).contains("outdated/dpa-1998"), "{}", told(&refused));
    // What is no notice passes.
    assert!(git(&folder, &["checkout", "--quiet", "HEAD", "."]).status.success());
    folder.write("minutes.txt", "Minutes\n\nThe committee met under the Data Protection Act 1998.\n");
    assert!(git(&folder, &["add", "minutes.txt"]).status.success());
    let passed = git(&folder, &["commit", "--quiet", "-m", "Minutes"]);
    assert!(passed.status.success(), "{}", told(&passed));
}

/// A notice of which two things are certain to cure, and many are for its owners.
const CURABLE: &str = "<!doctype html>\n<title>Privacy notice</title>\n<h1>Privacy notice</h1>\n<p>NHS Wealdshire Integrated Care Board is \
the data controller. This privacy notice explains how we use your personal information.</p>\n<h2>The law</h2>\n<p>We comply with the \
Data Protection Act 1998.</p>\n<h2>Complaints</h2>\n<p>Ring the ICO on 08456 30 60 60.</p>\n";

/// Has pre-commit run the hook that is defined for it; whether pre-commit is there.
fn install_with_pre_commit(folder: &Folder, hooks: &Folder) -> bool {
    let python = std::env::var("FAIRNOTICE_PYTHON").ok();
    let ways = [Some(vec!["pre-commit".to_owned()]), python.map(|p| vec![p, "-m".to_owned(), "pre_commit".to_owned()])];
    let command = |way: &[String]| {
        let mut command = folder.command(&way[0]);
        command.args(&way[1..]).env("PRE_COMMIT_HOME", hooks.0.join("cache"));
        command
    };
    let answers = |way: &Vec<String>| command(way).arg("--version").output().is_ok_and(|o| o.status.success());
    let Some(way) = ways.into_iter().flatten().find(answers) else { return false };
    // The definition alone is a repository of hooks, as the hook takes the program on the path.
    hooks.write(".gitignore", "cache\n");
    hooks.write(".pre-commit-hooks.yaml", &project(".pre-commit-hooks.yaml"));
    assert!(git(hooks, &["init", "--quiet"]).status.success());
    assert!(git(hooks, &["add", "."]).status.success());
    assert!(git(hooks, &["commit", "--quiet", "-m", "Hooks"]).status.success());
    let head = told(&git(hooks, &["rev-parse", "HEAD"]));
    let settings =
        format!("repos:\n- repo: {}\n  rev: {}\n  hooks:\n  - id: fairnotice-system\n", hooks.0.display(), head.trim());
    folder.write(".pre-commit-config.yaml", &settings);
    let installed = run(command(&way).args(["install", "--install-hooks"]));
    assert!(installed.status.success(), "{}", told(&installed));
    true
}

/// Has git itself run the same command on the same files.
fn install_with_git(folder: &Folder) {
    let at = hook_values("id").iter().position(|id| id == "fairnotice-system").expect("the hook is defined");
    let (entry, files) = (&hook_values("entry")[at], &hook_values("files")[at]);
    let pattern = files.strip_prefix("(?i)").expect("the pattern looks past capitals");
    let script = format!(
        "#!/bin/sh\ngit diff --cached --name-only --diff-filter=ACM | grep -iE '{pattern}' | xargs -r {entry} --\n"
    );
    let hook = folder.write(".git/hooks/pre-commit", &script);
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it is ours");
}

#[test]
fn a_bad_notice_is_committed_once_it_is_cured_and_the_rest_accepted() {
    for runner in ["pre-commit", "git"] {
        let (folder, hooks) = (Folder::new(&format!("{runner}-cured")), Folder::new(&format!("{runner}-hooks")));
        if folder.command("git").arg("--version").output().is_err() {
            println!("skipped: hooks in a repository, because git is not there");
            return;
        }
        assert!(git(&folder, &["init", "--quiet"]).status.success());
        if runner == "git" {
            install_with_git(&folder);
        } else if !install_with_pre_commit(&folder, &hooks) {
            println!("skipped: the hook as pre-commit runs it, because pre-commit is not there");
            continue;
        }
        let notice = "notices/privacy-notice.html";
        let commit = || {
            assert!(git(&folder, &["add", "."]).status.success());
            git(&folder, &["commit", "--quiet", "-m", "Publish"])
        };
        let program = |arguments: &[&str]| run(folder.command("fairnotice").args(arguments));
        folder.write(notice, CURABLE);
        let refused = told(&commit());
        assert!(refused.contains("notices/privacy-notice.html:6:23: error outdated/dpa-1998: "), "{runner}: {refused}");
        // What is certain is cured; what is missing is still for the owners to write.
        assert_eq!(program(&["check", "--fix", "--quiet", notice]).status.code(), Some(1));
        let cured = CURABLE.replace("Act 1998", "Act 2018").replace("08456 30 60 60", "0303 123 1113");
        assert_eq!(folder.read(notice), cured);
        let refused = told(&commit());
        assert!(refused.contains("error missing/retention") && !refused.contains("outdated/"), "{runner}: {refused}");
        assert!(!git(&folder, &["rev-parse", "--verify", "--quiet", "HEAD"]).status.success(), "nothing was committed");
        // The program says how the accepted findings come to count nowhere, the hook among the places.
        let accepted = told(&program(&["baseline", "notices"]));
        let setting = "baseline = \"fairnotice-baseline.json\"";
        assert!(accepted.contains(setting), "{accepted}");
        folder.write("fairnotice.toml", &format!("{setting}\n"));
        let passed = commit();
        assert!(passed.status.success(), "{runner}: {}", told(&passed));
        assert!(!told(&program(&["baseline", "notices"])).contains(setting), "it is named already");
        folder.write(notice, &cured.replace("Act 2018", "Act 1998"));
        let refused = commit();
        assert!(!refused.status.success() && told(&refused).contains("outdated/dpa-1998"), "{}", told(&refused));
        assert!(!told(&refused).contains("missing/"), "{runner}: {}", told(&refused));
    }
}

#[test]
fn hooks_find_notices_by_their_names() {
    let files = hook_values("files");
    assert_eq!(files.len(), hook_values("id").len());
    for pattern in files {
        let pattern = Regex::new(&pattern).expect("a pattern");
        for notice in
            ["privacy.html", "docs/Privacy-Notice-2026.docx", "site/fair_processing.md", "our privacy notice.PDF"]
        {
            assert!(pattern.is_match(notice), "{notice}");
        }
        for other in ["index.html", "privacy/logo.png", "privacy.css", "minutes.txt"] {
            assert!(!pattern.is_match(other), "{other}");
        }
    }
}

fn action(folder: &Folder, inputs: &[(&str, &str)]) -> Output {
    let script = script(&project("action.yml"), "run: |");
    let defaults = [("FAIL_ON", ""), ("ARGS", ""), ("SARIF_FILE", ""), ("BINARY", "fairnotice")];
    let mut command = folder.command("bash");
    for (name, value) in defaults.iter().chain(inputs) {
        command.env(format!("INPUT_{name}"), value);
    }
    command.env("GITHUB_OUTPUT", folder.0.join("output")).env("GITHUB_STEP_SUMMARY", folder.0.join("summary.md"));
    // As GitHub Actions starts the steps of a composite action.
    run(command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script]))
}

#[test]
fn the_action_annotates_summarises_and_writes_sarif() {
    let folder = Folder::new("action");
    if folder.command("bash").arg("--version").output().is_err() {
        eprintln!("skipped: the script of action.yml, because bash is not there");
        return;
    }
    folder.write("notices/our privacy notice.txt", OUTDATED);
    let paths = ("PATHS", "notices/our privacy notice.txt\n");
    let done = action(&folder, &[paths, ("SARIF_FILE", "out.sarif"), ("ARGS", "--as-of\n2026-11-22\n")]);
    assert_eq!(done.status.code(), Some(1), "{}", told(&done));
    assert!(told(&done).contains("::error file=notices/our privacy notice.txt,line=9,"), "{}", told(&done));
    assert_eq!(folder.read("output"), "exit-code=1\n");
    assert!(folder.read("summary.md").contains("`outdated/dpa-1998`"));
    assert!(folder.read("out.sarif").contains("\"uri\":\"notices/our%20privacy%20notice.txt\""));
    let never = action(&folder, &[paths, ("FAIL_ON", "never")]);
    assert_eq!(never.status.code(), Some(0), "{}", told(&never));
    let wrong = action(&folder, &[paths, ("ARGS", "--nonsense")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(told(&wrong).contains("--nonsense"), "{}", told(&wrong));
    let nowhere = action(&folder, &[paths, ("BINARY", "no-such-program")]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(told(&nowhere).contains("::error title=fairnotice::"), "{}", told(&nowhere));
    // An input is never run.
    action(&folder, &[("PATHS", "$(touch run)"), ("ARGS", "`touch run`"), ("FAIL_ON", "\"; touch run; \"")]);
    assert!(!folder.0.join("run").exists());
}

#[test]
fn every_input_of_the_action_reaches_its_script() {
    let yaml = project("action.yml");
    let inputs = script(&yaml, "inputs:");
    let names = inputs.lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.strip_suffix(':'));
    let mut seen = 0;
    for name in names {
        let variable = format!("INPUT_{}", name.to_uppercase().replace('-', "_"));
        assert!(yaml.contains(&format!("{variable}: ${{{{ inputs.{name} }}}}")), "{name}");
        assert!(script(&yaml, "run: |").contains(&format!("${variable}")), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn the_gitlab_job_writes_both_reports_and_fails_as_the_check_does() {
    let folder = Folder::new("gitlab");
    folder.write("notices/a.txt", OUTDATED);
    let script = script(&project("templates/fairnotice.yml"), "- |");
    for (fail_on, code) in [("", 1), ("never", 0)] {
        let mut command = folder.command("sh");
        command.env("FAIRNOTICE_PATHS", "notices").env("FAIRNOTICE_FAIL_ON", fail_on);
        let done = run(command.args(["-e", "-c", &script]));
        assert_eq!(done.status.code(), Some(code), "{}", told(&done));
        assert!(told(&done).contains("error[outdated/dpa-1998]"), "{}", told(&done));
        assert!(folder.read("gl-code-quality-report.json").contains("\"check_name\": \"outdated/dpa-1998\""));
        assert!(folder.read("fairnotice-junit.xml").contains("<testsuites "));
    }
}

#[test]
fn shells_complete_commands_formats_and_options() {
    let folder = Folder::new("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let done = run(folder.command("fairnotice").args(["completions", shell]));
        assert_eq!(done.status.code(), Some(0), "{shell}");
        for word in ["check", "explain", "fail-on"] {
            assert!(told(&done).contains(word), "{shell}: {word}");
        }
    }
    let unknown = run(folder.command("fairnotice").args(["completions", "cmd"]));
    assert_eq!(unknown.status.code(), Some(2));
    assert!(told(&unknown).contains("powershell"), "the shells there are: {}", told(&unknown));
    let script =
        folder.write("completions.bash", &told(&run(folder.command("fairnotice").args(["completions", "bash"]))));
    if let Ok(done) = folder.command("bash").arg("-n").arg(&script).output() {
        assert!(done.status.success(), "{}", told(&done));
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new("man");
    let help = told(&run(folder.command("fairnotice").arg("--help")));
    let commands = help.lines().skip_while(|l| !l.starts_with("Usage:")).skip(1).take_while(|l| *l != "Options:");
    let named = |l: &'_ str| {
        l.strip_prefix("  ").filter(|l| !l.starts_with(' ')).and_then(|l| l.split(' ').next().map(str::to_owned))
    };
    let commands: Vec<String> = commands.filter_map(named).filter(|c| c != "help").collect();
    assert!(["check", "man"].iter().all(|c| commands.iter().any(|known| known == c)), "{help}");
    let done = run(folder.command("fairnotice").args(["man", "man1"]));
    assert_eq!((done.status.code(), told(&done).as_str()), (Some(0), ""));
    for command in commands {
        let page = folder.read(&format!("man1/fairnotice-{command}.1"));
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{command}");
    }
    let page = folder.read("man1/fairnotice.1");
    let printed = run(folder.command("fairnotice").arg("man"));
    assert_eq!(String::from_utf8_lossy(&printed.stdout), page);
    assert!(page.contains("some input could not be read"), "the exit codes");
    folder.write("a-file", "");
    assert_eq!(run(folder.command("fairnotice").args(["man", "a-file"])).status.code(), Some(2));
}

#[test]
fn the_exit_codes_are_one_table() {
    let folder = Folder::new("codes");
    let help = |arguments: &[&str]| told(&run(folder.command("fairnotice").args(arguments).env("COLUMNS", "200")));
    let readme = project("README.md");
    let rows =
        readme.lines().skip_while(|l| !l.starts_with("| exit code |")).skip(2).take_while(|l| l.starts_with('|'));
    let mut codes = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let line = format!("  {}  {}", cells[0], cells[1].replace('`', ""));
        for arguments in [&["--help"][..], &["check", "--help"]] {
            assert!(help(arguments).lines().any(|l| l == line), "{arguments:?}: no line\n{line}");
        }
        codes.push(cells[0].to_owned());
    }
    assert_eq!(codes, ["0", "1", "2", "3"]);
}
