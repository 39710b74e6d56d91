//! Claims as CSV (RFC 4180) for spreadsheets: a row per claim.
//!
//! A spreadsheet computes a cell that starts like a formula, and a notice is anybody's text: such cells get an apostrophe.

use super::{Format, Look, Run, terminal};
use std::borrow::Cow;

pub(super) const FORMAT: Format<Run> =
    Format { name: "csv", about: "a row per claim for spreadsheets (RFC 4180)", render };

const COLUMNS: [&str; 12] =
    ["source", "kind", "value", "purpose", "section", "quote", "line", "column", "page", "start", "end", "attrs"];

fn render(run: &Run, _: &Look) -> String {
    let mut out = COLUMNS.join(",") + "\r\n";
    for a in &run.analyses {
        for (claim, section) in a.claims.iter().zip(&a.sections) {
            let place = a.place(claim.evidence.start);
            let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
            let attrs = if claim.attrs.is_empty() {
                String::new()
            } else {
                serde_json::to_string(&claim.attrs).unwrap_or_default()
            };
            let row = [
                &place.part.source,
                claim.kind.name(),
                &claim.value,
                claim.purpose.as_deref().unwrap_or(""),
                &section.join(" > "),
                a.text.quote(claim.evidence),
                &number(place.line),
                &number(place.column),
                &number(place.page),
                &claim.evidence.start.to_string(),
                &claim.evidence.end.to_string(),
                &attrs,
            ];
            out.push_str(&row.map(cell).join(","));
            out.push_str("\r\n");
        }
    }
    out
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
