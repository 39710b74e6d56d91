//! `processor`: organisations that work on data on the controller's behalf, in the notice's own words.
//!
//! A name counts under a heading or label for processors, and in a sentence that says so ("on our behalf", "is our data
//! processor"). A recipient in its own right does not, and neither does a body that the sentence keeps out.

use super::Context;
use super::names::organisation_at;
use super::outline::{Aspect, Part, PartKind};
use super::processor_names::{Name, known_names, plausible, unknown_names};
use super::processor_words::{ProcessorCues, denied_near, employer, explicit_subject, given_to, passive_by, works};
use crate::dictionary::Family;
use crate::model::{Claim, ClaimKind};
use crate::text::Places;
use std::ops::Range;

/// Reads all processors.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let own: Vec<String> = claims.iter().filter(|c| c.kind == ClaimKind::Controller).map(|c| c.value.clone()).collect();
    let mut reader = Reader { context, cues: ProcessorCues::of(context), lead: None, found: Vec::new() };
    for (index, part) in context.parts() {
        if part.aspect == Some(Aspect::Processors)
            && (part.kind != PartKind::Heading || part.cell.is_some_and(|c| !c.header))
        {
            reader.listed(part);
        } else {
            reader.said(index, part);
        }
    }
    let mut found = reader.found;
    found.retain(|(name, _): &(Name, Option<String>)| !own.contains(&name.value));
    for (name, purpose) in found {
        let mut claim = context.claim(ClaimKind::Processor, name.value, name.folded);
        claim.purpose = claim.purpose.or(purpose);
        claims.push(claim.with_text("function", name.function.as_deref()).with_text("ods", name.ods.as_deref()));
    }
}

/// A name that was found, with the purpose that its item or sentence gives it.
type Found = (Name, Option<String>);

/// What the words before a name say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    /// "a company called": it is one.
    Firm,
    /// "looked after by", in a passage on work for us: it is one unless it is a person.
    Doer,
}

/// Where a name may begin.
struct Start {
    at: usize,
    said: Said,
}

/// What reads one text.
struct Reader<'a> {
    context: &'a Context<'a>,
    cues: ProcessorCues,
    /// The last part that led up to list items, and whether it says that they are processors.
    lead: Option<(usize, bool)>,
    found: Vec<Found>,
}

