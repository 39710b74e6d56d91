//! Who holds a role: the name that stands before the role, behind it, on the next line or in another cell.
//!
//! In comes the place where a role is named; out comes the person, if the words between tie the two. It never takes a
//! job title, a mailbox or a body for a person.

use super::names::{parted, person_at};
use super::outline::Part;
use super::role::{Place, ROLES, elsewhere};
use super::role_sentence::said_next;
use super::role_words::{JOBS, LINKS, is_role_word, ties_back};
use super::{Context, PartKind};
use crate::dictionary::Family;
use std::ops::Range;

/// A person found for a role.
pub(super) struct Person {
    pub(super) folded: Range<usize>,
    pub(super) name: String,
    /// Whether the name stands in one sentence or row with the role, not merely on a line near it.
    pub(super) bound: bool,
}

/// The person named for the role at `places[at]`.
pub(super) fn person_for(context: &Context<'_>, places: &[Place], at: usize, used: &[Range<usize>]) -> Option<Person> {
    let place = &places[at];
    if elsewhere(context, place) {
        return None;
    }
    let above = || line_above(context, places, at).filter(|p| !used.contains(&p.folded));
    let listed_first = above().filter(|_| name_stands_first(context, places, at));
    let tied = || before(context, place).filter(|p| tied_closely(context, p, place));
    listed_first
        .or_else(tied)
        .or_else(|| behind(context, place))
        .or_else(|| before(context, place))
        .or_else(|| said_next(context, places, at))
        .or_else(|| other_cell(context, place))
        .or_else(|| next_lines(context, place).map(|p| Person { bound: !shares_line(context, places, at), ..p }))
        .or_else(above)
}

/// Whether the name that stands above a role's line is one that was found before: "X / Caldicott Guardian / Y / Senior
/// Information Risk Owner" where X was named at an earlier place already; Y is the next role's.
pub(super) fn answered_above(context: &Context<'_>, places: &[Place], at: usize, used: &[Range<usize>]) -> bool {
    line_above(context, places, at).is_some_and(|p| used.contains(&p.folded)) && name_stands_first(context, places, at)
}

/// Whether another role is named on the same line: "Caldicott Guardian and SIRO".
pub(super) fn shares_line(context: &Context<'_>, places: &[Place], at: usize) -> bool {
    let part = context.outline.part_index(places[at].folded.start);
    places.iter().any(|p| p.role != places[at].role && context.outline.part_index(p.folded.start) == part)
}

/// Whether the name above a role's line opens a list of names with their roles below, rather than being the value of the
/// role above it.
pub(super) fn name_stands_first(context: &Context<'_>, places: &[Place], at: usize) -> bool {
    let index = context.outline.part_index(places[at].folded.start);
    let label = |i: usize| {
        places.iter().any(|p| {
            context.outline.part_index(p.folded.start) == i
                && context.words(&context.outline.parts[i]).len() <= p.folded.len() + 24
        })
    };
    // The line before the name is no role's label; or it is one that has its own name above it.
    index >= 2
        && (!label(index - 2)
            || index >= 3
                && label(index - 2)
                && person(
                    context,
                    context.outline.parts[index - 3].folded.start,
                    context.outline.parts[index - 3].folded.end,
                )
                .is_some())
}

/// Whether a name stands so close before the role that no name behind it can be meant: "X, Data Protection Officer",
/// "X has been appointed …".
pub(super) fn tied_closely(context: &Context<'_>, person: &Person, place: &Place) -> bool {
    let between = context.folded()[person.folded.end.min(place.folded.start)..place.folded.start].trim();
    let behind = context.folded()[place.folded.end..].trim_start();
    !between.is_empty() && !behind.starts_with("is ") && !behind.starts_with(':') && !behind.starts_with("- ")
}

/// "Our Data Protection Officer is X", "Data Protection Officer – X", "DPO: Name: X", "(DPO) X".
pub(super) fn behind(context: &Context<'_>, place: &Place) -> Option<Person> {
    let part = context.outline.part_at(place.folded.start)?;
    name_from(context, place.folded.end, part.folded.end, 130)
}

