//! API keys of partner apps. Of a secret only its hash is here: nobody can read a key out of the database.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "api_keys")
            .text("prefix")
            .text("hash")
            .text("holder")
            .text("scopes")
            .optional_big_integer("quota")
            .boolean("trusted_documents_only")
            .instant("created_at")
            .optional_instant("expires_at")
            .optional_instant("revoked_at")
            .unique(&["prefix"])
            .check("quota IS NULL OR quota > 0")
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["api_keys"]).await
    }
}
