//! `fairnotice import`: files, folders and web archives into the corpus.

use super::arguments::{format, formats};
use super::output::{Output, Screen, complain_of};
use super::selection::failure;
use super::{Failure, input};
use crate::corpus::{self, Corpus, Exchange, Importer, Instant};
use crate::document;
use crate::report::{IMPORT, Imported, Refused};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Takes files, folders and web archives (WARC) into the corpus
///
/// Pages are kept byte for byte, with their address and the day they were published or saved. What is there already (the
/// same bytes, address and date) is not taken twice, so an import that was stopped is simply run again.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the corpus; made where there is none
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// Files, folders (at any depth), and WARC files, also compressed
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Address that the file was published at; of a folder, the address its files stand under
    #[arg(long, value_name = "URL", value_parser = address)]
    url: Option<url::Url>,
    /// When the files were published or saved, as YYYY-MM-DD or a full instant; otherwise each file's own date. Pages of
    /// a WARC file have theirs
    #[arg(long, value_name = "DATE", value_parser = captured)]
    captured: Option<Instant>,
    /// ODS code of the body whose notice it is; otherwise the notice itself says
    #[arg(long, value_name = "CODE")]
    ods: Option<String>,
    /// All files are pages of one notice, in the order given
    #[arg(long)]
    together: bool,
    /// How to write what came of it
    #[arg(long, value_name = "FORMAT", default_value = IMPORT[0].name, value_parser = formats(IMPORT))]
    format: String,
    #[command(flatten)]
    output: Output,
}

const EXAMPLES: &str = "\
Examples:
  fairnotice import --corpus corpus crawl.warc.gz
  fairnotice import --corpus corpus --captured 2021-03-01 --url https://www.example.nhs.uk/privacy notice.html
  fairnotice import --corpus corpus --together --url https://www.example.nhs.uk/privacy/ pages/

Exit codes: 0, 2 for bad usage or a corpus that cannot be written, 3 where something could not be read";

fn address(words: &str) -> Result<url::Url, String> {
    let url = url::Url::parse(words)
        .map_err(|e| format!("{e}; an address is written like https://www.example.nhs.uk/privacy"))?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err("an address begins with https:// or http://".to_owned())
    }
}

fn captured(words: &str) -> Result<Instant, String> {
    corpus::instant(words)
        .ok_or_else(|| "a date is written year-month-day, such as 2021-03-01, or 2021-03-01T10:00:00Z".to_owned())
}

/// One file to take as it is.
struct Page {
    path: PathBuf,
    uri: String,
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    arguments.output.check(&arguments.paths)?;
    let mut unreadable = Vec::new();
    let mut left_out = BTreeMap::new();
    let (mut pages, mut archives) = (Vec::new(), Vec::new());
    if arguments.url.is_some() && arguments.paths.len() > 1 {
        return Err(Failure("--url is the address of one file or folder; import the others one by one".to_owned()));
    }
    for path in &arguments.paths {
        for found in listed(path, &mut left_out) {
            match found {
                Ok(file) if corpus::is_web_archive(&file) => archives.push(file),
                Ok(file) => pages.push(Page { uri: uri_of(&file, path, arguments.url.as_ref()), path: file }),
                Err(refused) => unreadable.push(refused),
            }
        }
    }
    let mut corpus = Corpus::create(&arguments.corpus).map_err(failure)?;
    let mut importer = Importer::new(&mut corpus);
    take_pages(&mut importer, &arguments, pages, &mut unreadable).map_err(failure)?;
    for archive in &archives {
        importer.web_archive(archive).map_err(failure)?;
    }
    let ledger = importer.finish().map_err(failure)?;
    let imported = Imported::new(ledger, &left_out, unreadable);
    let look = screen.look(&arguments.output);
    arguments.output.write(&(format(IMPORT, Some(&arguments.format)).render)(&imported, &look))?;
    if arguments.format == IMPORT[0].name {
        complain_of(&imported.unreadable);
    }
    Ok(if imported.is_whole() { 0 } else { 3 })
}

/// The files that a path names.
fn listed(path: &Path, left_out: &mut BTreeMap<String, usize>) -> Vec<Result<PathBuf, Refused>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let files = input::files(
        path,
        &|extension| document::extensions().any(|e| e == extension) || matches!(extension, "warc" | "gz"),
        left_out,
    );
    let usable = |file: &Result<PathBuf, Refused>| match file {
        Ok(file) if file.extension().is_some_and(|e| e == "gz") => corpus::is_web_archive(file),
        _ => true,
    };
    let files: Vec<_> = files.into_iter().filter(usable).collect();
    if files.is_empty() {
        let reason = "no notice and no WARC file is in this folder; name files one by one".to_owned();
        return vec![Err(Refused { source: path.display().to_string(), reason })];
    }
    files
}

/// The address of a file: the one given, with its place in the folder, or that of the file itself.
fn uri_of(file: &Path, given: &Path, url: Option<&url::Url>) -> String {
    if let Some(url) = url {
        let mut url = url.clone();
        if let (Ok(inside), true) = (file.strip_prefix(given), given.is_dir())
            && let Ok(mut segments) = url.path_segments_mut()
        {
            segments.pop_if_empty().extend(inside.components().map(|c| c.as_os_str().to_string_lossy()));
        }
        return url.to_string();
    }
    let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    url::Url::from_file_path(&whole).map_or_else(|()| format!("file:{}", file.display()), |u| u.to_string())
}

fn take_pages(
    importer: &mut Importer<'_>,
    arguments: &Arguments,
    pages: Vec<Page>,
    unreadable: &mut Vec<Refused>,
) -> Result<(), corpus::StoreError> {
    let mut exchanges = Vec::new();
    let notice = arguments.url.as_ref().map(url::Url::to_string).or_else(|| pages.first().map(|p| p.uri.clone()));
    for Page { path, uri } in pages {
        let read = input::bytes_of_file(&path).and_then(|bytes| {
            let own =
                || std::fs::metadata(&path).and_then(|m| m.modified()).ok().and_then(|t| Instant::try_from(t).ok());
            let instant = arguments.captured.or_else(own).ok_or_else(|| Refused {
                source: path.display().to_string(),
                reason: "the system keeps no date for this file; give one with --captured".to_owned(),
            })?;
            if bytes.is_empty() {
                return Err(Refused { source: path.display().to_string(), reason: "the file is empty".to_owned() });
            }
            let mut exchange = Exchange::file(&uri, instant, media_type(&path), bytes);
            exchange.ods = arguments.ods.clone();
            exchange.notes.push(("imported-from".to_owned(), path.display().to_string()));
            Ok(exchange)
        });
        match read {
            Ok(exchange) if arguments.together => exchanges.push(exchange),
            Ok(exchange) => importer.take(exchange)?,
            Err(refused) => unreadable.push(refused),
        }
    }
    // The visit that saw all pages of a notice is as late as the last of them.
    let visit = exchanges.iter().map(|e| e.instant).max();
    let (Some(notice), Some(visit)) = (notice, visit) else { return Ok(()) };
    for (part, mut exchange) in (0..).zip(exchanges) {
        (exchange.notice, exchange.visit, exchange.part) = (notice.clone(), Some(visit), part);
        importer.take(exchange)?;
    }
    importer.close_visit(&notice, visit, &[])
}

/// What a file is by its name.
fn media_type(path: &Path) -> &'static str {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "html" | "htm" => "text/html",
        "xhtml" => "application/xhtml+xml",
        "txt" | "text" => "text/plain",
        "md" | "markdown" => "text/markdown",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "mht" | "mhtml" => "multipart/related",
        _ => "application/octet-stream",
    }
}
