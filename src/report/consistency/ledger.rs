//! What became of every document: judged, set aside, or not read at all.

use super::Material;
use crate::model::{NoticeKind, Problem, Reading};
use crate::pipeline::Analysis;

/// Fewer words than this are no notice: most often a page whose text a script would bring.
const THIN: usize = 120;

/// A document and what became of it.
pub(super) struct Entry<'a> {
    pub source: &'a str,
    pub status: Status,
    /// The analysis, by number; none where it could not be read.
    pub notice: Option<usize>,
    pub body: Option<usize>,
    /// Words of its text.
    pub words: usize,
    /// What kept it from being read, or read whole.
    pub problems: Vec<String>,
    /// When it was captured, where it was.
    pub captured: Option<&'a str>,
    /// SHA-256 of its bytes; empty where it could not be read.
    pub sha256: &'a str,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// A whole notice, judged.
    Judged,
    /// A page of a layered notice, judged on what it says alone.
    Part,
    /// Judged, though some of it could not be read: what is missing counts for nothing.
    Cut,
    /// A register of data released.
    Register,
    /// Not a notice.
    Other,
    /// Too little text to be one.
    Thin,
    /// It could not be read.
    Unreadable,
}

impl Status {
    pub const ALL: [Status; 7] =
        [Status::Judged, Status::Part, Status::Cut, Status::Register, Status::Other, Status::Thin, Status::Unreadable];

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Status::Judged => "judged whole",
            Status::Part => "page of a layered notice",
            Status::Cut => "judged, not read whole",
            Status::Register => "data release register",
            Status::Other => "not a notice",
            Status::Thin => "too little text",
            Status::Unreadable => "unreadable",
        }
    }

    /// What it means for the numbers.
    pub fn meaning(self) -> &'static str {
        match self {
            Status::Judged => "every check ran",
            Status::Part => "judged on what it says; what it leaves out may stand on another page",
            Status::Cut => "judged on what could be read; nothing counts as missing",
            Status::Register => "its claims are read, it is not judged",
            Status::Other => "listed, not judged",
            Status::Thin => "fewer than 120 words: most often a page that a script would fill",
            Status::Unreadable => "nothing is known of it; it is not clean",
        }
    }

    /// The name in tables for programs.
    pub fn name(self) -> &'static str {
        match self {
            Status::Judged => "judged",
            Status::Part => "part",
            Status::Cut => "cut",
            Status::Register => "register",
            Status::Other => "other",
            Status::Thin => "thin",
            Status::Unreadable => "unreadable",
        }
    }
}

/// Every document of a run, in its order, those that could not be read last.
pub(super) fn ledger<'a>(material: Material<'a>, body_of: &[Option<usize>]) -> Vec<Entry<'a>> {
    let captured = |source: &str| material.captures.get(source).map(|c| c.instant.as_str());
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (notice, a) in material.run.analyses.iter().enumerate() {
        let words = a.text.body.split_whitespace().count();
        entries.push(Entry {
            source: &a.source,
            status: status(a, words),
            notice: Some(notice),
            body: body_of[notice],
            words,
            problems: match &a.text.reading {
                Reading::Whole => Vec::new(),
                Reading::Part(problems) => problems.iter().map(told).collect(),
            },
            captured: captured(&a.source),
            sha256: &a.sha256,
        });
    }
    entries.extend(material.run.unreadable.iter().map(|refused| Entry {
        source: &refused.source,
        status: Status::Unreadable,
        notice: None,
        body: None,
        words: 0,
        problems: vec![refused.reason.clone()],
        captured: captured(&refused.source),
        sha256: "",
    }));
    entries
}

fn status(a: &Analysis, words: usize) -> Status {
    match a.kind {
        NoticeKind::DataReleaseRegister => Status::Register,
        _ if words < THIN => Status::Thin,
        NoticeKind::Other => Status::Other,
        _ if a.text.reading != Reading::Whole => Status::Cut,
        NoticeKind::NoticePart => Status::Part,
        NoticeKind::PrivacyNotice => Status::Judged,
    }
}

fn told(problem: &Problem) -> String {
    match (problem.page, problem.line) {
        (Some(page), _) => format!("page {page}: {}", problem.message),
        (None, Some(line)) => format!("line {line}: {}", problem.message),
        (None, None) => problem.message.clone(),
    }
}
