//! Who works where: organisations, parks, sites, training programmes.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["organisations", "parks", "sites", "training_programmes"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "organisations")
            .key()
            .text("name")
            .text("kind")
            .optionally_references("parent_id", "organisations")
            .optional_text("country_of_origin")
            .optional_text("website")
            .optional_text("summary_fr")
            .optional_text("summary_en")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "parks")
            .key()
            .text("name")
            .references("territory_id", "territories")
            .optionally_references("operator_id", "organisations")
            .optional_text("opened_on")
            .optional_text("note")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "sites")
            .key()
            .references("organisation_id", "organisations")
            .references("territory_id", "territories")
            .optionally_references("park_id", "parks")
            .optionally_references("activity_id", "activities")
            .optional_text("address")
            .optional_text("opened_on")
            .optional_text("headcount_observation")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "training_programmes")
            .key()
            .references("organisation_id", "organisations")
            .references("territory_id", "territories")
            .optional_text("programme")
            .text("measure")
            .optional_text("observation")
            .references("source_id", "sources")
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
