//! The whole tool on one screen: bytes become text, text yields claims, claims yield findings.
//!
//! Nothing here touches files, network, clock or chance.

use crate::claims::{self, Context};
use crate::dictionary::Dictionary;
use crate::document::{self, Document, Unreadable};
use crate::model::{Claim, ClaimKind, Day, NoticeKind, PartialDate, Text, sha256};
use crate::rules::{self, Finding, Findings, Judging, Notice};

/// Which day a notice is judged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// This day.
    Day(Day),
    /// The notice's own review date, or this day where it gives none.
    Reviewed(Day),
}

/// One document, read, understood and judged.
pub struct Analysis {
    /// Path, URL or `-`.
    pub source: String,
    /// `text/html` or `text/plain`.
    pub media_type: &'static str,
    /// SHA-256 of the bytes read.
    pub sha256: String,
    /// What it is.
    pub kind: NoticeKind,
    /// Its canonical text.
    pub text: Text,
    /// What it states, in reading order.
    pub claims: Vec<Claim>,
    /// The headings above each claim, outermost first.
    pub sections: Vec<Vec<String>>,
    /// What is wrong with it, gravest first.
    pub findings: Vec<Finding>,
    /// The headings above the first place of each finding.
    pub finding_sections: Vec<Vec<String>>,
    /// The day it was judged on.
    pub judging: Judging,
}

/// Reads, understands and judges one document.
///
/// # Errors
/// Where the bytes hold nothing to read.
pub fn analyse(source: &str, bytes: &[u8], dictionary: &Dictionary, as_of: AsOf) -> Result<Analysis, Unreadable> {
    let document = document::read(bytes, source)?;
    Ok(judge(source, sha256(bytes), document, dictionary, as_of))
}

/// Understands and judges a document that was read.
pub fn judge(source: &str, sha256: String, document: Document, dictionary: &Dictionary, as_of: AsOf) -> Analysis {
    let text = document.text;
    let context = Context::new(&text, dictionary);
    let mut claims = claims::read(&context);
    let kind = claims::kind_of(&context, &claims);
    if kind == NoticeKind::Other {
        // What a news page or guidance mentions is nobody's claim.
        claims.clear();
    }
    let judging = day_of_judging(&claims, as_of);
    let notice = Notice { kind, text: &text, context: &context, claims: &claims, judging };
    let mut findings: Vec<Finding> = match kind {
        NoticeKind::PrivacyNotice | NoticeKind::NoticePart => rules::all().flat_map(|rule| Findings::of(rule, &notice)).collect(),
        NoticeKind::DataReleaseRegister | NoticeKind::Other => Vec::new(),
    };
    findings.sort_by(|a, b| (std::cmp::Reverse(a.severity), a.rule.id, &a.subject, &a.evidence).cmp(&(std::cmp::Reverse(b.severity), b.rule.id, &b.subject, &b.evidence)));
    let path = |span: Option<crate::model::Span>| span.and_then(|s| context.part_of(s)).map(|p| context.outline.path(p.section, &text)).unwrap_or_default();
    let sections = claims.iter().map(|c| path(Some(c.evidence))).collect();
    let finding_sections = findings.iter().map(|f| path(f.evidence.first().copied())).collect();
    drop(context);
    Analysis { source: source.to_owned(), media_type: document.media_type, sha256, kind, text, claims, sections, findings, finding_sections, judging }
}

/// The day to judge on: the given one, or the latest review date that the notice states.
fn day_of_judging(claims: &[Claim], as_of: AsOf) -> Judging {
    match as_of {
        AsOf::Day(day) => Judging { day, own_date: false },
        AsOf::Reviewed(fallback) => {
            let own = claims.iter().filter(|c| c.kind == ClaimKind::Reviewed).filter_map(|c| PartialDate::parse(&c.value)).map(PartialDate::last).max();
            Judging { day: own.unwrap_or(fallback), own_date: own.is_some() }
        }
    }
}
