//! The rules of the house that a test can check: direction of imports, sizes, registries, ids, pages.
#![allow(clippy::disallowed_methods)] // this test reads the project's own files

use fairnotice::model::ClaimKind;
use fairnotice::rules;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The ranks, from left to right: a module imports only from ranks further left, and of its own rank only itself.
const RANKS: &[&[&str]] = &[
    &["model"],
    &["text"],
    &["dictionary"],
    &["document", "claims"],
    &["rules"],
    &["pipeline"],
    &["fingerprint", "evaluation", "registers"],
    &["across"],
    &["settings", "fix"],
    &["corpus"],
    &["fetch", "search"],
    &["report"],
    &["reference"],
    &["cli"],
];

/// Modules that touch files, network, clock, chance or terminal: all others are pure.
const IMPURE: &[&str] = &["cli", "corpus", "fetch", "main", "search"];

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

/// The ids of the contract. An id is never reused: one that is retired stays here, with its reason.
const IDS: &[&str] = &[
    "corpus/agreement-expired", "corpus/approval-expired", "corpus/approval-holder", "corpus/approval-unknown",
    "corpus/basis-outlier", "corpus/controller-closed", "corpus/copied-text", "corpus/processor-undisclosed",
    "corpus/processor-variants", "corpus/purpose-undisclosed", "corpus/registration-holder", "corpus/role-differs",
    "corpus/shared-registration", "corpus/successor-residue", "declared/caldicott-guardian", "declared/controller",
    "declared/dpo", "declared/ico-registration", "declared/processor-undeclared", "declared/processor-undisclosed",
    "declared/siro", "incomplete/cloaked-contact", "incomplete/empty-section", "incomplete/sentence",
    "inconsistent/basis-law", "inconsistent/cag-purpose", "inconsistent/controller-name", "inconsistent/lawful-basis",
    "inconsistent/processor-name", "inconsistent/public-authority-basis", "inconsistent/registration",
    "inconsistent/review-date", "inconsistent/role", "inconsistent/self-reference", "inconsistent/sharing",
    "inconsistent/special-category", "malformed/article", "malformed/cag-reference", "malformed/email",
    "malformed/ico-registration", "malformed/statute", "missing/article-9-condition", "missing/automated-decisions",
    "missing/cag-reference", "missing/caldicott-guardian", "missing/controller-contact", "missing/dpo-contact",
    "missing/ico-registration", "missing/lawful-basis", "missing/national-data-opt-out", "missing/recipients",
    "missing/retention", "missing/review-date", "missing/right-to-complain", "missing/right-to-complain-to-controller",
    "missing/rights", "missing/schedule-1-condition", "missing/source-of-data", "missing/transfers",
    "missing/withdraw-consent", "outdated/access-deadline", "outdated/access-fee", "outdated/article", "outdated/body",
    "outdated/cag-approval", "outdated/controller-abolished", "outdated/dpa-1998", "outdated/eu-gdpr",
    "outdated/ico-contact", "outdated/records-code", "outdated/regulator-name", "outdated/review-date",
    "outdated/statute", "outdated/term", "outdated/transfer-mechanism", "outdated/type-2-opt-out", "placeholder/text",
    "suppression/expired", "suppression/malformed", "suppression/no-reason", "suppression/unused",
    "unnamed/caldicott-guardian", "unnamed/dpo", "unnamed/siro",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A path of the project as it is told: from the root, with forward slashes.
fn told(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", told(path)))
}

/// All files below a folder of the project, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let Ok(entries) = std::fs::read_dir(root().join(folder)) else { return out };
    for entry in entries {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            out.extend(files(&told(&path)));
        } else {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// The Rust files of the program with their lines, comments left out (but for their place).
fn sources() -> Vec<(String, String)> {
    let rust = files("src").into_iter().filter(|p| p.extension().is_some_and(|e| e == "rs"));
    rust.map(|p| (told(&p), read(&p))).collect()
}

/// A line's code; empty where it is a comment.
fn code(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line }
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The top module a file belongs to: `claims` of `src/claims/role.rs`.
fn module(path: &str) -> &str {
    let inner = path.trim_start_matches("src/");
    inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
}

fn rank(module: &str) -> Option<usize> {
    RANKS.iter().position(|r| r.contains(&module))
}

#[test]
fn imports_point_left() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let from = module(&path);
        if matches!(from, "lib" | "main") {
            continue;
        }
        let Some(own) = rank(from) else {
            faults.push(format!("{path}: '{from}' has no rank; give it one here and in src/lib.rs"));
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for to in imported(code(line)) {
                let points_left = to == from || rank(to).is_some_and(|r| r < own);
                if !points_left {
                    faults.push(format!("{path}:{}: '{from}' imports '{to}', which is not to its left", number + 1));
                }
            }
            if climbs_out(&path, line) {
                faults.push(format!(
                    "{path}:{}: write 'crate::' for what is outside '{from}', so that its direction shows",
                    number + 1
                ));
            }
        }
    }
    assert_none(faults);
}

