//! What a statement gave, read by the position or the name of a column, whichever driver read it.

use std::{ops::Range, sync::Arc};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sea_orm::{DbErr, QueryResult, TryGetable};

/// The rows of a result.
#[derive(Debug)]
pub(crate) enum ResultSet {
    /// Over a connection of SeaORM.
    Connection(Vec<QueryResult>),
    /// By [`crate::embedded`].
    Embedded(Cells),
}

/// Rows of SQLite: their values one after the other, all text in one piece.
#[derive(Debug)]
pub(crate) struct Cells {
    names: Arc<[Box<str>]>,
    values: Vec<Cell>,
    text: String,
}

/// One value.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    /// Where it stands in the text of all.
    Text(Range<usize>),
}

/// One row.
#[derive(Clone, Copy)]
pub enum Record<'a> {
    #[doc(hidden)]
    Connection(&'a QueryResult),
    #[doc(hidden)]
    Embedded(Embedded<'a>),
}

/// A row of [`Cells`].
#[derive(Clone, Copy)]
pub struct Embedded<'a> {
    values: &'a [Cell],
    of: &'a Cells,
}

impl Cells {
    pub fn new(names: Arc<[Box<str>]>) -> Self {
        Self {
            names,
            values: Vec::new(),
            text: String::new(),
        }
    }

    pub fn push(&mut self, cell: Cell) {
        self.values.push(cell);
    }

    pub fn push_text(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.values.push(Cell::Text(start..self.text.len()));
    }
}

impl ResultSet {
    pub fn iter(&self) -> impl Iterator<Item = Record<'_>> {
        let (connection, embedded) = match self {
            Self::Connection(rows) => (Some(rows), None),
            Self::Embedded(cells) => (None, Some(cells)),
        };
        let connection = connection.into_iter().flatten().map(Record::Connection);
        let embedded = embedded.into_iter().flat_map(|of| {
            let width = of.names.len().max(1);
            let row = move |values| Record::Embedded(Embedded { values, of });
            of.values.chunks_exact(width).map(row)
        });
        connection.chain(embedded)
    }

    pub fn first(&self) -> Option<Record<'_>> {
        self.iter().next()
    }
}

impl Record<'_> {
    /// The value at a position, counted from 0.
    pub fn get<T: Stored>(&self, position: usize) -> Result<T, DbErr> {
        match self {
            Self::Connection(row) => row.try_get_by_index(position),
            Self::Embedded(row) => row.get(position),
        }
    }

    /// The value of the column with a name.
    pub fn named<T: Stored>(&self, name: &str) -> Result<T, DbErr> {
        match self {
            Self::Connection(row) => row.try_get("", name),
            Self::Embedded(row) => {
                let names = &row.of.names;
                let position = names.iter().position(|known| **known == *name);
                row.get(position.ok_or_else(|| DbErr::Type(format!("no column {name}")))?)
            }
        }
    }
}

impl Embedded<'_> {
    fn get<T: Stored>(&self, position: usize) -> Result<T, DbErr> {
        let cell = self.values.get(position);
        let value = cell.map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Integer(number) => Value::Integer(*number),
            Cell::Real(number) => Value::Real(*number),
            Cell::Text(range) => Value::Text(&self.of.text[range.clone()]),
        });
        value.and_then(T::stored).ok_or_else(|| {
            let name = self.of.names.get(position).map_or("", |name| &**name);
            DbErr::Type(format!("column {position} ({name}) holds {value:?}"))
        })
    }
}

/// A value as SQLite has it.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a str),
}

/// What a column may be read as.
pub trait Stored: TryGetable + Sized {
    /// The value, unless it is of another kind.
    fn stored(value: Value<'_>) -> Option<Self>;
}

impl<T: Stored> Stored for Option<T>
where
    Self: TryGetable,
{
    fn stored(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::stored(value).map(Some),
        }
    }
}

impl Stored for i64 {
    fn stored(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl Stored for i32 {
    fn stored(value: Value<'_>) -> Option<Self> {
        i64::stored(value)?.try_into().ok()
    }
}

impl Stored for bool {
    fn stored(value: Value<'_>) -> Option<Self> {
        Some(i64::stored(value)? != 0)
    }
}

impl Stored for f64 {
    fn stored(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Real(number) => Some(number),
            // SQLite keeps whole numbers as such where it can.
            Value::Integer(number) => Some(number as f64),
            _ => None,
        }
    }
}

impl Stored for String {
    fn stored(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl Stored for NaiveDate {
    fn stored(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl Stored for DateTime<Utc> {
    /// As sqlx writes it (RFC 3339), or as SQLite's own functions do.
    fn stored(value: Value<'_>) -> Option<Self> {
        let Value::Text(text) = value else {
            return None;
        };
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Some(instant.to_utc());
        }
        let naive = NaiveDateTime::parse_from_str(text, "%F %T%.f").ok();
        naive.map(|instant| instant.and_utc())
    }
}
