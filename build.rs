//! Compiles `dictionaries/*.toml` into static data, so that the program starts without parsing them.
//!
//! In come the dictionary files; out comes `terms.rs` in the build folder, and the build fails with file and line
//! where an entry is malformed.
#![allow(clippy::disallowed_methods)] // a build script reads and writes files

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

#[allow(dead_code, missing_docs)]
#[path = "src/text/folding.rs"]
mod folding;
#[allow(dead_code, missing_docs)]
#[path = "src/dictionary/schema.rs"]
mod schema;
#[allow(dead_code, missing_docs)]
#[path = "src/dictionary/trie.rs"]
mod trie;

fn main() {
    println!("cargo:rerun-if-changed=dictionaries");
    for file in ["src/dictionary/schema.rs", "src/dictionary/trie.rs", "src/text/folding.rs"] {
        println!("cargo:rerun-if-changed={file}");
    }
    let mut out = String::from("pub static TERMS: &[Term] = &[\n");
    let mut hashed = String::new();
    let mut phrases = Vec::new();
    let mut number = 0;
    for family in schema::FAMILIES {
        let path = format!("dictionaries/{family}.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        hashed.push_str(&text);
        let file: schema::RawFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
        for term in &file.term {
            write_term(&mut out, family, term);
            let plain: Vec<&str> = term.phrases.iter().map(String::as_str).collect();
            let exact: Vec<&str> = term.exact.iter().map(String::as_str).collect();
            phrases.extend(trie::phrases_of(
                number,
                family,
                term.r#type.as_deref().unwrap_or(""),
                &plain,
                &exact,
                folded,
            ));
            number += 1;
        }
    }
    out.push_str("];\n");
    acts(&mut out, &mut hashed);
    tables(&mut out, &trie::Tables::new(phrases));
    let digest: String = Sha256::digest(hashed.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    let _ = writeln!(
        out,
        "/// Hash of all dictionary files, which every analysis names.\npub static HASH: &str = {digest:?};"
    );
    let target = Path::new(&std::env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("terms.rs");
    std::fs::write(target, out).expect("the build folder is writable");
}

fn folded(words: &str) -> String {
    let mut out = String::new();
    folding::fold(words, |piece, _| out.push_str(piece.words()));
    out
}

/// The tree of phrases as static lists.
fn tables(out: &mut String, tables: &trie::Tables) {
    let _ = writeln!(out, "pub static SLOTS: &[u32] = &{:?};", tables.slots);
    let _ = writeln!(out, "pub static WORDS: &[&str] = &{:?};", tables.words);
    let _ = writeln!(out, "pub static ROOTS: &[u32] = &{:?};", tables.roots);
    let _ = writeln!(out, "pub static NODES: &[[u32; 4]] = &{:?};", tables.nodes);
    let _ = writeln!(out, "pub static CHILDREN: &[[u32; 2]] = &{:?};", tables.children);
    let _ = writeln!(out, "pub static ENDS: &[u32] = &{:?};", tables.ends);
    out.push_str("pub static PHRASES: &[StaticPhrase] = &[\n");
    for phrase in &tables.phrases {
        let _ = writeln!(
            out,
            "StaticPhrase {{ term: {}, folded: {:?}, exact: {:?} }},",
            phrase.term, phrase.folded, phrase.exact
        );
    }
    out.push_str("];\n");
}

fn write_term(out: &mut String, family: &str, term: &schema::RawTerm) {
    let text =
        |value: &Option<String>| value.as_ref().map_or("None".to_owned(), |v| format!("Some(Cow::Borrowed({v:?}))"));
    let list = |values: &[String]| {
        let items: Vec<String> = values.iter().map(|v| format!("Cow::Borrowed({v:?})")).collect();
        format!("Cow::Borrowed(&[{}])", items.join(", "))
    };
    let checked = match &term.checked {
        schema::Checked::On(day) => format!("Some(Cow::Borrowed({day:?}))"),
        schema::Checked::Never(false) => "None".to_owned(),
        schema::Checked::Never(true) => panic!("{family}/{}: write the day of the check, or false", term.id.get_ref()),
    };
    let camel: String = family.split('-').map(|w| w[..1].to_uppercase() + &w[1..]).collect();
    let _ = writeln!(
        out,
        "Term {{ family: Family::{camel}, id: Cow::Borrowed({:?}), name: {}, phrases: {}, exact: {}, kind: {}, ods: {}, from: {}, until: {}, \
         successors: {}, instead: {}, subject: {}, purposes: {}, about: {}, url: {}, source: Cow::Borrowed({:?}), checked: {checked} }},",
        term.id.get_ref(),
        text(&term.name),
        list(&term.phrases),
        list(&term.exact),
        text(&term.r#type),
        text(&term.ods),
        text(&term.from),
        text(&term.until),
        list(&term.successors),
        text(&term.instead),
        text(&term.subject),
        list(&term.purposes),
        text(&term.about),
        text(&term.url),
        term.source,
    );
}

/// The titles of all Acts, sorted by title in lower case for binary search: `dictionaries/acts-of-parliament.csv`.
fn acts(out: &mut String, hashed: &mut String) {
    let path = "dictionaries/acts-of-parliament.csv";
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    hashed.push_str(&text);
    let mut rows: Vec<(String, String, bool)> = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')).skip(1) {
        let mut cells = line.splitn(3, '|');
        let (Some(id), Some(title), Some(repealed)) = (cells.next(), cells.next(), cells.next()) else {
            panic!("{path}:{}: expected id|title|repealed", number + 1)
        };
        rows.push((title.to_lowercase().replace('\u{2019}', "'"), id.to_owned(), repealed == "repealed"));
    }
    rows.sort();
    out.push_str("/// (title in lower case, path on legislation.gov.uk, whether its title says it is repealed)\npub static ACTS: &[(&str, &str, bool)] = &[\n");
    for (title, id, repealed) in rows {
        let _ = writeln!(out, "({title:?}, {id:?}, {repealed}),");
    }
    out.push_str("];\n");
}
