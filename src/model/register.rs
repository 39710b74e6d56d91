//! Official registers as data: what their rows say, and which file and row says it.
//!
//! An edition is one published file of a register with the day of its state. Nothing here reads a file or judges.

use super::Day;
use serde::Serialize;

/// The registers that notices are checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisterKind {
    /// Approvals under section 251: the Confidentiality Advisory Group's register.
    Cag,
    /// Caldicott Guardians.
    Caldicott,
    /// Data sharing agreements: NHS England's register of data uses and its predecessors.
    Dars,
    /// Controllers who pay the data protection fee: the Information Commissioner's register.
    Ico,
    /// Organisations and their codes: reports of the Organisation Data Service.
    Ods,
}

impl RegisterKind {
    /// Every register, by name.
    pub const ALL: [RegisterKind; 5] =
        [RegisterKind::Cag, RegisterKind::Caldicott, RegisterKind::Dars, RegisterKind::Ico, RegisterKind::Ods];

    /// The name on the command line and of its folder in a corpus.
    pub fn name(self) -> &'static str {
        match self {
            RegisterKind::Cag => "cag",
            RegisterKind::Caldicott => "caldicott",
            RegisterKind::Dars => "dars",
            RegisterKind::Ico => "ico",
            RegisterKind::Ods => "ods",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            RegisterKind::Cag => "Confidentiality Advisory Group's register",
            RegisterKind::Caldicott => "register of Caldicott Guardians",
            RegisterKind::Dars => "register of data sharing agreements",
            RegisterKind::Ico => "ICO register of fee payers",
            RegisterKind::Ods => "Organisation Data Service's list",
        }
    }

    /// The register with a name.
    pub fn by_name(name: &str) -> Option<RegisterKind> {
        RegisterKind::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// The place of a row in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPlace {
    /// Sheet of the workbook; none where the file has no sheets.
    pub sheet: Option<Box<str>>,
    /// Row from 1 as a spreadsheet counts, headers included; in a text, the line.
    pub row: u32,
}

/// One row of a register as a finding shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterRow {
    /// The register: `ico`, `cag`, `dars`, `ods` or `caldicott`.
    pub register: &'static str,
    /// The file it was read from.
    pub file: String,
    /// The day of the file's state.
    pub date: String,
    /// Sheet of the workbook, where it is one.
    pub sheet: Option<String>,
    /// Row from 1; in a text, the line. None where the finding is that no row says it.
    pub row: Option<u32>,
    /// What the row says: column and value, the telling ones.
    pub cells: Vec<(&'static str, String)>,
}

/// A row of one of the registers.
pub trait Entry {
    /// Which register it is of.
    const KIND: RegisterKind;
    /// Where it stands.
    fn place(&self) -> &RowPlace;
    /// Its telling columns with their values; empty values are left out.
    fn cells(&self) -> Vec<(&'static str, String)>;
}

/// One published file of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition<E> {
    /// The file, as findings name it.
    pub file: String,
    /// The day of its state.
    pub date: Day,
    /// Its rows, in the file's order.
    pub entries: Vec<E>,
}

impl<E: Entry> Edition<E> {
    /// An entry as a finding shows it.
    pub fn row(&self, entry: &E) -> RegisterRow {
        let place = entry.place();
        RegisterRow {
            register: E::KIND.name(),
            file: self.file.clone(),
            date: self.date.to_string(),
            sheet: place.sheet.as_deref().map(str::to_owned),
            row: Some(place.row),
            cells: entry.cells().into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        }
    }
}

/// A register of fee payers' entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    /// Where it stands.
    pub at: RowPlace,
    /// Registration number, upper case.
    pub number: String,
    /// The organisation's name as registered.
    pub organisation: String,
    /// Other names it trades under.
    pub trading_names: Vec<String>,
    /// First day of the registration.
    pub starts: Option<Day>,
    /// Last day of the registration.
    pub ends: Option<Day>,
    /// The data protection officer or the person responsible for data protection, where the register names one.
    pub officer: Option<String>,
}

/// An application to the Confidentiality Advisory Group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// Where it stands.
    pub at: RowPlace,
    /// The reference in the form of claims; several where one row gives several. Empty where it has no known form.
    pub references: Vec<String>,
    /// The reference as written.
    pub written: String,
    /// Title of the application.
    pub title: String,
    /// "Supported", "Expired" …
    pub status: String,
    /// When the approval will be reviewed next, as written.
    pub next_review: String,
    /// Who applied.
    pub applicant: String,
}

