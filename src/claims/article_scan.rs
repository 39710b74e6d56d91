//! Reads one article with its paragraph and point, from left to right: the small words of the grammar of citations.
//!
//! In comes a place in folded text; out comes the citation that stands there, with the place moved behind it, or nothing.

use super::articles::Citation;

/// A place in folded text, from which it is read on.
pub(super) struct Scan<'a> {
    /// The folded text.
    pub(super) bytes: &'a [u8],
    /// The next byte to read.
    pub(super) at: usize,
}

impl Scan<'_> {
    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(b'\n')
    }

    pub(super) fn skip(&mut self, set: &[u8]) {
        while self.at < self.bytes.len() && set.contains(&self.bytes[self.at]) {
            self.at += 1;
        }
    }

    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        for word in words {
            if self.bytes[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return true;
            }
        }
        false
    }

    pub(super) fn digits(&mut self) -> Option<u8> {
        let len = self.bytes[self.at..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
        if len == 0 || len > 2 {
            return None;
        }
        let value = std::str::from_utf8(&self.bytes[self.at..self.at + len]).ok()?.parse().ok()?;
        self.at += len;
        Some(value)
    }

    /// An article with its paragraph and point.
    pub(super) fn provision(&mut self) -> Option<Citation> {
        let start = self.at;
        let bracketed = self.peek(0) == b'(';
        if bracketed {
            self.at += 1;
            self.skip(b" ");
        }
        let Some(article) = self.digits().filter(|a| (1..=99).contains(a)) else {
            self.at = start;
            return None;
        };
        let mut suffix = None;
        if self.peek(0).is_ascii_lowercase()
            && !self.peek(1).is_ascii_alphanumeric()
            && matches!(article, 8 | 11 | 12 | 22 | 44 | 45 | 49 | 84 | 91)
        {
            suffix = Some(char::from(self.peek(0)));
            self.at += 1;
        }
        if bracketed {
            self.skip(b" ");
            if self.peek(0) == b')' {
                self.at += 1;
            }
        }
        let mut citation = Citation {
            article,
            suffix,
            paragraph: None,
            point: None,
            letter_for_paragraph: false,
            folded: start..self.at,
        };
        let after_number = self.at;
        match self.paragraph_and_point(None) {
            Some((paragraph, point)) => {
                citation.paragraph = paragraph;
                citation.point = Some(point);
            }
            None => {
                self.at = after_number;
                if let Some(paragraph) = self.bracketed_digits() {
                    citation.paragraph = Some(paragraph);
                }
            }
        }
        // `9(a)(h)`: a letter where the paragraph belongs, another behind it.
        if citation.paragraph.is_none() && citation.point.is_some() {
            let before = self.at;
            if let Some(second) = self.point(true) {
                citation.letter_for_paragraph = true;
                citation.point = Some(second);
            } else {
                self.at = before;
            }
        }
        citation.folded = start..self.at;
        Some(citation)
    }

    pub(super) fn bracketed_digits(&mut self) -> Option<u8> {
        let start = self.at;
        self.skip(b" ");
        if self.peek(0) == b'(' {
            self.at += 1;
            self.skip(b" ");
            if let Some(value) = self.digits() {
                self.skip(b" ");
                if self.peek(0) == b')' {
                    self.at += 1;
                    return Some(value);
                }
            }
        }
        self.at = start;
        None
    }

    /// `(1)(e)`, `(1) e`, `, 1 (e)`, `.1(e)`, `1(e)`, `, subsection 2(h)`, or a point alone: `(e)`.
    pub(super) fn paragraph_and_point(&mut self, inherited: Option<u8>) -> Option<(Option<u8>, String)> {
        let start = self.at;
        if let Some(paragraph) = self.bracketed_digits() {
            if let Some(point) = self.point(false) {
                return Some((Some(paragraph), point));
            }
            self.at = start;
            return None;
        }
        self.skip(b" ,.-/");
        let worded = self.word(&[
            "subsections", "subsection", "sub-section", "sub section", "paragraphs", "paragraph", "para.", "para",
            "sub-paragraph", "part", "point", "section",
        ]);
        self.skip(b" ");
        let near = self.at - start <= 2 || worded;
        if near && self.peek(0).is_ascii_digit() {
            if let Some(paragraph) = self.digits().filter(|p| *p <= 12) {
                let dotted = self.peek(0) == b'.';
                if dotted {
                    self.at += 1;
                }
                if let Some(point) = self.point(false) {
                    return Some((Some(paragraph), point));
                }
            }
            self.at = start;
            return None;
        }
        self.at = start;
        self.point(true).map(|point| (inherited, point))
    }

    /// A point: `(e)`, `( e )`, `e`; only in brackets where `strict`.
    pub(super) fn point(&mut self, strict: bool) -> Option<String> {
        let start = self.at;
        self.skip(b" ");
        let spaced = self.at > start;
        if self.peek(0) == b'(' {
            self.at += 1;
            self.skip(b" ");
            let len = self.bytes[self.at..].iter().take(3).take_while(|b| b.is_ascii_lowercase()).count();
            if (1..=2).contains(&len) {
                let point = String::from_utf8_lossy(&self.bytes[self.at..self.at + len]).into_owned();
                let known = len == 1 || point == "ea";
                self.at += len;
                self.skip(b" ");
                if known && self.peek(0) == b')' {
                    self.at += 1;
                    return Some(point);
                }
            }
            self.at = start;
            return None;
        }
        let letter = self.peek(0);
        let alone = letter.is_ascii_lowercase()
            && letter <= b'k'
            && !self.peek(1).is_ascii_alphanumeric()
            && self.peek(1) != b'\'';
        // "6(1) a task": an article of English, not a point.
        let english = spaced && letter == b'a' && self.peek(1) == b' ';
        if !strict && alone && !english {
            self.at += 1;
            return Some(char::from(letter).to_string());
        }
        self.at = start;
        None
    }

    /// The start of the next item behind a separator: `, `, ` and `, `/`, `; `, ` & `, another "article".
    pub(super) fn separator(&mut self) -> Option<usize> {
        let start = self.at;
        self.skip(b" ");
        let mut found = false;
        for _ in 0..3 {
            if self.word(&["and/or", "and", "or", "&", "plus", "together with", ",", "/", ";", "+"]) {
                found = true;
                self.skip(b" ");
            }
        }
        if !found {
            self.at = start;
            return None;
        }
        self.word(&["of ", "uk gdpr ", "gdpr ", "also ", "under "]);
        if self.bytes[self.at..].starts_with(b"art") {
            // Another "article": the outer loop reads it.
            self.at = start;
            return None;
        }
        let next = self.peek(0);
        (next == b'(' || next.is_ascii_digit()).then_some(self.at)
    }
}
