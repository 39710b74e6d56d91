//! The reference pages under `reports/reference/`, rendered from the registries: rules, claim kinds, dictionaries.
//!
//! In come the registries; out come pages. A test compares them with the files and rewrites those on demand.

use crate::dictionary::{Dictionary, FAMILIES, Family};
use crate::model::ClaimKind;
use crate::report::{rules_index, rules_markdown};
use crate::rules::{self, Rule};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const NOTE: &str = "<!-- Generated from the program by `UPDATE=1 cargo test`; edit the program instead. -->\n\n";

/// Every page: its path from the root of the repository, and its content.
pub fn pages() -> Vec<(String, String)> {
    let mut families: BTreeMap<&str, Vec<&'static Rule>> = BTreeMap::new();
    for rule in rules::all() {
        families.entry(family(rule)).or_default().push(rule);
    }
    let path = |name: &str| format!("reports/reference/{name}.md");
    let mut pages = vec![(path("rules"), index()), (path("claims"), claims()), (path("dictionaries"), dictionaries())];
    for (family, rules) in families {
        let page = format!("{NOTE}# Rules: {family}\n\n{}", rules_markdown(&rules));
        pages.push((path(&format!("rules/{family}")), page));
    }
    pages
}

fn family(rule: &Rule) -> &'static str {
    rule.id.split('/').next().unwrap_or(rule.id)
}

fn index() -> String {
    let all: Vec<&'static Rule> = rules::all().collect();
    let link = |rule: &Rule| format!("[`{0}`](rules/{1}.md#{2})", rule.id, family(rule), rule.id.replace('/', ""));
    format!(
        "{NOTE}# Rules\n\n{} rules. A rule never fires for a day before the one under *since*.\n\n{}",
        all.len(),
        rules_index(&all, link)
    )
}

fn claims() -> String {
    let mut out = format!(
        "{NOTE}# Claims\n\nA claim is what a notice states at one place; every claim carries the words it rests on.\n\n| kind | what the notice states | value, for example |\n| --- | --- | --- |\n"
    );
    for kind in ClaimKind::ALL {
        let (what, value) = about(kind);
        let _ = writeln!(out, "| `{}` | {what} | {value} |", kind.name());
    }
    out
}

/// What a kind of claim states and what its values look like.
fn about(kind: ClaimKind) -> (&'static str, &'static str) {
    match kind {
        ClaimKind::Controller => ("whose notice it is", "`NHS West Leicestershire CCG`"),
        ClaimKind::Role => (
            "who holds a role; nobody where the role is described and no name given",
            "`dpo=Hayley Gidman`, `caldicott-guardian=`",
        ),
        ClaimKind::IcoRegistration => ("a registration number with the Information Commissioner", "`ZA004909`"),
        ClaimKind::LawfulBasis => ("a provision relied on for processing", "`uk-gdpr:6(1)(e)`, `dpa-2018:sch1:2`"),
        ClaimKind::ConfidentialityBasis => {
            ("a ground under the common law duty of confidentiality", "`section-251`, `explicit-consent`")
        }
        ClaimKind::Statute => {
            ("a law, as a path on legislation.gov.uk", "`ukpga/2018/12`, `ukpga/2006/41/section/251`")
        }
        ClaimKind::CagReference => ("an approval of the Confidentiality Advisory Group", "`CAG 7-07(a)/2013`"),
        ClaimKind::Processor => {
            ("an organisation that works on the data for the controller", "`NHS Midlands and Lancashire CSU`")
        }
        ClaimKind::Organisation => ("any other organisation named", "`Information Commissioner's Office`"),
        ClaimKind::Retention => (
            "how long records are kept, as a period or a code of practice", "`P8Y`, `code:nhs-records-management-2021`",
        ),
        ClaimKind::Reviewed => ("when the notice was last updated or reviewed", "`2018-07`"),
        ClaimKind::NextReview => ("when it will be reviewed next", "`2024-06`"),
        ClaimKind::Right => ("a right of the people concerned", "`access`, `complain`"),
        ClaimKind::OptOut => ("a way to opt out", "`national-data-opt-out`"),
        ClaimKind::Purpose => ("a purpose with a section, row or item of its own", "`risk-stratification`"),
        ClaimKind::Contact => ("how somebody is reached", "`mailto:dpo@example.nhs.uk`"),
        ClaimKind::Agreement => ("a data sharing agreement", "`DARS-NIC-226296-S7T2Y`"),
        ClaimKind::AutomatedDecision => ("whether decisions are made by automated means", "`none`"),
        ClaimKind::Transfer => ("whether data leave the United Kingdom", "`none`, `outside-uk`"),
    }
}

fn dictionaries() -> String {
    let dictionary = Dictionary::built_in();
    let mut out = format!(
        "{NOTE}# Dictionaries\n\nWhat the program knows, by file under `dictionaries/`. *Checked* counts entries whose source was read on a day that they name.\n\n| file | entries | phrases | checked |\n| --- | ---: | ---: | ---: |\n"
    );
    for name in FAMILIES {
        let Some(family) = Family::of_file(name) else { continue };
        let terms: Vec<_> = dictionary.family(family).collect();
        let phrases: usize = terms.iter().map(|t| t.phrases.len() + t.exact.len()).sum();
        let checked = terms.iter().filter(|t| t.checked.is_some()).count();
        let _ = writeln!(out, "| `{name}.toml` | {} | {phrases} | {checked} |", terms.len());
    }
    out
}