/// A data sharing agreement, as the register of data uses gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Where it stands.
    pub at: RowPlace,
    /// Reference without version, in the form of claims.
    pub reference: String,
    /// Version, such as `v1.2`; empty where the register gives none.
    pub version: String,
    /// Title of the application.
    pub title: String,
    /// The controllers and applicants, as written.
    pub controllers: Vec<String>,
    /// First day.
    pub starts: Option<Day>,
    /// Last day.
    pub ends: Option<Day>,
    /// The purpose, by its id, where the entry shows one.
    pub purpose: Option<String>,
    /// Who processes the data for the controllers, by canonical name.
    pub processors: Vec<String>,
}

/// An organisation of the Organisation Data Service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Where it stands.
    pub at: RowPlace,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The day it opened.
    pub opened: Option<Day>,
    /// The day it closed.
    pub closed: Option<Day>,
}

/// A Caldicott Guardian.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guardian {
    /// Where it stands.
    pub at: RowPlace,
    /// The organisation's code; empty where the file gives none.
    pub code: String,
    /// The organisation.
    pub organisation: String,
    /// The Guardian's name, with the title.
    pub name: String,
}

/// All editions of all registers, each by date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// Approvals under section 251.
    pub cag: Vec<Edition<Approval>>,
    /// Caldicott Guardians.
    pub caldicott: Vec<Edition<Guardian>>,
    /// Data sharing agreements.
    pub dars: Vec<Edition<Agreement>>,
    /// Fee payers.
    pub ico: Vec<Edition<Registration>>,
    /// Organisations.
    pub ods: Vec<Edition<Organisation>>,
}

/// The edition in force on a day: the last whose state is of that day or earlier. A later state proves nothing about it.
pub fn in_force<E>(editions: &[Edition<E>], day: Day) -> Option<&Edition<E>> {
    editions.iter().filter(|e| e.date <= day).max_by_key(|e| e.date)
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

impl Entry for Registration {
    const KIND: RegisterKind = RegisterKind::Ico;

    fn place(&self) -> &RowPlace {
        &self.at
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        vec![
            ("registration number", self.number.clone()),
            ("organisation", self.organisation.clone()),
            ("trading names", self.trading_names.join("; ")),
            ("start", day(self.starts)),
            ("end", day(self.ends)),
            ("data protection officer", self.officer.clone().unwrap_or_default()),
        ]
    }
}

impl Entry for Approval {
    const KIND: RegisterKind = RegisterKind::Cag;

    fn place(&self) -> &RowPlace {
        &self.at
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        vec![
            ("reference", self.written.clone()),
            ("title", self.title.clone()),
            ("status", self.status.clone()),
            ("next review", self.next_review.clone()),
            ("organisation", self.applicant.clone()),
        ]
    }
}

impl Entry for Agreement {
    const KIND: RegisterKind = RegisterKind::Dars;

    fn place(&self) -> &RowPlace {
        &self.at
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        let version = if self.version.is_empty() { String::new() } else { format!("-{}", self.version) };
        vec![
            ("reference", format!("{}{version}", self.reference)),
            ("title", self.title.clone()),
            ("controllers", self.controllers.join("; ")),
            ("start", day(self.starts)),
            ("end", day(self.ends)),
            ("purpose", self.purpose.clone().unwrap_or_default()),
            ("processors", self.processors.join("; ")),
        ]
    }
}

impl Entry for Organisation {
    const KIND: RegisterKind = RegisterKind::Ods;

    fn place(&self) -> &RowPlace {
        &self.at
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        vec![
            ("code", self.code.clone()),
            ("name", self.name.clone()),
            ("open date", day(self.opened)),
            ("close date", day(self.closed)),
        ]
    }
}

impl Entry for Guardian {
    const KIND: RegisterKind = RegisterKind::Caldicott;

    fn place(&self) -> &RowPlace {
        &self.at
    }

    fn cells(&self) -> Vec<(&'static str, String)> {
        vec![
            ("organisation code", self.code.clone()),
            ("organisation", self.organisation.clone()),
            ("Caldicott Guardian", self.name.clone()),
        ]
    }
}
