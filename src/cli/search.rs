//! `fairnotice search`: finds notices by their words and by what they claim.

use super::arguments::{self, format, formats};
use super::output::{self, Output, Screen};
use super::{Failure, input};
use crate::dictionary::Dictionary;
use crate::model::Day;
use crate::report::{Answers, HITS};
use crate::search::query::{FIELDS, QueryError};
use crate::search::{Answer, Ask, AskError, Finder, SortBy};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// Finds notices by their words and by what they claim.
///
/// Words, "phrases" and prefixes (word*) are found in the text, fields in the claims and findings. Conditions side by side
/// must all hold; OR, NOT, - and brackets say otherwise. Legal references are found as typed, in every form people write.
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub(super) struct Arguments {
    /// The query, in quotes where a shell would take it apart
    #[arg(
        value_name = "QUERY",
        required_unless_present = "queries",
        conflicts_with = "queries",
        allow_hyphen_values = true // "-claim:retention" asks for an absence
    )]
    query: Option<String>,
    /// Ask every query of this file, one a line; empty lines and lines that begin with # are passed over
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// Folder of the corpus
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// The corpus as it was on this day (YYYY-MM-DD), and the findings that held then
    #[arg(long, value_name = "DAY", value_parser = arguments::day)]
    as_of: Option<Day>,
    /// Search all versions of each notice rather than the newest
    #[arg(long)]
    all_versions: bool,
    /// What comes first
    #[arg(long, value_name = "ORDER", default_value = SortBy::ALL[0].1, value_parser = orders())]
    sort: SortBy,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    /// Most hits to show; 0 shows all. How many there are is always said
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to write the hits
    #[arg(long, value_name = "FORMAT", default_value = HITS[0].name, value_parser = formats(HITS))]
    format: String,
    /// Folder with dictionaries of your own, the same as for 'index'
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// The orders in which hits can come.
fn orders() -> impl TypedValueParser<Value = SortBy> {
    let known = SortBy::ALL.map(|(_, name, about)| PossibleValue::new(name).help(about));
    PossibleValuesParser::new(known).map(|name| SortBy::of_name(&name).unwrap_or_default())
}

const TOGETHER: &str = "\
Conditions side by side are about one claim where a person means that: named: and person: qualify the role: beside them,
value: the claim:, purpose: every claim (the claim is made for that purpose), severity: and subject: the rule:. Two claims
side by side are two claims of one notice. -purpose:… and -named:… speak of the whole notice.

Examples:
  fairnotice search --corpus corpus '\"legitimate interests\" type:icb'
  fairnotice search --corpus corpus 'Article 9(2)(h) OR CAG 7-07(a)/2013'
  fairnotice search --corpus corpus 'role:caldicott-guardian named:false'
  fairnotice search --corpus corpus 'basis:9(2)(h) purpose:risk-stratification -claim:retention'
  fairnotice search --corpus corpus --sort reviewed 'lineage:QK1 reviewed:<2023'

Exit codes: 0, also where nothing fits; 2 for a mistake in the query or a corpus that is not indexed";

/// The help's end: every field, what must hold together, examples.
fn after_help() -> String {
    let mut out = "Fields:\n".to_owned();
    for info in FIELDS {
        out.push_str(&format!("  {:36}{}\n", info.example, info.about));
    }
    out + "  Dates are years, months or days; <2023, >=2021-06, 2019..2021 are ranges.\n\n" + TOGETHER
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let dictionary = arguments::dictionary(arguments.dictionaries.as_deref())?;
    let folder = arguments.corpus.join("index");
    let finder = Finder::open(&folder).map_err(|e| Failure(format!("{}: {e}", arguments.corpus.display())))?;
    let queries = queries(&arguments)?;
    let mut answers = Vec::new();
    for (line, query) in &queries {
        let ask = Ask {
            query: query.clone(),
            as_of: arguments.as_of,
            all_versions: arguments.all_versions,
            sort: arguments.sort,
            reverse: arguments.reverse,
            limit: arguments.limit,
        };
        match finder.ask(&ask, &dictionary) {
            Ok(answer) => answers.push(answer),
            Err(AskError::Query(error)) => return Ok(point(&error, query, *line, &arguments)),
            Err(AskError::Index(error)) => return Err(Failure(error.to_string())),
        }
    }
    let notes = notes(&finder, &answers, &dictionary, arguments.as_of);
    let corpus = arguments.corpus.to_string_lossy().into_owned();
    let found = Answers { answers, many: arguments.queries.is_some(), corpus, notes };
    let text = (format(HITS, Some(&arguments.format)).render)(&found, &screen.look(&arguments.output));
    arguments.output.write(&text)?;
    if arguments.format != HITS[0].name {
        beside(&found, screen.quiet);
    }
    Ok(0)
}

/// What a format for programs has no room for.
fn beside(found: &Answers, quiet: bool) {
    for answer in found.answers.iter().filter(|a| a.hits.len() < a.total) {
        let words =
            format!("{}: {} of {} hits written; --limit 0 writes all", answer.query, answer.hits.len(), answer.total);
        output::complain("note", &words);
    }
    if !quiet {
        found.notes.iter().for_each(|note| output::complain("note", note));
    }
}

/// The queries, each with its line in the file it stands in.
fn queries(arguments: &Arguments) -> Result<Vec<(Option<usize>, String)>, Failure> {
    let Some(path) = &arguments.queries else { return Ok(arguments.query.iter().map(|q| (None, q.clone())).collect()) };
    let content = std::fs::read_to_string(path)
        .map_err(|e| Failure(format!("--queries {}: {}; give a text file", path.display(), input::reason(&e))))?;
    let lines = content.lines().enumerate().map(|(at, line)| (Some(at + 1), line.trim().to_owned()));
    let queries: Vec<_> = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect();
    if queries.is_empty() {
        return Err(Failure(format!("--queries {}: there is no query in this file; write one a line", path.display())));
    }
    Ok(queries)
}

/// Shows a mistake at its place in the query.
fn point(error: &QueryError, query: &str, line: Option<usize>, arguments: &Arguments) -> u8 {
    let place = match (line, &arguments.queries) {
        (Some(line), Some(path)) => format!("{}:{line}: ", path.display()),
        _ => "query ".to_owned(),
    };
    output::complain("error", &format!("{place}at character {}: {}", error.column(query), error.message));
    output::point_at(query, error.at.clone());
    2
}

/// What a reader must know of the index.
fn notes(finder: &Finder, answers: &[Answer], dictionary: &Dictionary, as_of: Option<Day>) -> Vec<String> {
    let mut notes = Vec::new();
    let stamp = &finder.stamp;
    if !finder.is_of(dictionary) {
        notes.push(format!(
            "the index was made by fairnotice {} with other dictionaries; 'fairnotice index' brings it up to date",
            stamp.program
        ));
    }
    if answers.iter().any(|a| a.findings) && stamp.compared.is_empty() {
        notes.push(
            "notices were not compared with one another, so rules corpus/… find nothing; 'fairnotice index' does it"
                .to_owned(),
        );
    }
    let wanted = as_of.unwrap_or_else(arguments::today);
    if answers.iter().any(|a| a.findings) && stamp.judged.parse::<Day>().is_ok_and(|judged| judged < wanted) {
        notes.push(format!(
            "findings were last judged as of {}; 'fairnotice index --again' judges them anew",
            stamp.judged
        ));
    }
    notes
}
