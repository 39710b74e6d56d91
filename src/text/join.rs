//! Several texts become one: for a notice published as several pages.
//!
//! In come texts in order; out comes one text whose every byte still knows its place. Its source is the sources one after
//! the other, each from a line of its own on, so that a line of a part is a line of the whole less a constant.

use crate::model::{Origin, Reading, Span, Text};

/// Where one of the joined texts begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seam {
    /// Its first byte in the joined body.
    pub start: u32,
    /// The line of the joined source that is its first.
    pub first_line: u32,
}

/// Joins texts; each gets the seam at its place. Problems keep the lines of their own source.
pub fn join(texts: Vec<Text>) -> (Text, Vec<Seam>) {
    let mut all = Text::default();
    let (mut source, mut runs, mut pages, mut seams) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut line, mut table) = (1, 0);
    for text in texts {
        let (body_at, source_at) = (all.body.len() as u32, source.len() as u32);
        let moved = |span: Span| Span { start: span.start + body_at, end: span.end + body_at };
        seams.push(Seam { start: body_at, first_line: line });
        source.push_str(&text.origin.source);
        if !source.ends_with('\n') {
            source.push('\n');
        }
        line += source[source_at as usize..].bytes().filter(|b| *b == b'\n').count() as u32;
        runs.extend(text.origin.runs.iter().map(|(body, from)| (body + body_at, from + source_at)));
        pages.push((source_at, None));
        pages.extend(text.origin.pages.iter().map(|(start, page)| (start + source_at, *page)));
        let tables = text.blocks.iter().filter_map(|b| b.cell).map(|c| c.table.saturating_add(1)).max().unwrap_or(0);
        all.blocks.extend(text.blocks.into_iter().map(|mut block| {
            block.span = moved(block.span);
            // Rows of two documents are never rows of one table.
            block.cell = block.cell.map(|mut cell| {
                cell.table = cell.table.saturating_add(table);
                cell
            });
            block
        }));
        table = table.saturating_add(tables);
        all.links.extend(text.links.into_iter().map(|mut link| {
            link.span = moved(link.span);
            link
        }));
        all.cloaked.extend(text.cloaked.into_iter().map(moved));
        all.body.push_str(&text.body);
        all.title = all.title.or(text.title);
        all.language = all.language.or(text.language);
        if let Reading::Part(problems) = text.reading {
            problems.into_iter().for_each(|p| all.add_problem(p));
        }
    }
    all.origin = Origin::new(source, runs);
    all.origin.pages = pages;
    (all, seams)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextBuilder;

    fn text(source: &str) -> Text {
        let mut builder = TextBuilder::new(16);
        builder.push_str(source, 0);
        builder.finish(source.to_owned())
    }

    #[test]
    fn a_joined_text_keeps_the_place_of_every_part() {
        let (all, seams) = join(vec![text("One\n two"), text("\nThree  four\n")]);
        assert_eq!(all.body, "One two\nThree four\n");
        assert_eq!(seams, [Seam { start: 0, first_line: 1 }, Seam { start: 8, first_line: 3 }]);
        // "four": the second line of the second source, the fourth of the joined one.
        assert_eq!(all.origin.line_column(14), (4, 8));
        assert_eq!(all.blocks[1].span, Span { start: 8, end: 18 });
    }
}
