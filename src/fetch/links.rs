//! The links of a page: its decoded source in; addresses with the words that carry them, and where on the page they stand,
//! out.
//!
//! It reads tags and nothing else, in one pass that no page can make slow or deep, and never runs a script.

use super::address;
use url::Url;

/// Longer words of links are cut.
const LONGEST_WORDS: usize = 300;

/// More links are not looked at.
const MOST: usize = 5000;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: Url,
    /// Its words; those of a picture or label where it shows none.
    pub words: String,
    /// Whether it stands in a menu, a header, a footer or an aside.
    pub furniture: bool,
    /// Whether the page says that it leads to its continuation.
    pub next: bool,
}

/// The links of a page that was served at `url`.
pub fn links(source: &str, url: &Url) -> Vec<Link> {
    let mut page = Page { source, base: url.clone(), at: 0, furniture: 0, main: 0, open: None, links: Vec::new() };
    page.read();
    page.links
}

/// Where a page without an answer of its own sends its readers (`<meta http-equiv=refresh>`).
pub fn refresh(source: &str, url: &Url) -> Option<Url> {
    let mut page = Page { source, base: url.clone(), at: 0, furniture: 0, main: 0, open: None, links: Vec::new() };
    while let Some(tag) = page.next_tag() {
        if tag.name == "meta" && tag.get("http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("refresh")) {
            let content = tag.get("content").unwrap_or("");
            let at = content.to_ascii_lowercase().find("url=")?;
            return address::join(url, content[at + 4..].trim().trim_matches(['\'', '"']));
        }
    }
    None
}

struct Tag {
    name: String,
    end: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

struct Page<'a> {
    source: &'a str,
    base: Url,
    at: usize,
    /// Menus, headers, footers and asides that are open.
    furniture: usize,
    /// Main parts and articles that are open.
    main: usize,
    open: Option<Open>,
    links: Vec<Link>,
}

/// A link whose words are being read.
struct Open {
    link: Link,
    label: String,
}

impl Page<'_> {
    fn read(&mut self) {
        let mut from = 0;
        while self.links.len() < MOST {
            let tag = self.next_tag();
            let before = self.source[from..].find('<').map_or(self.source.len(), |n| from + n);
            let words = &self.source[from..before.max(from)];
            if let Some(open) = self.open.as_mut().filter(|o| o.link.words.len() < LONGEST_WORDS) {
                open.link.words.push_str(words);
                open.link.words.push(' ');
            }
            let Some(tag) = tag else { break };
            self.tag(&tag);
            from = self.at;
        }
        self.close();
    }

    fn tag(&mut self, tag: &Tag) {
        let count = |n: usize| if tag.end { n.saturating_sub(1) } else { n + 1 };
        match tag.name.as_str() {
            "nav" | "header" | "footer" | "aside" => self.furniture = count(self.furniture),
            "main" | "article" => self.main = count(self.main),
            "a" | "area" => {
                self.close();
                if !tag.end {
                    self.begin(tag);
                }
            }
            "img" => {
                if let (Some(open), Some(alt)) = (self.open.as_mut(), tag.get("alt")) {
                    open.label = alt.to_owned();
                }
            }
            "base" => {
                if let Some(base) = tag.get("href").and_then(|href| address::join(&self.base, href)) {
                    self.base = base;
                }
            }
            "link" if says_next(tag) => {
                self.begin(tag);
                self.close();
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag) {
        let Some(url) = tag.get("href").and_then(|href| address::join(&self.base, href)) else { return };
        let label = ["aria-label", "title", "alt"].iter().find_map(|name| tag.get(name)).unwrap_or("");
        let furniture = self.furniture > 0 && self.main == 0;
        let link = Link { url, words: String::new(), furniture, next: says_next(tag) };
        self.open = Some(Open { link, label: label.to_owned() });
    }

    fn close(&mut self) {
        let Some(Open { mut link, label }) = self.open.take() else { return };
        let mut words = tidy(&link.words);
        if words.is_empty() {
            words = tidy(&label);
        }
        link.words = words;
        self.links.push(link);
    }

    /// The next tag; comments, scripts and styles are passed over.
    fn next_tag(&mut self) -> Option<Tag> {
        loop {
            let start = self.at + self.source[self.at..].find('<')?;
            let rest = &self.source[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at = comment.find("-->").map_or(self.source.len(), |n| start + 4 + n + 3);
                continue;
            }
            let end = rest.starts_with('/');
            let name_at = start + 1 + usize::from(end);
            let length = self.source[name_at..]
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(self.source.len() - name_at);
            if length == 0 {
                self.at = start + 1;
                continue;
            }
            let name = self.source[name_at..name_at + length].to_ascii_lowercase();
            self.at = name_at + length;
            let attributes = self.attributes();
            if !end && matches!(name.as_str(), "script" | "style" | "textarea" | "template" | "noframes") {
                self.skip_to_end_of(&name);
                continue;
            }
            return Some(Tag { name, end, attributes });
        }
    }

    fn skip_to_end_of(&mut self, name: &str) {
        while let Some(at) = self.source[self.at..].find("</") {
            self.at += at + 2;
            let word = self.source.as_bytes().get(self.at..self.at + name.len());
            if word.is_some_and(|w| w.eq_ignore_ascii_case(name.as_bytes())) {
                return;
            }
        }
        self.at = self.source.len();
    }

    /// The attributes of a tag whose name was just read, up to its end.
    fn attributes(&mut self) -> Vec<(String, String)> {
        let mut out = Vec::new();
        loop {
            let rest = self.source[self.at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            self.at = self.source.len() - rest.len();
            if rest.is_empty() {
                return out;
            }
            if rest.starts_with('>') {
                self.at += 1;
                return out;
            }
            let length = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            // A stray equals sign begins a name, as browsers have it.
            let length = length.max(rest.chars().next().map_or(1, char::len_utf8).min(rest.len()));
            let name = rest[..length].to_ascii_lowercase();
            self.at += length;
            let value = self.value();
            if matches!(name.as_str(), "href" | "rel" | "alt" | "title" | "aria-label" | "http-equiv" | "content") {
                out.push((name, decoded(value)));
            }
        }
    }

    fn value(&mut self) -> &str {
        let rest = self.source[self.at..].trim_start();
        let Some(rest) = rest.strip_prefix('=') else { return "" };
        let rest = rest.trim_start();
        let start = self.source.len() - rest.len();
        let (start, length, behind) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let length = rest[1..].find(quote).unwrap_or(rest.len() - 1);
                (start + 1, length, 1)
            }
            _ => (start, rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len()), 0),
        };
        self.at = (start + length + behind).min(self.source.len());
        &self.source[start..start + length]
    }
}

