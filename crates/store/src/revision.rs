//! The revision of the data, without asking the database each time. On SQLite the header of the WAL index tells whether anything was
//! committed since the last look, by whatever process: <https://www.sqlite.org/walformat.html#the_wal_index_header>.

use std::{
    fs::File,
    path::PathBuf,
    sync::{Mutex, OnceLock},
};

use sea_orm::{DatabaseConnection, DbErr, FromQueryResult, Statement};

use crate::{Error, Store};

/// The header of a WAL index stands there twice; both are alike unless somebody is writing it.
const HEADER: usize = 48;
type Header = [u8; HEADER];

/// What is remembered of the last look.
#[derive(Debug, Default)]
pub(crate) struct Revision {
    /// Where the WAL index is, and the file once it is there.
    wal_index: Option<(PathBuf, OnceLock<File>)>,
    seen: Mutex<Option<(Header, i64)>>,
}

impl Revision {
    /// Finds the WAL index of a SQLite file; without one (in memory, or on PostgreSQL) every look is a statement.
    pub(crate) async fn open(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let mut wal_index = None;
        if db.get_database_backend() == sea_orm::DatabaseBackend::Sqlite {
            let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let main =
                Main::find_by_statement(Statement::from_string(db.get_database_backend(), sql))
                    .one(db)
                    .await?;
            wal_index = main
                .map(|main| main.file)
                .filter(|file| !file.is_empty())
                .map(|file| (PathBuf::from(format!("{file}-shm")), OnceLock::new()));
        }
        Ok(Self {
            wal_index,
            seen: Mutex::default(),
        })
    }

    /// The header as it stands, unless it is being written.
    #[cfg(unix)]
    fn header(&self) -> Option<Header> {
        use std::os::unix::fs::FileExt;
        let (path, opened) = self.wal_index.as_ref()?;
        let file = match opened.get() {
            Some(file) => file,
            None => {
                let file = File::open(path).ok()?;
                opened.get_or_init(|| file)
            }
        };
        let mut both = [0; 2 * HEADER];
        file.read_exact_at(&mut both, 0).ok()?;
        let (first, second) = both.split_at(HEADER);
        (first == second).then(|| first.try_into().ok()).flatten()
    }

    #[cfg(not(unix))]
    fn header(&self) -> Option<Header> {
        None
    }

    fn known(&self, header: Option<Header>) -> Option<i64> {
        let (seen, revision) = (*self.seen.lock().ok()?)?;
        (header == Some(seen)).then_some(revision)
    }
}

impl Store {
    /// The revision of the data: it grows with every transaction that changed anything; 0 when there is nothing yet. Whoever learnt that
    /// a transaction was committed never gets an older one here.
    pub async fn data_revision(&self) -> Result<i64, Error> {
        // The header is read first: what is committed after it shows as another header at the next look.
        let header = self.revision.header();
        if let Some(revision) = self.revision.known(header) {
            return Ok(revision);
        }
        let sql = "SELECT COALESCE(MAX(id), 0) AS revision FROM data_revisions";
        let revision = self
            .single::<Newest>(sql)
            .await?
            .map_or(0, |row| row.revision);
        if let (Some(header), Ok(mut seen)) = (header, self.revision.seen.lock()) {
            *seen = Some((header, revision));
        }
        Ok(revision)
    }
}

#[derive(FromQueryResult)]
struct Main {
    file: String,
}

#[derive(FromQueryResult)]
struct Newest {
    revision: i64,
}
