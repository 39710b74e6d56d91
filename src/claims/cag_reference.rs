//! `cag-reference`: approvals under section 251, one claim each however they are grouped.

use super::Context;
use crate::dictionary::Family;
use crate::model::{Attr, Claim, ClaimKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// `CAG 7-07(a)(b)(c)/2013`, `CAG7-04(a)/2013`, `(CAG) 7-07(a-c)/2013`, `ECC 2-05 (a) 2011`, `CAG 8-03(PR11)/2013`.
static BY_MEETING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)(cag|ecc|piag)\)?(?: ref(?:erence)?(?: number)?)?[ :.#-]*(?:no\.? ?|number )?(\d{1,2}) ?- ?(\d{2}) ?((?:\(? ?(?:[a-z]|ft ?\d+|pr ?\d+)(?: ?[-,&] ?[a-z])*(?: ?\))(?: ?(?:,|and|&|-|to|/) ?)?)+)? ?/? ?(\d{4})?").ok()
});
/// `23/CAG/0128`, `15/CAG0197`, `23 / CAG / 0128`.
static BY_YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u)(\d{2}) ?/ ?cag ?/? ?(\d{1,6})").ok());
/// `CAG 7(PS1)/2014`.
static PRECEDENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)cag ?(\d{1,2}) ?\(ps ?(\d+)\) ?/? ?(\d{4})").ok());

/// One reference as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes in the folded text.
    pub folded: Range<usize>,
    /// The references it means; empty where it cannot be one.
    pub values: Vec<String>,
}

/// Reads all references.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    for written in references(context) {
        for value in written.values {
            let approval = context.dictionary.by_id(Family::CagApprovals, &value).map(|t| t.name().to_owned());
            let claim = context.claim(ClaimKind::CagReference, value, written.folded.clone());
            claims.push(match approval {
                Some(name) => claim.with("approval", Attr::Text(name)),
                None => claim,
            });
        }
    }
}

/// All references of a text, well formed or not.
pub fn references(context: &Context<'_>) -> Vec<Written> {
    let folded = context.folded();
    let mut out: Vec<Written> = Vec::new();
    for anchor in ["cag", "ecc", "piag"] {
        for at in context.places(anchor) {
            if out.last().is_some_and(|w| w.folded.end > at && w.folded.start <= at) {
                continue;
            }
            let window = &folded[at..folded.floor_char_boundary(at + 90)];
            let window = window.split('\n').next().unwrap_or("");
            out.extend(
                precedent(window, at).or_else(|| by_meeting(context, window, at)).or_else(|| by_year(folded, at)),
            );
        }
    }
    without_prefix(context, &mut out);
    out.sort_by_key(|w| w.folded.start);
    out
}

fn precedent(window: &str, at: usize) -> Option<Written> {
    let found = PRECEDENT.as_ref()?.captures(window).filter(|c| c.get(0).is_some_and(|m| m.start() == 0))?;
    let value = format!("CAG {}(PS{})/{}", &found[1], &found[2], &found[3]);
    Some(Written { folded: at..at + found[0].trim_end().len(), values: vec![value] })
}

fn by_meeting(context: &Context<'_>, window: &str, at: usize) -> Option<Written> {
    let found = BY_MEETING.as_ref()?.captures(window).filter(|c| c.get(0).is_some_and(|m| m.start() == 0))?;
    let family = found[1].to_ascii_uppercase();
    let number = format!("{}-{}", &found[2], &found[3]);
    let end = found[0].trim_end_matches([' ', ',', '-']).len();
    let letters = found.get(4).map_or_else(Vec::new, |g| letters(g.as_str()));
    let year =
        found.get(5).map(|y| y.as_str().to_owned()).or_else(|| known_year(context, &family, &number, letters.first()?));
    let possible = found[2].parse::<u32>().is_ok_and(|n| (1..=12).contains(&n)) && !letters.is_empty();
    let values = match year {
        Some(year) if possible && (2001..=2030).contains(&year.parse().unwrap_or(0)) => {
            letters.iter().map(|l| format!("{family} {number}({l})/{year}")).collect()
        }
        _ => Vec::new(),
    };
    Some(Written { folded: at..at + end, values })
}

