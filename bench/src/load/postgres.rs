//! Filling PostgreSQL: COPY in one transaction, indexes and foreign keys made (and so checked) once the rows are there.

use std::fmt::Write;

use anyhow::{Context, Result};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection, Executor, postgres::PgConnection};

use super::DERIVED;
use crate::world::{Cell, Table};

/// How much is sent at once.
const CHUNK: usize = 1 << 20;

/// What stands in the way of loading: how each is taken away, and how it is made again; foreign keys after the indexes.
const ASIDE: &str = "
    SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
    UNION ALL
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace";

pub async fn load(url: &str, tables: Vec<Table>) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    let mut transaction = connection.begin().await?;
    transaction
        .execute("SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL synchronous_commit = off")
        .await?;
    let aside: Vec<(String, String)> = sqlx::query_as(ASIDE).fetch_all(&mut *transaction).await?;
    // A foreign key may need an index that is to go: they go first, and come back last.
    for (take_away, _) in aside.iter().rev() {
        run(&mut transaction, take_away).await?;
    }
    for table in tables {
        let name = table.name;
        copy(&mut transaction, table)
            .await
            .with_context(|| format!("rows of {name}"))?;
        let next = format!(
            "SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
        );
        run(&mut transaction, &next).await?;
    }
    for (_, make_again) in &aside {
        run(&mut transaction, make_again).await?;
    }
    run(&mut transaction, DERIVED).await?;
    transaction.commit().await?;
    run(&mut connection, "VACUUM (ANALYZE)").await
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .with_context(|| sql.to_owned())?;
    Ok(())
}

async fn copy(connection: &mut PgConnection, table: Table) -> Result<()> {
    let columns = table.columns.join(", ");
    let sql = format!("COPY {} ({columns}) FROM STDIN", table.name);
    let mut copy = connection.copy_in_raw(&sql).await?;
    let mut chunk = String::with_capacity(CHUNK + 4096);
    for row in table.rows {
        write_row(&mut chunk, &row)?;
        if chunk.len() >= CHUNK {
            copy.send(chunk.as_bytes()).await?;
            chunk.clear();
        }
    }
    copy.send(chunk.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

/// A row in COPY's text format.
fn write_row(text: &mut String, row: &[Cell]) -> std::fmt::Result {
    for (index, cell) in row.iter().enumerate() {
        if index > 0 {
            text.push('\t');
        }
        match cell {
            Cell::Null => text.push_str("\\N"),
            Cell::Integer(number) => write!(text, "{number}")?,
            Cell::Number(number) => write!(text, "{number}")?,
            Cell::Text(plain) => {
                for character in plain.chars() {
                    match character {
                        '\\' => text.push_str("\\\\"),
                        '\t' => text.push_str("\\t"),
                        '\n' => text.push_str("\\n"),
                        '\r' => text.push_str("\\r"),
                        other => text.push(other),
                    }
                }
            }
        }
    }
    text.push('\n');
    Ok(())
}
