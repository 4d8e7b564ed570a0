//! What people say of the answers: questions without one, counted; answers marked wrong, counted; texts, only where they are kept.
//!
//! Nothing here leads to a person: no chat, no address, no time of day. `digest` tells one answer or text of a day from another.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["unanswered_questions", "reported_answers", "kept_questions"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "unanswered_questions")
            .date("day")
            .text("reason")
            .text("kind")
            .text("form")
            .big_integer("times")
            .unique(&["day", "reason", "kind", "form"])
            .check("times > 0")
            .create()
            .await?;
        table(manager, "reported_answers")
            .date("day")
            .text("problem")
            .text("kind")
            .optional_text("reason")
            .text("form")
            .optional_text("indicator")
            .optional_text("territory")
            .optional_text("subject")
            .big_integer("digest")
            .big_integer("times")
            .unique(&["day", "digest"])
            .check("times > 0")
            .create()
            .await?;
        table(manager, "kept_questions")
            .date("day")
            .text("kind")
            .text("form")
            .optional_text("reason")
            .optional_text("problem")
            .text("question")
            .optional_text("comment")
            .big_integer("digest")
            .big_integer("times")
            .unique(&["day", "digest"])
            .check("times > 0 AND (reason IS NOT NULL OR problem IS NOT NULL)")
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
