//! The revision of the data, without asking the database each time. On SQLite the header of the WAL index tells whether anything was
//! committed since the last look, by whatever process: <https://www.sqlite.org/walformat.html#the_wal_index_header>.

use std::{
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseBackend, DatabaseConnection, DbErr, FromQueryResult, Statement};

use crate::{Error, Store};

/// A revision of the data, told apart from those of other databases by its instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Revision {
    /// It grows with every transaction that changed anything; 0 when there is nothing yet.
    pub id: i64,
    /// When it was recorded, in microseconds since 1970.
    pub recorded_at: i64,
}

/// What is remembered of the last look.
#[derive(Debug, Default)]
pub(crate) struct Lookout {
    /// Where the WAL index is.
    wal_index: Option<PathBuf>,
    seen: Mutex<Option<(wal_index::Header, Revision)>>,
    /// How many have asked for a look at the database.
    askers: AtomicU64,
    /// The last look, and whose turn it is to take the next.
    look: tokio::sync::Mutex<Option<Look>>,
}

/// A look at the database.
#[derive(Debug)]
struct Look {
    /// How many had asked when it began: it serves them all.
    began_after: u64,
    revision: Revision,
}

impl Lookout {
    /// Finds the WAL index of a SQLite file; without one (in memory, or on PostgreSQL) every look is a statement.
    pub(crate) async fn open(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let backend = db.get_database_backend();
        let mut wal_index = None;
        if backend == DatabaseBackend::Sqlite {
            let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let main = Main::find_by_statement(Statement::from_string(backend, sql))
                .one(db)
                .await?;
            wal_index = main
                .map(|main| main.file)
                .filter(|file| !file.is_empty())
                .map(|file| PathBuf::from(format!("{file}-shm")));
        }
        Ok(Self {
            wal_index,
            ..Self::default()
        })
    }

    fn header(&self) -> Option<wal_index::Header> {
        wal_index::header(self.wal_index.as_ref()?)
    }

    fn known(&self, header: Option<wal_index::Header>) -> Option<Revision> {
        let (seen, revision) = (*self.seen.lock().ok()?)?;
        (header == Some(seen)).then_some(revision)
    }
}

impl Store {
    /// The revision of the data. Whoever learnt that a transaction was committed never gets an older one here.
    pub async fn revision(&self) -> Result<Revision, Error> {
        // The header is read first: what is committed after it shows as another header at the next look.
        let header = self.lookout.header();
        if let Some(revision) = self.lookout.known(header) {
            return Ok(revision);
        }
        let revision = self.look().await?;
        if let (Some(header), Ok(mut seen)) = (header, self.lookout.seen.lock()) {
            *seen = Some((header, revision));
        }
        Ok(revision)
    }

    /// The revision that the database tells. Those who ask while a look is taken share the next one: what began before they asked may be
    /// older than a write they know of.
    async fn look(&self) -> Result<Revision, Error> {
        let asker = self.lookout.askers.fetch_add(1, Ordering::SeqCst);
        let mut last = self.lookout.look.lock().await;
        if let Some(look) = &*last
            && look.began_after > asker
        {
            return Ok(look.revision);
        }
        let began_after = self.lookout.askers.load(Ordering::SeqCst);
        let sql = "SELECT id, recorded_at FROM data_revisions ORDER BY id DESC LIMIT 1";
        let newest = self.single::<Newest>(sql).await?;
        let revision = newest.map_or(Revision::default(), |row| Revision {
            id: row.id,
            recorded_at: row.recorded_at.timestamp_micros(),
        });
        *last = Some(Look {
            began_after,
            revision,
        });
        Ok(revision)
    }

    /// The number of the revision of the data; 0 when there is nothing yet.
    pub async fn data_revision(&self) -> Result<i64, Error> {
        Ok(self.revision().await?.id)
    }
}

#[derive(FromQueryResult)]
struct Main {
    file: String,
}

#[derive(FromQueryResult)]
struct Newest {
    id: i64,
    recorded_at: DateTime<Utc>,
}

/// Reading a file that SQLite has locked. A process that closes any descriptor of such a file loses its locks on it
/// (<https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>), so these are opened
/// once for all stores of the process and never closed.
#[cfg(unix)]
mod wal_index {
    use std::{
        collections::HashMap,
        fs::File,
        os::unix::fs::{FileExt, MetadataExt},
        path::{Path, PathBuf},
        sync::{LazyLock, Mutex},
    };

    const LENGTH: usize = 48;

    /// The header stands there twice; both are alike unless somebody is writing it.
    pub type Header = [u8; LENGTH];

    static OPENED: LazyLock<Mutex<HashMap<PathBuf, &'static File>>> = LazyLock::new(Mutex::default);

    /// The header as it stands; none while it is being written, or when there is no such file.
    pub fn header(path: &Path) -> Option<Header> {
        let mut both = [0; 2 * LENGTH];
        opened(path)?.read_exact_at(&mut both, 0).ok()?;
        let (first, second) = both.split_at(LENGTH);
        (first == second).then(|| first.try_into().ok()).flatten()
    }

    fn opened(path: &Path) -> Option<&'static File> {
        let mut opened = OPENED.lock().ok()?;
        if let Some(file) = opened.get(path) {
            // SQLite may have deleted it and made another.
            if file.metadata().ok()?.nlink() > 0 {
                return Some(file);
            }
        }
        let file: &'static File = Box::leak(Box::new(File::open(path).ok()?));
        opened.insert(path.to_owned(), file);
        Some(file)
    }
}

#[cfg(not(unix))]
mod wal_index {
    pub type Header = [u8; 0];

    pub fn header(_: &std::path::Path) -> Option<Header> {
        None
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::JoinSet;

    use crate::{Store, database};

    #[tokio::test]
    async fn those_who_ask_together_share_a_look_and_the_next_one_sees_what_was_written() {
        for database in [testkit::empty().await, testkit::postgres_empty().await] {
            let store = Store::connect(&database.url).await.expect("a database");
            for id in 1..=3 {
                let now = match store.is_postgres() {
                    true => "now()",
                    false => "'2026-01-01 00:00:00 +00:00'",
                };
                let sql = format!(
                    "INSERT INTO data_revisions (id, recorded_at, reason) VALUES ({id}, {now}, 'test')"
                );
                database::execute(&store, &sql).await.expect("written");
                let before = store.statements();
                let mut askers = JoinSet::new();
                for _ in 0..32 {
                    let store = store.clone();
                    askers.spawn(async move { store.revision().await });
                }
                for revision in askers.join_all().await {
                    assert_eq!(revision.expect("a revision").id, id);
                }
                let looks = store.statements() - before;
                assert!((1..=2).contains(&looks), "{looks} looks");
            }
        }
    }
}
