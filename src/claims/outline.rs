//! How a document falls into sections: which words are headings and labels, what stands under them, and for which
//! purpose.
//!
//! In come a text's blocks and the dictionary's hits; out come parts, each with its section path, the aspect its heading
//! or label announces (legal basis, retention, …) and the purpose of its section, row or list item. Headings of plain and
//! of flattened text are told by the words, so this needs the dictionary; it never changes the text.

use super::headings::Line;
use super::labels::Labels;
use super::{by_content, layout, levels, records};
use crate::dictionary::{Dictionary, Hit, TermId};
use crate::model::{CellPlace, Span, Text};
use crate::text::Fold;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a heading or label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // `dictionaries/headings.toml` lists the wordings of each
pub enum Aspect {
    LegalBasis,
    Processors,
    Recipients,
    Sources,
    Categories,
    Retention,
    Rights,
    Contact,
    Complaints,
    Confidentiality,
    OptOut,
    Purpose,
    Transfers,
    Automated,
    Controller,
    Roles,
    Security,
    About,
    Changes,
    Legislation,
    Consent,
}

impl Aspect {
    /// The aspect with this id in `headings.toml`.
    pub fn of(id: &str) -> Option<Aspect> {
        Some(match id {
            "legal-basis" => Aspect::LegalBasis,
            "processors" => Aspect::Processors,
            "recipients" => Aspect::Recipients,
            "sources" => Aspect::Sources,
            "categories" => Aspect::Categories,
            "retention" => Aspect::Retention,
            "rights" => Aspect::Rights,
            "contact" => Aspect::Contact,
            "complaints-ico" => Aspect::Complaints,
            "confidentiality" => Aspect::Confidentiality,
            "opt-out" => Aspect::OptOut,
            "purpose" => Aspect::Purpose,
            "transfers" => Aspect::Transfers,
            "automated" => Aspect::Automated,
            "controller" => Aspect::Controller,
            "roles" => Aspect::Roles,
            "security" => Aspect::Security,
            "about" => Aspect::About,
            "changes" => Aspect::Changes,
            "legislation" => Aspect::Legislation,
            "consent" => Aspect::Consent,
            _ => return None,
        })
    }

    /// Whether the aspect belongs to one purpose when notices go through purposes one by one.
    pub fn per_purpose(self) -> bool {
        matches!(
            self,
            Aspect::LegalBasis
                | Aspect::Processors
                | Aspect::Recipients
                | Aspect::Sources
                | Aspect::Categories
                | Aspect::Retention
                | Aspect::Purpose
                | Aspect::Confidentiality
                | Aspect::Controller
                | Aspect::OptOut
                | Aspect::Rights
                | Aspect::Transfers
        )
    }
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A heading, or a label that stands before its value.
    Heading,
    /// A list item.
    Item,
    /// Anything else.
    Prose,
}

/// A run of text with one place in the outline: a block, or a piece of a flattened one.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its bytes in the body.
    pub span: Span,
    /// Its bytes in the folded text.
    pub folded: Range<usize>,
    /// Number of its words.
    pub words: usize,
    /// Its section, as an index into [`Outline::sections`].
    pub section: Option<usize>,
    /// What its nearest heading, label, row or column announces.
    pub aspect: Option<Aspect>,
    /// The purpose of its section, row or item.
    pub purpose: Option<TermId>,
    /// Menus, dialogues, footers.
    pub furniture: bool,
    /// The block it is or is part of.
    pub block: usize,
    /// Its place in a table.
    pub cell: Option<CellPlace>,
}

/// A section: its heading and what it stands under.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading's words.
    pub heading: Span,
    /// The section around it.
    pub parent: Option<usize>,
    /// Level, from 1.
    pub level: u8,
}

/// The outline of one document.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All parts, in reading order.
    pub parts: Vec<Part>,
    /// All sections, in reading order.
    pub sections: Vec<Section>,
    /// Where a section, row or item of its own is given to a purpose: the words and the purpose.
    pub purposes: Vec<(Span, TermId)>,
    /// The purpose of a page that is all about one.
    pub whole: Option<TermId>,
    /// The purposes that table rows are about, by table and row.
    pub rows: HashMap<(u16, u16), TermId>,
}

impl Outline {
    /// The part that holds byte `at` of the folded text.
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        self.parts[..self.parts.partition_point(|p| p.folded.start <= at)].last()
    }

    /// Number of the part that holds byte `at` of the folded text.
    pub fn part_index(&self, at: usize) -> usize {
        self.parts.partition_point(|p| p.folded.start <= at).saturating_sub(1)
    }

    /// The headings above a section, outermost first, its own included.
    pub fn path(&self, section: Option<usize>, text: &Text) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = section;
        while let Some(section) = at {
            path.push(text.quote(self.sections[section].heading).trim_end_matches(':').to_owned());
            at = self.sections[section].parent;
        }
        path.reverse();
        path
    }

    /// Lays a text out.
    pub fn of(text: &Text, fold: &Fold, hits: &[Hit], dictionary: &Dictionary) -> Outline {
        let mut lines: Vec<Line> = text.blocks.iter().map(|b| Line::of(b, text, fold, hits, dictionary)).collect();
        levels::tell_complaints_apart(&mut lines, fold, dictionary);
        let labels = Labels::of(&lines, text, fold);
        by_content::Reader { text, fold, hits, dictionary, labels: &labels }.name(&mut lines);
        let whole = layout::whole_purpose(text, &lines, fold);
        let mut builder = layout::Builder {
            text,
            fold,
            dictionary,
            outline: Outline { whole, ..Outline::default() },
            stack: Vec::new(),
            current: layout::State::default(),
            rows: HashMap::new(),
            columns: HashMap::new(),
            following: labels.following(&lines, fold),
            labels,
            met: HashSet::new(),
            headed_columns: records::headed_columns(&lines, text),
            records: records::records(&lines, text, fold),
            furniture_from: levels::furniture_start(text, hits, dictionary, fold),
        };
        for (at, line) in lines.iter().enumerate() {
            let heading = levels::is_heading(&lines, at, text);
            builder.block(at, line, heading, hits);
        }
        builder.outline.rows =
            builder.rows.iter().filter_map(|(key, (purpose, _))| purpose.map(|p| (*key, p))).collect();
        builder.outline
    }
}
