//! CCGs, ICBs and partnerships named in a text: known ones by their names, unknown ones as the notice writes them.

use crate::dictionary::{Dictionary, Family, Form, Hit, TermId};
use crate::model::{Span, Text};
use crate::text::{Fold, WordIndex};
use std::collections::HashMap;
use std::ops::Range;

/// One commissioner named at one place.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its bytes in the folded text, name and form.
    pub folded: Range<usize>,
    /// Its bytes in the body.
    pub span: Span,
    /// CCG, ICB or partnership; what the known body is where no form is written.
    pub form: Option<Form>,
    /// The bodies that bear the name, of any form.
    pub known: Vec<TermId>,
    /// The body meant, where it is known.
    pub term: Option<TermId>,
    /// Canonical name: `NHS West Leicestershire CCG`.
    pub name: String,
    /// Whether the form is plural: the name may be one of several.
    pub plural: bool,
}

/// A text as it is looked through for commissioners.
pub struct Passage<'a> {
    /// The text.
    pub text: &'a Text,
    /// Its folded text.
    pub fold: &'a Fold,
    /// The words of that.
    pub words: &'a WordIndex,
    /// Who is known.
    pub dictionary: &'a Dictionary,
}

/// All commissioners named in a text, by place; `hits` are the dictionary's.
pub fn mentions(passage: &Passage<'_>, hits: &[Hit]) -> Vec<Mention> {
    let Passage { text, fold, dictionary, .. } = *passage;
    let mut out = Vec::new();
    for hit in hits {
        let term = dictionary.term(hit.term);
        if term.family != Family::Commissioners {
            continue;
        }
        let Some(form) = form_of(&term.id) else { continue };
        if in_address(&fold.text, hit.start) {
            continue;
        }
        out.extend(with_form(text, fold, hit, form, dictionary));
    }
    bare_names(passage, &mut out);
    abbreviations(passage, &mut out);
    out.sort_by_key(|m| (m.folded.start, std::cmp::Reverse(m.folded.end)));
    out.dedup_by(|b, a| b.folded.start < a.folded.end);
    out
}

fn form_of(id: &str) -> Option<Form> {
    match id {
        "form-ccg" => Some(Form::Ccg),
        "form-icb" => Some(Form::Icb),
        "form-hcp" | "form-ics" => Some(Form::Partnership),
        _ => None,
    }
}

fn in_address(folded: &str, at: usize) -> bool {
    let before = &folded.as_bytes()[..at];
    matches!(before.last(), Some(b'@' | b'/' | b'.'))
}

/// A mention whose form is written: the name before it, known or not.
fn with_form(text: &Text, fold: &Fold, hit: &Hit, form: Form, dictionary: &Dictionary) -> Option<Mention> {
    let folded = &fold.text;
    let mut end = folded[..hit.start].trim_end_matches(' ').len();
    // "X (WLCCG) Clinical Commissioning Group" does not occur; "X’s CCG" and "X (BLMK) ICB" do.
    if folded[..end].ends_with(')')
        && let Some(open) = folded[..end].rfind('(').filter(|open| end - open <= 12)
    {
        end = folded[..open].trim_end().len();
    }
    let plural = folded[hit.start..hit.end].ends_with('s') && form != Form::Partnership;
    if let Some((start, ids)) = dictionary.commissioners().name_before(folded, end) {
        let start = with_nhs(folded, start);
        let term = pick(ids, form, dictionary);
        let name = match term {
            Some(term) => dictionary.term(term).name().to_owned(),
            None => canonical(&published_core(text, fold, start, end), form),
        };
        let known = ids.to_vec();
        return Some(Mention {
            span: fold.span(start, hit.end, &text.body),
            folded: start..hit.end,
            form: Some(form),
            known,
            term,
            name,
            plural,
        });
    }
    if form == Form::Partnership || plural {
        return None;
    }
    let start = capitalised_before(text, fold, end)?;
    let name = canonical(&published_core(text, fold, start, end), form);
    Some(Mention {
        span: fold.span(start, hit.end, &text.body),
        folded: start..hit.end,
        form: Some(form),
        known: Vec::new(),
        term: None,
        name,
        plural,
    })
}

/// The body of a form among those that bear a name.
fn pick(ids: &[TermId], form: Form, dictionary: &Dictionary) -> Option<TermId> {
    let kind = match form {
        Form::Ccg => "ccg",
        Form::Icb => "icb",
        Form::Partnership => return None,
    };
    ids.iter()
        .copied()
        .filter(|id| dictionary.term(*id).kind() == kind)
        .max_by_key(|id| dictionary.term(*id).from_day())
}

fn with_nhs(folded: &str, start: usize) -> usize {
    if folded[..start].ends_with("nhs ") { start - 4 } else { start }
}

fn published_core(text: &Text, fold: &Fold, start: usize, end: usize) -> String {
    text.quote(fold.span(start, end, &text.body)).trim().to_owned()
}

/// "NHS X CCG" from the words a notice writes.
fn canonical(core: &str, form: Form) -> String {
    let core =
        core.trim_start_matches("NHS ").trim_start_matches("The ").trim_end_matches("’s").trim_end_matches("'s").trim();
    let form = match form {
        Form::Ccg => "CCG",
        Form::Icb => "ICB",
        Form::Partnership => "HCP",
    };
    format!("NHS {core} {form}")
}

/// Words with a capital that begin a sentence or a heading and no name.
const STOPS: &[&str] = &[
    "The", "At", "In", "Our", "By", "A", "An", "Your", "This", "For", "Each", "Every", "As", "Other", "Any", "Local",
    "Welcome", "Within", "To", "From", "What", "How", "Why", "Does", "Is", "About", "Contact", "Shadow", "Former",
    "Designate", "Responsible",
];

