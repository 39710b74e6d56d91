//! Registers of data sharing agreements: the workbooks of NHS England (since 2021) and NHS Digital (before), their sheets
//! as CSV, and the page that medConfidential makes of them for one organisation.
//!
//! In come tables or a text; out come agreements. Who processes the data stands in free text: that is read as the text of a
//! data release register is, by the same reader, so that one agreement is understood alike in every form.

use super::columns::{Table, Wanted, table};
use super::error::RegisterError;
use super::table::Sheet;
use crate::claims::agreement_references;
use crate::dictionary::Dictionary;
use crate::document;
use crate::model::{Agreement, ClaimKind, Day, NoticeKind, RowPlace, Text};
use crate::pipeline::{Analysis, AsOf, Part, judge_as};
use crate::rules::corpus::{Agreed, BodyKey, Counterpart, Published, agreed_in, body_key};
use rayon::prelude::*;
use std::collections::HashSet;

/// A sheet that lists agreements.
struct Layout {
    sheet: &'static str,
    columns: &'static [Wanted],
}

const fn column(headers: &'static [&'static str], needed: bool) -> Wanted {
    Wanted { headers, needed }
}

/// The columns of every layout, by number.
const REFERENCE: usize = 0;
const CONTROLLERS: usize = 1;
const APPLICANT: usize = 2;
const TITLE: usize = 3;
const STARTS: usize = 4;
const ENDS: usize = 5;
const OBJECTIVE: usize = 6;
const PROCESSING: usize = 7;

const LAYOUTS: &[Layout] = &[
    Layout {
        sheet: "Agreements",
        columns: &[
            column(&["Reference Number"], true),
            column(&["Data Controller(s)", "Data Controllers"], true),
            column(&["Applicant Organisation"], false),
            column(&["Application Title"], false),
            column(&["DSA Start Date"], true),
            column(&["DSA End Date"], true),
            column(&["Objective for Processing"], false),
            column(&["Processing Activities"], false),
        ],
    },
    Layout {
        sheet: "PurposeStatements",
        columns: &[
            column(&["Reference Number", "Reference"], true),
            column(&["Organisation", "Organisation Name"], true),
            column(&[], false),
            column(&[], false),
            column(&[], false),
            column(&[], false),
            column(&["Objective for Processing"], false),
            column(&["Processing Activities"], false),
        ],
    },
    Layout {
        sheet: "DataReleases",
        columns: &[
            column(&["NIC Number"], true),
            column(&["Organisation Name"], true),
            column(&[], false),
            column(&[], false),
            column(&[], false),
            column(&[], false),
            column(&["Purpose"], false),
            column(&[], false),
        ],
    },
];

/// What a file holds, and the rows that give no agreement: notes, and releases under other numbers.
pub(super) type Read = (Vec<Agreement>, Vec<u32>);

