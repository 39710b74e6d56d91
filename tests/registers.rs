//! `fairnotice register`: official registers imported as they are published, whole or not at all.
#![allow(clippy::disallowed_methods)] // these tests make files and run the program

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ICO: &str = "\
Registration_number,Organisation_name,Organisation_postcode,Start_date_of_registration,End_date_of_registration,\
Trading_names,DPO_or_Person_responsible_for_DP_First_name,DPO_or_Person_responsible_for_DP_Last_name
ZB990001,NHS Wealdshire Integrated Care Board,XX1 1XX,01/07/2022,30/06/2027,Wealdshire ICB;Wealdshire Health,Imogen,Thackwray
ZA990002,Tidewell Analytics Ltd,XX1 1XY,2019-02-01,2027-01-31,,,
";

const ODS: &str = "99X,NHS WEALDSHIRE ICB,Y99,Q99,1 LONG ROW,,,WEALDTOWN,,XX1 1XX,20220701,,,1,,,,,,,,0,,,,,\n";

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("registers").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn import(folder: &Path, kind: &str, name: &str, content: impl AsRef<[u8]>) -> Output {
    std::fs::write(folder.join(name), content).expect("a file can be written");
    run(folder, &["register", "import", kind, name, "--date", "2026-11-01"])
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairnotice"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files below a folder's corpus.
fn kept(folder: &Path) -> Vec<String> {
    let mut open = vec![folder.join("corpus")];
    let mut files = Vec::new();
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at).into_iter().flatten().filter_map(Result::ok) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                files.push(entry.path().strip_prefix(folder).expect("below it").to_string_lossy().into_owned());
            }
        }
    }
    files.sort();
    files
}

fn refused(name: &str, kind: &str, content: impl AsRef<[u8]>, wanted: &[&str]) {
    let folder = folder(name);
    let output = import(&folder, kind, "register.csv", content);
    assert_eq!(output.status.code(), Some(3), "{name}: {}", complaint(&output));
    for words in wanted {
        assert!(complaint(&output).contains(words), "{name}: '{words}' is not in {}", complaint(&output));
    }
    assert!(kept(&folder).is_empty(), "{name}: something was kept: {:?}", kept(&folder));
}

#[test]
fn a_register_is_kept_as_it_was_published() {
    let folder = folder("kept");
    let output = import(&folder, "ico", "fee payers.csv", ICO);
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    assert_eq!(out(&output), "corpus/registers/ico/2026-11-01_fee-payers.csv: 2 rows, state of 2026-11-01\n");
    let file = folder.join("corpus/registers/ico/2026-11-01_fee-payers.csv");
    assert_eq!(std::fs::read_to_string(file).expect("it is there"), ICO);
    assert_eq!(import(&folder, "ods", "eccg.csv", ODS).status.code(), Some(0));
    let list = out(&run(&folder, &["register", "list", "--quiet"]));
    assert_eq!(list.lines().count(), 3, "{list}");
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(&folder, &["register", "list", "--format", "json"]))).expect("JSON");
    assert_eq!(json["registers"][1]["file"], "2026-11-01_eccg.csv");
}

#[test]
fn nothing_is_written_over() {
    let folder = folder("over");
    import(&folder, "ico", "register.csv", ICO);
    let again = import(&folder, "ico", "register.csv", ICO);
    assert_eq!(again.status.code(), Some(0));
    assert!(out(&again).contains("is there already"), "{}", out(&again));
    let other = import(&folder, "ico", "register.csv", ICO.replace("Thackwray", "Ellerby"));
    assert_eq!(other.status.code(), Some(2));
    assert!(complaint(&other).contains("is not written over"), "{}", complaint(&other));
    let there = std::fs::read_to_string(folder.join(&kept(&folder)[0])).expect("it is there");
    assert_eq!(there, ICO);
}

#[test]
fn a_faulty_file_is_refused_whole_by_row_and_column() {
    refused("columns", "ico", "Number,Name\nZA1,Somebody\n", &["row 1", "'Registration_number'", "Number, Name"]);
    refused(
        "date",
        "ico",
        ICO.replace("2027-01-31", "31/02/2027"),
        &["row 3, column End_date_of_registration", "31/02/2027"],
    );
    refused("empty-cell", "ico", ICO.replace("Tidewell Analytics Ltd", ""), &["row 3, column Organisation_name"]);
    refused("half", "ico", &ICO[..ICO.len() - 30], &["row 3", "cut off"]);
    let quoted = format!("{}ZB990003,\"NHS Downs", ICO.replace("NHS Wealdshire", "NHS \"\"Wealdshire"));
    refused("half-quoted", "ico", quoted, &["row"]);
    let latin: Vec<u8> = ICO.replace("Tidewell", "Tide\u{e9}well").chars().map(|c| c as u8).collect();
    refused("latin", "ico", latin, &["row 3, column 2", "not UTF-8"]);
    let wide: Vec<u8> = ICO.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused("utf-16-unmarked", "ico", wide, &["row 1, column 1"]);
    refused("empty", "ico", "\n", &["empty"]);
    refused("headers-only", "ico", ICO.lines().next().unwrap_or(""), &["no entry"]);
    refused("ods-headers", "ods", ICO, &["row 1", "27"]);
    refused("ods-date", "ods", ODS.replace("20220701", "20221301"), &["row 1, column 11 (Open Date)"]);
    refused("not-a-workbook", "cag", b"PK\x03\x04 and no more", &["workbook"]);
}

