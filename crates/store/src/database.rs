//! Whole PostgreSQL databases: made from a template and dropped again, as tests and trials need.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, Statement, TransactionTrait,
};

use crate::{Error, Store};

/// Makes a database, empty or with all that a template holds. Nobody may be connected to the template.
pub async fn create(server: &Store, name: &str, template: Option<&str>) -> Result<(), Error> {
    let name = quoted(name)?;
    let from = match template {
        Some(template) => format!(" TEMPLATE {}", quoted(template)?),
        None => String::new(),
    };
    let sql = format!("CREATE DATABASE {name}{from}");
    server.writer.execute_unprepared(&sql).await?;
    Ok(())
}

/// Drops a database and ends the connections to it; one that is not there is fine.
pub async fn discard(server: &Store, name: &str) -> Result<(), Error> {
    let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(name)?);
    server.writer.execute_unprepared(&sql).await?;
    Ok(())
}

/// Cuts the connections of this database that listen for notifications, as a network may.
pub async fn cut_listeners(store: &Store) -> Result<(), Error> {
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND query LIKE 'LISTEN %'";
    store.writer.execute_unprepared(sql).await?;
    Ok(())
}

/// Sends a statement as it is, as somebody with a shell of the database may.
pub async fn execute(store: &Store, sql: &str) -> Result<(), Error> {
    store.writer.execute_unprepared(sql).await?;
    Ok(())
}

/// What keeps others waiting, until it is dropped.
pub struct Held(#[expect(dead_code, reason = "it ends when it is dropped")] DatabaseTransaction);

/// Keeps every writer waiting, as a long import does.
pub async fn hold_writers(store: &Store) -> Result<Held, Error> {
    let transaction = store.writer.begin().await?;
    let sql = match store.is_postgres() {
        true => "LOCK TABLE data_revisions IN EXCLUSIVE MODE",
        false => "UPDATE data_revisions SET id = id WHERE id < 0",
    };
    transaction.execute_unprepared(sql).await?;
    Ok(Held(transaction))
}

/// Keeps whoever reads observations in PostgreSQL waiting, as a migration may.
pub async fn hold_readers(store: &Store) -> Result<Held, Error> {
    let transaction = store.writer.begin().await?;
    let sql = "LOCK TABLE observations IN ACCESS EXCLUSIVE MODE";
    transaction.execute_unprepared(sql).await?;
    Ok(Held(transaction))
}

/// Names of the databases that begin like this.
pub async fn beginning_with(server: &Store, start: &str) -> Result<Vec<String>, Error> {
    let statement = Statement::from_sql_and_values(
        server.writer.get_database_backend(),
        "SELECT datname::text AS name FROM pg_database WHERE starts_with(datname::text, $1) ORDER BY 1",
        [start.into()],
    );
    let rows = Name::find_by_statement(statement)
        .all(&server.writer)
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// A name as SQL takes it; only small letters, digits and `_`.
fn quoted(name: &str) -> Result<String, DbErr> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || name.len() > 63 || !name.bytes().all(fits) {
        return Err(DbErr::Custom(format!(
            "{name:?} is not a name of a database (a-z, 0-9, _; at most 63)"
        )));
    }
    Ok(format!("\"{name}\""))
}
