//! `ico-registration`: the number under which a controller is registered with the regulator.

use super::Context;
use crate::model::{Attr, Claim, ClaimKind};

/// Reads all registration numbers, well formed or not.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let folded = context.folded();
    let bytes = folded.as_bytes();
    for (at, _) in folded.match_indices('z') {
        if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'/' | b'-' | b'_' | b'@'))
            || context.is_furniture(at)
        {
            continue;
        }
        let Some((end, number)) = number_at(folded, at) else { continue };
        let valid = is_registration_number(&number);
        let context_says = says_registration(folded, at, end);
        let capital = context.published(at..at + 1).starts_with('Z');
        if context_says || valid && capital && number.len() == 8 && nothing_else(folded, at) {
            let number = number.to_ascii_uppercase();
            claims.push(context.claim(ClaimKind::IcoRegistration, number, at..end).with("valid", Attr::Flag(valid)));
        }
    }
}

/// The token that starts at `at`, spaces inside it left out: its end and letters.
fn number_at(folded: &str, at: usize) -> Option<(usize, String)> {
    let bytes = folded.as_bytes();
    let mut end = at + 1;
    let mut number = String::from("z");
    if bytes.get(end).is_some_and(|b| matches!(b, b'a'..=b'c')) {
        number.push(char::from(bytes[end]));
        end += 1;
    }
    let mut last = end;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' => {
                number.push(char::from(*byte));
                end += 1;
                last = end;
            }
            b'x' if number.len() >= 6 && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => {
                number.push('x');
                end += 1;
                last = end;
                break;
            }
            b'o' if number.len() >= 2 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {
                number.push('o');
                end += 1;
            }
            b' ' if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) && number.len() < 8 => end += 1,
            _ => break,
        }
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let boundary = !bytes.get(last).is_some_and(|b| b.is_ascii_alphanumeric());
    (digits >= 4 && number.len() <= 11 && boundary).then_some((last, number))
}

/// Whether a number has the shape of a registration number: `Z` with six digits and a digit or `X`, or `ZA`, `ZB`, `ZC`
/// with six digits.
pub fn is_registration_number(number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes.len() != 8 || !bytes[0].eq_ignore_ascii_case(&b'z') {
        return false;
    }
    let digits = |range: &[u8]| range.iter().all(u8::is_ascii_digit);
    if bytes[1].is_ascii_digit() {
        return digits(&bytes[1..7]) && (bytes[7].is_ascii_digit() || bytes[7].eq_ignore_ascii_case(&b'x'));
    }
    matches!(bytes[1].to_ascii_lowercase(), b'a'..=b'c') && digits(&bytes[2..])
}

fn says_registration(folded: &str, at: usize, end: usize) -> bool {
    let from = folded.ceil_char_boundary(at.saturating_sub(260));
    let to = folded.floor_char_boundary(end + 120);
    let words = &folded[from..to];
    [
        "regist", "ico ", "ico)", "ico:", "information commission", "data controller", "notification",
        "data protection reg", "reference",
    ]
    .iter()
    .any(|w| words.contains(w))
}

fn nothing_else(folded: &str, at: usize) -> bool {
    let from = folded.ceil_char_boundary(at.saturating_sub(40));
    !["company", "charity", "vat"].iter().any(|w| folded[from..at].contains(w))
}

#[cfg(test)]
mod tests {
    use super::is_registration_number as is;

    #[test]
    fn shapes() {
        for good in ["Z358830X", "Z3622215", "ZA004909", "zb038274", "ZC123456"] {
            assert!(is(good), "{good}");
        }
        for bad in ["ZA00490", "ZD123456", "Z12345678", "ZA0049091", "X1234567", "Z35883XX"] {
            assert!(!is(bad), "{bad}");
        }
    }
}
