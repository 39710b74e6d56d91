//! The list of sources: whose notices are fetched and where they are.
//!
//! In comes a TOML file (`corpus/sources.toml` shows the form); out come sources, or the first mistake with file, line
//! and cure. What the dictionary knows of a body need not stand in the file. It never touches the network.

use super::address;
use crate::dictionary::{Dictionary, Family, Term};
use serde::Deserialize;
use std::fmt;
use toml::Spanned;
use url::Url;

/// Whose notice is to be fetched, and what is known of where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name of the body.
    pub name: String,
    /// Its ODS code, where it has one.
    pub ods: Option<String>,
    /// Its home page.
    pub website: Option<Url>,
    /// The first page of its notice, where that is known.
    pub notice: Option<Url>,
    /// The day on which the notice was seen there, as YYYY-MM-DD.
    pub seen: Option<String>,
    /// ODS codes of the bodies whose work it took over.
    pub predecessors: Vec<String>,
}

impl Source {
    /// What tells it from the other sources of a file, from run to run.
    pub fn key(&self) -> String {
        let place = self.notice.as_ref().or(self.website.as_ref()).map_or("", Url::as_str);
        format!("{} {place}", self.ods.as_deref().unwrap_or(&self.name))
    }
}

/// A mistake in a list of sources: which file, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcesError(String);

impl fmt::Display for SourcesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SourcesError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    source: Vec<Spanned<RawSource>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    ods: Option<Spanned<String>>,
    name: Option<String>,
    website: Option<Spanned<String>>,
    notice: Option<Spanned<String>>,
    seen: Option<Spanned<String>>,
    #[serde(default)]
    predecessors: Vec<Spanned<String>>,
}

/// Reads a list of sources; `name` is its path, for messages.
///
/// # Errors
/// Where it has a mistake.
pub fn parse(name: &str, content: &str, dictionary: &Dictionary) -> Result<Vec<Source>, SourcesError> {
    let file = File { name, content, dictionary };
    let raw: RawFile = toml::from_str(content).map_err(|error| {
        let at = error.span().map_or(0, |s| s.start);
        file.mistake(at, &format!("{}; corpus/sources.toml shows the form of this file", error.message()))
    })?;
    let mut sources: Vec<Source> = Vec::new();
    for entry in raw.source {
        let at = entry.span().start;
        let source = file.source(at, entry.into_inner())?;
        if sources.iter().any(|s| s.key() == source.key()) {
            return Err(file.mistake(at, &format!("{} stands here for the second time; take one out", source.name)));
        }
        sources.push(source);
    }
    if sources.is_empty() {
        return Err(file.mistake(0, "it names no source; write [[source]] and under it website = \"https://…\""));
    }
    Ok(sources)
}

struct File<'a> {
    name: &'a str,
    content: &'a str,
    dictionary: &'a Dictionary,
}