/// The first name behind byte `from`, where only linking words and names of bodies stand between.
pub(super) fn name_from(context: &Context<'_>, from: usize, end: usize, reach: usize) -> Option<Person> {
    let folded = context.folded();
    let mut at = from;
    let stop = end.min(from + reach);
    let mut links = 0;
    while at < stop {
        let lead = folded[at..end]
            .bytes()
            .take_while(|b| matches!(b, b' ' | b'(' | b')' | b',' | b':' | b'-' | b';' | b'|' | b'"' | b'\''))
            .count();
        at += lead;
        if at >= end || !folded.is_char_boundary(at) {
            return None;
        }
        if let Some(person) = person(context, at, end) {
            return Some(person);
        }
        // A body between the role and the verb: "Officer for NHS X CCG is …".
        if let Some(mention) = context.mentions_over(&(at..at + 1)).next() {
            at = mention.folded.end;
            continue;
        }
        // "is provided by X CSU and is": a unit or supplier, too.
        if let Some(end_of_body) = body_at(context, at) {
            at = end_of_body;
            continue;
        }
        let word = folded[at..end].split([' ', ',', '(', ')', '\n']).next().unwrap_or("");
        let goes_on = word == "and" && folded[at + 3..end].trim_start().starts_with("is ");
        let job = links > 0 && JOBS.contains(&word) && word != "deputy";
        let joins_roles = word == "and"
            && folded[at + 3..end]
                .trim_start()
                .split(' ')
                .next()
                .is_some_and(|w| is_role_word(w) || matches!(w, "senior" | "data"));
        let joins_bodies = word == "and" && context.mentions_over(&(at + 4..at + 9)).next().is_some();
        let known = joins_bodies
            || goes_on
            || job
            || LINKS.contains(&word)
            || is_role_word(word)
            || joins_roles
            || links_organisation(context, at);
        if !known || word.is_empty() {
            return None;
        }
        links += 1;
        if links > 12 {
            return None;
        }
        at += word.len();
    }
    None
}

/// The end of a unit's or supplier's name that begins at a byte of the folded text.
fn body_at(context: &Context<'_>, at: usize) -> Option<usize> {
    let near = at..at + 1;
    let body = context
        .hits_over(&near)
        .find(|(h, t)| h.start == at && matches!(t.family, Family::Processors | Family::Bodies))?;
    Some(body.0.end)
}

pub(super) fn links_organisation(context: &Context<'_>, at: usize) -> bool {
    context.published(at..at + 1).starts_with(|c: char| c.is_uppercase())
        && context.folded()[..at].trim_end().ends_with("for")
}

/// A person at byte `at` of the folded text.
pub(super) fn person(context: &Context<'_>, at: usize, end: usize) -> Option<Person> {
    let body = &context.text.body;
    let start = context.fold.body_at(at) as usize;
    if let Some(person) = parted_name(context, at, end) {
        return Some(person);
    }
    let stop = person_at(body, start)?;
    let folded_end = context.fold.folded_at(stop as u32);
    if folded_end > end + 1 {
        return None;
    }
    let name = clean(&body[start..stop]);
    // A body's name is no person's.
    let is_body = context.mentions_over(&(at..at + 1)).next().is_some()
        || context.hits_over(&(at..at + 1)).any(|(h, t)| {
            h.end >= folded_end
                && matches!(t.family, Family::Bodies | Family::Processors | Family::Purposes | Family::Headings)
        });
    (!is_body && name.contains(' ')).then_some(Person { folded: at..folded_end, name, bound: true })
}

/// A name that stands alone on its line and goes on alone on the next: "Dr Imogen" / "Tressider".
fn parted_name(context: &Context<'_>, at: usize, end: usize) -> Option<Person> {
    if context.fold.text.get(at..end)?.split(' ').filter(|w| !w.is_empty()).count() > 2 {
        return None;
    }
    let index = context.outline.part_index(at);
    let (part, next) = (context.outline.parts.get(index)?, context.outline.parts.get(index + 1)?);
    let (first, last) = (part.span, next.span);
    let alone = part.folded.start == at && part.cell.is_none() && next.cell.is_none() && next.words == 1;
    if !alone || next.furniture || end < part.folded.end {
        return None;
    }
    let (given, family) = (context.text.quote(first).trim(), context.text.quote(last).trim());
    let name = parted(given, family)?;
    Some(Person { folded: at..next.folded.end, name, bound: true })
}

pub(super) fn clean(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches([',', '.', '(', ')']).to_owned()
}

