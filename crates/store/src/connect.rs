//! A pool of connections to SQLite or PostgreSQL, and what may go wrong with it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use metrics::{counter, histogram};
use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DbErr, FromQueryResult, RuntimeErr, SqlxError, Statement,
    metric::Info,
    sea_query::SelectStatement,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use tokio::sync::watch;

use crate::{
    headline::Statements,
    hints::Hints,
    readers::{PATIENCE, Readers, STATEMENT_TIMEOUT},
    result_set::ResultSet,
    revision::Lookout,
};

/// How long a writer waits for the one before it.
const BUSY: Duration = Duration::from_secs(30);

/// A statement that takes longer than this is told to the log.
const SLOW: Duration = Duration::from_millis(500);

/// The database, behind one cheap handle.
#[derive(Clone, Debug)]
pub struct Store {
    /// What reads.
    pub(crate) db: Readers,
    /// What writes, on connections that no reader ever waits for.
    pub(crate) writer: DatabaseConnection,
    statements: Arc<AtomicU64>,
    pub(crate) lookout: Arc<Lookout>,
    revisions: Arc<watch::Sender<i64>>,
    hints: Hints,
    headlines: Statements,
}

/// What the database may refuse.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(DbErr),
    #[error("a statement took longer than it may")]
    TooLong,
    #[error("so many wait for the database that no turn came in time")]
    Busy,
    #[error("a text has the character U+0000, which nothing here has; take it out")]
    NoText,
    #[error(
        "{url:?} cannot be opened: {reason}; a database is named sqlite://bab.db?mode=rwc or postgres://user@host/name"
    )]
    Url { url: String, reason: String },
    #[error("{kind} {key:?} is not known")]
    UnknownKey {
        kind: entity::ConceptKind,
        key: String,
    },
    #[error(
        "the cursor {0:?} does not belong to this list with this filter and order; start again without it"
    )]
    Cursor(String),
    #[error("a draft cannot be written: {0}")]
    Draft(#[from] serde_json::Error),
    #[error(transparent)]
    Refused(#[from] crate::write::Refused),
    #[error(transparent)]
    Copy(#[from] crate::copy::Refusal),
}

impl Store {
    /// Opens `url` (`sqlite://bab.db?mode=rwc` or `postgres://…`).
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Self::open(url, false).await
    }

    /// The same of what is there, as it is: no file is made.
    pub async fn connect_existing(url: &str) -> Result<Self, Error> {
        Self::open(url, true).await
    }

    async fn open(url: &str, existing: bool) -> Result<Self, Error> {
        let options = |reading| options(url, reading, existing);
        let fails = |error: DbErr| Error::Url {
            url: without_password(url),
            reason: error.to_string(),
        };
        let statements = Arc::new(AtomicU64::new(0));
        let counter = statements.clone();
        let told = move |told: &Info<'_>| {
            counter.fetch_add(1, Ordering::Relaxed);
            let (sql, values) = (&told.statement.sql, &told.statement.values);
            tracing::trace!(target: "store::statement", sql, ?values);
            histogram!("bab_statement_seconds").record(told.elapsed);
            if told.failed {
                counter!("bab_statements_failed_total").increment(1);
            }
            // Without its values: they may be what somebody wrote.
            if told.elapsed > SLOW {
                let milliseconds = told.elapsed.as_millis();
                tracing::warn!(target: "store::slow", milliseconds, sql, "a statement was slow");
            }
        };
        let mut writer = Database::connect(options(false)?).await.map_err(fails)?;
        writer.set_metric_callback(told.clone());
        let number = match writer.get_database_backend() {
            DatabaseBackend::Sqlite => 4,
            _ => 8,
        };
        let limit = STATEMENT_TIMEOUT;
        let db = Readers::open(&options(true)?, number, limit, &writer, told)
            .await
            .map_err(fails)?;
        let lookout = Arc::new(Lookout::open(&writer).await?);
        Ok(Self {
            db,
            writer,
            statements,
            lookout,
            revisions: Arc::new(watch::Sender::new(0)),
            hints: Hints::default(),
            headlines: Statements::default(),
        })
    }

    /// How many connections for reading are at work, and how many there may be.
    pub fn readers(&self) -> (usize, usize) {
        self.db.busy()
    }

    /// How many statements were sent since the store was opened.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The connection the migrations run on.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Closes every connection. Closing the last one to a file of SQLite writes its log into it.
    pub async fn close(&self) -> Result<(), Error> {
        self.db.close().await?;
        Ok(self.writer.close_by_ref().await?)
    }

    /// The newest migration the database has, if any.
    pub async fn latest_migration(&self) -> Result<Option<String>, Error> {
        Ok(self
            .single::<Version>("SELECT version FROM seaql_migrations ORDER BY version DESC LIMIT 1")
            .await?
            .map(|row| row.version))
    }

    /// The newest revision of the data that this process knows of; 0 until it has looked. A write through this store is known before
    /// it is acknowledged, one of another process as soon as an [`outbox::Listener`](crate::outbox::Listener) hears of it.
    pub fn revisions(&self) -> watch::Receiver<i64> {
        self.revisions.subscribe()
    }

    /// Makes a revision known in this process, if it is newer than what is.
    pub(crate) fn saw(&self, revision: i64) {
        self.revisions.send_if_modified(|known| {
            let newer = revision > *known;
            *known = revision.max(*known);
            newer
        });
    }

    pub(crate) fn hints(&self) -> &Hints {
        &self.hints
    }

    pub(crate) fn headlines(&self) -> &Statements {
        &self.headlines
    }

    pub(crate) async fn single<R: FromQueryResult>(&self, sql: &str) -> Result<Option<R>, DbErr> {
        R::find_by_statement(Statement::from_string(self.db.get_database_backend(), sql))
            .one(&self.db)
            .await
    }

    /// The rows of a statement, in one piece.
    pub(crate) async fn rows(&self, statement: &SelectStatement) -> Result<ResultSet, Error> {
        let statement = self.db.get_database_backend().build(statement);
        self.db.rows(statement).await
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.db.get_database_backend() == DatabaseBackend::Postgres
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) = &error {
            return Self::Busy;
        }
        if let DbErr::Conn(RuntimeErr::SqlxError(cause)) = &error
            && matches!(cause.as_ref(), SqlxError::PoolTimedOut)
        {
            return Self::Busy;
        }
        let code = match &error {
            DbErr::Query(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause)) => {
                cause.as_database_error().and_then(|error| error.code())
            }
            _ => None,
        };
        match code.as_deref() {
            // SQLITE_INTERRUPT and query_canceled.
            Some("9" | "57014") => Self::TooLong,
            // SQLITE_BUSY: another process writes.
            Some("5") => Self::Busy,
            // character_not_in_repertoire; SQLite finds nothing instead.
            Some("22021") => Self::NoText,
            _ => Self::Database(error),
        }
    }
}

