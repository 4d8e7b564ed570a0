//! Alerts: webhooks of partners, and what chats on Telegram follow. Of a chat its number is kept and what it follows, no word of anybody.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["webhooks", "follows"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "webhooks")
            .key()
            .references("api_key_id", "api_keys")
            .text("url")
            .optional_text("filter")
            .text("secret")
            .text("state")
            .instant("created_at")
            .big_integer("last_event")
            .big_integer("delivered")
            .optional_big_integer("last_delivered")
            .optional_instant("last_delivered_at")
            .integer("failures")
            .optional_instant("failing_since")
            .optional_instant("last_attempt_at")
            .optional_integer("last_status")
            .optional_text("last_error")
            .optional_instant("next_attempt_at")
            .optional_text("leased_by")
            .optional_instant("leased_until")
            .index(&["state", "last_event"])
            .create()
            .await?;
        table(manager, "follows")
            .big_integer("chat")
            .text("frame")
            .text("form")
            .text("told")
            .optional_text("figure")
            .big_integer("revision")
            .instant("created_at")
            .optional_instant("told_at")
            .unique(&["chat", "frame"])
            .index(&["revision"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
