//! The synthetic world: every table as rows that are computed when they are asked for.

mod actors;
mod figures;
mod places;
mod vocabulary;

use std::borrow::Cow;

use crate::scale::{Counts, Scale};

/// A value of a column.
pub enum Cell {
    Null,
    Integer(i64),
    Number(f64),
    /// Dates and instants too, as ISO 8601.
    Text(Cow<'static, str>),
}

/// A table to be filled. Its first column is `id`.
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub rows: Box<dyn Iterator<Item = Vec<Cell>>>,
}

impl From<u64> for Cell {
    fn from(value: u64) -> Self {
        Self::Integer(value as i64)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&'static str> for Cell {
    fn from(value: &'static str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row, of anything that can be a cell.
macro_rules! row {
    ($($cell:expr),+ $(,)?) => { vec![$($crate::world::Cell::from($cell)),+] };
}
pub(crate) use row;

/// The instant at which everything was recorded.
const RECORDED_AT: &str = "2026-01-01T00:00:00+00:00";

/// What the revision of the data says, by which a filled database is known.
pub fn reason(scale: Scale) -> String {
    format!("synthetic scale {}, generation 2", scale.name())
}

/// Every table, referred to before referring. What can be computed from them in SQL is in `derived.sql`.
pub fn tables(scale: Scale) -> Vec<Table> {
    let counts: Counts = scale.counts();
    let revision = move |_| row![1_u64, RECORDED_AT, reason(scale)];
    vec![
        Table {
            name: "data_revisions",
            columns: &["id", "recorded_at", "reason"],
            rows: Box::new((0..1).map(revision)),
        },
        vocabulary::sources(counts),
        vocabulary::units(),
        places::territories(),
        vocabulary::activities(),
        vocabulary::indicators(counts),
        actors::organisations(counts),
        actors::sites(counts),
        figures::observations(counts),
        vocabulary::names(counts),
    ]
}
