//! `statute`: Acts, regulations and the provisions of them that a notice cites, as precisely as it does.

use super::Context;
use super::dated_acts::{dated_acts, in_token, longest_title};
use super::provisions::{unit_starts_before, units_at};
use super::short_forms::short_forms;
use super::status::{Status, status};
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};
use std::ops::Range;

/// A law named at one place.
pub(super) struct Named {
    pub(super) folded: Range<usize>,
    pub(super) path: String,
    pub(super) title: String,
}

impl Named {
    /// The same law at another place.
    pub(super) fn at(&self, folded: Range<usize>) -> Named {
        Named { folded, path: self.path.clone(), title: self.title.clone() }
    }
}

/// Reads all statutes.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let laws = named(context);
    let short = short_forms(context, &laws);
    for (law, is_short) in laws.iter().map(|l| (l, false)).chain(short.iter().map(|l| (l, true))) {
        let status = status(context, &law.folded);
        let historical = status == Status::Historical;
        let provisions = provisions_of(context, law);
        let whole = context.claim(ClaimKind::Statute, law.path.clone(), law.folded.clone());
        let dress = |claim: Claim| {
            let claim = claim.with("title", Attr::Text(law.title.clone()));
            if historical { claim.with("historical", Attr::Flag(true)) } else { claim }
        };
        // A short form adds nothing to the claim on the law itself.
        if provisions.is_empty() && !is_short {
            claims.push(dress(whole));
        }
        for (range, path) in provisions {
            claims.push(dress(context.claim(ClaimKind::Statute, format!("{}/{path}", law.path), range)));
        }
    }
    section_251(context, claims);
}

/// All laws named, by the dictionary and by the titles of Acts.
fn named(context: &Context<'_>) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for (hit, term, _) in context.hits_of(Family::Legislation) {
        if in_token(context.folded(), hit.start) {
            continue;
        }
        let covered = out.last().is_some_and(|l| hit.start < l.folded.end);
        if covered {
            continue;
        }
        out.push(Named { folded: hit.start..hit.end, path: term.id.to_string(), title: term.name().to_owned() });
    }
    let mut by_title = Vec::new();
    for act in dated_acts(context) {
        if overlapped(&out, act.word..act.year_end) || inside_title(context.folded(), act.year_end) {
            continue;
        }
        if let Some((start, title, path)) = longest_title(context.folded(), &act) {
            by_title.push(Named { folded: start..act.year_end, path: path.to_owned(), title });
        }
    }
    out.extend(by_title);
    out.sort_by_key(|l| l.folded.start);
    bare_data_protection_act(context, &mut out);
    out.sort_by_key(|l| l.folded.start);
    out
}

/// Whether a law is named in a range; the laws are in reading order and apart.
fn overlapped(laws: &[Named], range: Range<usize>) -> bool {
    laws.get(laws.partition_point(|l| l.folded.end <= range.start)).is_some_and(|l| l.folded.start < range.end)
}

/// Whether what follows a year shows that the Act is only part of another title: "… Act 2012 (Commencement) Regulations".
fn inside_title(folded: &str, end: usize) -> bool {
    let after = &folded[end..folded.floor_char_boundary(end + 90)];
    let after = after.split(['\n', '.']).next().unwrap_or("");
    after.trim_start().starts_with('(') && after.contains(") regulations 20")
        || after.trim_start().starts_with("(commencement")
}

/// "the Data Protection Act" without a year: the one the notice names with its year.
fn bare_data_protection_act(context: &Context<'_>, out: &mut Vec<Named>) {
    let dated = |id: &str| out.iter().filter(|l| l.path == id).map(|l| l.folded.start).collect::<Vec<_>>();
    let (new, old) = (dated("ukpga/2018/12"), dated("ukpga/1998/29"));
    let gdpr = out.iter().any(|l| l.path.ends_with("2016/679"));
    let mut found = Vec::new();
    for at in context.find_words("data protection act") {
        let end = at + "data protection act".len();
        if overlapped(out, at..at + 1)
            || context.folded()[end..].trim_start_matches([' ', '(', ',']).starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let near =
            |places: &[usize]| places.get(places.partition_point(|p| p + 400 <= at)).is_some_and(|p| *p < at + 400);
        let nearest_old = near(&old) && !near(&new);
        let (path, title) = if nearest_old || new.is_empty() && !old.is_empty() && !gdpr {
            ("ukpga/1998/29", "Data Protection Act 1998")
        } else if !new.is_empty() || gdpr {
            ("ukpga/2018/12", "Data Protection Act 2018")
        } else {
            continue;
        };
        found.push(Named { folded: at..end, path: path.to_owned(), title: title.to_owned() });
    }
    out.extend(found);
}

