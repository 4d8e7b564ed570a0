//! Proposals: changes that wait for a curator, and the texts they were read in.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["proposal_texts", "proposals"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "proposal_texts")
            .key()
            .text("sha256")
            .text("text")
            .optional_text("title")
            .optional_text("url")
            .optional_text("publisher")
            .optional_text("published_on")
            .instant("created_at")
            .unique(&["sha256"])
            .create()
            .await?;
        table(manager, "proposals")
            .key()
            .text("action")
            .text("concept")
            .text("fact_key")
            .optional_text("before")
            .optional_text("content")
            .integer("based_on")
            .optional_text("new_source")
            .optionally_references("text_id", "proposal_texts")
            .text("spans")
            .optional_text("note")
            .text("status")
            .integer("version")
            .text("role")
            .optional_text("key_prefix")
            .instant("created_at")
            .optional_text("decision_reason")
            .optional_instant("decided_at")
            .optional_text("decided_role")
            .optional_text("decided_key_prefix")
            .index(&["status", "id"])
            .index(&["concept", "fact_key"])
            .check("(content IS NULL) = (action = 'retract')")
            .check("(status = 'open') = (decided_at IS NULL)")
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
