//! The attributes of one start tag.
//!
//! In come names and values as the tokenizer reads them; out come the few that matter, with what they say about the
//! element. It never keeps a value longer than its element, and reuses its memory from tag to tag.

use super::element::Element;
use super::furniture;

/// What an attribute is, where it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `class`
    Class,
    /// `id`
    Id,
    /// `role`
    Role,
    /// `href`
    Href,
    /// `data-cfemail`
    CfEmail,
    /// `colspan`
    Colspan,
    /// `rowspan`
    Rowspan,
    /// `aria-level`
    Level,
    /// `lang`
    Lang,
    /// `data-toggle`, `data-bs-toggle`
    Toggle,
    /// `first` of a hidden address
    First,
    /// `last` of a hidden address
    Last,
    /// `aria-expanded`, `aria-controls`
    Expands,
    /// `aria-haspopup`
    Popup,
}

const ATTRIBUTES: usize = Attribute::Popup as usize + 1;

/// Longer values are cut: nothing of interest is longer.
const LONGEST_VALUE: usize = 4000;

/// The attributes of the start tag that is being read.
#[derive(Default)]
pub struct Attributes {
    values: [String; ATTRIBUTES],
    set: [bool; ATTRIBUTES],
    any: bool,
    current: Option<Attribute>,
    /// Byte of the source at which the value of `data-cfemail` starts.
    pub cfemail_at: usize,
}

impl Attributes {
    /// Forgets everything: a new start tag begins.
    pub fn clear(&mut self) {
        if self.any {
            for (value, set) in self.values.iter_mut().zip(&mut self.set) {
                if *set {
                    value.clear();
                    *set = false;
                }
            }
            self.any = false;
        }
        self.current = None;
    }

    /// The name of an attribute; of several by one name the first counts.
    pub fn name(&mut self, name: &[u8]) {
        self.current = match name {
            b"class" => Some(Attribute::Class),
            b"id" => Some(Attribute::Id),
            b"role" => Some(Attribute::Role),
            b"href" => Some(Attribute::Href),
            b"data-cfemail" => Some(Attribute::CfEmail),
            b"colspan" => Some(Attribute::Colspan),
            b"rowspan" => Some(Attribute::Rowspan),
            b"aria-level" => Some(Attribute::Level),
            b"lang" | b"xml:lang" => Some(Attribute::Lang),
            b"data-toggle" | b"data-bs-toggle" => Some(Attribute::Toggle),
            b"first" => Some(Attribute::First),
            b"last" => Some(Attribute::Last),
            b"aria-expanded" | b"aria-controls" => Some(Attribute::Expands),
            b"aria-haspopup" => Some(Attribute::Popup),
            _ => None,
        };
        self.current = self.current.filter(|a| !self.set[*a as usize]);
        if let Some(attribute) = self.current {
            self.set[attribute as usize] = true;
            self.any = true;
        }
    }

    /// The value of the attribute named last, entities decoded, which starts at byte `at` of the source.
    pub fn value(&mut self, value: &[u8], at: usize) {
        let Some(attribute) = self.current.take() else { return };
        if attribute == Attribute::CfEmail {
            self.cfemail_at = at;
        }
        let slot = &mut self.values[attribute as usize];
        slot.push_str(&String::from_utf8_lossy(&value[..value.len().min(LONGEST_VALUE)]));
    }

    /// Whether the attribute is there, with or without a value.
    pub fn has(&self, attribute: Attribute) -> bool {
        self.set[attribute as usize]
    }

    /// Its value, empty where it has none.
    pub fn get(&self, attribute: Attribute) -> &str {
        self.values[attribute as usize].trim()
    }

    /// Its value as a number, or 1.
    pub fn number(&self, attribute: Attribute) -> u16 {
        self.get(attribute).parse().unwrap_or(1).max(1)
    }

    /// The level a `role="heading"` gives.
    pub fn heading(&self) -> Option<u8> {
        (self.get(Attribute::Role) == "heading").then(|| self.get(Attribute::Level).parse().unwrap_or(2).clamp(1, 6))
    }

    /// Whether the element opens and closes a panel: its words head what the panel says.
    pub fn toggles_panel(&self, element: Element) -> bool {
        if !self.any || self.has(Attribute::Popup) {
            return false;
        }
        let toggle = self.get(Attribute::Toggle);
        if toggle == "dropdown" || toggle == "modal" {
            return false;
        }
        let role = self.get(Attribute::Role);
        match element {
            Element::A | Element::Button => {
                matches!(toggle, "collapse" | "tab" | "pill" | "accordion")
                    || role == "tab"
                    || self.has(Attribute::Expands)
                    || furniture::parts(self.get(Attribute::Class))
                        .any(|p| p.starts("accordion") || p.is("collapse") || p.is("tab"))
            }
            _ => role == "tab" || (role == "button" && (self.has(Attribute::Expands) || toggle == "collapse")),
        }
    }
}
