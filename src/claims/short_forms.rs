//! Short forms of laws: "the Act", and those that a notice defines, such as "the 2014 Act" and "the Standing Rules".
//!
//! In come the laws named in a text; out come the places of their short forms with the law each stands for. It never
//! guesses between two laws: a year that two Acts share stands for neither.

use super::Context;
use super::status::{Status, status};
use super::statute::Named;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A short form and the number of the law it stands for, from the place of that law on.
struct Definition {
    term: String,
    law: usize,
}

/// Of the laws named before "the Act" no more than these are looked at.
const LOOKED_AT: usize = 50;

/// Every place of a short form, with its law.
pub(super) fn short_forms(context: &Context<'_>, laws: &[Named]) -> Vec<Named> {
    let definitions = definitions(context, laws);
    let mut out: Vec<Named> = Vec::new();
    let mut seen = BTreeSet::from(["act"]);
    for definition in definitions.iter().filter(|d| seen.insert(d.term.as_str())) {
        for at in context.find_words(&definition.term) {
            out.push(laws[definition.law].at(at..at + definition.term.len()));
        }
    }
    out.extend(the_act(context, laws, &definitions));
    out
}

fn definitions(context: &Context<'_>, laws: &[Named]) -> Vec<Definition> {
    let mut out: Vec<Definition> = Vec::new();
    for (law, named) in laws.iter().enumerate() {
        let terms = [meant(context.folded(), named.folded.start), in_brackets(context.folded(), named.folded.end)];
        out.extend(terms.into_iter().flatten().map(|term| Definition { term: term.to_owned(), law }));
    }
    // "The 2006 Act" needs no definition where one law of that year is named.
    let mut by_year: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (law, named) in laws.iter().enumerate() {
        let Some(year) = named.title.rsplit(' ').next().filter(|y| y.len() == 4) else { continue };
        let only = by_year.entry(year).or_insert(Some(law));
        *only = only.filter(|first| laws[*first].path == named.path);
    }
    for (year, law) in by_year.into_iter().filter_map(|(year, law)| Some((year, law?))) {
        let term = format!("{year} act");
        if laws[law].title.to_lowercase().ends_with(&format!("act {year}")) && !out.iter().any(|d| d.term == term) {
            out.push(Definition { term, law });
        }
    }
    out
}

/// The term in `"the 2014 act" means the` before a law.
fn meant(folded: &str, law: usize) -> Option<&str> {
    let before = folded[folded.ceil_char_boundary(law.saturating_sub(90))..law].trim_end();
    let before = before.strip_suffix("the").unwrap_or(before).trim_end();
    let before =
        ["means", "mean", "is", "refers to", "stands for"].iter().find_map(|verb| before.strip_suffix(verb))?;
    let before = before.trim_end().strip_suffix(['"', '\''])?;
    short_form(&before[before.rfind(['"', '\''])? + 1..])
}

/// The term in `("the Act")`, `(hereafter the 2018 Act)` behind a law.
fn in_brackets(folded: &str, end: usize) -> Option<&str> {
    let rest = folded[end..].trim_start_matches([' ', ',']).strip_prefix('(')?;
    let inner = &rest[..rest[..rest.floor_char_boundary(80)].find(')')?];
    let mut term = inner;
    for lead in ["hereafter", "hereinafter", "in this notice", "referred to as", "known as", "called"] {
        term = term.trim_start_matches([' ', ',', ':']).strip_prefix(lead).unwrap_or(term);
    }
    short_form(term)
}

/// A term that can stand for a law, without its article and quotation marks.
fn short_form(term: &str) -> Option<&str> {
    let term = term.trim_matches([' ', '"', '\'', ',']);
    let term = term.strip_prefix("the ").unwrap_or(term);
    let last = term.rsplit(' ').next()?;
    (matches!(last, "act" | "regulations" | "rules" | "order") && term.split(' ').count() <= 5).then_some(term)
}

/// "The Act": the one that is called so, or else the Act last named.
fn the_act(context: &Context<'_>, laws: &[Named], definitions: &[Definition]) -> Vec<Named> {
    let folded = context.folded();
    let acts: Vec<&Named> = laws.iter().filter(|l| l.path.starts_with("ukpga/")).collect();
    let mut called: Vec<&Named> = definitions.iter().filter(|d| d.term == "act").map(|d| &laws[d.law]).collect();
    called.retain(|l| l.path.starts_with("ukpga/"));
    let is_current = |law: &Named| status(context, &law.folded) != Status::Historical;
    let mut out = Vec::new();
    for words in ["the act", "that act", "the said act", "this act"] {
        for at in context.find_words(words) {
            let range: Range<usize> = at..at + words.len();
            let followed = folded[range.end..].trim_start();
            let titled = followed.starts_with(|c: char| c.is_ascii_digit() || c == '(') || followed.starts_with("of ");
            if titled {
                continue;
            }
            let before = |laws: &[&Named]| laws.partition_point(|l| l.folded.start < at);
            let own = if words == "the act" { &called[..before(&called)] } else { &[] };
            let last = own.iter().rev().take(LOOKED_AT).chain(acts[..before(&acts)].iter().rev().take(LOOKED_AT));
            if let Some(law) = last.copied().find(|law| is_current(law)) {
                out.push(law.at(range));
            }
        }
    }
    out
}