/// "X, Data Protection Officer", "X – Data Protection Officer", "Dr X who is our Caldicott Guardian", "X (SIRO)".
pub(super) fn before(context: &Context<'_>, place: &Place) -> Option<Person> {
    let folded = context.folded();
    let sentence = context.sentence(place.folded.start);
    let from = sentence.start.max(place.folded.start.saturating_sub(120));
    let mut found = None;
    let mut at = from;
    while at < place.folded.start {
        if folded.is_char_boundary(at)
            && (at == 0 || !folded.as_bytes()[at - 1].is_ascii_alphanumeric())
            && let Some(person) = person(context, at, place.folded.start)
        {
            let between = folded[person.folded.end.min(place.folded.start)..place.folded.start].to_owned();
            let next = person.folded.end;
            if ties_back(&between) {
                found = Some(person);
            }
            at = next.max(at + 1);
            continue;
        }
        at += 1;
    }
    found
}

/// The name in the next cell of the row, or in the cell before.
pub(super) fn other_cell(context: &Context<'_>, place: &Place) -> Option<Person> {
    let index = context.outline.part_index(place.folded.start);
    let part = &context.outline.parts[index];
    let cell = part.cell?;
    if part.words > 12 {
        return None;
    }
    let row: Vec<&Part> = context
        .outline
        .parts
        .iter()
        .filter(|p| p.cell.is_some_and(|c| c.table == cell.table && c.row == cell.row && c.column != cell.column))
        .collect();
    row.iter()
        .filter(|p| p.cell.is_some_and(|c| c.column > cell.column))
        .chain(row.iter().filter(|p| p.cell.is_some_and(|c| c.column < cell.column)))
        .find_map(|p| name_from(context, p.folded.start, p.folded.end, 60))
}

/// A role that ends its line or sentence, and a name that opens one of the next lines.
pub(super) fn next_lines(context: &Context<'_>, place: &Place) -> Option<Person> {
    let index = context.outline.part_index(place.folded.start);
    let part = &context.outline.parts[index];
    let rest = context.between(place.folded.end, part.folded.end).trim_matches(|c: char| !c.is_alphanumeric());
    let open_end = rest.split(' ').filter(|w| !w.is_empty()).all(|w| LINKS.contains(&w) || is_role_word(w))
        || rest.len() < 90
            && context.mentions_over(&(place.folded.end..part.folded.end.max(place.folded.end))).next().is_some();
    if !open_end {
        return None;
    }
    let label = part.kind == PartKind::Heading || part.words <= 9 || rest.is_empty() || rest.ends_with("is");
    if !label {
        return None;
    }
    let mut looked = 0;
    for next in context.outline.parts[index + 1..].iter().filter(|p| !p.furniture).take(4) {
        let words = context.words(next);
        // "Senior Information Risk Owner: X. (Our Caldicott Guardian, Y, …": the value opens with the name.
        if looked == 0
            && next.block == part.block
            && let Some(person) = person(context, next.folded.end - words.trim_start().len(), next.folded.end)
        {
            return Some(person);
        }
        // Another role's label comes first: the value here is empty or in a list of its own.
        let names_another = ROLES
            .iter()
            .enumerate()
            .any(|(role, (_, forms))| role != place.role && forms.iter().any(|f| words.contains(f)));
        if names_another {
            return None;
        }
        if let Some(person) = name_from(context, next.folded.start, next.folded.end, 40) {
            return Some(person);
        }
        if next.kind == PartKind::Heading {
            return None;
        }
        let definition = words.split(' ').count() > 12;
        looked += 1;
        if looked >= 3 || definition && part.kind != PartKind::Heading {
            return None;
        }
    }
    None
}

/// "X" / "Head of Governance" / "Data Protection Officer": the name one or two lines above a role that stands alone.
pub(super) fn line_above(context: &Context<'_>, places: &[Place], at: usize) -> Option<Person> {
    let place = &places[at];
    let index = context.outline.part_index(place.folded.start);
    let part = &context.outline.parts[index];
    let words = context.words(part);
    if words.len() > place.folded.len() + 30 || index == 0 || part.cell.is_some() {
        return None;
    }
    for above in (index.saturating_sub(2)..index).rev() {
        let before = &context.outline.parts[above];
        if before.furniture || places.iter().any(|p| before.folded.contains(&p.folded.start)) || before.words > 8 {
            return None;
        }
        let person = person(context, before.folded.start, before.folded.end);
        if let Some(person) = person.filter(|p| before.folded.len() <= p.folded.len() + 40) {
            return Some(person);
        }
    }
    None
}
