//! How well the program reads: its figures over notices that people have read before it may not fall below the floors.
//!
//! `corpus/samples` holds notices of our own with gold beside them, so its floors are always checked. Published notices
//! are not ours to keep: where a folder with them and their gold stands next to the project they are measured too.
#![allow(clippy::disallowed_methods)] // this test reads notices and gold

use fairnotice::dictionary::Dictionary;
use fairnotice::evaluation::{Gold, Scores, Tally};
use fairnotice::pipeline::{AsOf, analyse};
use std::path::{Path, PathBuf};

/// The least F1 over `corpus/samples`: measured, less one hundredth. Raise a floor when the figure rises.
const SAMPLES: &[(&str, f64)] = &[
    ("controller", 0.99),
    ("role", 0.99),
    ("ico-registration", 0.99),
    ("lawful-basis", 0.99),
    ("confidentiality-basis", 0.99),
    ("statute", 0.99),
    ("cag-reference", 0.99),
    ("processor", 0.916),
    ("organisation", 0.99),
    ("retention", 0.952),
    ("reviewed", 0.99),
    ("next-review", 0.99),
    ("right", 0.99),
    ("opt-out", 0.99),
    ("purpose", 0.99),
    ("contact", 0.99),
    ("agreement", 0.99),
    ("automated-decision", 0.99),
    ("by-purpose", 0.983),
    ("document-kind", 0.99),
    ("all claims", 0.984),
    ("findings", 0.99),
];

/// The same over published notices.
const PUBLISHED: &[(&str, f64)] = &[
    ("controller", 0.99),
    ("role", 0.99),
    ("ico-registration", 0.99),
    ("lawful-basis", 0.99),
    ("confidentiality-basis", 0.99),
    ("statute", 0.99),
    ("cag-reference", 0.99),
    ("processor", 0.99),
    ("organisation", 0.99),
    ("retention", 0.99),
    ("reviewed", 0.99),
    ("right", 0.99),
    ("opt-out", 0.99),
    ("purpose", 0.99),
    ("contact", 0.99),
    ("agreement", 0.99),
    ("automated-decision", 0.99),
    ("by-purpose", 0.971),
    ("document-kind", 0.99),
    ("all claims", 0.985),
    ("findings", 0.99),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn gold_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|e| e.expect("the folder can be read").path());
    let mut paths: Vec<PathBuf> = paths.filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    paths
}

fn measured(notices: &Path, gold: &Path) -> Scores {
    let dictionary = Dictionary::built_in();
    let mut scores = Scores::default();
    for path in gold_files(gold) {
        let text = std::fs::read_to_string(&path).expect("gold is UTF-8");
        let gold: Gold = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let day = gold.as_of.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let bytes = std::fs::read(notices.join(&gold.notice)).unwrap_or_else(|e| panic!("{}: {e}", gold.notice));
        match analyse(&gold.notice, &bytes, &dictionary, AsOf::Day(day)) {
            Ok(analysis) => scores.add(&gold, &analysis),
            Err(why) => scores.lost(&gold, &why.0),
        }
    }
    scores
}

/// Compares all figures with their floors; a figure without a floor is a fault too.
fn hold(name: &str, scores: &Scores, floors: &[(&str, f64)]) {
    assert!(scores.notices > 0, "{name}: there is no gold");
    let mut faults: Vec<String> = scores.broken.iter().map(|b| format!("broken: {b}")).collect();
    let mut rows: Vec<(&str, Tally)> = scores.claim_rows();
    rows.push(("findings", scores.findings()));
    let table: Vec<String> = rows
        .iter()
        .map(|(row, tally)| {
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            format!("{row:<22} {:>4} {p:>7.4} {r:>7.4} {f1:>7.4}", tally.gold())
        })
        .collect();
    println!("{name}\n{:<22} {:>4} {:>7} {:>7} {:>7}\n{}", "", "gold", "prec.", "recall", "F1", table.join("\n"));
    for (row, tally) in &rows {
        match floors.iter().find(|(n, _)| n == row) {
            Some((_, floor)) if tally.f1() < *floor => {
                faults.push(format!("{row}: F1 is {:.4}, below its floor {floor}", tally.f1()));
            }
            Some(_) => {}
            None => faults.push(format!("{row}: has no floor; F1 is {:.4}", tally.f1())),
        }
    }
    faults.extend(
        floors.iter().filter(|(n, _)| !rows.iter().any(|(r, _)| r == n)).map(|(n, _)| format!("{n}: not measured")),
    );
    assert!(faults.is_empty(), "{name}\n{}\n\n{}", faults.join("\n"), scores.differences.join("\n"));
}

#[test]
fn samples_are_read_as_well_as_before() {
    let samples = root().join("corpus/samples");
    hold("corpus/samples", &measured(&samples, &samples.join("gold")), SAMPLES);
}

#[test]
fn every_sample_has_its_gold() {
    let samples = root().join("corpus/samples");
    let gold: Vec<String> = gold_files(&samples.join("gold"))
        .iter()
        .map(|p| std::fs::read_to_string(p).expect("gold is UTF-8"))
        .map(|text| serde_json::from_str::<Gold>(&text).expect("gold has its form").notice)
        .collect();
    let entries = std::fs::read_dir(&samples).expect("the folder is there");
    let notices = entries.map(|e| e.expect("the folder can be read").path()).filter(|p| p.is_file());
    for name in notices.map(|p| p.file_name().unwrap_or_default().to_string_lossy().into_owned()) {
        assert!(gold.contains(&name), "corpus/samples/{name} has no gold");
    }
}

#[test]
fn published_notices_are_read_as_well_as_before() {
    let shared = root().parent().unwrap_or(root()).join("shared");
    let (notices, gold) = (shared.join("corpus"), shared.join("gold"));
    if !notices.is_dir() || !gold.is_dir() {
        println!("skipped: there are no published notices in ../shared/corpus with gold in ../shared/gold");
        return;
    }
    hold("../shared/corpus", &measured(&notices, &gold), PUBLISHED);
}
