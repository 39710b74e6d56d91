//! `incomplete/empty-section`.

use crate::claims::{Aspect, Part, PartKind};
use crate::model::{BlockKind, Span};
use crate::rules::{Findings, Notice};
use std::collections::HashSet;

rule! {
    /// ## What it finds
    /// A heading with nothing under it before the next heading of its own or a higher level. Contents lists, headings
    /// followed by their sub-heading and the title are no such headings.
    ///
    /// ## Why it matters
    /// The heading promises what the law requires, "Recipients of personal data" for instance, and the notice does not
    /// say it. Most often the text was lost when the page was moved or edited.
    ///
    /// ## When it is wrong
    /// Where the text under the heading is an image, a video or a widget that loads later. Put it in words.
    ///
    /// ## Example
    /// Bad: "Invoice validation" "Purpose of processing" "We use your NHS number to check that the bill is ours to
    /// pay." "Sources of personal data", followed at once by "Recipients of personal data" and "We share it with NHS
    /// Shared Business Services."
    ///
    /// Good: "Invoice validation" "Purpose of processing" "We use your NHS number to check that the bill is ours to
    /// pay." "Sources of personal data" "Hospitals send us the bills." "Recipients of personal data" "We share it with
    /// NHS Shared Business Services."
    EMPTY_SECTION = "incomplete/empty-section", Warning, since: None,
    references: [
        ("UK GDPR, Article 13", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 14", "https://www.legislation.gov.uk/eur/2016/679/article/14"),
    ]
}

/// Headings in a row from which on they are taken for a contents list.
const CONTENTS: usize = 4;

/// One heading of the outline.
struct Heading<'a> {
    span: Span,
    level: u8,
    part: &'a Part,
    /// Whether nothing stands between it and the next heading.
    bare: bool,
    /// Whether it is marked up as a heading.
    marked: bool,
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let headings = headings(notice);
    let filled: HashSet<&str> = headings.iter().filter(|h| !h.bare).map(|h| notice.context.words(h.part)).collect();
    let mut at = 0;
    while at < headings.len() {
        let run = headings[at..].iter().take_while(|h| h.bare).count();
        if run == 0 {
            at += 1;
            continue;
        }
        // The heading that ends the run has text under it; it belongs to the row for counting.
        let row = &headings[at..(at + run + 1).min(headings.len())];
        let contents = row.len() >= CONTENTS && !row[..run].iter().all(|h| aspect_of_purpose(h.part));
        if !contents {
            for (offset, heading) in headings[at..at + run].iter().enumerate() {
                let next = headings.get(at + offset + 1);
                // What ends the page with nothing behind it is a foot line or a link that promises nothing of the notice's.
                let foot = next.is_none() && heading.part.aspect.is_none() && heading.part.purpose.is_none();
                if at + offset > 0 && !foot && promises(notice, heading, next, &filled) {
                    out.report(
                        format!("nothing stands under the heading \"{}\"", shown(notice.quote(heading.span))),
                        "write what the heading promises, or take it out",
                    )
                    .at(heading.span);
                }
            }
        }
        at += run;
    }
}

/// The headings of the outline outside page furniture, each with whether text stands under it.
fn headings<'a>(notice: &Notice<'a>) -> Vec<Heading<'a>> {
    let outline = &notice.context.outline;
    let parts = &outline.parts;
    let place_of = |span: Span| {
        Some(outline.part_index(notice.context.fold.folded_at(span.start))).filter(|at| {
            parts.get(*at).is_some_and(|p| p.kind == PartKind::Heading && p.span == span && p.cell.is_none())
        })
    };
    let mut places: Vec<(usize, u8)> =
        outline.sections.iter().filter_map(|s| place_of(s.heading).map(|at| (at, s.level))).collect();
    places.sort_unstable();
    places.dedup_by_key(|(at, _)| *at);
    let mut out = Vec::new();
    for (number, (at, level)) in places.iter().enumerate() {
        let until = places.get(number + 1).map_or(parts.len(), |(next, _)| *next);
        // What looks like page furniture under a heading may be its text: then the heading is not bare.
        let between = parts[at + 1..until].iter().filter(|p| p.block != parts[*at].block);
        let marked = matches!(notice.text.blocks[parts[*at].block].kind, BlockKind::Heading(_));
        out.push(Heading {
            span: parts[*at].span,
            level: *level,
            part: &parts[*at],
            bare: between.count() == 0,
            marked,
        });
    }
    out
}

/// Whether a bare heading promises text that is not there.
fn promises(notice: &Notice<'_>, heading: &Heading<'_>, next: Option<&Heading<'_>>, filled: &HashSet<&str>) -> bool {
    if !heading.marked {
        // Names, links and addresses are short lines too: without mark-up only the headings that notices repeat under each
        // purpose are sure, and only before another known one.
        return aspect_of_purpose(heading.part)
            && next.is_some_and(|n| {
                // "Under data protection law" is the first part of what "Legal basis" announces.
                let part_of_it =
                    heading.part.aspect == Some(Aspect::LegalBasis) && n.part.aspect == Some(Aspect::Legislation);
                n.part.aspect.is_some()
                    && n.part.aspect != heading.part.aspect
                    && n.level <= heading.level
                    && !part_of_it
            });
    }
    let title = heading.level == 1;
    // The summary of a folded passage counts as level 6 and may have headings of its own inside.
    let above = next.is_some_and(|n| n.level > heading.level || heading.level == 6 && n.level < 6);
    let linked =
        notice.text.links.iter().any(|l| l.span.start <= heading.span.start && l.span.end + 2 >= heading.span.end);
    // The same heading with its text elsewhere: a contents list or a menu.
    let repeated = !aspect_of_purpose(heading.part) && filled.contains(notice.context.words(heading.part));
    !(title || above || linked || repeated || refers(notice.quote(heading.span)))
        && heading.span.end - heading.span.start >= 4
}

/// Whether a heading is one that notices repeat under each purpose.
fn aspect_of_purpose(part: &Part) -> bool {
    part.purpose.is_some()
        && part
            .aspect
            .is_some_and(|aspect| aspect.per_purpose() && !matches!(aspect, Aspect::Controller | Aspect::Transfers))
}

/// Whether a line only leads to another page.
fn refers(words: &str) -> bool {
    let lower = words.to_lowercase();
    [
        "read more", "click here", "download", "view ", "see ", "home", "back to", "skip to", "contact us", "print",
        "share", "contents", "table of contents", "on this page", "in this section", "related", "navigation", "menu",
        "search", "cookies", "follow us", "news", "latest news", "quick links", "useful links", "documents",
    ]
    .iter()
    .any(|w| lower.starts_with(w))
}

/// A heading's words, cut where they are long.
fn shown(words: &str) -> String {
    let plain = words.trim_end_matches([':', '?', ' ']);
    if plain.chars().count() <= 60 { plain.to_owned() } else { plain.chars().take(57).chain("...".chars()).collect() }
}
