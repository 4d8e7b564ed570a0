//! Where territories lie: the coordinates of the town a territory is known by.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["coordinates"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "coordinates")
            .key()
            .references("territory_id", "territories")
            .text("place")
            .number("latitude")
            .number("longitude")
            .optional_big_integer("geonames_id")
            .references("source_id", "sources")
            .unique(&["territory_id"])
            .check("latitude BETWEEN -90 AND 90")
            .check("longitude BETWEEN -180 AND 180")
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
