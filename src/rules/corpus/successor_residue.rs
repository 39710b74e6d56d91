//! `corpus/successor-residue`.

use super::body::heirs;
use super::{BodyKey, Corpus, CorpusFindings};
use crate::model::NoticeKind;

rule! {
    /// ## What it finds
    /// The notice of a body that had ended on the day of judging, in the corpus beside the notice of its successor.
    ///
    /// ## Why it matters
    /// People who find the old page turn to a body that is gone, with rights and contacts that no longer hold. The successor
    /// answers for what is still published under its predecessor's name.
    ///
    /// ## When it is wrong
    /// Where the corpus holds the old notice as it once was, from an archive, and the page itself is gone or says that it is
    /// kept for the record. Judge such a corpus with `--as-of reviewed`.
    ///
    /// ## Example
    /// The notice of NHS Mid Essex CCG is still on the web beside that of NHS Mid and South Essex ICB. Cure: take the old
    /// notice down, and lead its address to the new one.
    SUCCESSOR_RESIDUE = "corpus/successor-residue", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Article 5(1)(d): accuracy", "https://www.legislation.gov.uk/eur/2016/679/article/5"),
        ("Health and Care Act 2022", "https://www.legislation.gov.uk/ukpga/2022/31"),
    ]
}

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let by_controller = corpus.by_controller();
    for (number, document) in corpus.notices().filter(|(_, d)| d.kind == NoticeKind::PrivacyNotice) {
        let Some(body) = document.controller() else { continue };
        let BodyKey::Known(term) = body.key else { continue };
        let Some(ended) = corpus.dictionary.term(term).until_day().filter(|ended| *ended <= document.day()) else {
            continue;
        };
        let heirs = heirs(&body.key, corpus.dictionary);
        // The last that took over is the one that answers today.
        let successor = heirs.iter().rev().filter_map(|h| by_controller.get(h)).flatten().copied().min_by_key(|n| {
            let heir = &corpus.documents[*n];
            (heir.kind != NoticeKind::PrivacyNotice, *n)
        });
        let Some(successor) = successor else { continue };
        let heir = &corpus.documents[successor];
        let name = &heir.controllers[0].name;
        out.report(
            number,
            format!(
                "the notice of {}, which ended on {ended}, is there beside that of its successor, {name}",
                body.name
            ),
            "take the old notice down and lead its address to the successor's",
        )
        .subject(name.as_str())
        .since(Some(ended))
        .at(document.controller_place())
        .against(successor, heir.controller_place());
    }
}