/// The start of the run of capitalised words that ends at `end`: the name of a body nobody knows.
fn capitalised_before(text: &Text, fold: &Fold, end: usize) -> Option<usize> {
    let folded = &fold.text;
    let mut start = None;
    let mut at = end;
    for _ in 0..10 {
        let from = folded[..at].rfind([' ', '\n', '(', '"', '\'']).map_or(0, |n| n + 1);
        let from = if folded[from..at].is_empty() { break } else { from };
        let word = text.quote(fold.span(from, at, &text.body));
        let joins = matches!(word, "and" | "&" | "of" | "the" | "on" | "upon" | "in" | "with" | "to");
        let stops =
            STOPS.contains(&word) || matches!(word.trim_end_matches(','), "We" | "Us" | "Where" | "When" | "If");
        if stops || word.ends_with(['.', ':', ';', '?', '!', ')']) {
            break;
        }
        if word.starts_with(|c: char| c.is_uppercase()) || word.starts_with('[') {
            start = Some(from);
        } else if !joins || start.is_none() {
            break;
        }
        if from == 0 || folded.as_bytes()[from - 1] != b' ' {
            break;
        }
        at = from - 1;
    }
    let start = start?;
    let words = text.quote(fold.span(start, end, &text.body));
    (words != "NHS" && !words.is_empty() && !words.starts_with("NHS England")).then_some(start)
}

/// "NHS Kernow", "NHS North East London": a known name behind "NHS" with no form behind it.
fn bare_names(passage: &Passage<'_>, out: &mut Vec<Mention>) {
    let Passage { text, fold, words, dictionary } = *passage;
    let folded = &fold.text;
    for at in words.places(folded, "nhs ") {
        let Some((end, ids)) = dictionary.commissioners().name_after(folded, at + 4) else { continue };
        let span = fold.span(at, end, &text.body);
        if !text.quote(span).starts_with("NHS")
            || text.quote(span).split(' ').skip(1).any(|w| w.len() > 3 && w.starts_with(|c: char| c.is_lowercase()))
        {
            continue;
        }
        let behind = folded[end..].trim_start();
        const OTHER_BODY: &[&str] = &[
            "nhs", "csu", "commissioning support", "hospital", "foundation", "trust", "partnership", "community",
            "university", "ambulance", "mental", "council", "health and care", "teaching", "acute", "healthcare",
            "care trust", "and ", "& ", "region", "area team", "local",
        ];
        if OTHER_BODY.iter().any(|o| behind.starts_with(o)) {
            continue;
        }
        let icb = ids.iter().copied().find(|id| dictionary.term(*id).kind() == "icb");
        let term = icb.or(ids.first().copied());
        let Some(known) = term else { continue };
        let form = if dictionary.term(known).kind() == "icb" { Form::Icb } else { Form::Ccg };
        out.push(Mention {
            folded: at..end,
            span,
            form: Some(form),
            known: ids.to_vec(),
            term,
            name: dictionary.term(known).name().to_owned(),
            plural: false,
        });
    }
}

/// Whether a byte may stand in an abbreviation before its form.
fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'&' || byte >= 0x80
}

/// What the text itself says that an abbreviation means: "NHS Fenmarsh Clinical Commissioning Group (FMCCG)".
fn given_abbreviations(folded: &str, mentions: &[Mention]) -> HashMap<String, Mention> {
    let mut given = HashMap::new();
    for mention in mentions.iter().filter(|m| !m.plural) {
        let Some(inside) = folded[mention.folded.end..].strip_prefix(" (") else { continue };
        let inside = &inside[..inside.floor_char_boundary(24)];
        let Some(short) = inside.split(')').next().map(|s| s.trim_matches(['"', '\'', ' '])) else { continue };
        let short = short.strip_prefix("the ").unwrap_or(short);
        if short.len() > 3 && (short.ends_with("ccg") || short.ends_with("icb")) && !short.contains(' ') {
            given.entry(short.to_owned()).or_insert_with(|| mention.clone());
        }
    }
    given
}

/// Abbreviations that mean one body: "HWEICB".
fn abbreviations(passage: &Passage<'_>, out: &mut Vec<Mention>) {
    let Passage { text, fold, dictionary, .. } = *passage;
    let given = given_abbreviations(&fold.text, out);
    for needle in ["icb", "ccg"] {
        for at in memchr::memmem::find_iter(fold.text.as_bytes(), needle) {
            // Most stand alone.
            if at == 0 || !is_part_of_name(fold.text.as_bytes()[at - 1]) {
                continue;
            }
            let end = at + needle.len();
            let start = fold.text[..at]
                .char_indices()
                .rev()
                .take_while(|(_, c)| c.is_alphanumeric() || *c == '&')
                .last()
                .map_or(at, |(n, _)| n);
            if start == at
                || in_address(&fold.text, start)
                || fold.text.as_bytes().get(end).is_some_and(|b| {
                    b.is_ascii_alphanumeric()
                        || matches!(b, b'.' | b'@')
                            && fold.text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
                })
            {
                continue;
            }
            let span = fold.span(start, end, &text.body);
            if let Some(named) = given.get(&fold.text[start..end]) {
                out.push(Mention { folded: start..end, span, ..named.clone() });
                continue;
            }
            let Some(term) = dictionary.commissioners().abbreviated(text.quote(span)) else { continue };
            let form = if needle == "icb" { Form::Icb } else { Form::Ccg };
            out.push(Mention {
                folded: start..end,
                span,
                form: Some(form),
                known: vec![term],
                term: Some(term),
                name: dictionary.term(term).name().to_owned(),
                plural: false,
            });
        }
    }
}
