//! Findings for people, in the manner of rustc: what is wrong, in which words, why it matters, what to do, and the law.

use super::snippet::draw;
use super::suppressed::Suppressed;
use super::terminal::{BLUE, BOLD, CYAN, DIM, RED, YELLOW, clean, paint, wrap};
use super::{Format, Look, RulePage, Run, Verdict, counted};
use crate::model::{ClaimKind, NoticeKind, Reading, Severity, Span};
use crate::pipeline::{Analysis, AsOf};
use crate::rules::Finding;
use std::collections::BTreeSet;
use std::fmt::Write as _;

pub(super) const FORMAT: Format<Run> =
    Format { name: "human", about: "for people: each finding with its passage, reason, cure and source", render };

/// Passages drawn where a finding rests on different words: a contradiction is only seen beside its other side.
const SIDES: usize = 3;

/// Lines named of places that are not drawn.
const PLACES: usize = 12;

fn render(run: &Run, look: &Look) -> String {
    let mut out = String::new();
    for a in &run.analyses {
        if !look.quiet || !a.findings.is_empty() || run.show_suppressed {
            notice(&mut out, a, run, look);
        }
    }
    for refused in &run.unreadable {
        let first = format!("{}: ", paint(look.color, RED, "unreadable"));
        wrap(&mut out, &format!("{}: {}", refused.source, refused.reason), look.width, &first, "  ");
    }
    if !run.unreadable.is_empty() {
        out.push('\n');
    }
    if !look.quiet {
        summary(&mut out, run, look);
    }
    out
}

fn notice(out: &mut String, a: &Analysis, run: &Run, look: &Look) {
    wrap(out, &a.source, look.width, &paint(look.color, BOLD, "== "), "   ");
    wrap(out, &standing(a, run), look.width, "   ", "   ");
    if let Some(settings) = &a.settings {
        wrap(out, &format!("settings: {settings}"), look.width, "   ", "     ");
    }
    if let Reading::Part(problems) = &a.text.reading {
        for problem in problems {
            let line = problem.line.map(|l| format!(" (line {l})"));
            let line = line.or(problem.page.map(|p| format!(" (page {p})"))).unwrap_or_default();
            wrap(out, &format!("read in part: {}{line}", problem.message), look.width, "   ", "     ");
        }
        wrap(out, "so nothing is said to be missing from it", look.width, "   ", "   ");
    }
    if a.findings.is_empty() && matches!(a.kind, NoticeKind::PrivacyNotice | NoticeKind::NoticePart) {
        out.push_str("   no findings\n");
    }
    out.push('\n');
    let mut explained = BTreeSet::new();
    for found in &a.findings {
        finding(out, a, found, explained.insert(found.rule.id), look);
        out.push('\n');
    }
    for aside in run.suppressed(a) {
        suppressed(out, a, &aside, look);
    }
}

/// A finding that is suppressed, with the reason.
fn suppressed(out: &mut String, a: &Analysis, aside: &Suppressed<'_>, look: &Look) {
    let found = aside.finding;
    let title = format!("{}: ", paint(look.color, DIM, &format!("suppressed[{}]", found.rule.id)));
    wrap(out, &found.message, look.width, &title, "  ");
    if let Some(span) = found.evidence.first() {
        out.push_str(&draw(a, *span, found.severity, look));
    }
    let label = format!("  {} ", paint(look.color, CYAN, "reason:"));
    wrap(out, &aside.words(), look.width, &label, "    ");
    out.push('\n');
}

/// What a document is, whose, and on which day it was judged.
pub(super) fn standing(a: &Analysis, run: &Run) -> String {
    let what = match a.kind {
        NoticeKind::PrivacyNotice => "privacy notice",
        NoticeKind::NoticePart => "page of a layered privacy notice (what it leaves out is not judged)",
        NoticeKind::DataReleaseRegister => {
            return "data release register: its claims are read, it is not judged".to_owned();
        }
        NoticeKind::Other => return "not a privacy notice: not judged".to_owned(),
    };
    let mut names: Vec<&str> = Vec::new();
    for claim in a.claims.iter().filter(|c| c.kind == ClaimKind::Controller) {
        if !names.contains(&claim.value.as_str()) {
            names.push(&claim.value);
        }
    }
    let whose = match &names[..] {
        [] => " that names no controller".to_owned(),
        [one] => format!(" of {one}"),
        [one, two] => format!(" of {one} and {two}"),
        [one, two, rest @ ..] => format!(" of {one}, {two} and {} more", rest.len()),
    };
    let day = a.judging.day;
    let judged = match (run.as_of, a.judging.own_date) {
        (AsOf::Day(_), _) => format!("judged as of {day}"),
        (AsOf::Reviewed(_), true) => format!("judged as of {day}, its own review date"),
        (AsOf::Reviewed(_), false) => format!("judged as of {day}, as it gives no review date"),
    };
    let parts = if a.parts.len() > 1 { format!(", {} documents together", a.parts.len()) } else { String::new() };
    format!("{what}{whose}{parts}, {judged}")
}

