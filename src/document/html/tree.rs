//! The open elements of a page.
//!
//! In come start and end tags of block elements; out comes what holds for the words between them: kind of block,
//! place in a table, region of the page. It repairs what tags leave out, and never holds more than 512 elements.

use super::element::{ELEMENTS, Element};
use crate::document::table::Table;
use crate::model::{BlockKind, CellPlace};

/// Browsers stop at this depth too.
const DEEPEST: usize = 512;

/// What holds for words at one place of the page.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// What a block of such words is.
    pub kind: BlockKind,
    /// The table cell they stand in.
    pub cell: Option<CellPlace>,
    /// Depth of the list they stand in.
    pub list: u8,
    /// The region of the page they stand in.
    pub region: u32,
    /// Not for readers.
    pub dropped: bool,
    /// Line feeds are ends of lines.
    pub preformatted: bool,
    /// Inside `main`, `article` or `section`.
    pub in_content: bool,
    /// Inside `article`.
    pub in_article: bool,
    in_head_row: bool,
    /// An open element of this kind may have to be closed for the next.
    paragraph: bool,
    item: bool,
    definition: bool,
}

struct Frame {
    element: Element,
    context: Context,
    bold: u16,
}

/// The stack of open elements.
pub struct Tree {
    frames: Vec<Frame>,
    root: Context,
    open: [u32; ELEMENTS],
    tables: Vec<Table>,
    table_count: usize,
    /// Elements below the deepest level that are open.
    below: usize,
    /// Bold elements that are open.
    pub bold: u16,
}

impl Tree {
    /// No open elements.
    pub fn new() -> Tree {
        let root = Context {
            kind: BlockKind::Paragraph,
            cell: None,
            list: 0,
            region: 0,
            dropped: false,
            preformatted: false,
            in_content: false,
            in_article: false,
            in_head_row: false,
            paragraph: false,
            item: false,
            definition: false,
        };
        Tree { frames: Vec::new(), root, open: [0; ELEMENTS], tables: Vec::new(), table_count: 0, below: 0, bold: 0 }
    }

    /// What holds for the next words.
    pub fn context(&self) -> &Context {
        self.frames.last().map_or(&self.root, |f| &f.context)
    }

    /// Number of tables so far.
    pub fn table_count(&self) -> usize {
        self.table_count
    }

    /// Closes what a start tag of `element` closes without saying so.
    pub fn close_for(&mut self, element: Element, words_open: bool) {
        if self.below > 0 {
            return;
        }
        // A page goes on where a list of choices or a drawing was not ended.
        while self.frames.last().is_some_and(|f| f.element.is_dropped() && f.element != Element::Template) {
            self.pop();
        }
        let context = *self.context();
        if context.dropped {
            return;
        }
        if context.paragraph && element.ends_paragraph() {
            self.close_within(Element::P, |e| e.is_table_part());
        }
        let list = |e: Element| matches!(e, Element::List | Element::Dl | Element::Table) || e.is_table_part();
        match element {
            Element::Li if context.item => self.close_within(Element::Li, list),
            Element::Dt | Element::Dd if context.definition => {
                self.close_within(Element::Dt, list);
                self.close_within(Element::Dd, list);
            }
            Element::Td | Element::Th => self.close_to(&[Element::Tr, Element::Tbody, Element::Thead]),
            Element::Tr => self.close_to(&[Element::Tbody, Element::Thead]),
            Element::Tbody | Element::Thead | Element::Caption => self.close_to(&[]),
            _ => {}
        }
        let ends_heading = element.heading().is_some()
            || matches!(element, Element::List | Element::Dl | Element::Table | Element::Section)
            || (element == Element::P && words_open);
        if ends_heading && matches!(self.context().kind, BlockKind::Heading(_)) {
            let heading = self.frames.iter().rposition(|f| f.element.heading().is_some() || f.element.is_table_part());
            if let Some(at) = heading.filter(|at| self.frames[*at].element.heading().is_some()) {
                self.truncate(at);
            }
        }
    }

    /// Closes everything inside the nearest table but the innermost of `kept`.
    fn close_to(&mut self, kept: &[Element]) {
        if self.open[Element::Table as usize] > 0 {
            let at = self.frames.iter().rposition(|f| f.element == Element::Table || kept.contains(&f.element));
            self.truncate(at.map_or(0, |at| at + 1));
        }
    }

