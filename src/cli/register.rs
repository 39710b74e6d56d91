//! `fairnotice register`: official registers into the corpus, kept by the day of their state and never written over.
//!
//! A file is read whole before it is kept, so that nothing stands in the corpus that cannot be used; it is kept as it was
//! published, because what was derived from it can be made again.

use super::Failure;
use super::arguments::{day, dictionary, format, formats, today};
use super::input::reason;
use super::output::{Output, Screen, complain, print};
use crate::dictionary::Dictionary;
use crate::model::{Day, RegisterKind, Registers};
use crate::pipeline::AsOf;
use crate::registers;
use crate::report::{KeptRegister, REGISTERS, terminal};
use clap::Subcommand;
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Imports official registers to check notices against, and lists those that are there
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Import(Import),
    List(List),
}

/// Imports a file of an official register, as it is published
///
/// ico: the ICO's register of fee payers (CSV). cag: the Confidentiality Advisory Group's register (its workbook, or the
/// sheet Index as CSV). dars: the register of data sharing agreements (workbook, the sheet Agreements as CSV, or the page
/// of one organisation's agreements as text). ods: a report of the Organisation Data Service (CSV without headers).
/// caldicott: the register of Caldicott Guardians (CSV or workbook). A file with a fault is not imported at all.
#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0 the file is in the corpus; 2 bad usage, or the corpus holds another file of that name and day; 3 the file could not be read"
)]
struct Import {
    /// Which register
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: String,
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// The day of the file's state, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<Day>,
}

/// Lists the registers that were imported
#[derive(clap::Args)]
struct List {
    #[command(flatten)]
    place: Place,
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = REGISTERS[0].name, value_parser = formats(REGISTERS))]
    format: String,
    #[command(flatten)]
    output: Output,
}

#[derive(clap::Args)]
struct Place {
    /// Folder of the corpus
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Folder with dictionaries of your own (*.toml), which add to those built in or replace entries of them
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
}

/// Larger files are no register: the largest published one is a few hundred megabytes.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

fn kinds() -> PossibleValuesParser {
    RegisterKind::ALL.iter().map(|k| PossibleValue::new(k.name()).help(k.title())).collect::<Vec<_>>().into()
}

pub(super) fn run(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    match arguments.command {
        Command::Import(import) => import.run(screen),
        Command::List(list) => list.run(screen),
    }
}

impl Import {
    fn run(self, screen: &Screen) -> Result<u8, Failure> {
        let Some(kind) = RegisterKind::by_name(&self.kind) else { return Ok(2) };
        let name = terminal::clean(&self.file.to_string_lossy()).into_owned();
        let bytes = match read_file(&self.file) {
            Ok(bytes) => bytes,
            Err(why) => {
                complain("unreadable", &format!("{name}: {why}"));
                return Ok(3);
            }
        };
        let dictionary = dictionary(self.place.dictionaries.as_deref())?;
        let date = self.date.unwrap_or_else(today);
        let read = registers::read(&mut Registers::default(), kind, &name, date, &bytes, &dictionary);
        let summary = match read {
            Ok(summary) => summary,
            Err(fault) => {
                complain("unreadable", &format!("{name}: {fault}; nothing was imported"));
                return Ok(3);
            }
        };
        let target = self.place.corpus.join("registers").join(kind.name()).join(kept_name(date, &self.file));
        let news = keep(&target, &bytes)?;
        if !screen.quiet {
            let rows = format!("{} rows, state of {date}", summary.rows);
            let kept = terminal::clean(&target.to_string_lossy()).into_owned();
            print(&if news { format!("{kept}: {rows}\n") } else { format!("{kept}: is there already ({rows})\n") })?;
            if let Some(first) = summary.left_out.first() {
                let rows = summary.left_out.len();
                complain(
                    "note",
                    &format!(
                        "{rows} rows give no reference of an agreement and were passed over, the first is row {first}"
                    ),
                );
            }
        }
        Ok(0)
    }
}

