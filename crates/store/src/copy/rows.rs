//! Rows of any table, read and written some at a time, and what they come to.

use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, QueryResult, Value,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SimpleExpr},
};
use sha2::{Digest as _, Sha256};

use super::{
    Content,
    layout::{Column, Kind, Table},
};
use crate::Error;

/// Rows held at once: with the longest texts there are, some 60 MB.
const ROWS: u64 = 250;

/// The values of a row, in the order of the columns of its table.
pub type Row = Vec<Value>;

/// Some rows after an id, in the order of their ids. SQLite keeps instants to the nanosecond, PostgreSQL to the microsecond: only where both
/// sides can is it `precise`.
pub async fn read(
    database: &DatabaseTransaction,
    table: &Table,
    after: Option<i64>,
    precise: bool,
) -> Result<Vec<Row>, Error> {
    let postgres = database.get_database_backend() == DatabaseBackend::Postgres;
    let column = |column: &Column| -> SimpleExpr {
        let read = Expr::col(Alias::new(&column.name));
        match column.kind {
            Kind::Integer if postgres => read.cast_as("bigint"),
            _ => read,
        }
    };
    let mut select = Query::select();
    select
        .exprs(table.columns.iter().map(column))
        .from(Alias::new(&table.name))
        .order_by(Alias::new("id"), Order::Asc)
        .limit(ROWS);
    if let Some(after) = after {
        select.and_where(Expr::col(Alias::new("id")).gt(after));
    }
    let found = database.query_all(&select).await?;
    let row = |row: &QueryResult| -> Result<Row, DbErr> {
        let columns = table.columns.iter().enumerate();
        columns
            .map(|(position, column)| value(row, position, column.kind, precise))
            .collect()
    };
    Ok(found.iter().map(row).collect::<Result<_, _>>()?)
}

/// Adds rows.
pub async fn write(
    database: &DatabaseTransaction,
    table: &Table,
    rows: Vec<Row>,
) -> Result<(), Error> {
    let mut insert = Query::insert();
    insert
        .into_table(Alias::new(&table.name))
        .columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        insert.values_panic(row.into_iter().map(SimpleExpr::from));
    }
    database.execute(&insert).await?;
    Ok(())
}

fn value(row: &QueryResult, position: usize, kind: Kind, precise: bool) -> Result<Value, DbErr> {
    let instant = |at: DateTime<Utc>| match precise {
        true => at,
        false => at.trunc_subsecs(6),
    };
    // SQLite has one zero.
    let number = |number: f64| if number == 0.0 { 0.0 } else { number };
    Ok(match kind {
        Kind::Text => row.try_get_by_index::<Option<String>>(position)?.into(),
        Kind::Integer => row.try_get_by_index::<Option<i64>>(position)?.into(),
        Kind::Number => {
            let read = row.try_get_by_index::<Option<f64>>(position)?;
            read.map(number).into()
        }
        Kind::Boolean => row.try_get_by_index::<Option<bool>>(position)?.into(),
        Kind::Date => row.try_get_by_index::<Option<NaiveDate>>(position)?.into(),
        Kind::Instant => {
            let read = row.try_get_by_index::<Option<DateTime<Utc>>>(position)?;
            read.map(instant).into()
        }
    })
}

/// What the rows seen so far come to.
#[derive(Default)]
pub struct Digest {
    hash: Sha256,
    rows: u64,
    last_id: Option<i64>,
    line: String,
}

impl Digest {
    /// The id of the last row.
    pub fn last_id(&self) -> Option<i64> {
        self.last_id
    }

    /// Adds rows in the order of their ids. Columns count in the order of their names, which no engine changes.
    pub fn add(&mut self, table: &Table, rows: &[Row]) {
        let mut order: Vec<usize> = (0..table.columns.len()).collect();
        order.sort_by_key(|position| &table.columns[*position].name);
        for row in rows {
            self.line.clear();
            for position in &order {
                state(&mut self.line, &row[*position]);
            }
            self.line.push('\n');
            self.hash.update(self.line.as_bytes());
            self.rows += 1;
            if let Value::BigInt(id) = row[table.id] {
                self.last_id = id;
            }
        }
    }

    /// What a table holds; `given` is the last id that its engine remembers to have given.
    pub fn content(self, given: i64) -> Content {
        let bytes = self.hash.finalize();
        Content {
            rows: self.rows,
            last_id: Ord::max(given, self.last_id.unwrap_or_default()),
            checksum: bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// Writes a value so that no two values look alike: texts with their length before them.
fn state(line: &mut String, value: &Value) {
    let text = match value {
        Value::String(Some(text)) => format!("{}:{text}", text.len()),
        Value::BigInt(Some(number)) => number.to_string(),
        Value::Double(Some(number)) => number.to_string(),
        Value::Bool(Some(value)) => value.to_string(),
        Value::ChronoDate(Some(date)) => date.to_string(),
        Value::ChronoDateTimeUtc(Some(at)) => at.to_rfc3339_opts(SecondsFormat::Nanos, true),
        _ => "null".to_owned(),
    };
    line.push_str(&text);
    line.push(',');
}
