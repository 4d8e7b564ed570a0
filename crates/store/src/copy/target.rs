//! What the engines do each in its own way while a database is filled: locks, references, and the ids they give next.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, FromQueryResult, Statement};

use super::{Refusal, layout, layout::Table};
use crate::Error;

/// Takes the database for this transaction alone.
pub async fn hold(writing: &DatabaseTransaction) -> Result<(), Error> {
    if !is_postgres(writing) {
        // The first statement writes, so that the lock is taken now; references are looked at when all is there.
        let hold = "DELETE FROM seaql_migrations WHERE FALSE; PRAGMA defer_foreign_keys = ON";
        writing.execute_unprepared(hold).await?;
        return Ok(());
    }
    let tables = layout::names(writing).await?;
    let tables: Vec<String> = tables.iter().map(|table| quoted(table)).collect();
    if !tables.is_empty() {
        let lock = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", tables.join(", "));
        writing.execute_unprepared(&lock).await?;
    }
    let patience = "SET LOCAL statement_timeout = 0";
    writing.execute_unprepared(patience).await?;
    Ok(())
}

/// Refuses if one of the tables has a row.
pub async fn refuse_rows(
    database: &DatabaseTransaction,
    tables: impl Iterator<Item = &str>,
) -> Result<(), Error> {
    for table in tables {
        let sql = format!("SELECT CAST(1 AS bigint) FROM {} LIMIT 1", quoted(table));
        if one(database, sql).await?.is_some() {
            return Err(Refusal::NotEmpty(table.to_owned()).into());
        }
    }
    Ok(())
}

/// A reference of PostgreSQL as it is made again.
#[derive(FromQueryResult)]
pub struct Reference {
    table: String,
    name: String,
    definition: String,
}

/// Takes away the references between tables until all rows are there, whatever refers to what. SQLite waits of itself.
pub async fn release_references(writing: &DatabaseTransaction) -> Result<Vec<Reference>, Error> {
    if !is_postgres(writing) {
        return Ok(Vec::new());
    }
    let sql = "SELECT conrelid::regclass::text AS \"table\", quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition \
               FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2";
    let statement = Statement::from_string(DatabaseBackend::Postgres, sql);
    let references = Reference::find_by_statement(statement).all(writing).await?;
    for Reference { table, name, .. } in &references {
        let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
        writing.execute_unprepared(&drop).await?;
    }
    Ok(references)
}

/// Makes them again, which looks at every row.
pub async fn restore_references(
    writing: &DatabaseTransaction,
    references: &[Reference],
) -> Result<(), Error> {
    for reference in references {
        let Reference {
            table,
            name,
            definition,
        } = reference;
        let add = format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}");
        writing.execute_unprepared(&add).await?;
    }
    Ok(())
}

/// The last id that was given in a table, as far as its engine remembers; 0 when none was.
pub async fn last_id(reading: &DatabaseTransaction, table: &Table) -> Result<i64, Error> {
    let sql = match sequence(reading, table).await? {
        Some(sequence) => format!(
            "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}"
        ),
        None if is_postgres(reading) => return Ok(0),
        None => format!(
            "SELECT seq FROM sqlite_sequence WHERE name = {}",
            literal(&table.name)
        ),
    };
    Ok(one(reading, sql).await?.unwrap_or_default())
}

/// Makes the next id follow this one, as a part of the transaction.
pub async fn set_last_id(
    writing: &DatabaseTransaction,
    table: &Table,
    last: i64,
) -> Result<(), Error> {
    if last == 0 {
        return Ok(());
    }
    let sql = match sequence(writing, table).await? {
        Some(sequence) => format!("ALTER SEQUENCE {sequence} RESTART WITH {}", last + 1),
        None if is_postgres(writing) => return Ok(()),
        None => {
            let name = literal(&table.name);
            format!(
                "DELETE FROM sqlite_sequence WHERE name = {name}; INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {last})"
            )
        }
    };
    writing.execute_unprepared(&sql).await?;
    Ok(())
}

/// The first thing that SQLite finds wrong with a file, if any; PostgreSQL looks after its files itself.
pub async fn faults(reading: &DatabaseTransaction) -> Result<Option<String>, Error> {
    if is_postgres(reading) {
        return Ok(None);
    }
    let statement = Statement::from_string(
        DatabaseBackend::Sqlite,
        "PRAGMA integrity_check(1)".to_owned(),
    );
    let row = reading.query_one_raw(statement).await?;
    let said: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(said.filter(|said| said != "ok"))
}

/// The sequence that PostgreSQL takes the ids of a table from.
async fn sequence(database: &DatabaseTransaction, table: &Table) -> Result<Option<String>, Error> {
    if !is_postgres(database) {
        return Ok(None);
    }
    let table = literal(&quoted(&table.name));
    let sql = format!("SELECT pg_get_serial_sequence({table}, 'id')");
    let statement = Statement::from_string(DatabaseBackend::Postgres, sql);
    let row = database.query_one_raw(statement).await?;
    let name: Option<Option<String>> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(name.flatten())
}

/// The large number that a statement gives, if it gives a row.
async fn one(database: &DatabaseTransaction, sql: String) -> Result<Option<i64>, Error> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

fn is_postgres(database: &DatabaseTransaction) -> bool {
    database.get_database_backend() == DatabaseBackend::Postgres
}

/// A name as SQL takes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL takes it.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
