//! `corpus/processor-variants`.

use super::{BodyKey, Corpus, CorpusFindings};
use crate::model::{ClaimKind, Span};
use crate::rules::names::plain;
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// ## What it finds
    /// One processor that stands under different names in the notices of different bodies: the full name here, an
    /// abbreviation or an older name there. One finding for each processor, at a notice with the rarest name.
    ///
    /// ## Why it matters
    /// Who looks for all notices that name a supplier, after a breach or a change of hands, finds some of them only.
    ///
    /// ## When it is wrong
    /// "Commissioning Support Unit" and "CSU", "Ltd" and "Limited", "NHS" and "the" make no other name, and of each notice
    /// its fullest name counts. Whether two names are one processor's is known from the program's dictionary.
    ///
    /// ## Example
    /// "NHS South, Central and West CSU" in two notices, "SCW" in a third. Cure: agree on the registered name, with the
    /// abbreviation in brackets.
    PROCESSOR_VARIANTS = "corpus/processor-variants", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Article 13(1)(e)", "https://www.legislation.gov.uk/eur/2016/679/article/13"),
        ("UK GDPR, Article 12(1): clear and plain language", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
    ]
}

/// Other names shown beside a finding; the message counts all.
const SHOWN: usize = 5;

/// One way to write a processor's name.
#[derive(Default)]
struct Form<'a> {
    /// As first written.
    written: &'a str,
    /// Notice and place, one a notice.
    places: Vec<(usize, Span)>,
    bodies: BTreeSet<&'a BodyKey>,
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let mut processors: BTreeMap<&str, BTreeMap<String, Form<'_>>> = BTreeMap::new();
    for (number, document) in corpus.notices() {
        let mut fullest: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
        for claim in document.of(ClaimKind::Processor) {
            let quote = document.text.quote(claim.evidence);
            let known = fullest.entry(&claim.value).or_insert((quote, claim.evidence));
            if plain(&quote.to_lowercase()).len() > plain(&known.0.to_lowercase()).len() {
                *known = (quote, claim.evidence);
            }
        }
        for (processor, (quote, place)) in fullest {
            let name = plain(&quote.replace('’', "'").to_lowercase());
            let form = processors.entry(processor).or_default().entry(name).or_default();
            if form.places.is_empty() {
                form.written = quote;
            }
            form.places.push((number, place));
            form.bodies.extend(document.controllers.first().map(|b| &b.key));
        }
    }
    for (processor, forms) in processors {
        let bodies: BTreeSet<&BodyKey> = forms.values().flat_map(|f| f.bodies.iter().copied()).collect();
        if forms.len() < 2 || bodies.len() < 2 {
            continue;
        }
        let mut forms: Vec<&Form<'_>> = forms.values().collect();
        forms.sort_by_key(|f| (std::cmp::Reverse(f.places.len()), f.places[0]));
        let notices: usize = forms.iter().map(|f| f.places.len()).sum();
        let named: Vec<String> =
            forms.iter().take(SHOWN + 1).map(|f| format!("'{}' ({})", f.written, f.places.len())).collect();
        let Some((rarest, usual)) = forms.split_last() else { continue };
        let (number, place) = rarest.places[0];
        let message = format!(
            "one processor, {processor}, stands under {} names in {notices} notices: {}",
            forms.len(),
            named.join(", ")
        );
        let mut finding = out
            .report(number, message, "use the registered name throughout, with an abbreviation in brackets behind it")
            .subject(processor)
            .at([place]);
        for form in usual.iter().take(SHOWN) {
            let (document, place) = form.places[0];
            finding = finding.against(document, [place]);
        }
    }
}
