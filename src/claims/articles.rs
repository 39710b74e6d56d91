//! The grammar of citations of UK GDPR articles: `Article 6(1)(e)` in all the ways people write it.
//!
//! In comes a folded text; out come citations of Articles 6, 9 and 10 and of those that a law later replaced, as written,
//! possible or not. It decides nothing about whether a provision is relied on.

use super::article_scan::Scan;
use crate::text::WordIndex;
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
pub fn citations(folded: &str, words: &WordIndex) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    for at in words.places(folded, "art") {
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
    for at in memchr::memchr2_iter(b'6', b'9', bytes) {
        let Some(&[number, first, second, third]) = bytes.get(at..at + 4) else { break };
        let opens = matches!(
            (number, first, second, third),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        let fold = crate::text::Fold::of(text);
        citations(&fold.text, &WordIndex::of(&fold.text)).iter().map(Citation::number).collect()
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
