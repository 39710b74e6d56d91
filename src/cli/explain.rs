//! `fairnotice explain`: the page of one rule.

use super::Failure;
use super::output::{Output, Screen, print};
use crate::report::RulePage;
use crate::rules::{self, Rule};

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
        let near = nearest(&asked).map(|id| format!("; did you mean '{id}'?")).unwrap_or_default();
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

/// The id most like the words asked for: of the whole id, or of its name without the family.
fn nearest(asked: &str) -> Option<&'static str> {
    let far = |id: &str| {
        let name = id.split_once('/').map_or(id, |(_, name)| name);
        distance(asked, id).min(distance(asked, name))
    };
    rules::all().map(|rule| rule.id).min_by_key(|id| far(id))
}

/// How many letters must be added, dropped or changed to turn one word into the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[row.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rule_is_named() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(nearest("outdated/dpa-1989"), Some("outdated/dpa-1998"));
        assert_eq!(nearest("dpa1998"), Some("outdated/dpa-1998"));
    }
}