/// Reads a register's tables.
pub(super) fn read(sheets: &[Sheet<'_>], dictionary: &Dictionary) -> Result<Read, RegisterError> {
    let named = LAYOUTS.iter().find_map(|l| sheets.iter().find(|s| s.name.as_deref() == Some(l.sheet)).map(|s| (s, l)));
    let (sheet, layout) = match named {
        Some(found) => found,
        None => {
            let Some(sheet) = sheets.first() else { return Err(RegisterError::whole("the workbook has no sheet")) };
            let fits = LAYOUTS.iter().find(|l| table(sheet, l.columns, "").is_ok());
            (sheet, fits.unwrap_or(&LAYOUTS[0]))
        }
    };
    let table = table(sheet, layout.columns, "register of data sharing agreements")?;
    rows(&table, dictionary)
}

fn rows(table: &Table<'_>, dictionary: &Dictionary) -> Result<Read, RegisterError> {
    let mut out: Vec<(Agreement, String)> = Vec::new();
    let mut left_out = Vec::new();
    let mut seen = HashSet::new();
    let per_release = table.header(STARTS).is_empty();
    table.each(|row| {
        let cell = |wanted| table.cell(row, wanted);
        let folded = cell(REFERENCE).to_ascii_lowercase();
        let Some((range, reference)) = agreement_references(&folded).into_iter().next() else {
            left_out.push(row.number);
            return Ok(());
        };
        if cell(CONTROLLERS).is_empty() && cell(APPLICANT).is_empty() {
            return Err(RegisterError::cell(
                row.number,
                table.header(CONTROLLERS),
                "the cell is empty; download the register again",
            ));
        }
        let version = folded[range.end..].trim_start_matches('-').trim();
        let mut controllers = names(cell(CONTROLLERS));
        for name in names(cell(APPLICANT)) {
            if !controllers.contains(&name) {
                controllers.push(name);
            }
        }
        if per_release && !seen.insert((reference.clone(), controllers.clone())) {
            // One row a file released: the agreement is known already.
            return Ok(());
        }
        let words = format!("Objectives:\n{}\nProcessing:\n{}\n", cell(OBJECTIVE), cell(PROCESSING));
        out.push((
            Agreement {
                at: RowPlace { sheet: table.sheet_name().map(Into::into), row: row.number },
                reference,
                version: version.to_owned(),
                title: cell(TITLE).split_whitespace().collect::<Vec<_>>().join(" "),
                controllers,
                starts: table.day(row, STARTS)?,
                ends: table.day(row, ENDS)?,
                purpose: None,
                processors: Vec::new(),
            },
            words,
        ));
        Ok(())
    })?;
    let read = out.into_par_iter().map(|(agreement, words)| understood(agreement, &words, dictionary)).collect();
    Ok((read, left_out))
}

/// The organisations of a cell, one a line or between semicolons; commas stand inside names.
fn names(cell: &str) -> Vec<String> {
    cell.split([';', '\n', '\r'])
        .map(|n| n.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|n| !n.is_empty())
        .collect()
}

/// The agreement of a commissioner with the purpose and the processors that its free text states.
fn understood(mut agreement: Agreement, words: &str, dictionary: &Dictionary) -> Agreement {
    let commissioner = |name: &String| match body_key(name, dictionary) {
        BodyKey::Known(_) => true,
        BodyKey::Named(plain) => plain.ends_with(" ccg") || plain.ends_with(" icb"),
    };
    if !agreement.controllers.iter().any(commissioner) {
        return agreement;
    }
    let day = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let entry = format!(
        "{} — {}\nData-controller type: {}\nWhen: DSA runs {} — {}\n{words}",
        agreement.title,
        agreement.reference,
        agreement.controllers.join(", "),
        day(agreement.starts),
        day(agreement.ends),
    );
    if let Ok(analysis) = analysed(&entry, dictionary)
        && let Some(read) = entries(&analysis, dictionary).into_iter().next()
    {
        agreement.purpose = read.purpose;
        agreement.processors = read.processors.into_iter().map(|(name, _)| name).collect();
    }
    agreement
}

fn analysed(words: &str, dictionary: &Dictionary) -> Result<Analysis, document::Unreadable> {
    let read = document::read(words.as_bytes(), "register.txt")?;
    Ok(as_register(read.text, dictionary))
}

fn as_register(text: Text, dictionary: &Dictionary) -> Analysis {
    let kind = Some(NoticeKind::DataReleaseRegister);
    let part = Part {
        source: "register".to_owned(),
        sha256: String::new(),
        media_type: "text/plain",
        start: 0,
        first_line: 1,
    };
    judge_as(kind, "register", text, vec![part], dictionary, AsOf::Day(Day::ZERO))
}

fn entries(analysis: &Analysis, dictionary: &Dictionary) -> Vec<Agreed> {
    let Analysis { kind, text, claims, commissioners, judging, .. } = analysis;
    agreed_in(0, &Published::new(*kind, text, claims, commissioners, *judging, dictionary))
}

/// A label that every entry of such a page has.
const LABEL: &[u8] = b"Data-controller type";

/// Reads the page of one organisation's agreements; `None` where the bytes are no such page.
pub(super) fn read_page(bytes: &[u8], dictionary: &Dictionary) -> Option<Result<Read, RegisterError>> {
    if !bytes.windows(LABEL.len()).any(|w| w == LABEL) {
        return None;
    }
    let text = document::read(bytes, "register").ok()?.text;
    let analysis = as_register(text, dictionary);
    let stated = analysis.claims.iter().filter(|c| c.kind == ClaimKind::Agreement).count();
    let agreed = entries(&analysis, dictionary);
    (stated > 0).then(|| page(&analysis, agreed, stated))
}

fn page(analysis: &Analysis, agreed: Vec<Agreed>, stated: usize) -> Result<Read, RegisterError> {
    let text = &analysis.text;
    let mut out = Vec::new();
    for agreed in &agreed {
        let Counterpart::Document { evidence, .. } = &agreed.place else { continue };
        let Some(place) = evidence.first() else { continue };
        let line = text.origin.line_column(place.start).0;
        let reference = &agreed.reference;
        for (label, there) in
            [("Data-controller type", !agreed.controllers.is_empty()), ("When: DSA runs", agreed.ends.is_some())]
        {
            if !there {
                let why = format!("the entry of {reference} does not say it; the page may be cut off: save it again");
                return Err(RegisterError::cell(line, format!("'{label}'"), why));
            }
        }
        let block = text.blocks[text.block_at(place.start)].span;
        let title = text.body[block.start as usize..place.start as usize].trim_end_matches([' ', '-', '–', '—']);
        out.push(Agreement {
            at: RowPlace { sheet: None, row: line },
            reference: reference.clone(),
            version: String::new(),
            title: title.to_owned(),
            controllers: agreed.controllers.clone(),
            starts: agreed.starts,
            ends: agreed.ends,
            purpose: agreed.purpose.clone(),
            processors: agreed.processors.iter().map(|(name, _)| name.clone()).collect(),
        });
    }
    if out.len() < stated {
        let last = analysis.claims.iter().rfind(|c| c.kind == ClaimKind::Agreement).map_or(0, |c| c.evidence.start);
        let line = text.origin.line_column(last).0;
        return Err(RegisterError::row(
            line,
            "the entry has none of its labels; the page may be cut off: save it again",
        ));
    }
    Ok((out, Vec::new()))
}
