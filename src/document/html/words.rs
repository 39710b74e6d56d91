//! Words of a page become blocks.
//!
//! In come runs of words and breaks, each with what holds for them; out come the blocks of a text. It never knows which
//! elements are open: the tree tells it.

use super::cloak;
use super::element::Element;
use super::furniture::{Mark, Regions};
use super::tree::{Context, Tree};
use crate::document::typography::runs_on;
use crate::model::BlockKind;
use crate::text::TextBuilder;
use std::collections::HashMap;

/// A link over more blocks than this was left open by mistake.
const MOST_LINKED_BLOCKS: u8 = 16;

/// The text of a page that is being read.
pub struct Words {
    /// The text so far.
    pub builder: TextBuilder,
    /// The regions of the page so far.
    pub regions: Regions,
    pub(super) marks: Vec<Mark>,
    pub(super) link: Option<Link>,
    pub(super) link_bytes: usize,
    pub(super) toggle: Option<Element>,
    /// An inline element that is furniture, and its region.
    pub(super) aside: Option<(Element, u32)>,
    pub(super) cloaked: Option<Cloaked>,
    /// Addresses by the id of the element that shows them, and whether they have been put into the text.
    pub(super) cloaks: HashMap<String, (String, bool)>,
    /// The open block holds bold words; it holds others.
    pub(super) bold: bool,
    pub(super) plain: bool,
    /// A line break that may turn out to be a mere space.
    pub(super) break_pending: bool,
    /// The last words are an address that was put there: what follows is not part of it.
    pub(super) after_address: bool,
    /// The open block follows a line break; so did the last one.
    pub(super) after_break: bool,
    pub(super) last_after_break: bool,
}

/// A link whose end was not seen yet.
pub(super) struct Link {
    pub(super) href: String,
    pub(super) start: Option<usize>,
    pub(super) blocks: u8,
}

/// An element whose words stand for an address that only scripts show.
pub(super) struct Cloaked {
    pub(super) element: Element,
    pub(super) depth: usize,
    /// Where in the source it begins.
    pub(super) at: usize,
    /// The address, if it is still to be put after the words; else the words are left out.
    pub(super) address: Option<String>,
}

impl Words {
    /// An empty text of the page `source`.
    pub fn new(source: &str) -> Words {
        Words {
            builder: TextBuilder::new(source.len() / 3),
            regions: Regions::new(),
            marks: Vec::new(),
            link: None,
            link_bytes: 0,
            toggle: None,
            aside: None,
            cloaked: None,
            cloaks: cloak::by_id(source).into_iter().map(|(id, address)| (id, (address, false))).collect(),
            bold: false,
            plain: false,
            break_pending: false,
            after_address: false,
            after_break: false,
            last_after_break: false,
        }
    }

    /// The text, a mark for each of its blocks, and the regions.
    pub fn into_parts(self) -> (TextBuilder, Vec<Mark>, Regions) {
        (self.builder, self.marks, self.regions)
    }

    /// White space at byte `at` of the source.
    pub fn space(&mut self, at: usize) {
        if self.builder.in_block() {
            self.builder.push_char(' ', at);
        }
    }

    /// Words that stand in the source from byte `at` on.
    pub fn push(&mut self, words: &str, at: usize, tree: &Tree) {
        if self.cloaked.as_ref().is_some_and(|c| c.address.is_none()) {
            return;
        }
        let context = tree.context();
        if !context.preformatted {
            self.push_run(words, at, context, tree.bold > 0);
            return;
        }
        let mut start = 0;
        for line in words.split_inclusive('\n') {
            self.push_run(line, at + start, context, tree.bold > 0);
            start += line.len();
            if line.ends_with('\n') {
                self.line_break(context, at + start - 1);
            }
        }
    }

    fn push_run(&mut self, words: &str, at: usize, context: &Context, bold: bool) {
        let trimmed = words.trim_start();
        if trimmed.is_empty() {
            self.space(at);
            return;
        }
        let lead = words.len() - trimmed.len();
        self.settle_break(trimmed, context);
        let glued = std::mem::take(&mut self.after_address) && trimmed.starts_with(char::is_alphanumeric);
        if lead > 0 || glued {
            self.space(at);
        }
        let position = self.builder.position();
        let before = self.builder.open_words().len();
        self.builder.push_str(trimmed, at + lead);
        let grown = self.builder.open_words().len() - before;
        if grown == 0 {
            return;
        }
        self.bold |= bold;
        self.plain |= !bold;
        if let Some(link) = &mut self.link {
            link.start.get_or_insert(position);
            self.link_bytes += grown;
        }
    }

    /// `<br>` at byte `at` of the source: the end of a line, unless words merely run on.
    pub fn line_break(&mut self, context: &Context, at: usize) {
        if context.dropped || self.cloaked.as_ref().is_some_and(|c| c.address.is_none()) {
            return;
        }
        if !self.builder.in_block() {
            // An empty line: what stands before and after it are paragraphs of their own.
            if std::mem::take(&mut self.after_break) {
                self.end_paragraph();
            }
            return;
        }
        let last = self.builder.open_words().chars().next_back();
        if matches!(context.kind, BlockKind::Heading(_)) || self.toggle.is_some() {
            self.space(at);
        } else if self.break_pending {
            self.flush(context);
        } else if last.is_some_and(|c| c.is_lowercase() || c == ',') {
            self.builder.push_char(' ', at);
            self.break_pending = true;
        } else {
            self.end_line(context);
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(mark) = self.marks.last_mut() {
            mark.line = self.last_after_break;
        }
    }

    fn end_line(&mut self, context: &Context) {
        let blocks = self.marks.len();
        self.flush(context);
        if self.marks.len() > blocks {
            if let Some(mark) = self.marks.last_mut() {
                mark.line = true;
            }
            self.after_break = true;
        }
    }

    /// Decides what a pending line break is, now that the words after it are known.
    fn settle_break(&mut self, next: &str, context: &Context) {
        if !std::mem::take(&mut self.break_pending) {
            return;
        }
        if !runs_on(self.builder.open_words(), next) {
            self.end_line(context);
        }
    }

    /// Ends the open block, if there is one.
    pub fn flush(&mut self, context: &Context) {
        if let Some(Cloaked { address: Some(address), at, .. }) = self.cloaked.take() {
            self.place(&address, at, 0);
        }
        (self.break_pending, self.after_address) = (false, false);
        if self.builder.in_block() {
            self.end_linked_part();
            let heading = matches!(context.kind, BlockKind::Heading(_));
            let kind = if self.toggle.is_some() && !heading { BlockKind::Heading(6) } else { context.kind };
            let region = self.aside.map_or(context.region, |(_, region)| region);
            let link_bytes = self.link_bytes as u32;
            self.marks.push(Mark { region, link_bytes, bold: self.bold && !self.plain, line: self.after_break });
            self.builder.end_block(kind, false, context.cell);
            self.last_after_break = self.after_break;
        }
        self.after_break = false;
        self.link_bytes = 0;
        (self.bold, self.plain) = (false, false);
    }

    fn end_linked_part(&mut self) {
        let Some(link) = &mut self.link else { return };
        if let Some(start) = link.start.take()
            && !link.href.is_empty()
        {
            self.builder.link_since(start, link.href.clone());
        }
        link.blocks += 1;
        if link.blocks > MOST_LINKED_BLOCKS {
            self.link = None;
        }
    }
}
