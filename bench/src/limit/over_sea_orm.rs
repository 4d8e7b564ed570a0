//! The same statements over SeaORM, on a pool like Bab's; the rows are written as JSON without being made into anything else.

use std::sync::Arc;

use anyhow::{Result, bail};
use chrono::{DateTime, NaiveDate, Utc};
use poem::{Endpoint, Request, endpoint::make};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value,
    sqlx::{
        Column, ColumnIndex, Database, Decode, Row, Type, TypeInfo, ValueRef, postgres::PgRow,
        sqlite::SqliteRow,
    },
};
use store::Store;

use super::{
    failed, json,
    recorded::{self, Recorded},
};

pub async fn endpoint(url: &str, recorded: Recorded) -> Result<impl Endpoint + use<>> {
    let store = Store::connect(url).await?;
    let recorded = Arc::new(recorded);
    Ok(make(move |mut request: Request| {
        let (connection, recorded) = (store.connection().clone(), recorded.clone());
        async move {
            let body = request.take_body().into_bytes().await.unwrap_or_default();
            let reply = reply(&connection, &recorded, &body).await;
            reply.map_or_else(|error| failed(&error), json)
        }
    }))
}

async fn reply(db: &DatabaseConnection, recorded: &Recorded, body: &[u8]) -> Result<Vec<u8>> {
    let mut text = Vec::with_capacity(4096);
    text.extend_from_slice(b"{\"data\":[");
    for (index, statement) in recorded.of(body)?.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        let values: Vec<Value> = statement.values.iter().map(value).collect();
        let backend = db.get_database_backend();
        let sql = Statement::from_sql_and_values(backend, &statement.sql, values);
        write_rows(&mut text, &db.query_all_raw(sql).await?)?;
    }
    text.extend_from_slice(b"]}");
    Ok(text)
}

fn value(value: &recorded::Value) -> Value {
    match value.clone() {
        recorded::Value::Bool(value) => value.into(),
        recorded::Value::Int(value) => value.into(),
        recorded::Value::BigInt(value) => value.into(),
        recorded::Value::BigUnsigned(value) => value.into(),
        recorded::Value::Double(value) => value.into(),
        recorded::Value::String(value) => value.into(),
    }
}

fn write_rows(text: &mut Vec<u8>, rows: &[QueryResult]) -> Result<()> {
    text.push(b'[');
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
            (Some(row), _) => write_row(text, row, postgres_kind)?,
            (_, Some(row)) => write_row(text, row, sqlite_kind)?,
            _ => bail!("neither PostgreSQL nor SQLite"),
        }
    }
    text.push(b']');
    Ok(())
}

enum Kind {
    Null,
    Boolean,
    Small,
    Integer,
    Number,
    Text,
    Date,
    Instant,
}

fn postgres_kind(row: &PgRow, index: usize) -> Result<Kind> {
    let value = row.try_get_raw(index)?;
    if value.is_null() {
        return Ok(Kind::Null);
    }
    Ok(match row.column(index).type_info().name() {
        "BOOL" => Kind::Boolean,
        "INT4" => Kind::Small,
        "INT8" => Kind::Integer,
        "FLOAT8" => Kind::Number,
        "TEXT" | "VARCHAR" | "JSON" => Kind::Text,
        "DATE" => Kind::Date,
        "TIMESTAMPTZ" => Kind::Instant,
        // Passing sums that Bab does not read either.
        _ => Kind::Null,
    })
}

fn sqlite_kind(row: &SqliteRow, index: usize) -> Result<Kind> {
    let value = row.try_get_raw(index)?;
    if value.is_null() {
        return Ok(Kind::Null);
    }
    Ok(match value.type_info().name() {
        "INTEGER" => Kind::Integer,
        "REAL" => Kind::Number,
        _ => Kind::Text,
    })
}

/// One object, its keys the names of the columns.
fn write_row<R>(text: &mut Vec<u8>, row: &R, kind: fn(&R, usize) -> Result<Kind>) -> Result<()>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'a> bool: Decode<'a, R::Database>,
    for<'a> i32: Decode<'a, R::Database>,
    for<'a> i64: Decode<'a, R::Database>,
    for<'a> f64: Decode<'a, R::Database>,
    for<'a> &'a str: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> NaiveDate: Decode<'a, R::Database>,
    for<'a> DateTime<Utc>: Decode<'a, R::Database>,
{
    text.push(b'{');
    for (index, column) in row.columns().iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        serde_json::to_writer(&mut *text, column.name())?;
        text.push(b':');
        match kind(row, index)? {
            Kind::Null => text.extend_from_slice(b"null"),
            Kind::Boolean => write::<R, bool>(text, row, index)?,
            Kind::Small => write::<R, i32>(text, row, index)?,
            Kind::Integer => write::<R, i64>(text, row, index)?,
            Kind::Number => write::<R, f64>(text, row, index)?,
            Kind::Text => write::<R, &str>(text, row, index)?,
            Kind::Date => write::<R, NaiveDate>(text, row, index)?,
            Kind::Instant => write::<R, DateTime<Utc>>(text, row, index)?,
        }
    }
    text.push(b'}');
    Ok(())
}

fn write<'r, R, T>(text: &mut Vec<u8>, row: &'r R, index: usize) -> Result<()>
where
    R: Row,
    usize: ColumnIndex<R>,
    T: Decode<'r, R::Database> + serde::Serialize,
    R::Database: Database,
{
    let value = row.try_get_unchecked::<T, _>(index)?;
    Ok(serde_json::to_writer(text, &value)?)
}
