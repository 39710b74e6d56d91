//! `inconsistent/self-reference`.

use crate::claims::{Aspect, Mention};
use crate::dictionary::Family;
use crate::model::{ClaimKind, Span};
use crate::rules::{Findings, Notice};
use std::collections::BTreeSet;
use std::ops::Range;

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
    /// Bad: "NHS Leicester City CCG provides safeguarding services for itself, NHS West Leicestershire CCG and NHS West
    /// Leicestershire CCG."
    ///
    /// Good: "NHS Leicester City CCG provides safeguarding services for itself, NHS West Leicestershire CCG and NHS
    /// East Leicestershire and Rutland CCG."
    SELF_REFERENCE = "inconsistent/self-reference", Warning, since: None,
    references: [("UK GDPR, Article 13(1)(a) and (e)", "https://www.legislation.gov.uk/eur/2016/679/article/13")]
}

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let controllers: BTreeSet<&str> = notice.of(ClaimKind::Controller).map(|c| c.value.as_str()).collect();
    let mentions: Vec<&Mention> =
        notice.context.mentions.iter().filter(|m| !notice.context.is_furniture(m.folded.start)).collect();
    for range in doubled(notice.context.folded()).into_iter().filter(|r| !notice.context.is_furniture(r.start)) {
        let span = notice.context.span(range);
        out.report(
            "one body stands twice in one list", "name the other body that was meant, or take the second name out",
        )
        .at(span);
    }
    for mention in mentions.iter().filter(|m| controllers.contains(m.name.as_str())) {
        let listed = controllers.len() == 1 && among_recipients(notice, mention, &mentions);
        if let Some(span) = serves_itself(notice, mention, &mentions).or_else(|| listed.then_some(mention.span)) {
            out.report(format!("{} is said to support or serve itself", mention.name), "name the body that was meant")
                .at(span);
        }
    }
}

