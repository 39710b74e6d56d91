//! Comments in a notice that suppress findings.
//!
//! In comes a text with its source; out come the comments that begin with `fairnotice`, each with what it says and which
//! words it is about. Only HTML and Markdown have comments; what a reader can see is none.

use super::nearest;
use crate::model::{BlockKind, Day, Span, Text};
use crate::pipeline::Part;
use crate::rules;

/// What a comment for this program begins with.
const WORD: &str = "fairnotice";

/// A comment that suppresses findings, or was meant to.
pub(super) struct Comment {
    /// Its line in its document, from 1.
    pub line: u32,
    /// The rules it names.
    pub rules: Vec<String>,
    /// Why; empty where it does not say.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// The words it is about.
    pub scope: Span,
    /// Whether it is about the whole document, and so about what the document leaves out.
    pub whole: bool,
    /// Why it cannot be understood.
    pub fault: Option<String>,
}

/// The comments of a text, in reading order.
pub(super) fn comments(text: &Text, parts: &[Part]) -> Vec<Comment> {
    let source = &text.origin.source;
    let mut out = Vec::new();
    for (at, _) in source.match_indices(WORD) {
        let before = source[..at].trim_end();
        let (Some(start), Some(length)) = (before.strip_suffix("<!--").map(str::len), source[at..].find("-->")) else {
            continue;
        };
        let end = at + length + "-->".len();
        let line = text.origin.line_of(start);
        let number = parts.partition_point(|p| p.first_line <= line).saturating_sub(1);
        let Some(part) = parts.get(number).filter(|p| matches!(p.media_type, "text/html" | "text/markdown")) else {
            continue;
        };
        // What stands in the text is shown to readers: an example in a manual, not a comment.
        if text.origin.runs.iter().any(|(_, from)| (start..end).contains(&(*from as usize))) {
            continue;
        }
        let mut comment = read(&source[at + WORD.len()..at + length]);
        comment.line = line + 1 - part.first_line;
        comment.scope = if comment.whole {
            let next = parts.get(number + 1).map_or(text.body.len() as u32, |p| p.start);
            Span { start: part.start, end: next }
        } else {
            behind(text, end)
        };
        out.push(comment);
    }
    out
}

/// What a comment says: `-ignore RULE, RULE: reason, until 2027-03-01`.
fn read(words: &str) -> Comment {
    let mut comment = Comment {
        line: 0,
        rules: Vec::new(),
        reason: String::new(),
        until: None,
        scope: Span::default(),
        whole: false,
        fault: None,
    };
    let (verb, rest) = words.split_at(words.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(words.len()));
    match verb {
        "-ignore" => {}
        "-ignore-file" => comment.whole = true,
        other => {
            comment.fault = Some(format!("'{WORD}{other}' means nothing; write {WORD}-ignore or {WORD}-ignore-file"));
            return comment;
        }
    }
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    comment.rules =
        names.split(|c: char| c == ',' || c.is_whitespace()).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    if comment.rules.is_empty() {
        comment.fault = Some(format!("it names no rule; write {WORD}-ignore outdated/term: and the reason"));
    }
    if let Some(unknown) = comment.rules.iter().find(|r| rules::by_id(r).is_none()) {
        let near = nearest(unknown, rules::all().map(|r| r.id)).map(|n| format!("; did you mean '{n}'?"));
        comment.fault = Some(format!("there is no rule '{unknown}'{}", near.unwrap_or_default()));
    }
    comment.reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(at) = comment.reason.to_ascii_lowercase().rfind("until ").filter(|at| begins_word(&comment.reason, *at))
    {
        let day = comment.reason[at + "until ".len()..].trim_end_matches('.').to_owned();
        // "until the merger" is part of the reason; "until 2027-02-30" is meant as a day.
        if day.starts_with(|c: char| c.is_ascii_digit()) && !day.contains(' ') {
            match day.parse().ok().filter(|_| day.len() == 10) {
                Some(parsed) => comment.until = Some(parsed),
                None => {
                    comment.fault = Some(format!("'until {day}' is no day; write year-month-day, such as 2027-03-01"))
                }
            }
            comment.reason.truncate(at);
            comment.reason.truncate(comment.reason.trim_end_matches([' ', ',', ';']).len());
        }
    }
    comment
}

fn begins_word(words: &str, at: usize) -> bool {
    !words[..at].ends_with(|c: char| c.is_alphanumeric())
}

/// The words that a comment which ends at byte `end` of the source is about: the rest of the block it stands in; between
/// blocks the paragraph, list or table that follows, or the section of the heading that does.
fn behind(text: &Text, end: usize) -> Span {
    let next = text.origin.runs.iter().filter(|(_, from)| *from as usize >= end).min_by_key(|(_, from)| *from);
    let Some((at, _)) = next else { return Span::default() };
    let first = text.block_at(*at);
    let Some(block) = text.blocks.get(first) else { return Span::default() };
    if *at > block.span.start {
        return Span { start: *at, end: block.span.end };
    }
    let belongs = |other: &crate::model::Block| match (block.kind, other.kind) {
        (BlockKind::Heading(level), BlockKind::Heading(next)) => next > level,
        (BlockKind::Heading(_), _) => true,
        _ if block.cell.is_some() => other.cell.map(|c| c.table) == block.cell.map(|c| c.table),
        (BlockKind::Item(_), BlockKind::Item(_)) => true,
        _ => false,
    };
    let last = text.blocks[first + 1..].iter().take_while(|b| belongs(b)).last().unwrap_or(block);
    Span { start: block.span.start, end: last.span.end }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reason_and_day_are_told_apart() {
        let told = |words| {
            let c = read(words);
            (c.rules.join(" "), c.reason, c.until.map(|d| d.to_string()), c.fault.is_some())
        };
        let rule = "outdated/term".to_owned();
        assert_eq!(
            told("-ignore outdated/term: it is quoted, until 2027-03-01 "),
            (rule.clone(), "it is quoted".to_owned(), Some("2027-03-01".to_owned()), false)
        );
        assert_eq!(
            told("-ignore outdated/term: kept until the merger"),
            (rule.clone(), "kept until the merger".to_owned(), None, false)
        );
        assert_eq!(told("-ignore outdated/term"), (rule.clone(), String::new(), None, false));
        assert!(told("-ignore outdated/term: x, until 2027-02-30").3);
        assert!(told("-ignore outdated/terms: x").3);
        assert!(told("-disable outdated/term: x").3);
        assert!(told("-ignore: x").3);
    }
}
