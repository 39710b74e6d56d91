//! `fairnotice __extract-pdf`: the words of one PDF, drawn out in a process of its own.
//!
//! A PDF may be broken, or made, so that reading it ends the program, never ends, or takes all memory. So the program
//! starts itself for each PDF, hands it the bytes, and takes back its words and their places, within limits of memory,
//! time and length. The process reads nothing but its input.

use super::{Failure, output};
use crate::document::Unreadable;
use crate::document::pdf::{Reader, extract};
use std::io::{Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longer PDFs are pictures.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// More words than this are no notice.
const MOST_WORDS: u64 = 48 * 1024 * 1024;

/// Bytes of memory that the process may take.
#[cfg(unix)]
const MOST_MEMORY: u64 = 450 * 1024 * 1024;

/// Seconds of work, and of waiting for it on a busy machine.
#[cfg(unix)]
const MOST_WORK: u64 = 60;
const LONGEST_WAIT: Duration = Duration::from_secs(180);

/// The exit code where the file cannot be read; the reason is on standard output.
const REFUSED: u8 = 3;

/// Draws the words out of the PDF on standard input; the program starts itself with this
#[derive(clap::Args)]
#[command(hide = true)]
pub(super) struct Arguments {
    /// By the reader that gives up less easily, without places
    #[arg(long)]
    plain: bool,
}

pub(super) fn run(arguments: Arguments) -> Result<u8, Failure> {
    #[cfg(unix)]
    for (resource, most) in [(rlimit::Resource::AS, MOST_MEMORY), (rlimit::Resource::CPU, MOST_WORK)] {
        // Where a system does not know the limit, those of length and time remain.
        let _ = rlimit::setrlimit(resource, most, most);
    }
    // A fault in a page is dealt with where it is caught, and says nothing to people.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MOST_BYTES as u64).read_to_end(&mut bytes);
    read.map_err(|e| Failure(format!("standard input: {e}")))?;
    let reader = if arguments.plain { Reader::Plain } else { Reader::Placed };
    match extract(&bytes, reader) {
        Ok(drawn) => output::print(&drawn).map(|()| 0),
        Err(Unreadable(why)) => output::print(&why).map(|()| REFUSED),
    }
}

/// Draws the words out of a PDF in a process of its own.
///
/// # Errors
/// Where the PDF cannot be read, in words for a person.
pub(super) fn isolated(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable(format!(
            "the PDF is longer than {} MB, which no notice is; save it without pictures, or split it",
            MOST_BYTES / 1024 / 1024
        )));
    }
    let first = attempt(bytes, &[])?;
    if let Some(Ok(drawn)) = first {
        return Ok(drawn);
    }
    let without_places = attempt(bytes, &["--plain"])?.and_then(Result::ok);
    let drawn = without_places.filter(|drawn| drawn.lines().any(|line| line.starts_with("line ")));
    let drawn = drawn.ok_or_else(|| {
        let refused = first.and_then(Result::err);
        refused.unwrap_or_else(|| {
            Unreadable(
            "reading the PDF takes more memory or time than any notice should, or it is damaged; save it again, or get \
             the notice in another form"
                .to_owned(),
        )
        })
    })?;
    Ok("problem only the words of the PDF could be read, not how they stand on its pages, so columns and tables may be mixed \
        up; save it again\n"
        .to_owned()
        + &drawn)
}

/// One attempt; none where the process did not come to an end by itself.
fn attempt(bytes: &[u8], options: &[&str]) -> Result<Option<Result<String, Unreadable>>, Unreadable> {
    let cannot = |e: std::io::Error| Unreadable(format!("the program could not start itself to read the PDF: {e}"));
    let program = std::env::current_exe().map_err(cannot)?;
    let mut command = Command::new(program);
    command.arg("__extract-pdf").args(options);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(cannot)?;
    let (input, answer) = (child.stdin.take(), child.stdout.take());
    let (told, done) = channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A process that ended early does not read on; what it says of the file tells more than the broken pipe.
            input.map(|mut input| input.write_all(bytes))
        });
        scope.spawn(move || {
            let mut words = Vec::new();
            let whole = answer.map(|answer| answer.take(MOST_WORDS).read_to_end(&mut words));
            let _ = told.send(whole.is_some_and(|read| read.is_ok()).then_some(words));
        });
        let words = done.recv_timeout(LONGEST_WAIT).ok().flatten();
        if words.as_ref().is_none_or(|words| words.len() as u64 >= MOST_WORDS) {
            let _ = child.kill();
        }
        let status = child.wait().map_err(cannot)?;
        Ok(words.and_then(|words| outcome(status, words)))
    })
}

fn outcome(status: ExitStatus, words: Vec<u8>) -> Option<Result<String, Unreadable>> {
    let words = String::from_utf8(words).ok()?;
    match status.code()? {
        0 => Some(Ok(words)),
        code if code == i32::from(REFUSED) => Some(Err(Unreadable(words))),
        _ => None,
    }
}
