//! A whole database copied into another one, on either engine, with nothing lost: every table that the schema has, read at one instant and
//! written in one transaction, which is only kept when what is read back is what was read.

mod layout;
mod rows;
mod target;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::Path};

use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel, TransactionTrait};

use crate::{Error, Store, file_url};
use layout::{Layout, Table};
use rows::Digest;

/// What a table holds, the same on both engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub rows: u64,
    /// The last id that was ever given: ids are never given twice, not even those of rows that are gone.
    pub last_id: i64,
    /// The SHA-256 of all rows, in the order of their ids.
    pub checksum: String,
}

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(
        "there are rows in it already ({0}): name a new file, or a database that was just created"
    )]
    NotEmpty(String),
    #[error("it is no database of Bab: {0}")]
    Foreign(String),
    #[error("it is damaged: {0}")]
    Damaged(String),
    #[error(
        "the tables to be copied are older than those of this program (without {0}): bring them up to date with `bab migrate` first"
    )]
    Older(String),
    #[error(
        "the tables to be copied are newer than those of this program (with {0}): use the bab that wrote them"
    )]
    Newer(String),
    #[error("the two databases differ in {0}, although both have every migration")]
    Layout(String),
    #[error(
        "{table} was read back otherwise than it was read (written {written:?}, found {found:?}); nothing was kept of the copy"
    )]
    Mismatch {
        table: String,
        written: Content,
        found: Content,
    },
}

/// Refuses a database that has rows; one without tables is as good as one with empty tables.
pub async fn refuse_unless_empty(store: &Store) -> Result<(), Error> {
    let looking = store.writer.begin().await?;
    let tables = layout::names(&looking).await?;
    let outcome = target::refuse_rows(&looking, tables.iter().map(String::as_str)).await;
    // Left to itself it would go on holding what it looked at for a while.
    looking.rollback().await?;
    outcome
}

/// Opens a file that a backup was written into, to copy from it.
pub async fn open_backup(path: &Path) -> Result<Store, Error> {
    let opened = Store::connect_existing(&file_url(path)).await;
    let store = opened.map_err(|error| match error {
        Error::Url { reason, .. } => Refusal::Damaged(reason).into(),
        error => error,
    })?;
    refuse_unless_whole(&store).await?;
    Ok(store)
}

/// Refuses a database that cannot be copied from: no tables of ours in it, or a file that is not whole.
pub async fn refuse_unless_whole(store: &Store) -> Result<(), Error> {
    let looking = store.writer.begin().await?;
    let outcome = look(&looking).await;
    looking.rollback().await?;
    outcome
}

async fn look(looking: &DatabaseTransaction) -> Result<(), Error> {
    let damaged = |error: Error| Refusal::Damaged(error.to_string());
    let tables = layout::names(looking).await.map_err(damaged)?;
    let versions = match tables.is_empty() {
        true => Vec::new(),
        false => layout::versions(looking).await.unwrap_or_default(),
    };
    if versions.is_empty() {
        return Err(Refusal::Foreign("no migration was applied to it".to_owned()).into());
    }
    if let Some(fault) = target::faults(looking).await.map_err(damaged)? {
        return Err(Refusal::Damaged(fault).into());
    }
    Ok(())
}

/// Copies everything but the migrations, which both have. `to` is migrated and empty. Tells `progress` of each table it comes to, and how
/// many are behind it. Gives what every table holds.
pub async fn copy(
    from: &Store,
    to: &Store,
    progress: &(dyn Fn(&str, u64, u64) + Send + Sync),
) -> Result<BTreeMap<String, Content>, Error> {
    let reading = snapshot(from).await?;
    let writing = to.writer.begin().await?;
    target::hold(&writing).await?;
    same_versions(&reading, &writing).await?;
    let source = Layout::read(&reading).await?;
    let target = Layout::read(&writing).await?;
    let precise = !from.is_postgres() && !to.is_postgres();
    if let Some(difference) = source.difference(&target) {
        return Err(Refusal::Layout(difference).into());
    }
    target::refuse_rows(&writing, source.tables.iter().map(|table| &*table.name)).await?;
    let references = target::release_references(&writing).await?;
    let mut contents = BTreeMap::new();
    let number = source.tables.len() as u64;
    for (done, table) in (0..).zip(&source.tables) {
        progress(&table.name, done, number);
        let written = content(&reading, table, precise, Some(&writing)).await?;
        target::set_last_id(&writing, table, written.last_id).await?;
        let found = content(&writing, table, precise, None).await?;
        if written != found {
            let table = table.name.clone();
            return Err(Refusal::Mismatch {
                table,
                written,
                found,
            }
            .into());
        }
        contents.insert(table.name.clone(), written);
    }
    target::restore_references(&writing, &references).await?;
    writing.execute_unprepared("ANALYZE").await?;
    writing.commit().await?;
    reading.rollback().await?;
    Ok(contents)
}

/// Makes a database of SQLite one file that needs no other beside it, and lets go of it.
pub async fn seal(store: Store) -> Result<(), Error> {
    store.db.close().await?;
    store
        .writer
        .execute_unprepared("PRAGMA journal_mode = DELETE")
        .await?;
    store.close().await
}

/// A transaction that sees the database as it is now, whoever writes meanwhile, for as long as it takes.
async fn snapshot(store: &Store) -> Result<DatabaseTransaction, Error> {
    if !store.is_postgres() {
        return Ok(store.writer.begin().await?);
    }
    let level = Some(IsolationLevel::RepeatableRead);
    let mode = Some(AccessMode::ReadOnly);
    let snapshot = store.writer.begin_with_config(level, mode).await?;
    snapshot
        .execute_unprepared("SET LOCAL statement_timeout = 0")
        .await?;
    Ok(snapshot)
}

async fn same_versions(
    reading: &DatabaseTransaction,
    writing: &DatabaseTransaction,
) -> Result<(), Error> {
    let source = layout::versions(reading).await?;
    let target = layout::versions(writing).await?;
    let missing_from = |in_one: &[String], other: &[String]| {
        let missing = in_one.iter().find(|version| !other.contains(version));
        missing.cloned()
    };
    if let Some(version) = missing_from(&source, &target) {
        return Err(Refusal::Newer(version).into());
    }
    if let Some(version) = missing_from(&target, &source) {
        return Err(Refusal::Older(version).into());
    }
    Ok(())
}

/// What a table holds, each row written into another database as it is read.
async fn content(
    reading: &DatabaseTransaction,
    table: &Table,
    precise: bool,
    into: Option<&DatabaseTransaction>,
) -> Result<Content, Error> {
    let mut digest = Digest::default();
    loop {
        let batch = rows::read(reading, table, digest.last_id(), precise).await?;
        if batch.is_empty() {
            break;
        }
        digest.add(table, &batch);
        if let Some(writing) = into {
            rows::write(writing, table, batch).await?;
        }
    }
    Ok(digest.content(target::last_id(reading, table).await?))
}
