//! Finding a notice from a home page: links in, the order in which to look at them out, each with its reason.
//!
//! It never looks at a page itself; whoever does tells it what was there.

use super::address::owner;
use super::links::Link;
use url::Url;

/// Pages that are looked at before the search is given up.
const MOST_LOOKS: usize = 10;

/// Candidates that are taken from one page, the likeliest: a list of pages may have thousands that speak of privacy.
const MOST_CANDIDATES: usize = 200;

/// From this worth on a candidate is mentioned although it was not looked at.
const LIKELY: i32 = 40;

/// What the words of a link or the name of a page are worth: the first that fits counts.
const WORDS: [(&str, i32); 23] = [
    ("privacy notice", 100),
    ("fair processing", 95),
    ("how we use your information", 95),
    ("how we use your data", 95),
    ("how we use your personal", 95),
    ("how your information is used", 95),
    ("how we use information", 90),
    ("privacy statement", 80),
    ("privacy policy", 75),
    ("privacy information", 70),
    ("privacy", 65),
    ("your information", 55),
    ("your data matters", 20),
    ("your data", 50),
    ("use of your information", 50),
    ("data protection", 45),
    ("information governance", 40),
    ("data privacy", 40),
    ("gdpr", 35),
    ("legal", 20),
    ("policies", 15),
    ("about us", 12),
    ("contact", 8),
];

/// Notices that are there for some readers only come after the one for all.
const FOR_SOME: [(&str, i32); 10] = [
    ("staff", -15),
    ("employee", -15),
    ("recruit", -15),
    ("applicant", -15),
    ("child", -10),
    ("young people", -10),
    ("website", -15),
    ("easy read", -15),
    ("covid", -15),
    ("supplier", -15),
];

/// Addresses at which many sites have their notice, tried where no link names one, and what they are worth.
const USUAL: [(&str, i32); 4] =
    [("/privacy-notice", 30), ("/privacy", 29), ("/privacy-policy", 28), ("/fair-processing-notice", 27)];

/// A page that may be the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its address.
    pub url: Url,
    /// How likely it is.
    pub score: i32,
    /// Why.
    pub why: String,
}

/// The search for one notice.
#[derive(Debug)]
pub struct Search {
    owner: String,
    open: Vec<Candidate>,
    seen: Vec<Url>,
    /// How many pages may still be looked at.
    looks: usize,
    /// What was done so far, in words.
    pub trace: Vec<String>,
}

impl Search {
    /// A search on the site of this home page.
    pub fn new(home: &Url) -> Search {
        let mut search = Search {
            owner: owner(home),
            open: Vec::new(),
            seen: vec![home.clone()],
            looks: MOST_LOOKS,
            trace: Vec::new(),
        };
        for (path, score) in USUAL {
            if let Ok(url) = home.join(path) {
                search.add(Candidate { url, score, why: "many sites have it there".to_owned() });
            }
        }
        search
    }

    /// Adds what a page links to: how many of its links may lead to the notice.
    pub fn add_links(&mut self, links: &[Link]) -> usize {
        let own = links.iter().filter(|l| owner(&l.url) == self.owner);
        let mut candidates: Vec<Candidate> = own.filter_map(candidate).collect();
        let count = candidates.len();
        candidates.sort_by_key(|c| std::cmp::Reverse(c.score));
        candidates.into_iter().take(MOST_CANDIDATES).for_each(|c| self.add(c));
        count
    }

    fn add(&mut self, candidate: Candidate) {
        if self.seen.contains(&candidate.url) {
            return;
        }
        match self.open.iter_mut().find(|c| c.url == candidate.url) {
            Some(known) if known.score < candidate.score => *known = candidate,
            Some(_) => {}
            None => self.open.push(candidate),
        }
    }

    /// The page to look at next, the likeliest one; of equals the first.
    pub fn next(&mut self) -> Option<Candidate> {
        if self.looks == 0 {
            return None;
        }
        let best = self.open.iter().map(|c| c.score).max()?;
        let at = self.open.iter().position(|c| c.score == best)?;
        let candidate = self.open.remove(at);
        self.seen.push(candidate.url.clone());
        self.looks -= 1;
        Some(candidate)
    }

    /// Lets as many pages be looked at once more: others were found.
    pub fn allow_more(&mut self) {
        self.looks = MOST_LOOKS;
    }

    /// Notes what a candidate turned out to be.
    pub fn note(&mut self, candidate: &Candidate, what: &str) {
        self.trace.push(format!("{} ({}, worth {}): {what}", candidate.url, candidate.why, candidate.score));
    }

    /// Notes anything else.
    pub fn say(&mut self, words: String) {
        self.trace.push(words);
    }

    /// Notes the likely candidates that were not looked at, the likeliest first.
    pub fn note_left(&mut self) {
        let mut left: Vec<&Candidate> = self.open.iter().filter(|c| c.score >= LIKELY).collect();
        left.sort_by_key(|c| std::cmp::Reverse(c.score));
        let lines: Vec<String> =
            left.iter().map(|c| format!("{} ({}, worth {}): not looked at", c.url, c.why, c.score)).collect();
        self.trace.extend(lines);
    }
}

/// What a link is worth; none where nothing speaks for it.
fn candidate(link: &Link) -> Option<Candidate> {
    let words = link.words.to_lowercase();
    let path = link.url.path().to_ascii_lowercase().replace(['-', '_', '+', '.'], " ").replace("%20", " ");
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let worth = |text: &str| WORDS.iter().find(|(w, _)| text.contains(w)).copied();
    let (by_words, by_name) = (worth(&words).filter(|_| words.len() <= 150), worth(name));
    let mut score = by_words.map_or(0, |(_, n)| n).max(by_name.map_or(0, |(_, n)| n / 2));
    // Words and name that agree are worth more than either.
    if by_words.is_some() && by_name.is_some() {
        score += 5;
    }
    let cookies = (words.contains("cookie") || name.contains("cookie")) && !words.contains("privacy");
    score += FOR_SOME.iter().find(|(w, _)| words.contains(w) || name.contains(w)).map_or(0, |(_, n)| *n);
    if super::layers::is_no_text(&link.url) || cookies || score <= 0 {
        return None;
    }
    let why = match (by_words, by_name) {
        (None, Some((word, _))) => format!("its address says \"{word}\""),
        _ => format!("the link says \"{}\"", link.words),
    };
    Some(Candidate { url: link.url.clone(), score, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_link_is_looked_at_first() {
        let home = Url::parse("https://a.icb.nhs.uk/").expect("an address");
        let link = |to: &str, words: &str| Link {
            url: home.join(to).expect(to),
            words: words.to_owned(),
            furniture: true,
            next: false,
        };
        let mut search = Search::new(&home);
        let found = search.add_links(&[
            link("/cookies", "Cookies"),
            link("/about", "About us"),
            link("/jobs/privacy", "Privacy notice for job applicants"),
            link("/site-privacy", "Website privacy policy"),
            link("/x/77", "Privacy Notice"),
            link("/y", "How we use your information"),
            link("https://ico.org.uk/privacy-notice", "Privacy notice"),
            link("/news", "News"),
        ]);
        assert_eq!(found, 5);
        let order: Vec<String> = std::iter::from_fn(|| search.next()).map(|c| c.url.path().to_owned()).collect();
        assert_eq!(
            order,
            [
                "/x/77", "/y", "/jobs/privacy", "/site-privacy", "/privacy-notice", "/privacy", "/privacy-policy",
                "/fair-processing-notice", "/about"
            ]
        );
    }
}
