//! What an operator wants to know of a database before relying on it. Nothing of it is changed.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DbErr, FromQueryResult, Statement, TransactionTrait,
};

use crate::{Error, Store};

/// References that lead nowhere, table by table.
const BROKEN: &str = "SELECT \"table\" AS fault, COUNT(*) AS number FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1";

/// References that PostgreSQL was told not to look at.
const UNPROVEN: &str = "SELECT conrelid::regclass::text AS fault, COUNT(*) AS number FROM pg_constraint \
    WHERE contype = 'f' AND NOT convalidated AND connamespace = current_schema()::regnamespace GROUP BY 1 ORDER BY 1";

/// What is derived from other rows and is not as many as they are: sites in their totals, places in their own tree.
const UNTRUE: &str = "SELECT fault, CAST(number AS bigint) AS number FROM ( \
    SELECT 'site_totals' AS fault, (SELECT COUNT(*) FROM sites) - (SELECT COALESCE(SUM(count), 0) FROM site_totals) AS number \
    UNION ALL SELECT 'territory_ancestors', \
    (SELECT COUNT(*) FROM territories) - (SELECT COUNT(*) FROM territory_ancestors WHERE distance = 0) \
    ) AS counted WHERE number <> 0";

/// The kind of database, as people call it.
pub fn engine(store: &Store) -> &'static str {
    match store.is_postgres() {
        true => "PostgreSQL",
        false => "SQLite",
    }
}

/// The file of a database of SQLite.
pub async fn file(store: &Store) -> Result<Option<PathBuf>, Error> {
    if store.is_postgres() {
        return Ok(None);
    }
    let sql = "SELECT file AS name FROM pragma_database_list WHERE name = 'main'";
    let found = store.single::<Name>(sql).await?;
    Ok(found.map(|found| found.name.into()))
}

/// Begins a write and undoes it.
pub async fn try_to_write(store: &Store) -> Result<(), Error> {
    let transaction = store.writer.begin().await?;
    let sql = "UPDATE data_revisions SET id = id WHERE id < 0";
    transaction.execute_unprepared(sql).await?;
    Ok(transaction.rollback().await?)
}

/// What the database takes for now; SQLite has no clock but that of the machine.
pub async fn clock(store: &Store) -> Result<DateTime<Utc>, Error> {
    if !store.is_postgres() {
        return Ok(Utc::now());
    }
    let now = store.single::<Now>("SELECT clock_timestamp() AS now");
    let now = now.await?.ok_or(DbErr::RecordNotFound("now".to_owned()))?;
    Ok(now.now)
}

/// What does not hold and can be found out quickly: a table, and how much is wrong in it.
pub async fn faults(store: &Store) -> Result<Vec<(String, i64)>, Error> {
    let references = match store.is_postgres() {
        true => UNPROVEN,
        false => BROKEN,
    };
    let mut faults = Vec::new();
    for sql in [references, UNTRUE] {
        let backend: DatabaseBackend = store.db.get_database_backend();
        let found = Fault::find_by_statement(Statement::from_string(backend, sql))
            .all(&store.db)
            .await?;
        faults.extend(found.into_iter().map(|fault| (fault.fault, fault.number)));
    }
    Ok(faults)
}

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

#[derive(FromQueryResult)]
struct Now {
    now: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Fault {
    fault: String,
    number: i64,
}
