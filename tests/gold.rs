//! The gold files: Markdown under `tests/gold`, one file per claim kind (`<kind>.md`) and one per rule
//! (`<family>/<name>.md`), each with passages of notices and what must be read from them.
//!
//! A `##` section is one passage. `as-of: YYYY-MM-DD` above it sets the day of judging, `kind: notice-part` the kind of
//! document it is judged as (`privacy-notice` where no line says otherwise, because most passages are too short to show
//! it). The block opened by three backquotes and `notice` holds the passage, as HTML where `html` stands behind that word;
//! the one opened by `result` what must come of it, one line each, in reading order:
//!
//! ```text
//! claim <kind> <value> "<evidence>" purpose=<id> applies=false
//! finding <rule>[:<subject>] "<first evidence>"
//! ```
//!
//! Of the attributes only flags that turn a claim's meaning are shown: `applies=false`, `historical=true`, `valid=false`.
//! A rule over the corpus has several `notice` blocks in a section, numbered from 1; `data-release-register` behind the word
//! makes one a register, and a block `register ico 2026-11-01` holds a file of an official register with the day of its
//! state. Its result lines show the notice and, behind each bar, the other side:
//!
//! ```text
//! finding <rule>[:<subject>] in 1 "<first evidence>" | 2 "<first evidence>" | ico row 3 (<severity>)
//! ```
//!
//! A `settings` block above the notice holds the `fairnotice.toml` that the passage is judged by.
//!
//! `[[…]]` in a passage asserts that a claim of the kind, or a finding of the rule, rests on exactly those words. The marks
//! are taken out before reading and are never rewritten; `UPDATE=1 cargo test` rewrites the `result` blocks.
#![allow(clippy::disallowed_methods)] // this test reads and writes the gold files

use fairnotice::across::across;
use fairnotice::dictionary::Dictionary;
use fairnotice::document;
use fairnotice::model::{Attr, ClaimKind, Day, NoticeKind, RegisterKind, Registers, Span};
use fairnotice::pipeline::{Analysis, AsOf, Part, judge_as};
use fairnotice::rules;
use fairnotice::rules::corpus::Counterpart;
use fairnotice::settings;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The day on which a passage is judged that names none.
const DAY: &str = "2026-11-22";

