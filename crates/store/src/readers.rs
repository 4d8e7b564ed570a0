//! The connections that read. Each can be told to stop: a statement that takes too long ends, and one that nobody waits for any more ends at
//! once, so that neither holds a connection that somebody else waits for. Writers have connections of their own and never wait for these.

use std::{
    collections::VecDeque,
    path::PathBuf,
    pin::Pin,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values,
    metric::Info,
    sqlx::{
        AssertSqlSafe, Error as SqlxError, Executor, Postgres, Row, Sqlite, pool::PoolConnection,
        query_with, sqlite::SqliteConnectOptions,
    },
};
use sea_query_sqlx::SqlxValues;
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{JoinError, JoinHandle},
    time::timeout,
};
use tracing::Instrument;

use crate::{
    Error,
    brake::{Brake, INSTRUCTIONS},
    embedded::Embedded,
    result_set::ResultSet,
};

/// How long a statement may take before the database gives up on it.
pub(crate) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a connection is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// Ends the statement of one connection of PostgreSQL, if it is still the one we sent: behind a pooler it may serve others by now.
/// The text that the server shows is cut short.
const CANCEL: &str = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity \
                      WHERE pid = $1 AND state = 'active' AND query <> '' AND starts_with($2, query)";

/// Connections for statements that change nothing.
#[derive(Clone, Debug)]
pub(crate) struct Readers(Arc<Inner>);

/// Whoever is told of every statement.
pub(crate) type Told = Arc<dyn Fn(&Info<'_>) + Send + Sync>;

struct Inner {
    backend: DatabaseBackend,
    limit: Duration,
    /// Tells PostgreSQL to stop.
    writer: DatabaseConnection,
    places: Arc<Semaphore>,
    number: usize,
    free: Mutex<Free>,
    all: Vec<DatabaseConnection>,
    /// A file of SQLite, read without another thread.
    embedded: Option<Embedded>,
    told: Told,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} readers of {:?}", self.number, self.backend)
    }
}

#[derive(Debug)]
struct Free {
    used: VecDeque<Reader>,
    /// Not connected yet.
    fresh: Vec<Reader>,
}

/// A pool of one connection, and what ends its statement.
#[derive(Debug)]
struct Reader {
    db: DatabaseConnection,
    held: Option<Held>,
    brake: Arc<Brake>,
}

/// The one connection of a pool, held while it works: a pool asks each connection it gets back whether it still does, which takes as long
/// as a small statement.
#[derive(Debug)]
enum Held {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Held {
    async fn from(db: &DatabaseConnection) -> Result<Self, SqlxError> {
        Ok(match db.get_database_backend() {
            DatabaseBackend::Postgres => {
                Self::Postgres(db.get_postgres_connection_pool().acquire().await?)
            }
            _ => Self::Sqlite(db.get_sqlite_connection_pool().acquire().await?),
        })
    }

    /// At most one row, or all of them.
    async fn rows(
        &mut self,
        statement: &Statement,
        one: bool,
    ) -> Result<Vec<QueryResult>, SqlxError> {
        let values = statement.values.clone();
        let values = SqlxValues(values.unwrap_or_else(|| Values(Vec::new())));
        let sql = AssertSqlSafe(statement.sql.as_str());
        macro_rules! rows {
            ($connection:expr) => {{
                let query = query_with(sql, values);
                match one {
                    true => {
                        let row = query.fetch_optional(&mut **$connection).await?;
                        Ok(row.into_iter().map(QueryResult::from).collect())
                    }
                    false => {
                        let rows = query.fetch_all(&mut **$connection).await?;
                        Ok(rows.into_iter().map(QueryResult::from).collect())
                    }
                }
            }};
        }
        match self {
            Self::Sqlite(connection) => rows!(connection),
            Self::Postgres(connection) => rows!(connection),
        }
    }
}

impl Readers {
    /// How many are at work, of how many.
    pub fn busy(&self) -> (usize, usize) {
        match &self.0.embedded {
            Some(embedded) => embedded.busy(),
            None => (
                self.0.number - self.0.places.available_permits(),
                self.0.number,
            ),
        }
    }

