//! The elements that matter for reading a page.
//!
//! In comes the name of a tag; out comes what kind of element it is and how it behaves. It never sees attributes or
//! content. Names that change nothing for a reader (`em`, `font`, made-up elements) are all [`Element::Other`].

/// An element the reader tells apart from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Element {
    Other,
    A,
    Address,
    Article,
    Aside,
    Blockquote,
    Bold,
    Br,
    Button,
    Caption,
    Dd,
    Details,
    Dialog,
    Div,
    Dl,
    Dropped,
    Dt,
    Fieldset,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Header,
    HiddenMail,
    Hr,
    Html,
    Legend,
    Li,
    List,
    Main,
    Meta,
    Nav,
    P,
    Pre,
    Raw,
    Script,
    Search,
    Section,
    Select,
    Span,
    Summary,
    Svg,
    Table,
    Tbody,
    Td,
    Template,
    Th,
    Thead,
    Title,
    Tr,
}

/// How many elements there are, for counters by element.
pub const ELEMENTS: usize = Element::Tr as usize + 1;

impl Element {
    /// The element of a tag's name, which the tokenizer has made lower case.
    pub fn of(name: &[u8]) -> Element {
        match name {
            b"a" => Element::A,
            b"address" => Element::Address,
            b"article" => Element::Article,
            b"aside" => Element::Aside,
            b"blockquote" => Element::Blockquote,
            b"strong" | b"b" => Element::Bold,
            b"br" => Element::Br,
            b"button" => Element::Button,
            b"caption" => Element::Caption,
            b"dd" => Element::Dd,
            b"details" => Element::Details,
            b"dialog" => Element::Dialog,
            b"div" | b"center" | b"hgroup" => Element::Div,
            b"dl" => Element::Dl,
            b"datalist" | b"audio" | b"video" | b"canvas" | b"option" | b"optgroup" | b"map" => Element::Dropped,
            b"dt" => Element::Dt,
            b"fieldset" => Element::Fieldset,
            b"figcaption" => Element::Figcaption,
            b"figure" => Element::Figure,
            b"footer" => Element::Footer,
            b"form" => Element::Form,
            b"h1" => Element::H1,
            b"h2" => Element::H2,
            b"h3" => Element::H3,
            b"h4" => Element::H4,
            b"h5" => Element::H5,
            b"h6" => Element::H6,
            b"header" => Element::Header,
            b"joomla-hidden-mail" => Element::HiddenMail,
            b"hr" => Element::Hr,
            b"html" => Element::Html,
            b"legend" => Element::Legend,
            b"li" => Element::Li,
            b"ul" | b"ol" | b"menu" | b"dir" => Element::List,
            b"main" => Element::Main,
            b"meta" => Element::Meta,
            b"nav" => Element::Nav,
            b"p" => Element::P,
            b"pre" | b"listing" => Element::Pre,
            b"style" | b"iframe" | b"noembed" | b"noframe" | b"noscript" | b"textarea" => Element::Raw,
            b"script" => Element::Script,
            b"search" => Element::Search,
            b"section" => Element::Section,
            b"select" => Element::Select,
            b"span" => Element::Span,
            b"summary" => Element::Summary,
            b"svg" => Element::Svg,
            b"table" => Element::Table,
            b"tbody" | b"tfoot" => Element::Tbody,
            b"td" => Element::Td,
            b"template" => Element::Template,
            b"th" => Element::Th,
            b"thead" => Element::Thead,
            b"title" => Element::Title,
            b"tr" => Element::Tr,
            _ => Element::Other,
        }
    }

    /// The level of a heading.
    pub fn heading(self) -> Option<u8> {
        match self {
            Element::H1 => Some(1),
            Element::H2 => Some(2),
            Element::H3 => Some(3),
            Element::H4 => Some(4),
            Element::H5 => Some(5),
            Element::H6 => Some(6),
            _ => None,
        }
    }

    /// Whether the text inside is not for readers, or not running text.
    pub fn is_dropped(self) -> bool {
        matches!(self, Element::Dropped | Element::Select | Element::Svg | Element::Template)
    }

    /// Whether it belongs to the skeleton of a table.
    pub fn is_table_part(self) -> bool {
        matches!(self, Element::Td | Element::Th | Element::Tr | Element::Tbody | Element::Thead | Element::Caption)
    }

    /// Whether it stands in the stack of open elements and on lines of its own.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Element::Other
                | Element::A
                | Element::Bold
                | Element::Br
                | Element::Button
                | Element::Dropped
                | Element::HiddenMail
                | Element::Hr
                | Element::Html
                | Element::Meta
                | Element::Raw
                | Element::Script
                | Element::Select
                | Element::Span
                | Element::Svg
                | Element::Template
                | Element::Title
        )
    }

    /// Whether a start tag of it ends an open paragraph.
    pub fn ends_paragraph(self) -> bool {
        self.is_block() && !self.is_table_part()
    }

    /// Whether its end tag is often left out, so that it cannot be counted by tags.
    pub fn closes_by_itself(self) -> bool {
        self.is_table_part() || matches!(self, Element::P | Element::Li | Element::Dt | Element::Dd)
    }
}
