//! `outdated/regulator-name`.

use crate::claims::{Status, status};
use crate::dictionary::Family;
use crate::model::Span;
use crate::rules::{Cure, Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// "Information Commissioner" or "Information Commissioner's Office" as the name of the regulator, in a notice judged on
    /// or after 30 September 2026 that nowhere calls it the Information Commission.
    ///
    /// ## Why it matters
    /// The office of Information Commissioner was abolished on 30 September 2026 and its functions passed to the Information
    /// Commission. Nobody is misled yet, and no guidance prescribes a name for notices: the finding is a note for the next
    /// edit.
    ///
    /// ## When it is wrong
    /// "ICO" stays right and is never flagged: the body says that it will continue to be known so.
    ///
    /// `--fix` writes Commission for Commissioner where "Information Commissioner's Office" or "the Information Commissioner"
    /// stands by itself: the functions of the one passed to the other whole, and the body calls itself the Information
    /// Commission's Office. It does not where the notice says that it was reviewed before that day.
    ///
    /// ## Example
    /// Bad: "You may complain to the Information Commissioner's Office."
    ///
    /// Good: "You may complain to the Information Commission (ICO)."
    REGULATOR_NAME = "outdated/regulator-name", Info, since: Some(date(2026, 9, 30)),
    references: [
        ("Data (Use and Access) Act 2025 (Commencement No. 9) Regulations 2026", "https://www.legislation.gov.uk/uksi/2026/1015/made"),
        ("Information Commission succeeds the ICO", "https://www.gov.uk/government/news/information-commission-succeeds-the-ico-as-uks-data-protection-regulator"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    let named: Vec<_> = context
        .hits_of(Family::Bodies)
        .filter(|(_, term, _)| term.id == "ico")
        .map(|(hit, _, _)| hit.start..hit.end)
        .collect();
    let commissioner = |words: &str| words.contains("sioner") || words.contains("sionor");
    if named.iter().any(|r| {
        context.folded()[r.clone()].starts_with("information commission") && !commissioner(&context.folded()[r.clone()])
    }) {
        return;
    }
    for range in named.into_iter().filter(|r| commissioner(&context.folded()[r.clone()])) {
        if status(context, &range) == Status::Current && !notice.in_title_of_law(&range) {
            out.report("the regulator is called Information Commissioner; since 30 September 2026 it is the Information Commission", "write \"Information Commission (ICO)\"; \"ICO\" alone stays right")
                .at(context.span(range.clone()))
                .cured_by(cure(notice, context.span(range)));
        }
    }
}

/// The name of today for that of the office or the commissioner, where it stands by itself.
fn cure(notice: &Notice<'_>, span: Span) -> Option<Cure> {
    const OLD: &str = "Commissioner";
    let quote = notice.quote(span);
    let (before, behind) = notice.around(span);
    let at = quote.find(OLD)?;
    let office = matches!(&quote[at + OLD.len()..], "'s Office" | "’s Office");
    let person = quote.ends_with(OLD) && before.ends_with("the ") && !behind.starts_with([',', '\'', '’']);
    let short = behind.trim_start().strip_prefix("(ICO)");
    let alone = notice.stands_alone(span) || office && short.is_some();
    let start = span.start + at as u32;
    (quote.starts_with("Information ") && (office || person) && alone && !notice.predates(date(2026, 9, 30))).then(
        || Cure { span: Span { start, end: start + OLD.len() as u32 }, words: "Commission".to_owned(), link: None },
    )
}
