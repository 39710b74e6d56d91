//! A finding with two sides: the notice that it is about, and what it was compared with.

use super::Corpus;
use crate::model::{Day, RegisterRow, Severity, Span};
use crate::rules::{Check, Finding, Rule};

/// What a notice was compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counterpart {
    /// Words of another document.
    Document {
        /// Its number in the corpus.
        document: usize,
        /// The words, in reading order.
        evidence: Vec<Span>,
    },
    /// A row of an official register.
    Register(RegisterRow),
}

/// One thing that is wrong with a notice in the light of another or of a register.
#[derive(Clone, Debug)]
pub struct CorpusFinding {
    /// The number of the notice it is about.
    pub document: usize,
    /// The finding itself; its evidence is words of that notice.
    pub finding: Finding,
    /// The other side; at least one.
    pub counterparts: Vec<Counterpart>,
}

/// Where a rule over the corpus puts its findings.
pub struct CorpusFindings<'a> {
    rule: &'static Rule,
    corpus: &'a Corpus<'a>,
    found: Vec<CorpusFinding>,
}

impl<'a> CorpusFindings<'a> {
    /// Runs `rule` over `corpus` and gives its findings.
    pub fn of(rule: &'static Rule, corpus: &'a Corpus<'a>) -> Vec<CorpusFinding> {
        let Check::Corpus(check) = rule.check else { return Vec::new() };
        let mut out = CorpusFindings { rule, corpus, found: Vec::new() };
        check(corpus, &mut out);
        let held =
            |f: &CorpusFinding| rule.since.is_none_or(|since| since <= out.corpus.documents[f.document].judging.day);
        out.found.retain(held);
        out.found
    }

    /// Starts a finding about a notice: `message` says what is wrong, `help` what to do.
    pub fn report(
        &mut self,
        document: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> CorpusFindingBuilder<'_> {
        let finding = Finding::new(self.rule, message, help);
        CorpusFindingBuilder {
            finding: CorpusFinding { document, finding, counterparts: Vec::new() },
            found: &mut self.found,
        }
    }
}

/// A finding being described; it is reported when dropped.
pub struct CorpusFindingBuilder<'a> {
    finding: CorpusFinding,
    found: &'a mut Vec<CorpusFinding>,
}

impl CorpusFindingBuilder<'_> {
    /// Another severity than the rule's.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.finding.finding.severity = severity;
        self
    }

    /// What tells it from the rule's other findings about the notice: a number, a reference, a body.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.finding.finding.subject = Some(subject.into());
        self
    }

    /// The day from which it holds.
    pub fn since(mut self, day: Option<Day>) -> Self {
        self.finding.finding.since = day.or(self.finding.finding.since);
        self
    }

    /// Words of the notice that it rests on.
    pub fn at(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        self.finding.finding.evidence.extend(spans);
        self
    }

    /// Words of another document.
    pub fn against(mut self, document: usize, spans: impl IntoIterator<Item = Span>) -> Self {
        let evidence = spans.into_iter().collect();
        self.finding.counterparts.push(Counterpart::Document { document, evidence });
        self
    }

    /// A row of a register, or the words of a document that lists what a register does.
    pub fn beside(mut self, counterpart: Counterpart) -> Self {
        self.finding.counterparts.push(counterpart);
        self
    }
}

impl Drop for CorpusFindingBuilder<'_> {
    fn drop(&mut self) {
        let mut finding = self.finding.clone();
        finding.finding.evidence.sort();
        finding.finding.evidence.dedup();
        self.found.push(finding);
    }
}
