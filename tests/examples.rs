//! The examples of the rules: every rule's page shows a bad one, in which the rule finds something, and a good one, in
//! which it finds nothing.
//!
//! What stands in quotes is the notice, each quotation a paragraph of it; words between quotations explain. It is judged as
//! a privacy notice on one day, behind a sentence that says whose it is, unless the example says that itself. Rules over a
//! corpus or over settings need more than a notice; their gold shows them.

use fairnotice::dictionary::Dictionary;
use fairnotice::document;
use fairnotice::model::NoticeKind;
use fairnotice::pipeline::{AsOf, Part, judge_as};
use fairnotice::rules::{self, Check, Rule};

const DAY: &str = "2026-11-22";
const FRAME: &str = "NHS Wealdshire Integrated Care Board is the data controller.";

/// The quotations of a paragraph, each a paragraph of a notice.
fn quoted(paragraph: &str) -> Vec<&str> {
    paragraph.split('"').skip(1).step_by(2).collect()
}

/// How often a rule finds something in an example.
fn findings(rule: &str, paragraphs: &[&str], dictionary: &Dictionary) -> usize {
    let own = paragraphs.iter().any(|p| p.contains("is the data controller"));
    let text = [if own { "" } else { FRAME }, &paragraphs.join("\n\n")].join("\n\n");
    let document = document::read(text.as_bytes(), "example.txt").expect("an example has words");
    let part =
        Part { source: String::new(), sha256: String::new(), media_type: document.media_type, start: 0, first_line: 1 };
    let day = AsOf::Day(DAY.parse().expect("a day"));
    let analysis = judge_as(Some(NoticeKind::PrivacyNotice), "", document.text, vec![part], dictionary, day);
    analysis.findings.iter().filter(|f| f.rule.id == rule).count()
}

/// What stands under `## Example` on a rule's page behind a word.
fn example(rule: &Rule, word: &str) -> Option<String> {
    let section = rule.docs.split("## Example\n").nth(1)?.split("## ").next()?;
    let lines: Vec<&str> = section.lines().map(str::trim).collect();
    let mut paragraphs = lines.split(|line| line.is_empty()).map(|lines| lines.join(" "));
    paragraphs.find_map(|p| p.strip_prefix(word).map(str::to_owned))
}

#[test]
fn every_rule_finds_something_in_its_bad_example_and_nothing_in_its_good_one() {
    let dictionary = Dictionary::built_in();
    let mut faults = Vec::new();
    let of_a_notice = |rule: &&Rule| matches!(rule.check, Check::Notice(_)) && !rule.id.starts_with("declared/");
    for rule in rules::all().filter(of_a_notice) {
        for (word, finds) in [("Bad: ", true), ("Good: ", false)] {
            match example(rule, word) {
                None => faults.push(format!("{}: no paragraph '{word}…' under '## Example'", rule.id)),
                Some(words) if quoted(&words).is_empty() => faults.push(format!("{}: {word}quotes nothing", rule.id)),
                Some(words) if (findings(rule.id, &quoted(&words), &dictionary) > 0) != finds => {
                    faults.push(format!(
                        "{}: the rule finds {} in\n  {word}{words}",
                        rule.id,
                        if finds { "nothing" } else { "something" }
                    ));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
