//! How columns, keys and indexes are said, once, for both databases.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

/// Builds one table: columns by kind, each reference with its foreign key and its index.
pub struct Builder<'a> {
    manager: &'a SchemaManager<'a>,
    name: &'static str,
    table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

/// A table with its `id`.
pub fn table<'a>(manager: &'a SchemaManager<'a>, name: &'static str) -> Builder<'a> {
    let mut table = Table::create();
    table.table(Alias::new(name)).col(
        ColumnDef::new("id")
            .big_integer()
            .not_null()
            .auto_increment()
            .primary_key(),
    );
    Builder {
        manager,
        name,
        table,
        indexes: Vec::new(),
    }
}

impl Builder<'_> {
    fn column(
        mut self,
        name: &'static str,
        required: bool,
        kind: impl FnOnce(&mut ColumnDef),
    ) -> Self {
        let mut column = ColumnDef::new(name);
        kind(&mut column);
        if required {
            column.not_null()
        } else {
            column.null()
        };
        self.table.col(column);
        self
    }

    /// Text that compares byte by byte on both databases, so that pages and keys sort the same everywhere.
    fn text_type(&self) -> impl FnOnce(&mut ColumnDef) + use<> {
        let postgres = self.manager.get_database_backend() == DatabaseBackend::Postgres;
        move |column| {
            if postgres {
                column.custom("text COLLATE \"C\"")
            } else {
                column.text()
            };
        }
    }

    pub fn text(self, name: &'static str) -> Self {
        let kind = self.text_type();
        self.column(name, true, kind)
    }

    pub fn optional_text(self, name: &'static str) -> Self {
        let kind = self.text_type();
        self.column(name, false, kind)
    }

    /// The stable key of a concept: required and unique.
    pub fn key(self) -> Self {
        self.text("key").unique(&["key"])
    }

    pub fn number(self, name: &'static str) -> Self {
        self.column(name, true, |column| {
            column.double();
        })
    }

    pub fn optional_number(self, name: &'static str) -> Self {
        self.column(name, false, |column| {
            column.double();
        })
    }

    pub fn integer(self, name: &'static str) -> Self {
        self.column(name, true, |column| {
            column.integer();
        })
    }

    pub fn optional_integer(self, name: &'static str) -> Self {
        self.column(name, false, |column| {
            column.integer();
        })
    }

    pub fn big_integer(self, name: &'static str) -> Self {
        self.column(name, true, |column| {
            column.big_integer();
        })
    }

    pub fn optional_big_integer(self, name: &'static str) -> Self {
        self.column(name, false, |column| {
            column.big_integer();
        })
    }

    pub fn boolean(self, name: &'static str) -> Self {
        self.column(name, true, |column| {
            column.boolean();
        })
    }

    pub fn optional_boolean(self, name: &'static str) -> Self {
        self.column(name, false, |column| {
            column.boolean();
        })
    }

    pub fn date(self, name: &'static str) -> Self {
        self.column(name, true, |column| {
            column.date();
        })
    }

    pub fn optional_date(self, name: &'static str) -> Self {
        self.column(name, false, |column| {
            column.date();
        })
    }

    pub fn instant(self, name: &'static str) -> Self {
        self.column(name, true, |column| {
            column.timestamp_with_time_zone();
        })
    }

    pub fn optional_instant(self, name: &'static str) -> Self {
        self.column(name, false, |column| {
            column.timestamp_with_time_zone();
        })
    }

    /// A required reference to another table's row.
    pub fn references(self, name: &'static str, table: &'static str) -> Self {
        self.big_integer(name)
            .foreign_key(name, table)
            .index(&[name])
    }

    pub fn optionally_references(self, name: &'static str, table: &'static str) -> Self {
        self.optional_big_integer(name)
            .foreign_key(name, table)
            .index(&[name])
    }

    fn foreign_key(mut self, column: &'static str, table: &'static str) -> Self {
        let mut key = ForeignKey::create();
        key.name(format!("{}_{column}_fkey", self.name))
            .from(Alias::new(self.name), Alias::new(column))
            .to(Alias::new(table), Alias::new("id"));
        self.table.foreign_key(&mut key);
        self
    }

    fn add_index(
        mut self,
        columns: &[&'static str],
        suffix: &str,
        shape: impl FnOnce(&mut IndexCreateStatement),
    ) -> Self {
        let mut index = Index::create();
        index
            .name(format!("{}_{}_{suffix}", self.name, columns.join("_")))
            .table(Alias::new(self.name));
        for column in columns {
            index.col(Alias::new(*column));
        }
        shape(&mut index);
        self.indexes.push(index);
        self
    }

    pub fn index(self, columns: &[&'static str]) -> Self {
        self.add_index(columns, "idx", |_| {})
    }

    pub fn unique(self, columns: &[&'static str]) -> Self {
        self.add_index(columns, "key", |index| {
            index.unique();
        })
    }

    /// At most one row in force for each value of the columns; superseded rows do not count.
    pub fn unique_in_force(self, columns: &[&'static str]) -> Self {
        self.add_index(columns, "in_force", |index| {
            index
                .unique()
                .and_where(Expr::col("superseded_at").is_null());
        })
    }

    /// A condition every row must meet, as SQL both databases read alike.
    pub fn check(mut self, condition: &'static str) -> Self {
        self.table.check(Expr::cust(condition));
        self
    }

    pub async fn create(self) -> Result<(), DbErr> {
        self.manager.create_table(self.table).await?;
        for index in self.indexes {
            self.manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Drops tables, the last made first.
pub async fn drop_tables(manager: &SchemaManager<'_>, names: &[&'static str]) -> Result<(), DbErr> {
    for name in names.iter().rev() {
        manager
            .drop_table(Table::drop().table(Alias::new(*name)).to_owned())
            .await?;
    }
    Ok(())
}
