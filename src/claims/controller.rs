//! `controller`: the organisation whose notice it is, however it says so.
//!
//! The commissioner named most, named in the title, and said to be the controller, is the one; a notice may be joint.
//! Host names decide nothing: they outlive their owners.

use super::Context;
use super::mentions::Mention;
use super::outline::{Aspect, PartKind};
use crate::dictionary::{Family, Form, TermId};
use crate::model::{Attr, Claim, ClaimKind};
use crate::text::Cues;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What speaks for a body as the controller.
#[derive(Default)]
struct Score {
    weight: i64,
    /// Places that say so, strongest first.
    says: Vec<Range<usize>>,
    first: Option<Range<usize>>,
    /// Whether it stands in the title.
    titled: bool,
    /// Whether it opens a sentence and speaks in it: "X is committed to protecting your privacy".
    speaks: bool,
    term: Option<TermId>,
    form: Option<Form>,
}

/// Reads the controller or controllers.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let scores = without_leftovers(context, scores(context));
    // A register has agreements of several controllers; each stands in a row of its own.
    let register = ["data uses register", "data release register", "register of approved data releases"]
        .iter()
        .any(|title| context.holds(title))
        && context.holds("dars-nic-");
    let best = scores.values().map(|s| s.weight).max().unwrap_or(0);
    let mut found: Vec<(String, Score)> = Vec::new();
    for (name, score) in scores {
        let enough = score.weight * 3 >= best || register && score.weight >= 60;
        let joint = !score.says.is_empty() && score.weight >= 40 && enough;
        if score.weight == best || joint && best >= 40 {
            found.push((name, score));
        }
    }
    let explicit = found.iter().any(|(_, s)| !s.says.is_empty());
    found.retain(|(_, s)| s.weight == best || !s.says.is_empty());
    if found.len() > 1 && !explicit {
        found.sort_by_key(|(_, s)| s.first.as_ref().map_or(usize::MAX, |r| r.start));
        found.truncate(1);
    }
    drop_partnerships(&mut found);
    if found.is_empty() {
        other_controller(context, claims);
        return;
    }
    for (name, score) in found {
        let places = if score.says.is_empty() { score.first.clone().into_iter().collect() } else { score.says.clone() };
        for place in places.into_iter().take(6) {
            claims.push(dressed(context, context.claim(ClaimKind::Controller, name.clone(), place), &score));
        }
    }
}

/// Attributes of a known body.
fn dressed(context: &Context<'_>, claim: Claim, score: &Score) -> Claim {
    let mut claim = claim;
    claim.purpose = None;
    let kind = match score.form {
        Some(Form::Ccg) => Some("ccg"),
        Some(Form::Icb) => Some("icb"),
        _ => None,
    };
    let claim = claim.with_text("type", kind);
    let Some(term) = score.term.map(|t| context.dictionary.term(t)) else { return claim };
    let successors: Vec<String> = term
        .successors
        .iter()
        .filter_map(|id| context.dictionary.by_id(Family::Commissioners, id))
        .map(|t| t.name().to_owned())
        .collect();
    let claim = claim.with_text("ods", term.ods.as_deref()).with_text("ended", term.until.as_deref());
    if successors.is_empty() { claim } else { claim.with("successor", Attr::List(successors)) }
}

/// Weighs every commissioner named.
fn scores(context: &Context<'_>) -> BTreeMap<String, Score> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let title_end = context.text.blocks.iter().filter(|b| !b.furniture).take(4).last().map_or(0, |b| b.span.end);
    let joint = listed_as_joint(context);
    for mention in context.mentions.iter().filter(|m| !context.is_furniture(m.folded.start)) {
        let Some((name, term, form)) = body_meant(context, mention) else { continue };
        let weight = weight(context, mention, title_end);
        if weight < 0 {
            continue;
        }
        let entry = scores.entry(name).or_default();
        entry.weight += weight;
        entry.term = entry.term.or(term);
        entry.form = entry.form.or(form);
        if says_controller(context, mention) || joint.contains(&mention.folded.start) {
            entry.weight += 60;
            entry.says.push(mention.folded.clone());
        }
        entry.titled |= mention.span.start < title_end;
        entry.speaks |= weight > 0 && speaks(context, mention);
        if entry.first.is_none() {
            entry.first = Some(mention.folded.clone());
        }
    }
    scores
}

