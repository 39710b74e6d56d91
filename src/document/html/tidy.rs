//! What can only be told once the whole page was read.
//!
//! In come the blocks of a text with their marks; out come the same blocks with their kinds, header cells and furniture
//! settled. It never changes a word.

use super::furniture::{Mark, Regions, count_words};
use crate::model::{Block, BlockKind, Text};

/// Longer bold paragraphs are emphasis.
const LONGEST_BOLD_HEADING: u32 = 12;

/// Settles the blocks of a text.
pub fn finish(text: &mut Text, marks: &[Mark], regions: Regions, tables: usize) {
    for (block, mark) in text.blocks.iter_mut().zip(marks) {
        if is_bold_heading(&text.body[block.span.range()], block, *mark) {
            block.kind = BlockKind::Heading(6);
        }
    }
    if tables > 0 {
        mark_headers(&mut text.blocks, marks, tables);
    }
    regions.judge(&mut text.blocks, &text.body, marks);
    for (block, mark) in text.blocks.iter_mut().zip(marks) {
        block.furniture |= is_skip_link(&text.body[block.span.range()], *mark);
    }
}

/// Links past the menu, for readers with a keyboard, often bear no class.
fn is_skip_link(words: &str, mark: Mark) -> bool {
    words.starts_with("Skip to ") && mark.link_bytes as usize == words.len() && count_words(words) <= 6
}

fn is_bold_heading(words: &str, block: &Block, mark: Mark) -> bool {
    mark.bold
        && !mark.line
        && block.kind == BlockKind::Paragraph
        && block.cell.is_none()
        && !words.ends_with(['.', ',', ';'])
        && count_words(words) <= LONGEST_BOLD_HEADING
}

/// What is bold in a table.
#[derive(Clone, Copy)]
struct Shape {
    rows: u16,
    first_row_bold: bool,
    first_column_bold: bool,
    rest_bold: bool,
}

/// A first row, or a first column, that is bold throughout heads the rest of its table.
fn mark_headers(blocks: &mut [Block], marks: &[Mark], tables: usize) {
    let mut shapes = vec![Shape { rows: 1, first_row_bold: true, first_column_bold: true, rest_bold: true }; tables];
    for (block, mark) in blocks.iter().zip(marks) {
        let Some((cell, shape)) = block.cell.and_then(|c| shapes.get_mut(usize::from(c.table)).map(|s| (c, s))) else {
            continue;
        };
        let bold = mark.bold || cell.header;
        shape.rows = shape.rows.max(cell.row.saturating_add(1));
        if cell.row == 0 {
            shape.first_row_bold &= bold;
        } else if cell.column == 0 {
            shape.first_column_bold &= bold;
        } else {
            shape.rest_bold &= bold;
        }
    }
    for block in blocks {
        let Some(cell) = &mut block.cell else { continue };
        let Some(shape) = shapes.get(usize::from(cell.table)) else { continue };
        if shape.rows < 2 || shape.rest_bold && shape.first_column_bold {
            continue;
        }
        cell.header |= (shape.first_row_bold && cell.row == 0)
            || (shape.first_column_bold && !shape.rest_bold && cell.column == 0 && cell.row > 0);
    }
}
