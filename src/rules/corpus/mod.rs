//! What is wrong across notices, or between a notice and an official register.
//!
//! In come all notices of a corpus with what was read from them, and the registers; out come findings that show both
//! sides: the notice's own words, and the other notice's words or the register's row. A rule here looks values up in an
//! index and never compares every notice with every other.

mod agreement_expired;
mod agreements;
mod approval_expired;
mod approval_holder;
mod approval_unknown;
mod approvals;
mod basis_outlier;
mod body;
mod controller_closed;
mod copied_text;
mod disclosure;
mod finding;
mod processor_undisclosed;
mod processor_variants;
mod purpose_undisclosed;
mod registration_holder;
mod registrations;
mod role_differs;
mod shared_registration;
mod successor_residue;

pub use agreements::{Agreed, agreed_in};
pub use approvals::{Rows as ApprovalRows, is_over};
pub use body::{Body, BodyKey, body_key};
pub use finding::{CorpusFinding, CorpusFindingBuilder, CorpusFindings, Counterpart};

use super::{Judging, Rule};
use crate::dictionary::Dictionary;
use crate::model::{Claim, ClaimKind, Day, Named, NoticeKind, PartialDate, Reading, Registers, Span, Text};
use crate::text::sentence_starts;
use std::collections::HashMap;

/// No sentence reaches further, in bytes: a block may be megabytes long.
const NEAR: u32 = 3000;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &agreement_expired::AGREEMENT_EXPIRED,
    &approval_expired::APPROVAL_EXPIRED,
    &approval_holder::APPROVAL_HOLDER,
    &approval_unknown::APPROVAL_UNKNOWN,
    &basis_outlier::BASIS_OUTLIER,
    &controller_closed::CONTROLLER_CLOSED,
    &copied_text::COPIED_TEXT,
    &processor_undisclosed::PROCESSOR_UNDISCLOSED,
    &processor_variants::PROCESSOR_VARIANTS,
    &purpose_undisclosed::PURPOSE_UNDISCLOSED,
    &registration_holder::REGISTRATION_HOLDER,
    &role_differs::ROLE_DIFFERS,
    &shared_registration::SHARED_REGISTRATION,
    &successor_residue::SUCCESSOR_RESIDUE,
];

/// One document of a corpus with what was read from it.
pub struct Published<'a> {
    /// What it is.
    pub kind: NoticeKind,
    /// Its canonical text.
    pub text: &'a Text,
    /// Its claims, in reading order.
    pub claims: &'a [Claim],
    /// The commissioners it names, by place.
    pub commissioners: &'a [Named],
    /// The day it is judged on.
    pub judging: Judging,
    /// Its controllers, each once.
    pub controllers: Vec<Body>,
}

/// All documents and registers that the rules look at.
pub struct Corpus<'a> {
    /// The documents, in the order given.
    pub documents: Vec<Published<'a>>,
    /// The official registers.
    pub registers: &'a Registers,
    /// The agreements that registers among the documents list.
    pub published_agreements: Vec<Agreed>,
    /// What the program knows of bodies.
    pub dictionary: &'a Dictionary,
}

impl<'a> Published<'a> {
    /// A document with its controllers worked out.
    pub fn new(
        kind: NoticeKind,
        text: &'a Text,
        claims: &'a [Claim],
        commissioners: &'a [Named],
        judging: Judging,
        dictionary: &Dictionary,
    ) -> Published<'a> {
        let mut controllers: Vec<Body> = Vec::new();
        for claim in claims.iter().filter(|c| c.kind == ClaimKind::Controller) {
            if controllers.iter().all(|b| b.name != claim.value) {
                let kind = claim.text("type").unwrap_or("").to_owned();
                controllers.push(Body { key: body_key(&claim.value, dictionary), name: claim.value.clone(), kind });
            }
        }
        Published { kind, text, claims, commissioners, judging, controllers }
    }

    /// Its claims of one kind, in reading order.
    pub fn of(&self, kind: ClaimKind) -> impl Iterator<Item = &'a Claim> + use<'a> {
        self.claims.iter().filter(move |c| c.kind == kind)
    }

    /// Whether it is a notice or a page of one, rather than a register or something else.
    pub fn is_notice(&self) -> bool {
        matches!(self.kind, NoticeKind::PrivacyNotice | NoticeKind::NoticePart)
    }

    /// Whether silence means something: a whole notice, wholly read.
    pub fn silence_counts(&self) -> bool {
        self.kind == NoticeKind::PrivacyNotice && self.text.reading == Reading::Whole
    }

    /// The controller of a notice that has one, and one only.
    pub fn controller(&self) -> Option<&Body> {
        match &self.controllers[..] {
            [only] if self.is_notice() => Some(only),
            _ => None,
        }
    }

    /// Whether a body is among its controllers.
    pub fn is_of(&self, key: &BodyKey) -> bool {
        self.controllers.iter().any(|c| c.key == *key)
    }

    /// The first words that name a controller.
    pub fn controller_place(&self) -> Option<Span> {
        self.of(ClaimKind::Controller).next().map(|c| c.evidence)
    }

    /// The latest review date that the notice states.
    pub fn reviewed(&self) -> Option<PartialDate> {
        self.of(ClaimKind::Reviewed).filter_map(|c| PartialDate::parse(&c.value)).max_by_key(|d| d.last())
    }

    /// The sentence around some words, within their block. Of a block without full stops it is what stands near.
    pub fn sentence(&self, place: Span) -> Span {
        let Some(block) = self.text.blocks.get(self.text.block_at(place.start)).map(|b| b.span) else { return place };
        let body = &self.text.body;
        let from = body.ceil_char_boundary(block.start.max(place.start.saturating_sub(NEAR)) as usize);
        let to = body.floor_char_boundary(block.end.min(place.end.saturating_add(NEAR)) as usize);
        let starts: Vec<u32> = sentence_starts(&body[from..to.max(from)].to_ascii_lowercase());
        let at = (place.start as usize).saturating_sub(from) as u32;
        let next = starts.partition_point(|start| *start <= at);
        let start = starts.get(next.saturating_sub(1)).copied().unwrap_or(0);
        let end = starts.get(next).map_or(to as u32, |s| from as u32 + s);
        Span { start: from as u32 + start, end: end.max(place.end.min(block.end)) }
    }

    /// The day it is judged on.
    pub fn day(&self) -> Day {
        self.judging.day
    }
}

impl Corpus<'_> {
    /// The notices, each with its number.
    pub fn notices(&self) -> impl Iterator<Item = (usize, &Published<'_>)> {
        self.documents.iter().enumerate().filter(|(_, d)| d.is_notice())
    }

    /// The notices with one controller, by that controller.
    pub fn by_controller(&self) -> HashMap<&BodyKey, Vec<usize>> {
        let mut out: HashMap<&BodyKey, Vec<usize>> = HashMap::new();
        for (number, document) in self.documents.iter().enumerate() {
            if let Some(body) = document.controller() {
                out.entry(&body.key).or_default().push(number);
            }
        }
        out
    }
}

/// What every corpus rule says of `corpus`, in the order of the rules.
pub fn judge(corpus: &Corpus<'_>) -> Vec<CorpusFinding> {
    RULES.iter().flat_map(|rule| CorpusFindings::of(rule, corpus)).collect()
}
