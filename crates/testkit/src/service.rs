//! The schema over a test database, with a fixed day for today.

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use store::Store;
use tokio::sync::OnceCell;

use crate::Database;

/// Today, as tests see it.
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day of the calendar");

/// A schema over the shipped data, today being 23 November 2026. The database is shared by the process: only read it.
pub async fn service() -> graphql::Service {
    service_with(settings()).await
}

/// The same with other settings, over [`settings`].
pub async fn service_with(settings: graphql::Settings) -> graphql::Service {
    static SHARED: OnceCell<String> = OnceCell::const_new();
    let url = SHARED
        .get_or_try_init(async || {
            let database = crate::database::copy(true).await?;
            let url = database.url.clone();
            // Kept until the process ends.
            std::mem::forget(database);
            anyhow::Ok(url)
        })
        .await
        .expect("a SQLite database with the shipped data");
    let store = Store::connect(url)
        .await
        .expect("the shared database opens");
    open(store, settings).await
}

/// A schema over a database of the test's own, today being 23 November 2026.
pub async fn service_over(database: &Database) -> graphql::Service {
    open(database.store.clone(), settings()).await
}

/// What the other services here are opened with.
pub fn settings() -> graphql::Settings {
    // Words can be tried on the question sets without compiling them in.
    let words = std::env::var_os("BAB_LEXICON").map(|folder| {
        let file = |name: &str| std::fs::read_to_string(Path::new(&folder).join(name)).ok();
        Arc::new(graphql::Words::read(file).expect("BAB_LEXICON has lexicon files"))
    });
    graphql::Settings {
        now: Some(TODAY),
        words,
        ..graphql::Settings::default()
    }
}

async fn open(store: Store, settings: graphql::Settings) -> graphql::Service {
    let service = graphql::Service::open(store, settings).await;
    service.expect("the schema opens over a migrated database")
}
