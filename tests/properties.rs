//! What holds for every input: evidence lies in the text, results repeat, every copy of a defect is found, nothing panics.
//!
//! Random input is mixed from pieces of notices, markup and rubbish, with a fixed seed, so that a run is a run.
#![allow(clippy::disallowed_methods)] // one of these tests writes the file that the program reads

use fairnotice::dictionary::Dictionary;
use fairnotice::document;
use fairnotice::model::{Day, NoticeKind, Span, Text};
use fairnotice::pipeline::{Analysis, AsOf, Part, analyse, judge_as};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::process::Command;
use std::sync::LazyLock;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::built_in);

fn day() -> Day {
    "2026-11-22".parse().expect("a day")
}

/// A document judged as a privacy notice, so that every claim and every rule has its say; `None` where it holds no words.
fn judged(bytes: &[u8], name: &str) -> Option<Analysis> {
    let document = document::read(bytes, name).ok()?;
    let part = Part {
        source: name.to_owned(),
        sha256: String::new(),
        media_type: document.media_type,
        start: 0,
        first_line: 1,
    };
    Some(judge_as(Some(NoticeKind::PrivacyNotice), name, document.text, vec![part], &DICTIONARY, AsOf::Day(day())))
}

fn spans(analysis: &Analysis) -> impl Iterator<Item = Span> {
    analysis.claims.iter().map(|c| c.evidence).chain(analysis.findings.iter().flat_map(|f| f.evidence.iter().copied()))
}

/// Sentences of notices, right and wrong, as they are published.
const SENTENCES: &[&str] = &[
    "NHS Derby and Derbyshire Integrated Care Board is the data controller.",
    "We hold information about you under the Data Protection Act 1998.",
    "Our lawful basis is Article 6(1)(e) and 9(2)(h) of the UK GDPR",
    "Article 6(1)(g)",
    "relying on section 251 support (CAG 7-07(a)(b)(c)/2013)",
    "CAG 7-07(a)/203",
    "Our Data Protection Officer is Imogen Tressider, dpo@fenmarsh.example.nhs.uk",
    "Caldicott Guardian:",
    "Dr Tamsin Orchard",
    "Our ICO registration number is ZA00490.",
    "Midlands and Lancashire CSU processes invoices on our behalf",
    "NHS Digital sends us data; HSCIC does not.",
    "kept for 8 years under the Records Management Code of Practice 2016",
    "This notice was last reviewed in July 2018",
    "You have the right to: object, erasure, restrict",
    "type 2 opt-outs",
    "You can set a national data opt-out on 0300 303 5678",
    "Risk stratification",
    "Invoice validation",
    "How long we keep it",
    "Your rights",
    "[NAME SURNAME]",
    "[insert text here]",
    "XXXX",
    "Privacy Shield",
    "We do not transfer your data outside the UK",
    "Complain to the Information Commissioner’s Office, 01625 545745, www.ico.gov.uk",
    "agreement DARS-NIC-226296-S7T2Y",
    "No automated decisions are made.",
    "A fee of £10 is charged and we answer within 40 days",
    "the Act",
    "Regulation (EU) 2016/679",
    "Please visit",
    "NHS West Leicestershire CCG and NHS West Leicestershire CCG",
    "email us at info@@nhs or dpo@nhs",
    "IG Toolkit and sensitive personal data",
];

/// Markup, whole and broken.
const MARKUP: &[&str] = &[
    "<p>", "</p>", "<h1>", "</h1>", "<h2>", "</h2>", "<ul><li>", "</li>", "</ul>", "<table><tr><td>",
    "</td><td rowspan=2>", "<td colspan=\"0\">", "</td></tr></table>", "<th>", "<br>", "<br/>", "<div class=\"menu\">",
    "</div>", "<nav>", "</nav>", "<footer>", "</footer>", "<dl><dt>", "</dt><dd>", "</dd></dl>",
    "<a href=\"mailto:x@y.nhs.uk\">", "<a href='", "</a>", "<!--", "-->", "<!DOCTYPE html>", "<html lang=en>",
    "<title>", "</title>", "<script>", "</script>", "<style>", "</style>", "<b", "<", ">", "</", "<![CDATA[", "<?xml",
    "<img alt=\"NHS Dorset CCG\">", "<span hidden>", "<span data-cfemail=\"7f1e1d1c3f\">", "</span>", "<button>",
    "<template>", "<noscript>",
];

