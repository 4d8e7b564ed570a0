//! The regional branch: who belongs to which federation, who offers what, and how far what was agreed and planned has come.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &[
    "memberships",
    "profiles",
    "profile_offers",
    "profile_sectors",
    "profile_languages",
    "profile_certifications",
    "milestones",
    "milestone_statuses",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "memberships")
            .key()
            .references("organisation_id", "organisations")
            .references("federation_id", "organisations")
            .optional_text("since")
            .optional_text("until")
            .references("source_id", "sources")
            .check("organisation_id <> federation_id")
            .create()
            .await?;
        table(manager, "profiles")
            .key()
            .references("organisation_id", "organisations")
            .unique(&["organisation_id"])
            .references("source_id", "sources")
            .create()
            .await?;
        for (name, column) in [
            ("profile_offers", "capability"),
            ("profile_sectors", "sector"),
            ("profile_languages", "language"),
            ("profile_certifications", "certification"),
        ] {
            table(manager, name)
                .references("profile_id", "profiles")
                .text(column)
                .integer("position")
                .unique(&["profile_id", column])
                .index(&[column])
                .create()
                .await?;
        }
        table(manager, "milestones")
            .key()
            .optionally_references("agreement_id", "agreements")
            .optionally_references("plan_id", "plans")
            .optional_integer("part")
            .optionally_references("project_id", "projects")
            .integer("position")
            .text("title_fr")
            .text("title_en")
            .references("source_id", "sources")
            .check("agreement_id IS NULL OR plan_id IS NULL")
            .check("(part IS NULL) = (agreement_id IS NULL AND plan_id IS NULL)")
            .check("part IS NOT NULL OR project_id IS NOT NULL")
            .create()
            .await?;
        table(manager, "milestone_statuses")
            .references("milestone_id", "milestones")
            .text("status")
            .text("as_of")
            .optional_text("evidence")
            .references("source_id", "sources")
            .instant("recorded_at")
            .optional_instant("superseded_at")
            .unique_in_force(&["milestone_id"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
