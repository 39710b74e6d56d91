//! The whole tool on one screen: bytes become text, text yields claims, claims yield findings.
//!
//! Nothing here touches files, network, clock or chance.

use crate::claims::{self, Context, Outline};
use crate::dictionary::{Dictionary, Form};
use crate::document::{self, Document, Unreadable};
use crate::model::{Claim, ClaimKind, Day, Named, NoticeKind, PartialDate, Problem, Reading, Span, Text, sha256};
use crate::rules::{self, Finding, Findings, Judging, Notice};
use crate::text::join;
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::sync::Arc;

/// Which day a notice is judged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// This day.
    Day(Day),
    /// The notice's own review date, or this day where it gives none.
    Reviewed(Day),
}

/// One document, or several judged as one notice: read, understood and judged.
pub struct Analysis {
    /// Path, URL or `-`; what all of them are called together where there are several.
    pub source: String,
    /// That of its document; `multipart/mixed` where parts differ.
    pub media_type: &'static str,
    /// SHA-256 of the bytes read; where there are several parts, of their hashes, a line each.
    pub sha256: String,
    /// What it is.
    pub kind: NoticeKind,
    /// Its canonical text.
    pub text: Text,
    /// The documents it was read from, in order; at least one.
    pub parts: Vec<Part>,
    /// What it states, in reading order.
    pub claims: Vec<Claim>,
    /// The headings above each claim, outermost first; the claims of a section share them.
    pub sections: Vec<Arc<[String]>>,
    /// The CCGs and ICBs that it names outside page furniture, by place: what was copied from another body's notice is
    /// told by them.
    pub commissioners: Vec<Named>,
    /// What is wrong with it, gravest first.
    pub findings: Vec<Finding>,
    /// The headings above the first place of each finding.
    pub finding_sections: Vec<Vec<String>>,
    /// Findings that do not count, because they are suppressed or accepted.
    pub set_aside: Vec<SetAside>,
    /// Its sections.
    pub outline: Outline,
    /// The day it was judged on.
    pub judging: Judging,
    /// The settings file that counts for it, as shown to people.
    pub settings: Option<String>,
}

/// A finding that does not count, and why.
pub struct SetAside {
    /// The finding, with those of its places that do not count.
    pub finding: Finding,
    /// The headings above its first place.
    pub section: Vec<String>,
    /// Why it does not count.
    pub why: Why,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody suppressed it.
    Suppressed {
        /// Why they did.
        reason: String,
        /// The last day on which that holds, where they gave one.
        until: Option<Day>,
        /// Where they said so.
        place: String,
    },
    /// A baseline has it.
    Accepted,
}

/// A document that an analysis was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Path, URL or `-`.
    pub source: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// As its bytes show it, not as somebody declared it.
    pub media_type: &'static str,
    /// Its first byte in the canonical text.
    pub start: u32,
    /// The line of the joined source that is its first.
    pub first_line: u32,
}

/// Reads, understands and judges one document.
///
/// # Errors
/// Where the bytes hold nothing to read.
pub fn analyse(source: &str, bytes: &[u8], dictionary: &Dictionary, as_of: AsOf) -> Result<Analysis, Unreadable> {
    let Document { text, media_type } = document::read(bytes, source)?;
    let part = Part { source: source.to_owned(), sha256: sha256(bytes), media_type, start: 0, first_line: 1 };
    Ok(judge(source, text, vec![part], dictionary, as_of))
}

