//! The dictionary files: their entries in order, each with an example and a near miss, and each true to both; and what a
//! user is told whose own file has a mistake.
#![allow(clippy::disallowed_methods)] // this test reads the dictionary files

use fairnotice::claims::Context;
use fairnotice::dictionary::{Dictionary, FAMILIES, Family};
use fairnotice::document;
use fairnotice::text::{Fold, WordIndex};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct File {
    term: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    r#type: String,
    source: String,
    #[serde(default)]
    finds: Vec<String>,
    #[serde(default)]
    passes: Vec<String>,
}

fn files() -> impl Iterator<Item = (&'static str, Family, File)> {
    FAMILIES.iter().map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries").join(name).with_extension("toml");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (*name, Family::of_file(name).expect("every dictionary file is a family"), file)
    })
}

#[test]
fn every_file_is_a_family() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "toml") {
            assert!(FAMILIES.contains(&stem.as_str()), "dictionaries/{stem}.toml is no family: nothing reads it");
        }
    }
}

#[test]
fn entries_stand_in_order_once() {
    let mut faults = Vec::new();
    for (name, _, file) in files() {
        for pair in file.term.windows(2) {
            if pair[0].id >= pair[1].id {
                faults.push(format!("{name}.toml: '{}' does not stand before '{}'", pair[0].id, pair[1].id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_entry_has_a_source_an_example_and_a_near_miss() {
    let mut faults = Vec::new();
    for (name, _, file) in files() {
        for entry in &file.term {
            for (what, given) in [
                ("source", !entry.source.trim().is_empty()),
                ("finds", !entry.finds.is_empty()),
                ("passes", !entry.passes.is_empty()),
            ] {
                if !given {
                    faults.push(format!("{name}.toml: '{}' has no {what}", entry.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_example_is_found_and_every_near_miss_passed() {
    let dictionary = Dictionary::built_in();
    let mut faults = Vec::new();
    for (name, family, file) in files() {
        for entry in &file.term {
            for sentence in &entry.finds {
                let (plain, marks) = unmarked(sentence);
                let found = found(&dictionary, family, entry, &plain);
                if marks.is_empty() || found != marks {
                    faults.push(format!("{name}.toml: '{}' finds {found:?} in: {sentence}", entry.id));
                }
            }
            for sentence in &entry.passes {
                let found = found(&dictionary, family, entry, sentence);
                if !found.is_empty() {
                    faults
                        .push(format!("{name}.toml: '{}' does not pass, it finds {found:?} in: {sentence}", entry.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The words of a sentence that are an entry's, in reading order.
fn found(dictionary: &Dictionary, family: Family, entry: &Entry, sentence: &str) -> Vec<String> {
    if family == Family::Commissioners && entry.r#type != "form" {
        return commissioners(dictionary, entry, sentence);
    }
    let fold = Fold::of(sentence);
    let hits = dictionary.scan(&fold, &WordIndex::of(&fold.text), sentence);
    let mine =
        hits.iter().filter(|h| dictionary.term(h.term).family == family && dictionary.term(h.term).id == entry.id);
    mine.map(|h| sentence[fold.span(h.start, h.end, sentence).range()].to_owned()).collect()
}

/// A commissioner's name counts only with the words that make it a body, so the reader of names finds it.
fn commissioners(dictionary: &Dictionary, entry: &Entry, sentence: &str) -> Vec<String> {
    let text = document::read(sentence.as_bytes(), "example.txt").expect("an example has words").text;
    let context = Context::new(&text, dictionary);
    let mine = context.mentions.iter().filter(|m| m.term.is_some_and(|id| dictionary.term(id).id == entry.id));
    mine.map(|m| text.quote(m.span).to_owned()).collect()
}

/// A sentence without its marks, and what they enclose.
fn unmarked(marked: &str) -> (String, Vec<String>) {
    let mut plain = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(open) = rest.find("[[") {
        let behind = &rest[open + 2..];
        let Some(mut close) = behind.find("]]") else { break };
        // "[[[date]]]" marks words that end with a bracket of their own.
        while behind[close + 2..].starts_with(']') {
            close += 1;
        }
        plain.push_str(&rest[..open]);
        plain.push_str(&behind[..close]);
        marks.push(behind[..close].to_owned());
        rest = &behind[close + 2..];
    }
    plain.push_str(rest);
    (plain, marks)
}

/// What is said of a user's file with this name and content.
fn complaint(name: &str, content: &str) -> String {
    match Dictionary::with_files(&[(name.to_owned(), content.to_owned())]) {
        Ok(_) => panic!("{name} is accepted:\n{content}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_users_mistake_is_told_with_file_line_and_cure() {
    let head = "# Ours\n\n[[term]]\nid = \"fenmarsh-analytics\"\n";
    let tail = "source = \"our contract\"\nchecked = false\n";
    for (name, content, place, cure) in [
        (
            "own/processors.toml",
            format!("{head}phrase = [\"Fenmarsh Analytics\"]\n{tail}"),
            "own/processors.toml:5: ",
            "mend this entry",
        ),
        (
            "own/processors.toml",
            format!("{head}phrases = \"Fenmarsh Analytics\"\n{tail}"),
            "own/processors.toml:5: ",
            "mend this entry",
        ),
        (
            "own/processors.toml",
            format!("{head}phrases = [\"Fenmarsh Analytics\"\n{tail}"),
            "own/processors.toml:",
            "mend this entry",
        ),
        ("own/processors.toml", format!("{head}{tail}"), "own/processors.toml:4: ", "add phrases"),
        (
            "own/processors.toml",
            format!("{head}phrases = [\"F\"]\n{tail}"),
            "own/processors.toml:4: ",
            "write at least two characters",
        ),
        (
            "own/processors.toml",
            format!("{head}phrases = [\"Fenmarsh\"]\nuntil = \"1 May 2020\"\n{tail}"),
            "own/processors.toml:4: ",
            "write YYYY-MM-DD",
        ),
        (
            "own/processors.toml",
            format!("{head}phrases = [\"Fenmarsh\"]\nchecked = false\n"),
            "own/processors.toml:3: missing field `source`",
            "mend this entry",
        ),
        (
            "own/suppliers.toml",
            format!("{head}phrases = [\"Fenmarsh\"]\n{tail}"),
            "own/suppliers.toml: ",
            "rename the file to one of: ",
        ),
    ] {
        let said = complaint(name, &content);
        assert!(said.starts_with(place), "{said:?} does not start with {place:?}");
        assert!(said.contains(cure), "{said:?} does not say {cure:?}");
    }
}

#[test]
fn a_users_entry_is_found_and_replaces_the_one_with_its_id() {
    let entry = |id: &str, name: &str, phrase: &str| {
        format!(
            "[[term]]\nid = \"{id}\"\nname = \"{name}\"\nphrases = [\"{phrase}\"]\ntype = \"supplier\"\nsource = \"our contract\"\nchecked = false\n"
        )
    };
    let names = |dictionary: &Dictionary, sentence: &str| -> Vec<String> {
        let fold = Fold::of(sentence);
        let hits = dictionary.scan(&fold, &WordIndex::of(&fold.text), sentence);
        hits.iter()
            .map(|h| dictionary.term(h.term))
            .filter(|t| t.family == Family::Processors)
            .map(|t| t.name().to_owned())
            .collect()
    };
    let sentence = "Fenmarsh Analytics and allpay work for us.";
    let built_in = Dictionary::built_in();
    assert_eq!(names(&built_in, sentence), ["allpay"]);
    let added = Dictionary::with_files(&[(
        "processors.toml".to_owned(),
        entry("fenmarsh", "Fenmarsh Analytics Ltd", "Fenmarsh Analytics"),
    )])
    .expect("a good file");
    assert_eq!(names(&added, sentence), ["Fenmarsh Analytics Ltd", "allpay"]);
    let replaced = Dictionary::with_files(&[("processors.toml".to_owned(), entry("allpay", "Allpay Cards", "allpay"))])
        .expect("a good file");
    assert_eq!(names(&replaced, sentence), ["Allpay Cards"]);
    assert_ne!(added.hash(), built_in.hash(), "an analysis names the dictionary it was made with");
}