#[test]
fn encodings_that_say_what_they_are_are_read() {
    let folder = folder("encodings");
    let marked = format!("\u{feff}{ICO}");
    assert_eq!(import(&folder, "ico", "utf8.csv", &marked).status.code(), Some(0));
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(import(&folder, "ico", "utf16.csv", wide).status.code(), Some(0));
    let windows = ICO.replace('\n', "\r\n");
    assert_eq!(import(&folder, "ico", "windows.csv", windows).status.code(), Some(0));
}

/// The Confidentiality Advisory Group's workbook: a title above the headers of `Index`, days as Excel keeps them.
fn cag_workbook(status: Option<&str>) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").expect("a name").write(0, 0, "read me").expect("a cell");
    let sheet = book.add_worksheet();
    sheet.set_name("Index").expect("a name");
    sheet.write(0, 0, "Confidentiality Advisory Group").expect("a cell");
    for (at, header) in
        ["App No.", "Reference", "Application Title", "Status", "Next Review", "Organisation"].iter().enumerate()
    {
        sheet.write(2, at as u16, *header).expect("a cell");
    }
    let day = ExcelDateTime::from_ymd(2027, 3, 31).expect("a day");
    for (at, cell) in ["0901", "24/CAG/9901", "Risk stratification"].iter().enumerate() {
        sheet.write(3, at as u16, *cell).expect("a cell");
    }
    match status {
        Some(status) => sheet.write(3, 3, status).map(|_| ()).expect("a cell"),
        None => sheet
            .write_formula(3, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))
            .map(|_| ())
            .expect("a cell"),
    }
    sheet.write_with_format(3, 4, &day, &Format::new().set_num_format("dd/mm/yyyy")).expect("a cell");
    sheet.write(3, 5, "NHS Wealdshire ICB").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn workbooks_are_read_by_sheet_and_header() {
    let folder = folder("workbook");
    let output = import(&folder, "cag", "cag register.xlsx", cag_workbook(Some("Supported")));
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    assert!(out(&output).contains("1 rows"), "{}", out(&output));
    let whole = cag_workbook(Some("Supported"));
    refused("workbook-half", "cag", &whole[..whole.len() / 2], &["workbook", "cut off"]);
}

#[test]
fn an_agreement_is_read_from_workbook_and_page_alike() {
    let folder = folder("agreements");
    let csv = "Reference Number,Application Title,Applicant Organisation,Data Controller(s),DSA Start Date,DSA End Date,Objective for Processing\n\
        DARS-NIC-990014-K4J7P-v1.2,DSfC - NHS Wealdshire ICB,NHS WEALDSHIRE ICB - 99X,NHS WEALDSHIRE ICB - 99X,01/11/2025,31/10/2028,Risk Stratification will be conducted by Prescribing Services Limited\n\
        Updated in March,,,,,,\n";
    let output = import(&folder, "dars", "agreements.csv", csv);
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    assert!(complaint(&output).contains("row 3"), "the note in row 3 is told: {}", complaint(&output));
    let page = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/samples/data-release-register.txt"))
        .expect("the sample is there");
    assert!(out(&import(&folder, "dars", "page.txt", &page)).contains("2 rows"));
    let half = String::from_utf8_lossy(&page).split("Data-controller type").next().unwrap_or("").to_owned()
        + "Data-controller type: NHS WEALDSHIRE ICB - 99X\n\nDSfC - NHS Wealdshire ICB - IV - DARS-NIC-990027-T8V2D\n";
    refused("half-page", "dars", half, &["row", "cut off"]);
}

/// A notice of a board that says nothing of who processes the data.
const SILENT: &str = "Privacy notice\n\nNHS Derby and Derbyshire Integrated Care Board is the data controller. This privacy notice explains how we \
use your personal information.\n\nWe are registered with the ICO under ZB990001.\n\nRisk stratification\n\nA tool finds people who may need more help \
from their practice.\n\nYour rights\n\nYou have the right of access to your personal information.\n";

#[test]
fn the_report_shows_the_notice_and_the_registers_row() {
    let folder = folder("report");
    let agreements = "Reference Number,Application Title,Data Controller(s),DSA Start Date,DSA End Date,Objective for Processing\n\
        DARS-NIC-990014-K4J7P-v1.2,DSfC - RS,NHS DERBY AND DERBYSHIRE ICB - 15M,01/11/2025,31/10/2028,Risk Stratification will be conducted by Prescribing Services Limited\n";
    assert_eq!(import(&folder, "dars", "agreements.csv", agreements).status.code(), Some(0));
    assert_eq!(import(&folder, "ico", "fees.csv", ICO).status.code(), Some(0));
    std::fs::write(folder.join("notice.txt"), SILENT).expect("a file can be written");
    let arguments =
        ["report", "--corpus", "corpus", "--as-of", "2026-11-22", "--format", "json", "--output", "out", "notice.txt"];
    let output = run(&folder, &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("out/report.json")).expect("it is written")).expect("JSON");
    let findings = json["findings"].as_array().expect("findings");
    let of =
        |rule: &str| findings.iter().find(|f| f["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {findings:#?}"));
    let undisclosed = of("corpus/processor-undisclosed");
    assert_eq!(undisclosed["subject"], "Prescribing Services Ltd");
    assert_eq!(undisclosed["evidence"][0]["quote"], "Risk stratification");
    assert_eq!(undisclosed["compared_with"][0]["file"], "2026-11-01_agreements.csv");
    assert_eq!(undisclosed["compared_with"][0]["row"], 2);
    assert_eq!(
        of("corpus/registration-holder")["compared_with"][0]["cells"][1][1],
        "NHS Wealdshire Integrated Care Board"
    );
}
