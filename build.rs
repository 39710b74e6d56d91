//! Compiles `dictionaries/*.toml` into static data, so that the program starts without parsing them.
//!
//! In come the dictionary files; out comes `terms.rs` in the build folder, and the build fails with file and line
//! where an entry is malformed.
#![allow(clippy::disallowed_methods)] // a build script reads and writes files

use std::fmt::Write as _;
use std::path::Path;

#[allow(dead_code, missing_docs)]
#[path = "src/dictionary/schema.rs"]
mod schema;

fn main() {
    println!("cargo:rerun-if-changed=dictionaries");
    println!("cargo:rerun-if-changed=src/dictionary/schema.rs");
    let mut out = String::from("pub static TERMS: &[Term] = &[\n");
    let mut hashed = String::new();
    for family in schema::FAMILIES {
        let path = format!("dictionaries/{family}.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        hashed.push_str(&text);
        let file: schema::RawFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
        for term in &file.term {
            write_term(&mut out, family, term);
        }
    }
    out.push_str("];\n");
    acts(&mut out, &mut hashed);
    let _ = writeln!(out, "/// All dictionary files, one after the other, for the hash that an analysis names.\npub static SOURCES: &str = {hashed:?};");
    let target = Path::new(&std::env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("terms.rs");
    std::fs::write(target, out).expect("the build folder is writable");
}

fn write_term(out: &mut String, family: &str, term: &schema::RawTerm) {
    let text = |value: &Option<String>| value.as_ref().map_or("None".to_owned(), |v| format!("Some(Cow::Borrowed({v:?}))"));
    let list = |values: &[String]| {
        let items: Vec<String> = values.iter().map(|v| format!("Cow::Borrowed({v:?})")).collect();
        format!("Cow::Borrowed(&[{}])", items.join(", "))
    };
    let checked = match &term.checked {
        schema::Checked::On(day) => format!("Some(Cow::Borrowed({day:?}))"),
        schema::Checked::Never(_) => "None".to_owned(),
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
