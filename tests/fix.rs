//! Certain cures: what is written, what is left alone, and that nothing else changes.
#![allow(clippy::disallowed_methods)] // these tests write the files that the program changes

mod folder;

use fairnotice::dictionary::Dictionary;
use fairnotice::fix;
use fairnotice::model::Day;
use fairnotice::pipeline::{Analysis, AsOf, analyse};
use folder::Folder;
use proptest::prelude::*;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::built_in);

const OPENING: &str = "NHS Wealdshire Integrated Care Board is the data controller. This privacy notice explains how we use your personal information.";

fn judged(name: &str, bytes: &[u8]) -> Option<Analysis> {
    analyse(name, bytes, &DICTIONARY, AsOf::Day(Day::constant(2026, 11, 22))).ok()
}

/// What becomes of a document.
fn fixed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let analysis = judged(name, bytes).expect("a notice");
    let cured = fix::cure(&analysis, bytes, |bytes| judged(name, bytes)).expect("its encoding can be written");
    cured.map_or_else(|| bytes.to_owned(), |c| c.bytes)
}

/// What becomes of a passage in a page.
fn passage(words: &str) -> String {
    let page = |inner: &str| format!("<!doctype html>\n<h1>Privacy notice</h1>\n<p>{OPENING}</p>\n{inner}\n");
    let out = String::from_utf8(fixed("page.html", page(words).as_bytes())).expect("UTF-8");
    let (before, behind) = (page("").len() - 1, 1);
    out[before..out.len() - behind].to_owned()
}

#[test]
fn what_is_certain_is_written() {
    for (old, new) in [
        (
            "<p>We comply with the Data Protection\n Act 1998.</p>",
            "<p>We comply with the Data Protection\n Act 2018.</p>",
        ),
        (
            "<p>We act in accordance with the <em>Data Protection Act</em>\u{a0}1998 and keep to it.</p>",
            "<p>We act in accordance with the <em>Data Protection Act</em>\u{a0}2018 and keep to it.</p>",
        ),
        (
            "<h2>Laws</h2><ul><li>Data Protection Act 1998</li><li>Human Rights Act 1998</li></ul>",
            "<h2>Laws</h2><ul><li>Data Protection Act 2018</li><li>Human Rights Act 1998</li></ul>",
        ),
        (
            "<p>Complain to the Information Commissioner’s Office (ICO).</p>",
            "<p>Complain to the Information Commission’s Office (ICO).</p>",
        ),
        (
            "<p>You may complain to the Information Commissioner's Office.</p>",
            "<p>You may complain to the Information Commission's Office.</p>",
        ),
        ("<p>Ring the ICO on 08456 30 60 60.</p>", "<p>Ring the ICO on 0303 123 1113.</p>"),
        (
            "<p>Ring the ICO on <a href=\"tel:08456306060\">08456 30 60 60</a>.</p>",
            "<p>Ring the ICO on <a href=\"tel:03031231113\">0303 123 1113</a>.</p>",
        ),
        (
            "<p>The ICO is at <a class=x href='http://www.ico.gov.uk/'>www.ico.gov.uk</a>.</p>",
            "<p>The ICO is at <a class=x href='https://ico.org.uk'>ico.org.uk</a>.</p>",
        ),
        (
            "<p>Figures are sent to the Department of Health.</p>",
            "<p>Figures are sent to the Department of Health and Social Care.</p>",
        ),
        (
            "<p>Figures are sent to the NHS Commissioning Board every month.</p>",
            "<p>Figures are sent to NHS England every month.</p>",
        ),
    ] {
        assert_eq!(passage(old), new);
    }
}

