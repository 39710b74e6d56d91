//! `role`: data protection officer, Caldicott Guardian and SIRO, named or not.
//!
//! A name may stand before the role, behind it, on the next line or in another cell; it is taken only where nothing but
//! linking words stands between. A definition ("A Caldicott Guardian is a senior person …") names nobody.

use super::role_holder::{Person, answered_above, person, person_for};
use super::{Context, PartKind};
use crate::model::{Attr, Claim, ClaimKind};
use std::ops::Range;

/// A role: its id and the ways to write it (folded).
pub(super) const ROLES: [(&str, &[&str]); 3] = [
    ("dpo", &["data protection officer", "data protection officers", "data protection office (dpo)", "dpo"]),
    (
        "caldicott-guardian",
        &[
            "caldicott guardian", "caldicott guardians", "caldicott lead", "caldicotts", "caldicot guardian",
            "caldecott guardian",
        ],
    ),
    (
        "siro",
        &["senior information risk owner", "senior information risk officer", "senior information risk owners", "siro"],
    ),
];

/// A role named at one place.
pub(super) struct Place {
    pub(super) role: usize,
    pub(super) folded: Range<usize>,
}

/// Reads all roles.
pub fn read(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let places = places(context);
    let mut named = [false; 3];
    let mut found: Vec<Claim> = Vec::new();
    paired_lists(context, &places, &mut named, &mut found);
    let paired = named;
    let mut bound = vec![true; found.len()];
    let mut used: Vec<Range<usize>> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        if paired[place.role] || named[place.role] && answered_above(context, &places, at, &used) {
            continue;
        }
        if let Some(person) = person_for(context, &places, at, &used) {
            named[place.role] = true;
            used.push(person.folded.clone());
            let evidence = place.folded.start.min(person.folded.start)..place.folded.end.max(person.folded.end);
            let evidence = if evidence.len() > 260 { person.folded.clone() } else { evidence };
            let claim = context.claim(ClaimKind::Role, format!("{}={}", ROLES[place.role].0, person.name), evidence);
            bound.push(person.bound);
            found.push(with_details(context, claim, &person));
        }
    }
    drop_loose(&mut found, &bound);
    for (role, (id, _)) in ROLES.iter().enumerate() {
        if named[role] {
            continue;
        }
        let described = places.iter().filter(|p| p.role == role && !elsewhere(context, p));
        let best = described
            .min_by_key(|p| context.outline.part_at(p.folded.start).is_some_and(|part| part.kind == PartKind::Heading));
        if let Some(place) = best {
            let mut claim = context.claim(ClaimKind::Role, format!("{id}="), place.folded.clone());
            if let Some(title) = job_title_for(context, place) {
                claim = claim.with("job_title", Attr::Text(title));
            }
            found.push(claim);
        }
    }
    claims.extend(found);
}

/// Drops a name that only stood near a role's heading where another is bound to the role by a sentence: under "Caldicott
/// Guardian and SIRO" the first name is one of the two.
fn drop_loose(found: &mut Vec<Claim>, bound: &[bool]) {
    let role = |c: &Claim| c.value.split('=').next().unwrap_or("").to_owned();
    let sure: Vec<String> = found.iter().zip(bound).filter(|(_, b)| **b).map(|(c, _)| role(c)).collect();
    let mut at = 0;
    found.retain(|claim| {
        at += 1;
        bound[at - 1] || !sure.contains(&role(claim))
    });
}

/// All places where a role is named, by place; the long form and its abbreviation in brackets are one.
fn places(context: &Context<'_>) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    for (role, (_, words)) in ROLES.iter().enumerate() {
        for word in *words {
            for at in context.find_words(word) {
                let mut end = at + word.len();
                if word.len() <= 4 && context.published(at..end).chars().any(char::is_lowercase) {
                    continue;
                }
                let behind = &context.folded()[end..];
                for short in [" (dpo)", " (siro)", "(dpo)", " - dpo", " (cg)", " lead", " function", " (dpo) function"]
                {
                    if behind.starts_with(short) {
                        end = at + word.len() + short.len();
                    }
                }
                if in_address(context.folded(), at) {
                    continue;
                }
                out.push(Place { role, folded: at..end });
            }
        }
    }
    out.sort_by_key(|p| (p.folded.start, std::cmp::Reverse(p.folded.end)));
    out.dedup_by(|b, a| b.folded.start < a.folded.end && a.role == b.role);
    out
}

