//! `corpus/basis-outlier`.

use super::{BodyKey, Corpus, CorpusFindings};
use crate::model::{Attr, Severity, Span};
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// ## What it finds
    /// A provision of Article 6 or 9 given for a purpose for which no other body gives it, where at least five other bodies
    /// of the kind state theirs and four in five of them agree. At severity info where the notice gives the usual provision
    /// too.
    ///
    /// ## Why it matters
    /// Commissioners have the same duties and process for the same purposes. Who rests one of them on another provision than
    /// all others has either a reason that the notice should give, or a slip that leaves the processing without a basis and
    /// changes people's rights: consent can be withdrawn, a public task objected to.
    ///
    /// ## When it is wrong
    /// Where the body does something special under the same heading. A basis stated in words only is counted among the others
    /// and never told.
    ///
    /// ## Example
    /// Nine boards rest invoice validation on Article 6(1)(e), one on Article 6(1)(f). Cure: check the provision; a public
    /// body cannot rely on legitimate interests for its tasks.
    BASIS_OUTLIER = "corpus/basis-outlier", Warning, since: None, over: corpus,
    references: [
        ("UK GDPR, Article 6", "https://www.legislation.gov.uk/eur/2016/679/article/6"),
        ("UK GDPR, Article 9", "https://www.legislation.gov.uk/eur/2016/679/article/9"),
    ]
}

/// Fewer other bodies show no custom.
const OTHERS: usize = 5;

/// The least share of them that gives the most common provision, in percent.
const AGREE: usize = 80;

/// Other notices shown beside a finding; the message counts all.
const SHOWN: usize = 3;

/// Where one body gives one provision for one purpose.
#[derive(Default)]
struct Given {
    /// Notice and place, in order.
    places: Vec<(usize, Span)>,
    /// Whether it is given by its number anywhere.
    by_number: bool,
}

/// For every body, the provisions that it gives.
type Provisions<'a> = BTreeMap<&'a BodyKey, BTreeMap<&'a str, Given>>;

fn check(corpus: &Corpus<'_>, out: &mut CorpusFindings<'_>) {
    let mut groups: BTreeMap<(&str, &str, bool), Provisions<'_>> = BTreeMap::new();
    for (number, document) in corpus.notices() {
        let Some(body) = document.controller() else { continue };
        for claim in document.of(crate::model::ClaimKind::LawfulBasis) {
            let (Some(purpose), Some(article)) = (claim.purpose.as_deref(), article(&claim.value)) else { continue };
            let given = groups
                .entry((purpose, article, body.is_commissioner()))
                .or_default()
                .entry(&body.key)
                .or_default()
                .entry(&claim.value)
                .or_default();
            given.places.push((number, claim.evidence));
            given.by_number |= claim.attrs.get("stated") == Some(&Attr::Text("number".to_owned()));
        }
    }
    for ((purpose, article, _), provisions) in &groups {
        outliers(corpus, purpose, article, provisions, out);
    }
}

/// The Article of a provision that is compared.
fn article(provision: &str) -> Option<&'static str> {
    [("uk-gdpr:6(1)", "6"), ("uk-gdpr:9(2)", "9")].iter().find(|(p, _)| provision.starts_with(p)).map(|(_, a)| *a)
}

fn outliers(
    corpus: &Corpus<'_>,
    purpose: &str,
    article: &str,
    provisions: &Provisions<'_>,
    out: &mut CorpusFindings<'_>,
) {
    let others = provisions.len().saturating_sub(1);
    if others < OTHERS {
        return;
    }
    let mut users: BTreeMap<&str, BTreeSet<&BodyKey>> = BTreeMap::new();
    for (body, given) in provisions {
        for provision in given.keys() {
            users.entry(provision).or_default().insert(body);
        }
    }
    for (body, given) in provisions {
        let alone = given.iter().filter(|(p, g)| g.by_number && users[*p].len() == 1);
        for (provision, alone) in alone {
            let usual = users.iter().filter(|(p, _)| *p != provision);
            let count = |bodies: &BTreeSet<&BodyKey>| bodies.iter().filter(|b| *b != body).count();
            let Some((usual, bodies)) = usual.max_by_key(|(p, bodies)| (count(bodies), std::cmp::Reverse(**p))) else {
                continue;
            };
            let agreed = count(bodies);
            if agreed * 100 < others * AGREE {
                continue;
            }
            let (number, _) = alone.places[0];
            let controller = &corpus.documents[number].controllers[0].name;
            let message = format!(
                "{controller} rests {} on Article {}, which none of {others} other bodies does; {agreed} of them give Article {}",
                purpose.replace('-', " "),
                plain(provision),
                plain(usual)
            );
            let help = format!("check the provision of Article {article}; where it is right, say why");
            let both = given.contains_key(usual);
            let places = alone.places.iter().filter(|(n, _)| *n == number).map(|(_, place)| *place);
            let finding = out.report(number, message, help);
            let mut finding = if both { finding.severity(Severity::Info) } else { finding };
            finding = finding.subject(format!("{purpose}={provision}")).at(places);
            for other in bodies.iter().filter(|b| *b != body).take(SHOWN) {
                if let Some((document, place)) = provisions[*other].get(usual).and_then(|g| g.places.first()) {
                    finding = finding.against(*document, [*place]);
                }
            }
        }
    }
}

/// `6(1)(e)` of `uk-gdpr:6(1)(e)`.
fn plain(provision: &str) -> &str {
    provision.trim_start_matches("uk-gdpr:")
}