/// Reads several documents and judges them as one notice: what one of them says, none of the others need say. `missing`
/// names what should have been among them and could not be read: such a notice was not read whole. `None` where there
/// is no document at all.
pub fn analyse_together(
    source: &str,
    documents: Vec<(String, String, Document)>,
    missing: &[String],
    dictionary: &Dictionary,
    as_of: AsOf,
) -> Option<Analysis> {
    let mut parts: Vec<Part> = Vec::new();
    let texts = documents.into_iter().map(|(source, sha256, Document { mut text, media_type })| {
        if let Reading::Part(problems) = &mut text.reading {
            problems.iter_mut().for_each(|p| p.message = format!("{source}: {}", p.message));
        }
        parts.push(Part { source, sha256, media_type, start: 0, first_line: 1 });
        text
    });
    let (mut text, seams) = join(texts.collect());
    for (part, seam) in parts.iter_mut().zip(seams) {
        (part.start, part.first_line) = (seam.start, seam.first_line);
    }
    for name in missing {
        text.add_problem(Problem {
            message: format!("{name} could not be read and is not part of this judgement"),
            line: None,
            page: None,
        });
    }
    (!parts.is_empty()).then(|| judge(source, text, parts, dictionary, as_of))
}

/// Understands and judges a text that was read from `parts`.
pub fn judge(source: &str, text: Text, parts: Vec<Part>, dictionary: &Dictionary, as_of: AsOf) -> Analysis {
    judge_as(None, source, text, parts, dictionary, as_of)
}

/// As [`judge`], for a document whose kind is known beforehand: a passage of a notice, too short to show what it is from,
/// is judged as if it were one.
pub fn judge_as(
    kind: Option<NoticeKind>,
    source: &str,
    text: Text,
    parts: Vec<Part>,
    dictionary: &Dictionary,
    as_of: AsOf,
) -> Analysis {
    let mut context = Context::new(&text, dictionary);
    let mut claims = claims::read(&context);
    let kind = kind.unwrap_or_else(|| match claims::kind_of(&context, &claims) {
        // Whoever hands over several pages as one notice says that nothing of it is elsewhere.
        NoticeKind::NoticePart if parts.len() > 1 => NoticeKind::PrivacyNotice,
        kind => kind,
    });
    if kind == NoticeKind::Other {
        // What a news page or guidance mentions is nobody's claim.
        claims.clear();
    }
    let judging = day_of_judging(&claims, as_of);
    let notice = Notice { kind, text: &text, context: &context, claims: &claims, judging };
    let findings = findings(&notice);
    let mut paths: HashMap<Option<usize>, Arc<[String]>> = HashMap::new();
    let mut path = |span: Option<Span>| {
        let section = span.and_then(|s| context.part_of(s)).and_then(|p| p.section);
        paths.entry(section).or_insert_with(|| context.outline.path(section, &text).into()).clone()
    };
    let sections = claims.iter().map(|c| path(Some(c.evidence))).collect();
    let finding_sections = findings.iter().map(|f| path(f.evidence.first().copied()).to_vec()).collect();
    let commissioners = context
        .mentions
        .iter()
        .filter(|m| matches!(m.form, Some(Form::Ccg | Form::Icb)) && !context.is_furniture(m.folded.start))
        .map(|m| Named { span: m.span, name: m.name.as_str().into(), term: m.term })
        .collect();
    let outline = std::mem::take(&mut context.outline);
    drop(context);
    let sha256 = match &parts[..] {
        [only] => only.sha256.clone(),
        several => sha256(several.iter().map(|p| p.sha256.as_str()).collect::<Vec<_>>().join("\n").as_bytes()),
    };
    Analysis {
        source: source.to_owned(),
        media_type: media_type_of(&parts),
        sha256,
        kind,
        text,
        parts,
        claims,
        sections,
        commissioners,
        findings,
        finding_sections,
        set_aside: Vec::new(),
        outline,
        judging,
        settings: None,
    }
}

/// The media type of all parts; `multipart/mixed` where they differ.
fn media_type_of(parts: &[Part]) -> &'static str {
    let types = parts.iter().map(|p| p.media_type);
    types.reduce(|a, b| if a == b { a } else { "multipart/mixed" }).unwrap_or("text/plain")
}

/// What the rules say of a notice, the gravest first.
fn findings(notice: &Notice<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = match notice.kind {
        NoticeKind::PrivacyNotice | NoticeKind::NoticePart => {
            rules::all().flat_map(|rule| Findings::of(rule, notice)).collect()
        }
        NoticeKind::DataReleaseRegister | NoticeKind::Other => Vec::new(),
    };
    findings.sort_by(gravest_first);
    findings
}