#[test]
fn what_a_person_must_decide_is_left_alone() {
    for words in [
        "<p>You have the right of access under the Data Protection Act 1998.</p>",
        "<p>We comply with the eight principles of the Data Protection Act 1998.</p>",
        "<p>We comply with section 7 of the Data Protection Act 1998.</p>",
        "<p>We comply with the Data Protection Act 1998 (the Act). Under section 7 of the Act you may ask.</p>",
        "<p>We are registered in accordance with the Data Protection Act 1998.</p>",
        "<p>NHS Digital sends us data about hospital care.</p>",
        "<p>The Department of Health (DH) sends us figures.</p>",
        "<p>The Department of Health Information Strategy is followed.</p>",
        "<p>Ring the ICO on 0303 123 1113 or, at the national rate, on 01625 545 745.</p>",
        "<p>Send a fax to the ICO: fax 01625 524 510.</p>",
        "<p>See the ICO at http://www.ico.gov.uk/complaints.aspx for more.</p>",
        "<p>The ICO is <a href=\"http://www.ico.gov.uk/for_the_public.aspx\">www.ico.gov.uk</a>.</p>",
        "<p>Write to casework@ico.gsi.gov.uk at the ICO.</p>",
        "<p>Ring the ICO on 08456&#32;30<b>60</b>60.</p>",
        "<p>We rely on a law made under section 60 of the Health and Social Care Act 2001.</p>",
        // Section 251 would be relied on, and the reference of an approval would be missing.
        "<p>We rely on approval under Section 60 of the Health and Social Care Act 2001.</p>",
        // The date of the review would come before the law.
        "<p>We comply with the Data Protection Act 1998.</p><p>Last reviewed: July 2016</p>",
    ] {
        assert_eq!(passage(words), words);
    }
}

#[test]
fn text_and_markdown_are_edited_too() {
    let text = format!("Privacy notice\r\n\r\n{OPENING}\r\n\r\nRing the ICO on 08456 30 60 60.\r\n");
    assert_eq!(fixed("a.txt", text.as_bytes()), text.replace("08456 30 60 60", "0303 123 1113").into_bytes());
    let latin: Vec<u8> = text
        .replace("the ICO", "the ICO\u{2019}s line")
        .chars()
        .map(|c| if c == '\u{2019}' { 0x92 } else { c as u8 })
        .collect();
    let expected: Vec<u8> = [&latin[..latin.len() - 17], b"0303 123 1113.\r\n"].concat();
    assert_eq!(fixed("a.txt", &latin), expected);
    let markdown =
        format!("# Privacy notice\n\n{OPENING}\n\nThe ICO is at [www.ico.gov.uk](http://www.ico.gov.uk), *not* far.\n");
    let expected = markdown.replace("[www.ico.gov.uk](http://www.ico.gov.uk)", "[ico.org.uk](https://ico.org.uk)");
    assert_eq!(String::from_utf8(fixed("a.md", markdown.as_bytes())), Ok(expected));
}

/// Sentences of which a random notice is made: some with certain cures, some without, some with what a cure may contradict.
const SENTENCES: &[&str] = &[
    "We comply with the Data Protection Act 1998.",
    "You have the right of access under the Data Protection Act 1998.",
    "Ring the ICO on 08456 30 60 60 or 01625 54 57 45.",
    "Our helpline is 0303 123 1113.",
    "See www.ico.gov.uk or http://www.ico.gov.uk/ about it.",
    "You may complain to the Information Commissioner’s Office.",
    "The Information Commissioner, Jo Example, decides.",
    "Figures go to the Department of Health and NHS Digital.",
    "Figures go to the Department of Health.",
    "NHS England was the NHS Commissioning Board; the NHS Commissioning Board pays.",
    "We rely on approval under section 60 of the Health and Social Care Act 2001.",
    "Last reviewed: July 2016",
    "Last reviewed: October 2026",
    "Our Data Protection Officer is Felicity Arnbrook.",
    "“Quoted – words” & more\u{a0}of them.",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixing_twice_is_fixing_once_and_makes_nothing_wrong(
        chosen in proptest::collection::vec(0..SENTENCES.len(), 1..12),
        format in 0_usize..3,
    ) {
        let (name, between, close) = [("a.html", "<p>", "</p>\n"), ("a.txt", "", "\n\n"), ("a.md", "", "\n\n")][format];
        let opening = ["<h1>Privacy notice</h1>", "Privacy notice\n\n", "# Privacy notice\n\n"][format];
        let body: String = std::iter::once(OPENING).chain(chosen.iter().map(|n| SENTENCES[*n])).map(|s| format!("{between}{s}{close}")).collect();
        let notice = format!("{opening}{body}");
        let once = fixed(name, notice.as_bytes());
        prop_assert_eq!(&fixed(name, &once), &once);
        let kinds = |bytes: &[u8]| -> Vec<(String, usize)> {
            let analysis = judged(name, bytes).expect("a notice");
            analysis.findings.iter().map(|f| (format!("{} {:?}", f.rule.id, f.subject), f.evidence.len().max(1))).collect()
        };
        let before = kinds(notice.as_bytes());
        let count = |all: &[(String, usize)], kind: &str| -> usize { all.iter().filter(|(k, _)| k == kind).map(|(_, n)| n).sum() };
        let after = kinds(&once);
        for (kind, _) in &after {
            prop_assert!(count(&after, kind) <= count(&before, kind), "{} is new in {:?}", kind, String::from_utf8_lossy(&once));
        }
        prop_assert!(once == notice.as_bytes() || after.len() < before.len() || after.iter().map(|(_, n)| n).sum::<usize>() < before.iter().map(|(_, n)| n).sum());
    }
}