fn finding(out: &mut String, a: &Analysis, found: &Finding, explain: bool, look: &Look) {
    let style = match found.severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Info => BLUE,
    };
    let title = format!("{}: ", paint(look.color, style, &format!("{}[{}]", found.severity.name(), found.rule.id)));
    wrap(out, &found.message, look.width, &title, "  ");
    let (drawn, others) = places(a, found);
    for span in drawn {
        out.push_str(&draw(a, span, found.severity, look));
    }
    if !others.is_empty() {
        wrap(out, &more(a, &others), look.width, "  = ", "    ");
    }
    let label = |word: &str| format!("  {} ", paint(look.color, CYAN, word));
    let page = RulePage::of(found.rule);
    if let Some(why) = page.why().filter(|_| explain) {
        wrap(out, why, look.width, &label("why:"), "    ");
    }
    if !found.help.is_empty() {
        wrap(out, &found.help, look.width, &label("cure:"), "    ");
    }
    for reference in found.rule.references.iter().filter(|_| explain) {
        wrap(out, reference.title, look.width, &label("source:"), "    ");
        let _ = writeln!(out, "    {}", paint(look.color, DIM, reference.url));
    }
}

/// The places to draw and those only to name.
fn places(a: &Analysis, found: &Finding) -> (Vec<Span>, Vec<Span>) {
    let sides = if found.is_joint() { SIDES } else { 1 };
    let (mut drawn, mut others, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for span in &found.evidence {
        let new = seen.insert(a.text.quote(*span).to_lowercase());
        if drawn.len() < sides && (new || drawn.is_empty()) { drawn.push(*span) } else { others.push(*span) }
    }
    (drawn, others)
}

/// `and 13 more places: lines 12, 40, …`
fn more(a: &Analysis, others: &[Span]) -> String {
    let mut places: Vec<String> = Vec::new();
    for span in others {
        let at = a.place(span.start);
        let number = at.line.or(at.page).unwrap_or(at.text_line);
        let place = if a.parts.len() > 1 { format!("{}:{number}", clean(&at.part.source)) } else { number.to_string() };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let rest = if places.len() > PLACES { ", …" } else { "" };
    let paged = others.first().is_some_and(|span| a.place(span.start).page.is_some());
    let noun = if paged { "page" } else { "line" };
    let word = if places.len() == 1 { noun.to_owned() } else { format!("{noun}s") };
    let word = if a.parts.len() > 1 { "" } else { &word };
    format!(
        "and {}: {word} {}{rest}",
        counted(others.len(), "more place"),
        places[..places.len().min(PLACES)].join(", ")
    )
    .replace(":  ", ": ")
}

fn summary(out: &mut String, run: &Run, look: &Look) {
    wrap(out, &counts(run), look.width, "", "  ");
    let least = run.fail_on.map_or("never", Severity::name);
    let (style, why) = match run.verdict() {
        Verdict::Clean if run.fail_on.is_none() => (BOLD, "findings never fail this run (--fail-on never)".to_owned()),
        Verdict::Clean => (BOLD, format!("nothing is as grave as --fail-on {least}")),
        Verdict::Failing => (RED, format!("there are findings at or above --fail-on {least}")),
        Verdict::Unreadable => (RED, "not everything could be read, so this is not a clean bill".to_owned()),
    };
    let first = paint(look.color, style, &format!("exit {}: ", run.verdict().exit_code()));
    wrap(out, &why, look.width, &first, "  ");
}

/// How many notices were judged and what came of them, in a sentence.
pub(super) fn counts(run: &Run) -> String {
    let counts = run.summary();
    let judged =
        run.analyses.iter().filter(|a| matches!(a.kind, NoticeKind::PrivacyNotice | NoticeKind::NoticePart)).count();
    let mut line = format!(
        "{} judged: {}, {}, {}",
        counted(judged, "notice"),
        counted(counts.error, "error"),
        counted(counts.warning, "warning"),
        counted(counts.info, "info")
    );
    if counts.notices > judged {
        let _ = write!(line, "; {} listed, not judged", counted(counts.notices - judged, "other document"));
    }
    for (n, how) in [(counts.hidden, "hidden by the baseline"), (counts.suppressed, "suppressed")] {
        if n > 0 {
            let _ = write!(line, "; {n} {how}");
        }
    }
    if counts.unreadable > 0 {
        let _ = write!(line, "; {} unreadable", counts.unreadable);
    }
    line
}
