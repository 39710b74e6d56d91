// The form of a dictionary file. Shared by the program, which reads users' dictionaries, and the build script, which
// compiles the ones that ship with it; so it uses nothing but serde and toml.

use serde::Deserialize;

/// The dictionary files, each a family of terms: `dictionaries/<name>.toml`.
pub const FAMILIES: [&str; 17] = [
    "bodies", "cag-approvals", "commissioners", "confidentiality", "furniture", "headings", "ico-contacts",
    "lawful-bases", "legislation", "opt-outs", "outdated-terms", "placeholders", "processors", "purposes", "records",
    "rights", "transfers",
];

/// One dictionary file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFile {
    /// Its entries.
    #[serde(default)]
    pub term: Vec<RawTerm>,
}

/// One entry as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawTerm {
    /// Stable id, unique in its family.
    pub id: toml::Spanned<String>,
    /// The canonical name or the claim's value.
    pub name: Option<String>,
    /// Ways to write it; case, quotes, dashes and spacing do not count.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Ways to write it in which capitals count: `THIS`, `SBS`.
    #[serde(default)]
    pub exact: Vec<String>,
    /// What sort of thing it is, within its family.
    pub r#type: Option<String>,
    /// ODS code.
    pub ods: Option<String>,
    /// First day on which it holds or exists.
    pub from: Option<String>,
    /// First day on which it no longer does.
    pub until: Option<String>,
    /// Ids of what succeeds it in the same family.
    #[serde(default)]
    pub successors: Vec<String>,
    /// What to write instead, in words.
    pub instead: Option<String>,
    /// Subject id of findings about it.
    pub subject: Option<String>,
    /// Id of the purpose it belongs to.
    #[serde(default)]
    pub purposes: Vec<String>,
    /// What it does for a controller (processors), or what it is about.
    pub about: Option<String>,
    /// Where the fact can be read by users.
    pub url: Option<String>,
    /// Where the fact comes from.
    pub source: String,
    /// The day it was checked, or `false`.
    pub checked: Checked,
    /// Sentences in which it must be found, the words in double square brackets.
    #[serde(default)]
    #[allow(dead_code, reason = "the tests read it; here it is only allowed to be in a file")]
    pub finds: Vec<String>,
    /// Sentences in which it must not be found.
    #[serde(default)]
    #[allow(dead_code, reason = "as above")]
    pub passes: Vec<String>,
}

/// Whether and when a fact was checked.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Checked {
    /// On this day, `YYYY-MM-DD`.
    On(String),
    /// Never: from memory.
    Never(bool),
}
