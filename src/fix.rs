//! Certain cures as edits of a source.
//!
//! In comes an analysis with the cures that its rules are certain of; out come edits of the documents it was read from, and
//! documents with these edits made. Words that do not stand in the source as they are read, because markup or entities cut
//! through them, are left alone, and so is every cure that would make something else wrong. Nothing here writes a file.

use crate::document::rewrite;
use crate::model::Span;
use crate::pipeline::Analysis;
use crate::rules::{Cure, Finding};
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes of the source before or behind words in which their link's address is looked for.
const LINK_WITHIN: usize = 2000;

/// Words of a document's source and what takes their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The document, by its number among the parts of the analysis.
    pub part: usize,
    /// The bytes of the analysis's source that are replaced; empty where something is put in.
    pub source: Range<usize>,
    /// What takes their place.
    pub words: String,
}

/// The edits that cure a finding, in the order of the source; empty where nothing is certain.
pub fn edits(analysis: &Analysis, finding: &Finding) -> Vec<Edit> {
    let mut all: Vec<Edit> = finding.cures.iter().filter_map(|cure| of_cure(analysis, cure)).flatten().collect();
    all.sort_by_key(|e| (e.source.start, e.source.end));
    all.dedup();
    all
}

/// The edits of one cure: of its words, and of the address of the link that they carry. None where they cannot be made.
fn of_cure(analysis: &Analysis, cure: &Cure) -> Option<Vec<Edit>> {
    let number = analysis.parts.partition_point(|p| p.start <= cure.span.start).checked_sub(1)?;
    let media_type = analysis.parts[number].media_type;
    if !matches!(media_type, "text/plain" | "text/html" | "text/markdown") || cure.words.contains(['<', '>', '&', '\n'])
    {
        return None;
    }
    let (span, words) = narrowed(analysis.text.quote(cure.span), cure);
    let place = place_of(analysis, span)?;
    let mut out = vec![Edit { part: number, source: place.clone(), words }];
    if let Some((old, new)) = &cure.link {
        let source = link_of(&analysis.text.origin.source, &place, old, media_type == "text/html")?;
        out.push(Edit { part: number, source, words: new.clone() });
    }
    Some(out)
}

/// A cure without the words at its beginning and end that stay as they are.
fn narrowed(old: &str, cure: &Cure) -> (Span, String) {
    let new = cure.words.as_str();
    let parts = |words: &str, at: usize| {
        words.is_char_boundary(at)
            && !(words[..at].ends_with(char::is_alphanumeric) && words[at..].starts_with(char::is_alphanumeric))
    };
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let head = (0..=same).rev().find(|at| parts(old, *at) && parts(new, *at)).unwrap_or(0);
    let rest = old.bytes().skip(head).rev().zip(new.bytes().skip(head).rev());
    let same = rest.take_while(|(a, b)| a == b).count();
    let ends = |n: &usize| parts(old, old.len() - n) && parts(new, new.len() - n);
    let tail = (0..=same).rev().find(ends).unwrap_or(0);
    let span = Span { start: cure.span.start + head as u32, end: cure.span.end - tail as u32 };
    (span, new[head..new.len() - tail].to_owned())
}

/// Where words stand in the source, if they stand there as they are read, but for the white space between them.
fn place_of(analysis: &Analysis, span: Span) -> Option<Range<usize>> {
    let origin = &analysis.text.origin;
    if span.is_empty() {
        // Something is put in: behind the character before it, which must be itself.
        let before = span.start.checked_sub(1)?;
        let at = origin.source_byte(before);
        let same = origin.source.as_bytes().get(at) == analysis.text.body.as_bytes().get(before as usize);
        return (same && analysis.text.body.as_bytes()[before as usize].is_ascii_alphanumeric())
            .then_some(at + 1..at + 1);
    }
    let range = origin.source_range(span);
    let written = origin.source.get(range.clone())?;
    let read = analysis.text.quote(span);
    let alike = written == read || written.split_whitespace().eq(read.split(' '));
    alike.then_some(range)
}