impl Reader<'_> {
    /// Names under a heading or label for processors.
    fn listed(&mut self, part: &Part) {
        let context = self.context;
        let words = context.words(part);
        if matches!(words.trim().trim_end_matches('.'), "none" | "no" | "n/a" | "not applicable")
            || self.cues.keeps_out.any(&part.folded)
        {
            return;
        }
        let mut names = known_names(context, &part.folded, true);
        let short = words.split(' ').count() <= 30;
        if part.kind == PartKind::Item || part.cell.is_some() || short {
            let leading = unknown_names(context, part);
            names.extend(leading);
            names.sort_by_key(|n| n.folded.start);
            names.dedup_by(|b, a| b.folded.start < a.folded.end);
        }
        let purpose = purpose_in(context, part);
        for name in names {
            if !denied_near(context, &name.folded) {
                self.found.push((name, purpose.clone()));
            }
        }
    }

    /// Names in sentences that say so.
    fn said(&mut self, index: usize, part: &Part) {
        if part.kind == PartKind::Heading {
            return;
        }
        let recipients = part.aspect == Some(Aspect::Recipients);
        let lead = self.lead_says_processors(index, part);
        if !lead
            && !recipients
            && !self.cues.strong.any(&part.folded)
            && !self.cues.weak.any(&part.folded)
            && !self.cues.called.any(&part.folded)
            && !self.cues.for_us.any(&part.folded)
            && self.context.hits_within(Family::Processors, &part.folded).next().is_none()
        {
            return;
        }
        let mut at = part.folded.start;
        while at < part.folded.end {
            let sentence = self.context.sentence(at);
            let sentence = sentence.start.max(at)..sentence.end.max(at + 1).min(part.folded.end);
            if sentence.is_empty() {
                break;
            }
            self.sentence(part, &sentence, lead);
            at = self.context.folded().ceil_char_boundary(sentence.end.max(at + 1));
        }
    }

    /// "We use the following processors:" before a list.
    fn lead_says_processors(&mut self, index: usize, part: &Part) -> bool {
        if part.kind != PartKind::Item {
            return false;
        }
        let parts = &self.context.outline.parts;
        let from = index.saturating_sub(12);
        let Some(lead) = parts[from..index].iter().rposition(|p| p.kind != PartKind::Item).map(|at| from + at) else {
            return false;
        };
        match self.lead {
            Some((known, says)) if known == lead => says,
            _ => {
                let says = self.leads_to_processors(&parts[lead].folded);
                self.lead = Some((lead, says));
                says
            }
        }
    }

    /// Whether a passage ends in a colon and its last sentence says that processors follow: not "apart from our processors
    /// we share it with:".
    fn leads_to_processors(&self, range: &Range<usize>) -> bool {
        let folded = self.context.folded();
        if !folded[range.clone()].trim_end().ends_with(':') {
            return false;
        }
        let from = range.end.saturating_sub(200).max(range.start);
        let last = self.context.sentence(folded[range.clone()].trim_end().len() - 1 + range.start).start;
        let tail = folded.ceil_char_boundary(from.max(last))..range.end;
        let excepted = |cue: usize| self.cues.excepts.within(&tail).any(|(at, end)| at < cue && cue <= end + 24);
        self.cues.leads.within(&tail).any(|(at, _)| !excepted(at)) && !self.cues.keeps_out.any(&tail)
    }

    fn sentence(&mut self, part: &Part, sentence: &Range<usize>, lead: bool) {
        let context = self.context;
        let folded = context.folded();
        if self.cues.keeps_out.any(sentence) || self.cues.defines.any(sentence) {
            return;
        }
        let strong = self.cues.strong.any(sentence);
        let weak = self.cues.weak.any(sentence);
        let for_us = self.cues.for_us.any(sentence);
        let explicit = self.cues.explicit.any(sentence);
        for name in known_names(context, sentence, false) {
            let accepted = lead
                || if name.trade {
                    let at_work = (weak || part.purpose.is_some())
                        && !matches!(
                            part.aspect,
                            Some(Aspect::Roles | Aspect::Contact | Aspect::Recipients | Aspect::Sources)
                        )
                        && works(&folded[sentence.clone()]);
                    explicit
                        || (strong || for_us || at_work || given_to(folded, &name.folded))
                            && !employer(folded, &name.folded)
                } else {
                    strong && passive_by(folded, &name.folded) || explicit_subject(context, sentence, &name.folded)
                };
            if accepted && !denied_near(context, &name.folded) && !historic(context, &name.folded) {
                let purpose = part.purpose.is_none().then(|| named_purpose(context, sentence)).flatten();
                self.found.push((name, purpose));
            }
        }
        if explicit || lead || strong {
            self.bodies(sentence);
        }
        self.unknown_names(sentence, lead);
    }

    /// "NHS England acts as our data processor": a body that would else be a recipient.
    fn bodies(&mut self, sentence: &Range<usize>) {
        let context = self.context;
        for (hit, term) in context.hits_within(Family::Bodies, sentence) {
            let after = &context.folded()
                [hit.end..context.folded().floor_char_boundary(hit.end + 60).min(sentence.end.max(hit.end))];
            let says = [
                "is our data processor", "acts as our data processor", "is a data processor for",
                "acts as a data processor", "as our data processor", "is the data processor", "are our data processor",
                "act as our data processor", "as our processor", "is our processor",
            ]
            .iter()
            .any(|c| after.contains(c))
                || by_on_our_behalf(context.folded(), hit.start, after);
            if says && term.id != "ico" && !denied_near(context, &(hit.start..hit.end)) {
                let name = Name {
                    folded: hit.start..hit.end,
                    value: term.name().to_owned(),
                    function: None,
                    ods: None,
                    trade: false,
                };
                self.found.push((name, None));
            }
        }
    }

    /// Where in a sentence a name may begin that no dictionary lists.
    fn name_starts(&self, sentence: &Range<usize>, lead: bool) -> Vec<Start> {
        let behind = |cues: &Places, said: Said| -> Vec<Start> {
            cues.within(sentence).map(|(_, at)| Start { at, said }).collect()
        };
        let cues = &self.cues;
        let mut starts = behind(&cues.before_name, Said::Nothing);
        let for_us = cues.for_us.any(sentence);
        if for_us || cues.strong.any(sentence) || cues.weak.any(sentence) {
            starts.extend(behind(&cues.called, Said::Firm));
        }
        let under_contract =
            self.context.outline.part_at(sentence.start).is_some_and(|p| cues.under_contract.any(&p.folded));
        if for_us || under_contract || cues.explicit.any(sentence) {
            starts.extend(behind(&cues.done_by, Said::Doer));
        }
        // "X Ltd processes this on our behalf", "X is our data processor": a name that opens the sentence.
        // "… are X, Y and Z Ltd": the list goes on behind a name that was found.
        let folded = self.context.folded();
        let here = self.found.iter().rev().take_while(|(n, _)| n.folded.start >= sentence.start);
        starts.extend(here.filter_map(|(n, _)| {
            let rest = folded.get(n.folded.end..sentence.end)?;
            let joint = [", and ", " and ", ", ", "; "].iter().find(|joint| rest.starts_with(**joint))?;
            Some(Start { at: n.folded.end + joint.len(), said: Said::Nothing })
        }));
        if lead || under_contract || cues.after_opening.any(sentence) {
            starts.push(Start { at: sentence.start, said: Said::Nothing });
        }
        starts
    }

    /// A name that no dictionary lists, directly behind a cue: "contract with C&V Data Management Services".
    fn unknown_names(&mut self, sentence: &Range<usize>, lead: bool) {
        let context = self.context;
        for Start { at: start, said } in self.name_starts(sentence, lead) {
            let start = start
                + ["the ", "a company called ", "our supplier ", "our contractor ", "our provider ", "a firm called "]
                    .iter()
                    .find(|s| context.folded()[start..].starts_with(**s))
                    .map_or(0, |s| s.len());
            let body_at = context.fold.body_at(start) as usize;
            let body_at = body_at + context.text.body[body_at..].bytes().take_while(|b| *b == b' ').count();
            let Some((stop, says)) = organisation_at(&context.text.body, body_at) else { continue };
            let folded = context.fold.folded_at(body_at as u32)..context.fold.folded_at(stop as u32).min(sentence.end);
            let value = context.text.body[body_at..stop].trim_end_matches(['.', ',']);
            let known = self
                .found
                .iter()
                .rev()
                .take(200)
                .any(|(n, _)| n.folded.start < folded.end && folded.start < n.folded.end)
                || context.hits_over(&folded).any(|(_, t)| matches!(t.family, Family::Processors | Family::Bodies))
                || context.mentions_over(&folded).next().is_some();
            let opener = start == sentence.start;
            let person = || super::names::person_at(&context.text.body, body_at).is_some_and(|end| end >= stop);
            let says = says || said == Said::Firm || said == Said::Doer && !person();
            let named =
                says || value.split(' ').count() >= 2 || value.chars().filter(|c| c.is_uppercase()).count() >= 2;
            let fits = if opener && !lead {
                named && (says || acts(&context.folded()[folded.end..sentence.end.max(folded.end)]))
            } else {
                says || lead && value.split(' ').count() <= 5
            };
            if !known && fits && plausible(value, says) && !denied_near(context, &folded) {
                let purpose = named_purpose(context, sentence);
                self.found
                    .push((Name { folded, value: value.to_owned(), function: None, ods: None, trade: false }, purpose));
            }
        }
    }
}

