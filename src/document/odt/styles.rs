//! What the styles and lists of an OpenDocument text mean.
//!
//! In come its parts `styles` and `content`; out come answers by a style's name: heading, bold, hidden, numbered list. It
//! never looks at a paragraph.

use crate::document::xml::{Node, walk};
use std::collections::{HashMap, HashSet};

/// Styles that rest on each other more often than this rest on each other in a circle.
const DEEPEST: usize = 16;

/// The styles and lists of a document.
#[derive(Default)]
pub struct Styles {
    styles: HashMap<String, Named>,
    /// Lists whose first level has numbers.
    numbered: HashSet<String>,
    language: Option<String>,
}

/// A style as written.
#[derive(Default)]
struct Named {
    parent: String,
    list: String,
    bold: Option<bool>,
    hidden: bool,
}

impl Styles {
    /// Adds the styles of a part.
    pub fn read(&mut self, part: &str) {
        let mut open: Option<(String, Named)> = None;
        let mut list = String::new();
        walk(part, |node| match node {
            Node::Open(tag) => match (tag.name(), &mut open) {
                ("style", _) => {
                    let (parent, list) = (tag.attribute("parent-style-name"), tag.attribute("list-style-name"));
                    open = Some((tag.attribute("name"), Named { parent, list, ..Named::default() }));
                }
                ("text-properties", Some((_, style))) => {
                    let weight = tag.attribute("font-weight");
                    let bold = matches!(weight.as_str(), "bold" | "600" | "700" | "800" | "900");
                    style.bold = (!weight.is_empty()).then_some(bold);
                    style.hidden = tag.attribute("display") == "none";
                }
                ("text-properties", None) if self.language.is_none() => {
                    let (language, country) = (tag.attribute("language"), tag.attribute("country"));
                    self.language = Some(if country.is_empty() { language } else { format!("{language}-{country}") })
                        .filter(|l| !l.is_empty());
                }
                ("list-style", _) => list = tag.attribute("name"),
                ("list-level-style-number", _)
                    if tag.attribute("level") == "1" && !tag.attribute("num-format").is_empty() =>
                {
                    self.numbered.insert(list.clone());
                }
                _ => {}
            },
            Node::Close("style") => self.styles.extend(open.take()),
            _ => {}
        });
    }

    /// The language of the document.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// A style and those it rests on with their names, the nearest first.
    fn chain<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Named)> {
        let of = |name: &'a str| self.styles.get(name).map(|style| (name, style));
        std::iter::successors(of(name), move |(_, style)| of(&style.parent)).take(DEEPEST)
    }

    /// Whether a style is that of a document's title.
    pub fn is_title(&self, name: &str) -> bool {
        name == "Title" || self.chain(name).any(|(name, _)| name == "Title")
    }

    /// Whether the words of a style are bold; none where it does not say.
    pub fn bold(&self, name: &str) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.bold)
    }

    /// Whether the words of a style are not shown.
    pub fn is_hidden(&self, name: &str) -> bool {
        self.styles.get(name).is_some_and(|style| style.hidden)
    }

    /// Whether a list, or the list of a paragraph's style, has numbers or letters rather than bullets.
    pub fn is_numbered(&self, list: &str, paragraph: &str) -> bool {
        self.numbered.contains(list) || self.chain(paragraph).any(|(_, style)| self.numbered.contains(&style.list))
    }
}
