//! The registers of a corpus: what was imported, by kind and day.

use super::terminal::clean;
use super::{Format, Look, json};
use crate::model::{Day, RegisterKind};
use serde::Serialize;
use std::fmt::Write as _;

/// A file of a register as it is kept.
#[derive(Clone, Debug, Serialize)]
pub struct KeptRegister {
    /// `ico`, `cag`, `dars`, `ods` or `caldicott`.
    pub register: &'static str,
    /// The day of its state.
    pub date: String,
    /// The file's name in its folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
}

impl KeptRegister {
    /// A file of a register with the day of its state.
    pub fn new(kind: RegisterKind, date: Day, file: String, bytes: u64) -> KeptRegister {
        KeptRegister { register: kind.name(), date: date.to_string(), file, bytes }
    }
}

pub(super) const TABLE: Format<[KeptRegister]> =
    Format { name: "table", about: "for reading on a terminal", render: table };
pub(super) const JSON: Format<[KeptRegister]> =
    Format { name: "json", about: "one object for scripts", render: render_json };

fn table(kept: &[KeptRegister], look: &Look) -> String {
    let mut out = String::new();
    if kept.is_empty() {
        if !look.quiet {
            out.push_str("no register here; 'fairnotice register import KIND FILE' adds one\n");
        }
        return out;
    }
    let _ = writeln!(out, "{:11}{:12}{:>12}  file", "register", "state of", "bytes");
    for file in kept {
        let _ = writeln!(out, "{:11}{:12}{:12}  {}", file.register, file.date, file.bytes, clean(&file.file));
    }
    if !look.quiet {
        out.push_str(
            "\nA notice is checked against the last state of a register on or before the day it is judged on.\n",
        );
    }
    out
}

fn render_json(kept: &[KeptRegister], _: &Look) -> String {
    json::pretty(&serde_json::json!({ "schema": "fairnotice/registers/1", "registers": kept }))
}
