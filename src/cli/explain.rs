//! `fairnotice explain`: the page of one rule.

use super::Failure;
use super::output::{Output, Screen, print};
use crate::report::RulePage;
use crate::rules::{self, Rule};
use crate::settings::nearest;

/// Explains a rule: what it finds, why that matters, when it is wrong, an example, the cure, the sources
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  fairnotice explain outdated/dpa-1998\n  fairnotice explain dpa-1998            the family may be left out\n  fairnotice rules                       lists them all"
)]
pub(super) struct Arguments {
    /// Id of the rule, as findings show it in brackets
    #[arg(value_name = "RULE")]
    rule: String,
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let asked = arguments.rule.trim().to_lowercase();
    let Some(rule) = rule(&asked) else {
        let family: Vec<&str> = rules::all().map(|r| r.id).filter(|id| id.split('/').next() == Some(&asked)).collect();
        if !family.is_empty() {
            return Err(Failure(format!("'{asked}' is a family of rules: {}; name one of them", family.join(", "))));
        }
        let near = nearest(&asked, rules::all().map(|rule| rule.id));
        let near = near.map_or_else(|| ";".to_owned(), |id| format!("; did you mean '{id}'?"));
        return Err(Failure(format!("there is no rule '{}'{near} `fairnotice rules` lists them all", arguments.rule)));
    };
    print(&RulePage::of(rule).terminal(&screen.look(&Output { output: None })))?;
    Ok(0)
}

/// The rule with an id, or with a name that only one family has.
fn rule(asked: &str) -> Option<&'static Rule> {
    let named: Vec<_> =
        rules::all().filter(|rule| rule.id.split_once('/').is_some_and(|(_, name)| name == asked)).collect();
    rules::by_id(asked).or(match named[..] {
        [one] => Some(one),
        _ => None,
    })
}