/// Where the address of the link stands that carries the words at `place`: in the tag before them, or, in Markdown, behind
/// them.
fn link_of(source: &str, place: &Range<usize>, old: &str, html: bool) -> Option<Range<usize>> {
    let from = source.ceil_char_boundary(place.start.saturating_sub(LINK_WITHIN));
    let to = source.floor_char_boundary(place.end.saturating_add(LINK_WITHIN));
    let tag = || {
        let start = from + source[from..place.start].rfind("<a")?;
        Some(start..start + source[start..place.start].find('>')?)
    };
    let behind = || {
        let start = place.end + source[place.end..to].find("](").filter(|_| !html)?;
        Some(start..start + source[start..to].find(')')?)
    };
    [tag(), behind()].into_iter().flatten().find_map(|window| {
        let inner = &source[window.clone()];
        let at = inner.find(old).filter(|at| !inner[at + old.len()..].contains(old))?;
        Some(window.start + at..window.start + at + old.len())
    })
}

/// A document with certain cures made.
pub struct Cured {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many cures were made.
    pub made: usize,
}

/// Makes the cures of a document: those that leave no new finding and take theirs away, which `judge` tells of the bytes that
/// come of them. None where there is nothing certain to do; the error says why the bytes cannot be edited.
///
/// # Errors
/// Where the encoding of the document does not allow for it.
pub fn cure(
    analysis: &Analysis,
    bytes: &[u8],
    judge: impl Fn(&[u8]) -> Option<Analysis>,
) -> Result<Option<Cured>, String> {
    let [part] = &analysis.parts[..] else { return Ok(None) };
    let mut groups: Vec<(Kind<'_>, Vec<Edit>)> = Vec::new();
    for finding in &analysis.findings {
        for cure in &finding.cures {
            if let Some(edits) = of_cure(analysis, cure) {
                groups.push((kind(finding), edits));
            }
        }
    }
    let before = counts(analysis);
    let attempt = |chosen: &[&(Kind<'_>, Vec<Edit>)]| -> Result<Option<Cured>, String> {
        let mut edits: Vec<&Edit> = chosen.iter().flat_map(|(_, edits)| edits).collect();
        edits.sort_by_key(|e| (e.source.start, e.source.end));
        edits.dedup();
        if edits.windows(2).any(|pair| pair[0].source.end > pair[1].source.start) {
            return Ok(None);
        }
        let plain: Vec<(Range<usize>, &str)> = edits.iter().map(|e| (e.source.clone(), e.words.as_str())).collect();
        let bytes = rewrite(bytes, part.media_type, &plain)?;
        let kept = judge(&bytes).is_some_and(|after| better(&before, &counts(&after), chosen));
        Ok(kept.then_some(Cured { bytes, made: chosen.len() }))
    };
    let all: Vec<&(Kind<'_>, Vec<Edit>)> = groups.iter().collect();
    if all.is_empty() {
        return Ok(None);
    }
    if let Some(cured) = attempt(&all)? {
        return Ok(Some(cured));
    }
    // One of them makes something else wrong: the others are made without it.
    let (mut chosen, mut best) = (Vec::new(), None);
    for group in &groups {
        chosen.push(group);
        match attempt(&chosen)? {
            Some(cured) => best = Some(cured),
            None => drop(chosen.pop()),
        }
    }
    Ok(best)
}

/// What makes two findings of one kind: rule and subject.
type Kind<'a> = (&'static str, Option<&'a str>);

fn kind(finding: &Finding) -> Kind<'_> {
    (finding.rule.id, finding.subject.as_deref())
}

/// How many places there are of each kind of finding.
fn counts(analysis: &Analysis) -> BTreeMap<Kind<'_>, usize> {
    let mut out = BTreeMap::new();
    for finding in &analysis.findings {
        *out.entry(kind(finding)).or_default() += finding.evidence.len().max(1);
    }
    out
}

/// Whether no kind of finding has more places than before, and those cured have fewer by as many as were cured.
fn better(
    before: &BTreeMap<Kind<'_>, usize>,
    after: &BTreeMap<Kind<'_>, usize>,
    chosen: &[&(Kind<'_>, Vec<Edit>)],
) -> bool {
    let of = |counts: &BTreeMap<Kind<'_>, usize>, kind: &Kind<'_>| counts.get(kind).copied().unwrap_or(0);
    after.iter().all(|(kind, n)| {
        let cured = chosen.iter().filter(|(k, _)| k == kind).count();
        n + cured <= of(before, kind)
    })
}
