//! What else is known of a claim: a small map from the contract's attribute names, ordered by name.
//!
//! A corpus holds millions of claims with one or two attributes each; a row of pairs takes a tenth of what a tree would.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Value of an attribute.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Attr {
    /// Yes or no.
    Flag(bool),
    /// Words.
    Text(String),
    /// Several words.
    List(Vec<String>),
}

/// Attributes by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attrs(Vec<(&'static str, Attr)>);

impl Attrs {
    /// Sets an attribute.
    pub fn insert(&mut self, name: &'static str, value: Attr) {
        match self.0.binary_search_by_key(&name, |(known, _)| known) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (name, value));
            }
        }
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&Attr> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Attr)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Attrs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{Attr, Attrs};

    #[test]
    fn attributes_are_ordered_and_each_stands_once() {
        let mut attrs = Attrs::default();
        for (name, words) in [("ods", "QNX"), ("email", "a@b.example"), ("ods", "QOP")] {
            attrs.insert(name, Attr::Text(words.to_owned()));
        }
        assert_eq!(serde_json::to_string(&attrs).unwrap(), r#"{"email":"a@b.example","ods":"QOP"}"#);
        assert_eq!(attrs.get("ods"), Some(&Attr::Text("QOP".to_owned())));
        assert_eq!(attrs.get("phone"), None);
    }
}