/// Whether a body opens its sentence and speaks in it as the one whose notice it is.
fn speaks(context: &Context<'_>, mention: &Mention) -> bool {
    const SPEAKS: &[&str] = &[
        " is committed", " takes your", " takes the", " collects ", " respects ", " is responsible for", " holds ",
        " uses ", " needs to ", " is registered", " plans and ",
    ];
    let sentence = context.sentence(mention.folded.start);
    let lead = context.between(sentence.start, mention.folded.start).trim();
    let behind = context.between(mention.folded.end, sentence.end);
    matches!(lead, "" | "the" | "at") && SPEAKS.iter().any(|w| behind.starts_with(w))
}

/// Takes what is said of an ended body for its successor, where that one speaks in the notice and the ended one is not in
/// the title: "NHS Old CCG is the data controller", left over in the notice of the board that followed it.
fn without_leftovers(context: &Context<'_>, mut scores: BTreeMap<String, Score>) -> BTreeMap<String, Score> {
    let follows = |score: &Score| -> Option<String> {
        let term = context.dictionary.term(score.term.filter(|_| !score.titled)?);
        let ids = term.successors.iter().filter_map(|id| context.dictionary.by_id(Family::Commissioners, id));
        ids.map(|t| t.name().to_owned()).find(|name| scores.get(name).is_some_and(|s| s.speaks))
    };
    let moved: Vec<(String, String)> =
        scores.iter().filter_map(|(name, score)| Some((name.clone(), follows(score)?))).collect();
    for (old, new) in moved {
        let weight = scores.remove(&old).map_or(0, |s| s.weight);
        if let Some(score) = scores.get_mut(&new) {
            score.weight += weight;
        }
    }
    scores
}

/// The bodies of a joint notice that stand in a list of their own: "This is the joint notice of:", one to a line.
fn listed_as_joint(context: &Context<'_>) -> Vec<usize> {
    const JOINT: &[&str] = &[
        "joint privacy notice", "joint notice", "joint fair processing notice", "joint privacy policy", "joint policy",
        "joint privacy statement", "joint statement", "shared privacy notice", "joint controllers",
        "joint data controllers", "each a data controller", "each a controller",
        "is a data controller in its own right", "is a controller in its own right",
        "data controllers in their own right", "controllers in their own right",
    ];
    if !context.places_of(JOINT).iter().any(|(at, _)| !context.is_furniture(at)) {
        return Vec::new();
    }
    let alone = |mention: &&Mention| {
        context.outline.part_at(mention.folded.start).is_some_and(|part| {
            !part.furniture && part.cell.is_none() && part.folded.len() <= mention.folded.len() + 16
        })
    };
    let listed: Vec<(usize, usize)> = context
        .mentions
        .iter()
        .filter(alone)
        .map(|m| (context.outline.part_index(m.folded.start), m.folded.start))
        .collect();
    let beside = |part: usize, other: usize| part.abs_diff(other) == 1;
    listed.iter().filter(|(part, _)| listed.iter().any(|(other, _)| beside(*part, *other))).map(|(_, at)| *at).collect()
}

/// The body a mention means; a partnership's name means the board or group of that name.
fn body_meant(context: &Context<'_>, mention: &Mention) -> Option<(String, Option<TermId>, Option<Form>)> {
    if mention.form != Some(Form::Partnership) {
        return Some((mention.name.clone(), mention.term, mention.form));
    }
    let known = mention.known.iter().copied();
    let has_icb =
        context.mentions.iter().any(|m| m.form == Some(Form::Icb)) || context.find_words("the icb").next().is_some();
    let wanted = if has_icb { "icb" } else { "ccg" };
    let term =
        known.clone().find(|id| context.dictionary.term(*id).kind() == wanted).or_else(|| known.clone().next())?;
    let form = if context.dictionary.term(term).kind() == "icb" { Form::Icb } else { Form::Ccg };
    Some((context.dictionary.term(term).name().to_owned(), Some(term), Some(form)))
}

/// How much a mention speaks for its body: the place counts, a predecessor or somebody else's role does not.
fn weight(context: &Context<'_>, mention: &Mention, title_end: u32) -> i64 {
    let folded = context.folded();
    let status = super::status(context, &mention.folded);
    let sentence = context.sentence_words(mention.folded.start);
    if status == super::Status::Historical || sentence.contains("replaced by") && sentence.contains("dissolved") {
        return 0;
    }
    let part = context.outline.part_at(mention.folded.start);
    if part.is_some_and(|p| p.aspect == Some(Aspect::Processors)) {
        return 0;
    }
    let before = folded[..mention.folded.start].trim_end();
    let others =
        ["other", "including", "and", "behalf of the ccg by", "by", "such as", ","].iter().any(|w| before.ends_with(w))
            && mention.plural;
    if others {
        return 1;
    }
    let mut weight = 3;
    if mention.span.start < title_end {
        weight += 25;
    }
    if part.is_some_and(|p| p.kind == PartKind::Heading) {
        weight += 4;
    }
    let after = &folded[mention.folded.end..];
    if after.starts_with(" (we")
        || after.starts_with(" (\"we")
        || after.starts_with(" ('we")
        || before.ends_with("we are")
        || before.ends_with("we,")
    {
        weight += 40;
    }
    weight
}

