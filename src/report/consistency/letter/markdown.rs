//! A letter in Markdown. What a notice says is escaped: it can start no link, image or tag.

use super::{CLOSING, COMPARED, CURE, Letter, Point, READ, WHY};
use crate::report::markdown::escaped as said;
use std::fmt::Write as _;

/// The letter in Markdown.
pub(super) fn markdown(letter: &Letter<'_>) -> String {
    let mut out = format!("# {}\n\n{}\n\n", said(&letter.subject), said(&letter.to));
    let _ = write!(out, "{}\n\n{}\n\n{READ}\n\n", letter.date, said(&letter.opening));
    for source in &letter.sources {
        let _ = writeln!(out, "- {}", said(source));
    }
    for (heading, points) in &letter.parts {
        let _ = write!(out, "\n## {heading}\n");
        points.iter().for_each(|point| tell(&mut out, point));
    }
    if let Some(left_out) = &letter.left_out {
        let _ = write!(out, "\n{left_out}\n");
    }
    let _ = write!(out, "\n{CLOSING}\n");
    out
}

fn tell(out: &mut String, point: &Point<'_>) {
    let (number, heading) = point.heading.split_once(' ').unwrap_or(("", &point.heading));
    let _ = write!(out, "\n### {number} {}\n\n", said(heading));
    for (passage, place) in &point.places {
        let (before, after) = (said_part(&passage.before), said_part(&passage.after));
        let _ = write!(out, "> {before}**{}**{after}\n>\n> {}\n\n", said(&passage.quote), said(place));
    }
    for side in &point.sides {
        let _ = write!(out, "{COMPARED} {}\n\n", said(side));
    }
    if let Some(why) = &point.why {
        let _ = write!(out, "{WHY} {why}\n\n");
    }
    let _ = write!(out, "{CURE} {}\n\n", said(point.cure));
    if let Some(since) = &point.since {
        let _ = write!(out, "{since}\n\n");
    }
    for reference in point.references {
        let _ = writeln!(out, "- [{}]({})", reference.title, reference.url);
    }
}

/// Context beside the words, with the space that parts it from them.
fn said_part(words: &str) -> String {
    let lead = if words.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if words.ends_with(char::is_whitespace) && !words.trim().is_empty() { " " } else { "" };
    format!("{lead}{}{tail}", said(words))
}
