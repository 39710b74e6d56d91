//! The folded text: what patterns and phrases are matched against.
//!
//! In comes a canonical body; out comes lower-case text with straight quotes and plain hyphens, glued words parted and
//! footnote marks gone, and a map back. One folding serves the notices and the dictionary alike, so a phrase matches
//! however it was typed; spans are always given in the body, never in the folded text.

use super::folding::{self, Piece};
use crate::model::Span;

/// A folded text and its way back to the body.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text, the byte of the body it stands for.
    map: Vec<u32>,
    /// The body's length, which closes the map.
    body_len: u32,
}

impl Fold {
    /// Folds a body.
    pub fn of(body: &str) -> Fold {
        let mut fold = Fold {
            text: String::with_capacity(body.len() + 64),
            map: Vec::with_capacity(body.len() + 64),
            body_len: body.len() as u32,
        };
        folding::fold(body, |piece, at| {
            let at = at as u32;
            match piece {
                Piece::Same(words) => fold.map.extend(at..at + words.len() as u32),
                Piece::For(words) => fold.map.extend(std::iter::repeat_n(at, words.len())),
            }
            fold.text.push_str(piece.words());
        });
        fold
    }

    /// The span of the body that the bytes `start..end` of the folded text stand for.
    pub fn span(&self, start: usize, end: usize, body: &str) -> Span {
        let bytes = self.text.as_bytes();
        let (mut start, mut end) = (start, end);
        while start < end && bytes[start] == b' ' {
            start += 1;
        }
        while end > start && bytes[end - 1] == b' ' {
            end -= 1;
        }
        if start >= end {
            let at = self.body_at(start);
            return Span { start: at, end: at };
        }
        let first = self.map[start] as usize;
        let last = self.map[end - 1] as usize;
        let width = body[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(first, last + width)
    }

    /// The byte of the body that byte `at` of the folded text stands for.
    pub fn body_at(&self, at: usize) -> u32 {
        self.map.get(at).copied().unwrap_or(self.body_len)
    }

    /// The first byte of the folded text that stands for byte `body` or a later one.
    pub fn folded_at(&self, body: u32) -> usize {
        self.map.partition_point(|at| *at < body)
    }

    /// The range of the folded text that stands for a span of the body.
    pub fn range(&self, span: Span) -> std::ops::Range<usize> {
        self.folded_at(span.start)..self.folded_at(span.end)
    }

    /// The folded words of a span of the body.
    pub fn words(&self, span: Span) -> &str {
        &self.text[self.range(span)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(body: &str) -> String {
        Fold::of(body).text
    }

    #[test]
    fn glued_words_part() {
        assert_eq!(folded("Data Protection Act1998"), "data protection act 1998");
        assert_eq!(folded("Adobe ReaderThe purpose"), "adobe reader the purpose");
        assert_eq!(folded("if needed.Any request"), "if needed. any request");
        assert_eq!(folded("(GDPR)came into"), "(gdpr) came into");
        assert_eq!(folded("the controller1 decides"), "the controller 1 decides");
        assert_eq!(folded("Act 2017[93] says"), "act 2017 says");
    }

    #[test]
    fn codes_and_addresses_stay_whole() {
        assert_eq!(folded("CAG7-04(a)/2013, ZA004909, S1Y5D"), "cag7-04(a)/2013, za004909, s1y5d");
        assert_eq!(folded("lyndaharris2@nhs.net"), "lyndaharris2@nhs.net");
        assert_eq!(folded("BLMKICB.MedsOpt@nhs.net"), "blmkicb.medsopt@nhs.net");
        assert_eq!(folded("Article 6(1)(e)"), "article 6(1)(e)");
    }

    #[test]
    fn spans_lead_back_to_the_body() {
        let body = "The Commissioner’s “Act1998” – é";
        let fold = Fold::of(body);
        let at = fold.text.find("act 1998").expect("folded");
        let span = fold.span(at, at + 8, body);
        assert_eq!(&body[span.range()], "Act1998");
        let all = fold.span(0, fold.text.len(), body);
        assert_eq!(&body[all.range()], body);
    }
}
