//! The same statements prepared once by rusqlite and run in the handler: no pool, no other thread. Each thread of the runtime has its own
//! connection, and there are as many as cores.

use std::{cell::OnceCell, path::Path, sync::Arc};

use anyhow::Result;
use poem::{Endpoint, Request, endpoint::make};
use rusqlite::{
    CachedStatement, Connection, OpenFlags, params_from_iter,
    types::{Value, ValueRef},
};

use super::{
    failed, json,
    recorded::{self, Recorded},
};

thread_local! {
    static CONNECTION: OnceCell<Connection> = const { OnceCell::new() };
}

pub fn endpoint(url: &str, recorded: Recorded) -> Result<impl Endpoint + use<>> {
    let path = url.trim_start_matches("sqlite://");
    let path: Arc<Path> = Path::new(path.split('?').next().unwrap_or(path)).into();
    let recorded = Arc::new(recorded);
    open(&path)?;
    Ok(make(move |mut request: Request| {
        let (path, recorded) = (path.clone(), recorded.clone());
        async move {
            let body = request.take_body().into_bytes().await.unwrap_or_default();
            let reply = CONNECTION.with(|connection| {
                let connection = match connection.get() {
                    Some(connection) => connection,
                    None => {
                        let opened = open(&path)?;
                        connection.get_or_init(|| opened)
                    }
                };
                reply(connection, &recorded, &body)
            });
            reply.map_or_else(|error| failed(&error), json)
        }
    }))
}

/// Set up as Bab sets its connections up.
fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA cache_size = -16000; PRAGMA mmap_size = 268435456")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn reply(connection: &Connection, recorded: &Recorded, body: &[u8]) -> Result<Vec<u8>> {
    let mut text = Vec::with_capacity(4096);
    text.extend_from_slice(b"{\"data\":[");
    for (index, statement) in recorded.of(body)?.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        let mut prepared = connection.prepare_cached(&statement.sql)?;
        write_rows(&mut text, &mut prepared, &statement.values)?;
    }
    text.extend_from_slice(b"]}");
    Ok(text)
}

fn value(value: &recorded::Value) -> Value {
    match value.clone() {
        recorded::Value::Bool(value) => value.into(),
        recorded::Value::Int(value) => value.into(),
        recorded::Value::BigInt(value) => value.into(),
        recorded::Value::BigUnsigned(value) => value.map(|value| value as i64).into(),
        recorded::Value::Double(value) => value.into(),
        recorded::Value::String(value) => value.into(),
    }
}

fn write_rows(
    text: &mut Vec<u8>,
    statement: &mut CachedStatement<'_>,
    values: &[recorded::Value],
) -> Result<()> {
    let names: Vec<String> = statement
        .column_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut rows = statement.query(params_from_iter(values.iter().map(value)))?;
    text.push(b'[');
    let mut first = true;
    while let Some(row) = rows.next()? {
        if !first {
            text.push(b',');
        }
        first = false;
        text.push(b'{');
        for (index, name) in names.iter().enumerate() {
            if index > 0 {
                text.push(b',');
            }
            serde_json::to_writer(&mut *text, name)?;
            text.push(b':');
            match row.get_ref(index)? {
                ValueRef::Null => text.extend_from_slice(b"null"),
                ValueRef::Integer(number) => serde_json::to_writer(&mut *text, &number)?,
                ValueRef::Real(number) => serde_json::to_writer(&mut *text, &number)?,
                other => serde_json::to_writer(&mut *text, other.as_str()?)?,
            }
        }
        text.push(b'}');
    }
    text.push(b']');
    Ok(())
}
