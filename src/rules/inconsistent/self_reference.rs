//! `inconsistent/self-reference`.

use crate::claims::Mention;
use crate::model::{ClaimKind, Span};
use crate::rules::{Findings, Notice};
use std::collections::BTreeSet;

rule! {
    /// ## What it finds
    /// The controller supports, hosts or serves itself, or one body stands twice in one list: "on behalf of NHS Thamesmere
    /// ICB and NHS Thamesmere ICB".
    ///
    /// ## Why it matters
    /// It is what search-and-replace leaves when a neighbour's notice, or a predecessor's, is taken over. Who really
    /// receives the data is lost, and Articles 13(1)(e) and 14(1)(e) of the UK GDPR require exactly that.
    ///
    /// ## When it is wrong
    /// Where two bodies really bear one name. Write the form of each.
    ///
    /// ## Example
    /// "NHS Leicester City CCG provides services for itself, NHS West Leicestershire CCG and NHS West Leicestershire CCG."
    /// Cure: name the third body.
    SELF_REFERENCE = "inconsistent/self-reference", Warning, since: None,
    references: [("UK GDPR, Article 13(1)(a) and (e)", "https://www.legislation.gov.uk/eur/2016/679/article/13")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let controllers: BTreeSet<&str> = notice.of(ClaimKind::Controller).map(|c| c.value.as_str()).collect();
    let mentions: Vec<&Mention> = notice.context.mentions.iter().filter(|m| !notice.context.is_furniture(m.folded.start)).collect();
    for pair in mentions.windows(2) {
        if pair[0].name == pair[1].name && pair[0].form == pair[1].form && joined(notice, pair[0], pair[1]) {
            let span = Span { start: pair[0].span.start, end: pair[1].span.end };
            out.report(format!("{} stands twice in one list", pair[0].name), "name the other body that was meant, or take the second name out").at(span);
        }
    }
    for mention in mentions.iter().filter(|m| controllers.contains(m.name.as_str())) {
        if let Some(span) = serves_itself(notice, mention, &mentions) {
            out.report(format!("{} is said to support or serve itself", mention.name), "name the body that was meant").at(span);
        }
    }
}

/// Whether only the joints of a list stand between two mentions.
fn joined(notice: &Notice<'_>, first: &Mention, second: &Mention) -> bool {
    let between = notice.context.folded().get(first.folded.end..second.folded.start).unwrap_or("x");
    matches!(between.trim().trim_end_matches(" the"), "and" | "," | ", and" | "&" | "or" | "and for" | "and with" | ", for") && !between.contains('\n')
}

/// "Managed within the CCG and supported by" the same CCG; "X hosts the team on behalf of" X.
fn serves_itself(notice: &Notice<'_>, mention: &Mention, mentions: &[&Mention]) -> Option<Span> {
    let context = notice.context;
    let folded = context.folded();
    let sentence = context.sentence(mention.folded.start);
    let before = folded.get(sentence.start..mention.folded.start)?.trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let supported = ["supported by", "with support from", "with the support of", "assisted by"].iter().any(|c| before.ends_with(c) || before.len() > 60 && tail(before, 60).contains(c) && before.ends_with(" in"));
    let own_work = ["within the ccg", "within the icb", "managed internally", "by the ccg itself", "by the icb itself", "in house"].iter().any(|w| before.contains(w));
    if supported && own_work {
        return Some(mention.span);
    }
    let subject = mentions.iter().find(|m| m.name == mention.name && m.folded.start >= sentence.start && m.folded.end < mention.folded.start)?.folded.clone();
    let opens = folded.get(sentence.start..subject.start).is_some_and(|lead| lead.split(' ').filter(|w| !w.is_empty()).count() <= 1);
    let serves = ["on behalf of", "shares data with", "shares information with", "is hosted by", "hosted by"].iter().any(|c| before.ends_with(c));
    (opens && serves).then(|| context.span(subject.start..mention.folded.end))
}

fn tail(words: &str, len: usize) -> &str {
    let mut from = words.len().saturating_sub(len);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    &words[from..]
}
