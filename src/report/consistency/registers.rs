//! The official registers that a report was checked against.

use crate::model::{Day, Edition, Entry, RegisterKind, Registers};

/// One file of a register.
pub(super) struct Checked<'a> {
    pub kind: RegisterKind,
    pub file: &'a str,
    /// The day of its state.
    pub date: Day,
    pub rows: usize,
}

/// Every file of every register, by register and day.
pub(super) fn editions(registers: &Registers) -> Vec<Checked<'_>> {
    let mut all = of(&registers.cag);
    all.extend(of(&registers.caldicott));
    all.extend(of(&registers.dars));
    all.extend(of(&registers.ico));
    all.extend(of(&registers.ods));
    all.sort_by_key(|e| (e.kind, e.date));
    all
}

fn of<E: Entry>(editions: &[Edition<E>]) -> Vec<Checked<'_>> {
    editions.iter().map(|e| Checked { kind: E::KIND, file: &e.file, date: e.date, rows: e.entries.len() }).collect()
}
