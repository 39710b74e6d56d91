//! JUnit reports, which nearly every build server shows: a suite per notice, a case per finding.
//!
//! A case fails where its finding counts as a failure (`--fail-on`), so that the report and the exit code agree; the others
//! pass and hold their finding as output. What could not be read is an error; what is no notice, and a suppressed finding that
//! somebody asked for, is skipped.

use super::place::{Region, message};
use super::{Format, Look, Run, terminal};
use crate::model::NoticeKind;
use crate::pipeline::Analysis;
use crate::rules::Finding;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

pub(super) const FORMAT: Format<Run> =
    Format { name: "junit", about: "a JUnit report for build servers: a suite per notice, a case per finding", render };

/// A case: what happened, and in which words.
struct Case {
    name: String,
    /// File and line.
    place: Option<(String, u32)>,
    outcome: Outcome,
}

/// What came of a case; the element that says so, if any.
enum Outcome {
    Passed(Option<String>),
    Failed { rule: &'static str, message: String, details: String },
    Error(String),
    Skipped(String),
}

/// The cases of one document.
struct Suite {
    name: String,
    cases: Vec<Case>,
}

fn render(run: &Run, _: &Look) -> String {
    let mut suites: Vec<Suite> = run.analyses.iter().map(|a| suite(run, a)).collect();
    suites.extend(run.unreadable.iter().map(|refused| Suite {
        name: run.path(&refused.source).into_owned(),
        cases: vec![Case {
            name: "the document can be read".to_owned(),
            place: None,
            outcome: Outcome::Error(refused.reason.clone()),
        }],
    }));
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    match write(&mut writer, &suites) {
        Ok(()) => String::from_utf8(writer.into_inner()).unwrap_or_default() + "\n",
        Err(_) => String::new(), // writing to memory cannot fail
    }
}

fn suite(run: &Run, a: &Analysis) -> Suite {
    let mut cases: Vec<Case> = a.findings.iter().map(|finding| case(run, a, finding)).collect();
    cases.extend(run.suppressed(a).into_iter().map(|aside| Case {
        outcome: Outcome::Skipped(format!("suppressed: {}", aside.words())),
        ..case(run, a, aside.finding)
    }));
    if cases.is_empty() {
        let (name, outcome) = match a.kind {
            NoticeKind::PrivacyNotice | NoticeKind::NoticePart => ("no findings", Outcome::Passed(None)),
            NoticeKind::DataReleaseRegister => {
                ("judged", Outcome::Skipped("a data release register is not judged".to_owned()))
            }
            NoticeKind::Other => ("judged", Outcome::Skipped("not a privacy notice: not judged".to_owned())),
        };
        cases.push(Case { name: name.to_owned(), place: None, outcome });
    }
    Suite { name: run.path(&a.source).into_owned(), cases }
}

fn case(run: &Run, a: &Analysis, finding: &Finding) -> Case {
    let place = Region::of(a, finding);
    let at = format!("{}:{}:{}", run.path(&place.part.source), place.line, place.column);
    let words = message(a, finding);
    let mut details = format!("{at}: {} {}: {words}", finding.severity.name(), finding.rule.id);
    if let Some(quote) = place.quote {
        details.push_str(&format!("\nwords: {quote}"));
    }
    if !finding.help.is_empty() {
        details.push_str(&format!("\ncure: {}", finding.help));
    }
    for reference in finding.rule.references {
        details.push_str(&format!("\nsource: {} {}", reference.title, reference.url));
    }
    let subject = finding.subject.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
    let fails = run.fail_on.is_some_and(|least| finding.severity >= least);
    let outcome = if fails {
        Outcome::Failed { rule: finding.rule.id, message: finding.message.clone(), details }
    } else {
        Outcome::Passed(Some(details))
    };
    Case {
        name: format!("{}{subject}: {}", finding.rule.id, finding.message),
        place: Some((run.path(&place.part.source).into_owned(), place.line)),
        outcome,
    }
}

fn count(suites: &[Suite], of: fn(&Outcome) -> bool) -> String {
    suites.iter().flat_map(|s| &s.cases).filter(|c| of(&c.outcome)).count().to_string()
}

fn write(writer: &mut Writer<Vec<u8>>, suites: &[Suite]) -> io::Result<()> {
    let failed = |o: &Outcome| matches!(o, Outcome::Failed { .. });
    let broken = |o: &Outcome| matches!(o, Outcome::Error(_));
    let skipped = |o: &Outcome| matches!(o, Outcome::Skipped(_));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = writer.create_element("testsuites").with_attributes([
        ("name", "fairnotice"),
        ("tests", &count(suites, |_| true)),
        ("failures", &count(suites, failed)),
        ("errors", &count(suites, broken)),
    ]);
    if suites.is_empty() {
        return all.write_empty().map(drop);
    }
    all.write_inner_content(|writer| {
        for suite in suites {
            let one = std::slice::from_ref(suite);
            writer
                .create_element("testsuite")
                .with_attributes([
                    ("name", &*terminal::clean(&suite.name)),
                    ("tests", &count(one, |_| true)),
                    ("failures", &count(one, failed)),
                    ("errors", &count(one, broken)),
                    ("skipped", &count(one, skipped)),
                ])
                .write_inner_content(|writer| {
                    suite.cases.iter().try_for_each(|case| write_case(writer, suite, case))
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, suite: &Suite, case: &Case) -> io::Result<()> {
    let (name, class) = (terminal::clean(&case.name), terminal::clean(&suite.name));
    let mut element = writer.create_element("testcase").with_attributes([("classname", &*class), ("name", &*name)]);
    if let Some((file, line)) = &case.place {
        element = element.with_attributes([("file", &*terminal::clean(file)), ("line", &line.to_string())]);
    }
    let text = |words: &str| BytesText::new(&terminal::clean_lines(words)).into_owned();
    match &case.outcome {
        Outcome::Passed(None) => element.write_empty(),
        Outcome::Passed(Some(details)) => {
            element.write_inner_content(|w| w.create_element("system-out").write_text_content(text(details)).map(drop))
        }
        Outcome::Failed { rule, message, details } => element.write_inner_content(|w| {
            let failure = w.create_element("failure").with_attribute(("type", *rule));
            failure.with_attribute(("message", &*terminal::clean(message))).write_text_content(text(details)).map(drop)
        }),
        Outcome::Error(reason) => element.write_inner_content(|w| {
            let error = w.create_element("error").with_attribute(("type", "unreadable"));
            error.with_attribute(("message", &*terminal::clean(reason))).write_empty().map(drop)
        }),
        Outcome::Skipped(why) => element.write_inner_content(|w| {
            w.create_element("skipped").with_attribute(("message", &*terminal::clean(why))).write_empty().map(drop)
        }),
    }
    .map(drop)
}
