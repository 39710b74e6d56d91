//! Annotations of GitHub Actions: workflow commands that put findings beside the lines of a pull request.
//!
//! GitHub shows ten annotations of a kind and step and drops the rest without a word. So they come gravest first, and where
//! there are more than ten of a kind, the tenth says how many are not shown. The log holds those, a line each, in a group.

use super::place::{Region, message};
use super::{Format, Look, Run, counted, human, terminal};
use crate::model::Severity;
use std::cmp::Reverse;
use std::fmt::Write as _;

pub(super) const FORMAT: Format<Run> = Format {
    name: "github",
    about: "annotations for GitHub Actions, at most ten of a kind; the whole table goes to the step summary",
    render,
};

/// Annotations of a kind that GitHub shows of one step.
const LIMIT: usize = 10;

/// One annotation to be: the command without its message, the message, and the line that stands for it in the log.
struct Annotation {
    kind: &'static str,
    place: String,
    title: String,
    message: String,
    log: String,
}

fn render(run: &Run, look: &Look) -> String {
    let all = annotations(run);
    let (mut out, mut log) = (String::new(), String::new());
    for kind in ["error", "warning", "notice"] {
        let of_kind: Vec<&Annotation> = all.iter().filter(|a| a.kind == kind).collect();
        let shown = if of_kind.len() > LIMIT { LIMIT - 1 } else { of_kind.len() };
        for a in &of_kind[..shown] {
            let _ = writeln!(out, "::{kind} {}title={}::{}", a.place, property(&a.title), data(&a.message));
        }
        let hidden = &of_kind[shown..];
        if !hidden.is_empty() {
            let title = property(&format!("{} not shown", counted(hidden.len(), &format!("more {kind}"))));
            let why = format!(
                "GitHub shows {LIMIT} annotations of a kind and step; the log of this step and its summary have all."
            );
            let _ = writeln!(out, "::{kind} title={title}::{}", data(&why));
            hidden.iter().for_each(|a| log.push_str(&plain(&a.log)));
        }
    }
    let suppressed = suppressed(run);
    if !suppressed.is_empty() {
        let _ = write!(out, "::group::suppressed, so they do not count\n{suppressed}::endgroup::\n");
    }
    if !log.is_empty() {
        let _ = write!(out, "::group::not shown as annotations\n{log}::endgroup::\n");
    }
    if !look.quiet {
        out.push_str(&plain(&human::counts(run)));
    }
    out
}

/// Suppressed findings for the log, a line each: an annotation would say that something is to be done.
fn suppressed(run: &Run) -> String {
    let mut out = String::new();
    for a in &run.analyses {
        for aside in run.suppressed(a) {
            let Region { part, line, column, .. } = Region::of(a, aside.finding);
            let (rule, message) = (aside.finding.rule.id, &aside.finding.message);
            let words = format!("- {}:{line}:{column}: {rule}: {message}; reason: {}", part.source, aside.words());
            out.push_str(&plain(&words));
        }
    }
    out
}

/// What could not be read, then every finding, the gravest first; of those equally grave first the ones that have a line
/// of their own to stand beside.
fn annotations(run: &Run) -> Vec<Annotation> {
    let unreadable = run.unreadable.iter().map(|refused| Annotation {
        kind: "error",
        place: format!("file={},", property(&run.path(&refused.source))),
        title: "unreadable".to_owned(),
        message: format!("{} (so this is not a clean bill)", refused.reason),
        log: format!("- {}: unreadable: {}", refused.source, refused.reason),
    });
    let mut findings = run.gravest_first();
    findings.sort_by_key(|(_, finding, _)| (Reverse(finding.severity), finding.evidence.is_empty()));
    let found = findings.into_iter().map(|(a, finding, _)| {
        let Region { part, line, column, end_line, .. } = Region::of(a, finding);
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let cure = if finding.help.is_empty() { String::new() } else { format!("\ncure: {}", finding.help) };
        Annotation {
            kind,
            place: format!("file={},line={line},endLine={end_line},col={column},", property(&run.path(&part.source))),
            title: finding.rule.id.to_owned(),
            message: format!("{}{cure}", message(a, finding)),
            log: format!("- {}:{line}:{column}: {} {}: {}", part.source, kind, finding.rule.id, finding.message),
        }
    });
    unreadable.chain(found).collect()
}

/// A message as workflow commands want it: a line feed would end the command.
fn data(words: &str) -> String {
    let words = terminal::clean_lines(words);
    words.replace('%', "%25").replace('\n', "%0A")
}

/// A parameter of a command: a comma or colon would end it.
fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}

/// A line of the log that is no command, whatever stands in it: the runner obeys `::` at the start of a line and, in
/// its older form, `##[` anywhere.
fn plain(words: &str) -> String {
    let words = terminal::clean(words).replace("##[", "# #[");
    let words = if words.trim_start().starts_with("::") { format!("- {words}") } else { words };
    words + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_is_obeyed() {
        assert_eq!(data("100%\n::error::x\u{1b}"), "100%25%0A::error::x␛");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
        assert_eq!(plain(" ::error::x ##[add-mask]y"), "-  ::error::x # #[add-mask]y\n");
    }
}
