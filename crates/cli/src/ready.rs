//! From an address to a database that can answer: opened, migrated, filled when it is empty.

use std::path::Path;

use anyhow::{Context, Result};
use graphql::Service;
use store::{Store, audit_entry::Act};

use crate::progress::Watched;
use crate::settings::{Clock, Database, Shipped};

/// Opens the database and brings its tables up to date.
pub async fn migrated(database: &Database) -> Result<Store> {
    let store = database.connect().await?;
    migrate(&store).await?;
    Ok(store)
}

/// Creates the tables, or brings them up to date.
pub async fn migrate(store: &Store) -> Result<()> {
    migrations::up(store.connection())
        .await
        .context("the tables could not be created or updated")
}

/// The same, filled with the shipped data when nothing was ever imported. Words, clock and migrations are set here; `settings` says the rest.
pub async fn filled(
    database: &Database,
    shipped: &Shipped,
    clock: &Clock,
    settings: graphql::Settings,
) -> Result<Service> {
    let words = shipped.words()?;
    let store = migrated(database).await?;
    if store.data_revision().await? == 0 {
        let folder = shipped.folder()?;
        eprintln!("bab: the database is empty; importing {}", folder.display());
        let started = std::time::Instant::now();
        let report = import(&store, &folder, clock).await?;
        let rows: u64 = report.files.iter().filter_map(|file| file.rows).sum();
        eprintln!(
            "bab: imported {rows} rows in {:.1} s",
            started.elapsed().as_secs_f32()
        );
    }
    let service = Service::open(
        store,
        graphql::Settings {
            now: clock.now,
            words,
            latest_migration: Some(migrations::latest()),
            ..settings
        },
    )
    .await?;
    tokio::spawn({
        let service = service.clone();
        async move {
            if let Err(error) = service.prepare().await {
                tracing::error!(%error, "questions cannot be answered");
            }
        }
    });
    Ok(service)
}

/// Imports a folder under the eyes of whoever is watching.
pub async fn import(
    store: &Store,
    folder: &Path,
    clock: &Clock,
) -> Result<import::Report, import::Error> {
    let watched = Watched::start();
    let show = |step: import::Progress| watched.show(step.stage, step.done, step.total);
    import::run(store, folder, &options(clock, &show)).await
}

/// Reads files and holds them against the database, under the eyes of whoever is watching.
pub async fn compare(
    store: &Store,
    path: &Path,
    clock: &Clock,
) -> Result<import::Comparison, import::Error> {
    let watched = Watched::start();
    let show = |step: import::Progress| watched.show(step.stage, step.done, step.total);
    import::compare(store, path, &options(clock, &show)).await
}

/// Writes what was compared.
pub async fn write(
    store: &Store,
    comparison: import::Comparison,
    reason: Option<&str>,
    clock: &Clock,
) -> Result<import::Report, import::Error> {
    let watched = Watched::start();
    let show = |step: import::Progress| watched.show(step.stage, step.done, step.total);
    let act = Act::of_operator(clock.instant(), comparison.reason(reason));
    let written = comparison.write(store, &options(clock, &show), &act).await;
    Ok(written?.report)
}

/// Reads everything that import takes.
pub async fn export(store: &Store, clock: &Clock) -> Result<import::Export, import::Error> {
    let watched = Watched::start();
    let show = |step: import::Progress| watched.show(step.stage, step.done, step.total);
    import::export(store, &options(clock, &show)).await
}

fn options<'a>(
    clock: &Clock,
    show: &'a (dyn Fn(import::Progress) + Send + Sync),
) -> import::Options<'a> {
    import::Options {
        now: clock.instant(),
        progress: Some(show),
    }
}
