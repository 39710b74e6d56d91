//! Web pages become text.
//!
//! In comes the decoded source of a page; out comes its canonical text: headings, paragraphs, list items and table
//! cells in reading order, each byte with its place in the source, page furniture flagged, cloaked e-mail addresses
//! put where they would stand. It never fails, never runs a script, never follows a link, and drops only what is
//! not written for readers (scripts, styles, comments, drawings, lists of choices).

mod align;
mod attributes;
mod bounded;
mod cloak;
mod element;
mod furniture;
mod inline;
mod tidy;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use super::{Format, read_characters};
use crate::model::Text;
use attributes::{Attribute, Attributes};
use bounded::{Bounded, Count};
use element::Element;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use inline::Tag;
use std::convert::Infallible;
use tree::Tree;
use words::Words;

pub(super) static FORMAT: Format = Format {
    media_type: "text/html",
    extensions: &["html", "htm", "xhtml"],
    has_lines: true,
    recognise,
    read: |bytes, served| Ok(read_characters(bytes, true, served, read)),
    wordless: "the page holds no words of its own (it may be filled in by scripts); save it from a browser after it has loaded",
};

/// Whether the bytes are a page: by a tag near the start, or by the file's name where it starts with neither.
fn recognise(bytes: &[u8], name: &str) -> bool {
    let named = FORMAT.extensions.iter().any(|e| name.ends_with(&format!(".{e}")));
    let start: Vec<u8> = bytes.iter().take(4096).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let has = |tag: &str| start.windows(tag.len()).any(|w| w == tag.as_bytes());
    const BLOCKS: [&str; 8] = ["<p", "<div", "<h1", "<h2", "<head", "<main", "<article", "<table"];
    named
        || ["<!doctype html", "<html", "<body"].iter().any(|tag| has(tag))
        || (start.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<') && BLOCKS.iter().any(|tag| has(tag)))
}

/// Longer pages are cut here.
const LIMIT: usize = 20 * 1024 * 1024;

/// Reads a page.
pub(super) fn read(mut source: String) -> Text {
    let cut = source.len() > LIMIT;
    if cut {
        source.truncate(source.floor_char_boundary(LIMIT));
    }
    let mut page = Page::new(&source);
    let mut from = 0;
    while let Some(at) = read_from(&mut page, &source[from..], from) {
        if from == 0 {
            page.words
                .builder
                .problem("a tag has more than 1,000 attributes; it was left out: look at the page's source", None);
        }
        from = source[at..].find('>').map_or(source.len(), |end| at + end + 1);
    }
    page.words.flush(page.tree.context());
    if cut {
        page.words.builder.problem("the page was cut at 20 MB; what follows was not read: split the file", None);
    }
    let Page { words, tree, title, language, .. } = page;
    let (builder, marks, regions) = words.into_parts();
    let mut text = builder.finish(source);
    tidy::finish(&mut text, &marks, regions, tree.table_count());
    text.title = title.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty());
    text.language = language;
    text
}

/// Reads what is left of a page, `rest`, which begins at byte `from` of the source. Returns the byte of the source at
/// which it gave up on a tag that has too many attributes.
fn read_from(page: &mut Page<'_>, rest: &str, from: usize) -> Option<usize> {
    let count = Count::default();
    let mut last = from;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        let span = Span { start: span.start + from, end: span.end + from };
        match event {
            CallbackEvent::AttributeName { .. } => {}
            CallbackEvent::AttributeValue { .. } => count.add(),
            _ => count.clear(),
        }
        if count.exceeded() {
            page.tag = None;
            last = span.end;
        } else {
            page.event(event, span);
        }
        None
    });
    emitter.naively_switch_states(true);
    match Tokenizer::new_with_emitter(Bounded::new(rest, &count), emitter).finish() {
        Ok(()) => {}
        Err(never) => match never {},
    }
    count.exceeded().then_some(last)
}

/// What the reader is inside of, where the words are not those of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    None,
    Title,
    Script,
    Raw,
}

/// A page that is being read.
struct Page<'a> {
    source: &'a str,
    tree: Tree,
    words: Words,
    attributes: Attributes,
    /// The start tag that is being read.
    tag: Option<Element>,
    /// Byte of the source at which the last start tag begins.
    tag_at: usize,
    aside: Aside,
    title: Option<String>,
    language: Option<String>,
}