    /// Closes the innermost `element` unless a `fence` stands before it.
    fn close_within(&mut self, element: Element, fence: impl Fn(Element) -> bool) {
        for at in (0..self.frames.len()).rev() {
            let open = self.frames[at].element;
            if open == element {
                self.truncate(at);
                return;
            }
            if fence(open) {
                return;
            }
        }
    }

    /// Opens an element with a region of its own or that of its parent. `heading` makes its words a heading.
    pub fn push(&mut self, element: Element, region: u32, heading: Option<u8>, spans: (u16, u16)) {
        if self.frames.len() >= DEEPEST {
            self.below += usize::from(!element.closes_by_itself());
            return;
        }
        let mut context = *self.context();
        context.region = region;
        self.adapt(element, &mut context, spans);
        if let Some(level) = heading {
            context.kind = BlockKind::Heading(level);
        }
        self.open[element as usize] += 1;
        self.frames.push(Frame { element, context, bold: self.bold });
    }

    fn adapt(&mut self, element: Element, context: &mut Context, (rows, columns): (u16, u16)) {
        match element {
            Element::P => {
                context.paragraph = true;
                if context.kind == BlockKind::Cell {
                    context.kind = BlockKind::Paragraph;
                }
            }
            Element::Pre => context.preformatted = true,
            Element::List => (context.list, context.item) = (context.list.saturating_add(1), false),
            Element::Li => {
                context.item = true;
                context.list = context.list.max(1);
                context.kind = BlockKind::Item(context.list);
            }
            Element::Dl => context.definition = false,
            Element::Dt => (context.kind, context.definition) = (BlockKind::Term, true),
            Element::Dd => (context.kind, context.definition) = (BlockKind::Definition, true),
            Element::Main | Element::Section => context.in_content = true,
            Element::Article => (context.in_content, context.in_article) = (true, true),
            Element::Table => {
                self.tables.push(Table::new(self.table_count));
                self.table_count += 1;
                (context.kind, context.cell, context.in_head_row) = (BlockKind::Paragraph, None, false);
                (context.list, context.item, context.definition, context.paragraph) = (0, false, false, false);
            }
            Element::Thead => context.in_head_row = true,
            Element::Tr => {
                if let Some(table) = self.tables.last_mut() {
                    table.next_row();
                }
            }
            Element::Td | Element::Th => {
                if let Some(table) = self.tables.last_mut() {
                    let header = element == Element::Th || context.in_head_row;
                    context.cell = Some(table.next_cell(rows, columns, header));
                    context.kind = BlockKind::Cell;
                }
            }
            _ if element.is_dropped() => context.dropped = true,
            _ => {}
        }
    }

    /// Whether the words here belong to a template: its tags break no lines.
    pub fn in_template(&self) -> bool {
        self.context().dropped && self.open[Element::Template as usize] > 0
    }

    /// Whether an end tag of `element` would close anything.
    pub fn is_open(&self, element: Element) -> bool {
        self.below > 0 || self.open[element as usize] > 0 || element.heading().is_some()
    }

    /// Closes the innermost `element`, with all that was left open inside it. An end tag without a start does nothing.
    pub fn close(&mut self, element: Element) {
        if self.below > 0 {
            self.below -= usize::from(!element.closes_by_itself());
            return;
        }
        if element.heading().is_some() {
            let found = self.frames.iter().rposition(|f| f.element.heading().is_some() || f.element.is_table_part());
            if let Some(at) = found.filter(|at| self.frames[*at].element.heading().is_some()) {
                self.truncate(at);
            }
            return;
        }
        if self.open[element as usize] == 0 {
            return;
        }
        match element {
            Element::Table => self.close_within(element, |_| false),
            Element::Li => {
                self.close_within(element, |e| e == Element::List || e == Element::Table || e.is_table_part())
            }
            _ if element.is_table_part() => self.close_within(element, |e| e == Element::Table),
            _ => self.close_within(element, |e| matches!(e, Element::Table | Element::Template) || e.is_table_part()),
        }
    }

    fn truncate(&mut self, length: usize) {
        while self.frames.len() > length {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.open[frame.element as usize] -= 1;
        // Bold that was not ended inside a block ends with it.
        self.bold = self.bold.min(frame.bold);
        if frame.element == Element::Table {
            self.tables.pop();
        }
    }
}
