//! What can only be told once the whole page was read.
//!
//! In come the blocks of a text with their marks; out come the same blocks with their kinds, header cells and furniture
//! settled. It never changes a word.

use super::furniture::{Mark, Regions, count_words};
use crate::document::table::Headers;
use crate::document::typography::reads_as_heading;
use crate::model::{Block, BlockKind, Text};

/// Settles the blocks of a text.
pub fn finish(text: &mut Text, marks: &[Mark], regions: Regions, tables: usize) {
    for (block, mark) in text.blocks.iter_mut().zip(marks) {
        if is_bold_heading(&text.body[block.span.range()], block, *mark) {
            block.kind = BlockKind::Heading(6);
        }
    }
    if tables > 0 {
        let cells = text.blocks.iter().zip(marks).filter_map(|(block, mark)| Some((block.cell?, mark.bold)));
        let headers = Headers::of(cells, tables);
        text.blocks.iter_mut().filter_map(|b| b.cell.as_mut()).for_each(|cell| headers.mark(cell));
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
    mark.bold && !mark.line && block.kind == BlockKind::Paragraph && block.cell.is_none() && reads_as_heading(words)
}
