//! The passage around a finding's words, and where it stands; for a finding with two sides, both.
//!
//! In comes a span of an analysis; out come the words with those before and after them, their line or page, and which
//! document in which state they stand in. Nothing is searched for: the span tells all.

use super::{Found, Report};
use crate::model::{RegisterRow, Span};
use crate::pipeline::{Analysis, Place};
use crate::rules::corpus::Counterpart;

/// Bytes shown before and after the words.
const AROUND: usize = 220;

/// Longest words shown of one place.
const LONGEST: usize = 600;

/// Words with those around them.
pub(super) struct Passage<'a> {
    pub at: Place<'a>,
    /// Words before, from the start of their block or cut with an ellipsis.
    pub before: String,
    pub quote: String,
    pub after: String,
}

/// What a finding was compared with.
pub(super) enum Side<'a> {
    /// Words of another document, by its number.
    Document(usize, Vec<Passage<'a>>),
    /// A row of an official register.
    Register(&'a RegisterRow),
}

/// The other sides of a finding.
pub(super) fn sides<'r>(report: &'r Report<'_>, found: &Found<'r>) -> Vec<Side<'r>> {
    let of = |counterpart: &'r Counterpart| match counterpart {
        Counterpart::Document { document, evidence } => {
            let a = &report.material.run.analyses[*document];
            Side::Document(*document, evidence.iter().map(|span| passage(a, *span)).collect())
        }
        Counterpart::Register(row) => Side::Register(row),
    };
    found.counterparts.iter().map(of).collect()
}

impl Side<'_> {
    /// Where it stands and what it says, on one line.
    pub fn words(&self, report: &Report<'_>) -> String {
        match self {
            Side::Document(number, passages) => {
                let source = &report.material.run.analyses[*number].source;
                let told = |p: &Passage<'_>| format!("{}, {}: “{}”", p.at.part.source, p.at.within(), p.quote);
                if passages.is_empty() {
                    source.clone()
                } else {
                    passages.iter().map(told).collect::<Vec<_>>().join("; ")
                }
            }
            Side::Register(row) => format!("{}: {}", place_of(row), cells(row)),
        }
    }
}

/// Where a row of a register stands.
pub(super) fn place_of(row: &RegisterRow) -> String {
    let sheet = row.sheet.as_ref().map_or(String::new(), |sheet| format!(", sheet {sheet}"));
    let place = row.row.map_or("no row".to_owned(), |number| format!("row {number}"));
    format!("{} as of {}, {}{sheet}, {place}", row.register.to_uppercase(), row.date, row.file)
}

/// What a row of a register says.
fn cells(row: &RegisterRow) -> String {
    row.cells.iter().map(|(column, value)| format!("{column}: {value}")).collect::<Vec<_>>().join("; ")
}

/// The passage around a span.
pub(super) fn passage(a: &Analysis, span: Span) -> Passage<'_> {
    let body = &a.text.body;
    let block = |at: u32| a.text.blocks.get(a.text.block_at(at)).map_or(span, |b| b.span);
    let (first, last) = (block(span.start), block(span.end.saturating_sub(1)));
    let start = first.start.min(span.start) as usize;
    let end = (last.end.max(span.end) as usize).min(body.len());
    Passage {
        at: a.place(span.start),
        before: cut_front(&body[start..span.start as usize]),
        quote: cut_back(a.text.quote(span), LONGEST),
        after: cut_back(&body[span.end as usize..end], AROUND),
    }
}

fn cut_front(words: &str) -> String {
    if words.len() <= AROUND {
        return words.to_owned();
    }
    let from = words.ceil_char_boundary(words.len() - AROUND);
    let kept = &words[from..];
    format!("… {}", kept.find(' ').map_or(kept, |space| &kept[space + 1..]))
}

fn cut_back(words: &str, longest: usize) -> String {
    if words.len() <= longest {
        return words.to_owned();
    }
    let kept = &words[..words.floor_char_boundary(longest)];
    format!("{} …", kept.rfind(' ').map_or(kept, |space| &kept[..space]))
}
