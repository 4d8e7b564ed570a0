//! What is undertaken: projects, agreements, plans, incentives, events. Statuses and axes are superseded, never overwritten.

use sea_orm_migration::prelude::*;

use crate::column::{drop_tables, table};

const TABLES: &[&str] = &[
    "projects",
    "project_partners",
    "project_statuses",
    "agreements",
    "agreement_parties",
    "agreement_axes",
    "plans",
    "plan_objectives",
    "incentives",
    "events",
    "event_organisers",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(manager, "projects")
            .key()
            .text("name_fr")
            .text("name_en")
            .references("territory_id", "territories")
            .optionally_references("owner_id", "organisations")
            .optional_text("sector")
            .optional_text("started_on")
            .optional_text("summary_fr")
            .optional_text("summary_en")
            .optional_text("budget_observation")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "project_partners")
            .references("project_id", "projects")
            .references("organisation_id", "organisations")
            .integer("position")
            .unique(&["project_id", "organisation_id"])
            .create()
            .await?;
        table(manager, "project_statuses")
            .references("project_id", "projects")
            .text("status")
            .optional_text("as_of")
            .references("source_id", "sources")
            .instant("recorded_at")
            .optional_instant("superseded_at")
            .unique_in_force(&["project_id"])
            .create()
            .await?;
        table(manager, "agreements")
            .key()
            .text("kind")
            .text("title_fr")
            .text("title_en")
            .optional_text("signed_on")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "agreement_parties")
            .references("agreement_id", "agreements")
            .references("organisation_id", "organisations")
            .integer("position")
            .unique(&["agreement_id", "organisation_id"])
            .create()
            .await?;
        table(manager, "agreement_axes")
            .references("agreement_id", "agreements")
            .integer("ordinal")
            .text("title_fr")
            .text("title_en")
            .optional_text("description_fr")
            .references("source_id", "sources")
            .instant("recorded_at")
            .optional_instant("superseded_at")
            .unique_in_force(&["agreement_id", "ordinal"])
            .create()
            .await?;
        table(manager, "plans")
            .key()
            .text("title_fr")
            .text("title_en")
            .references("territory_id", "territories")
            .optional_text("period")
            .optionally_references("owner_id", "organisations")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "plan_objectives")
            .key()
            .references("plan_id", "plans")
            .integer("ordinal")
            .text("title_fr")
            .text("title_en")
            .optional_text("horizon")
            .optional_text("observation")
            .references("source_id", "sources")
            .unique(&["plan_id", "ordinal"])
            .create()
            .await?;
        table(manager, "incentives")
            .key()
            .references("territory_id", "territories")
            .text("kind")
            .text("title_fr")
            .text("title_en")
            .optional_number("amount")
            .optionally_references("unit_id", "units")
            .optional_text("conditions_fr")
            .optional_text("valid_from")
            .optional_text("valid_to")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "events")
            .key()
            .text("name_fr")
            .optional_text("held_on")
            .references("territory_id", "territories")
            .references("source_id", "sources")
            .create()
            .await?;
        table(manager, "event_organisers")
            .references("event_id", "events")
            .references("organisation_id", "organisations")
            .integer("position")
            .unique(&["event_id", "organisation_id"])
            .create()
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}