impl Folder {
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairnotice"));
        command.env_remove("COLUMNS").stdin(Stdio::null()).current_dir(&self.0);
        command.args(["check", "--as-of", "2026-11-22"]).args(arguments).output().expect("the program starts")
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[test]
fn a_difference_is_shown_and_the_file_is_written() {
    let folder = Folder::new("write");
    let path = folder.0.join("page.html");
    let page =
        format!("<h1>Privacy notice</h1>\n<p>{OPENING}</p>\n<p>Ring the ICO on 08456 30 60 60.</p>\n<p>Last.</p>\n");
    std::fs::write(&path, &page).expect("written");
    let shown = folder.run(&["--fix", "--diff", "page.html"]);
    let difference = words(&shown.stdout);
    assert!(difference.starts_with("--- a/page.html\n+++ b/page.html\n@@ -1,4 +1,4 @@\n"), "{difference}");
    assert!(
        difference.contains("\n-<p>Ring the ICO on 08456 30 60 60.</p>\n+<p>Ring the ICO on 0303 123 1113.</p>\n"),
        "{difference}"
    );
    assert!(words(&shown.stderr).contains("1 certain cure would be made in 1 notice"), "{}", words(&shown.stderr));
    assert_eq!(std::fs::read_to_string(&path).expect("there"), page, "nothing was written");
    let fixed = folder.run(&["--fix", "--format", "json", "page.html"]);
    assert!(!words(&fixed.stdout).contains("outdated/ico-contact"), "what was put right is not reported");
    assert_eq!(std::fs::read_to_string(&path).expect("there"), page.replace("08456 30 60 60", "0303 123 1113"));
    assert_eq!(std::fs::read_dir(&folder.0).expect("there").count(), 1, "nothing is left beside it");
    assert_eq!(folder.run(&["--diff", "page.html"]).status.code(), Some(2));
    let together = folder.run(&["--fix", "--together", "page.html", "page.html"]);
    let said = String::from_utf8_lossy(&together.stderr).into_owned();
    assert!(together.status.code() == Some(2) && said.contains("without --together"), "{said}");
}

#[test]
fn the_declared_number_is_written() {
    let folder = Folder::new("declared");
    let path = folder.0.join("page.html");
    let page = format!("<h1>Privacy notice</h1>\n<p>{OPENING}</p>\n<p>Our ICO registration number is ZA123456.</p>\n");
    std::fs::write(&path, &page).expect("written");
    std::fs::write(
        folder.0.join("fairnotice.toml"),
        "[controller]\nname = \"NHS Wealdshire ICB\"\nico-registration = \"ZB654321\"\n",
    )
    .expect("written");
    folder.run(&["--fix", "page.html"]);
    assert_eq!(std::fs::read_to_string(&path).expect("there"), page.replace("ZA123456", "ZB654321"));
}
