//! What came of verifying a corpus: what was looked at, and each place of damage.

use super::json::pretty;
use super::terminal::{BOLD, RED, clean, paint, wrap};
use super::{Format, Look, counted};
use crate::corpus::Verified;
use serde::Serialize;

pub(super) const HUMAN: Format<Checked> =
    Format { name: "human", about: "for people: what was looked at, each place of damage", render: for_people };
pub(super) const JSON: Format<Checked> = Format { name: "json", about: "one object for scripts", render: for_scripts };

/// What was looked at and what is wrong.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checked {
    /// The capture files.
    pub store: Verified,
    /// Versions read again.
    pub versions: usize,
    /// Quotes in them.
    pub quotes: usize,
    /// Quotes of saved analyses.
    pub saved: usize,
    /// Quotes that the index rests on.
    pub indexed: usize,
    /// Of those of saved analyses and of the index, quotes that this program reads at another place.
    pub elsewhere: usize,
    /// What is wrong with quotes.
    pub wrong: Vec<String>,
}

impl Checked {
    /// Whether anything is wrong.
    pub fn damaged(&self) -> bool {
        !self.store.damage.is_empty() || !self.wrong.is_empty()
    }
}

fn for_people(checked: &Checked, look: &Look) -> String {
    let mut out = String::new();
    let Verified { files, records, captures, damage, torn } = &checked.store;
    let red = paint(look.color, RED, "damaged");
    for place in damage {
        let words = format!("captures/{} at byte {}: {}", place.file, place.offset, place.what);
        wrap(&mut out, &clean(&words), look.width, &format!("{red}: "), "  ");
    }
    for what in &checked.wrong {
        wrap(&mut out, &clean(what), look.width, &format!("{}: ", paint(look.color, RED, "wrong")), "  ");
    }
    for place in torn {
        let words =
            format!("captures/{} at byte {}: {}; nothing that was kept is lost", place.file, place.offset, place.what);
        wrap(&mut out, &clean(&words), look.width, "torn end: ", "  ");
    }
    if look.quiet {
        return out;
    }
    let mut line = format!(
        "{} with {} read again: {} at their place; {} in {}",
        counted(*files, "capture file"),
        counted(*records, "record"),
        counted(*captures, "capture"),
        counted(checked.quotes, "quote"),
        counted(checked.versions, "version")
    );
    for (number, of) in [(checked.indexed, "the index"), (checked.saved, "saved analyses")] {
        if number > 0 {
            line.push_str(&format!("; {} of {of}", counted(number, "quote")));
        }
    }
    if checked.elsewhere > 0 {
        line.push_str(&format!(", {} of them at another place of the text as it is read now", checked.elsewhere));
    }
    wrap(&mut out, &line, look.width, "", "  ");
    let (verdict, cure) = match (checked.store.damage.is_empty(), checked.wrong.is_empty()) {
        (true, true) => ("whole", ": everything is as it was captured"),
        (true, false) => ("wrong", ": the captures are whole, but not all that was said of them is true"),
        (false, _) => ("damaged", ": restore the files named above from a copy; nothing was changed"),
    };
    wrap(&mut out, cure, look.width, &paint(look.color, BOLD, verdict), "  ");
    out
}

fn for_scripts(checked: &Checked, _: &Look) -> String {
    #[derive(Serialize)]
    struct CheckedJson<'a> {
        schema: &'static str,
        whole: bool,
        #[serde(flatten)]
        checked: &'a Checked,
    }
    pretty(&CheckedJson { schema: "fairnotice/verification/1", whole: !checked.damaged(), checked })
}