/// The order in which findings are told.
pub fn gravest_first(a: &Finding, b: &Finding) -> Ordering {
    let key = |f: &Finding| (Reverse(f.severity), f.rule.id);
    key(a).cmp(&key(b)).then_with(|| (&a.subject, &a.evidence).cmp(&(&b.subject, &b.evidence)))
}

/// The day to judge on: the given one, or the latest review date that the notice states.
fn day_of_judging(claims: &[Claim], as_of: AsOf) -> Judging {
    match as_of {
        AsOf::Day(day) => Judging { day, own_date: false },
        AsOf::Reviewed(fallback) => {
            let own = claims
                .iter()
                .filter(|c| c.kind == ClaimKind::Reviewed)
                .filter_map(|c| PartialDate::parse(&c.value))
                .map(PartialDate::last)
                .max();
            Judging { day: own.unwrap_or(fallback), own_date: own.is_some() }
        }
    }
}

impl Analysis {
    /// Lets go of what only a look into this one document needs: its source, links and outline. What it states, what was
    /// found, their words, the passages around them and their places stay; a corpus of such analyses fits into memory.
    pub fn without_source(mut self) -> Analysis {
        self.text.origin = self.text.origin.without_source();
        self.text.body.shrink_to_fit();
        self.text.blocks.shrink_to_fit();
        self.text.links = Vec::new();
        self.outline = Outline::default();
        self.claims.shrink_to_fit();
        self.findings.shrink_to_fit();
        self
    }

    /// The headings above a place, outermost first.
    pub fn section_of(&self, span: Span) -> Vec<String> {
        let part = self.outline.parts[..self.outline.parts.partition_point(|p| p.span.start <= span.start)].last();
        part.map(|p| self.outline.path(p.section, &self.text)).unwrap_or_default()
    }

    /// The place of byte `at` of the text in the document that holds it.
    pub fn place(&self, at: u32) -> Place<'_> {
        let part = &self.parts[self.parts.partition_point(|p| p.start <= at).saturating_sub(1)];
        let at_line = document::has_lines(part.media_type).then(|| {
            let (line, column) = self.text.origin.line_column(at);
            (line + 1 - part.first_line, column)
        });
        Place {
            part,
            line: at_line.map(|(line, _)| line),
            column: at_line.map(|(_, column)| column),
            page: self.text.origin.page(at),
            // Each block of a text is a line of it.
            text_line: 1 + (self.text.block_at(at) - self.text.block_at(part.start)) as u32,
        }
    }

    /// Line and column behind the last character of a span, in the document that holds its first, where that has lines.
    pub fn end(&self, span: Span) -> Option<(u32, u32)> {
        let Place { part, line, .. } = self.place(span.start);
        line?;
        let (line, column) = self.text.origin.line_column_of_source(self.text.origin.source_range(span).end);
        Some((line + 1 - part.first_line, column))
    }
}

/// Where something stands in a document, as precisely as its format allows.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The document.
    pub part: &'a Part,
    /// Line of the file, from 1, where the file is text or HTML.
    pub line: Option<u32>,
    /// Column of the file in characters, from 1, where the file is text or HTML.
    pub column: Option<u32>,
    /// Page, from 1, where the document has pages.
    pub page: Option<u32>,
    /// Line of the document's canonical text, from 1.
    pub text_line: u32,
}

impl Place<'_> {
    /// The place within its document, in words: `line 12`, `page 3`; `line 12 of its text` where the format has neither.
    pub fn within(&self) -> String {
        match (self.line, self.page) {
            (Some(line), _) => format!("line {line}"),
            (None, Some(page)) => format!("page {page}"),
            (None, None) => format!("line {} of its text", self.text_line),
        }
    }

    /// The place within its document, as editors take it where the file is text: `12:3`; else as [`Place::within`].
    pub fn precisely(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{line}:{column}"),
            _ => format!(" {}", self.within()),
        }
    }
}