/// The URL of a file of SQLite, made when it is not there.
pub fn file_url(path: &std::path::Path) -> String {
    let path = path.display().to_string();
    let path = path.replace('%', "%25").replace('?', "%3f");
    format!("sqlite://{path}?mode=rwc")
}

/// How connections that read, or write, are opened.
fn options(url: &str, reading: bool, existing: bool) -> Result<ConnectOptions, Error> {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .test_before_acquire(false)
        .acquire_timeout(PATIENCE);
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") if url.contains(":memory:") || url.contains("mode=memory") => {
            return Err(Error::Url {
                url: url.to_owned(),
                reason: "every connection would have a memory of its own; name a file".into(),
            });
        }
        Some("sqlite") => {
            // One writes at a time, and whoever writes next waits for it here instead of in the database. It is kept open: the last
            // connection to go would take the WAL index with it.
            options.max_connections(1).min_connections(1);
            options.acquire_timeout(BUSY);
            options.idle_timeout(None::<Duration>);
            options.max_lifetime(None::<Duration>);
            options.map_sqlx_sqlite_opts(move |sqlite| {
                let sqlite = match existing {
                    true => sqlite.create_if_missing(false),
                    false => sqlite.journal_mode(SqliteJournalMode::Wal),
                };
                sqlite
                    .synchronous(SqliteSynchronous::Normal)
                    .busy_timeout(BUSY)
                    .foreign_keys(true)
                    .statement_cache_capacity(1024)
                    .pragma("cache_size", "-16000")
                    .pragma("mmap_size", "268435456")
                    // What is erased is overwritten in the file, not only let go.
                    .pragma("secure_delete", "1")
                    .pragma("query_only", if reading { "1" } else { "0" })
            });
        }
        Some("postgres" | "postgresql") => {
            options.max_connections(4);
            options.map_sqlx_postgres_opts(move |postgres| {
                let limit = STATEMENT_TIMEOUT.as_millis().to_string();
                let read_only = if reading { "on" } else { "off" };
                postgres.options([
                    ("statement_timeout", limit.as_str()),
                    ("default_transaction_read_only", read_only),
                ])
            });
        }
        _ => {
            return Err(Error::Url {
                url: without_password(url),
                reason: "the scheme is neither sqlite nor postgres".into(),
            });
        }
    }
    Ok(options)
}

#[derive(FromQueryResult)]
struct Version {
    version: String,
}

/// The URL as anybody may see it.
fn without_password(url: &str) -> String {
    let url = match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme + 3 => {
            let user = url[scheme + 3..at].split(':').next().unwrap_or_default();
            format!("{}{user}:***{}", &url[..scheme + 3], &url[at..])
        }
        _ => url.to_owned(),
    };
    let Some((before, query)) = url.split_once('?') else {
        return url;
    };
    let hidden = |part: &str| match part.split_once('=') {
        Some((name, _)) if name.contains("password") => format!("{name}=***"),
        _ => part.to_owned(),
    };
    let parts: Vec<String> = query.split('&').map(hidden).collect();
    format!("{before}?{}", parts.join("&"))
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn errors_never_show_a_password() {
        assert_eq!(
            without_password("postgres://bab:s3cr3t@db/bab"),
            "postgres://bab:***@db/bab"
        );
        assert_eq!(
            without_password("postgres://bab:s3@cr3t@db/bab"),
            "postgres://bab:***@db/bab"
        );
        assert_eq!(
            without_password("postgres:///bab?host=/run&password=s3cr3t&user=bab"),
            "postgres:///bab?host=/run&password=***&user=bab"
        );
        assert_eq!(
            without_password("sqlite://bab.db?mode=rwc"),
            "sqlite://bab.db?mode=rwc"
        );
    }
}
