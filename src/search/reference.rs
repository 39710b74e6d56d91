//! Legal references in the forms people write them: `6(1)(e)`, `6 (1) (e)`, `6.1.e`; `CAG 7-07(a)(b)/2013`; `ZA 004909`.
//!
//! In comes text and a place where a word begins; out comes where the reference ends and its one canonical form (several
//! where a group of letters names several approvals). The same reading serves notices and queries, so that each form
//! finds every other. It judges nothing: `6(1)(z)` is a reference too.

/// What a reference is a reference to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An Article or other provision with numbers and letters in brackets.
    Article,
    /// An approval under section 251.
    Approval,
    /// A registration with the regulator.
    Registration,
}

/// A reference as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Byte after its last one.
    pub end: usize,
    /// What kind it is.
    pub kind: Kind,
    /// Its canonical forms: `6(1)(e)`; `cag7-07(a)/2013`, or `7-07(a)/2013` where it is written without its prefix.
    pub values: Vec<String>,
}

/// Most groups in brackets that are read: more is no reference.
const GROUPS: usize = 8;

/// The reference that begins at byte `at` of `text`, where a word begins.
pub fn at(text: &str, at: usize) -> Option<Found> {
    let first = *text.as_bytes().get(at)?;
    let found = if first.is_ascii_digit() {
        approval(text, at).or_else(|| by_year(text, at)).or_else(|| article(text, at))
    } else if matches!(first.to_ascii_lowercase(), b'c' | b'e' | b'p') {
        approval(text, at)
    } else if first.eq_ignore_ascii_case(&b'z') {
        registration(text, at)
    } else {
        None
    };
    found.filter(|f| !text[f.end..].starts_with(|c: char| c.is_alphanumeric()))
}

/// Reads a text from left to right.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// As many bytes as fit, from `least` to `most`; none where there are fewer or more.
    fn run(&mut self, least: usize, most: usize, fits: impl Fn(u8) -> bool) -> Option<&'t str> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().take(most + 1).take_while(|b| fits(**b)).count();
        let found = (least..=most).contains(&length).then(|| &self.text[self.at..self.at + length])?;
        self.at += length;
        Some(found)
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<&'t str> {
        self.run(least, most, |b| b.is_ascii_digit())
    }

    fn letters(&mut self, least: usize, most: usize) -> Option<&'t str> {
        self.run(least, most, |b| b.is_ascii_alphabetic())
    }

    fn eat(&mut self, word: &str) -> bool {
        let there =
            self.text.as_bytes()[self.at..].get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()));
        self.at += if there { word.len() } else { 0 };
        there
    }

    /// One space, plain or unbreakable.
    fn space(&mut self) {
        let _ = self.eat(" ") || self.eat("\u{a0}");
    }

    /// A hyphen however it was typed.
    fn hyphen(&mut self) -> bool {
        ["-", "‐", "‑", "–", "—", "−"].iter().any(|h| self.eat(h))
    }

    /// What `read` reads; where it reads nothing, the cursor stays.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// `(a)`, with a space before it or inside.
    fn group(&mut self, content: impl FnOnce(&mut Self) -> Option<&'t str>) -> Option<&'t str> {
        self.attempt(|c| {
            c.space();
            c.eat("(").then_some(())?;
            c.space();
            let inside = content(c)?;
            c.space();
            c.eat(")").then_some(inside)
        })
    }
}

/// `6(1)(e)`, `6 (1) (e)`, `6(1)e`, `6.1.e`, `6.1(e)`, `89(1)`, `22A(1)`.
fn article(text: &str, at: usize) -> Option<Found> {
    let mut c = Cursor { text, at };
    let mut value = c.digits(1, 3)?.to_owned();
    if let Some(letter) = c.letters(1, 1) {
        value.push_str(&letter.to_ascii_lowercase());
    }
    let number = |c: &mut Cursor<'_>| {
        let dotted = c.attempt(|c| c.eat(".").then(|| c.digits(1, 2))?).map(|n| (n.to_owned(), true));
        dotted.or_else(|| c.group(|c| c.digits(1, 2)).map(|n| (n.to_owned(), false)))
    };
    let (first, dotted) = number(&mut c)?;
    value.push_str(&format!("({first})"));
    let mut letters = false;
    for _ in 0..GROUPS {
        let Some(group) = c
            .group(|c| c.letters(1, 3).or_else(|| c.digits(1, 2)))
            .or_else(|| c.attempt(|c| c.eat(".").then(|| c.letters(1, 2))?))
        else {
            break;
        };
        letters |= group.bytes().all(|b| b.is_ascii_alphabetic());
        value.push_str(&format!("({})", group.to_ascii_lowercase()));
    }
    // "12.5m" is an amount.
    if !letters
        && !dotted
        && let Some(letter) = c.letters(1, 2)
    {
        letters = true;
        value.push_str(&format!("({})", letter.to_ascii_lowercase()));
    }
    // "6.1" may be anything: a version, a heading's number, an amount.
    (letters || !dotted).then_some(Found { end: c.at, kind: Kind::Article, values: vec![value] })
}