/// References to characters, whole and broken.
const ENTITIES: &[&str] = &[
    "&amp;", "&nbsp;", "&#8217;", "&rsquo;", "&#x2019", "&#0;", "&#xD800;", "&#1114112;", "&notanentity;", "&",
    "&lt;p&gt;", "&shy;", "&zwnj;", "&copy;",
];

/// What stands between words: spaces of all sorts, ends of lines, controls, marks that fold to others.
const GLUE: &[&str] = &[
    " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u{a0}", "\u{ad}", "\u{200b}", "\u{feff}", "\u{202e}", "\0",
    "\u{1b}", "\u{7f}", "\u{85}", "\u{2028}", "\u{fffd}", "’", "‘", "“", "”", "'", "\"", "–", "—", "-", "…", ".", ",",
    ":", ";", "(", ")", "[", "]", "[[", "]]", "•", "\u{f0b7}", "· ", "İ", "ß", "ﬁ", "é", "e\u{301}", "日本", "😀", "Ⅷ",
    "½", "ſ", "K",
];

fn piece() -> impl Strategy<Value = String> {
    let of = |list: &'static [&'static str]| prop::sample::select(list).prop_map(str::to_owned);
    prop_oneof![
        6 => of(SENTENCES),
        4 => of(GLUE),
        3 => of(MARKUP),
        2 => of(ENTITIES),
        1 => "[ -~]{0,12}",
        1 => any::<char>().prop_map(|c| c.to_string()),
        1 => (1usize..3000, any::<bool>()).prop_map(|(n, z)| (if z { "Z" } else { "wordé" }).repeat(n)),
        1 => (prop::sample::select(SENTENCES), any::<prop::sample::Index>()).prop_map(|(s, at)| cut(s, at.index(s.len())).to_owned()),
    ]
}

/// The start of a sentence: a notice may end anywhere.
fn cut(sentence: &str, mut at: usize) -> &str {
    while !sentence.is_char_boundary(at) {
        at -= 1;
    }
    &sentence[..at]
}

