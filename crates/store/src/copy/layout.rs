//! Which tables and columns a database has, as it tells itself.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, FromQueryResult, Statement};

use super::Refusal;
use crate::Error;

/// The migrations that were applied; what is copied is what they made.
const MIGRATIONS: &str = "seaql_migrations";

const SQLITE: &str = "SELECT tables.name AS \"table\", columns.name AS \"column\", columns.type AS declared \
    FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns \
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY tables.name, columns.cid";

const POSTGRES: &str = "SELECT columns.table_name::text AS \"table\", columns.column_name::text AS \"column\", columns.data_type::text AS declared \
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
    WHERE table_schema = current_schema() AND tables.table_type = 'BASE TABLE' ORDER BY 1, columns.ordinal_position";

/// What a column holds, whatever an engine calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    Instant,
}

impl Kind {
    /// A kind that is not known here is not copied by guess.
    fn of(declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "text" => Self::Text,
            "integer" | "bigint" => Self::Integer,
            "double" | "double precision" => Self::Number,
            "boolean" => Self::Boolean,
            "date_text" | "date" => Self::Date,
            "timestamp_with_timezone_text" | "timestamp with time zone" => Self::Instant,
            _ => return None,
        })
    }
}

#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table whose rows are told apart by `id`.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// Where `id` stands among the columns.
    pub id: usize,
}

#[derive(Debug)]
pub struct Layout {
    pub tables: Vec<Table>,
}

impl Layout {
    pub async fn read(database: &DatabaseTransaction) -> Result<Self, Error> {
        let found = found(database).await?;
        let mut tables = Vec::new();
        for columns in found.chunk_by(|one, next| one.table == next.table) {
            tables.push(Table::of(columns)?);
        }
        Ok(Self { tables })
    }

    /// What one has and the other has not, or has otherwise. Columns may stand in another order.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let listed = |layout: &Self| -> Vec<String> {
            let mut columns: Vec<String> = layout
                .tables
                .iter()
                .flat_map(|table| {
                    let column = |column: &Column| {
                        format!("{}.{} ({:?})", table.name, column.name, column.kind)
                    };
                    table.columns.iter().map(column)
                })
                .collect();
            columns.sort();
            columns
        };
        let (one, other) = (listed(self), listed(other));
        let beyond = |these: &[String], those: &[String]| {
            let first = these.iter().find(|column| !those.contains(column));
            first.cloned()
        };
        beyond(&one, &other).or_else(|| beyond(&other, &one))
    }
}

impl Table {
    /// From its columns, of which there is one at least.
    fn of(found: &[Found]) -> Result<Self, Error> {
        let name = found[0].table.clone();
        let unknown = |column: &Found| {
            let Found {
                table,
                column,
                declared,
            } = column;
            Refusal::Layout(format!(
                "{table}.{column}, of the kind {declared}, which is not known here"
            ))
        };
        let mut columns = Vec::new();
        for column in found {
            let kind = Kind::of(&column.declared).ok_or_else(|| unknown(column))?;
            columns.push(Column {
                name: column.column.clone(),
                kind,
            });
        }
        let is_id = |column: &Column| column.name == "id" && column.kind == Kind::Integer;
        let id = columns.iter().position(is_id).ok_or_else(|| {
            Refusal::Layout(format!("{name}, whose rows have no id to be told apart by"))
        })?;
        Ok(Self { name, columns, id })
    }
}

/// The names of the tables that are copied, whatever is in them.
pub async fn names(database: &DatabaseTransaction) -> Result<Vec<String>, Error> {
    let found = found(database).await?;
    let mut names: Vec<String> = found.into_iter().map(|column| column.table).collect();
    names.dedup();
    Ok(names)
}

/// The migrations that were applied.
pub async fn versions(database: &DatabaseTransaction) -> Result<Vec<String>, Error> {
    let sql = format!("SELECT version FROM {MIGRATIONS} ORDER BY version");
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await?;
    let versions = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(versions.collect::<Result<_, _>>()?)
}

#[derive(FromQueryResult)]
struct Found {
    table: String,
    column: String,
    declared: String,
}

/// Every column but those of the migrations, table by table.
async fn found(database: &DatabaseTransaction) -> Result<Vec<Found>, Error> {
    let backend = database.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    let found = Found::find_by_statement(Statement::from_string(backend, sql));
    let mut found = found.all(database).await?;
    found.retain(|column| column.table != MIGRATIONS);
    Ok(found)
}
