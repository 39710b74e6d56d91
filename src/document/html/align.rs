//! Where each character of a run of text stands in the source.
//!
//! In come the decoded words of a run, the source, and the byte at which the run starts; out come pieces of the words
//! with the byte each was made from. Words made from an entity stand at its `&`. It never decodes anything itself: it
//! walks both side by side.

/// Calls `emit` with pieces of `value` in order, each with its byte of the source. A piece of more than one character
/// stands in the source as it is.
pub fn walk(value: &str, source: &str, start: usize, mut emit: impl FnMut(&str, usize)) {
    let (words, raw) = (value.as_bytes(), source.as_bytes());
    let (mut at, mut place) = (0, start.min(raw.len()));
    while at < words.len() {
        let same = same_bytes(value, at, &raw[place..]);
        if same > 0 {
            emit(&value[at..at + same], place);
            at += same;
            place += same;
            continue;
        }
        let rest = &raw[place..];
        match rest.first() {
            Some(b'\r') => {
                if words[at] == b'\n' {
                    emit("\n", place);
                    at += 1;
                }
                place += if rest.get(1) == Some(&b'\n') { 2 } else { 1 };
            }
            Some(b'&') => {
                let (decoded, written) = reference(&value[at..], rest);
                for (offset, c) in value[at..at + decoded].char_indices() {
                    emit(&value[at + offset..at + offset + c.len_utf8()], place);
                }
                at += decoded;
                place += written;
            }
            // An end tag without a name leaves no trace in the words.
            Some(b'<') if rest.starts_with(b"</>") => place += 3,
            _ => {
                let next = value[at..].chars().next().map_or(1, char::len_utf8);
                emit(&value[at..at + next], place);
                at += next;
                place = (place + 1).min(raw.len());
            }
        }
    }
}

/// How many bytes from `at` on stand in `raw` as they are, up to whatever may have been decoded.
fn same_bytes(value: &str, at: usize, raw: &[u8]) -> usize {
    let words = &value.as_bytes()[at..];
    let as_it_is = |at: usize, b: u8| match b {
        b'&' | b'\r' => false,
        b'<' => !raw[at..].starts_with(b"</>"),
        _ => true,
    };
    let same = words.iter().zip(raw).enumerate().take_while(|(at, (a, b))| a == b && as_it_is(*at, **b)).count();
    value.floor_char_boundary(at + same) - at
}

/// Lengths of a character reference: bytes of the decoded words, bytes of the source. `raw` starts with `&`.
fn reference(value: &str, raw: &[u8]) -> (usize, usize) {
    let Some(first) = value.chars().next() else { return (0, 1) };
    if raw.get(1) == Some(&b'#') {
        return (first.len_utf8(), numeric_reference(raw).unwrap_or(1));
    }
    let name = raw[1..].iter().take(40).take_while(|b| b.is_ascii_alphanumeric()).count();
    if first == '&' {
        let ampersand = raw[1..].starts_with(b"amp") || raw[1..].starts_with(b"AMP");
        return (
            1,
            if !ampersand {
                1
            } else if raw.get(4) == Some(&b';') {
                5
            } else {
                4
            },
        );
    }
    let one = first.len_utf8();
    let two = one + value[one..].chars().next().map_or(0, char::len_utf8);
    // Old names, of up to six letters, may stand without a semicolon, right before other letters.
    let whole = 1 + name + usize::from(raw.get(1 + name) == Some(&b';'));
    for letters in (2..=6).rev().filter(|n| *n < name) {
        if value.as_bytes()[one..].starts_with(&raw[1 + letters..whole]) {
            return (one, 1 + letters);
        }
    }
    let decoded = [one, two].into_iter().find(|n| agree(&value.as_bytes()[*n..], &raw[whole..]));
    (decoded.unwrap_or(one), whole)
}

/// Length of `&#…;` in the source, if it has digits.
fn numeric_reference(raw: &[u8]) -> Option<usize> {
    let hex = matches!(raw.get(2), Some(b'x' | b'X'));
    let start = if hex { 3 } else { 2 };
    let digit = |b: &&u8| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
    let digits = raw.get(start..)?.iter().take_while(digit).count();
    let end = start + digits;
    (digits > 0).then(|| end + usize::from(raw.get(end) == Some(&b';')))
}

/// Whether words and source go on alike for a few bytes.
fn agree(words: &[u8], raw: &[u8]) -> bool {
    for n in 0..8 {
        if raw.get(n..).is_some_and(|r| r.starts_with(b"</>")) {
            return true;
        }
        match (words.get(n), raw.get(n)) {
            (_, Some(b'&')) | (Some(b'\n'), Some(b'\r')) | (None, None | Some(b'<')) => return true,
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::walk;

    fn places(value: &str, source: &str) -> Vec<(String, usize)> {
        let mut out = Vec::new();
        walk(value, source, 0, |words, at| out.push((words.to_owned(), at)));
        out
    }

    #[test]
    fn entities_stand_at_their_ampersand() {
        let found = places("a\u{a0}b & ¬it; é", "a&nbsp;b &amp; &notit; &#233;");
        let expected = [("a", 0), ("\u{a0}", 1), ("b ", 7), ("&", 9), (" ", 14), ("¬", 15), ("it; ", 19), ("é", 23)];
        assert_eq!(found, expected.map(|(w, at)| (w.to_owned(), at)));
    }

    #[test]
    fn bare_ampersands_and_line_feeds_are_walked_over() {
        let found = places("R&D\nx & y &# z", "R&D\r\nx & y &# z");
        assert_eq!(found.last(), Some(&("# z".to_owned(), 12)));
    }
}
