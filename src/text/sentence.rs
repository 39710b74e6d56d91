//! Where a sentence begins and ends in folded text.

/// The range of the sentence around byte `at` of `folded`, within one block (line).
///
/// A full stop ends a sentence where a space follows it and no known abbreviation stands before it.
pub fn sentence_around(folded: &str, at: usize) -> std::ops::Range<usize> {
    let bytes = folded.as_bytes();
    let at = at.min(bytes.len());
    let mut start = at;
    // A text without full stops (a flattened table, hostile input) must not make every look-up walk all of it.
    let floor = at.saturating_sub(REACH);
    let ceiling = (at + REACH).min(bytes.len());
    while start > floor {
        if bytes[start - 1] == b'\n' || (start < at && ends_sentence(bytes, start - 1)) {
            break;
        }
        start -= 1;
    }
    let mut end = at;
    while end < ceiling {
        if bytes[end] == b'\n' {
            break;
        }
        if ends_sentence(bytes, end) {
            end += 1;
            break;
        }
        end += 1;
    }
    while !folded.is_char_boundary(start) {
        start += 1;
    }
    while !folded.is_char_boundary(end) {
        end += 1;
    }
    start..end.max(start)
}

/// How far, in bytes, a sentence is followed each way.
const REACH: usize = 1500;

const ABBREVIATIONS: [&[u8]; 22] = [
    b"e.g", b"i.e", b"etc", b"dr", b"mr", b"mrs", b"ms", b"prof", b"no", b"art", b"arts", b"s", b"ss", b"para", b"paras", b"reg", b"regs", b"sch", b"v", b"vs",
    b"tel", b"ext",
];

fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    if !matches!(bytes[at], b'.' | b'!' | b'?') {
        return false;
    }
    // Closing quotes and brackets belong to the sentence they end.
    let mut next = at + 1;
    while next < bytes.len() && matches!(bytes[next], b'"' | b'\'' | b')') {
        next += 1;
    }
    if bytes.get(next).is_some_and(|b| *b != b' ' && *b != b'\n') {
        return false;
    }
    if bytes[at] != b'.' {
        return true;
    }
    let start = bytes[..at].iter().rposition(|b| matches!(b, b' ' | b'\n' | b'(')).map_or(0, |n| n + 1);
    let word = &bytes[start..at];
    if word.len() == 1 && word[0].is_ascii_alphabetic() {
        return false;
    }
    !ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        let text = "we share it, e.g. with dr. brown. we keep it. last";
        assert_eq!(&text[sentence_around(text, 5)], "we share it, e.g. with dr. brown.");
        assert_eq!(text[sentence_around(text, 37)].trim(), "we keep it.");
    }
}