fn mixture() -> impl Strategy<Value = (String, &'static str)> {
    let name = prop::sample::select(&["notice.txt", "notice.html"][..]);
    (prop::collection::vec((piece(), prop::sample::select(&["", " ", "\n", "\n\n"][..])), 0..50), name)
        .prop_map(|(pieces, name)| (pieces.into_iter().map(|(p, g)| p + g).collect(), name))
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn evidence_lies_in_the_text_and_its_place_in_the_source((source, name) in mixture()) {
        let Some(analysis) = judged(source.as_bytes(), name) else { return Ok(()) };
        let text = &analysis.text;
        for span in spans(&analysis) {
            let quote = text.body.get(span.range());
            prop_assert!(quote.is_some_and(|q| !q.trim().is_empty()), "{span:?} of {} bytes", text.body.len());
            check_place(text, span)?;
        }
        check_blocks(text)?;
    }

    #[test]
    fn the_canonical_text_is_clean((source, name) in mixture()) {
        let Some(analysis) = judged(source.as_bytes(), name) else { return Ok(()) };
        let body = &analysis.text.body;
        prop_assert!(!body.contains("  "), "two spaces: {body:?}");
        prop_assert!(!body.contains(" \n") && !body.contains("\n "), "a space at the end of a line: {body:?}");
        let control = body.chars().find(|c| c.is_control() && *c != '\n');
        prop_assert!(control.is_none(), "{control:?} in {body:?}");
    }

    #[test]
    fn two_analyses_are_equal((source, name) in mixture()) {
        let (first, second) = (judged(source.as_bytes(), name), judged(source.as_bytes(), name));
        prop_assert_eq!(first.is_some(), second.is_some());
        if let (Some(a), Some(b)) = (first, second) {
            prop_assert_eq!(&a.text.body, &b.text.body);
            prop_assert_eq!(&a.claims, &b.claims);
            prop_assert_eq!(&a.sections, &b.sections);
            prop_assert_eq!(format!("{:?}", a.findings), format!("{:?}", b.findings));
        }
    }

    #[test]
    fn reading_takes_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000), name in prop::sample::select(&["notice.txt", "notice.html"][..])) {
        if let Some(analysis) = judged(&bytes, name) {
            for span in spans(&analysis) {
                prop_assert!(analysis.text.body.get(span.range()).is_some_and(|q| !q.is_empty()));
                check_place(&analysis.text, span)?;
            }
        }
    }

    #[test]
    fn every_copy_of_a_defect_is_found(copies in 1usize..9, fillers in prop::collection::vec(prop::sample::select(FILLERS), 9), html in any::<bool>()) {
        for (rule, sentence) in DEFECTS {
            let mut paragraphs = vec!["NHS Derby and Derbyshire Integrated Care Board is the data controller."];
            for filler in &fillers[..copies] {
                paragraphs.extend([*sentence, *filler]);
            }
            let source: String = paragraphs.iter().map(|p| if html { format!("<p>{p}</p>\n") } else { format!("{p}\n\n") }).collect();
            let analysis = judged(source.as_bytes(), if html { "notice.html" } else { "notice.txt" }).expect("there are words");
            let places: usize = analysis.findings.iter().filter(|f| f.rule.id == *rule).map(|f| f.evidence.len()).sum();
            prop_assert_eq!(places, copies, "{} in {}", rule, source);
        }
    }
}

/// Rules and sentences that break them, each in one place.
const DEFECTS: &[(&str, &str)] = &[
    ("outdated/dpa-1998", "We hold your records under the Data Protection Act 1998."),
    ("malformed/article", "Our lawful basis is Article 6(1)(g) of the UK GDPR."),
    ("placeholder/text", "Write to [INSERT NAME] for a copy."),
    ("outdated/transfer-mechanism", "Our survey provider is certified under the Privacy Shield."),
];

/// Sentences that break none of them.
const FILLERS: &[&str] = &[
    "We buy health care for the people of the county.", "Our staff are trained every year.",
    "A panel decides on each request.", "The board meets in public.",
];

/// The line and column of a span lie within the source, and so does its range.
fn check_place(text: &Text, span: Span) -> Result<(), TestCaseError> {
    let origin = &text.origin;
    let lines: Vec<&str> = origin.source.split('\n').collect();
    for at in [span.start, span.end - 1] {
        let (line, column) = origin.line_column(at);
        prop_assert!((1..=lines.len()).contains(&(line as usize)), "line {line} of {}", lines.len());
        let characters = lines[line as usize - 1].chars().count();
        prop_assert!((1..=characters + 1).contains(&(column as usize)), "column {column} of {characters}");
        let byte = origin.source_byte(at);
        let before = &origin.source[..origin.source.floor_char_boundary(byte)];
        let counted = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        prop_assert_eq!(column as usize, counted);
        prop_assert_eq!(origin.clone().without_source().line_column(at), (line, column));
    }
    let range = origin.source_range(span);
    prop_assert!(range.start < range.end && range.end <= origin.source.len(), "{range:?} of {}", origin.source.len());
    Ok(())
}

/// Blocks lie in the text, one behind the other.
fn check_blocks(text: &Text) -> Result<(), TestCaseError> {
    let mut end = 0;
    for block in &text.blocks {
        prop_assert!(
            block.span.start >= end && text.body.get(block.span.range()).is_some(),
            "{:?} behind {end}",
            block.span
        );
        end = block.span.end;
    }
    Ok(())
}

