//! Files to rows; refuses a fact without a source.
//!
//! A folder of CSV files is read whole, checked whole, and written in one transaction: all of it or nothing. The same
//! folder again changes nothing; a row that says something else under its key supersedes what was there; rows of the
//! database that the files do not name stay.

mod activity;
mod agreement;
mod census;
mod compare;
mod contents;
mod coordinates;
mod event;
mod figure;
mod file;
mod incentive;
mod indicator;
mod known;
mod membership;
mod milestone;
mod observation;
mod organisation;
mod park;
mod plan;
mod problem;
mod profile;
mod project;
mod report;
mod row;
mod shape;
mod site;
mod source;
mod tally;
mod territory;
mod training_programme;
mod unit;
mod vocabulary;

use std::path::{Path, PathBuf};
use std::pin::Pin;

use chrono::{DateTime, Utc};
use store::Store;

pub use entity::shape::{KEY, VALUE};
pub use file::{FILE_BYTES, ROWS, UNPACKED_BYTES};
pub use problem::{Problem, Problems, SHOWN};
pub use report::{Figures, FileReport, Report, Tally, VOCABULARY};
pub use row::{LISTED, TEXT};

/// How a run goes.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The instant at which new rows are recorded and old ones superseded.
    pub now: DateTime<Utc>,
    /// Told before each step.
    pub progress: Option<&'a (dyn Fn(Progress) + Send + Sync)>,
}

impl Options<'_> {
    fn tell(&self, progress: Progress) {
        if let Some(listen) = self.progress {
            listen(progress);
        }
    }
}

/// A step about to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The table being read, or `writing`.
    pub stage: &'static str,
    /// Steps behind it.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the folder {folder:?} cannot be read: {reason}")]
    Folder { folder: PathBuf, reason: String },
    #[error("{0}")]
    Refused(Problems),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Takes every file of `dir` into the database, or refuses all of them with what is wrong.
///
/// Boxed, so that it is compiled here and not again in every crate that waits for it.
pub fn run<'a>(
    store: &'a Store,
    dir: &'a Path,
    options: &'a Options<'_>,
) -> Pin<Box<dyn Future<Output = Result<Report, Error>> + Send + 'a>> {
    Box::pin(take_in(store, dir, options))
}

async fn take_in(store: &Store, dir: &Path, options: &Options<'_>) -> Result<Report, Error> {
    let ignored = look(dir)?;
    let stored = store::load::in_force(store).await?;
    let contents = contents::read(dir, &stored, options).map_err(Error::Refused)?;
    let (batch, mut report) = compare::batch(contents, &stored);
    report.ignored = ignored;
    let steps = contents::TABLES.len() as u64;
    options.tell(Progress {
        stage: "writing",
        done: steps,
        total: steps + 1,
    });
    let name = dir.file_name().unwrap_or(dir.as_os_str());
    let reason = format!("import of {}", name.to_string_lossy());
    let act = store::audit_entry::Act::of_operator(options.now, reason);
    store::load::apply(store, &batch, &act).await?;
    options.tell(Progress {
        stage: "written",
        done: steps + 1,
        total: steps + 1,
    });
    for file in &report.files {
        tracing::debug!(file = file.name, rows = ?file.rows, tally = ?file.tally, "imported");
    }
    Ok(report)
}

/// CSV files of the folder that no table is called by; an error when there is no table at all.
fn look(dir: &Path) -> Result<Vec<String>, Error> {
    let folder = |reason: String| Error::Folder {
        folder: dir.to_owned(),
        reason,
    };
    let mut ignored = Vec::new();
    let mut tables = 0;
    for entry in std::fs::read_dir(dir).map_err(|error| folder(error.to_string()))? {
        let entry = entry.map_err(|error| folder(error.to_string()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        let Some(table) = plain.strip_suffix(".csv") else {
            continue;
        };
        if contents::TABLES.iter().any(|known| known.name == table) {
            tables += 1;
        } else {
            ignored.push(name);
        }
    }
    if tables == 0 {
        let names: Vec<_> = contents::TABLES.iter().map(|table| table.name).collect();
        return Err(folder(format!(
            "it has none of the files {}.csv",
            names.join(".csv, ")
        )));
    }
    ignored.sort();
    Ok(ignored)
}