/// What a gold file is about.
#[derive(Clone, Copy)]
enum Subject {
    Kind(ClaimKind),
    Rule(&'static str),
}

/// One passage of a gold file.
struct Section {
    title: String,
    day: Day,
    /// The passages with their marks, and whether each is HTML; one, except for a rule over the corpus.
    notices: Vec<Passage>,
    /// What stands in `fairnotice.toml`.
    settings: String,
    /// Files of official registers: the register, the day of its state, the content.
    registers: Vec<(RegisterKind, Day, String)>,
    /// Line numbers of the first line behind the opening of the result block and of its closing, from 0.
    result: (usize, usize),
}

/// One document of a section.
struct Passage {
    kind: NoticeKind,
    html: bool,
    marked: String,
}

#[test]
fn gold() {
    let dictionary = Dictionary::built_in();
    let update = std::env::var("UPDATE").is_ok_and(|v| v == "1");
    let mut faults = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let files = markdown_files(&root);
    assert!(!files.is_empty(), "there are gold files");
    for path in files {
        let name = path
            .strip_prefix(&root)
            .expect("a file of the folder")
            .with_extension("")
            .to_string_lossy()
            .replace('\\', "/");
        let text = std::fs::read_to_string(&path).expect("a gold file is UTF-8");
        match subject(&name) {
            Some(subject) => {
                let (rewritten, found) = check_file(&name, &text, subject, &dictionary, update);
                faults.extend(found);
                if update && rewritten != text {
                    std::fs::write(&path, rewritten).expect("a gold file can be written");
                }
            }
            None => faults.push(format!("tests/gold/{name}.md: neither a claim kind nor a rule has this name")),
        }
    }
    assert!(
        faults.is_empty(),
        "\n{}\n\n{} faults; UPDATE=1 rewrites result blocks, then read the difference",
        faults.join("\n\n"),
        faults.len()
    );
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            out.extend(markdown_files(&path));
        } else if path.extension().is_some_and(|e| e == "md") {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn subject(name: &str) -> Option<Subject> {
    let kind = ClaimKind::ALL.into_iter().find(|k| k.name() == name).map(Subject::Kind);
    kind.or_else(|| rules::by_id(name).map(|r| Subject::Rule(r.id)))
}

/// The file with its result blocks as they come out, and what is wrong with it.
fn check_file(
    name: &str,
    text: &str,
    subject: Subject,
    dictionary: &Dictionary,
    update: bool,
) -> (String, Vec<String>) {
    let at = format!("tests/gold/{name}.md");
    let lines: Vec<&str> = text.lines().collect();
    let mut faults = Vec::new();
    if lines.first().is_none_or(|l| *l != format!("# `{name}`")) {
        faults.push(format!("{at}: the first line is not \"# `{name}`\""));
    }
    let sections = match sections(&lines) {
        Ok(sections) => sections,
        Err(fault) => return (text.to_owned(), vec![format!("{at}:{fault}")]),
    };
    let mut results: Vec<Vec<String>> = Vec::new();
    for section in &sections {
        let expected: Vec<&str> = lines[section.result.0..section.result.1].to_vec();
        let got = match read(section, subject, dictionary) {
            Ok((got, unmet)) => {
                faults.extend(
                    unmet.into_iter().map(|m| format!("{at}, \"{}\": nothing rests on exactly [[{m}]]", section.title)),
                );
                got
            }
            Err(fault) => {
                faults.push(format!("{at}, \"{}\": {fault}", section.title));
                expected.iter().map(|l| (*l).to_owned()).collect()
            }
        };
        if got != expected && !update {
            faults.push(format!(
                "{at}, \"{}\"\nexpected\n{}\ngot\n{}",
                section.title,
                indented(&expected),
                indented(&got)
            ));
        }
        results.push(got);
    }
    let silent = |wanted: bool| results.iter().any(|r| r.is_empty() == wanted);
    if !silent(false) {
        faults.push(format!("{at}: no section expects anything; add an example"));
    }
    if !silent(true) {
        faults.push(format!("{at}: no section expects nothing; add a near miss"));
    }
    (rewritten(&lines, &sections, &results), faults)
}

fn indented<T: AsRef<str>>(lines: &[T]) -> String {
    if lines.is_empty() {
        "  (nothing)".to_owned()
    } else {
        lines.iter().map(|l| format!("  {}", l.as_ref())).collect::<Vec<_>>().join("\n")
    }
}

/// The sections of a file; a fault opens with its line number.
fn sections(lines: &[&str]) -> Result<Vec<Section>, String> {
    let mut out = Vec::new();
    let heads: Vec<usize> = heads(lines);
    for (number, head) in heads.iter().enumerate() {
        let end = heads.get(number + 1).copied().unwrap_or(lines.len());
        out.push(section(lines, *head, end)?);
    }
    Ok(out)
}

/// The lines that open a section: those with `## ` outside blocks.
fn heads(lines: &[&str]) -> Vec<usize> {
    let mut inside = false;
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside && line.starts_with("## ") {
            out.push(at);
        }
    }
    out
}

fn section(lines: &[&str], head: usize, end: usize) -> Result<Section, String> {
    let mut section = Section {
        title: lines[head][3..].to_owned(),
        day: DAY.parse().expect("a day"),
        notices: Vec::new(),
        settings: String::new(),
        registers: Vec::new(),
        result: (0, 0),
    };
    let mut kind = NoticeKind::PrivacyNotice;
    let mut blocks = Vec::new();
    let mut at = head + 1;
    while at < end {
        let line = lines[at];
        if let Some(tag) = line.strip_prefix("```") {
            let close = (at + 1..end)
                .find(|n| lines[*n] == "```")
                .ok_or_else(|| format!("{}: the block is not closed", at + 1))?;
            blocks.push((tag.trim(), at + 1, close));
            at = close;
        } else if let Some(day) = line.strip_prefix("as-of: ") {
            section.day = day.trim().parse().map_err(|_| format!("{}: no day of the form YYYY-MM-DD", at + 1))?;
        } else if let Some(name) = line.strip_prefix("kind: ") {
            kind = kind_named(name.trim()).ok_or_else(|| format!("{}: no kind of document", at + 1))?;
        } else if !line.trim().is_empty() {
            return Err(format!("{}: only as-of, kind and blocks stand in a section", at + 1));
        }
        at += 1;
    }
    for (info, from, to) in &blocks {
        let words: Vec<&str> = info.split(' ').collect();
        match words[..] {
            ["notice", ..] => section.notices.push(Passage {
                kind: words.last().and_then(|w| kind_named(w)).unwrap_or(kind),
                html: words.contains(&"html"),
                marked: lines[*from..*to].join("\n"),
            }),
            ["settings"] => section.settings = lines[*from..*to].join("\n"),
            ["register", kind, day] => section.registers.push((
                RegisterKind::by_name(kind).ok_or_else(|| format!("{from}: no register"))?,
                day.parse().map_err(|_| format!("{from}: no day of the form YYYY-MM-DD"))?,
                lines[*from..*to].join("\n"),
            )),
            ["result"] => section.result = (*from, *to),
            _ => return Err(format!("{from}: a block is a notice, a register, settings or a result")),
        }
    }
    let last = blocks.last().is_some_and(|(info, _, _)| *info == "result");
    if section.notices.is_empty() || !last || blocks.iter().filter(|(info, _, _)| *info == "result").count() != 1 {
        return Err(format!("{}: a section has a notice block and then a result block", head + 1));
    }
    Ok(section)
}

fn kind_named(name: &str) -> Option<NoticeKind> {
    [NoticeKind::PrivacyNotice, NoticeKind::NoticePart, NoticeKind::DataReleaseRegister, NoticeKind::Other]
        .into_iter()
        .find(|k| k.name() == name)
}

/// What comes of a section, and the marks on which nothing rests.
fn read(section: &Section, subject: Subject, dictionary: &Dictionary) -> Result<(Vec<String>, Vec<String>), String> {
    let mut marks = Vec::new();
    let mut analyses = Vec::new();
    let mut settings = settings::parse("fairnotice.toml", &section.settings).map_err(|e| e.to_string())?;
    let declaring = settings.declaration.take().map(|d| Dictionary::built_in().declaring(d));
    let dictionary = declaring.as_ref().unwrap_or(dictionary);
    for (number, passage) in section.notices.iter().enumerate() {
        let (words, marked) = unmarked(&passage.marked)?;
        marks.extend(marked);
        let source = format!("{}.{}", number + 1, if passage.html { "html" } else { "txt" });
        let document = document::read(words.as_bytes(), &source).map_err(|e| e.0)?;
        let part = Part {
            source: source.clone(),
            sha256: String::new(),
            media_type: document.media_type,
            start: 0,
            first_line: 1,
        };
        let as_of = AsOf::Day(section.day);
        let mut analysis = judge_as(Some(passage.kind), &source, document.text, vec![part], dictionary, as_of);
        let matched = settings.apply(&mut analysis, Some(&source));
        settings.report_unused(&mut [(Some(source), &mut analysis)], &matched);
        analyses.push(analysis);
    }
    let (lines, quotes) = match (subject, &analyses[..]) {
        (Subject::Rule(id), _) if id.starts_with("corpus/") => across_findings(&analyses, id, section, dictionary)?,
        (Subject::Kind(kind), [analysis]) => claims(analysis, kind),
        (Subject::Rule(id), [analysis]) => findings(analysis, id),
        _ => return Err("only a rule over the corpus has several notices".to_owned()),
    };
    let unmet = marks.into_iter().filter(|m| !quotes.contains(m)).collect();
    Ok((lines, unmet))
}

/// A passage without its marks, and what they enclose.
fn unmarked(marked: &str) -> Result<(String, Vec<String>), String> {
    let mut passage = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(open) = rest.find("[[") {
        let behind = &rest[open + 2..];
        let mut close = behind.find("]]").ok_or("a mark is not closed")?;
        // "[[[NAME]]]" marks words that end with a bracket of their own.
        while behind[close + 2..].starts_with(']') {
            close += 1;
        }
        passage.push_str(&rest[..open]);
        passage.push_str(&behind[..close]);
        marks.push(behind[..close].to_owned());
        rest = &behind[close + 2..];
    }
    passage.push_str(rest);
    Ok((passage, marks))
}

fn claims(analysis: &Analysis, kind: ClaimKind) -> (Vec<String>, Vec<String>) {
    let mut lines = Vec::new();
    let mut quotes = Vec::new();
    for claim in analysis.claims.iter().filter(|c| c.kind == kind) {
        let quote = analysis.text.quote(claim.evidence);
        let mut line = format!("claim {} {} \"{}\"", kind.name(), claim.value, on_one_line(quote));
        if let Some(purpose) = &claim.purpose {
            let _ = write!(line, " purpose={purpose}");
        }
        for (flag, usual) in [("applies", true), ("historical", false), ("valid", true)] {
            if let Some(Attr::Flag(value)) = claim.attrs.get(flag).filter(|v| **v != Attr::Flag(usual)) {
                let _ = write!(line, " {flag}={value}");
            }
        }
        lines.push(line);
        quotes.push(quote.to_owned());
    }
    (lines, quotes)
}

fn findings(analysis: &Analysis, id: &str) -> (Vec<String>, Vec<String>) {
    let mut found: Vec<_> = analysis.findings.iter().filter(|f| f.rule.id == id).collect();
    found.sort_by(|a, b| (&a.evidence, &a.subject).cmp(&(&b.evidence, &b.subject)));
    let mut lines = Vec::new();
    let mut quotes = Vec::new();
    for finding in found {
        let subject = finding.subject.as_deref().filter(|s| !s.is_empty()).map(|s| format!(":{s}")).unwrap_or_default();
        let first = finding
            .evidence
            .first()
            .map(|span| format!(" \"{}\"", on_one_line(analysis.text.quote(*span))))
            .unwrap_or_default();
        lines.push(format!("finding {id}{subject}{first}"));
        quotes.extend(finding.evidence.iter().map(|span| analysis.text.quote(*span).to_owned()));
    }
    (lines, quotes)
}

fn across_findings(
    analyses: &[Analysis],
    id: &str,
    section: &Section,
    dictionary: &Dictionary,
) -> Result<(Vec<String>, Vec<String>), String> {
    let mut registers = Registers::default();
    for (kind, day, content) in &section.registers {
        fairnotice::registers::read(&mut registers, *kind, "register.csv", *day, content.as_bytes(), dictionary)
            .map_err(|fault| format!("register {}: {fault}", kind.name()))?;
    }
    let mut lines = Vec::new();
    let mut quotes = Vec::new();
    for found in across(analyses, &registers, dictionary).iter().filter(|f| f.finding.rule.id == id) {
        let mut first = |notice: usize, evidence: &[Span]| {
            let text = &analyses[notice].text;
            quotes.extend(evidence.iter().map(|span| text.quote(*span).to_owned()));
            let quote = evidence.first().map(|s| format!(" \"{}\"", on_one_line(text.quote(*s)))).unwrap_or_default();
            format!("{}{quote}", notice + 1)
        };
        let subject = found.finding.subject.as_deref().map(|s| format!(":{s}")).unwrap_or_default();
        let mut line = format!("finding {id}{subject} in {}", first(found.notice, &found.finding.evidence));
        for counterpart in &found.counterparts {
            let shown = match counterpart {
                Counterpart::Document { document, evidence } => first(*document, evidence),
                Counterpart::Register(row) => match row.row {
                    Some(number) => format!("{} row {number}", row.register),
                    None => format!("{} no row", row.register),
                },
            };
            let _ = write!(line, " | {shown}");
        }
        if found.finding.severity != found.finding.rule.severity {
            let _ = write!(line, " ({})", found.finding.severity.name());
        }
        lines.push(line);
    }
    Ok((lines, quotes))
}

/// A quote as a result line shows it: evidence that runs over several blocks stays on one line.
fn on_one_line(quote: &str) -> String {
    quote.replace('\n', "\\n")
}

/// The file with other result blocks.
fn rewritten(lines: &[&str], sections: &[Section], results: &[Vec<String>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut push = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    for (section, result) in sections.iter().zip(results) {
        lines[at..section.result.0].iter().for_each(|l| push(l));
        result.iter().for_each(|l| push(l));
        at = section.result.1;
    }
    lines[at..].iter().for_each(|l| push(l));
    out
}
