//! Lines become running text again.
//!
//! In come a paragraph so far and its next line; out comes the paragraph with it, words that were broken at the line's end
//! whole again. It never changes a letter.

use std::collections::HashSet;

/// Words before whose hyphen stands in its own right.
const KEEP: [&str; 14] =
    ["anti", "co", "cross", "ex", "high", "long", "multi", "non", "opt", "post", "pre", "self", "third", "well"];

/// The words of a document that have a hyphen within a line, in small letters.
#[derive(Default)]
pub struct Hyphenated(HashSet<String>);

impl Hyphenated {
    /// Notes the words of a line.
    pub fn note(&mut self, line: &str) {
        let words = line.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        self.0.extend(words.filter(|w| w.trim_matches('-').contains('-')).map(str::to_lowercase));
    }

    /// Adds the next line to a paragraph.
    pub fn join(&self, words: &mut String, next: &str) {
        let next = next.trim_start();
        // A wide gap is the end of a label, wherever the line was broken.
        let gap = if words.ends_with("   ") { "   " } else { " " };
        words.truncate(words.trim_end().len());
        let Some(last) = words.chars().next_back() else {
            words.push_str(next);
            return;
        };
        let broken = words[..words.len() - last.len_utf8()].ends_with(char::is_alphabetic);
        let goes_on = next.starts_with(char::is_lowercase);
        match last {
            _ if breaks_address(words) && !next.starts_with(char::is_uppercase) => {}
            '\u{ad}' | '‐' if broken => words.truncate(words.len() - last.len_utf8()),
            '-' if broken && goes_on && !self.keeps(words, next) => words.truncate(words.len() - 1),
            '-' if broken => {}
            _ => words.push_str(gap),
        }
        words.push_str(next);
    }

    /// Whether the hyphen at the end of `words` is part of the word.
    fn keeps(&self, words: &str, next: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '-';
        let before = words.rsplit(|c| !is_part(c)).next().unwrap_or("").to_lowercase();
        let after = next.split(|c| !is_part(c)).next().unwrap_or("").to_lowercase();
        let first = before.trim_end_matches('-');
        self.0.contains(&format!("{before}{after}")) || first.contains('-') || KEEP.contains(&first)
    }
}

/// Whether the last word is a web or mail address that goes on.
fn breaks_address(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or("");
    (last.contains("://") || last.starts_with("www.") || last.contains('@'))
        && last.ends_with(['/', '-', '_', '=', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_words_are_whole_again() {
        let mut known = Hyphenated::default();
        known.note("We offer face-to-face talks");
        for (before, next, whole) in [
            ("the infor-", "mation we hold", "the information we hold"),
            ("the opt-", "out is", "the opt-out is"),
            ("a face-", "to-face talk", "a face-to-face talk"),
            ("NHS-", "Number", "NHS-Number"),
            ("it was -", "or not", "it was - or not"),
            ("see https://a.example/", "privacy", "see https://a.example/privacy"),
            ("see www.a.example/privacy-", "notice", "see www.a.example/privacy-notice"),
            ("soft\u{ad}", "ware", "software"),
            ("one", "two", "one two"),
        ] {
            let mut words = before.to_owned();
            known.join(&mut words, next);
            assert_eq!(words, whole);
        }
    }
}
