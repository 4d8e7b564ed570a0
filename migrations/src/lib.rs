//! The tables, from one builder for SQLite and PostgreSQL. A migration that has landed is never edited.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{self, ConnectionTrait, TransactionTrait},
};

mod column;
mod m20261123_000001_vocabulary;
mod m20261123_000002_actors;
mod m20261123_000003_undertakings;
mod m20261123_000004_observations;
mod m20261123_000005_history;
mod m20261129_000001_coordinates;
mod m20261129_000002_feedback;
mod m20261129_000003_outbox;
mod m20261129_000004_aggregates;
mod m20261129_000005_api_keys;
mod m20261129_000006_site_totals;
mod m20261129_000007_figures;
mod m20261129_000010_audit;
mod m20261129_000011_proposals;
mod m20261129_000012_branch;
mod m20261129_000013_needs;
mod m20261129_000014_curators;
mod m20261129_000015_alerts;
mod m20261129_000016_levels;

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_vocabulary::Migration),
            Box::new(m20261123_000002_actors::Migration),
            Box::new(m20261123_000003_undertakings::Migration),
            Box::new(m20261123_000004_observations::Migration),
            Box::new(m20261123_000005_history::Migration),
            Box::new(m20261129_000001_coordinates::Migration),
            Box::new(m20261129_000002_feedback::Migration),
            Box::new(m20261129_000003_outbox::Migration),
            Box::new(m20261129_000004_aggregates::Migration),
            Box::new(m20261129_000005_api_keys::Migration),
            Box::new(m20261129_000006_site_totals::Migration),
            Box::new(m20261129_000007_figures::Migration),
            Box::new(m20261129_000010_audit::Migration),
            Box::new(m20261129_000011_proposals::Migration),
            Box::new(m20261129_000012_branch::Migration),
            Box::new(m20261129_000013_needs::Migration),
            Box::new(m20261129_000014_curators::Migration),
            Box::new(m20261129_000015_alerts::Migration),
            Box::new(m20261129_000016_levels::Migration),
        ]
    }
}

/// Applies what is missing, all of it or nothing: a process killed half-way leaves the database as it was. On PostgreSQL an advisory
/// lock lets one process at a time through.
pub async fn up(connection: &sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    let transaction = connection.begin().await?;
    if transaction.get_database_backend() == sea_orm::DatabaseBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})");
        transaction.execute_unprepared(&lock).await?;
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// The lock that migrating processes wait for: "bab" and a zero, as a number.
const ADVISORY_LOCK: i64 = 0x6261_6200;

/// The name of the newest migration: what a database must have to be ready.
pub fn latest() -> String {
    Migrator::migrations()
        .last()
        .map(|migration| migration.name().to_owned())
        .unwrap_or_default()
}
