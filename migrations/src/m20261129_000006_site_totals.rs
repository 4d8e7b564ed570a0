//! What is derived from sites and their head-counts, so that a million sites are put in order, counted and added up without being read:
//! - `sites.headcount`: the value of the observation in force that `headcount_observation` names, unless it is a target.
//! - `site_totals`: how many sites there are of a place and an activity, and what their head-counts come to.
//!
//! An index leads from a head-count to the sites that name it. Both are written anew by every write that touches what they are derived from, in its transaction.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DatabaseBackend},
};

use crate::column::{drop_tables, table};

const BY_OBSERVATION: &str = "sites_headcount_observation_idx";
const BY_HEADCOUNT: &str = "sites_headcount_idx";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sites = Table::alter();
        sites
            .table(Alias::new("sites"))
            .add_column(ColumnDef::new("headcount").double().null());
        manager.alter_table(sites).await?;
        table(manager, "site_totals")
            .references("territory_id", "territories")
            .optionally_references("activity_id", "activities")
            .big_integer("count")
            .optional_number("sum")
            .optional_number("minimum")
            .optional_number("maximum")
            .big_integer("known")
            .big_integer("inexact")
            .big_integer("undated")
            .create()
            .await?;
        for statement in [
            "UPDATE sites SET headcount = (SELECT value FROM observations WHERE key = sites.headcount_observation \
             AND superseded_at IS NULL AND qualifier <> 'target') WHERE headcount_observation IS NOT NULL",
            "INSERT INTO site_totals (territory_id, activity_id, count, sum, minimum, maximum, known, inexact, undated) \
             SELECT sites.territory_id, sites.activity_id, COUNT(*), SUM(sites.headcount), MIN(sites.headcount), \
             MAX(sites.headcount), COUNT(sites.headcount), \
             COUNT(CASE WHEN sites.headcount IS NOT NULL AND (figure.qualifier <> 'exact' OR figure.value_max IS NOT NULL) THEN 1 END), \
             COUNT(CASE WHEN sites.headcount IS NOT NULL AND figure.period IS NULL THEN 1 END) \
             FROM sites LEFT JOIN observations AS figure ON figure.key = sites.headcount_observation AND figure.superseded_at IS NULL \
             GROUP BY sites.territory_id, sites.activity_id",
            &format!("CREATE INDEX {BY_OBSERVATION} ON sites (headcount_observation)"),
            &format!("CREATE INDEX {BY_HEADCOUNT} ON sites (headcount DESC NULLS LAST, id)"),
        ] {
            manager
                .get_connection()
                .execute_unprepared(&match manager.get_database_backend() {
                    // SQLite knows no place for nulls in an index; they come last there of themselves.
                    DatabaseBackend::Sqlite => statement.replace(" NULLS LAST", ""),
                    _ => statement.to_owned(),
                })
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in [BY_HEADCOUNT, BY_OBSERVATION] {
            let mut index = Index::drop();
            index.name(name).table(Alias::new("sites")).if_exists();
            manager.drop_index(index).await?;
        }
        drop_tables(manager, &["site_totals"]).await?;
        let mut sites = Table::alter();
        sites
            .table(Alias::new("sites"))
            .drop_column(Alias::new("headcount"));
        manager.alter_table(sites).await
    }
}
