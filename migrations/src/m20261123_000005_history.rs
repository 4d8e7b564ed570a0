//! What changed when: revisions of the data, and past versions of every concept.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["data_revisions", "versions"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "data_revisions")
            .instant("recorded_at")
            .text("reason")
            .create()
            .await?;
        table(manager, "versions")
            .text("concept")
            .text("key")
            .integer("number")
            .text("content")
            .instant("recorded_at")
            .optional_instant("superseded_at")
            .unique(&["concept", "key", "number"])
            .unique_in_force(&["concept", "key"])
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
