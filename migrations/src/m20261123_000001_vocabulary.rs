//! What everything else refers to: sources, units, territories, activities, indicators, and names in every script.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &[
    "sources",
    "units",
    "territories",
    "territory_ancestors",
    "activities",
    "activity_ancestors",
    "indicators",
    "names",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "sources")
            .key()
            .text("kind")
            .text("publisher")
            .text("title")
            .optional_text("url")
            .optional_text("published_on")
            .optional_text("retrieved_from")
            .optional_text("notes")
            .text("licence")
            .create()
            .await?;
        table(manager, "units")
            .key()
            .text("name_fr")
            .text("name_en")
            .text("name_ar")
            .optional_text("symbol")
            .create()
            .await?;
        table(manager, "territories")
            .key()
            .text("level")
            .optionally_references("parent_id", "territories")
            .text("name_fr")
            .text("name_ar")
            .text("name_en")
            .text("slug")
            .text("kind")
            .optional_text("iso_3166_2")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "territory_ancestors")
            .references("territory_id", "territories")
            .references("ancestor_id", "territories")
            .integer("distance")
            .unique(&["ancestor_id", "territory_id"])
            .create()
            .await?;
        table(manager, "activities")
            .key()
            .optionally_references("parent_id", "activities")
            .text("name_fr")
            .text("name_en")
            .text("name_ar")
            .optional_text("definition_fr")
            .optional_text("isic")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "activity_ancestors")
            .references("activity_id", "activities")
            .references("ancestor_id", "activities")
            .integer("distance")
            .unique(&["ancestor_id", "activity_id"])
            .create()
            .await?;
        table(manager, "indicators")
            .key()
            .text("name_fr")
            .text("name_en")
            .optional_text("name_ar")
            .references("unit_id", "units")
            .text("measure")
            .optional_text("definition_fr")
            .optional_boolean("higher_is_better")
            .create()
            .await?;
        table(manager, "names")
            .text("concept")
            .big_integer("concept_id")
            .text("role")
            .text("text")
            .text("folded")
            .index(&["concept", "concept_id"])
            .index(&["folded"])
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
