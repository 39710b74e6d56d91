//! The pages of a PDF as the step that draws them out hands them over: written by it, read here.
//!
//! A line each: `page NUMBER WIDTH HEIGHT`, `text X Y END SIZE WORDS`, `bold X Y END SIZE WORDS`, `rule X Y X Y`, `line WORDS` (words without a
//! place), `link X Y X Y ADDRESS`, `problem MESSAGE`. Measures are points from the upper left corner. What is not of this form is passed over.

use std::fmt::Write;

/// Words on one line of a page, as the file draws them in one go.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// Where they begin.
    pub x: f64,
    /// Where they stand.
    pub y: f64,
    /// Where they end.
    pub end: f64,
    /// Size of the type.
    pub size: f64,
    /// The type is bold.
    pub bold: bool,
    /// The words.
    pub text: String,
}

/// A line drawn along the page or down it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its left or upper end.
    pub from: (f64, f64),
    /// Its right or lower end.
    pub to: (f64, f64),
}

impl Rule {
    /// A line between two points, if it runs along the page or down it and is long enough to part cells.
    pub fn of(a: (f64, f64), b: (f64, f64)) -> Option<Rule> {
        let from = (a.0.min(b.0), a.1.min(b.1));
        let to = (a.0.max(b.0), a.1.max(b.1));
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        ((across < 1.0 && down > 5.0) || (down < 1.0 && across > 5.0)).then_some(Rule { from, to })
    }

    /// Whether it runs down the page.
    pub fn is_vertical(&self) -> bool {
        self.to.1 - self.from.1 > self.to.0 - self.from.0
    }
}

/// An area of a page that leads to an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// Its left upper corner.
    pub from: (f64, f64),
    /// Its right lower corner.
    pub to: (f64, f64),
    /// The address.
    pub href: String,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Its height; 0 where no places are known.
    pub height: f64,
    /// What stands on it, in the order in which the file draws it.
    pub fragments: Vec<Fragment>,
    /// The lines drawn on it.
    pub rules: Vec<Rule>,
    /// The areas that lead to an address.
    pub links: Vec<Linked>,
    /// Words without a place, a line each.
    pub unplaced: Vec<String>,
}

/// What is handed over.
#[derive(Debug, Default)]
pub struct Written {
    /// The lines so far.
    pub text: String,
}

impl Written {
    /// Begins a page.
    pub fn page(&mut self, number: u32, width: f64, height: f64) {
        let _ = writeln!(self.text, "page {number} {width:.1} {height:.1}");
    }

    /// Adds words with their place.
    pub fn fragment(&mut self, f: &Fragment) {
        self.text.push_str(if f.bold { "bold " } else { "text " });
        let _ = write!(self.text, "{:.1} {:.1} {:.1} {:.1} ", f.x, f.y, f.end, f.size);
        self.words(&f.text);
    }

    /// Adds a line drawn on the page.
    pub fn rule(&mut self, rule: &Rule) {
        let ((x, y), (to_x, to_y)) = (rule.from, rule.to);
        let _ = writeln!(self.text, "rule {x:.1} {y:.1} {to_x:.1} {to_y:.1}");
    }

    /// Adds an area that leads to an address.
    pub fn link(&mut self, link: &Linked) {
        let ((x, y), (to_x, to_y)) = (link.from, link.to);
        let _ = write!(self.text, "link {x:.1} {y:.1} {to_x:.1} {to_y:.1} ");
        self.words(&link.href);
    }

    /// Adds words without a place.
    pub fn line(&mut self, words: &str) {
        self.text.push_str("line ");
        self.words(words);
    }

    /// Adds something that could not be read.
    pub fn problem(&mut self, message: &str) {
        self.text.push_str("problem ");
        self.words(message);
    }

    fn words(&mut self, words: &str) {
        self.text.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c }));
        self.text.push('\n');
    }
}

/// Reads what was handed over: the pages, and what could not be read of which page.
pub fn parse(written: &str) -> (Vec<Page>, Vec<(Option<u32>, String)>) {
    let (mut pages, mut problems) = (Vec::<Page>::new(), Vec::new());
    for line in written.lines() {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        if kind == "page" {
            let mut words = rest.split(' ');
            let number = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
            let height = words.nth(1).and_then(|n| n.parse().ok()).unwrap_or(0.0);
            pages.push(Page { number, height, ..Page::default() });
            continue;
        }
        let page = pages.last_mut();
        match (kind, page) {
            ("text" | "bold", Some(page)) => page.fragments.extend(fragment(rest, kind == "bold")),
            ("rule", Some(page)) => page.rules.extend(rule(rest)),
            ("link", Some(page)) => page.links.extend(link(rest)),
            ("line", Some(page)) => page.unplaced.push(rest.to_owned()),
            ("problem", page) => problems.push((page.map(|p| p.number), rest.to_owned())),
            _ => {}
        }
    }
    (pages, problems)
}

fn fragment(rest: &str, bold: bool) -> Option<Fragment> {
    let mut words = rest.splitn(5, ' ');
    let mut number = || words.next()?.parse().ok().filter(|n: &f64| n.is_finite());
    let (x, y, end, size) = (number()?, number()?, number()?, number()?);
    let text = words.next()?.chars().fold(String::new(), |mut out, c| {
        match ligature(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
        out
    });
    Some(Fragment { x, y, end, size, bold, text })
}

fn rule(rest: &str) -> Option<Rule> {
    let mut numbers = rest.split(' ').filter_map(|n| n.parse().ok());
    let mut point = || Some((numbers.next()?, numbers.next()?));
    Rule::of(point()?, point()?)
}

fn link(rest: &str) -> Option<Linked> {
    let mut words = rest.splitn(5, ' ');
    let mut number = || words.next()?.parse().ok().filter(|n: &f64| n.is_finite());
    let (from, to) = ((number()?, number()?), (number()?, number()?));
    Some(Linked { from, to, href: words.next()?.to_owned() })
}

/// The letters of a ligature: type sets them as one, people write them apart.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut out = Written::default();
        out.page(3, 595.0, 842.0);
        let fragment = Fragment { x: 56.5, y: 70.0, end: 99.0, size: 11.0, bold: true, text: "Who we  are".to_owned() };
        out.fragment(&fragment);
        out.rule(&Rule { from: (1.0, 2.0), to: (100.0, 2.0) });
        out.problem("a fault");
        let (pages, problems) = parse(&(out.text + "text x\nrubbish\n"));
        assert_eq!((pages[0].number, &pages[0].fragments[..]), (3, &[fragment][..]));
        assert_eq!(pages[0].rules.len(), 1);
        assert_eq!(problems, [(Some(3), "a fault".to_owned())]);
    }
}