/// The provisions of a law written around its name, with the range of all of it.
fn provisions_of(context: &Context<'_>, law: &Named) -> Vec<(Range<usize>, String)> {
    let folded = context.folded();
    let mut out = before(folded, law);
    if out.is_empty() {
        out = behind(folded, law);
    }
    if out.is_empty() {
        out = later(context, law);
    }
    if law.path.starts_with("uksi/") {
        for (_, path) in &mut out {
            // Instruments have regulations; people write "section" all the same.
            *path = path.replace("section/", "regulation/");
        }
    }
    if law.path.starts_with("eur/") || law.path.starts_with("eu/") {
        out.clear();
    }
    out
}

/// "section 251 of the", "paragraph 2 of Schedule 1 to the", "section 113 “Complaints” of the".
fn before(folded: &str, law: &Named) -> Vec<(Range<usize>, String)> {
    for at in unit_starts_before(folded, law.folded.start, 110) {
        let Some((unit, numbers, end)) = units_at(folded, at) else { continue };
        if end > law.folded.start {
            continue;
        }
        let between = folded[end..law.folded.start].trim();
        if !links(between) && !links(&between.replace(',', "")) {
            continue;
        }
        if let Some((start, path)) = part_of_schedule(folded, at, unit) {
            return vec![(start..law.folded.end, path)];
        }
        if (unit == "schedule" || unit == "part")
            && let Some((start, inner)) = inner_unit(folded, at)
        {
            let path = if unit == "schedule" {
                format!("schedule/{}/{inner}", numbers[0].0)
            } else {
                format!("{unit}/{}", numbers[0].0)
            };
            return vec![(start..law.folded.end, path)];
        }
        let mut out: Vec<(Range<usize>, String)> =
            numbers.iter().map(|(n, _)| (at..law.folded.end, format!("{unit}/{n}"))).collect();
        // "Section 10 and Section 11 of the": the first of two that are each named.
        let joined = unit_starts_before(folded, at, 30).into_iter().find_map(|start| {
            units_at(folded, start)
                .filter(|(other, _, end)| {
                    let between = folded[(*end).min(at)..at].trim();
                    *end <= at
                        && (*other == unit && matches!(between, "and" | "," | "&" | "or")
                            || matches!(between, "of, and" | "of and" | "to, and" | "to and" | "of, or" | "to, or"))
                })
                .map(|(unit, numbers, _)| (start, unit, numbers))
        });
        if let Some((start, unit, numbers)) = joined {
            out.extend(numbers.iter().map(|(n, _)| (start..law.folded.end, format!("{unit}/{n}"))));
        }
        return out;
    }
    Vec::new()
}

/// "Schedule 1 Part 1 (2) of", "Schedule 1, Part 2, paragraph 18 of": the start and path of a part or paragraph at `at`
/// that a schedule stands before.
fn part_of_schedule(folded: &str, at: usize, unit: &str) -> Option<(usize, String)> {
    if !matches!(unit, "part" | "paragraph") {
        return None;
    }
    let outer = unit_starts_before(folded, at, 40).into_iter().find_map(|start| {
        units_at(folded, start).filter(|(u, _, _)| *u == "schedule").map(|(_, numbers, _)| (start, numbers))
    })?;
    let (_, inner, end) = units_at(folded, at)?;
    let between = &folded[outer.1.last()?.1.min(at)..at];
    if between.contains(" of ") || between.len() > 24 {
        return None;
    }
    let schedule = &outer.1.first()?.0;
    let number = &inner.first()?.0;
    let bracket = folded[at..end]
        .split('(')
        .nth(1)
        .and_then(|b| b.split(')').next())
        .filter(|b| b.bytes().all(|c| c.is_ascii_digit()));
    let path = match (unit, bracket) {
        ("part", Some(paragraph)) => format!("schedule/{schedule}/paragraph/{paragraph}"),
        _ => format!("schedule/{schedule}/{unit}/{number}"),
    };
    Some((outer.0, path))
}

/// Whether the words between a provision and a law tie them: "of the", "to the", "of that", `"complaints" of the`.
fn links(between: &str) -> bool {
    if between == "," {
        return true;
    }
    let last = between.rsplit(' ').next().unwrap_or("");
    let quoted = between.starts_with(['"', '\'', '(', '-']) && between.len() < 80;
    let short = between.split(' ').count() <= 4;
    let tie = between.is_empty() || matches!(last, "the" | "of" | "to" | "in" | "under" | "this" | "uk");
    let starts = ["of", "to", "in", "under", "the", ""].iter().any(|w| between.split(' ').next() == Some(*w));
    tie && (starts && short || quoted) && !between.contains(" and ")
}

/// "paragraph 2 of" before a schedule: its start and path.
fn inner_unit(folded: &str, schedule: usize) -> Option<(usize, String)> {
    for at in unit_starts_before(folded, schedule, 40) {
        let (unit, numbers, end) = units_at(folded, at)?;
        let between = folded[end.min(schedule)..schedule].trim();
        if matches!(unit, "paragraph" | "part") && matches!(between, "of" | "in" | "to" | "of the" | ",") {
            return Some((at, format!("{unit}/{}", numbers[0].0)));
        }
    }
    None
}

