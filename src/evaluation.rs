//! Compares what the program read with gold notices: precision and recall per claim kind and per rule.
//!
//! In come gold and analyses; out come counts. The meaning of both is that of `score.py`, with which every figure here
//! must agree: values are compared in a form that leaves out what does not count, distinct values once per notice.

use crate::model::{Claim, ClaimKind, Severity};
use crate::pipeline::Analysis;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a person found in one notice.
#[derive(Debug, Deserialize)]
pub struct Gold {
    /// File name of the notice.
    pub notice: String,
    /// The day it is judged on.
    pub as_of: String,
    /// What kind of document it is, where that matters.
    pub kind: Option<String>,
    /// Kind and value of each claim it makes.
    pub claims: Vec<(String, String)>,
    /// Purpose, kind and value of claims that belong to one purpose.
    #[serde(default)]
    pub by_purpose: Vec<(String, String, String)>,
    /// Claims that count neither way.
    #[serde(default)]
    pub optional: Vec<(String, String)>,
    /// Claims of one purpose that count neither way.
    #[serde(default)]
    pub optional_by_purpose: Vec<(String, String, String)>,
    /// Rules, or `rule:subject`, that must fire.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Rules that must not fire.
    #[serde(default)]
    pub not_findings: Vec<String>,
    /// Rules that may fire.
    #[serde(default)]
    pub optional_findings: Vec<String>,
    /// Whether every other error or warning is a false one.
    #[serde(default)]
    pub findings_complete: bool,
}

/// Right, false and missed answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found, and in the gold.
    pub right: usize,
    /// Found, and not in the gold.
    pub false_: usize,
    /// In the gold, and not found.
    pub missed: usize,
}

impl Tally {
    /// What the gold holds.
    pub fn gold(self) -> usize {
        self.right + self.missed
    }

