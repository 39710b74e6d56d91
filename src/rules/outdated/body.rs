//! `outdated/body`.

use crate::claims::Mention;
use crate::dictionary::{Family, Form, Term};
use crate::model::{ClaimKind, Day, PartialDate, Severity, Span};
use crate::rules::{Cure, Findings, Notice};
use jiff::civil::date;
use std::ops::Range;

rule! {
    /// ## What it finds
    /// A body that was abolished, merged or renamed, named as if it still existed: NHS Digital, Public Health England,
    /// primary care trusts, CCGs, a board that ended on 1 April 2026. All places where one body is named are one finding. The
    /// notice's own controller is the matter of `outdated/controller-abolished`.
    ///
    /// ## Why it matters
    /// People must be told who receives their data and who sends it. A body that is gone can be neither asked nor
    /// complained about, and its name shows that the passage was not read since.
    ///
    /// ## When it is wrong
    /// Not where the words say that the body is past ("formerly", "now part of", "replaced"), and not inside the title of an
    /// Act, an address or a menu. If a passage tells history in other words, add one of these. NHS Litigation Authority and
    /// Information Governance Alliance are only pointed out: the first is still a name in law, the end of the second has no
    /// certain day.
    ///
    /// `--fix` writes the name of today where a body was renamed and nothing else changed: Department of Health and Social Care for
    /// Department of Health, NHS England for NHS Commissioning Board, each standing by itself. A body whose work others
    /// took over is never replaced: what it did may now be done by another, or by nobody.
    ///
    /// ## Example
    /// Bad: "NHS Digital sends us data about hospital care."
    ///
    /// Good: "NHS England sends us data about hospital care."
    BODY = "outdated/body", Warning, since: Some(date(2001, 1, 30)),
    references: [
        ("NHS Digital and NHS England complete merger", "https://www.england.nhs.uk/2023/02/nhs-digital-and-nhs-england-complete-merger/"),
        ("National Health Service Act 2006, section 14Z27 (abolition of clinical commissioning groups)", "https://www.legislation.gov.uk/ukpga/2006/41/section/14Z27"),
        ("Health and Care Act 2022", "https://www.legislation.gov.uk/ukpga/2022/31"),
        ("Health and Social Care Act 2012", "https://www.legislation.gov.uk/ukpga/2012/7"),
    ]
}

/// The day on which the last clinical commissioning groups ended.
const NO_MORE_CCGS: Day = date(2022, 7, 1);

/// Subjects whose end has no certain day, or whose name the law still uses.
const SOFT: &[&str] = &["dscro", "iga", "nhsla"];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    for family in [Family::Bodies, Family::Processors] {
        for (hit, term, _) in notice.context.hits_of(family) {
            let Some(subject) = term.subject.as_deref().filter(|_| ended(term, notice.judging.day)) else { continue };
            let range = hit.start..hit.end;
            if !named_as_present(notice, &range) {
                continue;
            }
            let spoken_of = notice.context.dictionary.by_id(family, subject).unwrap_or(term);
            let since = spoken_of
                .until
                .as_deref()
                .and_then(PartialDate::parse)
                .map_or_else(String::new, |d| format!(" since {}", d.in_words()));
            let finding = out
                .report(
                    format!("{} is named as a body of the present; that is out of date{since}", spoken_of.name()),
                    format!(
                        "name {} instead, or say in the sentence that it is about the past",
                        spoken_of.instead.as_deref().unwrap_or("its successor")
                    ),
                )
                .subject(subject)
                .since(spoken_of.until_day())
                .at(notice.context.span(range.clone()))
                .cured_by(renamed(notice, spoken_of, notice.context.span(range)));
            if SOFT.contains(&subject) {
                finding.severity(Severity::Info);
            }
        }
    }
    clinical_commissioning_groups(notice, out);
    other_commissioners(notice, out);
}

/// Bodies that were renamed and are the same otherwise: the old name and that of today.
const RENAMED: [(&str, &str); 2] =
    [("Department of Health", "Department of Health and Social Care"), ("NHS Commissioning Board", "NHS England")];

/// The name of today, where the old one stands by itself in a sentence that does not name it already.
fn renamed(notice: &Notice<'_>, body: &Term, span: Span) -> Option<Cure> {
    let (_, new) = RENAMED.iter().find(|(old, _)| *old == notice.quote(span))?;
    let (before, behind) = notice.around(span);
    let sentence = notice.context.sentence_words(notice.context.fold.folded_at(span.start));
    let titled = [" guidance", " and ", " code", " policy"].iter().any(|w| behind.starts_with(w));
    let contradicts = body.until_day().is_some_and(|day| notice.predates(day));
    if titled || contradicts || !notice.stands_alone(span) || sentence.contains(&new.to_lowercase()) {
        return None;
    }
    // "the NHS Commissioning Board" is "NHS England", without an article.
    let article = if new.starts_with("NHS ") && before.to_lowercase().ends_with("the ") { 4 } else { 0 };
    let span = Span { start: span.start - article, end: span.end };
    Some(Cure { span, words: (*new).to_owned(), link: None })
}

fn ended(term: &Term, day: Day) -> bool {
    term.until_day().is_some_and(|until| until <= day)
}

