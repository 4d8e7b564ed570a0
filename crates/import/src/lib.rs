//! Files to rows and back; refuses a fact without a source.
//!
//! A folder of CSV files, a workbook or lines of JSON is read whole, checked whole, and written in one transaction: all of it or
//! nothing. The same again changes nothing; a row that says something else under its key supersedes what was there; rows of the
//! database that the files do not name stay. An export is written in the very format that is read, so that it can be taken in again.

mod activity;
mod agreement;
mod cells;
mod census;
mod compare;
mod contents;
mod coordinates;
mod diff;
mod event;
mod export;
mod figure;
mod file;
mod incentive;
mod indicator;
mod known;
mod list;
mod membership;
mod milestone;
mod observation;
mod organisation;
mod park;
mod plan;
mod problem;
mod profile;
mod project;
mod read;
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
mod write;

use std::path::{Path, PathBuf};
use std::pin::Pin;

use chrono::{DateTime, Utc};
use store::{Store, load::Batch};

use known::Known;
use read::origin::Origin;

pub use diff::Change;
pub use entity::shape::{KEY, VALUE};
pub use export::Export;
pub use file::{COLUMNS, FILE_BYTES, ROWS, UNPACKED_BYTES};
pub use problem::{Problem, Problems, SHOWN};
pub use read::origin::Format;
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
    #[error("{folder:?} cannot be read: {reason}")]
    Folder { folder: PathBuf, reason: String },
    #[error("{0}")]
    Refused(Problems),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Takes every file of `path` into the database, or refuses all of them with what is wrong.
///
/// Boxed, so that it is compiled here and not again in every crate that waits for it.
pub fn run<'a>(
    store: &'a Store,
    path: &'a Path,
    options: &'a Options<'_>,
) -> Pin<Box<dyn Future<Output = Result<Report, Error>> + Send + 'a>> {
    Box::pin(async move {
        let comparison = compare(store, path, options).await?;
        comparison.write(store, options, None).await
    })
}

/// Reads every file of `path` and holds it against the database; writes nothing.
pub fn compare<'a>(
    store: &'a Store,
    path: &'a Path,
    options: &'a Options<'_>,
) -> Pin<Box<dyn Future<Output = Result<Comparison, Error>> + Send + 'a>> {
    Box::pin(async move {
        let mut problems = Problems::default();
        let origin = Origin::open(path, &mut problems)?;
        let stored = store::load::in_force(store).await?;
        Ok(Comparison::of(origin, stored, options, problems))
    })
}

/// The same with a file in memory.
pub fn compare_bytes<'a>(
    store: &'a Store,
    (name, format): (&'a str, Format),
    bytes: Vec<u8>,
    options: &'a Options<'_>,
) -> Pin<Box<dyn Future<Output = Result<Comparison, Error>> + Send + 'a>> {
    Box::pin(async move {
        let mut problems = Problems::default();
        let origin = Origin::of_bytes(name, format, bytes, &mut problems);
        let stored = store::load::in_force(store).await?;
        Ok(Comparison::of(origin, stored, options, problems))
    })
}

/// Reads everything that import takes, to be written the way it is taken. Costs what an import costs that changes nothing.
pub fn export<'a>(
    store: &'a Store,
    options: &'a Options<'_>,
) -> Pin<Box<dyn Future<Output = Result<Export, Error>> + Send + 'a>> {
    Box::pin(export::read(store, options))
}

/// Files beside the database: what would be written, and what keeps them from it.
pub struct Comparison {
    name: String,
    batch: Batch,
    stored: Batch,
    known: Known,
    report: Report,
    problems: Problems,
}

impl Comparison {
    fn of(mut origin: Origin, stored: Batch, options: &Options<'_>, problems: Problems) -> Self {
        let name = origin.name.clone();
        let ignored = std::mem::take(&mut origin.ignored);
        let (contents, problems) = contents::read(origin, &stored, options, problems);
        let (batch, mut report, known) = compare::batch(contents, &stored);
        report.ignored = ignored;
        Self {
            name,
            batch,
            stored,
            known,
            report,
            problems,
        }
    }

    /// Rows by what becomes of them. Those with a problem are counted apart.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What is wrong with the files; nothing is written unless this is empty.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// Every fact that would be new, other than it was, or gone. Rows with a problem are not among them.
    pub fn changes(&self) -> Vec<diff::Change> {
        diff::between(&self.stored, &self.batch, &self.known)
    }

    /// Writes it, in one transaction; `reason` stands in the history of every fact it changes.
    pub async fn write(
        self,
        store: &Store,
        options: &Options<'_>,
        reason: Option<&str>,
    ) -> Result<Report, Error> {
        if !self.problems.is_empty() {
            return Err(Error::Refused(self.problems));
        }
        let steps = contents::TABLES.len() as u64;
        options.tell(Progress {
            stage: "writing",
            done: steps,
            total: steps + 1,
        });
        // Data health knows imports by how their reasons begin.
        let what = format!("{}{}", store::health::IMPORT, self.name);
        let reason = reason.map_or_else(|| what.clone(), |why| format!("{what}: {why}"));
        let act = store::audit_entry::Act::of_operator(options.now, reason);
        store::load::apply(store, &self.batch, &act).await?;
        options.tell(Progress {
            stage: "written",
            done: steps + 1,
            total: steps + 1,
        });
        for file in &self.report.files {
            tracing::debug!(file = file.name, rows = ?file.rows, tally = ?file.tally, "imported");
        }
        Ok(self.report)
    }
}
