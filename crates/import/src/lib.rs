//! Files to rows and back; refuses a fact without a source.
//!
//! A folder of CSV files, a workbook or lines of JSON is read whole, checked whole, and written in one transaction: all of it or
//! nothing. What is written is what was compared: when the data change in between, it is refused. The same again changes nothing; a row that says something else under its key supersedes what was there; rows of the
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
use store::{Refused, Store, audit_entry::Act, load::Batch};

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

/// Takes every file of `path` into the database, or refuses all of them with what is wrong. Reads them again when the data change meanwhile.
///
/// Boxed, so that it is compiled here and not again in every crate that waits for it.
pub fn run<'a>(
    store: &'a Store,
    path: &'a Path,
    options: &'a Options<'_>,
) -> Pin<Box<dyn Future<Output = Result<Report, Error>> + Send + 'a>> {
    Box::pin(async move {
        loop {
            let comparison = compare(store, path, options).await?;
            let act = Act::of_operator(options.now, comparison.reason(None));
            match comparison.write(store, options, &act).await {
                Err(Error::Store(store::Error::Refused(Refused::Moved { .. }))) => continue,
                written => return Ok(written?.report),
            }
        }
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
        let stored = Stored::read(store).await?;
        Ok(Comparison::of(origin, stored, options, problems))
    })
}

/// The database as it stands, to hold files against.
pub struct Stored {
    batch: Batch,
    revision: i64,
}

impl Stored {
    /// Reads everything that import takes.
    pub fn read(
        store: &Store,
    ) -> Pin<Box<dyn Future<Output = Result<Self, store::Error>> + Send + '_>> {
        Box::pin(async move {
            // The revision first: what changes while the rows are read is noticed when they are written.
            let revision = store.data_revision().await?;
            let batch = store::load::in_force(store).await?;
            Ok(Self { batch, revision })
        })
    }

    /// The revision of the data; 0 before the first.
    pub fn revision(&self) -> i64 {
        self.revision
    }

    /// Holds a file in memory against it. This is work for one core, and waits for nothing.
    pub fn compare(
        self,
        (name, format): (&str, Format),
        bytes: Vec<u8>,
        options: &Options<'_>,
    ) -> Comparison {
        let mut problems = Problems::default();
        let origin = Origin::of_bytes(name, format, bytes, &mut problems);
        Comparison::of(origin, self, options, problems)
    }
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
    stored: Stored,
    known: Known,
    report: Report,
    problems: Problems,
}

impl Comparison {
    fn of(mut origin: Origin, stored: Stored, options: &Options<'_>, problems: Problems) -> Self {
        let name = origin.name.clone();
        let ignored = std::mem::take(&mut origin.ignored);
        let (contents, problems) = contents::read(origin, &stored.batch, options, problems);
        let (batch, mut report, known) = compare::batch(contents, &stored.batch);
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

    /// The revision of the data that the files were held against.
    pub fn revision(&self) -> i64 {
        self.stored.revision
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
        diff::between(&self.stored.batch, &self.batch, &self.known)
    }

    /// The comparison as curators may write it: what comes with the shipped data stays as it is, and rows that say otherwise are refused.
    pub fn curated(mut self) -> Self {
        let fixed = self.changes().into_iter();
        for change in fixed.filter(|change| !entity::Fact::CONCEPTS.contains(&change.concept)) {
            if let Some(place) = self.known.place_of(change.concept, &change.key) {
                let reason = format!(
                    "{} {:?} comes with the shipped data and is not changed by hand: leave the row out, or as it was exported",
                    change.concept, change.key
                );
                self.problems.push(Problem::in_row(place, reason));
            }
        }
        let Batch {
            units,
            territories,
            coordinates,
            activities,
            indicators,
            ..
        } = &mut self.batch;
        units.clear();
        territories.clear();
        coordinates.clear();
        activities.clear();
        indicators.clear();
        self.report.refuse(&FIXED);
        self
    }

    /// The reason that stands in the history of every fact it changes.
    pub fn reason(&self, why: Option<&str>) -> String {
        // Data health knows imports by how their reasons begin.
        let what = format!("{}{}", store::health::IMPORT, self.name);
        why.map_or_else(|| what.clone(), |why| format!("{what}: {why}"))
    }

    /// Writes it, in one transaction.
    pub async fn write(
        self,
        store: &Store,
        options: &Options<'_>,
        act: &Act,
    ) -> Result<Written, Error> {
        if !self.problems.is_empty() {
            return Err(Error::Refused(self.problems));
        }
        let steps = contents::TABLES.len() as u64;
        options.tell(Progress {
            stage: "writing",
            done: steps,
            total: steps + 1,
        });
        let revision = store::load::apply_at(store, &self.batch, act, self.stored.revision).await?;
        options.tell(Progress {
            stage: "written",
            done: steps + 1,
            total: steps + 1,
        });
        for file in &self.report.files {
            tracing::debug!(file = file.name, rows = ?file.rows, tally = ?file.tally, "imported");
        }
        Ok(Written {
            revision,
            report: self.report,
        })
    }
}

/// What came of writing.
pub struct Written {
    /// The revision of the data since; the one compared with when nothing changed.
    pub revision: i64,
    pub report: Report,
}

/// Tables of what comes with the shipped data.
const FIXED: [&str; 5] = [
    unit::TABLE.name,
    territory::TABLE.name,
    coordinates::TABLE.name,
    activity::TABLE.name,
    indicator::TABLE.name,
];
