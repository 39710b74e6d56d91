//! The passage a finding rests on, its words underlined, in the manner of rustc.
//!
//! In comes a span of an analysis; out come a few lines of the source (of the canonical text where the source is more than
//! words, as a page is), cut around the words to the width of the screen.

use super::Look;
use super::terminal::{BLUE, clean, paint, window};
use crate::model::{Severity, Span};
use crate::pipeline::Analysis;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Lines shown of evidence that runs over several.
const LINES: usize = 3;

/// Columns left of the passage: the number, a space, the bar, a space, and one to spare on the right.
const MARGIN: usize = 4;

/// Draws the passage at `span`.
pub(super) fn draw(a: &Analysis, span: Span, severity: Severity, look: &Look) -> String {
    let place = a.place(span.start);
    let line = place.line.unwrap_or(place.text_line);
    let lines = if matches!(place.part.media_type, "text/plain" | "text/markdown") {
        lines(&a.text.origin.source, a.text.origin.source_range(span), LINES)
    } else {
        lines(&a.text.body, span.range(), 1)
    };
    let digits = (line as usize + lines.len()).to_string().len();
    let room = look.width.saturating_sub(digits + MARGIN).max(10);
    let (mut passage, mut marks) = (String::new(), Vec::new());
    for (at, (words, marked)) in lines.into_iter().enumerate() {
        let (shown, range) = window(words, marked, room);
        if at > 0 {
            passage.push('\n');
        }
        if !range.is_empty() {
            marks.push(range.start + passage.len()..range.end + passage.len());
        }
        passage.push_str(&shown);
    }
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let snippet = Snippet::source(passage.as_str())
        .line_start(line as usize)
        .fold(false)
        .annotations(marks.into_iter().map(|m| AnnotationKind::Primary.span(m)));
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    // The lines fit already; the renderer's own cutting would only cut them once more.
    let drawn = renderer.term_width(look.width * 2).render(&[Group::with_level(level).element(snippet)]);
    let place = format!("{}:{}", clean(&place.part.source), place.precisely());
    format!("{}{} {place}\n{drawn}\n", " ".repeat(digits), paint(look.color, BLUE, "-->"))
}

/// The first lines of `text` that a range touches, at most `most`, each with the part of the range that lies in it,
/// white space at its ends left out.
fn lines(text: &str, range: Range<usize>, most: usize) -> Vec<(&str, Range<usize>)> {
    let (start, end) = (text.floor_char_boundary(range.start), text.floor_char_boundary(range.end));
    let mut found = Vec::new();
    let mut from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    while from < end && found.len() < most {
        let to = text[from..].find('\n').map_or(text.len(), |at| from + at);
        let inside = &text[start.max(from).min(to)..end.min(to).max(start.max(from).min(to))];
        let lead = inside.len() - inside.trim_start().len();
        let first = start.max(from).min(to) - from + lead;
        found.push((&text[from..to], first..first + inside.trim().len()));
        from = to + 1;
    }
    found
}
