//! E-mail addresses that a page shows only to readers with scripts.
//!
//! In come attribute values and scripts; out come the addresses. It never runs a script: a small parser follows
//! assignments of concatenated strings and nothing else.

use std::collections::HashMap;

/// Longer scripts are no cloaks.
const LONGEST_SCRIPT: usize = 100_000;

/// Longer strings are no part of an address; the work per script stays small.
const LONGEST_STRING: usize = 1000;

/// More variables than this are no cloak.
const MOST_VARIABLES: usize = 200;

/// The address in a `data-cfemail` attribute: hexadecimal, each byte masked with the first.
pub fn cloudflare(hex: &str) -> Option<String> {
    let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    let mut bytes = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]);
    let mask = bytes.next()?;
    let address = String::from_utf8(bytes.map(|b| b ^ mask).collect()).ok()?;
    is_address(&address).then_some(address)
}

/// The address in a link to Cloudflare's page about protected addresses.
pub fn cloudflare_link(href: &str) -> Option<String> {
    let (_, hex) = href.split_once("/cdn-cgi/l/email-protection#")?;
    cloudflare(hex)
}

/// The address of a `joomla-hidden-mail` element, whose halves are in Base64.
pub fn hidden_mail(first: &str, last: &str) -> Option<String> {
    let address = format!("{}@{}", base64(first)?, base64(last)?);
    is_address(&address).then_some(address)
}

/// Cloaks of a whole page that name the element they fill, by the id of that element.
pub fn by_id(source: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    if !source.contains("cloak") {
        return found;
    }
    let mut rest = source;
    while let Some(start) = rest.find("<script") {
        let script = &rest[start..];
        let end = script.find("</script").unwrap_or(script.len());
        for (id, address) in joomla(&script[..end]) {
            found.extend(id.map(|id| (id, address)));
        }
        rest = &script[end..];
        if rest.is_empty() {
            break;
        }
    }
    found
}

/// The addresses a Joomla script puts together, each with the id of the element it fills.
pub fn joomla(script: &str) -> Vec<(Option<String>, String)> {
    if script.len() > LONGEST_SCRIPT || !(script.contains("addy") || script.contains("cloak")) {
        return Vec::new();
    }
    let variables = Parser { script, at: 0 }.variables();
    let target = target(script);
    let mut found = Vec::new();
    for (name, value) in &variables {
        let Some(suffix) = name.strip_prefix("addy").filter(|s| !s.starts_with("_text") && !s.starts_with("text"))
        else {
            continue;
        };
        let address = decode_entities(value);
        if is_address(&address) {
            let id = format!("cloak{}", suffix.trim_start_matches('_'));
            let id = script.contains(id.as_str()).then_some(id).filter(|_| target.is_some());
            found.push((id.or_else(|| target.clone()), address));
        }
    }
    found
}

/// The id of the first element the script looks up, if it is a cloak's.
fn target(script: &str) -> Option<String> {
    let (_, rest) = script.split_once("getElementById(")?;
    let rest = rest.trim_start().trim_start_matches(['\'', '"']);
    let id: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    id.starts_with("cloak").then_some(id)
}

/// Follows `name = 'a' + other + "b";` through a script.
struct Parser<'a> {
    script: &'a str,
    at: usize,
}

impl Parser<'_> {
    /// The variables with their last values, in the order of their first.
    fn variables(mut self) -> Vec<(String, String)> {
        let mut variables: Vec<(String, String)> = Vec::new();
        while self.at < self.script.len() && variables.len() < MOST_VARIABLES {
            let Some(name) = self.identifier() else {
                // A string outside an assignment is passed over whole: it may hold anything.
                if self.string().is_none() {
                    self.step();
                }
                continue;
            };
            self.space();
            let adds = self.eat("+=");
            let sets = !adds && self.eat("=") && !self.rest().starts_with('=');
            if !adds && !sets {
                continue;
            }
            let Some(value) = self.expression(&variables) else { continue };
            match variables.iter_mut().find(|(n, _)| *n == name) {
                Some((_, old)) if adds => old.push_str(&value),
                Some((_, old)) => *old = value,
                None => variables.push((name, value)),
            }
        }
        variables
    }

    fn expression(&mut self, variables: &[(String, String)]) -> Option<String> {
        let mut value = String::new();
        loop {
            self.space();
            if let Some(text) = self.string() {
                value.push_str(&text);
            } else {
                let name = self.identifier()?;
                value.push_str(&variables.iter().find(|(n, _)| *n == name)?.1);
            }
            self.space();
            if value.len() > LONGEST_STRING {
                return None;
            }
            if !self.eat("+") {
                return Some(value);
            }
        }
    }

    fn rest(&self) -> &str {
        self.script.get(self.at..).unwrap_or("")
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    fn identifier(&mut self) -> Option<String> {
        let rest = self.rest();
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'.')).count();
        let name = rest[..length].to_owned();
        self.at += length;
        (length > 0).then_some(name)
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut value = String::new();
        let mut escaped = false;
        for (offset, c) in self.rest().char_indices().take(LONGEST_STRING).skip(1) {
            match c {
                _ if escaped => {
                    value.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                '\n' => return None,
                _ if c == quote => {
                    self.at += offset + 1;
                    return Some(value);
                }
                _ => value.push(c),
            }
        }
        None
    }
}

/// Decodes numeric references, which is what cloaks are written in.
fn decode_entities(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let number = &rest[..end];
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        out.extend(code.ok().and_then(char::from_u32));
        rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
    }
    out.push_str(rest);
    out
}

fn is_address(words: &str) -> bool {
    let words = words.split('?').next().unwrap_or(words);
    let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\'' | '&');
    match words.split_once('@') {
        Some((name, host)) => {
            !name.is_empty() && host.contains('.') && name.chars().all(good) && host.chars().all(good)
        }
        None => false,
    }
}

fn base64(words: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(words.len());
    let (mut bits, mut count) = (0_u32, 0);
    for b in words.bytes().filter(|b| *b != b'=') {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{cloudflare, hidden_mail, joomla};

    #[test]
    fn addresses_are_put_together() {
        assert_eq!(cloudflare("10797e767f5071673e7e7863").as_deref(), Some("info@aw.nhs"));
        assert_eq!(cloudflare("zz"), None);
        assert_eq!(hidden_mail("aW5mbw==", "YS5uaHMudWs=").as_deref(), Some("info@a.nhs.uk"));
        let old = "var prefix = 'ma' + 'il' + 'to'; var addy7 = 'dp&#111;' + '&#64;'; addy7 = addy7 + 'x' + '&#46;' + \"nhs\" + '&#46;uk';
            document.write('<a ' + path + '\\'' + prefix + ':' + addy7 + '\\'>'); document.write(addy7);";
        assert_eq!(joomla(old), [(None, "dpo@x.nhs.uk".to_owned())]);
        let new = "document.getElementById('cloak9f').innerHTML = ''; var addy9f = 'a' + '@b.uk'; var addy_text9f = 'Write'+' us';";
        assert_eq!(joomla(new), [(Some("cloak9f".to_owned()), "a@b.uk".to_owned())]);
    }
}