impl File<'_> {
    fn mistake(&self, at: usize, what: &str) -> SourcesError {
        let before = &self.content.as_bytes()[..at.min(self.content.len())];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        SourcesError(format!("{}:{line}: {what}", self.name))
    }

    fn source(&self, at: usize, raw: RawSource) -> Result<Source, SourcesError> {
        let code = raw.ods.map(|code| self.code(&code)).transpose()?;
        let known = code.as_deref().and_then(|code| body(self.dictionary, code));
        let Some(name) = raw.name.filter(|n| !n.trim().is_empty()).or_else(|| known.map(|t| t.name().to_owned()))
        else {
            let what = match code {
                Some(code) => format!("'{code}' is no commissioner that the dictionary knows; add name = \"…\""),
                None => "this source has neither ods nor name; add name = \"…\"".to_owned(),
            };
            return Err(self.mistake(at, &what));
        };
        let website = self.address("website", raw.website)?;
        let notice = self.address("notice", raw.notice)?;
        if let Some(day) = raw.seen.as_ref().filter(|day| day.as_ref().parse::<jiff::civil::Date>().is_err()) {
            let what = format!("seen = \"{}\" is no day; write YYYY-MM-DD", day.as_ref());
            return Err(self.mistake(day.span().start, &what));
        }
        let predecessors = raw.predecessors.iter().map(|code| self.code(code)).collect::<Result<Vec<_>, _>>()?;
        // The dictionary knows the home pages of integrated care boards.
        let website = website.or_else(|| known.and_then(|t| t.url.as_deref()).and_then(|url| address::parse(url).ok()));
        Ok(Source { name, ods: code, website, notice, seen: raw.seen.map(Spanned::into_inner), predecessors })
    }

    fn code(&self, code: &Spanned<String>) -> Result<String, SourcesError> {
        let words = code.as_ref();
        let form =
            (3..=6).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !form {
            let what =
                format!("'{words}' is no ODS code; write 3 to 6 capital letters and digits, such as QOX or S1Y5D");
            return Err(self.mistake(code.span().start, &what));
        }
        Ok(words.clone())
    }

    fn address(&self, field: &str, words: Option<Spanned<String>>) -> Result<Option<Url>, SourcesError> {
        let Some(words) = words else { return Ok(None) };
        address::parse(words.as_ref())
            .map(Some)
            .map_err(|why| self.mistake(words.span().start, &format!("{field} = {why}")))
    }
}

/// The commissioner with an ODS code.
fn body<'a>(dictionary: &'a Dictionary, code: &str) -> Option<&'a Term> {
    dictionary.family(Family::Commissioners).find(|t| t.ods.as_deref() == Some(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_needs_little() {
        let file = "[[source]]\nods = \"QOX\"\n\n[[source]]\nname = \"Dr Quill's practice\"\nnotice = \"http://[::1]:80/p#x\"\nseen = \"2026-11-22\"\n";
        let sources = parse("s.toml", file, &Dictionary::built_in()).expect("no mistake");
        assert_eq!(sources[0].name, "NHS Bath and North East Somerset, Swindon and Wiltshire ICB");
        assert_eq!(sources[0].website.as_ref().map(Url::as_str), Some("https://bsw.icb.nhs.uk/"));
        assert_eq!(sources[1].notice.as_ref().map(Url::as_str), Some("http://[::1]/p"));
        assert_eq!(sources[1].ods, None);
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_cure() {
        for (file, told) in [
            ("", "s.toml:1: it names no source; write [[source]]"),
            ("[[source]]\nods = \"QOX\"\nurl = \"x\"\n", "s.toml:3: unknown field `url`"),
            ("[[source]]\nods = QOX\n", "s.toml:2: "),
            ("\n[[source]]\nods = \"qox\"\n", "s.toml:3: 'qox' is no ODS code; write 3 to 6 capital"),
            (
                "\n[[source]]\nods = \"ZZZ9\"\n",
                "s.toml:2: 'ZZZ9' is no commissioner that the dictionary knows; add name",
            ),
            ("[[source]]\nwebsite = \"https://a.uk\"\n", "s.toml:1: this source has neither ods nor name; add name"),
            (
                "[[source]]\nname = \"A\"\nwebsite = \"a.uk\"\n",
                "s.toml:3: website = 'a.uk' is no address; write it with https://",
            ),
            ("[[source]]\nname = \"A\"\nnotice = \"ftp://a.uk\"\n", "s.toml:3: notice = 'ftp://a.uk' begins with ftp:"),
            ("[[source]]\nname = \"A\"\nseen = \"May\"\n", "s.toml:3: seen = \"May\" is no day; write YYYY-MM-DD"),
            ("[[source]]\nods = \"QOX\"\n[[source]]\nods = \"QOX\"\n", "s.toml:3: NHS Bath"),
            ("[[source]]\nods = \"QOX\"\npredecessors = [\"92G\", \"?\"]\n", "s.toml:3: '?' is no ODS code"),
        ] {
            let error = parse("s.toml", file, &Dictionary::built_in()).expect_err(file).to_string();
            assert!(error.starts_with(told), "{file}: {error}");
        }
    }
}
