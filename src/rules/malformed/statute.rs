//! `malformed/statute`.

use crate::claims::doubtful_statutes;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// An Act cited with a year in which none of that name was passed: "Data Protection Act 2008", "Care Act 2015".
    ///
    /// ## Why it matters
    /// The legal basis that a notice states has to be one that people can look up. An Act that was never passed gives no power
    /// and no duty.
    ///
    /// ## When it is wrong
    /// Only the year is judged, against the titles of all Acts from 1963 to February 2026; a name slightly wrong with the right
    /// year ("Modern Day Slavery Act 2015") is left alone, and so are Acts of the devolved legislatures.
    ///
    /// ## Example
    /// Bad: "We comply with the Data Protection Act 2008."
    ///
    /// Good: "We comply with the Data Protection Act 2018."
    STATUTE = "malformed/statute", Error, since: None,
    references: [("Acts of Parliament by title and year", "https://www.legislation.gov.uk/ukpga")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for (range, titles) in doubtful_statutes(notice.context) {
        let span = notice.context.span(range);
        let years: Vec<&str> = titles.iter().filter_map(|t| t.rsplit(' ').next()).collect();
        let help = match years.as_slice() {
            [] => continue,
            [one] => format!("the Act of that name is of {one}: correct the year"),
            [start @ .., last] => {
                format!("Acts of that name were passed in {} and {last}: cite the one that is meant", start.join(", "))
            }
        };
        out.report(format!("there is no {}", notice.quote(span)), help).at(span);
    }
}
