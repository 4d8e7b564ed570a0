//! Needs of companies, whom they were introduced to, and how to reach them. Contact details have a table of their own, so that they can be erased
//! while what remains says nothing of anybody. Providers are named by key and not referred to: no need stands in the way of a fact, or tells of itself so.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &["needs", "need_contacts", "need_introductions"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "needs")
            .key()
            .text("receipt_hash")
            .optional_text("company")
            .optional_text("description")
            .text("sector")
            .text("capabilities")
            .text("languages")
            .references("territory_id", "territories")
            .text("status")
            .optional_text("note")
            .integer("version")
            .text("role")
            .optional_text("key_prefix")
            .instant("created_at")
            .instant("changed_at")
            .optional_instant("erased_at")
            .index(&["status", "id"])
            .check(
                "erased_at IS NULL OR (company IS NULL AND description IS NULL AND note IS NULL)",
            )
            .create()
            .await?;
        table(manager, "need_contacts")
            .references("need_id", "needs")
            .text("name")
            .optional_text("email")
            .optional_text("phone")
            .unique(&["need_id"])
            .check("email IS NOT NULL OR phone IS NOT NULL")
            .create()
            .await?;
        table(manager, "need_introductions")
            .references("need_id", "needs")
            .text("provider")
            .text("company_consent")
            .text("provider_consent")
            .instant("created_at")
            .instant("changed_at")
            .unique(&["need_id", "provider"])
            .index(&["provider"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
