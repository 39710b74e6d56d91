//! The grammar of citations of UK GDPR articles: `Article 6(1)(e)` in all the ways people write it.
//!
//! In comes a folded text; out come citations of Articles 6, 9 and 10 and of those that a law later replaced, as written,
//! possible or not. It decides nothing about whether a provision is relied on.

use std::ops::Range;

/// One article cited at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Article number.
    pub article: u8,
    /// Letter glued to the number, as in 22A.
    pub suffix: Option<char>,
    /// Paragraph, where given.
    pub paragraph: Option<u8>,
    /// Point, where given: `e`, `ea`.
    pub point: Option<String>,
    /// Whether the paragraph's place held a letter, as in `9(a)(h)`.
    pub letter_for_paragraph: bool,
    /// Its bytes in the folded text.
    pub folded: Range<usize>,
}

impl Citation {
    /// As it is cited: `6(1)(e)`.
    pub fn number(&self) -> String {
        let mut out = self.article.to_string();
        out.extend(self.suffix.map(|s| s.to_ascii_uppercase()));
        if let Some(paragraph) = self.paragraph {
            out.push_str(&format!("({paragraph})"));
        }
        if let Some(point) = &self.point {
            out.push_str(&format!("({point})"));
        }
        out
    }
}

/// All citations in a folded text, by place.
pub fn citations(folded: &str) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    for (at, _) in
        folded.match_indices("art").filter(|(at, _)| *at == 0 || !folded.as_bytes()[at - 1].is_ascii_alphanumeric())
    {
        let Some(start) = behind_word(folded, at) else { continue };
        if out.last().is_some_and(|c| at < c.folded.end) {
            continue;
        }
        list(folded, at, start, &mut out);
    }
    bare(folded, &mut out);
    out.sort_by_key(|c| c.folded.start);
    out
}

/// The byte behind "article", "articles", "art." at `at`.
fn behind_word(folded: &str, at: usize) -> Option<usize> {
    ["articles", "article", "artcle", "arts.", "arts", "art.", "art"]
        .iter()
        .find(|w| folded[at..].starts_with(*w))
        .map(|w| at + w.len())
        .filter(|end| {
            folded
                .as_bytes()
                .get(*end)
                .is_some_and(|b| matches!(b, b' ' | b'(' | b'\n' | b'.' | b':') || b.is_ascii_digit())
        })
}

/// Reads a list of provisions behind the word "article(s)".
fn list(folded: &str, word: usize, from: usize, out: &mut Vec<Citation>) {
    let mut scan = Scan { bytes: folded.as_bytes(), at: from };
    scan.skip(b" .:");
    let mut start = word;
    let mut last: Option<(u8, Option<u8>)> = None;
    for _ in 0..24 {
        let before = scan.at;
        if let Some(mut citation) = scan.provision() {
            citation.folded = start..scan.at;
            last = Some((citation.article, citation.paragraph));
            out.push(citation);
        } else if let Some((article, paragraph)) = last {
            scan.at = before;
            let (paragraph, point) = match scan.paragraph_and_point(paragraph) {
                Some(found) => found,
                None => break,
            };
            out.push(Citation {
                article,
                suffix: None,
                paragraph,
                point: Some(point),
                letter_for_paragraph: false,
                folded: start..scan.at,
            });
        } else {
            break;
        }
        let Some(next) = scan.separator() else { break };
        start = next;
        scan.at = next;
    }
}

/// Provisions of Articles 6 and 9 written without the word: `6(1)(e)`, `9(2)(h)`.
fn bare(folded: &str, out: &mut Vec<Citation>) {
    let bytes = folded.as_bytes();
    let read = out.len();
    let mut listed = 0;
    for at in 0..bytes.len().saturating_sub(3) {
        let opens = matches!(
            (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]),
            (b'6', b'(', b'1', _)
                | (b'6', b' ', b'(', b'1')
                | (b'6', b'.', b'1', b'(')
                | (b'9', b'(', b'2', _)
                | (b'9', b' ', b'(', b'2')
                | (b'9', b'.', b'2', b'(')
        );
        if !opens || !stands_alone(folded, at) {
            continue;
        }
        while listed < read && out[listed].folded.end <= at {
            listed += 1;
        }
        let in_list = listed < read && out[listed].folded.start <= at;
        let in_last = out.last().is_some_and(|c| c.folded.start <= at && at < c.folded.end);
        if in_list || in_last {
            continue;
        }
        let mut scan = Scan { bytes, at };
        if let Some(mut citation) = scan.provision().filter(|c| c.point.is_some() && c.paragraph.is_some()) {
            citation.folded = at..scan.at;
            out.push(citation);
        }
    }
}

