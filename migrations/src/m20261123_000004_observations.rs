//! Every figure, once. A new version supersedes the old one, which stays.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["observations"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "observations")
            .text("key")
            .references("indicator_id", "indicators")
            .optionally_references("territory_id", "territories")
            .optionally_references("activity_id", "activities")
            .optional_text("subject_kind")
            .optional_big_integer("subject_id")
            .optional_text("period")
            .optional_date("period_start")
            .optional_date("period_end")
            .optional_text("period_basis")
            .number("value")
            .optional_number("value_max")
            .text("qualifier")
            .optional_text("scope")
            .optionally_references("producer_id", "organisations")
            .references("source_id", "sources")
            .optional_text("note")
            .instant("recorded_at")
            .optional_instant("superseded_at")
            .unique_in_force(&["key"])
            .index(&["indicator_id", "territory_id", "period_end"])
            .index(&["subject_kind", "subject_id"])
            .check("(period IS NULL) = (period_start IS NULL) AND (period IS NULL) = (period_end IS NULL) AND (period IS NULL) = (period_basis IS NULL)")
            .check("(subject_kind IS NULL) = (subject_id IS NULL)")
            .check("value_max IS NULL OR value_max >= value")
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