    /// So many connections, each opened when it is first needed.
    pub async fn open(
        options: &ConnectOptions,
        number: usize,
        limit: Duration,
        writer: &DatabaseConnection,
        told: impl Fn(&Info<'_>) + Send + Sync + 'static,
    ) -> Result<Self, DbErr> {
        let told: Told = Arc::new(told);
        let mut fresh = Vec::with_capacity(number);
        for _ in 0..number {
            fresh.push(Reader::open(options.clone(), limit).await?);
        }
        Ok(Self(Arc::new(Inner {
            backend: writer.get_database_backend(),
            limit,
            writer: writer.clone(),
            places: Arc::new(Semaphore::new(number)),
            number,
            embedded: file(options)
                .map(|file| Embedded::new(file, number as u32, limit, told.clone())),
            told,
            all: fresh.iter().map(|reader| reader.db.clone()).collect(),
            free: Mutex::new(Free {
                used: VecDeque::with_capacity(number),
                fresh,
            }),
        })))
    }

    /// Closes all of them, when nothing is read any more.
    pub async fn close(&self) -> Result<(), DbErr> {
        let all = u32::try_from(self.0.number).unwrap_or(u32::MAX);
        let _all = self.0.places.acquire_many(all).await;
        if let Some(embedded) = &self.0.embedded {
            embedded.close().await;
        }
        for reader in &mut self.0.free().used {
            reader.held = None;
        }
        for db in &self.0.all {
            db.close_by_ref().await?;
        }
        Ok(())
    }

    /// The rows of a statement, by the quickest way to them.
    pub async fn rows(&self, statement: Statement) -> Result<ResultSet, Error> {
        match &self.0.embedded {
            Some(embedded) => embedded.read(statement).await,
            None => Ok(ResultSet::Connection(self.run(statement, false).await?)),
        }
    }

    async fn lend(&self, sql: &str) -> Result<Lent, DbErr> {
        let place = timeout(PATIENCE, self.0.places.clone().acquire_owned()).await;
        let place = match place {
            Ok(Ok(place)) => place,
            Ok(Err(_)) => return Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
            Err(_) => return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        };
        let reader = self.0.free().take();
        let reader = reader.ok_or(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        reader.brake.release(self.0.limit);
        Ok(Lent {
            readers: self.clone(),
            reader: Some(reader),
            sql: match self.0.backend {
                DatabaseBackend::Postgres => sql.to_owned(),
                _ => String::new(),
            },
            place: Some(place),
            ended: false,
        })
    }

    async fn read(&self, statement: &Statement, one: bool) -> Result<Vec<QueryResult>, DbErr> {
        let mut lent = self.lend(&statement.sql).await?;
        let began = Instant::now();
        let outcome = lent.rows(statement, one).await;
        lent.ended = true;
        (self.0.told)(&Info {
            elapsed: began.elapsed(),
            statement,
            failed: outcome.is_err(),
        });
        outcome.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
    }

    /// The same in a task of its own, so that a connection is given back whether or not whoever waits for the rows is looked after
    /// meanwhile: what reads many rows together runs while the rest of its request stands still, and would wait for ever for a connection
    /// that the rest holds. Given up, the task ends.
    async fn run(&self, statement: Statement, one: bool) -> Result<Vec<QueryResult>, DbErr> {
        let readers = self.clone();
        let task =
            tokio::spawn(async move { readers.read(&statement, one).await }.in_current_span());
        match Ending(task).await {
            Ok(outcome) => outcome,
            Err(error) => Err(DbErr::Query(RuntimeErr::Internal(error.to_string()))),
        }
    }

    /// Ends what a connection still does, and returns when it has ended.
    async fn stop(&self, reader: &mut Reader, sql: String) {
        if self.0.backend == DatabaseBackend::Postgres {
            let process = reader.brake.process.load(Ordering::Relaxed);
            let values = [process.into(), sql.into()];
            let cancel = Statement::from_sql_and_values(self.0.backend, CANCEL, values);
            if let Err(error) = self.0.writer.query_one_raw(cancel).await {
                tracing::warn!(%error, "a statement that nobody waits for could not be ended");
            }
        }
        // The one connection of the pool is not there again before its statement has ended.
        reader.held = None;
        let _ = reader.db.ping().await;
    }
}

/// The file of SQLite that a database is in; none when it is in memory, or in PostgreSQL.
fn file(options: &ConnectOptions) -> Option<PathBuf> {
    let url = options.get_url();
    let embedded = url.starts_with("sqlite:") && !url.contains(":memory:");
    let options = embedded.then(|| SqliteConnectOptions::from_str(url).ok());
    Some(options??.get_filename().to_owned())
}

/// A task that ends when nobody waits for it any more.
struct Ending<T>(JoinHandle<T>);

impl<T> Future for Ending<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Ending<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Inner {
    fn free(&self) -> MutexGuard<'_, Free> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Free {
    /// The connection that was given back longest ago: the others may not have come to rest. None is opened without need.
    fn take(&mut self) -> Option<Reader> {
        if self.used.len() > 1 || self.fresh.is_empty() {
            return self.used.pop_front();
        }
        self.fresh.pop()
    }
}

impl Reader {
    async fn open(mut options: ConnectOptions, limit: Duration) -> Result<Self, DbErr> {
        let brake = Arc::new(Brake::new());
        brake.release(limit);
        options
            .max_connections(1)
            .min_connections(0)
            .connect_lazy(true);
        let asked = brake.clone();
        options.map_sqlx_sqlite_pool_opts(move |pool| {
            let asked = asked.clone();
            pool.after_connect(move |connection, _| {
                let asked = asked.clone();
                Box::pin(async move {
                    let mut handle = connection.lock_handle().await?;
                    handle.set_progress_handler(INSTRUCTIONS, move || !asked.is_pulled());
                    Ok(())
                })
            })
        });
        let named = brake.clone();
        options.map_sqlx_postgres_pool_opts(move |pool| {
            let named = named.clone();
            pool.after_connect(move |connection, _| {
                let named = named.clone();
                Box::pin(async move {
                    let row = connection.fetch_one("SELECT pg_backend_pid()").await?;
                    named.process.store(row.try_get(0)?, Ordering::Relaxed);
                    Ok::<_, SqlxError>(())
                })
            })
        });
        Ok(Self {
            db: Database::connect(options).await?,
            held: None,
            brake,
        })
    }
}

/// A connection that carries out one statement. Dropped before that has ended, it ends it.
struct Lent {
    readers: Readers,
    reader: Option<Reader>,
    /// What is sent, where it has to be named to be ended.
    sql: String,
    place: Option<OwnedSemaphorePermit>,
    ended: bool,
}

impl Lent {
    /// A connection that fails is not held on to: its pool finds out whether it still works.
    async fn rows(
        &mut self,
        statement: &Statement,
        one: bool,
    ) -> Result<Vec<QueryResult>, SqlxError> {
        let reader = self.reader.as_mut().ok_or(SqlxError::PoolClosed)?;
        let held = match &mut reader.held {
            Some(held) => held,
            none => none.insert(Held::from(&reader.db).await?),
        };
        let outcome = held.rows(statement, one).await;
        if outcome.is_err() {
            reader.held = None;
        }
        outcome
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut reader) = self.reader.take() else {
            return;
        };
        let (readers, place) = (self.readers.clone(), self.place.take());
        if self.ended {
            readers.0.free().used.push_back(reader);
            return;
        }
        reader.brake.pull();
        let sql = std::mem::take(&mut self.sql);
        let stop = async move {
            readers.stop(&mut reader, sql).await;
            readers.0.free().used.push_back(reader);
            drop(place);
        };
        // Without a runtime the process ends.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(stop);
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Readers {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.0.backend
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(nothing_changes())
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(nothing_changes())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.run(statement, true).await?.pop())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.run(statement, false).await
    }
}

fn nothing_changes() -> DbErr {
    DbErr::Exec(RuntimeErr::Internal("readers change nothing".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

    /// One connection to a database in memory.
    async fn one(limit: Duration) -> Readers {
        let options = ConnectOptions::new("sqlite::memory:");
        let writer = Database::connect(options.clone())
            .await
            .expect("a database");
        let readers = Readers::open(&options, 1, limit, &writer, |_| {}).await;
        readers.expect("a reader")
    }

    fn statement(sql: &str) -> Statement {
        Statement::from_string(DatabaseBackend::Sqlite, sql)
    }

    async fn answers(readers: &Readers) {
        let row = timeout(
            PATIENCE,
            readers.query_one_raw(statement("SELECT 7 AS seven")),
        );
        let row = row.await.expect("in time").expect("an answer");
        let seven = row.and_then(|row| row.try_get::<i32>("", "seven").ok());
        assert_eq!(seven, Some(7));
    }

    #[tokio::test]
    async fn a_statement_that_takes_too_long_ends_and_its_connection_goes_on() {
        let readers = one(Duration::from_millis(100)).await;
        for _ in 0..2 {
            let ended = readers.query_all_raw(statement(ENDLESS)).await;
            let error = ended.expect_err("it never ends by itself");
            assert!(matches!(error.into(), crate::Error::TooLong));
            answers(&readers).await;
        }
    }

    #[tokio::test]
    async fn a_statement_that_nobody_waits_for_ends() {
        let readers = one(Duration::from_secs(3600)).await;
        let given_up = timeout(
            Duration::from_millis(100),
            readers.query_all_raw(statement(ENDLESS)),
        );
        assert!(given_up.await.is_err());
        answers(&readers).await;
    }
}
