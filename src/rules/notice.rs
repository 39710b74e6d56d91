//! One document read and understood, on the day it is judged: what every rule looks at.

use crate::claims::{Context, Status, status};
use crate::dictionary::{Family, Term};
use crate::model::{Claim, ClaimKind, Day, NoticeKind, PartialDate, Reading, Span, Text};
use std::ops::Range;

/// The day a notice is judged on, and how it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judging {
    /// The day.
    pub day: Day,
    /// Whether it is the notice's own review date rather than a day given from outside.
    pub own_date: bool,
}

/// One document with its claims, ready to be judged.
pub struct Notice<'a> {
    /// What it is.
    pub kind: NoticeKind,
    /// Its canonical text.
    pub text: &'a Text,
    /// What the claim readers saw on their way: folded text, outline, dictionary hits.
    pub context: &'a Context<'a>,
    /// Its claims, in reading order.
    pub claims: &'a [Claim],
    /// The day of judging.
    pub judging: Judging,
}

impl<'a> Notice<'a> {
    /// Its claims of one kind, in reading order.
    pub fn of(&self, kind: ClaimKind) -> impl Iterator<Item = &'a Claim> {
        self.claims.iter().filter(move |c| c.kind == kind)
    }

    /// Whether it makes any claim of the kind.
    pub fn has(&self, kind: ClaimKind) -> bool {
        self.of(kind).next().is_some()
    }

    /// Whether it says itself that it was last reviewed before a day: what is newer would contradict that.
    pub fn predates(&self, day: Day) -> bool {
        let reviewed = self.of(ClaimKind::Reviewed).filter_map(|c| PartialDate::parse(&c.value)).map(PartialDate::last);
        reviewed.max().is_some_and(|last| last < day)
    }

    /// The words right before and right behind a span in its block.
    pub fn around(&self, span: Span) -> (&'a str, &'a str) {
        let block = self.text.blocks[self.text.block_at(span.start)].span;
        let end = block.end.max(span.end) as usize;
        (&self.text.body[block.start as usize..span.start as usize], &self.text.body[span.end as usize..end])
    }

    /// Whether a name stands in running text by itself: no capital before it or behind it that would make it part of a longer
    /// name, no bracket that gives it a short form.
    pub fn stands_alone(&self, span: Span) -> bool {
        let (before, behind) = self.around(span);
        let last = before.trim_end().rsplit(' ').next().unwrap_or("");
        let longer =
            last.starts_with(char::is_uppercase) && !last.ends_with(['.', ':', ';', '!', '?']) && last != "The";
        let next = behind.strip_prefix("'s").or_else(|| behind.strip_prefix("’s")).unwrap_or(behind);
        let closed = next.is_empty() || next.starts_with(['.', ',', ';', ')', '\n']);
        let goes_on = next.strip_prefix(' ').is_some_and(|n| n.starts_with(|c: char| c.is_lowercase()));
        !longer && (closed || goes_on)
    }

    /// The controller named first; empty where none is.
    pub fn first_controller(&self) -> &'a str {
        self.of(ClaimKind::Controller).next().map_or("", |c| c.value.as_str())
    }

    /// Whether silence means something: a whole notice, wholly read.
    pub fn silence_counts(&self) -> bool {
        self.kind == NoticeKind::PrivacyNotice && self.text.reading == Reading::Whole
    }

    /// The words of a span.
    pub fn quote(&self, span: Span) -> &'a str {
        self.text.quote(span)
    }

    /// Whether a range of the folded text stands inside the title of a law that is longer than it:
    /// "NHS Commissioning Board" in the Regulations named after it.
    pub fn in_title_of_law(&self, range: &Range<usize>) -> bool {
        let by_phrase = self
            .context
            .hits_of(Family::Legislation)
            .any(|(h, _, _)| h.start <= range.start && range.end <= h.end && h.end - h.start > range.len());
        let span = self.context.span(range.clone());
        by_phrase || self.of(ClaimKind::Statute).any(|c| c.evidence.contains(span) && c.evidence != span)
    }

    /// Whether a byte of the folded text stands inside a web or e-mail address.
    pub fn in_address(&self, at: usize) -> bool {
        let folded = self.context.folded();
        let start = folded[..at].rfind([' ', '\n']).map_or(0, |n| n + 1);
        let token = folded[start..].split([' ', '\n']).next().unwrap_or("");
        token.contains("://") || token.starts_with("www.") || token.contains('@') || token.contains(".uk")
    }

    /// Whether the sentence around a byte of the folded text has one of the words.
    pub fn sentence_says(&self, at: usize, words: &[&str]) -> bool {
        let sentence = self.context.sentence_words(at);
        words.iter().any(|w| sentence.contains(w))
    }

    /// Whether what stands at a range of the folded text is spoken of as present: no history, no plan, no part of an
    /// address or of a law's title.
    pub fn speaks_of_the_present(&self, range: &Range<usize>) -> bool {
        status(self.context, range) == Status::Current && !self.in_address(range.start) && !self.in_title_of_law(range)
    }

    /// The names of the bodies that exist on the day of judging and descend from one that does not.
    pub fn living_heirs(&self, ended: &Term) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = ended.successors.iter().map(AsRef::as_ref).collect();
        while let Some(id) = open.pop() {
            let Some(term) = self.context.dictionary.by_id(ended.family, id).filter(|_| !seen.contains(&id)) else {
                continue;
            };
            seen.push(id);
            if term.until_day().is_some_and(|until| until <= self.judging.day) {
                open.extend(term.successors.iter().map(AsRef::<str>::as_ref));
            } else {
                names.push(term.name().to_owned());
            }
        }
        names.sort();
        if names.is_empty() {
            names.extend(ended.instead.as_deref().map(str::to_owned));
        }
        names
    }

    /// The type of the controllers, where all are of one: `ccg`, `icb`.
    pub fn controller_type(&self) -> Option<&'a str> {
        let mut types = self.of(ClaimKind::Controller).map(|c| c.text("type").unwrap_or(""));
        let first = types.next()?;
        types.all(|t| t == first).then_some(first)
    }
}