    /// The share of what was found that is right; 1 where nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.false_)
    }

    /// The share of the gold that was found; 1 where there is none.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn plus(self, other: Tally) -> Tally {
        Tally {
            right: self.right + other.right,
            false_: self.false_ + other.false_,
            missed: self.missed + other.missed,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The counts over all gold notices.
#[derive(Debug, Default)]
pub struct Scores {
    claims: BTreeMap<String, Tally>,
    /// Counts per rule, by its id.
    pub rules: BTreeMap<String, Tally>,
    /// Notices compared.
    pub notices: usize,
    /// Every difference, in words.
    pub differences: Vec<String>,
    /// Notices that were lost or whose spans are wrong, in words.
    pub broken: Vec<String>,
}

type Pairs = BTreeSet<(String, String)>;
type Triples = BTreeSet<(String, String, String)>;

impl Scores {
    /// Counts per claim kind, in the order of the contract, then per purpose, document kind, and all together.
    pub fn claim_rows(&self) -> Vec<(&str, Tally)> {
        let names = ClaimKind::ALL
            .into_iter()
            .filter(|k| *k != ClaimKind::Transfer)
            .map(ClaimKind::name)
            .chain(["by-purpose", "document-kind"]);
        let mut rows: Vec<(&str, Tally)> = names
            .filter_map(|name| self.claims.get(name).map(|t| (name, *t)))
            .filter(|(_, t)| *t != Tally::default())
            .collect();
        rows.push(("all claims", self.claims.values().copied().fold(Tally::default(), Tally::plus)));
        rows
    }

    /// The counts of all rules together.
    pub fn findings(&self) -> Tally {
        self.rules.values().copied().fold(Tally::default(), Tally::plus)
    }

    /// Counts a notice that could not be read: all its gold is missed.
    pub fn lost(&mut self, gold: &Gold, why: &str) {
        self.notices += 1;
        self.broken.push(format!("{}: {why}", gold.notice));
        for (kind, _) in wanted(gold) {
            self.claims.entry(kind).or_default().missed += 1;
        }
        self.claims.entry("by-purpose".to_owned()).or_default().missed += triples(&gold.by_purpose).len();
        self.claims.entry("document-kind".to_owned()).or_default().missed += usize::from(gold.kind.is_some());
        for label in &gold.findings {
            self.rule(label).missed += 1;
        }
    }

    /// Compares one notice with its gold.
    pub fn add(&mut self, gold: &Gold, analysis: &Analysis) {
        self.notices += 1;
        let body = &analysis.text.body;
        let spans = analysis
            .claims
            .iter()
            .map(|c| c.evidence)
            .chain(analysis.findings.iter().flat_map(|f| f.evidence.iter().copied()));
        if let Some(span) = spans.into_iter().find(|s| s.is_empty() || body.get(s.range()).is_none()) {
            self.broken.push(format!("{}: span {}..{} holds no words", gold.notice, span.start, span.end));
        }
        self.add_kind(gold, analysis);
        self.add_claims(gold, &analysis.claims);
        self.add_by_purpose(gold, &analysis.claims);
        self.add_findings(gold, analysis);
    }

    fn add_kind(&mut self, gold: &Gold, analysis: &Analysis) {
        let Some(kind) = &gold.kind else { return };
        let tally = self.claims.entry("document-kind".to_owned()).or_default();
        if analysis.kind.name() == kind {
            tally.right += 1;
        } else {
            tally.missed += 1;
            self.differ("kind", gold, &format!("{} instead of {kind}", analysis.kind.name()));
        }
    }

    fn add_claims(&mut self, gold: &Gold, claims: &[Claim]) {
        let (want, spare) = (wanted(gold), spare(gold));
        let counted = claims
            .iter()
            .filter(|c| c.kind != ClaimKind::Transfer && !(c.kind == ClaimKind::Statute && c.flag("historical")));
        let have: Pairs = counted.map(|c| (c.kind.name().to_owned(), canonical(c.kind.name(), &c.value))).collect();
        let more_precise = |v: &str| have.iter().any(|(k, w)| k == "statute" && is_within(w, v));
        for pair in &want {
            let hit = have.contains(pair) || pair.0 == "statute" && more_precise(&pair.1);
            let tally = self.claims.entry(pair.0.clone()).or_default();
            if hit {
                tally.right += 1;
            } else {
                tally.missed += 1;
                self.differ("missed", gold, &format!("{} {}", pair.0, pair.1));
            }
        }
        for pair in have.iter().filter(|p| !want.contains(*p) && !spare.contains(*p)) {
            if is_loose(pair, &want, &spare) {
                continue;
            }
            self.claims.entry(pair.0.clone()).or_default().false_ += 1;
            self.differ("extra", gold, &format!("{} {}", pair.0, pair.1));
        }
    }

    fn add_by_purpose(&mut self, gold: &Gold, claims: &[Claim]) {
        let (want, optional, spare) = (triples(&gold.by_purpose), triples(&gold.optional_by_purpose), spare(gold));
        let kinds: BTreeSet<&str> = want.iter().map(|(_, kind, _)| kind.as_str()).collect();
        let of = |c: &Claim| Some((c.purpose.clone()?, c.kind.name().to_owned(), canonical(c.kind.name(), &c.value)));
        let have: Triples = claims.iter().filter(|c| kinds.contains(c.kind.name())).filter_map(of).collect();
        let extra: Vec<_> = have
            .difference(&want)
            .filter(|x| !optional.contains(*x) && !spare.contains(&(x.1.clone(), x.2.clone())))
            .collect();
        let missed: Vec<_> = want.difference(&have).collect();
        let tally = self.claims.entry("by-purpose".to_owned()).or_default();
        tally.right += want.len() - missed.len();
        tally.missed += missed.len();
        tally.false_ += extra.len();
        for (word, list) in [("missed", missed), ("extra", extra)] {
            for (purpose, kind, value) in list {
                self.differ(word, gold, &format!("for {purpose}: {kind} {value}"));
            }
        }
    }

    fn add_findings(&mut self, gold: &Gold, analysis: &Analysis) {
        let label = |f: &crate::rules::Finding| match f.subject.as_deref() {
            Some(subject) if !subject.is_empty() => format!("{}:{subject}", f.rule.id),
            _ => f.rule.id.to_owned(),
        };
        let mut fired: BTreeSet<String> = analysis.findings.iter().map(label).collect();
        fired.extend(analysis.findings.iter().map(|f| f.rule.id.to_owned()));
        for wanted in &gold.findings {
            if fired.contains(wanted) {
                self.rule(wanted).right += 1;
            } else {
                self.rule(wanted).missed += 1;
                self.differ("silent", gold, wanted);
            }
        }
        for unwanted in gold.not_findings.iter().filter(|r| fired.contains(*r)) {
            self.rule(unwanted).false_ += 1;
            self.differ("false", gold, unwanted);
        }
        if gold.findings_complete {
            let known: BTreeSet<&str> = gold
                .findings
                .iter()
                .chain(&gold.optional_findings)
                .chain(&gold.not_findings)
                .map(String::as_str)
                .collect();
            let loud: BTreeSet<(&str, String)> = analysis
                .findings
                .iter()
                .filter(|f| f.severity != Severity::Info)
                .map(|f| (f.rule.id, label(f)))
                .collect();
            for (_, label) in
                loud.into_iter().filter(|(rule, label)| !known.contains(rule) && !known.contains(label.as_str()))
            {
                self.rule(&label).false_ += 1;
                self.differ("false", gold, &label);
            }
        }
    }

    /// The counts of the rule that a `rule` or `rule:subject` names.
    fn rule(&mut self, label: &str) -> &mut Tally {
        let id = label.split(':').next().unwrap_or(label);
        self.rules.entry(id.to_owned()).or_default()
    }

    fn differ(&mut self, how: &str, gold: &Gold, what: &str) {
        self.differences.push(format!("{how:<7} {}: {what}", gold.notice));
    }
}

/// The claims the gold asks for, in the form in which they are compared.
fn wanted(gold: &Gold) -> Pairs {
    let of_purpose =
        gold.by_purpose.iter().filter(|(_, kind, _)| kind == "lawful-basis").map(|(_, kind, value)| (kind, value));
    gold.claims
        .iter()
        .map(|(kind, value)| (kind, value))
        .chain(of_purpose)
        .map(|(kind, value)| (kind.clone(), canonical(kind, value)))
        .collect()
}

/// The claims that count neither way. An organisation may be claimed as one without loss where the gold has it as
/// processor or controller.
fn spare(gold: &Gold) -> Pairs {
    let mut spare: Pairs = gold.optional.iter().map(|(kind, value)| (kind.clone(), canonical(kind, value))).collect();
    let named: Vec<String> = wanted(gold)
        .iter()
        .chain(&spare)
        .filter(|(kind, _)| kind == "processor" || kind == "controller")
        .map(|(_, v)| v.clone())
        .collect();
    spare.extend(named.into_iter().map(|v| ("organisation".to_owned(), v)));
    spare
}

fn triples(list: &[(String, String, String)]) -> Triples {
    list.iter().map(|(purpose, kind, value)| (purpose.clone(), kind.clone(), canonical(kind, value))).collect()
}

/// Whether a claim beyond the gold is no mistake: a statute cited more or less precisely than asked for, the UK GDPR as
/// such, a web address.
fn is_loose((kind, value): &(String, String), want: &Pairs, spare: &Pairs) -> bool {
    match kind.as_str() {
        "statute" => {
            value.starts_with("eur/2016/679")
                || want.iter().chain(spare).any(|(k, w)| k == "statute" && (is_within(value, w) || is_within(w, value)))
        }
        "contact" => value.starts_with("web:"),
        _ => false,
    }
}

/// Whether a path on legislation.gov.uk lies below another.
fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// A value without what does not count: case, titles of persons, `NHS`, `Ltd`, the form of a web address.
fn canonical(kind: &str, value: &str) -> String {
    static TITLES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?-u:\b)(dr|mr|mrs|ms|miss|prof|professor|sir|dame)(?-u:\b)\.?").ok());
    let lower = value.to_lowercase();
    match kind {
        "processor" | "organisation" | "controller" => organisation(&lower),
        "role" => {
            let (role, who) = value.split_once('=').unwrap_or((value, ""));
            let who = who.to_lowercase().replace('’', "'");
            let who = TITLES.as_ref().map_or(who.clone(), |r| r.replace_all(&who, "").into_owned());
            let words = who.split(',').next().unwrap_or("");
            let words = words
                .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '\'' | '-')))
                .filter(|w| !w.is_empty());
            format!("{role}={}", words.collect::<Vec<_>>().join(" "))
        }
        "contact" => {
            let bare = lower.trim_end_matches(['/', '.']);
            match bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")) {
                Some(site) => format!("web:{}", site.strip_prefix("www.").unwrap_or(site)),
                None => bare.to_owned(),
            }
        }
        "statute" => lower.strip_prefix("eu/").map_or(lower.clone(), |rest| format!("eur/{rest}")),
        _ => lower,
    }
}

/// An organisation's name: case, punctuation and the usual short forms do not count.
fn organisation(lower: &str) -> String {
    let mut name = lower.replace('&', " and ").replace('’', "'");
    for (long, short) in [
        ("clinical commissioning group", "ccg"),
        ("integrated care board", "icb"),
        ("commissioning support unit", "csu"),
        ("limited", "ltd"),
        ("'s", "s"),
        ("and greater east midlands", "and gem"),
    ] {
        name = name.replace(long, short);
    }
    let words = name
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|w| !w.is_empty() && !["nhs", "the", "ltd", "plc", "llp"].contains(w));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn values_are_compared_without_what_does_not_count() {
        assert_eq!(canonical("controller", "NHS Marlow Vale Clinical Commissioning Group"), "marlow vale ccg");
        assert_eq!(canonical("organisation", "Information Commissioner’s Office"), "information commissioners office");
        assert_eq!(canonical("role", "dpo=Dr. Anne O’Hara-Smith, Head"), "dpo=anne o'hara-smith");
        assert_eq!(canonical("contact", "https://www.ico.org.uk/"), "web:ico.org.uk");
        assert_eq!(canonical("statute", "eu/2016/679"), "eur/2016/679");
    }
}
