//! One entry of a dictionary.

use crate::model::{Day, PartialDate};
use std::borrow::Cow;

/// The dictionary file a term stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// National and regional bodies, living and dead: `bodies.toml`.
    Bodies,
    /// Approvals under section 251: `cag-approvals.toml`.
    CagApprovals,
    /// CCGs and ICBs: `commissioners.toml`.
    Commissioners,
    /// Grounds under the common law duty of confidentiality: `confidentiality.toml`.
    Confidentiality,
    /// Words that give page furniture away: `furniture.toml`.
    Furniture,
    /// Headings and labels, and what stands under them: `headings.toml`.
    Headings,
    /// How the regulator is or was reached: `ico-contacts.toml`.
    IcoContacts,
    /// Lawful bases and conditions in words: `lawful-bases.toml`.
    LawfulBases,
    /// Acts, regulations and directives with the names people give them: `legislation.toml`.
    Legislation,
    /// Opt-outs: `opt-outs.toml`.
    OptOuts,
    /// Terms that the law no longer uses: `outdated-terms.toml`.
    OutdatedTerms,
    /// Template residue: `placeholders.toml`.
    Placeholders,
    /// Support units and suppliers: `processors.toml`.
    Processors,
    /// Purposes of processing: `purposes.toml`.
    Purposes,
    /// Editions of the records management code: `records.toml`.
    Records,
    /// Rights of data subjects: `rights.toml`.
    Rights,
    /// Transfers abroad and their mechanisms: `transfers.toml`.
    Transfers,
}

impl Family {
    /// How many families there are.
    pub const COUNT: usize = Family::Transfers as usize + 1;

    /// The family of a file name without extension.
    pub fn of_file(name: &str) -> Option<Family> {
        const ALL: [Family; 17] = [
            Family::Bodies,
            Family::CagApprovals,
            Family::Commissioners,
            Family::Confidentiality,
            Family::Furniture,
            Family::Headings,
            Family::IcoContacts,
            Family::LawfulBases,
            Family::Legislation,
            Family::OptOuts,
            Family::OutdatedTerms,
            Family::Placeholders,
            Family::Processors,
            Family::Purposes,
            Family::Records,
            Family::Rights,
            Family::Transfers,
        ];
        super::FAMILIES.iter().position(|f| *f == name).map(|at| ALL[at])
    }
}

/// One entry of a dictionary; see `schema.rs` for what each field means in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // documented in the schema, once
pub struct Term {
    pub family: Family,
    pub id: Cow<'static, str>,
    pub name: Option<Cow<'static, str>>,
    pub phrases: Cow<'static, [Cow<'static, str>]>,
    pub exact: Cow<'static, [Cow<'static, str>]>,
    pub kind: Option<Cow<'static, str>>,
    pub ods: Option<Cow<'static, str>>,
    pub from: Option<Cow<'static, str>>,
    pub until: Option<Cow<'static, str>>,
    pub successors: Cow<'static, [Cow<'static, str>]>,
    pub instead: Option<Cow<'static, str>>,
    pub subject: Option<Cow<'static, str>>,
    pub purposes: Cow<'static, [Cow<'static, str>]>,
    pub about: Option<Cow<'static, str>>,
    pub url: Option<Cow<'static, str>>,
    pub source: Cow<'static, str>,
    pub checked: Option<Cow<'static, str>>,
}

impl Term {
    /// The canonical name, or the id where it has none.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Its type within the family; empty where it has none.
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("")
    }

    /// First day on which it holds or exists.
    pub fn from_day(&self) -> Option<Day> {
        self.from.as_deref().and_then(PartialDate::parse).map(PartialDate::first)
    }

    /// First day on which it no longer does.
    pub fn until_day(&self) -> Option<Day> {
        self.until.as_deref().and_then(PartialDate::parse).map(PartialDate::first)
    }
}