fn says_next(tag: &Tag) -> bool {
    tag.get("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("next")))
}

/// Words without markup's white space, entities decoded.
fn tidy(words: &str) -> String {
    let words = decoded(words);
    let mut out = words.split_whitespace().collect::<Vec<_>>().join(" ");
    out.truncate(out.floor_char_boundary(LONGEST_WORDS));
    out
}

/// The entities that addresses and short words hold.
fn decoded(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes().iter().take(12).position(|b| *b == b';');
        let character = end.and_then(|end| character(&rest[1..end]));
        match (character, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" => ' ',
        "ndash" | "mdash" => '-',
        "lt" => '<',
        "gt" => '>',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(source: &str) -> Vec<(String, String, bool)> {
        let base = Url::parse("https://a.uk/x/y").expect("an address");
        links(source, &base).into_iter().map(|l| (l.url.to_string(), l.words, l.furniture)).collect()
    }

    #[test]
    fn links_are_found_with_their_words_and_place() {
        let page = "<!-- <a href=no>no</a> --><script>'<a href=no>'</script><nav><a href='/n'>Menu</a></nav>
            <main><header><A HREF=\"privacy?a=1&amp;b=2#top\" class='x'>Privacy <b>not&shy;ice</b>\n&amp; more</A></header></main>
            <footer><a href=//b.uk/p><img alt='Fair processing' src=x></a><a name=x>none</a><a href=mailto:x@a.uk>m</a></footer>";
        let link = |url: &str, words: &str, furniture| (url.to_owned(), words.to_owned(), furniture);
        assert_eq!(
            at(page),
            [
                link("https://a.uk/n", "Menu", true),
                link("https://a.uk/x/privacy?a=1&b=2", "Privacy not&shy;ice & more", false),
                link("https://b.uk/p", "Fair processing", true),
            ]
        );
        assert_eq!(at("<base href='/z/'><a href=q>Q</a>")[0].0, "https://a.uk/z/q");
        let base = Url::parse("https://a.uk/x").expect("an address");
        assert!(links("<link rel='next' href='?start=12'>", &base)[0].next);
        let refresh = refresh("<meta http-equiv=Refresh content='0; URL=/new'>", &base);
        assert_eq!(refresh.map(String::from).as_deref(), Some("https://a.uk/new"));
    }

    #[test]
    fn a_page_of_nothing_but_attributes_is_read_in_one_pass() {
        let page = format!("<a {} href=/x>X</a>", "a=\"\" ".repeat(300_000));
        assert_eq!(at(&page).len(), 1);
        assert_eq!(at(&"<a ".repeat(200_000)), []);
        assert_eq!(at(&"</script><script>".repeat(100_000)), []);
    }

    proptest! {
        #[test]
        fn no_page_breaks_the_reader(source in "(<|>|a|href|=|'|\"| |/|!--|-->|script|é|&#x?1;|&){0,80}") {
            let _ = at(&source);
        }
    }
}
