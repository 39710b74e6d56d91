//! Notices, claims and findings in columns: `notices.parquet`, `claims.parquet` and `findings.parquet`, for data frames.
//!
//! The rows are those of the tables for spreadsheets, as they are: nothing computes a cell here. What is not known is null,
//! lines, columns, pages and counts are numbers. The same report gives the same bytes.

use super::found::reviewed;
use super::tables::{FINDINGS, finding_cells};
use super::{Keep, Report, whole};
use crate::report::csv::{COLUMNS, claim_cells};
use ::parquet::basic::{Compression, GzipLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use ::parquet::errors::Result;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;
use std::borrow::Cow;
use std::io;
use std::sync::Arc;

/// Rows held before they are written as a group.
const AT_A_TIME: usize = 50_000;

/// Columns that hold numbers.
const NUMBERS: [&str; 8] = ["line", "column", "page", "start", "end", "places", "words", "claims"];

const NOTICES: [&str; 12] = [
    "body", "ods", "source", "status", "kind", "title", "media type", "reviewed", "words", "claims", "captured",
    "sha256",
];

/// Writes the three files.
pub(super) fn parquet(report: &Report<'_>, keep: &mut Keep<'_>) -> io::Result<()> {
    whole(keep, "notices.parquet", &notices(report).map_err(io::Error::other)?)?;
    whole(keep, "claims.parquet", &claims(report).map_err(io::Error::other)?)?;
    whole(keep, "findings.parquet", &findings(report).map_err(io::Error::other)?)
}

fn notices(report: &Report<'_>) -> Result<Vec<u8>> {
    let mut table = Table::new("notices", NOTICES.to_vec())?;
    for entry in &report.ledger {
        let a = entry.notice.map(|n| &report.material.run.analyses[n]);
        let body = entry.body.map(|b| &report.bodies[b]);
        table.row(&[
            body.map_or("", |b| b.name).into(),
            body.and_then(|b| b.ods).unwrap_or("").into(),
            entry.source.into(),
            entry.status.name().into(),
            a.map_or("", |a| a.kind.name()).into(),
            a.and_then(|a| a.text.title.as_deref()).unwrap_or("").into(),
            a.map_or("", |a| a.media_type).into(),
            a.and_then(reviewed).map(|d| d.to_string()).unwrap_or_default().into(),
            entry.words.to_string().into(),
            a.map_or(0, |a| a.claims.len()).to_string().into(),
            entry.captured.unwrap_or("").into(),
            entry.sha256.into(),
        ])?;
    }
    table.finish()
}

fn claims(report: &Report<'_>) -> Result<Vec<u8>> {
    let mut table = Table::new("claims", [["body", "ods"].as_slice(), &COLUMNS].concat())?;
    for (a, body) in report.material.run.analyses.iter().zip(&report.body_of) {
        let body = body.map(|b| &report.bodies[b]);
        let (name, ods) = (body.map_or("", |b| b.name), body.and_then(|b| b.ods).unwrap_or(""));
        for (claim, section) in a.claims.iter().zip(&a.sections) {
            let mut cells: Vec<Cow<'_, str>> = vec![name.into(), ods.into()];
            cells.extend(claim_cells(a, claim, section));
            table.row(&cells)?;
        }
    }
    table.finish()
}

fn findings(report: &Report<'_>) -> Result<Vec<u8>> {
    let mut table = Table::new("findings", FINDINGS.to_vec())?;
    for at in 0..report.findings.len() {
        table.row(&finding_cells(report, at))?;
    }
    table.finish()
}

/// A file that is being written.
struct Table {
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Column>,
    rows: usize,
}

/// The values of one column since the last group.
struct Column {
    values: Values,
    /// For each row, whether it has a value.
    there: Vec<i16>,
}

enum Values {
    Words(Vec<ByteArray>),
    Numbers(Vec<i32>),
}

impl Table {
    fn new(name: &str, columns: Vec<&str>) -> Result<Table> {
        let field = |column: &&str| {
            let kind = if NUMBERS.contains(column) { ("int32", "") } else { ("binary", " (UTF8)") };
            format!("optional {} {}{};", kind.0, column.replace(' ', "_"), kind.1)
        };
        let fields: Vec<String> = columns.iter().map(field).collect();
        let schema = parse_message_type(&format!("message {name} {{ {} }}", fields.join(" ")))?;
        let properties = WriterProperties::builder()
            .set_created_by(format!("fairnotice {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::GZIP(GzipLevel::default()))
            .build();
        let values = |column: &&str| match NUMBERS.contains(column) {
            true => Values::Numbers(Vec::new()),
            false => Values::Words(Vec::new()),
        };
        Ok(Table {
            writer: SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?,
            columns: columns.iter().map(|c| Column { values: values(c), there: Vec::new() }).collect(),
            rows: 0,
        })
    }

    fn row(&mut self, cells: &[Cow<'_, str>]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            let there = match &mut column.values {
                _ if cell.is_empty() => false,
                Values::Words(words) => {
                    words.push(ByteArray::from(&**cell));
                    true
                }
                Values::Numbers(numbers) => {
                    let number = cell.parse::<i32>().ok();
                    numbers.extend(number);
                    number.is_some()
                }
            };
            column.there.push(i16::from(there));
        }
        self.rows += 1;
        if self.rows == AT_A_TIME { self.group() } else { Ok(()) }
    }

    /// Writes what is held.
    fn group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut to) = group.next_column()? else { break };
            match &mut column.values {
                Values::Words(words) => to.typed::<ByteArrayType>().write_batch(words, Some(&column.there), None)?,
                Values::Numbers(numbers) => to.typed::<Int32Type>().write_batch(numbers, Some(&column.there), None)?,
            };
            to.close()?;
            match &mut column.values {
                Values::Words(words) => words.clear(),
                Values::Numbers(numbers) => numbers.clear(),
            }
            column.there.clear();
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        if self.rows > 0 {
            self.group()?;
        }
        self.writer.into_inner()
    }
}
