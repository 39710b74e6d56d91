//! What is wrong with a notice, and the rules that say so.

use super::Notice;
use super::corpus::{Corpus, CorpusFindings};
use crate::model::{Day, Severity, Span};

/// Law, guidance or register that a rule or finding rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reference {
    /// What it is called.
    pub title: &'static str,
    /// Where it can be read.
    pub url: &'static str,
}

/// One rule: its id, how grave a breach is, what it rests on, its page, and the check itself.
pub struct Rule {
    /// `family/name`; stable for ever.
    pub id: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// Day before which the rule never fires: its law or event did not exist.
    pub since: Option<Day>,
    /// What it rests on.
    pub references: &'static [Reference],
    /// Its page: the Markdown of the rule's doc comment.
    pub docs: &'static str,
    /// The check itself.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One notice.
    Notice(fn(&Notice<'_>, &mut Findings)),
    /// All notices together, with the official registers.
    Corpus(fn(&Corpus<'_>, &mut CorpusFindings<'_>)),
    /// What is suppressed: the settings report it, which alone know.
    Settings,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// How grave it is here.
    pub severity: Severity,
    /// Which of the rule's subjects: a body's or term's id.
    pub subject: Option<String>,
    /// What is wrong, for a data protection officer.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Day from which it holds; `None` where it always did.
    pub since: Option<Day>,
    /// The words it rests on, in reading order; empty where the finding is that something is not there.
    pub evidence: Vec<Span>,
    /// Words that are certain to be right in the place of others; empty where a person must decide.
    pub cures: Vec<Cure>,
}

impl Finding {
    /// A finding of a rule, as grave as the rule, that rests on no words yet.
    pub fn new(rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            subject: None,
            message: message.into(),
            help: help.into(),
            since: rule.since,
            evidence: Vec::new(),
            cures: Vec::new(),
        }
    }

    /// Whether its places say one thing together: a contradiction has two sides, and is none where one is taken away.
    pub fn is_joint(&self) -> bool {
        self.rule.id.starts_with("inconsistent/")
    }
}

/// Words that are certain to be right in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// The words that are out of date or wrong.
    pub span: Span,
    /// What takes their place.
    pub words: String,
    /// Where a link carries them whose address is out of date with them: that address, and what takes its place.
    pub link: Option<(String, String)>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// Where a rule puts its findings.
pub struct Findings {
    rule: &'static Rule,
    found: Vec<Finding>,
}

impl Findings {
    /// Runs `rule` over `notice` and gives its findings, those with one rule, subject and message folded into one.
    pub fn of(rule: &'static Rule, notice: &Notice<'_>) -> Vec<Finding> {
        if rule.since.is_some_and(|since| notice.judging.day < since) {
            return Vec::new();
        }
        let Check::Notice(check) = rule.check else { return Vec::new() };
        let mut out = Findings { rule, found: Vec::new() };
        check(notice, &mut out);
        out.found
    }

    /// Starts a finding: `message` says what is wrong, `help` what to do.
    pub fn report(&mut self, message: impl Into<String>, help: impl Into<String>) -> FindingBuilder<'_> {
        FindingBuilder { finding: Finding::new(self.rule, message, help), out: self }
    }
}

/// A finding being described; it is reported when dropped.
pub struct FindingBuilder<'a> {
    finding: Finding,
    out: &'a mut Findings,
}

impl FindingBuilder<'_> {
    /// Another severity than the rule's.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// The body's or term's id.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.finding.subject = Some(subject.into());
        self
    }

    /// The day from which the finding holds.
    pub fn since(mut self, day: Option<Day>) -> Self {
        self.finding.since = day.or(self.finding.since);
        self
    }

    /// Words it rests on.
    pub fn at(mut self, span: Span) -> Self {
        self.finding.evidence.push(span);
        self
    }

    /// Words that are certain to be right in the place of those at `span`: no meaning changes, nobody need decide.
    pub fn cure(self, span: Span, words: impl Into<String>) -> Self {
        self.cured_by(Some(Cure { span, words: words.into(), link: None }))
    }

    /// A cure, where there is a certain one.
    pub fn cured_by(mut self, cure: Option<Cure>) -> Self {
        self.finding.cures.extend(cure);
        self
    }

    /// Several places it rests on.
    pub fn at_all(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        self.finding.evidence.extend(spans);
        self
    }
}

impl Drop for FindingBuilder<'_> {
    fn drop(&mut self) {
        let mut finding = self.finding.clone();
        finding.evidence.sort();
        finding.evidence.dedup();
        let twin = self.out.found.iter_mut().find(|f| f.subject == finding.subject && f.message == finding.message);
        match twin {
            Some(twin) => {
                twin.evidence.append(&mut finding.evidence);
                twin.evidence.sort();
                twin.evidence.dedup();
                twin.cures.append(&mut finding.cures);
            }
            None => self.out.found.push(finding),
        }
    }
}
