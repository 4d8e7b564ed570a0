//! Databases for tests: each its own, migrated, empty or with the shipped data; on SQLite and on PostgreSQL.
//!
//! The shipped data is imported into SQLite once for a state of the sources, into PostgreSQL once a process; every test
//! gets a copy.

use std::{
    future::Future,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::Context;
use chrono::{DateTime, Utc};
use store::Store;
use tokio::sync::OnceCell;

use crate::{cluster, scratch, shelf};

/// When the shipped data was taken in, as tests see it.
const RECORDED: &str = "2026-11-20T08:00:00Z";

/// A database of one test; gone when it is dropped.
pub struct Database {
    /// A pool of connections to it.
    pub store: Store,
    /// What `DATABASE_URL` would be.
    pub url: String,
    home: Home,
}

enum Home {
    File(PathBuf),
    Server(String),
}

impl Database {
    pub fn is_postgres(&self) -> bool {
        matches!(self.home, Home::Server(_))
    }

    /// `sqlite` or `postgres`, for messages.
    pub fn kind(&self) -> &'static str {
        if self.is_postgres() {
            "postgres"
        } else {
            "sqlite"
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.home {
            Home::File(path) => remove(path),
            Home::Server(name) => cluster::discard(name),
        }
    }
}

fn remove(path: &std::path::Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

/// A SQLite database with the shipped data.
pub async fn database() -> Database {
    copy(true)
        .await
        .expect("a SQLite database with the shipped data")
}

/// A migrated SQLite database with no rows.
pub async fn empty() -> Database {
    copy(false).await.expect("an empty SQLite database")
}

/// A PostgreSQL database with the shipped data, on `TEST_DATABASE_URL` or a cluster of this process.
pub async fn postgres() -> Database {
    on_server(true)
        .await
        .expect("a PostgreSQL database with the shipped data")
}

/// A migrated PostgreSQL database with no rows.
pub async fn postgres_empty() -> Database {
    on_server(false)
        .await
        .expect("an empty PostgreSQL database")
}

/// Tells one story twice, over the shipped data: on SQLite, then on PostgreSQL.
pub async fn each_database<F: Future<Output = ()>>(story: impl Fn(Database) -> F) {
    story(database().await).await;
    story(postgres().await).await;
}

/// Tells one story twice, each time from an empty database.
pub async fn each_empty_database<F: Future<Output = ()>>(story: impl Fn(Database) -> F) {
    story(empty().await).await;
    story(postgres_empty().await).await;
}

pub(crate) async fn copy(full: bool) -> anyhow::Result<Database> {
    static FULL: OnceCell<PathBuf> = OnceCell::const_new();
    static EMPTY: OnceCell<PathBuf> = OnceCell::const_new();
    let cell = if full { &FULL } else { &EMPTY };
    let template = cell.get_or_try_init(|| template(full)).await?;
    let path = scratch::folder()?.join(format!("{}.db", next()));
    std::fs::copy(template, &path).context("copying the template")?;
    let url = sqlite_url(&path);
    Ok(Database {
        store: Store::connect(&url).await?,
        url,
        home: Home::File(path),
    })
}

fn sqlite_url(path: &std::path::Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

async fn template(full: bool) -> anyhow::Result<PathBuf> {
    let path = scratch::folder()?.join(if full { "full.db" } else { "empty.db" });
    let place = shelf::place()?;
    if full && place.is_file() {
        std::fs::copy(&place, &path).context("copying the kept template")?;
        return Ok(path);
    }
    remove(&path);
    fill(&sqlite_url(&path), full).await?;
    if full {
        shelf::keep(&path, &place).context("keeping the template")?;
    }
    Ok(path)
}

/// Migrates the database, takes the data in when asked to, and lets go of it.
async fn fill(url: &str, full: bool) -> anyhow::Result<()> {
    let store = Store::connect(url).await?;
    migrations::up(store.connection()).await?;
    if full {
        let now: DateTime<Utc> = RECORDED.parse().expect("a date of RFC 3339");
        let options = import::Options {
            now,
            progress: None,
        };
        import::run(&store, &crate::data(), &options).await?;
    }
    store.close().await?;
    Ok(())
}

async fn on_server(full: bool) -> anyhow::Result<Database> {
    static FULL: OnceCell<String> = OnceCell::const_new();
    static EMPTY: OnceCell<String> = OnceCell::const_new();
    let server = cluster::server().await?;
    let cell = if full { &FULL } else { &EMPTY };
    let template = cell
        .get_or_try_init(async || {
            let name = cluster::name(next());
            let admin = Store::connect(&server.url).await?;
            store::database::create(&admin, &name, None).await?;
            fill(&server.url_of(&name), full).await?;
            anyhow::Ok(name)
        })
        .await?;
    let name = cluster::name(next());
    let admin = Store::connect(&server.url).await?;
    store::database::create(&admin, &name, Some(template)).await?;
    admin.close().await?;
    let url = server.url_of(&name);
    Ok(Database {
        store: Store::connect(&url).await?,
        url,
        home: Home::Server(name),
    })
}

fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
