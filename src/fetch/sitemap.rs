//! The list of its pages that a site gives to programs (sitemaps.org): its bytes in, addresses out.
//!
//! It is read where the links of a home page lead to no notice. Lists are hostile like any page: only addresses of the
//! site itself count, size and number are bounded, compressed lists unpack to a bound, and entities are left as they are.

use super::address::{self, owner};
use super::client::Validators;
use super::discovery::Search;
use super::links::Link;
use super::visitor::Hindrance;
use super::{Fetcher, Stop};
use crate::corpus::warc::{Headers, decoded};
use url::Url;

/// Lists that are read of one site.
const MOST_LISTS: usize = 6;

/// Addresses that are taken from one list, as many as the protocol allows.
const MOST_ADDRESSES: usize = 50_000;

/// More of a list is not unpacked.
const LONGEST: u64 = 50 * 1024 * 1024;

/// Longer addresses are no page's.
const LONGEST_ADDRESS: usize = 2048;

/// What a list names.
#[derive(Debug, Default, PartialEq, Eq)]
struct List {
    /// Pages.
    pages: Vec<Url>,
    /// Further lists.
    lists: Vec<Url>,
}

impl Fetcher<'_> {
    /// Adds to a search what the lists of a site name: how many addresses may lead to the notice.
    pub(super) fn add_listed(&self, home: &Url, search: &mut Search) -> Result<usize, Stop> {
        let named = match self.visitor.lists(home) {
            Ok(named) => named,
            Err(Hindrance::State(error)) => return Err(Stop::State(*error)),
            Err(_) => return Ok(0),
        };
        let mut waiting: Vec<(Url, &str)> = named.into_iter().map(|url| (url, "named in robots.txt")).collect();
        if waiting.is_empty() {
            waiting.extend(home.join("/sitemap.xml").map(|url| (url, "many sites have it there")));
        }
        let (mut read, mut found): (Vec<Url>, usize) = (Vec::new(), 0);
        while !waiting.is_empty() && read.len() < MOST_LISTS && !self.is_over() {
            let (url, why) = waiting.remove(0);
            if read.contains(&url) {
                continue;
            }
            read.push(url.clone());
            let list = match self.list(&url, home)? {
                Ok(list) => list,
                Err(told) => {
                    search.say(format!("{url} (a list of pages, {why}): {told}"));
                    continue;
                }
            };
            let link = |url: &Url| Link { url: url.clone(), words: String::new(), furniture: false, next: false };
            let links: Vec<Link> = list.pages.iter().map(link).collect();
            let likely = search.add_links(&links);
            found += likely;
            search.say(format!(
                "{url} (a list of pages, {why}): {likely} of {} addresses may lead to the notice",
                list.pages.len()
            ));
            waiting.extend(list.lists.into_iter().take(MOST_LISTS).map(|url| (url, "named in another list")));
        }
        if !waiting.is_empty() {
            search.say(format!("{} further lists of pages were not read", waiting.len()));
        }
        Ok(found)
    }

    /// One list, or why it is none.
    fn list(&self, url: &Url, home: &Url) -> Result<Result<List, String>, Stop> {
        let visited = match self.visitor.visit(url, |_| Ok(Validators::default())) {
            Ok(visited) => visited,
            Err(Hindrance::State(error)) => return Err(Stop::State(*error)),
            Err(hindrance) => return Ok(Err(hindrance.to_string())),
        };
        if owner(&visited.url) != owner(home) {
            return Ok(Err(format!("it leads to another site, {}", visited.url)));
        }
        let answer = visited.answer;
        if answer.status != 200 {
            return Ok(Err(format!("the site answers {}", answer.status)));
        }
        Ok(decoded(&answer.headers, &answer.body, LONGEST).and_then(|bytes| {
            // Lists are often kept compressed, whatever the transfer does; what is not so coded stays as it is.
            let gzip = Headers(vec![("Content-Encoding".to_owned(), "gzip".to_owned())]);
            Ok(read(&decoded(&gzip, &bytes, LONGEST)?, &visited.url))
        }))
    }
}

/// The addresses of the same site that a list at `url` names.
fn read(bytes: &[u8], url: &Url) -> List {
    let text = String::from_utf8_lossy(bytes);
    let own = |words: &str| {
        let words = words.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim();
        let words = if words.len() <= LONGEST_ADDRESS { words.replace("&amp;", "&") } else { return None };
        address::parse(&words).ok().filter(|to| owner(to) == owner(url))
    };
    if !text.contains('<') {
        // The simplest form of the protocol: an address a line.
        return List { pages: text.lines().take(MOST_ADDRESSES).filter_map(own).collect(), lists: Vec::new() };
    }
    let mut all = Vec::new();
    for piece in text.split("<loc>").skip(1).take(MOST_ADDRESSES) {
        all.extend(own(piece.split("</loc>").next().unwrap_or("")));
    }
    if text.contains("<sitemapindex") {
        // Lists of pages come before those of news, pictures and people.
        let rank = |to: &Url| {
            let path = to.path().to_ascii_lowercase();
            match ["privacy", "page", "misc"].iter().position(|word| path.contains(word)) {
                Some(place) => place,
                None if ["image", "video", "author", "news", "event", "tag"].iter().any(|w| path.contains(w)) => 4,
                None => 3,
            }
        };
        all.sort_by_key(rank);
        return List { pages: Vec::new(), lists: all };
    }
    List { pages: all, lists: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(urls: &[Url]) -> Vec<&str> {
        urls.iter().map(Url::path).collect()
    }

    #[test]
    fn a_list_names_pages_of_its_own_site_alone() {
        let url = Url::parse("https://a.icb.nhs.uk/sitemap.xml").expect("an address");
        let list = read(
            b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><urlset>\
              <url><loc> https://a.icb.nhs.uk/privacy-notice?a=1&amp;b=2 </loc></url><url><loc>&b;</loc></url>\
              <url><loc><![CDATA[https://www.a.icb.nhs.uk/about]]></loc></url><url><loc>https://b.icb.nhs.uk/privacy</loc>\
              <url><loc>file:///etc/passwd</loc><loc>/relative</loc><loc>https://a.icb.nhs.uk/unended",
            &url,
        );
        assert_eq!(paths(&list.pages), ["/privacy-notice", "/about", "/unended"]);
        assert_eq!(list.pages[0].query(), Some("a=1&b=2"));
        let list = read(b"https://a.icb.nhs.uk/privacy\nnonsense\nhttps://c.uk/x\n", &url);
        assert_eq!(paths(&list.pages), ["/privacy"]);
        let index =
            b"<sitemapindex><loc>https://a.icb.nhs.uk/news-sitemap.xml</loc><loc>https://a.icb.nhs.uk/x.xml</loc>\
                      <loc>https://a.icb.nhs.uk/page-sitemap.xml</loc></sitemapindex>";
        let list = read(index, &url);
        assert_eq!(paths(&list.lists), ["/page-sitemap.xml", "/x.xml", "/news-sitemap.xml"]);
        assert_eq!(read(&[0xff, b'<', 0, b'l'], &url), List::default());
        assert_eq!(read(b"", &url), List::default());
    }
}
