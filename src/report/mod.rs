//! Findings leave as reports: one file per output format, each a pure function from a run to text.
//!
//! The lists here are what the command line offers; nothing else names a format. A report never looks at files, clock or
//! terminal: width and colour are handed to it.

mod claims_table;
mod concise;
pub mod consistency;
mod csv;
mod difference;
mod github;
mod gitlab;
mod history;
mod human;
mod imported;
mod json;
mod junit;
mod ledger;
mod markdown;
mod notice;
mod place;
mod register_list;
mod rule_list;
mod rule_page;
mod sarif;
mod scores;
mod search_hits;
mod snippet;
mod suppressed;
pub mod terminal;
mod verification;
mod versions;

pub use difference::Compared;
pub use history::{Entry, History};
pub use imported::Imported;
pub use markdown::within as findings_markdown;
pub use notice::Shown;
pub use register_list::KeptRegister;
pub use rule_list::{markdown as rules_markdown, table_markdown as rules_index};
pub use rule_page::RulePage;
pub use search_hits::Answers;
pub use verification::Checked;
pub use versions::Numbered;

use crate::evaluation::Scores;
use crate::fetch::Ledger;
use crate::model::Severity;
use crate::pipeline::{Analysis, AsOf, Why};
use crate::rules::Rule;
use serde::Serialize;

/// One output format of something.
pub struct Format<T: ?Sized> {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// Writes it.
    pub render: fn(&T, &Look) -> String,
}

/// The formats of `check`; the first is the default.
pub static CHECK: &[Format<Run>] = &[
    human::FORMAT,
    concise::FORMAT,
    json::ANALYSIS,
    json::ANALYSIS_LINES,
    sarif::FORMAT,
    junit::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    markdown::FORMAT,
];

/// The formats of `claims`; the first is the default.
pub static CLAIMS: &[Format<Run>] = &[claims_table::FORMAT, json::CLAIMS, json::CLAIM_LINES, csv::FORMAT];

/// The formats of `show`; the first is the default.
pub static SHOW: &[Format<Shown>] = &[notice::HUMAN, notice::JSON];

/// The formats of `diff`; the first is the default.
pub static DIFF: &[Format<Compared>] = &[difference::HUMAN, difference::JSON];

/// The formats of `history`; the first is the default.
pub static HISTORY: &[Format<History>] = &[history::HUMAN, history::JSON];

/// The formats of `verify`; the first is the default.
pub static VERIFY: &[Format<Checked>] = &[verification::HUMAN, verification::JSON];

/// The formats of `rules`; the first is the default.
pub static RULES: &[Format<[&'static Rule]>] = &[rule_list::TABLE, rule_list::JSON, rule_list::MARKDOWN];

/// The formats of `register list`; the first is the default.
pub static REGISTERS: &[Format<[KeptRegister]>] = &[register_list::TABLE, register_list::JSON];

/// The formats of `eval`; the first is the default.
pub static SCORES: &[Format<Scores>] = &[scores::TABLE, scores::JSON, scores::MARKDOWN];

/// The formats of `fetch`; the first is the default.
pub static LEDGER: &[Format<Ledger>] = &[ledger::TABLE, ledger::JSON];

/// The formats of `import`; the first is the default.
pub static IMPORT: &[Format<Imported>] = &[imported::HUMAN, imported::JSON];

/// The formats of `search`; the first is the default.
pub static HITS: &[Format<Answers>] = &[search_hits::TABLE, search_hits::JSON, search_hits::LINES, search_hits::ROWS];

/// What the reader's screen is like and what the reader asked for.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the screen.
    pub width: usize,
    /// Whether colours may be used.
    pub color: bool,
    /// Findings alone, without headers and summaries.
    pub quiet: bool,
}

/// One run over some inputs: what every report is made of.
pub struct Run {
    /// What was read, in the order given.
    pub analyses: Vec<Analysis>,
    /// What could not be read.
    pub unreadable: Vec<Refused>,
    /// The day of judging.
    pub as_of: AsOf,
    /// Hash of the dictionaries.
    pub dictionaries: String,
    /// The least severity that counts as a failure; none where nothing does.
    pub fail_on: Option<Severity>,
    /// The folder that paths are told from in reports for services which show a repository's files; empty where unknown.
    pub folder: String,
    /// Whether suppressed findings are shown too.
    pub show_suppressed: bool,
}

/// An input that could not be read.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// Path, URL or `-`.
    pub source: String,
    /// Why not, and what to do.
    pub reason: String,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is as grave as what counts as a failure.
    Clean,
    /// Something is.
    Failing,
    /// Some input could not be read, so that nobody knows.
    Unreadable,
}

impl Verdict {
    /// The exit code of the contract.
    pub fn exit_code(self) -> u8 {
        match self {
            Verdict::Clean => 0,
            Verdict::Failing => 1,
            Verdict::Unreadable => 3,
        }
    }
}

/// The counts of a run, by the names of the contract.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Summary {
    /// Documents read.
    pub notices: usize,
    /// Claims of all of them.
    pub claims: usize,
    /// Findings of this severity.
    pub error: usize,
    /// Findings of this severity.
    pub warning: usize,
    /// Findings of this severity.
    pub info: usize,
    /// Findings that a baseline hides.
    pub hidden: usize,
    /// Findings that are suppressed, in the notice or by the settings.
    pub suppressed: usize,
    /// Inputs that could not be read.
    pub unreadable: usize,
}

impl Run {
    /// Its counts.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.analyses.iter().collect::<Vec<_>>(), self.unreadable.len())
    }

    /// What came of it. That something could not be read outweighs findings: those are not all there are.
    pub fn verdict(&self) -> Verdict {
        let failing = |a: &Analysis| a.findings.iter().any(|f| self.fail_on.is_some_and(|least| f.severity >= least));
        if !self.unreadable.is_empty() {
            Verdict::Unreadable
        } else if self.analyses.iter().any(failing) {
            Verdict::Failing
        } else {
            Verdict::Clean
        }
    }
}

impl Summary {
    /// The counts of some analyses.
    pub fn of(analyses: &[&Analysis], unreadable: usize) -> Summary {
        let count =
            |severity: Severity| analyses.iter().flat_map(|a| &a.findings).filter(|f| f.severity == severity).count();
        let aside = |accepted: bool| {
            analyses.iter().flat_map(|a| &a.set_aside).filter(|s| (s.why == Why::Accepted) == accepted).count()
        };
        Summary {
            notices: analyses.len(),
            claims: analyses.iter().map(|a| a.claims.len()).sum(),
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            hidden: aside(true),
            suppressed: aside(false),
            unreadable,
        }
    }
}

/// A number with its noun: `1 error`, `2 errors`.
pub fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