/// What a hostile or broken source may hold; each must come back, with or without words.
fn survives(bytes: &[u8]) {
    for name in ["notice.html", "notice.txt"] {
        survives_as(bytes, name);
    }
}

fn survives_as(bytes: &[u8], name: &str) {
    if let Some(analysis) = judged(bytes, name) {
        for span in spans(&analysis) {
            assert!(analysis.text.body.get(span.range()).is_some_and(|q| !q.is_empty()), "{span:?}");
        }
    }
}

#[test]
fn twenty_megabytes_of_angle_brackets() {
    survives("<".repeat(20 << 20).as_bytes());
}

#[test]
fn ten_thousand_nested_tags() {
    for tag in ["div", "b", "table", "ul", "blockquote", "li", "a", "td", "h2"] {
        survives(
            format!(
                "<html><body>{}Article 6(1)(e){}",
                format!("<{tag}>").repeat(10_000),
                format!("</{tag}>").repeat(10_000)
            )
            .as_bytes(),
        );
    }
}

#[test]
fn one_line_of_five_megabytes() {
    let words = "NHS Dorset CCG is the data controller under the Data Protection Act 1998 ";
    survives_as(words.repeat((5 << 20) / words.len()).as_bytes(), "notice.txt");
}

#[test]
fn one_word_of_five_megabytes() {
    survives("Z".repeat(5 << 20).as_bytes());
}

#[test]
fn an_open_comment() {
    survives(format!("<html><p>Article 6(1)(e)</p><!-- {}", "- ".repeat(1 << 20)).as_bytes());
}

/// In a process of its own, because what may go wrong here would end this one.
#[test]
fn a_tag_with_very_many_attributes() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
    let path = std::env::temp_dir().join(format!("fairnotice-attributes-{}.html", std::process::id()));
    std::fs::write(&path, format!("<html><p{attributes}>Article 6(1)(e)</p>"))
        .expect("the temporary folder is writable");
    let done =
        Command::new(env!("CARGO_BIN_EXE_fairnotice")).arg("text").arg(&path).output().expect("the program starts");
    std::fs::remove_file(&path).expect("the file can be removed");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout).contains("Article 6(1)(e)"));
}

#[test]
fn a_table_with_absurd_spans() {
    let row = "<tr><td rowspan=65535 colspan=1000>CCTV</td><td rowspan=99999999999>Article 6(1)(e)</td></tr>";
    survives(format!("<html><table>{}</table>", row.repeat(300)).as_bytes());
}

#[test]
fn broken_encodings() {
    let notice = "NHS Dorset CCG is the data controller – under the Data Protection Act 1998.";
    let utf16 = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(notice.encode_utf16());
        units.flat_map(|u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    for big in [false, true] {
        let whole = utf16(big);
        survives(&whole);
        survives(&whole[..whole.len() - 1]);
        survives(&[&whole[..], b"\xd8\x00"].concat());
    }
    survives(&[notice.as_bytes(), b" \xed\xa0\x80\xed\xb0\x80 \xff\xfe\xc3"].concat());
    survives(&[b"\xef\xbb\xbf", notice.as_bytes()].concat());
    survives(&[notice.as_bytes(), &[0; 4096], notice.as_bytes()].concat());
    survives(&[0; 1 << 20]);
    survives(b"\xfe\xff");
    survives(b"\xff\xfe\x41");
}

#[test]
fn nothing_and_next_to_nothing() {
    for bytes in [
        &b""[..],
        b" ",
        b"\n\n\t \r\n",
        b"\xef\xbb\xbf",
        b"\xc2\xa0\xc2\xa0",
        b".",
        b"<",
        b"&",
        b"<p>",
        b"<html></html>",
        b"<!--",
        b"[[",
        b"\0",
    ] {
        survives(bytes);
    }
    for blank in ["", " \n\t\r\n", "\u{a0}\u{2003}\n", "<html><body> </body></html>"] {
        assert!(
            analyse("notice.txt", blank.as_bytes(), &DICTIONARY, AsOf::Day(day())).is_err(),
            "{blank:?} holds no words"
        );
    }
}