/// The modules that a line names behind `crate::`, also in braces: `crate::{claims, model}`.
fn imported(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for (at, word) in line.match_indices("crate::") {
        let rest = &line[at + word.len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or("").split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        out.extend(
            names.into_iter().map(|n| n.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("")),
        );
    }
    out
}

/// Whether a `super::` chain leaves the top module: `super::super::model` in `src/rules/finding.rs`.
fn climbs_out(path: &str, line: &str) -> bool {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let depth = inner.split('/').count();
    // Inside a module written into the file, one more step stays within.
    let inside = usize::from(line.starts_with(' '));
    let code = code(line);
    let longest = code.match_indices("super::").map(|(at, _)| steps(&code[at..])).max().unwrap_or(0);
    longest >= depth + inside
}

fn steps(chain: &str) -> usize {
    chain.strip_prefix("super::").map_or(0, |rest| 1 + steps(rest))
}

#[test]
fn the_map_in_the_library_names_every_module() {
    let text = read(&root().join("src/lib.rs"));
    let (map, modules): (Vec<&str>, Vec<&str>) = text.lines().partition(|l| l.starts_with("//!"));
    let map = map.join(" ");
    let modules: BTreeSet<&str> =
        modules.iter().filter_map(|l| l.strip_prefix("pub mod ")).map(|l| l.trim_end_matches(';')).collect();
    let missing: Vec<String> = modules
        .iter()
        .filter(|m| !map.contains(&format!("[`{m}`]")))
        .map(|m| format!("src/lib.rs: the map does not name [`{m}`]"))
        .collect();
    assert_none(missing);
    let ranked: BTreeSet<&str> = RANKS.iter().flat_map(|r| r.iter().copied()).collect();
    assert_eq!(modules, ranked, "the ranks of this test are the modules of the library");
}

#[test]
fn only_the_command_line_touches_the_world() {
    const WORLD: &[&str] = &[
        "std::fs", "std::net", "std::env::", "std::process", "SystemTime", "Instant::now", "Zoned::now",
        "Timestamp::now", "println!", "eprintln!", "print!(", "eprint!(", "dbg!",
    ];
    let mut faults = Vec::new();
    for (path, text) in sources().iter().filter(|(p, _)| !IMPURE.contains(&module(p))) {
        for (number, line) in text.lines().enumerate() {
            faults.extend(
                WORLD.iter().filter(|w| code(line).contains(**w)).map(|w| format!("{path}:{}: {w}", number + 1)),
            );
        }
    }
    assert_none(faults);
}

/// A Unicode word boundary makes the lazy automaton give up on curly quotes and costs a factor of hundreds.
#[test]
fn patterns_use_ascii_word_boundaries() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let line = code(line);
            let bare = line
                .match_indices(r"\b")
                .any(|(at, _)| !line[..at].ends_with("(?-u:") && !line[..at].contains("\"(?-u)"));
            if bare {
                faults.push(format!("{path}:{}: write (?-u:\\b) for \\b", number + 1));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn files_and_functions_stay_short() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > FILE_LINES {
            faults.push(format!("{path}: {} lines, {FILE_LINES} at most", lines.len()));
        }
        for (number, name, length) in functions(&lines) {
            if length > FUNCTION_LINES {
                faults.push(format!("{path}:{number}: '{name}' has {length} lines, {FUNCTION_LINES} at most"));
            }
        }
    }
    assert_none(faults);
}

/// Line, name and length of every function: from its first line to the brace in the same column.
fn functions(lines: &[&str]) -> Vec<(usize, String, usize)> {
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = code(line).trim_start();
        let Some(name) = code.split("fn ").nth(1).filter(|_| begins_function(code)) else { continue };
        let indent = &line[..line.len() - code.len()];
        let closing = format!("{indent}}}");
        let length = if line.trim_end().ends_with('}') {
            1
        } else {
            lines[at..].iter().position(|l| *l == closing).map_or(1, |n| n + 1)
        };
        let name = name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
        out.push((at + 1, name.to_owned(), length));
    }
    out
}

fn begins_function(code: &str) -> bool {
    let lead = code.split("fn ").next().unwrap_or("");
    lead.split_whitespace()
        .all(|w| w.starts_with("pub") || matches!(w, "const" | "async" | "unsafe" | "crate)" | "super)" | "in"))
}

