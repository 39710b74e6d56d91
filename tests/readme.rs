//! What README.md and dictionaries/README.md show is what the program does.
//!
//! A `console` block holds commands behind `$ ` with their output; `$ echo $?` states the exit code of the command above it,
//! and must stand wherever that is not 0. A `sh` block holds commands to copy. A block whose first line ends in `file=PATH`
//! is written to that path, beside a copy of corpus/samples, before the commands run. A comment above a `console` block says
//! which lines of the first output it shows, those between being `…`:
//!
//! ```text
//! <!-- shown: first 12; from "error[outdated/dpa-1998]"; from "claims" 8; last 3 -->
//! ```
//!
//! `from` shows the paragraph, or so many lines, from the first line that holds the words. `UPDATE=1 cargo test` rewrites the
//! outputs.
#![allow(clippy::disallowed_methods)] // these tests read the pages and write what they show

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PAGES: [&str; 2] = ["README.md", "dictionaries/README.md"];

/// Commands that build, test or measure: not run here, because they would run this test.
const BUILDS: [&str; 5] = [
    "cargo test", "UPDATE=1 cargo test", "cargo bench --bench search", "cargo bench --bench speed",
    "cargo install --path .",
];

/// How the pages start the program before it is installed.
const FROM_SOURCE: &str = "cargo run --release -- ";

struct Block {
    /// The words behind the three backquotes.
    info: String,
    /// What the comment above it asks to be shown.
    shown: Option<String>,
    /// Line numbers of its content, from 0.
    lines: Range<usize>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(info) = lines[at].strip_prefix("```") {
            let end = (at + 1..lines.len()).find(|n| lines[*n] == "```").expect("every block is closed");
            let above = if at > 0 { lines[at - 1] } else { "" };
            let shown = above.strip_prefix("<!-- shown: ").and_then(|l| l.strip_suffix(" -->")).map(str::to_owned);
            out.push(Block { info: info.to_owned(), shown, lines: at + 1..end });
            at = end;
        }
        at += 1;
    }
    out
}

/// A folder with the samples and the files that a page shows; removed in the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str, lines: &[&str], blocks: &[Block]) -> Place {
        let place = Place(std::env::temp_dir().join(format!("fairnotice-{name}-{}", std::process::id())));
        let _ = std::fs::remove_dir_all(&place.0);
        copy(&root().join("corpus/samples"), &place.0.join("corpus/samples"));
        for block in blocks {
            if let Some((_, path)) = block.info.split_once("file=") {
                let path = place.0.join(path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("the temporary folder is writable");
                std::fs::write(path, lines[block.lines.clone()].join("\n") + "\n")
                    .expect("the temporary folder is writable");
            }
        }
        place
    }

    /// What a command prints, both streams as a terminal shows them, and its exit code.
    fn run(&self, command: &str) -> (String, i32) {
        let program = Path::new(env!("CARGO_BIN_EXE_fairnotice")).parent().expect("a folder");
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(program.to_owned()).chain(std::env::split_paths(&paths));
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("exec 2>&1\n{}", command.replace(FROM_SOURCE, "fairnotice "))]).current_dir(&self.0);
        shell.env("PATH", std::env::join_paths(paths).expect("a search path")).stdin(Stdio::null());
        for name in ["COLUMNS", "NO_COLOR", "RUST_BACKTRACE"] {
            shell.env_remove(name);
        }
        let output = shell.output().expect("the shell starts");
        let printed = String::from_utf8(output.stdout).expect("output is UTF-8");
        (printed, output.status.code().expect("the command ends by itself"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the temporary folder is writable");
    for entry in std::fs::read_dir(from).expect("the samples are there") {
        let path = entry.expect("the samples can be read").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("the temporary folder is writable");
        }
    }
}

/// A `console` block as it should be.
fn console(place: &Place, block: &Block, content: &[&str]) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    let mut code = 0;
    let mut shown = block.shown.as_deref();
    for command in content.iter().filter_map(|l| l.strip_prefix("$ ")) {
        if command == "echo $?" {
            out.extend([format!("$ {command}"), code.to_string()]);
            code = 0;
            continue;
        }
        if code != 0 {
            return Err(format!("the command above '{command}' ends with exit code {code}: say so by '$ echo $?'"));
        }
        if !known(command) {
            return Err(format!("'{command}' does not start the program"));
        }
        let (printed, ended) = place.run(command);
        code = ended;
        out.push(format!("$ {command}"));
        let printed: Vec<&str> = printed.lines().collect();
        out.extend(match shown.take() {
            Some(asked) => selected(&printed, asked).map_err(|what| format!("'{command}': {what}"))?,
            None => printed.iter().map(|l| (*l).to_owned()).collect(),
        });
    }
    if code != 0 {
        return Err(format!("the last command ends with exit code {code}: say so by '$ echo $?'"));
    }
    Ok(out)
}

fn known(command: &str) -> bool {
    command.starts_with("fairnotice ") || command.contains("| fairnotice ") || command.starts_with(FROM_SOURCE)
}