fn in_address(folded: &str, at: usize) -> bool {
    folded[..at].ends_with(['.', '@', '/', '-']) && !folded[..at].ends_with(". ")
        || folded[at..].split([' ', '\n']).next().is_some_and(|w| w.contains('@'))
}

/// Whether the role is somebody else's or a body's name: "UK Caldicott Guardian Council", "each practice has a …".
pub(super) fn elsewhere(context: &Context<'_>, place: &Place) -> bool {
    let folded = context.folded();
    let behind = folded[place.folded.end..].trim_start();
    let before = &folded[..place.folded.start];
    behind.starts_with("council")
        || behind.starts_with("principle")
        || behind.starts_with("manual")
        || before.ends_with("uk ")
        || before.ends_with("deputy ")
        || before.ends_with("national ")
        || before.ends_with("register of ")
}

/// Two role labels one after the other, then two names one after the other.
fn paired_lists(context: &Context<'_>, places: &[Place], named: &mut [bool; 3], found: &mut Vec<Claim>) {
    let label = |p: &Place| {
        let part = context.outline.part_index(p.folded.start);
        (context.words(&context.outline.parts[part]).len() <= p.folded.len() + 24).then_some(part)
    };
    let mut at = 0;
    while at + 1 < places.len() {
        let run: Vec<(&Place, usize)> = places[at..].iter().map_while(|p| label(p).map(|part| (p, part))).collect();
        let run: Vec<(&Place, usize)> =
            run.iter().enumerate().take_while(|(n, (_, part))| *part == run[0].1 + n).map(|(_, r)| *r).collect();
        if run.len() < 2 {
            at += 1;
            continue;
        }
        let first = run[run.len() - 1].1 + 1;
        let people: Vec<Person> = (0..run.len())
            .map_while(|n| {
                context.outline.parts.get(first + n).and_then(|p| person(context, p.folded.start, p.folded.end))
            })
            .collect();
        if people.len() == run.len() {
            for ((place, _), person) in run.iter().zip(people) {
                if !named[place.role] {
                    named[place.role] = true;
                    let claim = context.claim(
                        ClaimKind::Role,
                        format!("{}={}", ROLES[place.role].0, person.name),
                        person.folded.clone(),
                    );
                    found.push(with_details(context, claim, &person));
                }
            }
        }
        at += run.len();
    }
}

/// "Caldicott Guardian: Chief Medical Officer": the job title that stands where a name should.
fn job_title_for(context: &Context<'_>, place: &Place) -> Option<String> {
    let part = context.outline.part_at(place.folded.start)?;
    let tail = context.between(place.folded.end, part.folded.end).trim_start_matches([' ', ':', '-', '(', ')']);
    let tail = tail.strip_prefix("is ").unwrap_or(tail).trim_start_matches("the ").trim_start_matches("our ");
    let title = tail.split(['.', ',', ';', '(']).next()?.trim();
    let jobs = ["officer", "director", "nurse", "head of", "manager", "chair"];
    (title.len() <= 60 && jobs.iter().any(|j| title.contains(j)) && title.split(' ').count() <= 7).then(|| {
        let start = place.folded.end + context.folded()[place.folded.end..].find(title).unwrap_or(0);
        context.published(start..start + title.len()).to_owned()
    })
}

/// The person's e-mail and telephone, where they stand within the next lines.
fn with_details(context: &Context<'_>, claim: Claim, person: &Person) -> Claim {
    let body = &context.text.body;
    let from = context.fold.body_at(person.folded.end) as usize;
    let to = body.floor_char_boundary(from + 300);
    let email = super::contact::emails(body, from..to).into_iter().next().map(|(_, address)| address);
    claim.with_text("email", email.as_deref())
}
