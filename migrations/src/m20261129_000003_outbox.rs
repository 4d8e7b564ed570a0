//! The outbox: what happened to which row, written with the change itself and told to subscribers afterwards.
//!
//! Nothing deletes from it yet. Ids are never given twice, so old events can go once it is decided how far back a subscriber may resume.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["outbox_events"];

/// Finds the last version of an observation that ended; the one in force has its own index.
const ENDED: &str = "observations_key_ended";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "outbox_events")
            .references("revision_id", "data_revisions")
            .text("concept")
            .text("key")
            .text("change")
            .instant("recorded_at")
            .create()
            .await?;
        let ended = Index::create()
            .name(ENDED)
            .table(Alias::new("observations"))
            .col(Alias::new("key"))
            .and_where(Expr::col("superseded_at").is_not_null())
            .to_owned();
        manager.create_index(ended).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ended = Index::drop()
            .name(ENDED)
            .table(Alias::new("observations"))
            .to_owned();
        manager.drop_index(ended).await?;
        drop_tables(manager, TABLES).await
    }
}
