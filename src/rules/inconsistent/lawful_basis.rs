//! `inconsistent/lawful-basis`.

use crate::dictionary::Family;
use crate::model::{Claim, ClaimKind};
use crate::rules::{Findings, Notice};
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// ## What it finds
    /// One purpose that rests on consent in one place and, in another, on public task or a legal obligation.
    ///
    /// ## Why it matters
    /// The bases exclude each other: consent must be free to refuse and to withdraw, and a task that has to be done does
    /// not wait for it. People read in one place that they may say no, and in the other that they may not.
    ///
    /// ## When it is wrong
    /// Where the consent is one under the common law of confidence, or for one part of the purpose only. Say which: "you
    /// consent to our seeing your records; our lawful basis in data protection law is Article 6(1)(e)".
    ///
    /// ## Example
    /// Bad: "Complaints" "Our lawful basis for handling complaints is Article 6(1)(e)." and, below, "Complaints" "Our
    /// lawful basis for handling complaints is your consent, Article 6(1)(a)."
    ///
    /// Good: "Complaints" "Our lawful basis for handling complaints is Article 6(1)(e)." in both places.
    LAWFUL_BASIS = "inconsistent/lawful-basis", Warning, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 6", "https://www.legislation.gov.uk/eur/2016/679/article/6"),
        ("UK GDPR, Article 7", "https://www.legislation.gov.uk/eur/2016/679/article/7"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let mut by_purpose: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for claim in notice.of(ClaimKind::LawfulBasis) {
        for purpose in purposes_of(notice, claim) {
            by_purpose.entry(purpose).or_default().push(claim);
        }
    }
    for (purpose, claims) in by_purpose {
        let consents: Vec<&Claim> =
            claims.iter().copied().filter(|c| c.value == "uk-gdpr:6(1)(a)" && !conditional(notice, c)).collect();
        let others: Vec<&Claim> = claims
            .iter()
            .copied()
            .filter(|c| matches!(c.value.as_str(), "uk-gdpr:6(1)(e)" | "uk-gdpr:6(1)(c)"))
            .collect();
        let apart = consents
            .iter()
            .find_map(|c| others.iter().find(|o| place(notice, c) != place(notice, o)).map(|o| (*c, *o)));
        let side_by_side = consents.iter().any(|c| others.iter().any(|o| place(notice, c) == place(notice, o)));
        if let Some((consent, other)) = apart.filter(|_| !side_by_side) {
            let named = if other.value.ends_with("(e)") { "public task" } else { "a legal obligation" };
            out.report(format!("{} rests on consent in one place and on {named} in another", purpose.replace('-', " ")), "decide on one lawful basis for the purpose and name it in both places; say where a consent is one under the duty of confidence only")
                .at(consent.evidence)
                .at(other.evidence);
        }
    }
}

/// The purposes a claim is stated for: its own, or the only one that its passage names; and those of the other rows that
/// its table cell spans.
fn purposes_of(notice: &Notice<'_>, claim: &Claim) -> Vec<String> {
    let mut out: Vec<String> = claim.purpose.iter().cloned().collect();
    if let (true, Some(part)) = (out.is_empty(), notice.context.part_of(claim.evidence)) {
        let named = notice.context.hits_within(Family::Purposes, &part.folded).map(|(_, term)| term.id.to_string());
        let named: BTreeSet<String> = named.collect();
        out.extend(named.into_iter().filter(|_| part.words <= 80));
        if out.len() > 1 {
            out.clear();
        }
    }
    if let Some(cell) = notice.context.part_of(claim.evidence).and_then(|p| p.cell).filter(|c| c.rows > 1) {
        let spanned = notice.context.parts().filter(|(_, p)| {
            p.cell.is_some_and(|c| c.table == cell.table && c.row > cell.row && c.row < cell.row + cell.rows)
        });
        out.extend(spanned.filter_map(|(_, p)| notice.context.purpose_of(p)));
    }
    out.sort();
    out.dedup();
    out
}

/// Where a claim stands: its section, and its cell in a table. Bases side by side in one place are alternatives.
fn place(notice: &Notice<'_>, claim: &Claim) -> (Option<usize>, Option<(u16, u16)>) {
    let part = notice.context.part_of(claim.evidence);
    (part.and_then(|p| p.section), part.and_then(|p| p.cell).map(|c| (c.table, c.row)))
}

/// Whether a sentence relies on consent only in some cases.
fn conditional(notice: &Notice<'_>, claim: &Claim) -> bool {
    let sentence = notice.context.sentence_words(notice.context.fold.folded_at(claim.evidence.start));
    [
        "where we ", "where you ", "where it ", "if we ", "if you ", "in some ", "for some ", "where consent",
        "where appropriate", "in certain", "may rely", "may also", "sometimes", "by means of your consent", "unless",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}
