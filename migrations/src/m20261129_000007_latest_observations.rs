//! An index for the latest figures of all: in the order of their periods, out of the index until there are enough. And the planner is told
//! what there is: without that, SQLite looks for the figures of an indicator among all that are about no company, which are nearly all.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DatabaseBackend},
};

const LATEST: &str = "observations_period_end_in_force";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // In SQLite nulls come last here of themselves.
        let nulls_last = match manager.get_database_backend() {
            DatabaseBackend::Postgres => " NULLS LAST",
            _ => "",
        };
        let index = format!(
            "CREATE INDEX {LATEST} ON observations (period_end DESC{nulls_last}, key) WHERE superseded_at IS NULL"
        );
        for statement in [&index, "ANALYZE"] {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index
            .name(LATEST)
            .table(Alias::new("observations"))
            .if_exists();
        manager.drop_index(index).await
    }
}
