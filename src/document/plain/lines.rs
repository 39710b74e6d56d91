//! What a line of plain text is: a heading with a number, a list item, a row of cells, two lines run together.
//!
//! In come lines; out come lengths and ranges of their bytes. It never looks at what the words mean.

use crate::model::BlockKind;

/// The lines that are numbered headings: short, capitalised, and followed by something else than the next number.
pub fn chapters(source: &str) -> Vec<usize> {
    let lines: Vec<(usize, &str)> = source.lines().map(str::trim).enumerate().filter(|(_, l)| !l.is_empty()).collect();
    let mut out = Vec::new();
    for (at, (number, line)) in lines.iter().enumerate() {
        let Some((value, title)) = numbered(line) else { continue };
        let titled = title.starts_with(char::is_uppercase)
            && title.split(' ').count() <= if title.ends_with('?') { 25 } else { 10 }
            && !title.ends_with(['.', ';', ',']);
        let next = lines.get(at + 1).map(|(_, l)| *l);
        let listed = next.and_then(numbered).is_some_and(|(n, _)| n == value + 1) || next.is_none();
        if titled && !listed {
            out.push(*number);
        }
    }
    out
}

/// The number and words of a line that starts with "7." or "7)".
fn numbered(line: &str) -> Option<(u32, &str)> {
    let (label, rest) = line.split_once(' ')?;
    let digits = label.strip_suffix(['.', ')'])?;
    let value = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some((value, rest.trim_start()))
}

/// The width at which a document's lines are wrapped: the usual length of the many that go on in the middle of a
/// sentence.
pub fn wrap_width(source: &str) -> Option<usize> {
    let mut broken: Vec<usize> = Vec::new();
    let mut lines = 0usize;
    let mut previous: Option<&str> = None;
    for line in source.lines().map(str::trim) {
        if let Some(before) = previous.filter(|p| p.len() >= 60) {
            lines += 1;
            let ends = before.ends_with(['.', '!', '?', ':', ';']);
            if !ends && line.starts_with(|c: char| c.is_lowercase()) {
                broken.push(before.chars().count());
            }
        }
        previous = (!line.is_empty()).then_some(line);
    }
    broken.sort_unstable();
    let width = broken.get(broken.len() / 2).copied()?;
    (lines >= 8 && broken.len() * 6 >= lines && (50..=160).contains(&width)).then_some(width)
}

/// Bytes of a bullet or list number at the start of a line, the space behind it included.
pub fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let gap = rest.len() - rest.trim_start().len();
    let symbol = matches!(
        first,
        '•' | '·' | '◦' | '▪' | '●' | '○' | '■' | '□' | '➢' | '✓' | '*' | '‣' | '∙' | '\u{e000}'..='\u{f8ff}'
    );
    if symbol && !rest.trim().is_empty() {
        return Some(first.len_utf8() + gap);
    }
    if matches!(first, '-' | '–' | '—' | 'o') && gap > 0 && !rest.trim().is_empty() {
        return Some(first.len_utf8() + gap);
    }
    let label = line.split(' ').next()?;
    // "5.1.2 to obtain a copy": a numbered item goes on in small letters, a numbered paragraph does not.
    let numbers = label
        .trim_end_matches('.')
        .split('.')
        .filter(|n| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()))
        .count();
    if numbers >= 2
        && numbers == label.trim_end_matches('.').split('.').count()
        && line[label.len()..].trim_start().starts_with(char::is_lowercase)
    {
        return Some(line.len() - line[label.len()..].trim_start().len());
    }
    let inner = label.trim_start_matches('(').trim_end_matches(['.', ')']);
    let marked = label.len() > inner.len() && (label.ends_with(')') || label.ends_with('.'));
    let short = inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit())
        || inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase())
        || matches!(inner, "ii" | "iii" | "iv" | "vi");
    let behind = &line[label.len()..];
    (marked && short && !behind.trim().is_empty()).then(|| label.len() + behind.len() - behind.trim_start().len())
}

/// A cell of a row: its column, and its bytes in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// From 0.
    pub column: u16,
    /// Its first byte.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
}

/// Whether a line only rules a row off from the next: "---|:--|---", "+-----+-----+".
pub fn is_rule(line: &str) -> bool {
    (line.contains("--") || line.contains("=="))
        && line.contains(['|', '+'])
        && line.bytes().all(|b| matches!(b, b'-' | b'=' | b':' | b' ' | b'|' | b'+'))
}

/// The cells of a tab- or pipe-separated row; `None` where the line is no row. Between pipes an empty cell counts, so
/// that what follows keeps its column; tabs may only be there to align.
pub fn cells(line: &str) -> Option<Vec<Cell>> {
    let trimmed = line.trim();
    let separator = if trimmed.contains('\t') {
        '\t'
    } else if line.matches(" | ").count() >= 1 || trimmed.starts_with('|') && line.matches('|').count() >= 3 {
        '|'
    } else {
        return None;
    };
    let mut out: Vec<Cell> = Vec::new();
    let mut at = 0;
    let mut column = 0u16;
    for piece in line.split(separator) {
        let from = at + piece.len() - piece.trim_start().len();
        let to = at + piece.trim_end().len();
        let full = from < to && !piece.trim().bytes().all(|b| matches!(b, b'-' | b':' | b' '));
        if full {
            out.push(Cell { column, from, to });
        }
        let leads = at == 0 && trimmed.starts_with('|');
        if full || separator == '|' && !leads {
            column = column.saturating_add(1);
        }
        at += piece.len() + separator.len_utf8();
    }
    // A bullet with a tab behind it is an item, not a row.
    let first = out.first().map_or("", |c| &line[c.from..c.to]);
    let bullet_row = out.len() == 2
        && (first.chars().count() <= 2
            || first.len() <= 5 && first.trim_end_matches(['.', ')']).bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    (out.len() >= 2 && !bullet_row).then_some(out)
}

/// The first wide gap or bullet at which a line is really two: the end of the left part, the start of the right part, and
/// what the right part is.
pub fn gap(line: &str) -> Option<(usize, usize, BlockKind)> {
    let mut run: Option<usize> = None;
    let mut width = 0;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            run.get_or_insert(at);
            width += 1;
            continue;
        }
        if let Some(start) = run.take() {
            if matches!(c, '•' | '·' | '▪' | '●' | '\u{f0b7}')
                && line[at + c.len_utf8()..].starts_with(char::is_whitespace)
            {
                let rest = &line[at + c.len_utf8()..];
                return Some((start, line.len() - rest.trim_start().len(), BlockKind::Item(1)));
            }
            if width < 3 {
                width = 0;
                continue;
            }
            let left = line[..start].trim_end();
            let opens = c.is_uppercase() || c.is_ascii_digit() || matches!(c, '•' | '·');
            let label = left.split_whitespace().take(13).count() <= 12
                && left.starts_with(|c: char| c.is_uppercase())
                && !left.contains(['.', '!', '?']);
            if opens && !left.is_empty() && (label || left.ends_with(['.', '!', '?', ':'])) {
                return Some((start, at, BlockKind::Paragraph));
            }
        }
        width = 0;
    }
    None
}