/// What makes a controller of the body named before.
static SAYS: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(&[
        "is a data controller", "is the data controller", "is the controller", "is a controller",
        "is a 'data controller'", "is the 'data controller'", "is a \"data controller\"", "is the \"data controller\"",
        "who is the data controller", "as a data controller", "as the data controller",
        "is known as the data controller", "are the data controller", "are joint", "is registered", "are registered",
        "as data controller", "is the joint", "are data controllers", "is a 'controller'", "is the 'controller'",
        "is the data contoller", "is our data controller", "acts as data controller",
        "is defined as a data controller", "that the law calls the controller", "what the law calls the controller",
        "that the law calls the data controller", "what the law calls a controller",
    ])
});

/// Whether a mention is said to be the controller: "X is the data controller", "Data Controller: X", "who is the
/// controller", "the ‘Data Controller’ is X"; not where a controller is denied or somebody else's.
fn says_controller(context: &Context<'_>, mention: &Mention) -> bool {
    let folded = context.folded();
    let sentence = context.sentence(mention.folded.start);
    let after = folded[mention.folded.end..sentence.end.max(mention.folded.end)]
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let before = folded[sentence.start.min(mention.folded.start)..mention.folded.start].trim_end();
    let near_after = &after[..after.floor_char_boundary(110)];
    let is = SAYS.places(near_after).into_iter().any(|(at, _)| at <= 45);
    let denied = near_after.contains("is not")
        || before.contains(" not ")
        || near_after.starts_with("will become")
        || near_after.contains("will become the new");
    let label = [
        "data controller", "controller", "data controller is", "controller is", "controller:", "controller is:",
        "data controller(s)", "controller for this notice", "identity of the data controller", "contoller",
        "'data controller' is", "\"data controller\" is", "controllers are", "controllers",
    ]
    .iter()
    .any(|l| before.trim_end_matches([':', '-', ' ', ')', ';']).ends_with(l.trim_end_matches(':')));
    let cell = context
        .outline
        .part_at(mention.folded.start)
        .is_some_and(|p| p.aspect == Some(Aspect::Controller) && p.kind != PartKind::Heading && p.words <= 40);
    let own = !near_after.contains("of your gp") && !before.ends_with("your gp");
    (is || label || cell) && !denied && own
}

/// A partnership and its board are one body: the board stays.
fn drop_partnerships(found: &mut Vec<(String, Score)>) {
    if found.len() > 1 && found.iter().any(|(_, s)| s.form != Some(Form::Partnership)) {
        found.retain(|(_, s)| s.form != Some(Form::Partnership));
    }
}

/// A notice of a body that is no commissioner: "Data Controller: X", "X is the data controller".
fn other_controller(context: &Context<'_>, claims: &mut Vec<Claim>) {
    const CUES: &[&str] = &[
        "data controller: ", "data controller is ", "controller is ", "controller: ",
        "data controller for this information is ", "data controller - ", "data controller:- ", "name of controller: ",
    ];
    for cue in CUES {
        for at in context.places(cue) {
            let start = at + cue.len() + if context.folded()[at + cue.len()..].starts_with("the ") { 4 } else { 0 };
            let body_at = context.fold.body_at(start) as usize;
            let Some((stop, _)) = super::names::organisation_at(&context.text.body, body_at) else { continue };
            let name = &context.text.body[body_at..stop];
            if name.split(' ').count() >= 2 {
                let folded = context.fold.folded_at(body_at as u32)..context.fold.folded_at(stop as u32);
                claims.push(context.claim(ClaimKind::Controller, name, folded));
                return;
            }
        }
    }
    for (hit, term, _) in context.hits_of(Family::Bodies).chain(context.hits_of(Family::Processors)) {
        let after = &context.folded()[hit.end..context.folded().floor_char_boundary(hit.end + 40)];
        if ["is the data controller", "is a data controller", "is the controller"].iter().any(|c| after.contains(c))
            && term.id != "ico"
        {
            claims.push(context.claim(ClaimKind::Controller, term.name(), hit.start..hit.end));
            return;
        }
    }
}
