//! Page furniture: menus, cookie dialogues, news teasers, footers.
//!
//! In come elements with their roles, classes and ids, and later the finished blocks; out goes the furniture flag of
//! each block. It never removes a word, and takes its own word back where a page would be left with next to nothing.

use super::element::Element;
use crate::model::{Block, BlockKind};

/// Why a region of the page was taken for furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its element or role says so.
    Element,
    /// A class or id that hardly ever means anything else.
    Class,
    /// A class or id that content bears at times.
    WeakClass,
}

/// A part of the page that may be furniture. Region 0 is the page.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    parent: u32,
    reason: Reason,
    has_main: bool,
    keeps_title: bool,
    words: u32,
    bytes: u32,
    link_bytes: u32,
}

/// What is known of a block besides its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    /// The innermost region it stands in.
    pub region: u32,
    /// How many of its bytes are in links.
    pub link_bytes: u32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it is only a line of a longer paragraph.
    pub line: bool,
}

/// The regions of a page.
pub struct Regions(Vec<Region>);

impl Regions {
    /// Only the page itself.
    pub fn new() -> Regions {
        let page = Region {
            parent: 0,
            reason: Reason::Element,
            has_main: true,
            keeps_title: false,
            words: 0,
            bytes: 0,
            link_bytes: 0,
        };
        Regions(vec![page])
    }

    /// Adds a region inside `parent`; `keeps_title` where a level-one heading in it is the title of the page.
    pub fn add(&mut self, parent: u32, reason: Reason, keeps_title: bool) -> u32 {
        self.0.push(Region { parent, reason, has_main: false, keeps_title, words: 0, bytes: 0, link_bytes: 0 });
        (self.0.len() - 1) as u32
    }

    /// Notes that the main content stands in `region`: it is no furniture, nor is what it stands in.
    pub fn note_main(&mut self, mut region: u32) {
        while let Some(r) = self.0.get_mut(region as usize).filter(|r| !r.has_main) {
            r.has_main = true;
            region = r.parent;
        }
    }

    /// Flags the blocks that stand in furniture.
    pub fn judge(mut self, blocks: &mut [Block], body: &str, marks: &[Mark]) {
        let words: Vec<u32> = blocks.iter().map(|b| count_words(&body[b.span.range()])).collect();
        for ((block, mark), words) in blocks.iter().zip(marks).zip(&words) {
            let Some(region) = self.0.get_mut(mark.region as usize) else { continue };
            region.words += words;
            region.bytes += block.span.end - block.span.start;
            region.link_bytes += mark.link_bytes;
        }
        for at in (1..self.0.len()).rev() {
            let r = self.0[at];
            let parent = &mut self.0[r.parent as usize];
            parent.words += r.words;
            parent.bytes += r.bytes;
            parent.link_bytes += r.link_bytes;
        }
        let total = self.0[0].words;
        let all = self.flags(total, true);
        self.flag(blocks, marks, &all);
        let left: u32 = blocks.iter().zip(&words).filter(|(b, _)| !b.furniture).map(|(_, w)| w).sum();
        if left < 200 && u64::from(left) * 10 < u64::from(total) * 3 {
            let by_element = self.flags(total, false);
            self.flag(blocks, marks, &by_element);
        }
    }

    /// For each region whether it is furniture, by classes too or by elements alone.
    fn flags(&self, total: u32, classes: bool) -> Vec<bool> {
        let mut flags: Vec<bool> = Vec::with_capacity(self.0.len());
        for (at, region) in self.0.iter().enumerate() {
            let own = at > 0 && (classes || region.reason == Reason::Element) && region.is_furniture(total);
            let inherited = at > 0 && flags[region.parent as usize];
            flags.push(own || inherited);
        }
        flags
    }

    fn flag(&self, blocks: &mut [Block], marks: &[Mark], flags: &[bool]) {
        for (block, mark) in blocks.iter_mut().zip(marks) {
            let region = mark.region as usize;
            let title = block.kind == BlockKind::Heading(1) && self.0.get(region).is_some_and(|r| r.keeps_title);
            block.furniture = flags.get(region).copied().unwrap_or(false) && !title;
        }
    }
}

impl Region {
    fn is_furniture(&self, total: u32) -> bool {
        // Menus can be longer than the notice; they are links and little else.
        let links = u64::from(self.link_bytes) * 3 >= u64::from(self.bytes) * 2;
        let half = u64::from(self.words) * 2 > u64::from(total);
        // Nobody writes hundreds of words of prose into a sidebar, but builders call their content blocks widgets.
        let prose = self.reason == Reason::WeakClass
            && self.words > 250
            && u64::from(self.link_bytes) * 4 < u64::from(self.bytes);
        !self.has_main && (links || !half) && !prose
    }
}

/// Number of words of a block, whose white space is single.
pub fn count_words(words: &str) -> u32 {
    words.bytes().filter(|b| matches!(b, b' ')).count() as u32 + 1
}