/// ", section 259", " s251", " - s261(7)", ", Part 7, Regulation 34", " (section 6)", ", Schedule 1, Part 1, paragraph 2".
fn behind(folded: &str, law: &Named) -> Vec<(Range<usize>, String)> {
    let skip = |mut at: usize| {
        let bytes = folded.as_bytes();
        if folded[at..].starts_with(" (") {
            // A short form in brackets: "(COPI)", "(DPA 2018)".
            if let Some(close) = folded[at..folded.floor_char_boundary(at + 24)].find(')') {
                let inner = &folded[at + 2..at + close];
                if units_at(inner, 0).is_none() {
                    at += close + 1;
                }
            }
        }
        while bytes.get(at).is_some_and(|b| matches!(b, b' ' | b',' | b'(' | b'-' | b':' | b';')) {
            at += 1;
        }
        at
    };
    let first = skip(law.folded.end);
    let Some((unit, numbers, end)) = units_at(folded, first) else { return Vec::new() };
    // "… Act 2006 and section 4 of the Care Act": the section belongs to the next law.
    let next = folded[end..].trim_start();
    if next.starts_with("of the") || next.starts_with("to the") || next.starts_with("of this") {
        return Vec::new();
    }
    let inner = units_at(folded, skip(end));
    if let Some((inner_unit, inner_numbers, inner_end)) = inner {
        let path = match (unit, inner_unit) {
            ("schedule", "part") => {
                let deepest = units_at(folded, skip(inner_end)).filter(|(u, _, _)| *u == "paragraph");
                match deepest {
                    Some((_, paragraphs, _)) => format!("schedule/{}/paragraph/{}", numbers[0].0, paragraphs[0].0),
                    None => format!("schedule/{}/part/{}", numbers[0].0, inner_numbers[0].0),
                }
            }
            ("schedule", "paragraph") => format!("schedule/{}/paragraph/{}", numbers[0].0, inner_numbers[0].0),
            ("part", other) if other != "part" => format!("{other}/{}", inner_numbers[0].0),
            _ => format!("{unit}/{}", numbers[0].0),
        };
        return vec![(law.folded.start..inner_end, path)];
    }
    numbers.iter().map(|(n, stop)| (law.folded.start..(*stop).max(end), format!("{unit}/{n}"))).collect()
}

/// Sections named later in the sentence, where its words say that they are the law's: "… Act 2006, most of them in
/// sections 3 and 3A", "the functions that the Act gives to boards, among them those in sections 14Z34 and 14Z35".
fn later(context: &Context<'_>, law: &Named) -> Vec<(Range<usize>, String)> {
    let folded = context.folded();
    let sentence = context.sentence(law.folded.start);
    let rest = context.between(law.folded.end, sentence.end);
    let rest = &rest
        [..[" act ", " act,", " regulations", "gdpr"].iter().filter_map(|o| rest.find(o)).min().unwrap_or(rest.len())];
    let Some(lead) =
        ["in sections ", "in section ", "under sections ", "under section "].iter().find_map(|w| rest.find(w))
    else {
        return Vec::new();
    };
    let at = law.folded.end + lead + if rest[lead..].starts_with("in ") { 3 } else { 6 };
    let ties = [
        "power", "dut", "function", "most of", "mainly", "chiefly", "particular", "among them", "especially", "notably",
    ];
    let tied = ties.iter().any(|t| folded[sentence.start..at].contains(t));
    let Some((unit, numbers, end)) = units_at(folded, at).filter(|_| tied) else { return Vec::new() };
    let next = folded[end..].trim_start();
    if ["of ", "to the ", "above", "below"].iter().any(|w| next.starts_with(w)) {
        return Vec::new();
    }
    numbers.iter().map(|(n, stop)| (at..(*stop).max(at + 1), format!("{unit}/{n}"))).collect()
}

/// "Section 251 approval" with no law named beside it can mean one law only.
fn section_251(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for (hit, term, part) in context.hits_of(Family::Confidentiality) {
        let words = &context.folded()[hit.start..hit.end];
        if term.id != "section-251" || !words.contains("251") || part.kind == super::PartKind::Heading {
            continue;
        }
        let span = context.span(hit.start..hit.end);
        let cited = claims.iter().any(|c| c.kind == ClaimKind::Statute && c.evidence.overlaps(span));
        if !cited && !context.folded()[hit.end..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            claims.push(
                context
                    .claim(ClaimKind::Statute, "ukpga/2006/41/section/251", hit.start..hit.end)
                    .with("title", Attr::Text("National Health Service Act 2006".into())),
            );
        }
    }
}
