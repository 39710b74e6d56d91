//! A line a finding, in the form that editors and people who use `grep` know: `path:line:column: severity rule: message`.

use super::place::{Region, message};
use super::{Format, Look, Run, human, terminal};
use std::fmt::Write as _;

pub(super) const FORMAT: Format<Run> =
    Format { name: "concise", about: "a line per finding: path:line:column: severity rule: message", render };

fn render(run: &Run, look: &Look) -> String {
    let mut out = lines(run);
    if !look.quiet {
        let _ = writeln!(out, "{}", human::counts(run));
    }
    out
}

/// The findings of all notices in their order, then what could not be read.
fn lines(run: &Run) -> String {
    let mut out = String::new();
    for a in &run.analyses {
        for finding in &a.findings {
            let Region { part, line, column, .. } = Region::of(a, finding);
            let words = format!(
                "{}:{line}:{column}: {} {}: {}",
                part.source,
                finding.severity.name(),
                finding.rule.id,
                message(a, finding)
            );
            let _ = writeln!(out, "{}", terminal::clean(&words));
        }
        for aside in run.suppressed(a) {
            let Region { part, line, column, .. } = Region::of(a, aside.finding);
            let (rule, why) = (aside.finding.rule.id, aside.words());
            let words = format!(
                "{}:{line}:{column}: suppressed {rule}: {}; reason: {why}",
                part.source,
                message(a, aside.finding)
            );
            let _ = writeln!(out, "{}", terminal::clean(&words));
        }
    }
    for refused in &run.unreadable {
        let _ = writeln!(out, "{}", terminal::clean(&format!("{}: unreadable: {}", refused.source, refused.reason)));
    }
    out
}
