//! `inconsistent/registration`.

use crate::model::{ClaimKind, Span};
use crate::rules::{Findings, Notice};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

rule! {
    /// ## What it finds
    /// Two different numbers of the regulator's register in one notice, the page's foot included, where the text does not
    /// say which belongs to what.
    ///
    /// ## Why it matters
    /// A controller has one entry. The second number is a slip, another body's or a predecessor's, and whoever looks it up
    /// finds the wrong body or none.
    ///
    /// ## When it is wrong
    /// Not where one sentence gives both and tells them apart, nor in a joint notice with a number for each controller.
    ///
    /// ## Example
    /// Bad: "Our ICO registration number is ZC990770." and, in the footer, "ICO registration number ZC990707"
    ///
    /// Good: "Our ICO registration number is ZC990770." and, in the footer, "ICO registration number ZC990770"
    REGISTRATION = "inconsistent/registration", Error, since: None,
    references: [("Data Protection (Charges and Information) Regulations 2018", "https://www.legislation.gov.uk/uksi/2018/480")]
}

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)z(?:[0-9]{6}[0-9x]|[abc][0-9]{6})(?-u:\b)").ok());

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let numbers = numbers(notice);
    let controllers: BTreeSet<&str> = notice.of(ClaimKind::Controller).map(|c| c.value.as_str()).collect();
    if numbers.len() < 2 || controllers.len() >= numbers.len() {
        return;
    }
    let named: Vec<&str> = numbers.keys().map(String::as_str).collect();
    out.report(
        format!("the notice gives {} registration numbers: {}", named.len(), named.join(", ")),
        "look up your entry in the ICO's register and give its number throughout",
    )
    .at_all(numbers.values().copied());
}

/// The controller's numbers, each at its first place: the claims, and what the page's foot says.
fn numbers(notice: &Notice<'_>) -> BTreeMap<String, Span> {
    let context = notice.context;
    let folded = context.folded();
    let mut out = BTreeMap::new();
    let claims = notice
        .of(ClaimKind::IcoRegistration)
        .filter(|c| c.flag("valid"))
        .map(|c| (c.value.clone(), context.fold.range(c.evidence)));
    let foot = NUMBER
        .as_ref()
        .into_iter()
        .flat_map(|n| n.find_iter(folded))
        .filter(|m| context.is_furniture(m.start()))
        .filter(|m| says_registration(folded, m.start()))
        .map(|m| (m.as_str().to_ascii_uppercase(), m.range()));
    let mut found: Vec<_> = claims.chain(foot).collect();
    found.sort_by_key(|(_, range)| range.start);
    for (number, range) in found {
        let sentence = context.sentence(range.start);
        let words = &folded[sentence.clone()];
        let told_apart =
            NUMBER.as_ref().is_some_and(|n| n.find_iter(words).map(|m| m.as_str()).collect::<BTreeSet<_>>().len() > 1);
        if !told_apart && !of_another(notice, &sentence) {
            out.entry(number).or_insert_with(|| context.span(range));
        }
    }
    out
}

fn says_registration(folded: &str, at: usize) -> bool {
    let line = folded[..at].rsplit('\n').next().unwrap_or("");
    line.contains("regist") || line.contains("ico") || line.contains("data protection")
}

/// Whether the sentence names a body that is not the controller: the number is that body's.
fn of_another(notice: &Notice<'_>, sentence: &std::ops::Range<usize>) -> bool {
    let context = notice.context;
    let own: Vec<String> = notice.of(ClaimKind::Controller).map(|c| c.value.to_lowercase()).collect();
    let is_own = |name: &str| own.iter().any(|o| o.ends_with(name.to_lowercase().trim_start_matches("nhs ")));
    let commissioner = context.mentions.iter().any(|m| sentence.contains(&m.folded.start) && !is_own(&m.name));
    let processor = notice.of(ClaimKind::Processor).chain(notice.of(ClaimKind::Organisation)).any(|c| {
        sentence.contains(&context.fold.folded_at(c.evidence.start)) && !c.value.starts_with("Information Commission")
    });
    let was = ["former", "previous", "until", "was registered"]
        .iter()
        .any(|w| context.folded()[sentence.clone()].contains(w));
    commissioner || processor || was
}