/// Whether what follows a name says that it does something: "provides the system on our behalf".
fn acts(after: &str) -> bool {
    let word = after.trim_start().trim_start_matches([',', ' ']).split(' ').next().unwrap_or("");
    matches!(
        word,
        "provides"
            | "provide"
            | "holds"
            | "hold"
            | "runs"
            | "run"
            | "processes"
            | "process"
            | "manages"
            | "manage"
            | "hosts"
            | "host"
            | "stores"
            | "store"
            | "supplies"
            | "carries"
            | "carry"
            | "collects"
            | "handles"
            | "is"
            | "are"
            | "acts"
            | "which"
            | "who"
            | "works"
            | "delivers"
            | "administers"
            | "maintains"
            | "analyses"
            | "sends"
            | "checks"
            | "undertakes"
            | "operates"
    )
}

/// "by X on our behalf", "on our behalf by X": a body that does the notice's work in the notice's own words.
fn by_on_our_behalf(folded: &str, name: usize, after: &str) -> bool {
    let before = folded[..name].trim_end().trim_end_matches(" the").trim_end();
    before.ends_with(" by")
        && (after.trim_start_matches([' ', ',']).starts_with("on our behalf") || before.ends_with("on our behalf by"))
}

/// The purpose that an item names for its processor: "X Ltd – provides risk stratification".
fn purpose_in(context: &Context<'_>, part: &Part) -> Option<String> {
    if part.folded.len() < 260 { named_purpose(context, &part.folded) } else { None }
}

/// The first purpose named in a range outside the names of bodies and suppliers ("Prescribing Services Ltd").
fn named_purpose(context: &Context<'_>, range: &Range<usize>) -> Option<String> {
    let named = |hit: &crate::dictionary::Hit| {
        [Family::Processors, Family::Bodies]
            .iter()
            .any(|f| context.hits_within(*f, range).any(|(n, _)| n.start <= hit.start && hit.end <= n.end))
    };
    let mut hits = context.hits_within(Family::Purposes, range).filter(|(h, t)| {
        !matches!(t.id.as_ref(), "commissioning" | "data-sharing-ics" | "website" | "staff") && !named(h)
    });
    hits.next().map(|(_, t)| t.id.to_string())
}

/// Whether the sentence speaks of the past.
fn historic(context: &Context<'_>, name: &Range<usize>) -> bool {
    super::status(context, name) == super::Status::Historical
}
