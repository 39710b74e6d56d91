//! The elements and words of an XML document, one after the other.
//!
//! In comes a document; out come its tags and words in order, references resolved. It never loads what the document
//! refers to, and a fault in the document ends it there.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A tag or a run of words.
pub enum Node<'a> {
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag: the name without its prefix.
    Close(&'a str),
    /// Words.
    Words(&'a str),
}

/// A start tag.
pub struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, named without its prefix; empty where there is none.
    pub fn attribute(&self, name: &str) -> String {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().into_inner() == name)
            .map_or_else(String::new, |a| {
                a.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned).unwrap_or_default()
            })
    }
}

/// Walks a document. Returns whether it was whole.
pub fn walk(xml: &str, mut visit: impl FnMut(Node<'_>)) -> bool {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                visit(Node::Open(Tag(&tag)));
            }
            Ok(Event::Empty(tag)) => {
                visit(Node::Open(Tag(&tag)));
                visit(Node::Close(tag.local_name().into_inner()));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(tag.local_name().into_inner()));
            }
            Ok(Event::Text(words)) => visit(Node::Words(&words.xml10_content())),
            Ok(Event::CData(words)) => visit(Node::Words(&words.xml10_content())),
            Ok(Event::GeneralRef(name)) => visit(Node::Words(&reference(&name))),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The words inside the elements of a name; none where there are none.
pub fn words_of(xml: &str, name: &str) -> Option<String> {
    let (mut inside, mut found) = (false, String::new());
    walk(xml, |node| match node {
        Node::Open(tag) => inside = tag.name() == name,
        Node::Close(_) => inside = false,
        Node::Words(words) if inside => found.push_str(words),
        Node::Words(_) => {}
    });
    let words = found.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words).filter(|w| !w.is_empty())
}

/// What a reference stands for.
fn reference(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let name = name.xml10_content();
    match name.as_ref() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        // Entities that the document defines itself are not for words: they multiply.
        _ => String::new(),
    }
}