/// The lines that a comment asks for, with `…` for those it leaves out.
fn selected(printed: &[&str], asked: &str) -> Result<Vec<String>, String> {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    for part in asked.split("; ") {
        let range = range(printed, part).ok_or_else(|| format!("the output has nothing of \"{part}\""))?;
        if range.start > at {
            out.push("…".to_owned());
        }
        at = range.end;
        out.extend(printed[range].iter().map(|l| (*l).to_owned()));
    }
    if at < printed.len() {
        out.push("…".to_owned());
    }
    Ok(out)
}

fn range(printed: &[&str], part: &str) -> Option<Range<usize>> {
    if let Some(n) = part.strip_prefix("first ") {
        return Some(0..n.parse().ok().filter(|n| *n <= printed.len())?);
    }
    if let Some(n) = part.strip_prefix("last ") {
        return Some(printed.len().checked_sub(n.parse().ok()?)?..printed.len());
    }
    let (words, count) = part.strip_prefix("from \"")?.rsplit_once('"')?;
    let start = printed.iter().position(|l| l.contains(words))?;
    let paragraph = || printed[start..].iter().position(|l| l.is_empty()).unwrap_or(printed.len() - start);
    let count = if count.is_empty() { paragraph() } else { count.trim().parse().ok()? };
    Some(start..printed.len().min(start + count))
}

#[test]
fn the_pages_show_what_the_program_does() {
    if Command::new("sh").args(["-c", "exit 0"]).status().is_err() {
        println!("skipped: the commands of the README, because there is no shell 'sh' here");
        return;
    }
    let mut faults = Vec::new();
    for page in PAGES {
        let text = read(page);
        let lines: Vec<&str> = text.lines().collect();
        let blocks = blocks(&lines);
        let place = Place::new(&page.replace('/', "-"), &lines, &blocks);
        let mut rewritten: Vec<String> = Vec::new();
        let mut at = 0;
        for block in &blocks {
            let content = &lines[block.lines.clone()];
            let fault = |what: String| format!("{page}:{}: {what}", block.lines.start + 1);
            rewritten.extend(lines[at..block.lines.start].iter().map(|l| (*l).to_owned()));
            at = block.lines.end;
            let mut wanted: Vec<String> = content.iter().map(|l| (*l).to_owned()).collect();
            if block.info == "console" {
                match console(&place, block, content) {
                    Ok(lines) => wanted = lines,
                    Err(what) => faults.push(fault(what)),
                }
            } else if block.info == "sh" {
                faults.extend(copied(&place, content).into_iter().map(fault));
            }
            rewritten.extend(wanted);
        }
        rewritten.extend(lines[at..].iter().map(|l| (*l).to_owned()));
        let rewritten = rewritten.join("\n") + "\n";
        if rewritten != text {
            faults.extend(settle(page, &text, &rewritten));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n\n"));
}

/// Writes the page anew where that is asked for; else tells how it differs.
fn settle(page: &str, text: &str, rewritten: &str) -> Option<String> {
    if std::env::var("UPDATE").is_ok_and(|v| v == "1") {
        std::fs::write(root().join(page), rewritten).expect("the page can be written");
        return None;
    }
    let (mut old, mut new) = (text.lines(), rewritten.lines());
    let mut number = 0;
    let (shown, real) = loop {
        number += 1;
        match (old.next(), new.next()) {
            (a, b) if a == b && a.is_some() => {}
            (a, b) => break (a.unwrap_or("(nothing)"), b.unwrap_or("(nothing)")),
        }
    };
    Some(format!(
        "{page}:{number}: shows\n  {shown}\nbut the program says\n  {real}\nUPDATE=1 cargo test rewrites the outputs"
    ))
}

/// What is wrong with commands to copy: those that start the program must be good usage.
fn copied(place: &Place, commands: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for command in commands.iter().filter(|c| !BUILDS.contains(c)) {
        if !known(command) {
            faults.push(format!("'{command}' neither starts the program nor stands in BUILDS"));
            continue;
        }
        let (printed, code) = place.run(command);
        if code > 1 {
            faults.push(format!("'{command}' ends with exit code {code}:\n{printed}"));
        }
    }
    faults
}

/// Whoever reads the pages gets what continuous integration runs.
#[test]
fn continuous_integration_runs_what_the_readme_says() {
    let readme = read("README.md");
    let lines: Vec<&str> = readme.lines().collect();
    let blocks = blocks(&lines);
    let first = blocks.iter().find(|b| b.info == "sh").expect("the README opens with commands");
    let script = read(".ci/run");
    assert_eq!(first.lines.len(), 2, "two commands come first");
    for command in &lines[first.lines.clone()] {
        assert!(
            script.lines().any(|l| l.trim() == *command || l.trim().starts_with(&format!("{command} "))),
            ".ci/run does not run '{command}'"
        );
    }
}

/// Links to files of the project lead somewhere.
#[test]
fn links_lead_somewhere() {
    if std::env::var("UPDATE").is_ok_and(|v| v == "1") {
        // A page that is not there may be about to be written.
        return;
    }
    let mut faults = Vec::new();
    for page in PAGES.iter().chain(&["CONTRIBUTING.md", "reports/accuracy.md"]) {
        let folder = root().join(page).parent().expect("a folder").to_owned();
        for link in read(page).split("](").skip(1).filter_map(|l| l.split(')').next()) {
            let path = link.split('#').next().unwrap_or(link);
            if !link.contains("://") && !path.is_empty() && !folder.join(path).exists() {
                faults.push(format!("{page}: {link} is not there"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
