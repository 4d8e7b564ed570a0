//! Curators on Telegram: codes that link an account to an API key, and the accounts that are linked. Of a code only its hash is here.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["curator_codes", "curator_accounts"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "curator_codes")
            .text("hash")
            .references("api_key_id", "api_keys")
            .instant("expires_at")
            .create()
            .await?;
        table(manager, "curator_accounts")
            .big_integer("account")
            .references("api_key_id", "api_keys")
            .instant("linked_at")
            .big_integer("told")
            .unique(&["account"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
