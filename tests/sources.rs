//! The list of sources that ships with the program says what the dictionary knows.
#![allow(clippy::disallowed_methods)] // this test reads a file of the project

use fairnotice::dictionary::{Dictionary, Family, Term};
use fairnotice::fetch::parse_sources;
use std::collections::BTreeMap;

#[test]
fn every_integrated_care_board_is_a_source_with_its_site_and_predecessors() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/sources.toml");
    let content = std::fs::read_to_string(path).expect("corpus/sources.toml is there");
    let dictionary = Dictionary::built_in();
    let sources = parse_sources("corpus/sources.toml", &content, &dictionary).expect("it has no mistake");
    let terms: Vec<&Term> = dictionary.family(Family::Commissioners).collect();
    let boards: BTreeMap<&str, &Term> =
        terms.iter().filter(|t| t.kind() == "icb").filter_map(|t| Some((t.ods.as_deref()?, *t))).collect();
    assert_eq!(boards.len(), 48, "42 boards of 2022 and 6 of 2026");
    let listed: Vec<&str> = sources.iter().filter_map(|s| s.ods.as_deref()).collect();
    assert_eq!(listed.len(), boards.len());
    for source in &sources {
        let board = source.ods.as_deref().and_then(|code| boards.get(code)).expect("a board");
        assert_eq!(source.name, board.name());
        let site = source.website.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
        assert_eq!(site.as_deref(), board.url.as_deref(), "{}", source.name);
        let mut predecessors: Vec<&str> =
            terms.iter().filter(|t| t.successors.contains(&board.id)).filter_map(|t| t.ods.as_deref()).collect();
        predecessors.sort_unstable();
        assert_eq!(source.predecessors, predecessors, "{}", source.name);
        assert_eq!(source.notice.is_some(), source.seen.is_some(), "{}: a notice has the day it was seen", source.name);
    }
}