/// Whether a number at `at` is no part of a longer one and no other unit's: "section 6(1)", "26(1)", "1.6(1)".
fn stands_alone(folded: &str, at: usize) -> bool {
    let before = &folded.as_bytes()[..at];
    if before.last().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-') && !before.ends_with(b"-("))
    {
        return false;
    }
    const OTHER: &[&str] = &[
        "section", "sections", "regulation", "regulations", "reg", "reg.", "paragraph", "para", "para.", "schedule",
        "part", "rule", "s.", "clause", "directive", " s", "chapter",
    ];
    let before = folded[..at].trim_end_matches(' ');
    !OTHER.iter().any(|o| before.ends_with(o))
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(b'\n')
    }

    fn skip(&mut self, set: &[u8]) {
        while self.at < self.bytes.len() && set.contains(&self.bytes[self.at]) {
            self.at += 1;
        }
    }

    fn word(&mut self, words: &[&str]) -> bool {
        for word in words {
            if self.bytes[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return true;
            }
        }
        false
    }

    fn digits(&mut self) -> Option<u8> {
        let len = self.bytes[self.at..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
        if len == 0 || len > 2 {
            return None;
        }
        let value = std::str::from_utf8(&self.bytes[self.at..self.at + len]).ok()?.parse().ok()?;
        self.at += len;
        Some(value)
    }

    /// An article with its paragraph and point.
    fn provision(&mut self) -> Option<Citation> {
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

    fn bracketed_digits(&mut self) -> Option<u8> {
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
    fn paragraph_and_point(&mut self, inherited: Option<u8>) -> Option<(Option<u8>, String)> {
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
    fn point(&mut self, strict: bool) -> Option<String> {
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
    fn separator(&mut self) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        citations(&crate::text::Fold::of(text).text).iter().map(Citation::number).collect()
    }

    #[test]
    fn all_the_ways_people_write_one() {
        for written in [
            "Article 6(1)(e)", "Article 6 (1) (e)", "Article 6(1) e exercise", "article 6(1)e ‘…", "Art. 6(1)(e)",
            "Article 6.1(e)", "Article 6 1(e)", "Article 6, 1 (e)", "Article(6)(1)(e)", "UKGDPR Article 6(1)(e) –",
            "Article6(1)(e)", "Article 6, subsection 1(e)", "GDPR 6(1)(e)processing", "Article 6 (1)(e)",
        ] {
            assert_eq!(numbers(written), ["6(1)(e)"], "{written}");
        }
    }

    #[test]
    fn groups_expand() {
        assert_eq!(numbers("Articles 6(1)(c) and (e)"), ["6(1)(c)", "6(1)(e)"]);
        assert_eq!(
            numbers("Article 6(1)(c), (e) and Article 9(2)(b) & (h)"),
            ["6(1)(c)", "6(1)(e)", "9(2)(b)", "9(2)(h)"]
        );
        assert_eq!(numbers("Articles 6(1)e and 6(1)(b) and 6(1)(c)"), ["6(1)(e)", "6(1)(b)", "6(1)(c)"]);
        assert_eq!(numbers("Article 6 and 9 conditions"), ["6", "9"]);
        assert_eq!(numbers("Article 6(1)(e)/9(2)(h)"), ["6(1)(e)", "9(2)(h)"]);
        assert_eq!(numbers("Article 6(1)(ea)"), ["6(1)(ea)"]);
    }

    #[test]
    fn near_misses() {
        assert_eq!(numbers("Article 6(1) a task"), ["6(1)"]);
        assert!(numbers("section 6(1)(e) of the Act").is_empty());
        assert_eq!(numbers("Articles 22A to 22D"), ["22A"]);
        assert_eq!(numbers("Article 9(a)(h)"), ["9(h)"]);
        assert_eq!(numbers("particle 6(1) of smartarticle"), [""; 0]);
    }
}
