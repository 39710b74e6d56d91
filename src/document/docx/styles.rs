//! What the styles and lists of a Word document mean.
//!
//! In come its parts `styles` and `numbering`; out come answers by a style's or list's number: heading, list item,
//! contents, bold. It never looks at a paragraph.

use crate::document::xml::{Node, Tag, walk};
use std::collections::HashMap;

/// Styles that rest on each other more often than this rest on each other in a circle.
const DEEPEST: usize = 16;

/// The styles and lists of a document.
#[derive(Default)]
pub struct Styles {
    styles: HashMap<String, Named>,
    /// The list that a number of a list stands for.
    lists: HashMap<String, String>,
    /// Whether the first level of a list has numbers.
    numbered: HashMap<String, bool>,
    language: Option<String>,
}

/// A style as written.
#[derive(Default)]
struct Named {
    name: String,
    based_on: String,
    outline: Option<u8>,
    list: Option<String>,
    bold: Option<bool>,
}

/// Whether a switch such as `<w:b/>` is on.
pub fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_str(), "0" | "false" | "off" | "none")
}

impl Styles {
    /// Reads the two parts.
    pub fn read(styles: &str, numbering: &str) -> Styles {
        let mut out = Styles::default();
        let mut open: Option<(String, Named)> = None;
        walk(styles, |node| match node {
            Node::Open(tag) => match (tag.name(), &mut open) {
                ("style", _) => open = Some((tag.attribute("styleId"), Named::default())),
                ("lang", _) if out.language.is_none() => {
                    out.language = Some(tag.attribute("val")).filter(|l| !l.is_empty());
                }
                ("name", Some((_, style))) => style.name = tag.attribute("val").to_lowercase(),
                ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val"),
                ("outlineLvl", Some((_, style))) => style.outline = tag.attribute("val").parse().ok(),
                ("numId", Some((_, style))) => style.list = Some(tag.attribute("val")),
                ("b", Some((_, style))) => style.bold = Some(is_on(&tag)),
                _ => {}
            },
            Node::Close("style") => out.styles.extend(open.take()),
            _ => {}
        });
        out.read_lists(numbering);
        out
    }

    fn read_lists(&mut self, numbering: &str) {
        let (mut kind, mut list, mut first) = (String::new(), String::new(), false);
        walk(numbering, |node| {
            let Node::Open(tag) = node else { return };
            match tag.name() {
                "abstractNum" => kind = tag.attribute("abstractNumId"),
                "lvl" => first = tag.attribute("ilvl") == "0",
                "numFmt" if first => {
                    let numbered = !matches!(tag.attribute("val").as_str(), "bullet" | "none");
                    self.numbered.insert(kind.clone(), numbered);
                }
                "num" => list = tag.attribute("numId"),
                "abstractNumId" => _ = self.lists.insert(list.clone(), tag.attribute("val")),
                _ => {}
            }
        });
    }

    /// The language of the document.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// A style and those it rests on, the nearest first.
    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Named> {
        std::iter::successors(self.styles.get(id), |style| self.styles.get(&style.based_on)).take(DEEPEST)
    }

    /// The level of a heading style, from 1 to 6. What a style of any name says of its level goes before what it rests on.
    pub fn heading(&self, id: &str) -> Option<u8> {
        self.chain(id)
            .find_map(|style| match (style.name.strip_prefix("heading "), style.outline) {
                (Some(level), _) if level.parse::<u8>().is_ok() => Some(level.parse().ok()),
                // Level 9 is that of running text.
                (_, Some(level)) => Some((level < 9).then_some(level + 1)),
                _ if style.name == "title" => Some(Some(1)),
                _ => None,
            })
            .flatten()
            .map(|level: u8| level.clamp(1, 6))
    }

    /// Whether a style is that of a contents list.
    pub fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.name.starts_with("toc ") || style.name.starts_with("table of "))
    }

    /// The list that paragraphs of a style belong to.
    pub fn list<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        self.chain(id).find_map(|style| style.list.as_deref())
    }

    /// Whether the words of a style are bold.
    pub fn is_bold(&self, id: &str) -> bool {
        self.chain(id).find_map(|style| style.bold).unwrap_or(false)
    }

    /// Whether a list has numbers or letters rather than bullets.
    pub fn is_numbered(&self, list: &str) -> bool {
        self.lists.get(list).and_then(|kind| self.numbered.get(kind)).copied().unwrap_or(false)
    }
}