/// `CAG 7-07(a)(b)/2013`, `CAG7-04(a)/2013`, `7-04 (a) 2013`, `ECC 2-05(a)/2011`.
fn approval(text: &str, at: usize) -> Option<Found> {
    let mut c = Cursor { text, at };
    let prefix = ["cag", "ecc", "piag"].into_iter().find(|p| c.eat(p)).unwrap_or("");
    if !prefix.is_empty() {
        if c.peek().is_some_and(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        c.run(0, 3, |b| matches!(b, b' ' | b':' | b'.' | b'#' | b'-'));
        if let Some(found) = by_year(text, c.at) {
            return Some(found);
        }
    }
    let meeting = c.digits(1, 2)?;
    c.space();
    c.hyphen().then_some(())?;
    c.space();
    let item = c.digits(2, 2)?;
    let mut letters = Vec::new();
    for _ in 0..GROUPS {
        let Some(letter) = c.group(|c| c.run(1, 5, |b| b.is_ascii_alphanumeric())) else { break };
        letters.push(letter.to_ascii_lowercase());
    }
    let year = c.attempt(|c| {
        c.space();
        let _ = c.eat("/");
        c.space();
        c.digits(4, 4)
    })?;
    // Without prefix and letters it is a date: "7-04 2013".
    if letters.is_empty() {
        return None;
    }
    let values = letters.iter().map(|l| format!("{prefix}{meeting}-{item}({l})/{year}")).collect();
    Some(Found { end: c.at, kind: Kind::Approval, values })
}

/// `19/CAG/0113`, `15/CAG0197`, `23 / CAG / 0128`.
fn by_year(text: &str, at: usize) -> Option<Found> {
    let mut c = Cursor { text, at };
    let year = c.digits(2, 2)?;
    c.space();
    c.eat("/").then_some(())?;
    c.space();
    c.eat("cag").then_some(())?;
    c.space();
    let _ = c.eat("/");
    c.space();
    let number = c.digits(1, 6)?;
    Some(Found { end: c.at, kind: Kind::Approval, values: vec![format!("{year}/cag/{number}")] })
}

/// `ZA004909`, `ZA 004909`, `Z358830X`.
fn registration(text: &str, at: usize) -> Option<Found> {
    let mut c = Cursor { text, at };
    let series = c.run(1, 2, |b| matches!(b.to_ascii_lowercase(), b'z' | b'a' | b'b' | b'c'))?;
    c.space();
    let digits = c.digits(5, 7)?;
    let last = if series.len() == 1 { c.run(0, 1, |b| b.eq_ignore_ascii_case(&b'x')).unwrap_or("") } else { "" };
    let value = format!("{series}{digits}{last}").to_ascii_lowercase();
    (value.len() >= 7).then_some(Found { end: c.at, kind: Kind::Registration, values: vec![value] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        at(text, 0).map(|f| f.values).unwrap_or_default()
    }

    #[test]
    fn every_form_of_an_article_is_one() {
        for form in ["6(1)(e)", "6 (1) (e)", "6(1) (e)", "6.1.e", "6.1(e)", "6(1)e", "6(1)(E)", "6( 1 )( e )"] {
            assert_eq!(read(form), ["6(1)(e)"], "{form}");
        }
        assert_eq!(read("22A(1)"), ["22a(1)"]);
        for none in ["6.1", "2018 (the", "6 letters", "6", "12.5m", "6(the Act)"] {
            assert!(read(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn every_form_of_an_approval_is_one() {
        for form in ["CAG 7-04(a)/2013", "CAG7-04(a)/2013", "cag 7–04 (a) / 2013", "CAG: 7-04(a)2013"] {
            assert_eq!(read(form), ["cag7-04(a)/2013"], "{form}");
        }
        assert_eq!(read("7-07(a)(b)/2013"), ["7-07(a)/2013", "7-07(b)/2013"]);
        assert_eq!(read("19/CAG/0113"), ["19/cag/0113"]);
        assert_eq!(read("CAG 15/CAG0197"), ["15/cag/0197"]);
        for none in ["CAGE 7-04(a)/2013", "7-04 2013", "CAG", "cagé"] {
            assert!(read(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn every_form_of_a_registration_is_one() {
        for form in ["ZA004909", "ZA 004909", "za004909"] {
            assert_eq!(read(form), ["za004909"], "{form}");
        }
        assert_eq!(read("Z358830X"), ["z358830x"]);
        for none in ["ZA004909B", "zebra", "Z", "ZA 12"] {
            assert!(read(none).is_empty(), "{none}");
        }
    }
}