/// The year of the one known approval with this number and letter, where a notice leaves it out.
fn known_year(context: &Context<'_>, family: &str, number: &str, letter: &str) -> Option<String> {
    let start = format!("{family} {number}({letter})/");
    let mut known = context.dictionary.family(Family::CagApprovals).filter_map(|t| t.id.strip_prefix(start.as_str()));
    let year = known.next()?;
    known.next().is_none().then(|| year.to_owned())
}

/// The letters of a group: "(a)(b)(c)", "(a-c)", "(a), (b) and (c)", "(a)-(c)", "(pr11)".
fn letters(group: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let compact: String =
        group.replace("and", ",").replace(" to ", "-").replace(['&', ' '], ",").replace(['(', ')'], " ");
    let mut range_from: Option<u8> = None;
    for token in compact.split_inclusive([',', ' ', '-', '/']) {
        let word = token.trim_matches([',', ' ', '-', '/']);
        if word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase() {
            let letter = word.as_bytes()[0];
            let from = range_from.take().map_or(letter, |f| f + 1);
            out.extend((from..=letter).map(|l| char::from(l).to_string()));
            if token.contains('-') {
                range_from = Some(letter);
            }
        } else if word.starts_with("pr") || word.starts_with("ft") {
            out.push(word.to_ascii_uppercase());
        } else if token.contains('-') {
            range_from = out.last().filter(|l| l.len() == 1).map(|l| l.as_bytes()[0]);
        }
    }
    out.dedup();
    out
}

fn by_year(folded: &str, at: usize) -> Option<Written> {
    let from = folded.ceil_char_boundary(at.saturating_sub(6));
    let window = &folded[from..folded.floor_char_boundary(at + 14)];
    let found = BY_YEAR.as_ref()?.captures(window)?;
    let whole = found.get(0)?;
    let start = from + whole.start();
    if start > 0 && folded.as_bytes()[start - 1].is_ascii_digit() {
        return None;
    }
    let year: u32 = found[1].parse().unwrap_or(0);
    let values = if found[2].len() == 4 && (14..=30).contains(&year) {
        vec![format!("{}/CAG/{}", &found[1], &found[2])]
    } else {
        Vec::new()
    };
    Some(Written { folded: start..from + whole.end(), values })
}

/// "reference 7-07(a)/2013": a number in a form that nothing else has.
fn without_prefix(context: &Context<'_>, out: &mut Vec<Written>) {
    let folded = context.folded();
    for at in memchr::memmem::find_iter(folded.as_bytes(), ")/20") {
        if out.iter().any(|w| w.folded.start <= at && at < w.folded.end + 1) || context.is_furniture(at) {
            continue;
        }
        let start = folded[..at].rfind([' ', '\n', '"']).map_or(0, |n| n + 1);
        let window = format!("cag {}", &folded[start..folded.floor_char_boundary(at + 8)]);
        if let Some(written) = by_meeting(context, &window, 0).filter(|w| !w.values.is_empty()) {
            out.push(Written { folded: start..(start + written.folded.end).saturating_sub(4), values: written.values });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn groups_of_letters() {
        assert_eq!(letters("(a)(b)(c)"), ["a", "b", "c"]);
        assert_eq!(letters("(a-c)"), ["a", "b", "c"]);
        assert_eq!(letters("(a), (b) and (c)"), ["a", "b", "c"]);
        assert_eq!(letters("(a)-(c)"), ["a", "b", "c"]);
        assert_eq!(letters("(a)(c)"), ["a", "c"]);
        assert_eq!(letters("(pr11)"), ["PR11"]);
    }
}