/// Whether a body is named as existing: not in history, not as the author of a document of its time.
fn named_as_present(notice: &Notice<'_>, range: &Range<usize>) -> bool {
    const ENDS: &[&str] = &[
        "abolished", "dissolved", "ceased to exist", "disbanded", "wound up", "no longer exist", "taken on by",
        "taken over by", "standing rules",
    ];
    const WROTE: &[&str] = &[
        "published by", "issued by", "produced by", "written by", "published by the", "issued by the",
        "produced by the", "written by the",
    ];
    let folded = notice.context.folded();
    let before = folded[..range.start].trim_end();
    let wrote = WROTE.iter().any(|w| before.ends_with(w));
    // "Department of Health (2003)", "NHS Digital Code of Practice", "… Records Management Code": a document is cited.
    let after = folded[range.end..].trim_start();
    let dated = ["(19", "(20", "code of practice"].iter().any(|a| after.starts_with(a));
    let titled =
        notice.context.hits_over(&(range.start..range.end + 4)).any(|(_, term)| term.family == Family::Records);
    notice.speaks_of_the_present(range) && !wrote && !dated && !titled && !notice.sentence_says(range.start, ENDS)
}

/// CCGs named as existing: all of them in the notice of another body, only others in the notice of a CCG.
fn clinical_commissioning_groups(notice: &Notice<'_>, out: &mut Findings) {
    if notice.judging.day < NO_MORE_CCGS {
        return;
    }
    let own = notice.of(ClaimKind::Controller).any(|c| c.text("type") == Some("ccg"));
    let places: Vec<Range<usize>> =
        if own { others(notice, Form::Ccg).map(|m| m.folded.clone()).collect() } else { all_groups(notice) };
    for place in places.into_iter().filter(|p| named_as_present(notice, p) && !tells_of_the_change(notice, p)) {
        out.report(
            "clinical commissioning groups (CCGs) are named as bodies of the present; the last of them ended on 1 July 2022",
            "name the integrated care board (ICB) that does it now, or say in the sentence that it is about the past",
        )
        .subject("ccg")
        .since(Some(NO_MORE_CCGS))
        .at(notice.context.span(place));
    }
}

/// Every "CCG", "CCGs", "clinical commissioning group", with the name before it where there is one.
fn all_groups(notice: &Notice<'_>) -> Vec<Range<usize>> {
    let forms = notice
        .context
        .hits_of(Family::Commissioners)
        .filter(|(_, term, _)| term.id == "form-ccg")
        .map(|(hit, _, _)| hit.start..hit.end);
    let named = |form: &Range<usize>| {
        notice
            .context
            .mentions
            .iter()
            .find(|m| m.folded.start <= form.start && form.end <= m.folded.end)
            .map(|m| m.folded.clone())
    };
    let mut places: Vec<Range<usize>> = forms.map(|form| named(&form).unwrap_or(form)).collect();
    // "Example Clinical Commissioning Group (CCG)" is one mention.
    places
        .dedup_by(|short, long| short.start < long.end || notice.context.folded()[long.end..short.start].trim() == "(");
    places
}

/// Boards that had ended on the day of judging, and before July 2022 groups that had, named as existing by another body.
fn other_commissioners(notice: &Notice<'_>, out: &mut Findings) {
    let groups = (notice.judging.day < NO_MORE_CCGS).then(|| others(notice, Form::Ccg)).into_iter().flatten();
    for mention in groups.chain(others(notice, Form::Icb)) {
        let Some(term) =
            mention.term.map(|t| notice.context.dictionary.term(t)).filter(|t| ended(t, notice.judging.day))
        else {
            continue;
        };
        if !named_as_present(notice, &mention.folded) || tells_of_the_change(notice, &mention.folded) {
            continue;
        }
        let until = term.until.as_deref().and_then(PartialDate::parse).map_or_else(String::new, PartialDate::in_words);
        let heirs = notice.living_heirs(term).join(" or ");
        out.report(
            format!("{} is named as a body of the present; that is out of date since {until}", term.name()),
            format!("name {heirs} instead, or say in the sentence that it is about the past"),
        )
        .severity(if mention.form == Some(Form::Ccg) { Severity::Warning } else { Severity::Info })
        .subject(if mention.form == Some(Form::Ccg) { "ccg" } else { &term.id })
        .since(term.until_day())
        .at(mention.span);
    }
}

/// The commissioners of a form that are named and are none of the controllers.
fn others<'a>(notice: &Notice<'a>, form: Form) -> impl Iterator<Item = &'a Mention> {
    let own: Vec<String> = notice.of(ClaimKind::Controller).map(|c| core(&c.value)).collect();
    let context = notice.context;
    context.mentions.iter().filter(move |m| {
        let words = &context.folded()[m.folded.clone()];
        // "NHS Example" alone may be any body of the area, and "Internal CCG staff" names none.
        let written =
            ["ccg", "icb", "clinical commissioning", "integrated care board"].iter().any(|form| words.contains(form));
        let name = core(&m.name);
        let owned = own.iter().any(|o| o.contains(&name) || name.contains(o.as_str()));
        m.form == Some(form)
            && !m.plural
            && written
            && (m.term.is_some() || words.starts_with("nhs "))
            && !name.is_empty()
            && !owned
            && !context.is_furniture(m.folded.start)
    })
}

/// A commissioner's name without what does not tell it from another.
fn core(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', "and").replace(',', "");
    lower.trim_start_matches("nhs ").trim_end_matches(" ccg").trim_end_matches(" icb").to_owned()
}

/// Whether the sentence is about how groups or boards came to an end.
fn tells_of_the_change(notice: &Notice<'_>, place: &Range<usize>) -> bool {
    const CHANGE: &[&str] = &[
        "took over", "taken over", "taking over", "1 july 2022", "1st july 2022", "july 2022", "predecessor",
        "inherited", "came together", "merged", "transferred to", "transferred from", "former", "previous", "prior to",
        "replaced",
    ];
    notice.sentence_says(place.start, CHANGE)
}
