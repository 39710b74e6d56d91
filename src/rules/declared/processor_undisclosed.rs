//! `declared/processor-undisclosed`.

use super::{canonical, declared, plain, same_body};
use crate::dictionary::Family;
use crate::model::ClaimKind;
use crate::rules::{Findings, Notice};

rule! {
    /// ## What it finds
    /// A processor that fairnotice.toml declares and that the notice nowhere names.
    ///
    /// ## Why it matters
    /// Articles 13(1)(e) and 14(1)(e) of the UK GDPR require the recipients of the data or their categories, and a
    /// processor is a recipient. A notice that names its processors should name all of them.
    ///
    /// ## When it is wrong
    /// Where the notice gives categories of recipients on purpose instead of names: switch the rule off. It is silent
    /// on one page of a layered notice, and where the text was not read whole.
    ///
    /// ## Example
    /// Nothing about Harbour Lane, which is declared as a processor. Cure: "Harbour Lane stores our paper files on our
    /// behalf."
    PROCESSOR_UNDISCLOSED = "declared/processor-undisclosed", Warning, since: None,
    references: [
        ("UK GDPR, Article 13(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 28 (processor)", "https://www.legislation.gov.uk/eur/2016/679/article/28"),
    ]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let Some(processors) = declared(notice).filter(|_| notice.silence_counts()).and_then(|d| d.processors.as_deref())
    else {
        return;
    };
    for processor in processors.iter().filter(|p| !named(notice, p)) {
        out.report(
            format!("{processor} is declared as a processor, and the notice nowhere names it"),
            format!("say what {processor} does on your behalf, or take it out of the declaration in fairnotice.toml"),
        )
        .subject(processor.clone());
    }
}

/// Whether the notice names a body at all: as anybody's claim, by a phrase of the dictionary, or in its own words.
fn named(notice: &Notice<'_>, body: &str) -> bool {
    let dictionary = notice.context.dictionary;
    let known = plain(canonical(dictionary, body));
    let mut hits = [Family::Processors, Family::Bodies].into_iter().flat_map(|f| notice.context.hits_of(f));
    let claimed = |kind| notice.of(kind).any(|c| same_body(dictionary, body, &c.value));
    claimed(ClaimKind::Processor)
        || claimed(ClaimKind::Organisation)
        || hits.any(|(_, term, _)| plain(term.name()) == known)
        || format!(" {} ", plain(&notice.text.body)).contains(&format!(" {} ", plain(body)))
}
