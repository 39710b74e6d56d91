//! The settings file that `fairnotice init` writes.
//!
//! In comes an analysis of the owner's notice, if there is one; out comes a commented file whose declaration is what that notice
//! says of its owner. What it does not say stands there as a comment. It invents nothing.

use crate::model::{Claim, ClaimKind};
use crate::pipeline::Analysis;
use std::fmt::Write as _;

/// What the other settings are, with an example of each that is switched off.
const REST: &str = r#"
# The day to judge on: a day, or "reviewed" for the date that each notice gives itself. Without it, today.
# as-of = "reviewed"

# The least severity that makes `fairnotice check` fail: "error", "warning", "info" or "never".
# fail-on = "error"

# Findings accepted on some day, written by `fairnotice baseline PATH…`; only new ones count.
# baseline = "fairnotice-baseline.json"

# A folder with dictionaries of your own, which add to those of the program.
# dictionaries = "dictionaries"
"#;

const RULES: &str = r#"
# How grave a rule is: "error", "warning", "info" or "off". `fairnotice rules` lists them all.
# [rules]
# "outdated/term" = "off"
# "missing/*" = "warning"

# The same for some paths only, told from this file.
# [[paths]]
# match = ["archive/**"]
# rules = { "outdated/*" = "off" }

# One finding that is accepted, and why; the fingerprint is in `fairnotice check --format json`.
# [[suppress]]
# rule = "outdated/dpa-1998"
# fingerprint = "0123456789abcdef0123456789abcdef"
# path = "notice.html"
# reason = "the passage is about requests made before 2018"
# until = 2027-03-01
"#;

/// The file for the owner of a notice.
pub fn template(notice: Option<&Analysis>) -> String {
    let mut out = String::from("# Settings of fairnotice for the notices in this folder and below it.\n");
    out.push_str(REST);
    out.push_str("\n# Who you are. A notice that says otherwise breaks a rule of the family declared/.\n");
    if let Some(notice) = notice {
        let source: String = notice.source.chars().filter(|c| !c.is_control()).collect();
        let _ = writeln!(out, "# Taken from {source}: look whether it is right, for the notice may be wrong.");
    }
    out.push_str("[controller]\n");
    let controller = notice.and_then(|a| first(a, ClaimKind::Controller, |_| true));
    line(&mut out, "name", controller.map(|(c, place)| (c.value.clone(), place)), "NHS Wealdshire ICB");
    let ods = notice.and_then(|a| first(a, ClaimKind::Controller, |c| c.text("ods").is_some()));
    line(&mut out, "ods", ods.map(|(c, place)| (c.text("ods").unwrap_or_default().to_owned(), place)), "QXX");
    let number = notice.and_then(|a| first(a, ClaimKind::IcoRegistration, |c| c.flag("valid")));
    line(&mut out, "ico-registration", number.map(|(c, place)| (c.value.clone(), place)), "ZA123456");
    for role in ["dpo", "caldicott-guardian", "siro"] {
        let named = |c: &Claim| c.value.split_once('=').is_some_and(|(r, name)| r == role && !name.trim().is_empty());
        let holder = notice.and_then(|a| first(a, ClaimKind::Role, named));
        let name = |(c, place): (&Claim, String)| (c.value.split_once('=').map_or("", |(_, n)| n).to_owned(), place);
        line(&mut out, role, holder.map(name), "Imogen Tressider");
    }
    processors(&mut out, notice);
    out.push_str(RULES);
    out
}

/// The first claim of a kind that will do, and where it stands.
fn first(notice: &Analysis, kind: ClaimKind, wanted: impl Fn(&Claim) -> bool) -> Option<(&Claim, String)> {
    let claim = notice.claims.iter().find(|c| c.kind == kind && wanted(c))?;
    Some((claim, notice.place(claim.evidence.start).within()))
}

fn line(out: &mut String, key: &str, value: Option<(String, String)>, example: &str) {
    let _ = match value {
        Some((value, place)) => writeln!(out, "{key} = {} # {place}", quoted(&value)),
        None => writeln!(out, "# {key} = {}", quoted(example)),
    };
}

fn processors(out: &mut String, notice: Option<&Analysis>) {
    let mut names: Vec<&str> = Vec::new();
    for claim in notice.iter().flat_map(|a| &a.claims).filter(|c| c.kind == ClaimKind::Processor) {
        if !names.contains(&claim.value.as_str()) {
            names.push(&claim.value);
        }
    }
    out.push_str("# Everyone who processes data on your behalf. One whom a notice names and who is not here, and the other way\n# round, is a finding; without this line neither is looked for.\n");
    if names.is_empty() {
        out.push_str("# processors = [\"Harbour Lane\"]\n");
        return;
    }
    out.push_str("processors = [\n");
    for name in names {
        let _ = writeln!(out, "    {},", quoted(name));
    }
    out.push_str("]\n");
}

/// A text of TOML: JSON's escapes are among those of TOML, but for DEL, which no name holds.
fn quoted(words: &str) -> String {
    let words: String = words.chars().filter(|c| !c.is_control()).collect();
    serde_json::to_string(&words).unwrap_or_default()
}
