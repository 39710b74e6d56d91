//! Findings as Markdown: for a comment on a merge request, a wiki, or the summary of a job.
//!
//! In comes a run; out comes a table per notice. Nothing a notice says becomes markup, a link or a mention of somebody.

use super::suppressed::Suppressed;
use super::{Format, Look, Run, counted, human, terminal};
use crate::model::Reading;
use crate::pipeline::Analysis;
use crate::rules::Finding;
use std::fmt::Write as _;

pub(super) const FORMAT: Format<Run> =
    Format { name: "markdown", about: "a table per notice, for comments, wikis and job summaries", render };

/// Columns of a quote in a table.
const QUOTE: usize = 90;

/// Places named in a row.
const PLACES: usize = 6;

fn render(run: &Run, _: &Look) -> String {
    within(run, usize::MAX)
}

/// The report in at most `room` bytes: findings that do not fit are counted at its end.
pub fn within(run: &Run, room: usize) -> String {
    let mut out = format!("# Privacy notices checked\n\n{}.\n", escaped(&human::counts(run)));
    if !run.unreadable.is_empty() {
        out.push_str("\n**Not everything could be read, so this is not a clean bill:**\n\n");
        for refused in &run.unreadable {
            let _ = writeln!(out, "- {}: {}", code(&run.path(&refused.source)), escaped(&refused.reason));
        }
    }
    // What stands at the end where something is left out.
    let room = room.saturating_sub(200);
    let mut left_out = 0;
    for a in &run.analyses {
        let head = head(run, a);
        if out.len() + head.len() > room {
            left_out += a.findings.len();
            continue;
        }
        out.push_str(&head);
        for finding in &a.findings {
            let row = row(run, a, finding);
            if left_out > 0 || out.len() + row.len() > room {
                left_out += 1;
            } else {
                out.push_str(&row);
            }
        }
        for (number, aside) in run.suppressed(a).iter().enumerate() {
            let row = suppressed_row(run, a, aside, number == 0);
            if left_out > 0 || out.len() + row.len() > room {
                left_out += 1;
            } else {
                out.push_str(&row);
            }
        }
    }
    if left_out > 0 {
        let _ = write!(out, "\n**{} left out**, which this page has no room for.\n", counted(left_out, "finding"));
    }
    out
}

/// The heading of a notice and, where it has findings, of their table.
fn head(run: &Run, a: &Analysis) -> String {
    let mut out = format!("\n## {}\n\n{}.\n", code(&run.path(&a.source)), escaped(&human::standing(a, run)));
    if let Reading::Part(problems) = &a.text.reading {
        out.push('\n');
        for problem in problems {
            let _ = writeln!(out, "- read in part: {}", escaped(&problem.message));
        }
    }
    if !a.findings.is_empty() {
        out.push_str(
            "\n| severity | rule | where | what is wrong | words | cure |\n| --- | --- | --- | --- | --- | --- |\n",
        );
    }
    out
}

fn row(run: &Run, a: &Analysis, finding: &Finding) -> String {
    let words =
        finding.evidence.first().map(|span| code(&terminal::cut(a.text.quote(*span), QUOTE))).unwrap_or_default();
    format!(
        "| {} | {} | {} | {} | {words} | {} |\n",
        finding.severity.name(),
        code(finding.rule.id),
        places(run, a, finding),
        escaped(&finding.message),
        escaped(&finding.help)
    )
}

/// A suppressed finding with the reason; the first has the head of their table before it.
fn suppressed_row(run: &Run, a: &Analysis, aside: &Suppressed<'_>, first: bool) -> String {
    let head =
        "\nSuppressed, so they do not count:\n\n| rule | where | what is wrong | reason |\n| --- | --- | --- | --- |\n";
    format!(
        "{}| {} | {} | {} | {} |\n",
        if first { head } else { "" },
        code(aside.finding.rule.id),
        places(run, a, aside.finding),
        escaped(&aside.finding.message),
        escaped(&aside.words())
    )
}

/// The lines or pages that a finding rests on; of several documents, with their names.
fn places(run: &Run, a: &Analysis, finding: &Finding) -> String {
    let mut all: Vec<String> = Vec::new();
    for span in &finding.evidence {
        let place = a.place(span.start);
        let file = if a.parts.len() > 1 { format!("{} ", code(&run.path(&place.part.source))) } else { String::new() };
        let place = file + &place.within();
        if !all.contains(&place) {
            all.push(place);
        }
    }
    let rest = if all.len() > PLACES { ", …" } else { "" };
    all.truncate(PLACES);
    // "line 8, 10": the word once.
    let short = all.iter().enumerate().map(|(n, place)| match place.strip_prefix("line ") {
        Some(number) if n > 0 && number.bytes().all(|b| b.is_ascii_digit()) => number,
        _ => place,
    });
    short.collect::<Vec<_>>().join(", ") + rest
}

/// Words as such, on one line, also in a table. What holds an at sign becomes code: code hosts tell whoever is mentioned.
pub(super) fn escaped(words: &str) -> String {
    let each = words.split_whitespace().map(|word| if word.contains('@') { code(word) } else { escaped_word(word) });
    each.collect::<Vec<_>>().join(" ")
}

fn escaped_word(word: &str) -> String {
    let mut out = String::new();
    for c in terminal::clean(word).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// Words as code, which no code host makes a link, mention or markup of; also in a table.
pub(super) fn code(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = terminal::clean(&words).replace('|', "\\|");
    if words.is_empty() {
        return String::new();
    }
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A space keeps backquotes at the ends apart from the fence; readers of Markdown take it away again.
    let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{words}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_notice_are_no_markup() {
        assert_eq!(escaped("a|b\n*c* <d> [e](f) @g & #1"), r"a\|b \*c\* &lt;d&gt; \[e\](f) `@g` &amp; \#1");
        assert_eq!(code("a|b\nc"), r"`a\|b c`");
        assert_eq!(code("a``b`"), "``` a``b` ```");
    }
}