#[test]
fn every_file_opens_with_what_it_is() {
    assert_none(
        sources()
            .iter()
            .filter(|(_, text)| !text.starts_with("//"))
            .map(|(path, _)| format!("{path}: says not what comes in, what goes out and what it never does"))
            .collect(),
    );
}

/// A file that no `mod` names is compiled by nobody.
#[test]
fn every_file_is_registered() {
    let mut faults = Vec::new();
    for (path, _) in sources() {
        let Some((folder, file)) = path.rsplit_once('/') else { continue };
        let name = file.trim_end_matches(".rs");
        let (folder, name) =
            if name == "mod" { folder.rsplit_once('/').unwrap_or(("src", folder)) } else { (folder, name) };
        if matches!(name, "main" | "lib" | "src") {
            continue;
        }
        let above = [format!("{folder}/mod.rs"), format!("{folder}.rs"), "src/lib.rs".to_owned()];
        let above =
            above.iter().filter(|p| p.as_str() != "src/lib.rs" || folder == "src").find(|p| root().join(p).exists());
        let named = above.is_some_and(|p| {
            read(&root().join(p)).lines().any(|l| {
                code(l).trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim() == format!("mod {name};")
            })
        });
        if !named {
            faults.push(format!("{path}: no 'mod {name};' stands in {folder}"));
        }
    }
    assert_none(faults);
}

#[test]
fn every_claim_kind_has_its_file_and_is_read() {
    let registry = read(&root().join("src/claims/mod.rs"));
    let mut faults = Vec::new();
    for kind in ClaimKind::ALL {
        // Last and next review are told apart by the same words, so one file reads both.
        let name = if kind == ClaimKind::NextReview { "reviewed".to_owned() } else { kind.name().replace('-', "_") };
        if !root().join(format!("src/claims/{name}.rs")).exists() {
            faults.push(format!("src/claims/{name}.rs: not there, though '{}' is a kind of claim", kind.name()));
        }
        if !registry.contains(&format!("{name}::read(context")) {
            faults.push(format!("src/claims/mod.rs: nothing reads {name}"));
        }
    }
    assert_none(faults);
}

#[test]
fn every_rule_has_its_file_and_is_registered() {
    let mut faults = Vec::new();
    let mut written = BTreeSet::new();
    for (path, text) in sources().iter().filter(|(p, t)| p.starts_with("src/rules/") && t.contains("\nrule! {")) {
        let id = path.trim_start_matches("src/rules/").trim_end_matches(".rs").replace('_', "-");
        if !text.contains(&format!(" = \"{id}\",")) {
            faults.push(format!("{path}: holds no rule '{id}'"));
        }
        if rules::by_id(&id).is_none() {
            faults.push(format!("{path}: '{id}' does not stand in RULES of its family"));
        }
        written.insert(id);
    }
    faults.extend(
        rules::all()
            .filter(|r| !written.contains(r.id))
            .map(|r| format!("src/rules/{}.rs: not there", r.id.replace('-', "_"))),
    );
    let ids: Vec<&str> = rules::all().map(|r| r.id).collect();
    faults.extend(
        ids.windows(2)
            .filter(|pair| pair[0] >= pair[1])
            .map(|pair| format!("{} does not stand before {}", pair[0], pair[1])),
    );
    assert_none(faults);
}

