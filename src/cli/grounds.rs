//! The settings files of a run: looked for, read, and turned into what each notice is judged with.
//!
//! The file nearest above a notice counts; the search ends at the top of a repository, so that what is checked there does not
//! depend on the folders around it. Options on the command line go before what a file says.

use super::arguments::{Judging, Reading, dictionary, today};
use super::{Failure, input};
use crate::dictionary::Dictionary;
use crate::model::Severity;
use crate::pipeline::AsOf;
use crate::settings::{self, AsOfSetting, FILE_NAME, Settings};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What some of the notices of a run are judged with.
pub(super) struct Ground {
    /// The settings; those that are usual where there is no file.
    pub settings: Settings,
    /// The folder of the settings file.
    pub folder: Option<PathBuf>,
    /// What is known, the user's own dictionaries and the declaration among it.
    pub dictionary: Dictionary,
    /// The day of judging.
    pub as_of: AsOf,
}

/// What each notice of a run is judged with.
pub(super) struct Grounds {
    /// All of them, at least one.
    pub all: Vec<Ground>,
    /// Which of them is that of the notices in a folder.
    of_folder: BTreeMap<PathBuf, usize>,
}

impl Grounds {
    /// Finds and reads the settings for notices at `paths`; standard input has none, and is taken to be where the program was
    /// started.
    pub fn of(paths: &[Option<&Path>], reading: &Reading, judging: &Judging) -> Result<Grounds, Failure> {
        let mut files: Vec<Option<PathBuf>> = Vec::new();
        let mut of_folder = BTreeMap::new();
        for path in paths {
            let folder = folder_of(*path);
            if of_folder.contains_key(&folder) {
                continue;
            }
            let file = reading.config.clone().or_else(|| above(&folder));
            let number = files.iter().position(|f| *f == file).unwrap_or_else(|| {
                files.push(file);
                files.len() - 1
            });
            of_folder.insert(folder, number);
        }
        if files.is_empty() {
            files.push(reading.config.clone());
        }
        let all = files.into_iter().map(|file| ground(file, reading, judging)).collect::<Result<_, _>>()?;
        Ok(Grounds { all, of_folder })
    }

    /// The number of what a notice is judged with.
    pub fn number(&self, path: Option<&Path>) -> usize {
        match self.all.len() {
            1 => 0,
            _ => self.of_folder.get(&folder_of(path)).copied().unwrap_or(0),
        }
    }

    /// The strictest of what fails a run: what one file lets pass, another need not.
    pub fn fail_on(&self) -> Option<Severity> {
        let settled = self.all.iter().map(|g| g.settings.fail_on.unwrap_or(Some(Severity::Error)));
        settled.flatten().min()
    }
}

impl Ground {
    /// The baseline that the settings file names.
    pub fn baseline(&self) -> Option<PathBuf> {
        let name = self.settings.baseline.as_ref()?;
        Some(self.folder.as_ref().map_or_else(|| PathBuf::from(name), |folder| folder.join(name)))
    }

    /// A notice's path from the settings file, with forward slashes.
    pub fn path_of(&self, notice: &Path) -> Option<String> {
        self.folder.as_deref().map(|folder| relative(folder, notice))
    }
}

/// The folder that a notice stands in, without links and dots.
fn folder_of(path: Option<&Path>) -> PathBuf {
    let folder = path.and_then(Path::parent).filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    whole(folder)
}

/// A path without links and dots; as it is where that cannot be told.
pub(super) fn whole(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// A path as seen from a folder, with forward slashes.
pub(super) fn relative(folder: &Path, path: &Path) -> String {
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let (from, to) = (whole(folder), folder_of(Some(path)).join(name));
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|c| c.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The settings file nearest above a folder.
fn above(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Reads a settings file and what it names.
fn ground(file: Option<PathBuf>, reading: &Reading, judging: &Judging) -> Result<Ground, Failure> {
    let Some(file) = file else {
        let dictionary = dictionary(reading.dictionaries.as_deref())?;
        return Ok(Ground { settings: Settings::default(), folder: None, dictionary, as_of: judging.as_of(None) });
    };
    let here = std::env::current_dir().map(|d| whole(&d)).unwrap_or_default();
    let shown = file.strip_prefix(&here).unwrap_or(&file).to_string_lossy().into_owned();
    let content = std::fs::read_to_string(&file)
        .map_err(|e| Failure(format!("{shown}: {}; name a settings file with --config", input::reason(&e))))?;
    let mut settings = settings::parse(&shown, &content).map_err(|e| Failure(e.to_string()))?;
    let folder = folder_of(Some(&file));
    let own = settings.dictionaries.as_ref().map(|d| folder.join(d));
    let mut known = dictionary(reading.dictionaries.as_deref().or(own.as_deref()))?;
    if let Some(declaration) = settings.declaration.take() {
        known = known.declaring(declaration);
    }
    let as_of = settings.as_of.map(|as_of| match as_of {
        AsOfSetting::Day(day) => AsOf::Day(day),
        AsOfSetting::Reviewed => AsOf::Reviewed(today()),
    });
    Ok(Ground { settings, folder: Some(folder), dictionary: known, as_of: judging.as_of(as_of) })
}
