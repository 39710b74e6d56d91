//! Which commissioners came before and after one another: names and codes in, bodies of the dictionary out.
//!
//! CCGs merged into larger ones, all ended in 2022 when ICBs took over, and ICBs merge again. It says nothing about other
//! kinds of body.

use crate::dictionary::{Dictionary, Family, Term};
use crate::text::Fold;

/// The commissioners that a name or an ODS code may mean.
pub fn bodies<'a>(dictionary: &'a Dictionary, words: &str) -> Vec<&'a Term> {
    let words = words.trim();
    let of_code = |t: &&Term| t.ods.as_deref().is_some_and(|o| o.eq_ignore_ascii_case(words));
    let by_code: Vec<&Term> = dictionary.family(Family::Commissioners).filter(of_code).collect();
    if !by_code.is_empty() {
        return by_code;
    }
    let folded = Fold::of(words).text;
    let folded = folded.trim();
    const FORMS: [(&str, &str); 4] =
        [("clinical commissioning group", "ccg"), ("integrated care board", "icb"), ("ccg", "ccg"), ("icb", "icb")];
    let form = FORMS.iter().find_map(|(form, kind)| folded.strip_suffix(form).map(|core| (core.trim(), *kind)));
    let (core, kind) = form.unwrap_or((folded, ""));
    let named = dictionary.commissioners().named(core).iter().copied();
    let abbreviated = dictionary.commissioners().abbreviated(words);
    let terms = named.chain(abbreviated).map(|id| dictionary.term(id));
    terms.filter(|t| kind.is_empty() || t.kind() == kind).collect()
}

/// A body with all that came before it and all that came after it, oldest first.
pub fn lineage<'a>(dictionary: &'a Dictionary, body: &'a Term) -> Vec<&'a Term> {
    let all: Vec<&Term> = dictionary.family(Family::Commissioners).collect();
    let mut out = vec![body];
    let mut at = 0;
    while at < out.len() {
        let before = all.iter().filter(|t| t.successors.contains(&out[at].id));
        let new: Vec<&Term> = before.filter(|t| !out.iter().any(|o| o.id == t.id)).copied().collect();
        out.extend(new);
        at += 1;
    }
    // What came after a predecessor and beside the body is another line: only the body's own successors follow.
    let mut after = vec![body];
    let mut at = 0;
    while at < after.len() {
        let next = all.iter().filter(|t| after[at].successors.contains(&t.id));
        let new: Vec<&Term> = next.filter(|t| !after.iter().any(|o| o.id == t.id)).copied().collect();
        after.extend(new);
        at += 1;
    }
    out.extend(after.into_iter().skip(1));
    out.sort_by_key(|t| (t.from_day(), t.id.clone()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str) -> Vec<String> {
        bodies(&Dictionary::built_in(), words).iter().map(|t| t.name().to_owned()).collect()
    }

    #[test]
    fn a_body_is_found_by_code_and_by_name() {
        assert_eq!(names("00c"), ["NHS Darlington CCG"]);
        assert_eq!(names("NHS Darlington Clinical Commissioning Group"), ["NHS Darlington CCG"]);
        assert_eq!(names("Darlington ICB"), [""; 0]);
        assert_eq!(names("Norfolk & Suffolk Integrated Care Board"), ["NHS Norfolk and Suffolk ICB"]);
    }

    #[test]
    fn predecessors_and_successors_are_of_one_line() {
        let dictionary = Dictionary::built_in();
        let body = bodies(&dictionary, "16C").remove(0);
        let codes: Vec<&str> = lineage(&dictionary, body).iter().filter_map(|t| t.ods.as_deref()).collect();
        assert!(codes.contains(&"00C"), "a predecessor: {codes:?}");
        assert!(codes.contains(&"QHM"), "a successor: {codes:?}");
        assert!(!codes.contains(&"13T"), "another board's area: {codes:?}");
        assert_eq!(codes.iter().filter(|c| **c == "16C").count(), 1);
    }
}
