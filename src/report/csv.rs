//! Claims as CSV (RFC 4180) for spreadsheets: a row per claim.
//!
//! A spreadsheet computes a cell that starts like a formula, and a notice is anybody's text: such cells get an apostrophe.

use super::{Format, Look, Run, terminal};
use crate::model::Claim;
use crate::pipeline::Analysis;
use std::borrow::Cow;

pub(super) const FORMAT: Format<Run> =
    Format { name: "csv", about: "a row per claim for spreadsheets (RFC 4180)", render };

pub(super) const COLUMNS: [&str; 12] =
    ["source", "kind", "value", "purpose", "section", "quote", "line", "column", "page", "start", "end", "attrs"];

fn render(run: &Run, _: &Look) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for a in &run.analyses {
        for (claim, section) in a.claims.iter().zip(&a.sections) {
            row(&mut out, &claim_cells(a, claim, section));
        }
    }
    out
}

/// What a claim says in each of the [`COLUMNS`].
pub(super) fn claim_cells<'a>(a: &'a Analysis, claim: &'a Claim, section: &[String]) -> [Cow<'a, str>; 12] {
    let place = a.place(claim.evidence.start);
    let attrs =
        if claim.attrs.is_empty() { String::new() } else { serde_json::to_string(&claim.attrs).unwrap_or_default() };
    [
        place.part.source.as_str().into(),
        claim.kind.name().into(),
        claim.value.as_str().into(),
        claim.purpose.as_deref().unwrap_or("").into(),
        section.join(" > ").into(),
        a.text.quote(claim.evidence).into(),
        number(place.line).into(),
        number(place.column).into(),
        number(place.page).into(),
        claim.evidence.start.to_string().into(),
        claim.evidence.end.to_string().into(),
        attrs.into(),
    ]
}

/// A number; nothing where the document has none such.
pub(super) fn number(n: Option<u32>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

/// Appends a row, its cells quoted and made harmless.
pub(super) fn row(out: &mut String, cells: &[impl AsRef<str>]) {
    for (at, words) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&cell(words.as_ref()));
    }
    out.push_str("\r\n");
}

fn cell(words: &str) -> Cow<'_, str> {
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let words = terminal::clean_lines(words);
    let words = if formula { Cow::Owned(format!("'{words}")) } else { words };
    if words.contains([',', '"', '\n']) { Cow::Owned(format!("\"{}\"", words.replace('"', "\"\""))) } else { words }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("@SUM"), "'@SUM");
        assert_eq!(cell("\tx"), "'␉x");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }
}
