//! The words of a text as the index knows them.
//!
//! In comes text; out come its words in lower case with their places, and at the place of the first word of a legal
//! reference also the whole reference in its one form. Nothing is cut to a stem: a query asks for singular and plural
//! where it means both, and a reference is never changed. Curly quotes and dashes part words as straight ones do.

use super::reference;

/// One word, or one whole reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in lower case, or the reference in its canonical form.
    pub text: String,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
    /// Its number among the words of the text; a reference has that of its first word.
    pub position: usize,
    /// Whether it is a whole reference.
    pub reference: bool,
}

/// Longest word that is kept, in bytes; what is longer is no word.
pub const LONGEST: usize = 128;

/// Hands over the words of a text one by one.
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    position: usize,
    /// Whole references to hand over before the next word, the last of them first.
    waiting: Vec<(usize, usize, String)>,
}

impl<'t> Words<'t> {
    /// The words of `text`.
    pub fn of(text: &'t str) -> Words<'t> {
        Words { text, at: 0, position: 0, waiting: Vec::new() }
    }

    /// Puts the next word into `word`; false where there is none.
    pub fn advance(&mut self, word: &mut Word) -> bool {
        if let Some((start, end, value)) = self.waiting.pop() {
            *word = Word { text: value, start, end, position: self.position - 1, reference: true };
            return true;
        }
        loop {
            let Some(skipped) = self.text[self.at..].find(|c: char| c.is_alphanumeric()) else { return false };
            let start = self.at + skipped;
            let rest = &self.text[start..];
            let end = start + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            self.at = end;
            if end - start > LONGEST || self.is_possessive(start, end) {
                continue;
            }
            if let Some(found) = reference::at(self.text, start) {
                self.waiting = whole(&found).into_iter().map(|v| (start, found.end, v)).collect();
            }
            word.text.clear();
            word.text.extend(self.text[start..end].chars().flat_map(char::to_lowercase));
            (word.start, word.end, word.position, word.reference) = (start, end, self.position, false);
            self.position += 1;
            return true;
        }
    }

    /// The `s` of "the Commissioner's".
    fn is_possessive(&self, start: usize, end: usize) -> bool {
        matches!(&self.text[start..end], "s" | "S") && self.text[..start].ends_with(['\'', '’', 'ʼ', '′'])
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut word = Word { text: String::new(), start: 0, end: 0, position: 0, reference: false };
        self.advance(&mut word).then_some(word)
    }
}

/// The whole forms of a reference that are indexed: an approval also without its prefix.
fn whole(found: &reference::Found) -> Vec<String> {
    let mut out = found.values.clone();
    if found.kind == reference::Kind::Approval {
        let bare = |v: &String| v.trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
        out.extend(found.values.iter().map(bare).filter(|v| !found.values.contains(v)).collect::<Vec<_>>());
    }
    out
}

/// The words of `text` without whole references.
pub fn plain(text: &str) -> Vec<String> {
    Words::of(text).filter(|w| !w.reference).map(|w| w.text).collect()
}

/// A word with its singular or plural: what a person means who types one of them.
pub fn forms(word: &str) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return out;
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() > 2) {
        out.push(format!("{stem}y"));
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        out.push(format!("{word}es"));
    } else if let Some(stem) = word.strip_suffix('s') {
        out.push(stem.to_owned());
        out.extend(stem.strip_suffix('e').filter(|s| s.ends_with(['s', 'x', 'h'])).map(str::to_owned));
    } else if let Some(stem) = word.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
        out.push(format!("{stem}ies"));
    } else if word.ends_with(['x', 'h']) {
        out.extend([format!("{word}es"), format!("{word}s")]);
    } else {
        out.push(format!("{word}s"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, usize)> {
        Words::of(text).map(|w| (w.text, w.position)).collect()
    }

    #[test]
    fn a_reference_is_there_whole_and_in_parts() {
        let words = told("Article 6 (1) (e) of the Commissioner’s");
        let parts = ["article", "6", "6(1)(e)", "1", "e", "of", "the", "commissioner"];
        assert_eq!(words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>(), parts);
        assert_eq!(words.iter().map(|w| w.1).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "É “CAG7-07(a)(b)/2013” – opt–out";
        for word in Words::of(text).filter(|w| !w.reference) {
            assert_eq!(text[word.start..word.end].to_lowercase(), word.text);
        }
        let whole: Vec<String> = Words::of(text).filter(|w| w.reference).map(|w| w.text).collect();
        assert!(
            whole.contains(&"cag7-07(b)/2013".to_owned()) && whole.contains(&"7-07(a)/2013".to_owned()),
            "{whole:?}"
        );
    }

    #[test]
    fn singular_and_plural() {
        assert!(forms("complaint").contains(&"complaints".to_owned()));
        assert!(forms("complaints").contains(&"complaint".to_owned()));
        assert!(forms("policies").contains(&"policy".to_owned()));
        assert!(forms("policy").contains(&"policies".to_owned()));
        assert!(forms("breaches").contains(&"breach".to_owned()));
        assert_eq!(forms("icb"), ["icb"]);
        assert_eq!(forms("za004909"), ["za004909"]);
    }
}
