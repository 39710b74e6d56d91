//! Small real files of every input format, each in a folder of its own beside `expected.txt`: a line per block with what
//! it is, its place in a table or on a page, its words and its links. `UPDATE=1 cargo test --test documents` writes them.
#![allow(clippy::disallowed_methods)] // this test reads the project's own files

use fairnotice::document;
use fairnotice::model::{Block, BlockKind, Text};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_document_reads_as_expected() {
    let update = std::env::var("UPDATE").is_ok_and(|v| v == "1");
    let mut faults = Vec::new();
    let mut formats = BTreeSet::new();
    for case in entries(&folder()).iter().filter(|p| p.is_dir()) {
        let expected = case.join("expected.txt");
        let file = entries(case).into_iter().find(|p| p != &expected).expect("a case holds a document");
        let bytes = std::fs::read(&file).expect("the document can be read");
        let name = file.to_string_lossy();
        let read = document::read(&bytes, &name).map(|document| {
            check_origin(&document.text, &name);
            (document.media_type, told(&document.text))
        });
        let told = match read {
            Ok((media_type, blocks)) => {
                formats.insert(media_type);
                format!("{media_type}\n{blocks}")
            }
            Err(why) => format!("unreadable: {}\n", why.0),
        };
        if update {
            std::fs::write(&expected, told).expect("the expected text can be written");
        } else if std::fs::read_to_string(&expected).is_ok_and(|there| there != told) || !expected.exists() {
            faults.push(format!("{name} reads as\n{told}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(formats.len() >= 4, "{formats:?}");
}

/// The blocks of a text, a line each.
fn told(text: &Text) -> String {
    let mut out = String::new();
    for value in
        [text.title.as_ref().map(|t| format!("title: {t}")), text.language.as_ref().map(|l| format!("language: {l}"))]
    {
        out.extend(value.map(|v| v + "\n"));
    }
    for block in &text.blocks {
        let links = text.links.iter().filter(|l| block.span.contains(l.span));
        let links: String = links.map(|l| format!(" [{} -> {}]", text.quote(l.span), l.href)).collect();
        let page = text.origin.page(block.span.start).map(|page| format!(" p{page}")).unwrap_or_default();
        out.push_str(&format!("{}{page}: {}{links}\n", kind(block), text.quote(block.span)));
    }
    out
}

fn kind(block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Item(depth) => format!("item {depth}"),
        BlockKind::Cell => "cell".to_owned(),
        BlockKind::Term => "term".to_owned(),
        BlockKind::Definition => "definition".to_owned(),
    };
    let cell = block.cell.map(|c| {
        let rows = if c.rows > 1 { format!("-{}", c.row + c.rows - 1) } else { String::new() };
        format!(" (table {} row {}{rows} column {}{})", c.table, c.row, c.column, if c.header { " header" } else { "" })
    });
    kind + cell.as_deref().unwrap_or("") + if block.furniture { " furniture" } else { "" }
}

/// Every character of the text was made from the place that its origin names, but for what is written otherwise there.
fn check_origin(text: &Text, name: &str) {
    let places = text.body.char_indices().filter(|(_, c)| c.is_alphanumeric());
    let (mut right, mut all) = (0, 0);
    for (at, c) in places {
        all += 1;
        right +=
            usize::from(text.origin.source.get(text.origin.source_byte(at as u32)..).is_some_and(|s| s.starts_with(c)));
    }
    assert_eq!(right, all, "{name}: characters at the place their origin names");
}
