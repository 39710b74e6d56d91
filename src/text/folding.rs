// How text is folded: lower case, straight quotes and hyphens, glued words parted, footnote marks gone. Shared by the
// program and the build script, which folds the dictionary's phrases in the same way; so it uses nothing else of ours.

/// A piece of folded text.
#[derive(Clone, Copy)]
pub enum Piece<'a> {
    /// It stands in the body just so: its bytes stand for those from the given one on.
    Same(&'a str),
    /// It stands, as a whole, for the given byte.
    For(&'a str),
}

impl<'a> Piece<'a> {
    /// Its folded words.
    pub fn words(self) -> &'a str {
        match self {
            Piece::Same(words) | Piece::For(words) => words,
        }
    }
}

/// Folds `body`, handing over each piece with the byte of the body it stands for.
pub fn fold(body: &str, mut out: impl FnMut(Piece<'_>, usize)) {
    let bytes = body.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let same = bytes[at..].iter().enumerate().take_while(|(n, byte)| stays(bytes, at + n, **byte)).count();
        if same > 0 {
            out(Piece::Same(&body[at..at + same]), at);
            at += same;
            continue;
        }
        let byte = bytes[at];
        if byte < 0x80 {
            if byte == b'['
                && let Some(len) = footnote_mark(bytes, at)
            {
                at += len;
                continue;
            }
            if parts_here(bytes, at) {
                out(Piece::For(" "), at);
            }
            let lower = byte.to_ascii_lowercase();
            out(Piece::For(std::str::from_utf8(std::slice::from_ref(&lower)).unwrap_or("")), at);
            at += 1;
            continue;
        }
        let Some(c) = body[at..].chars().next() else { break };
        match c {
            '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' => out(Piece::For("'"), at),
            '“' | '”' | '„' | '«' | '»' | '″' => out(Piece::For("\""), at),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out(Piece::For("-"), at),
            '…' => out(Piece::For("..."), at),
            '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁰' => {}
            _ => {
                let mut buffer = [0; 4];
                for lower in c.to_lowercase() {
                    out(Piece::For(lower.encode_utf8(&mut buffer)), at);
                }
            }
        }
        at += c.len_utf8();
    }
}

/// Whether a byte surely stays as it is and no words part before it: most bytes do, so this is quicker than a look at each.
fn stays(bytes: &[u8], at: usize, byte: u8) -> bool {
    match byte {
        b'a'..=b'z' => at == 0 || bytes[at - 1] != b')',
        b'0'..=b'9' => at == 0 || !bytes[at - 1].is_ascii_lowercase(),
        b'A'..=b'Z' | b'[' => false,
        other => other < 0x80,
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
    match here {
        b'0'..=b'9' => before.is_ascii_lowercase() && bytes[at - 2].is_ascii_alphabetic() && token_is_word(bytes, at),
        // An accordion's letter: "QWho is the controller?".
        b'A'..=b'Z' if before == b'Q' && bytes[at - 2] == b'\n' => {
            bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
        }
        b'A'..=b'Z' if before.is_ascii_digit() => follows_number(bytes, at) && token_is_word(bytes, at),
        b'A'..=b'Z' => {
            let follows_sentence = matches!(before, b'.' | b',' | b';' | b':' | b')')
                && (bytes[at - 2].is_ascii_lowercase() || bytes[at - 2].is_ascii_digit() || (before == b')'));
            let follows_word = before.is_ascii_lowercase() && bytes[at - 2].is_ascii_lowercase();
            (follows_sentence || follows_word)
                && bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b' ')
                && token_is_word(bytes, at)
        }
        b'a'..=b'z' => {
            before == b')'
                && bytes[at - 2].is_ascii_alphabetic()
                && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
        }
        _ => false,
    }
}

/// Whether a number ends before the capital at `at` and a word begins there, as where cells ran together: "Act 2018RLDatix",
/// "within 30Complaints". A code ("ZA12B", "9ZZ") is none.
fn follows_number(bytes: &[u8], at: usize) -> bool {
    let digits = bytes[..at].iter().rev().take(5).take_while(|b| b.is_ascii_digit()).count();
    let alone = at == digits || matches!(bytes[at - digits - 1], b' ' | b'\n' | b'(');
    let small = |n: usize| bytes.get(at + n).is_some_and(u8::is_ascii_lowercase);
    let year = digits == 4 && matches!(&bytes[at - 4..at - 2], b"19" | b"20");
    alone && (small(1) && small(2) || year && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
}

/// Whether the token around `at` is made of words rather than an address or a code.
fn token_is_word(bytes: &[u8], at: usize) -> bool {
    let start = bytes[..at]
        .iter()
        .rev()
        .take(80)
        .position(|b| b.is_ascii_whitespace())
        .map_or(at.saturating_sub(80), |n| at - n);
    let end = bytes[at..]
        .iter()
        .take(80)
        .position(|b| b.is_ascii_whitespace())
        .map_or((at + 80).min(bytes.len()), |n| at + n);
    let token = &bytes[start..end];
    !token.contains(&b'@')
        && !token.contains(&b'/')
        && !token.contains(&b'_')
        && !token.starts_with(b"www.")
        && !token.windows(4).any(|w| w == b".nhs" || w == b".org" || w == b".gov" || w == b".co." || w == b".com")
}

/// FNV-1a, the same at build and run time.
pub fn hash(word: &str) -> u32 {
    hash_on(HASH_START, word.as_bytes())
}

/// The hash of nothing.
pub const HASH_START: u32 = 0x811c_9dc5;

/// The hash of what has the hash `so_far` and goes on with `bytes`.
pub fn hash_on(so_far: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(so_far, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

/// The words of a folded text: runs of letters and digits, as byte ranges.
pub fn words_of(folded: &str) -> Vec<(u32, u32)> {
    let bytes = folded.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 6);
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && is_word(bytes[at]) {
            at += 1;
        }
        out.push((start as u32, at as u32));
    }
    out
}

/// Whether a byte is part of a word.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}