impl<'a> Page<'a> {
    fn new(source: &'a str) -> Page<'a> {
        Page {
            source,
            tree: Tree::new(),
            words: Words::new(source),
            attributes: Attributes::default(),
            tag: None,
            tag_at: 0,
            aside: Aside::None,
            title: None,
            language: None,
        }
    }

    fn event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.attributes.clear();
                self.tag = Some(Element::of(name));
                self.tag_at = span.start;
            }
            CallbackEvent::AttributeName { name } if self.tag.is_some() => self.attributes.name(name),
            CallbackEvent::AttributeValue { value } if self.tag.is_some() => self.attributes.value(value, span.start),
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(element) = self.tag.take() {
                    self.start(element, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                self.end(Element::of(name), span.start);
            }
            CallbackEvent::String { value } => self.text(value, span),
            _ => {}
        }
    }

    fn text(&mut self, value: &[u8], span: Span<usize>) {
        match self.aside {
            Aside::Raw => return,
            Aside::Script => {
                if let Ok(script) = std::str::from_utf8(value) {
                    self.words.script(script, span.start);
                }
                return;
            }
            Aside::Title => {
                if !self.tree.context().dropped && self.title.is_none() {
                    self.title = Some(String::from_utf8_lossy(value).into_owned());
                }
                return;
            }
            Aside::None => {}
        }
        if self.tree.context().dropped {
            return;
        }
        if value.iter().all(u8::is_ascii_whitespace) && !self.tree.context().preformatted {
            self.words.space(span.start);
            return;
        }
        match std::str::from_utf8(value) {
            Ok(words) if self.source.as_bytes().get(span.start..span.end) == Some(value) => {
                self.words.push(words, span.start, &self.tree);
            }
            Ok(words) => {
                let Page { source, tree, words: out, .. } = self;
                align::walk(words, source, span.start, |piece, at| out.push(piece, at, tree));
            }
            // The source is valid, and tags are cut between characters.
            Err(_) => {}
        }
    }

    fn start(&mut self, element: Element, self_closing: bool) {
        match element {
            Element::Other | Element::Meta => {}
            Element::Html => {
                let lang = self.attributes.get(Attribute::Lang);
                if self.language.is_none() && !lang.is_empty() {
                    self.language = Some(lang.to_owned());
                }
            }
            Element::Script => self.aside = Aside::Script,
            Element::Raw => self.aside = Aside::Raw,
            Element::Title => self.aside = Aside::Title,
            Element::Bold => self.tree.bold = self.tree.bold.saturating_add(1),
            _ if self.tree.context().dropped && !element.is_block() && !element.is_dropped() => {}
            Element::Br => self.words.line_break(self.tree.context(), self.tag_at),
            Element::Hr => self.words.flush(self.tree.context()),
            Element::A | Element::Button | Element::Span | Element::HiddenMail => {
                let tag = Tag { element, attributes: &self.attributes, source: self.source, at: self.tag_at };
                self.words.start_inline(&tag, self.tree.context());
            }
            // In a drawing the slash closes the element; elsewhere it means nothing.
            Element::Svg if self_closing => {}
            _ if element.is_dropped() => {
                let region = self.tree.context().region;
                self.tree.push(element, region, None, (1, 1));
            }
            _ => self.start_block(element),
        }
    }

    fn start_block(&mut self, element: Element) {
        if self.tree.in_template() {
            let region = self.tree.context().region;
            self.tree.push(element, region, None, (1, 1));
            return;
        }
        self.words.end_toggle_for(element, self.tree.context());
        let words_open = self.words.builder.in_block();
        self.words.flush(self.tree.context());
        self.tree.close_for(element, words_open);
        let context = *self.tree.context();
        let region = if context.dropped { context.region } else { self.region(element) };
        let attributes = &self.attributes;
        let heading = element.heading().or_else(|| attributes.heading()).or_else(|| match element {
            Element::Legend | Element::Summary => Some(6),
            _ => attributes.toggles_panel(element).then_some(6),
        });
        let spans = match element {
            Element::Td | Element::Th => (attributes.number(Attribute::Rowspan), attributes.number(Attribute::Colspan)),
            _ => (1, 1),
        };
        self.tree.push(element, region, heading, spans);
        self.words.watch(element, attributes.get(Attribute::Id), self.tag_at);
    }

    /// The region an element stands for: its own if it may be furniture, else that around it.
    fn region(&mut self, element: Element) -> u32 {
        let context = self.tree.context();
        let role = self.attributes.get(Attribute::Role);
        if element == Element::Main || role == "main" {
            self.words.regions.note_main(context.region);
            return context.region;
        }
        let may_bear_classes = !matches!(element, Element::Td | Element::Th | Element::Tr | Element::Article)
            && element.heading().is_none();
        let reason = furniture::by_element(element, role, context.in_content, context.in_article).or_else(|| {
            let class = self.attributes.get(Attribute::Class);
            let id = self.attributes.get(Attribute::Id);
            let named = may_bear_classes && !(class.is_empty() && id.is_empty());
            named.then(|| furniture::by_class(class, id, context.in_content)).flatten()
        });
        match reason {
            Some(reason) => {
                self.words.regions.add(context.region, reason, element == Element::Header || role == "banner")
            }
            None => context.region,
        }
    }

    fn end(&mut self, element: Element, at: usize) {
        match element {
            Element::Script | Element::Raw | Element::Title => self.aside = Aside::None,
            Element::Bold => self.tree.bold = self.tree.bold.saturating_sub(1),
            Element::A | Element::Button | Element::Span | Element::HiddenMail => {
                self.words.end_inline(element, self.tree.context(), at);
            }
            Element::Br => self.words.line_break(self.tree.context(), at),
            _ if element.is_dropped() => self.tree.close(element),
            // A browser makes an empty paragraph of an end tag without a start.
            Element::P => self.end_block(element, at),
            _ if element.is_block() && self.tree.is_open(element) => self.end_block(element, at),
            _ => {}
        }
    }

    fn end_block(&mut self, element: Element, at: usize) {
        if self.tree.in_template() {
            self.tree.close(element);
            return;
        }
        self.words.end_inline(element, self.tree.context(), at);
        self.words.end_toggle_for(element, self.tree.context());
        self.words.flush(self.tree.context());
        self.tree.close(element);
    }
}
