//! What a user settles for their own notices: who they are, how grave a rule is, what is accepted and why.
//!
//! In come the words of `fairnotice.toml`, comments in a notice, the words of a baseline; out come settings, and analyses whose
//! findings are those that count. Nothing here reads a file or the clock, and nothing changes what a notice claims.

mod apply;
mod baseline;
mod comments;
mod glob;
mod nearest;
mod parse;
mod places;
mod template;

pub use baseline::{BASELINE_NAME, Baseline, Named};
pub use glob::Glob;
pub use nearest::nearest;
pub use parse::parse;
pub use template::template;

use crate::model::{Day, Declaration, Severity};
use std::fmt;

/// What settings files are called; the one nearest above a notice counts.
pub const FILE_NAME: &str = "fairnotice.toml";

/// The settings of one file.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The path of the file, as shown to people.
    pub name: String,
    /// Who the owner of the notices is.
    pub declaration: Option<Declaration>,
    /// The day to judge on.
    pub as_of: Option<AsOfSetting>,
    /// The least severity that fails a run; `Some(None)` where none does.
    pub fail_on: Option<Option<Severity>>,
    /// Folder with the user's own dictionaries, relative to the file.
    pub dictionaries: Option<String>,
    /// Path of the baseline, relative to the file.
    pub baseline: Option<String>,
    /// How grave rules are, in order: what comes later counts.
    levels: Vec<Levels>,
    /// Findings that are accepted, each with its reason.
    suppressions: Vec<Suppression>,
}

impl Settings {
    /// The path of the file, for messages.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { "none" } else { &self.name }
    }
}

/// The day to judge on, as settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOfSetting {
    /// This day.
    Day(Day),
    /// Each notice on its own review date.
    Reviewed,
}

/// How grave rules are in some notices.
#[derive(Clone, Debug)]
struct Levels {
    /// The notices; empty where it is all of them.
    paths: Vec<Glob>,
    /// Rule, or `family/*`, and how grave it is; none where it is off.
    rules: Vec<(String, Option<Severity>)>,
}

/// A finding that is accepted in the settings.
#[derive(Clone, Debug)]
struct Suppression {
    rule: String,
    fingerprint: String,
    reason: String,
    until: Option<Day>,
    /// The notices it is for; none where it may be any.
    path: Option<Glob>,
    /// Its line in the settings file.
    line: usize,
}

/// A mistake in a settings file: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError(String);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}
