//! `inconsistent/controller-name`.

use crate::claims::{Aspect, Mention, Status, status};
use crate::dictionary::{Family, Form};
use crate::model::{Claim, ClaimKind, Span};
use crate::rules::{Findings, Notice};
use crate::text::Cues;
use std::collections::BTreeMap;
use std::sync::LazyLock;

rule! {
    /// ## What it finds
    /// A controller called by the names of different bodies: a clinical commissioning group in one place, the integrated
    /// care board that followed it in another, a health and care partnership, which is no legal person, in a third.
    ///
    /// ## Why it matters
    /// Articles 13(1)(a) and 14(1)(a) of the UK GDPR require the identity of the controller. A reader who finds three
    /// names cannot tell who answers for the data, and a request sent to a body that ended goes nowhere.
    ///
    /// ## When it is wrong
    /// Not where the earlier body is named as such ("formerly NHS Thamesmere CCG"). A partnership may be described; it
    /// must not be the one that collects, holds and uses data.
    ///
    /// ## Example
    /// Bad: "NHS Thamesmere Integrated Care Board is the data controller." and, below, "NHS Thamesmere CCG is the data
    /// controller for its complaints files."
    ///
    /// Good: "NHS Thamesmere Integrated Care Board is the data controller." and, below, "The ICB is the data controller
    /// for its complaints files too."
    CONTROLLER_NAME = "inconsistent/controller-name", Warning, since: None,
    references: [
        ("UK GDPR, Article 13(1)(a)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("Health and Care Act 2022", "https://www.legislation.gov.uk/ukpga/2022/31"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let mut places: BTreeMap<Form, Vec<Span>> = BTreeMap::new();
    let cores: Vec<String> = notice.of(ClaimKind::Controller).map(|c| core(&c.value)).collect();
    let forms: Vec<Form> = notice.of(ClaimKind::Controller).filter_map(form_of).collect();
    if cores.is_empty() || forms.is_empty() {
        return;
    }
    for mention in &notice.context.mentions {
        let Some(form) = mention.form.filter(|_| !mention.plural && own(notice, mention, &cores)) else { continue };
        if current(notice, mention.folded.start, mention.folded.end)
            && (form != Form::Partnership || acts(notice, mention.folded.start))
        {
            places.entry(form).or_default().push(mention.span);
        }
    }
    bare_forms(notice, &forms, &mut places);
    if places.len() < 2 {
        predecessors(notice, out);
        return;
    }
    let named: Vec<&str> = places.keys().map(|f| name_of(*f)).collect();
    let spans = places.values().flat_map(|spans| spans.iter().take(3).copied());
    out.report(
        format!("the controller is called {} in one notice", named.join(" and ")),
        "call the controller by its legal name throughout, and name earlier bodies only as such",
    )
    .at_all(spans);
}

fn name_of(form: Form) -> &'static str {
    match form {
        Form::Ccg => "a CCG",
        Form::Icb => "an ICB",
        Form::Partnership => "a partnership",
    }
}

/// The area in a canonical name: "west leicestershire" of "NHS West Leicestershire CCG".
fn core(name: &str) -> String {
    let words = name.to_lowercase().replace(" & ", " and ").replace(',', "");
    let words = words.trim_start_matches("nhs ");
    [" ccg", " icb", " hcp", " ics"].iter().find_map(|form| words.strip_suffix(form)).unwrap_or(words).to_owned()
}

fn form_of(claim: &Claim) -> Option<Form> {
    let name = claim.value.to_lowercase();
    if name.ends_with("icb") {
        Some(Form::Icb)
    } else if name.ends_with("ccg") {
        Some(Form::Ccg)
    } else {
        None
    }
}

/// Whether a mention bears the controller's name, in whatever form.
fn own(notice: &Notice<'_>, mention: &Mention, cores: &[String]) -> bool {
    let same_name = cores.contains(&core(&mention.name));
    let known_as = mention.known.iter().any(|id| cores.contains(&core(notice.context.dictionary.term(*id).name())));
    same_name || known_as
}

/// Whether a body is named at a place as one that is, not as one that was, will be, or stands in an address or a label.
fn current(notice: &Notice<'_>, start: usize, end: usize) -> bool {
    let context = notice.context;
    let sentence = context.sentence_words(start);
    static PAST: LazyLock<Cues> = LazyLock::new(|| {
        Cues::new(&[
            "took over", "taken over", "replaced", "formerly", "former ", "predecessor", "successor", "dissolved",
            "abolished", "ceased", "no longer", "was established", "were established", "established on", "until ",
            "before ", "previously", "transferred", "inherited", "merged", "closed", "will become", "when ", "legacy",
            "known as", "created by", "came together", "website",
        ])
    });
    !context.is_furniture(start)
        && !PAST.any(sentence)
        && status(context, &(start..end)) == Status::Current
        && context.outline.part_at(start).is_none_or(|p| p.aspect != Some(Aspect::Processors))
}

/// Whether a partnership is spoken of as the one that acts: a controller, a body that holds, collects, pays.
fn acts(notice: &Notice<'_>, at: usize) -> bool {
    let sentence = notice.context.sentence(at);
    let behind = &notice.context.folded()[at.min(sentence.end)..sentence.end];
    [
        "controller", " is responsible for", " is required ", " will collect", " collects ", " holds ", " processes ",
        " meets the requirements", " uses ", " will use", " keeps ", " obtains ", " receives ",
    ]
    .iter()
    .any(|w| behind.contains(w))
}

/// A body that the controller took over from, spoken of as the one whose notice it is: "NHS Old ICB
/// is the data controller for the information described here".
fn predecessors(notice: &Notice<'_>, out: &mut Findings) {
    let context = notice.context;
    let controllers: Vec<&Claim> = notice.of(ClaimKind::Controller).collect();
    for mention in &context.mentions {
        let Some(term) = mention.term.map(|t| context.dictionary.term(t)) else { continue };
        let succeeded = controllers.iter().find(|c| {
            c.value != term.name()
                && term
                    .successors
                    .iter()
                    .any(|id| context.dictionary.by_id(Family::Commissioners, id).is_some_and(|s| s.name() == c.value))
        });
        let Some(controller) = succeeded.filter(|_| speaks(notice, mention)) else { continue };
        out.report(
            format!("{} speaks as the controller in a notice of {}", term.name(), controller.value),
            "call the controller by its legal name throughout, and name earlier bodies only as such",
        )
        .at_all([mention.span, controller.evidence]);
        return;
    }
}

/// Whether a body opens its sentence and speaks in it as the controller does.
fn speaks(notice: &Notice<'_>, mention: &Mention) -> bool {
    let context = notice.context;
    let sentence = context.sentence(mention.folded.start);
    let lead = context.between(sentence.start, mention.folded.start).trim();
    let behind = context.between(mention.folded.end, sentence.end);
    const SPEAKS: &[&str] = &[
        " is the data controller", " is the controller", " is a data controller", " takes ", " is committed",
        " collects ", " uses ", " will use", " holds ", " respects ", " is responsible for", " keeps ", " shares ",
        " processes ", " is registered", " needs to ",
    ];
    matches!(lead, "" | "the" | "here at" | "at")
        && SPEAKS.iter().any(|w| behind.starts_with(w))
        && current(notice, mention.folded.start, mention.folded.end)
}

/// "The CCG" in the notice of a board, "the HCP" in either: the form alone, as the one that acts.
fn bare_forms(notice: &Notice<'_>, forms: &[Form], places: &mut BTreeMap<Form, Vec<Span>>) {
    let context = notice.context;
    let wanted: &[(&str, Form)] = if forms.contains(&Form::Icb) && !forms.contains(&Form::Ccg) {
        &[("the ccg", Form::Ccg), ("our ccg", Form::Ccg), ("the hcp", Form::Partnership)]
    } else {
        &[("the hcp", Form::Partnership)]
    };
    for (words, form) in wanted {
        let found: Vec<Span> = context
            .find_words(words)
            .filter(|at| current(notice, *at, at + words.len()))
            .map(|at| context.span(at..at + words.len()))
            .collect();
        // One stray "the CCG" may be another body's story; two are the text of a predecessor.
        if found.len() >= 2 || !found.is_empty() && places.contains_key(form) {
            places.entry(*form).or_default().extend(found);
        }
    }
    if places.contains_key(&Form::Partnership) || places.contains_key(&Form::Ccg) {
        let own: Vec<Span> = notice.of(ClaimKind::Controller).map(|c| c.evidence).collect();
        for (form, span) in forms.iter().zip(own) {
            let said = notice.context.mentions.iter().any(|m| m.span == span && m.form == Some(*form));
            if said {
                places.entry(*form).or_default().push(span);
            }
        }
        let board =
            context.find_words("the icb").find(|at| current(notice, *at, at + 7)).map(|at| context.span(at..at + 7));
        if let Some(span) = board.filter(|_| forms.contains(&Form::Icb)) {
            places.entry(Form::Icb).or_default().push(span);
        }
    }
}