impl List {
    fn run(self, screen: &Screen) -> Result<u8, Failure> {
        let kept: Vec<KeptRegister> = kept(&self.place.corpus)?
            .into_iter()
            .map(|k| KeptRegister::new(k.kind, k.date, k.name, k.path.metadata().map_or(0, |m| m.len())))
            .collect();
        self.output.write(&(format(REGISTERS, Some(&self.format)).render)(&kept, &screen.look(&self.output)))?;
        Ok(0)
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let size = path.metadata().map_err(|e| reason(&e))?;
    if size.is_dir() {
        return Err("this is a folder; name a file".to_owned());
    }
    if size.len() > LARGEST {
        return Err("the file is larger than any register".to_owned());
    }
    fs::read(path).map_err(|e| reason(&e))
}

/// What a file is called in the corpus: the day of its state, then its own name without what file systems dislike.
fn kept_name(date: Day, file: &Path) -> String {
    let own = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let own: String =
        own.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }).collect();
    format!("{date}_{}", own.trim_start_matches(['.', '-']))
}

/// Puts bytes at `target`; false where they are there already. What is there is never written over, and nobody ever sees
/// half a file: it gets its name when it is whole.
fn keep(target: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let told = target.display();
    let folder = target.parent().unwrap_or(Path::new("."));
    let failed = |e: std::io::Error| {
        Failure(format!("{told}: {}; name a corpus that you may write to with --corpus", reason(&e)))
    };
    if target.exists() {
        if fs::read(target).map_err(failed)? == bytes {
            return Ok(false);
        }
        return Err(Failure(format!(
            "{told}: another file of that name and day is there and is not written over; give the day of this one's state with --date, or rename it"
        )));
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let part = folder.join(format!(".{}.part", std::process::id()));
    let written = (|| {
        let mut file = fs::File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // Unlike a renaming, a link never replaces what came there meanwhile.
        fs::hard_link(&part, target).or_else(|_| fs::File::create_new(target)?.write_all(bytes))
    })();
    let _ = fs::remove_file(&part);
    written.map(|()| true).map_err(failed)
}

/// A file of a register in a corpus.
struct Kept {
    kind: RegisterKind,
    date: Day,
    name: String,
    path: PathBuf,
}

/// The registers' files of a corpus, by kind and day.
fn kept(corpus: &Path) -> Result<Vec<Kept>, Failure> {
    let mut out = Vec::new();
    for kind in RegisterKind::ALL {
        let folder = corpus.join("registers").join(kind.name());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => return Err(Failure(format!("{}: {}", folder.display(), reason(&e)))),
        };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let Some(date) = name.get(..10).and_then(|d| day(d).ok()).filter(|_| name[10..].starts_with('_')) else {
                return Err(Failure(format!(
                    "{}: the name does not begin with the day of the register's state; import it with 'fairnotice register import'",
                    entry.path().display()
                )));
            };
            out.push(Kept { kind, date, name, path: entry.path() });
        }
    }
    out.sort_by(|a, b| (a.kind, a.date, &a.name).cmp(&(b.kind, b.date, &b.name)));
    Ok(out)
}

/// Names the registers of a corpus: a file that is there is never changed.
pub(super) fn label(corpus: &Path) -> Result<String, Failure> {
    Ok(kept(corpus)?.iter().map(|k| format!("{} {}\n", k.kind.name(), k.name)).collect())
}

/// The registers of a corpus that may be in force on the days of judging.
pub(super) fn load(corpus: &Path, as_of: AsOf, dictionary: &Dictionary) -> Result<Registers, Failure> {
    let (AsOf::Day(last) | AsOf::Reviewed(last)) = as_of;
    let mut registers = Registers::default();
    let files: Vec<Kept> = kept(corpus)?.into_iter().filter(|k| k.date <= last).collect();
    for (at, file) in files.iter().enumerate() {
        // The register of fee payers is published anew every day, and large: of one day of judging only one is asked.
        let superseded = files.get(at + 1).is_some_and(|next| next.kind == file.kind && file.kind == RegisterKind::Ico);
        if superseded && matches!(as_of, AsOf::Day(_)) {
            continue;
        }
        let told = file.path.display();
        let bytes = read_file(&file.path).map_err(|why| Failure(format!("{told}: {why}")))?;
        registers::read(&mut registers, file.kind, &file.name, file.date, &bytes, dictionary)
            .map_err(|fault| Failure(format!("{told}: {fault}")))?;
    }
    Ok(registers)
}
