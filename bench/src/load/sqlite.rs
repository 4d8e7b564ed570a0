//! Filling SQLite: prepared inserts, one transaction, indexes made once the rows are there.

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};

use super::DERIVED;
use crate::world::{Cell, Table};

pub fn load(path: &str, tables: Vec<Table>) -> Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .with_context(|| format!("{path} cannot be opened: is it migrated?"))?;
    // Whoever fails in the middle deletes the file and starts again.
    for pragma in [
        "journal_mode = OFF",
        "synchronous = OFF",
        "foreign_keys = OFF",
        "cache_size = -262144",
    ] {
        connection.execute_batch(&format!("PRAGMA {pragma}"))?;
    }
    connection.execute_batch("BEGIN")?;
    let indexes = indexes(&connection)?;
    for (name, _) in &indexes {
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    for table in tables {
        fill(&connection, table)?;
    }
    for (_, definition) in &indexes {
        connection.execute_batch(definition)?;
    }
    connection.execute_batch(DERIVED)?;
    connection.execute_batch("COMMIT; ANALYZE; PRAGMA journal_mode = WAL")?;
    Ok(())
}

fn indexes(connection: &Connection) -> Result<Vec<(String, String)>> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn fill(connection: &Connection, table: Table) -> Result<()> {
    let marks = vec!["?"; table.columns.len()].join(", ");
    let columns = table.columns.join(", ");
    let sql = format!("INSERT INTO {} ({columns}) VALUES ({marks})", table.name);
    let mut insert = connection.prepare(&sql)?;
    for row in table.rows {
        let values = row.into_iter().map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Integer(number) => Value::Integer(number),
            Cell::Number(number) => Value::Real(number),
            Cell::Text(text) => Value::Text(text.into_owned()),
        });
        insert
            .execute(params_from_iter(values))
            .with_context(|| format!("a row of {}", table.name))?;
    }
    Ok(())
}
