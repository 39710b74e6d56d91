//! The folded text: what patterns and phrases are matched against.
//!
//! In comes a canonical body; out comes lower-case text with straight quotes and plain hyphens, glued words parted and
//! footnote marks gone, and a map back. One folding serves the notices and the dictionary alike, so a phrase matches
//! however it was typed; spans are always given in the body, never in the folded text.

use crate::model::Span;

/// A folded text and its way back to the body.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text, the byte of the body it stands for.
    map: Vec<u32>,
    /// For each byte of the folded text, whether it stands for nothing in the body (an inserted space) is implied by
    /// its successor's equal place; the body's length closes the map.
    body_len: u32,
}

impl Fold {
    /// Folds a body.
    pub fn of(body: &str) -> Fold {
        let mut fold = Fold { text: String::with_capacity(body.len() + 64), map: Vec::with_capacity(body.len() + 64), body_len: body.len() as u32 };
        let bytes = body.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte < 0x80 {
                if byte == b'[' {
                    if let Some(len) = footnote_mark(bytes, at) {
                        at += len;
                        continue;
                    }
                }
                if parts_here(bytes, at) {
                    fold.push(b' ', at);
                }
                fold.push(byte.to_ascii_lowercase(), at);
                at += 1;
                continue;
            }
            let Some(c) = body[at..].chars().next() else { break };
            match c {
                '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' => fold.push(b'\'', at),
                '“' | '”' | '„' | '«' | '»' | '″' => fold.push(b'"', at),
                '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => fold.push(b'-', at),
                '…' => (0..3).for_each(|_| fold.push(b'.', at)),
                '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁰' => {}
                _ => {
                    let mut buffer = [0; 4];
                    for lower in c.to_lowercase() {
                        let width = lower.encode_utf8(&mut buffer).len();
                        fold.map.extend(std::iter::repeat_n(at as u32, width));
                        fold.text.push(lower);
                    }
                }
            }
            at += c.len_utf8();
        }
        fold
    }

    fn push(&mut self, ascii: u8, at: usize) {
        self.text.push(char::from(ascii));
        self.map.push(at as u32);
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

/// Length of a footnote mark such as `[93]` glued to the word before it.
fn footnote_mark(bytes: &[u8], at: usize) -> Option<usize> {
    if at == 0 || !bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let digits = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    ((1..=3).contains(&digits) && bytes.get(at + 1 + digits) == Some(&b']')).then_some(digits + 2)
}

/// Whether two words were glued together just before byte `at`: `Act1998`, `ReaderThe`, `needed.Any`, `(GDPR)came`.
fn parts_here(bytes: &[u8], at: usize) -> bool {
    if at == 0 {
        return false;
    }
    let (before, here) = (bytes[at - 1], bytes[at]);
    if before == b' ' || here == b' ' || before == b'\n' {
        return false;
    }
    if at < 2 {
        return before == b'Q' && here.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    }
    let parts = match here {
        b'0'..=b'9' => before.is_ascii_lowercase() && bytes[at - 2].is_ascii_alphabetic() && token_is_word(bytes, at),
        // An accordion's letter: "QWho is the controller?".
        b'A'..=b'Z' if before == b'Q' && (at == 1 || bytes[at - 2] == b'\n') => bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase),
        b'A'..=b'Z' => {
            let follows_sentence = matches!(before, b'.' | b',' | b';' | b':' | b')') && (bytes[at - 2].is_ascii_lowercase() || bytes[at - 2].is_ascii_digit() || (before == b')'));
            let follows_word = before.is_ascii_lowercase() && bytes[at - 2].is_ascii_lowercase();
            (follows_sentence || follows_word) && bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b' ') && token_is_word(bytes, at)
        }
        b'a'..=b'z' => before == b')' && bytes[at - 2].is_ascii_alphabetic() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase),
        _ => false,
    };
    parts
}

/// Whether the token around `at` is made of words rather than an address or a code.
fn token_is_word(bytes: &[u8], at: usize) -> bool {
    let start = bytes[..at].iter().rev().take(80).position(|b| b.is_ascii_whitespace()).map_or(at.saturating_sub(80), |n| at - n);
    let end = bytes[at..].iter().take(80).position(|b| b.is_ascii_whitespace()).map_or((at + 80).min(bytes.len()), |n| at + n);
    let token = &bytes[start..end];
    !token.contains(&b'@') && !token.contains(&b'/') && !token.contains(&b'_') && !token.starts_with(b"www.") && !token.windows(4).any(|w| w == b".nhs" || w == b".org" || w == b".gov" || w == b".co." || w == b".com")
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