/// What an element or its role says about furniture; `inside` tells whether it stands in the main content.
pub fn by_element(element: Element, role: &str, in_content: bool, in_article: bool) -> Option<Reason> {
    let furniture = match element {
        Element::Nav | Element::Form | Element::Search | Element::Dialog | Element::Button => true,
        Element::Header => !in_content,
        Element::Footer => !in_article,
        _ => false,
    };
    let furniture =
        furniture || matches!(role, "navigation" | "banner" | "contentinfo" | "search" | "dialog" | "alertdialog");
    furniture.then_some(Reason::Element)
}

/// What class and id of an element say about furniture. Inside the main content ids are anchors of sections.
pub fn by_class(class: &str, id: &str, in_content: bool) -> Option<Reason> {
    let builder = class.split_ascii_whitespace().any(is_page_builder);
    let id = if in_content { "" } else { id };
    let mut found = None;
    for token in class.split_ascii_whitespace().chain([id]) {
        match judge_token(token, builder) {
            Some(Reason::Class) => return Some(Reason::Class),
            weak => found = found.or(weak),
        }
    }
    found
}

/// Page builders call every block of content a widget.
fn is_page_builder(token: &str) -> bool {
    ["elementor", "so-", "sow-", "widget_sow", "siteorigin", "fl-", "et_pb", "vc_", "wp-block"]
        .iter()
        .any(|p| token.starts_with(p))
}

fn judge_token(token: &str, builder: bool) -> Option<Reason> {
    let (mut before, mut before_that) = (Part::default(), Part::default());
    let mut found = None;
    for part in parts(token) {
        // `no-sidebar`, `has-menu`: they tell how the page is laid out.
        if ["no", "has", "with", "without"].iter().any(|w| before.is(w)) {
            return None;
        }
        let strong = part.starts("cookie")
            || part.starts("breadcrumb")
            || part.starts("skip")
            || part.starts("recite")
            || ["ccc", "footer", "navbar", "pagination", "newsletter"].iter().any(|w| part.is(w))
            || (part.is("banner") && (before.is("consent") || before.is("gdpr")))
            || ((part.is("toolbar") || part.is("tools")) && (before.is("accessibility") || before.is("page")))
            || (part.is("top") && before.is("to") && before_that.is("back"));
        if strong {
            return Some(Reason::Class);
        }
        if before.is("social") && (part.is("care") || part.is("work")) {
            found = None;
        } else if is_weak(&part) && !(part.is("widget") && builder) {
            found = Some(Reason::WeakClass);
        }
        (before_that, before) = (before, part);
    }
    found
}

fn is_weak(part: &Part) -> bool {
    const WHOLE: [&str; 11] = [
        "menu", "nav", "navigation", "sidebar", "share", "feedback", "login", "carousel", "widget", "megamenu",
        "submenu",
    ];
    (part.starts("news") && !part.is("newsroom"))
        || part.starts("related")
        || (part.starts("social") && !part.starts("socialcare"))
        || part.starts("search")
        || WHOLE.iter().any(|w| part.is(w))
}

/// A part of a class or id between hyphens, underscores and capitals, in lower case.
#[derive(Clone, Copy, Default)]
pub struct Part {
    letters: [u8; 16],
    length: usize,
}

impl Part {
    /// Whether it is this word.
    pub fn is(&self, word: &str) -> bool {
        &self.letters[..self.length] == word.as_bytes()
    }

    /// Whether it starts with this word.
    pub fn starts(&self, word: &str) -> bool {
        self.letters[..self.length].starts_with(word.as_bytes())
    }
}

/// The parts of a class attribute or an id.
pub fn parts(names: &str) -> impl Iterator<Item = Part> + '_ {
    let bytes = names.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let start = at;
        let mut part = Part::default();
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            if at > start && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase() {
                break;
            }
            if let Some(slot) = part.letters.get_mut(part.length) {
                *slot = bytes[at].to_ascii_lowercase();
                part.length += 1;
            }
            at += 1;
        }
        (part.length > 0).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::{Reason, by_class};

    #[test]
    fn classes_are_read_by_their_parts() {
        let strong = ["cookie-banner", "siteFooter", "nhsuk-skip-link", "x ccc-overlay", "back-to-top", "page_tools"];
        let weak = ["mainNav", "left-sidebar", "related-pages", "newsFeed", "social-links", "widget widget_text"];
        let none = [
            "content", "has-sidebar", "no-nav", "social-care", "elementor-widget", "research", "information-sharing",
            "page",
        ];
        assert!(strong.iter().all(|c| by_class(c, "", false) == Some(Reason::Class)));
        assert!(weak.iter().all(|c| by_class(c, "", false) == Some(Reason::WeakClass)));
        assert!(none.iter().all(|c| by_class(c, "", false).is_none()));
        assert_eq!(by_class("", "cookies", false), Some(Reason::Class));
        assert_eq!(by_class("", "cookies", true), None);
    }
}
