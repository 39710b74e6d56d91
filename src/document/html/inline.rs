//! Links, toggles of panels and cloaked addresses inside running text.
//!
//! In come start and end tags of inline elements and scripts; out come links over the words they carry, headings made
//! of toggles, and addresses put where a cloak hid them. It never opens a link and never runs a script.

use super::attributes::{Attribute, Attributes};
use super::cloak;
use super::element::Element;
use super::furniture::{self, Reason};
use super::tree::Context;
use super::words::{Cloaked, Link, Words};
use crate::model::BlockKind;

/// Longer addresses of links are cut.
const LONGEST_HREF: usize = 2000;

/// A start tag of an inline element.
pub struct Tag<'a> {
    /// Its element.
    pub element: Element,
    /// Its attributes.
    pub attributes: &'a Attributes,
    /// The source of the page.
    pub source: &'a str,
    /// Where in the source it begins.
    pub at: usize,
}

impl Words {
    /// A start tag of an inline element that matters.
    pub fn start_inline(&mut self, tag: &Tag<'_>, context: &Context) {
        if let Some(cloaked) = self.cloaked.as_mut().filter(|c| c.element == tag.element) {
            cloaked.depth += 1;
            return;
        }
        let heading = matches!(context.kind, BlockKind::Heading(_));
        match tag.element {
            Element::A => self.start_link(tag, context),
            Element::HiddenMail => {
                let (first, last) = (tag.attributes.get(Attribute::First), tag.attributes.get(Attribute::Last));
                if let Some(address) = cloak::hidden_mail(first, last) {
                    self.cloaked = Some(Cloaked { element: tag.element, depth: 1, at: tag.at, address: Some(address) });
                }
            }
            Element::Button if !heading => {
                self.flush(context);
                if !self.start_toggle(tag, context) {
                    self.aside = Some((tag.element, self.regions.add(context.region, Reason::Element, false)));
                }
            }
            _ => {}
        }
        if self.cloaked.is_none()
            && let Some(address) = cloak::cloudflare(tag.attributes.get(Attribute::CfEmail))
        {
            self.place(&address, tag.attributes.cfemail_at + 2, 2);
            self.cloaked = Some(Cloaked { element: tag.element, depth: 1, at: tag.at, address: None });
        }
        self.watch(tag.element, tag.attributes.get(Attribute::Id), tag.at);
    }

    fn start_toggle(&mut self, tag: &Tag<'_>, context: &Context) -> bool {
        let toggles = !matches!(context.kind, BlockKind::Heading(_)) && tag.attributes.toggles_panel(tag.element);
        if toggles {
            self.flush(context);
            self.toggle = Some(tag.element);
        }
        toggles
    }

    fn start_link(&mut self, tag: &Tag<'_>, context: &Context) {
        self.end_link();
        let (class, id) = (tag.attributes.get(Attribute::Class), tag.attributes.get(Attribute::Id));
        if self.aside.is_none()
            && !self.start_toggle(tag, context)
            && furniture::by_class(class, id, context.in_content) == Some(Reason::Class)
        {
            self.flush(context);
            self.aside = Some((tag.element, self.regions.add(context.region, Reason::Class, false)));
        }
        let href = tag.attributes.get(Attribute::Href);
        let scheme = |s: &&str| href.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s));
        let noted = ["mailto:", "tel:", "http:", "https:"].iter().any(scheme);
        let mut kept = if noted { href.chars().take(LONGEST_HREF).collect() } else { String::new() };
        if let Some(address) = cloak::cloudflare_link(href) {
            kept = format!("mailto:{address}");
            if tag.attributes.get(Attribute::CfEmail).is_empty() && shows_placeholder(&tag.source[tag.at..]) {
                self.link = Some(Link { href: kept, start: Some(self.builder.position()), blocks: 0 });
                self.place(&address, tag.at, 0);
                self.cloaked = Some(Cloaked { element: tag.element, depth: 1, at: tag.at, address: None });
                return;
            }
        }
        self.link = Some(Link { href: kept, start: None, blocks: 0 });
    }

    fn end_link(&mut self) {
        if let Some(Link { href, start: Some(start), .. }) = self.link.take()
            && !href.is_empty()
        {
            self.builder.link_since(start, href);
        }
    }

    /// An end tag, at byte `at` of the source.
    pub fn end_inline(&mut self, element: Element, context: &Context, at: usize) {
        if let Some(cloaked) = self.cloaked.as_mut().filter(|c| c.element == element) {
            cloaked.depth -= 1;
            if cloaked.depth == 0
                && let Some(address) = self.cloaked.take().and_then(|c| c.address)
            {
                self.place(&address, at, 0);
            }
        }
        if element == Element::A {
            self.end_link();
        }
        if self.toggle == Some(element) {
            self.flush(context);
            self.toggle = None;
        }
        if self.aside.is_some_and(|(e, _)| e == element) {
            self.flush(context);
            self.aside = None;
        }
    }

    /// A block element begins or ends: a toggle or button that was left open ends with it.
    pub fn end_toggle_for(&mut self, element: Element, context: &Context) {
        if (self.toggle.is_some() || self.aside.is_some()) && element != Element::Div {
            self.flush(context);
            self.toggle = None;
            self.aside = None;
        }
    }

    /// Notes whether the element by this id is one that a script fills with an address.
    pub fn watch(&mut self, element: Element, id: &str, at: usize) {
        if self.cloaked.is_some() || id.is_empty() || self.cloaks.is_empty() {
            return;
        }
        if let Some((address, placed)) = self.cloaks.get_mut(id).filter(|(_, placed)| !placed) {
            *placed = true;
            self.cloaked = Some(Cloaked { element, depth: 1, at, address: Some(address.clone()) });
        }
    }

    /// A script at byte `at` of the source: an address it shows is put here unless its element had it already.
    pub fn script(&mut self, script: &str, at: usize) {
        for (id, address) in cloak::joomla(script) {
            let entry = id.and_then(|id| self.cloaks.get_mut(&id));
            let placed = entry.is_some_and(|(_, placed)| std::mem::replace(placed, true));
            if !placed {
                self.place(&address, at, 0);
            }
        }
    }

    /// Puts an address into the text; its characters stand `step` bytes apart in the source.
    pub(super) fn place(&mut self, address: &str, at: usize, step: usize) {
        self.break_pending = false;
        if self.builder.open_words().ends_with(|c: char| c.is_alphanumeric() || ".!?;:".contains(c)) {
            self.space(at);
        }
        let start = self.builder.position();
        for (n, c) in address.chars().enumerate() {
            self.builder.push_char(c, at + n * step);
        }
        self.builder.cloaked_since(start);
        self.plain = true;
        if let Some(link) = &mut self.link {
            link.start.get_or_insert(start);
            self.link_bytes += address.len();
        }
        self.after_address = true;
    }
}

/// Whether a link, given the source from its start tag on, shows Cloudflare's words for a protected address.
fn shows_placeholder(source: &str) -> bool {
    let words = source.split_once('>').map_or("", |(_, rest)| rest).trim_start();
    words.starts_with("[email") && words.bytes().take(40).any(|b| b == b']')
}
