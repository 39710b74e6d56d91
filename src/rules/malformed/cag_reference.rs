//! `malformed/cag-reference`.

use crate::claims::{WrittenCagReference, cag_references};
use crate::rules::{Findings, Notice};
use std::ops::Range;

rule! {
    /// ## What it finds
    /// A reference to an approval under section 251 that no approval can have: a year of three digits, an impossible meeting,
    /// no letter where one belongs, a year before or after the series was used, a running number that has not four digits.
    ///
    /// ## Why it matters
    /// The reference is how people find out what was approved, for whom and until when. A wrong one cannot be looked up in the
    /// register of the Health Research Authority, and so proves no support.
    ///
    /// ## When it is wrong
    /// A form that is slightly off but can mean one approval only ("CAG7-04(a)/2013", "CAG 7-07(a)" without its year) is
    /// accepted. References have the forms CAG 7-07(a)/2013 (meetings of 2013 to 2015), 23/CAG/0122 (since 2014),
    /// ECC 2-05(a)/2011 (to 2013) and PIAG 2-05(j)/2007 (to 2008).
    ///
    /// ## Example
    /// Bad: "We have section 251 support, reference CAG 7-07(b)/203."
    ///
    /// Good: "We have section 251 support, reference CAG 7-07(b)/2013."
    CAG_REFERENCE = "malformed/cag-reference", Error, since: None,
    references: [(
        "Registers of the Confidentiality Advisory Group",
        "https://www.hra.nhs.uk/planning-and-improving-research/application-summaries/confidentiality-advisory-group-registers/"
    )]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let folded = notice.context.folded();
    for written in cag_references(notice.context) {
        let whole = with_tail(folded, &written.folded);
        let words = &folded[whole.clone()];
        // "CAG 10-12" alone may be anything; a letter or a year makes a reference of it.
        if !words.contains(['(', '/']) {
            continue;
        }
        let Some(why) = defect(notice, &written, words, whole.len() > written.folded.len()) else { continue };
        let quote = notice.context.span(whole);
        out.report(format!("{} cannot be a reference of an approval: {why}", notice.quote(quote)), "look the approval up in the register of the Confidentiality Advisory Group and give its reference as it stands there")
            .at(quote);
    }
    four_digit_years(notice, out);
}

/// A reference with the digits that follow it: a year that is too short or too long.
fn with_tail(folded: &str, range: &Range<usize>) -> Range<usize> {
    let rest = &folded[range.end..];
    let behind_slash = folded[range.clone()].ends_with('/');
    let slash = usize::from(!behind_slash && rest.starts_with('/'));
    let digits = rest[slash..].bytes().take_while(u8::is_ascii_digit).count();
    let ends_in_digit = folded[range.clone()].ends_with(|c: char| c.is_ascii_digit());
    let glued = digits > 0 && (behind_slash || slash == 1 || ends_in_digit);
    range.start..range.end + if glued { slash + digits } else { 0 }
}

/// What makes a reference impossible.
fn defect(notice: &Notice<'_>, written: &WrittenCagReference, words: &str, tail: bool) -> Option<&'static str> {
    if tail {
        return Some("its year or number has too few or too many digits");
    }
    let Some(value) = written.values.first() else {
        return Some(if words.contains("/cag") {
            "the number behind the year must have four digits"
        } else {
            "the number of the meeting, the letter or the year is wrong or missing"
        });
    };
    if let Some((year, _)) = value.split_once("/CAG/") {
        let later = year.parse::<i16>().is_ok_and(|y| 2000 + y > notice.judging.day.year());
        return later.then_some("its year had not begun on the day of judging");
    }
    let year: i16 = value.rsplit('/').next()?.parse().ok()?;
    let series = match value.split(' ').next()? {
        "CAG" => 2013..=2015,
        "ECC" => 2009..=2013,
        _ => 2001..=2008,
    };
    (!series.contains(&year)).then_some("references of this form were not given in that year")
}

/// "2023/CAG/0122": the year of this form has two digits.
fn four_digit_years(notice: &Notice<'_>, out: &mut Findings) {
    let folded = notice.context.folded();
    for at in memchr::memmem::find_iter(folded.as_bytes(), "/cag/") {
        let digits = folded[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let number = folded[at + 5..].bytes().take_while(u8::is_ascii_digit).count();
        if digits != 4 || number == 0 || notice.context.is_furniture(at) {
            continue;
        }
        let quote = notice.context.span(at - digits..at + 5 + number);
        out.report(
            format!(
                "{} cannot be a reference of an approval: the year has two digits in this form",
                notice.quote(quote)
            ),
            "write the year with two digits, as in 23/CAG/0122",
        )
        .at(quote);
    }
}