#[test]
fn every_output_format_is_registered() {
    let registry = read(&root().join("src/report/mod.rs"));
    let lists: String = registry.split("pub static ").skip(1).filter_map(|s| s.split("];").next()).collect();
    let mut faults = Vec::new();
    for (path, text) in sources().iter().filter(|(p, _)| p.starts_with("src/report/")) {
        let file = path.trim_start_matches("src/report/").trim_end_matches(".rs");
        for line in text.lines().filter(|l| l.contains(": Format<") && l.contains(" = Format {")) {
            let name = line.split(": Format<").next().and_then(|l| l.rsplit(' ').next()).unwrap_or("");
            if !lists.contains(&format!("{file}::{name}")) {
                faults.push(format!("{path}: {name} stands in no list of src/report/mod.rs"));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn every_input_format_is_registered() {
    let registry = read(&root().join("src/document/mod.rs"));
    let list = registry.split("static FORMATS").nth(1).and_then(|rest| rest.split("];").next()).unwrap_or("");
    let mut faults = Vec::new();
    for (path, _) in sources().iter().filter(|(_, text)| text.contains("static FORMAT: Format = Format {")) {
        let name = path.trim_start_matches("src/document/").trim_end_matches(".rs");
        if !list.contains(&format!("&{name}::FORMAT")) {
            faults.push(format!("{path}: stands not in FORMATS of src/document/mod.rs"));
        }
    }
    assert_none(faults);
}

#[test]
fn every_rule_and_claim_kind_has_a_gold_file() {
    let wanted: BTreeSet<String> = ClaimKind::ALL
        .iter()
        .map(|k| k.name())
        .chain(rules::all().map(|r| r.id))
        .map(|name| format!("tests/gold/{name}.md"))
        .collect();
    let there: BTreeSet<String> = files("tests/gold").iter().map(|p| told(p)).collect();
    let missing = wanted.difference(&there).map(|p| format!("{p}: not there"));
    let spare = there.difference(&wanted).map(|p| format!("{p}: of no rule and no claim kind"));
    assert_none(missing.chain(spare).collect());
}

#[test]
fn ids_are_those_of_the_contract() {
    let ids: BTreeSet<&str> = rules::all().map(|r| r.id).collect();
    assert_eq!(ids.len(), rules::all().count(), "an id is given twice");
    let known: BTreeSet<&str> = IDS.iter().copied().collect();
    let new = ids.difference(&known).map(|id| format!("{id}: not of the contract; enter it in IDS, for ever"));
    let gone = known.difference(&ids).map(|id| format!("{id}: of the contract, and no rule has it"));
    assert_none(new.chain(gone).collect());
}

#[test]
fn rules_say_what_they_find_why_and_on_what_ground() {
    const HEADINGS: [&str; 4] = ["What it finds", "Why it matters", "When it is wrong", "Example"];
    let mut faults = Vec::new();
    for rule in rules::all() {
        let headings: Vec<&str> = rule.docs.lines().filter_map(|l| l.trim().strip_prefix("## ")).collect();
        if headings != HEADINGS {
            faults.push(format!("{}: its headings are {headings:?}, not {HEADINGS:?}", rule.id));
        }
        let bare =
            rule.docs.split("## ").skip(1).filter(|part| part.lines().skip(1).all(|l| l.trim().is_empty())).count();
        if bare > 0 {
            faults.push(format!("{}: nothing stands under one of its headings", rule.id));
        }
        if rule.references.is_empty() {
            faults.push(format!("{}: rests on nothing", rule.id));
        }
        for reference in rule.references {
            if !reference.url.starts_with("https://")
                || reference.url.contains(char::is_whitespace)
                || reference.title.is_empty()
            {
                faults.push(format!("{}: '{}' at '{}' is no reference", rule.id, reference.title, reference.url));
            }
        }
    }
    assert_none(faults);
}

/// Words of the place where the project is made rather than of the project.
#[test]
fn nothing_of_one_machine_stands_in_the_project() {
    // Written in two pieces, so that this file does not hold them.
    let words = [
        ["/wo", "rk/"],
        ["/ho", "me/"],
        ["/ro", "ot/"],
        ["/Us", "ers/"],
        ["C:\\", "Users"],
        ["issue", " #"],
        ["hel", "per"],
    ]
    .map(|w| w.concat());
    let mut paths: Vec<PathBuf> = ["src", "tests", "dictionaries", "benches", "reports", "corpus/samples", ".github"]
        .iter()
        .flat_map(|f| files(f))
        .collect();
    let top = std::fs::read_dir(root()).expect("the root can be read").map(|e| e.expect("the root can be read").path());
    // A work tree beside the repository has a file of git's there, which is no part of the project.
    paths.extend(top.filter(|p| p.is_file() && !p.ends_with(".git")));
    let mut faults = Vec::new();
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            faults.extend(
                words
                    .iter()
                    .filter(|w| lower.contains(&w.to_lowercase()))
                    .map(|w| format!("{}:{}: {w}", told(&path), number + 1)),
            );
        }
    }
    assert_none(faults);
}

/// The pages under `reports/reference` are those the program renders; `UPDATE=1 cargo test` writes them.
#[test]
fn generated_pages_are_fresh() {
    let update = std::env::var("UPDATE").is_ok_and(|v| v == "1");
    let pages: BTreeMap<String, String> = fairnotice::reference::pages().into_iter().collect();
    let mut faults = Vec::new();
    for (path, content) in &pages {
        let file = root().join(path);
        if std::fs::read_to_string(&file).is_ok_and(|there| there == *content) {
            continue;
        }
        if update {
            std::fs::create_dir_all(file.parent().expect("a page stands in a folder")).expect("the folder can be made");
            std::fs::write(&file, content).expect("the page can be written");
        } else {
            faults.push(format!("{path}: stale or not there; run UPDATE=1 cargo test"));
        }
    }
    let left = files("reports/reference").into_iter().filter(|p| !pages.contains_key(&told(p)));
    for path in left {
        if update {
            std::fs::remove_file(&path).expect("a page that is rendered no more can be removed");
        } else {
            faults.push(format!("{}: no longer rendered; run UPDATE=1 cargo test", told(&path)));
        }
    }
    assert_none(faults);
}
