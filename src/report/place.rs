//! Where a finding is shown in reports that know files, lines and columns.
//!
//! In comes a finding; out comes its first place. A finding that something is not there has none: it is shown at the top of
//! the document. Paths are told as from the folder that the program was run in, because that is what services which show a
//! repository's files can follow.

use super::Run;
use crate::model::Span;
use crate::pipeline::{Analysis, Part};
use crate::rules::Finding;
use std::borrow::Cow;

/// A stretch of a document, its lines and columns from 1.
pub(super) struct Region<'a> {
    /// The document.
    pub part: &'a Part,
    /// First line; 1 where the format has none.
    pub line: u32,
    /// First column, in characters.
    pub column: u32,
    /// Line of the last character.
    pub end_line: u32,
    /// Column behind the last character.
    pub end_column: u32,
    /// The words that stand there; none where the finding is that something is not there.
    pub quote: Option<&'a str>,
    /// Where it is, in words, in a format that has no lines: `page 3`.
    pub within: Option<String>,
}

impl<'a> Region<'a> {
    /// The first place of a finding.
    pub fn of(a: &'a Analysis, finding: &Finding) -> Region<'a> {
        match finding.evidence.first() {
            Some(span) => Region::at(a, *span),
            None => Region::top(&a.parts[0]),
        }
    }

    /// The place of a span.
    pub fn at(a: &'a Analysis, span: Span) -> Region<'a> {
        let place = a.place(span.start);
        let region = Region { quote: Some(a.text.quote(span)), ..Region::top(place.part) };
        match (place.line, place.column, a.end(span)) {
            (Some(line), Some(column), Some((end_line, end_column))) => {
                Region { line, column, end_line, end_column, ..region }
            }
            _ => Region { within: Some(place.within()), ..region },
        }
    }

    /// The top of a document.
    fn top(part: &'a Part) -> Region<'a> {
        Region { part, line: 1, column: 1, end_line: 1, end_column: 1, quote: None, within: None }
    }
}

/// What a finding says, with its place in words where lines cannot tell it, and how many places it has beside its first.
pub(super) fn message(a: &Analysis, finding: &Finding) -> String {
    let within = Region::of(a, finding).within.map(|place| format!(" (on {place})")).unwrap_or_default();
    let more = match finding.evidence.len().saturating_sub(1) {
        0 => String::new(),
        n => format!(" (and {})", super::counted(n, "more place")),
    };
    format!("{}{within}{more}", finding.message)
}

impl Run {
    /// A path as from the folder that the program was run in, with forward slashes.
    pub(super) fn path<'a>(&self, source: &'a str) -> Cow<'a, str> {
        let below = source.strip_prefix(self.folder.as_str()).and_then(|rest| rest.strip_prefix(['/', '\\']));
        let mut path = below.filter(|_| !self.folder.is_empty()).unwrap_or(source);
        while let Some(rest) = path.strip_prefix("./") {
            path = rest.trim_start_matches('/');
        }
        if cfg!(windows) { Cow::Owned(path.replace('\\', "/")) } else { Cow::Borrowed(path) }
    }

    /// Every finding with its notice and the headings above it, the gravest first, in the order of the notices.
    pub(super) fn gravest_first(&self) -> Vec<(&Analysis, &Finding, &[String])> {
        let mut all: Vec<(&Analysis, &Finding, &[String])> = Vec::new();
        for a in &self.analyses {
            all.extend(a.findings.iter().zip(&a.finding_sections).map(|(f, section)| (a, f, section.as_slice())));
        }
        all.sort_by_key(|(_, finding, _)| std::cmp::Reverse(finding.severity));
        all
    }
}