/// "NHS X ICB and NHS X ICB": the ranges of the folded text in which one commissioner's name stands twice in a row, with
/// nothing but the joint of a list between.
fn doubled(folded: &str) -> Vec<Range<usize>> {
    const FORMS: &[&str] = &[" ccg", " icb", " clinical commissioning group", " integrated care board"];
    let mut out = Vec::new();
    for form in FORMS {
        for at in memchr::memmem::find_iter(folded.as_bytes(), form) {
            let end = at + form.len();
            let rest = &folded[end..];
            let Some(joint) = [" and ", ", and ", ", ", " & ", " or ", " , "].iter().find(|j| rest.starts_with(**j))
            else {
                continue;
            };
            let behind = &rest[joint.len()..];
            let second = behind.strip_prefix("the ").unwrap_or(behind);
            let second = second.strip_prefix("nhs ").unwrap_or(second);
            let Some(name_len) = second[..second.floor_char_boundary(90 + form.len())].find(form) else { continue };
            let name = &second[..name_len];
            let closes = second[name_len + form.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let before = &folded[..at];
            let same = before.ends_with(name)
                && before[..before.len() - name.len()].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            if closes
                && same
                && name.len() >= 3
                && !name.contains(['\n', ',', '.'])
                && !matches!(name, "the" | "our" | "each" | "other")
            {
                let start = before.len() - name.len();
                let start = if folded[..start].ends_with("nhs ") { start - 4 } else { start };
                out.push(start..folded.len() - second.len() + name_len + form.len());
            }
        }
    }
    out
}

/// What a sentence says of a body stands within this many bytes before its name; a line may be the whole text.
const REACH: usize = 1000;

/// Where the words before a mention begin that may be about it: its sentence, or the last of a very long one.
fn lead_of(notice: &Notice<'_>, mention: &Mention) -> usize {
    let start = notice.context.sentence(mention.folded.start).start;
    start.max(notice.context.folded().ceil_char_boundary(mention.folded.start.saturating_sub(REACH)))
}

/// The mentions before one, from a byte of the folded text on.
fn earlier<'m>(mentions: &'m [&Mention], from: usize, mention: &'m Mention) -> impl Iterator<Item = &'m Mention> {
    let first = mentions.partition_point(|m| m.folded.start < from);
    mentions[first..].iter().copied().take_while(|m| m.folded.end < mention.folded.start)
}

/// "Managed within the CCG and supported by" the same CCG; "X hosts the team on behalf of" X.
fn serves_itself(notice: &Notice<'_>, mention: &Mention, mentions: &[&Mention]) -> Option<Span> {
    let context = notice.context;
    let folded = context.folded();
    let from = lead_of(notice, mention);
    let before = folded.get(from..mention.folded.start)?.trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let supported = ["supported by", "with support from", "with the support of", "assisted by"]
        .iter()
        .any(|c| before.ends_with(c) || before.len() > 60 && tail(before, 60).contains(c) && before.ends_with(" in"));
    let own_work = [
        "within the ccg", "within the icb", "managed internally", "by the ccg itself", "by the icb itself", "in house",
    ]
    .iter()
    .any(|w| before.contains(w));
    if supported && own_work {
        return Some(mention.span);
    }
    let subject = earlier(mentions, from, mention).find(|m| m.name == mention.name)?.folded.clone();
    let opens = from == context.sentence(mention.folded.start).start
        && folded.get(from..subject.start).is_some_and(|lead| lead.split(' ').filter(|w| !w.is_empty()).count() <= 1);
    let serves = ["on behalf of", "shares data with", "shares information with", "is hosted by", "hosted by"]
        .iter()
        .any(|c| before.ends_with(c));
    // "X shares complaints with X", "used by X and its neighbours, Y and X".
    let between = folded.get(subject.end..mention.folded.start).unwrap_or("");
    let shares = between.contains(" shares ") && before.ends_with("with");
    let neighbours = between.contains("its neighbours") || between.contains("its partners,");
    if shares || neighbours {
        return Some(context.span(subject.start..mention.folded.end));
    }
    (opens && serves).then(|| context.span(subject.start..mention.folded.end))
}

/// Whether the controller stands in a list of those that it shares with, or of its fellows: "we share it with councils and"
/// the controller itself.
fn among_recipients(notice: &Notice<'_>, mention: &Mention, mentions: &[&Mention]) -> bool {
    let context = notice.context;
    let folded = context.folded();
    let from = lead_of(notice, mention);
    let Some(before) = folded.get(from..mention.folded.start) else { return false };
    let joined = [",", " and", " or", ";"].iter().any(|joint| before.trim_end().ends_with(joint));
    let behind = &folded[mention.folded.end..folded.floor_char_boundary(mention.folded.end + 60)];
    let behind = behind.split(['\n', '.']).next().unwrap_or("");
    // "NHS X ICB staff", "NHS X ICB and its partners", "NHS X ICB's area" is the controller's own, not another.
    let whole = behind.trim().is_empty()
        || [",", ";", " for ", " and ", " so ", " to "].iter().any(|next| behind.starts_with(next))
            && !behind.starts_with(" and its")
            && !behind.starts_with(", which");
    if !joined || !whole {
        return false;
    }
    if before.contains("behalf")
        || before.contains("between")
        || before.contains("controller")
        || before.contains("formerly")
    {
        return false;
    }
    let shares = ["we share", " shares ", "we send", " sends ", "we pass", " passes ", "we disclose", "we give"]
        .iter()
        .filter_map(|verb| before.rfind(verb).map(|at| &before[at + verb.len()..]))
        .any(|object| {
            (object.contains(" with ") || object.contains(" to "))
                && !object.contains(" from ")
                && !object.contains(" who ")
        });
    let fellows = [
        "our fellow", "our neighbour", "neighbouring", "other integrated care boards", "other icbs", "other ccgs",
        "other clinical commissioning groups", "other commissioners",
    ]
    .iter()
    .any(|w| before.contains(w))
        && earlier(mentions, from, mention).next().is_some();
    let part = context.outline.part_at(mention.folded.start);
    let headed = part.and_then(|p| p.section).is_some_and(|section| {
        let heading = notice.context.text.quote(context.outline.sections[section].heading).to_lowercase();
        ["share", "sees", "see it", "recipient", "receives", "gets"].iter().any(|w| heading.contains(w))
    });
    let recipients = part.is_some_and(|p| (p.aspect == Some(Aspect::Recipients) || headed) && p.words <= 30)
        && context
            .hits_over(&(from..mention.folded.start))
            .any(|(h, t)| t.family == Family::Bodies && h.end < mention.folded.start);
    shares || fellows || recipients
}

fn tail(words: &str, len: usize) -> &str {
    &words[words.ceil_char_boundary(words.len().saturating_sub(len))..]
}

#[cfg(test)]
mod tests {
    use super::doubled;

    #[test]
    fn a_name_twice_in_a_list() {
        let text = "on behalf of nhs thamesmere icb and nhs thamesmere icb. done";
        assert_eq!(
            doubled(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>(),
            ["nhs thamesmere icb and nhs thamesmere icb"]
        );
        assert!(doubled("nhs derby icb and nhs derby and derbyshire icb").is_empty());
        assert!(doubled("nhs sussex integrated care board (nhs sussex icb) and nhs essex icb").is_empty());
    }
}
