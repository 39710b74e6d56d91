//! Where a sentence begins and ends in folded text.

/// Longest sentence, in bytes: a text without full stops (a flattened table, hostile input) is cut at spaces.
const LONGEST: usize = 3000;

/// The first byte of every sentence of a folded text, in order.
///
/// A sentence ends with its line (block), and where a full stop is followed by a space and no known abbreviation stands
/// before it.
pub fn sentence_starts(folded: &str) -> Vec<u32> {
    let bytes = folded.as_bytes();
    let mut starts = vec![0];
    let mut last = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'.' | b'!' | b'?' => bytes.get(at + 1) != Some(&b'\n') && ends_sentence(bytes, at),
            b' ' => at - last > LONGEST,
            _ => false,
        };
        if ends && at + 1 < bytes.len() {
            last = at + 1;
            starts.push(last as u32);
        }
    }
    starts
}

const ABBREVIATIONS: [&[u8]; 22] = [
    b"e.g", b"i.e", b"etc", b"dr", b"mr", b"mrs", b"ms", b"prof", b"no", b"art", b"arts", b"s", b"ss", b"para",
    b"paras", b"reg", b"regs", b"sch", b"v", b"vs", b"tel", b"ext",
];

fn ends_sentence(bytes: &[u8], at: usize) -> bool {
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
        let text = "we share it, e.g. with dr. brown. we keep it.\nlast";
        let starts = sentence_starts(text);
        assert_eq!(starts, [0, 33, 46]);
        assert_eq!(text[33..46].trim(), "we keep it.");
    }

    #[test]
    fn a_text_without_full_stops_is_cut() {
        assert!(sentence_starts(&"word ".repeat(2000)).len() > 2);
    }
}
