//! `fairnotice report` with the feature `parquet`: its files hold what the tables hold, read by another implementation.
#![cfg(feature = "parquet")]
#![allow(clippy::disallowed_methods)] // these tests read the report

mod folder;

use folder::Folder;
use std::process::{Command, Stdio};

/// Reads both forms and says what differs; DuckDB has a reader of its own.
const COMPARE: &str = r#"
import csv, sys, duckdb
folder = sys.argv[1]
for name in ["claims", "findings"]:
    relation = duckdb.sql(f"SELECT * FROM read_parquet('{folder}/{name}.parquet')")
    there = [["" if value is None else str(value) for value in row] for row in relation.fetchall()]
    with open(f"{folder}/{name}.csv", newline="", encoding="utf-8") as table:
        rows = list(csv.reader(table))
    assert [c.replace("_", " ") for c in relation.columns] == rows[0], relation.columns
    assert len(there) == len(rows) - 1 > 50, (name, len(there), len(rows))
    for row, expected in zip(there, rows[1:]):
        assert row == [c[1:] if c[:1] == "'" and c[1:2] in "=+-@" else c for c in expected], (row, expected)
    numbers = dict(zip(relation.columns, map(str, relation.types)))
    assert numbers["line"] == "INTEGER" and numbers["quote"] == "VARCHAR", numbers
notices = duckdb.sql(f"SELECT count(*), count(sha256), sum(claims) FROM read_parquet('{folder}/notices.parquet')").fetchall()[0]
print(*notices)
"#;

#[test]
fn another_implementation_reads_what_the_tables_hold() {
    let folder = Folder::new("parquet");
    let output = Command::new(env!("CARGO_BIN_EXE_fairnotice"))
        .args(["report", "--quiet", "--as-of", "2026-11-22", "--output"])
        .arg(&folder.0)
        .arg("corpus/samples")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["notices", "claims", "findings"] {
        let bytes = std::fs::read(folder.0.join(format!("{name}.parquet"))).expect("the file is there");
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}.parquet is whole");
    }
    let python = std::env::var("FAIRNOTICE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import duckdb"]).output();
    if !has.is_ok_and(|o| o.status.success()) {
        println!("skipped: Parquet read by DuckDB, because Python or DuckDB is not there (see .ci/run)");
        return;
    }
    let read = Command::new(&python).args(["-c", COMPARE]).arg(&folder.0).output().expect("Python starts");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let json = std::fs::read_to_string(folder.0.join("report.json")).expect("the report is there");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let documents = json["documents"].as_array().expect("documents").len();
    let expected = format!("{documents} {documents} {}", json["summary"]["claims"]);
    assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), expected);
}
