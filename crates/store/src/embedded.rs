//! SQLite read by whoever asks, on the thread that asks: most statements are over sooner than another thread is woken. One that is not is
//! broken off and begun again on a thread of its own, so that it keeps nobody waiting but who asked.

use std::{
    collections::HashMap,
    path::PathBuf,
    str::Utf8Error,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::SecondsFormat;
use rusqlite::{
    Connection, OpenFlags, ToSql,
    ffi::ErrorCode,
    types::{ToSqlOutput, Value as Owned, ValueRef},
};
use sea_orm::{DbErr, RuntimeErr, Statement, Value, metric::Info};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{
    Error,
    brake::{Brake, INSTRUCTIONS},
    readers::{PATIENCE, Told},
    result_set::{Cell, Cells, ResultSet},
};

/// How long a statement may keep the thread that asks.
const SHORT: Duration = Duration::from_millis(2);

/// Statements of a connection that are kept prepared.
const PREPARED: usize = 512;

/// Connections to one file.
#[derive(Clone)]
pub(crate) struct Embedded(Arc<Inner>);

struct Inner {
    file: PathBuf,
    limit: Duration,
    places: Arc<Semaphore>,
    number: u32,
    free: Mutex<Vec<Reader>>,
    told: Told,
}

struct Reader {
    connection: Connection,
    brake: Arc<Brake>,
    /// The names of the columns of statements, by their text.
    names: HashMap<String, Arc<[Box<str>]>>,
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} readers of {:?}", self.0.number, self.0.file)
    }
}

impl Embedded {
    /// At most so many connections, each opened when it is first needed; a statement ends after `limit`.
    pub fn new(file: PathBuf, number: u32, limit: Duration, told: Told) -> Self {
        Self(Arc::new(Inner {
            file,
            limit,
            places: Arc::new(Semaphore::new(number as usize)),
            number,
            free: Mutex::default(),
            told,
        }))
    }

    /// How many connections are at work, of how many there may be.
    pub fn busy(&self) -> (usize, usize) {
        let number = self.0.number as usize;
        (number - self.0.places.available_permits(), number)
    }

    /// Closes all connections, when nothing is read any more.
    pub async fn close(&self) {
        let _all = self.0.places.acquire_many(self.0.number).await;
        self.0.free().clear();
        self.0.places.close();
    }

    /// The rows of a statement that changes nothing.
    pub async fn read(&self, statement: Statement) -> Result<ResultSet, Error> {
        let place = match self.0.places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(_) => self.place().await?,
        };
        let began = Instant::now();
        let mut reader = self.0.reader()?;
        let outcome = match reader.read(&statement, SHORT) {
            // Whatever it was (the file may have been held, too): there it has the time to pass, or to be told.
            Err(_) => {
                let mut task = Task::begin(self.0.clone(), place, reader, statement.clone());
                (&mut task.running).await.unwrap_or(Err(Broken::Off))
            }
            outcome => {
                self.0.free().push(reader);
                drop(place);
                outcome
            }
        };
        (self.0.told)(&Info {
            elapsed: began.elapsed(),
            statement: &statement,
            failed: outcome.is_err(),
        });
        outcome.map_err(Error::from)
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Error> {
        let place = timeout(PATIENCE, self.0.places.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(Error::Busy)
    }
}

/// A statement on a thread of its own, which ends when nobody waits for it any more.
struct Task {
    running: tokio::task::JoinHandle<Result<ResultSet, Broken>>,
    brake: Arc<Brake>,
    /// Whether the connection may work for somebody else already: then its brake is no longer ours.
    ended: Arc<Mutex<bool>>,
}

impl Task {
    fn begin(
        inner: Arc<Inner>,
        place: OwnedSemaphorePermit,
        mut reader: Reader,
        statement: Statement,
    ) -> Self {
        let brake = reader.brake.clone();
        brake.release(inner.limit);
        let ended = Arc::new(Mutex::new(false));
        let over = ended.clone();
        let running = tokio::task::spawn_blocking(move || {
            let outcome = reader.read_on(&statement, PATIENCE);
            *over.lock().unwrap_or_else(PoisonError::into_inner) = true;
            inner.free().push(reader);
            drop(place);
            outcome
        });
        Self {
            running,
            brake,
            ended,
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        if !*ended {
            self.brake.pull();
        }
    }
}

impl Inner {
    fn free(&self) -> MutexGuard<'_, Vec<Reader>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that was used last, whose memory is the warmest.
    fn reader(&self) -> Result<Reader, Broken> {
        let used = self.free().pop();
        match used {
            Some(reader) => Ok(reader),
            None => Ok(Reader::open(self)?),
        }
    }
}

impl Reader {
    fn open(inner: &Inner) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&inner.file, flags)?;
        connection.execute_batch(
            "PRAGMA cache_size = -16000; PRAGMA mmap_size = 268435456; PRAGMA query_only = 1",
        )?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        let brake = Arc::new(Brake::new());
        let asked = brake.clone();
        connection.progress_handler(INSTRUCTIONS, Some(move || asked.is_pulled()))?;
        Ok(Self {
            connection,
            brake,
            names: HashMap::new(),
        })
    }

    /// Reads for so long, and waits for nobody.
    fn read(&mut self, statement: &Statement, limit: Duration) -> Result<ResultSet, Broken> {
        self.brake.release(limit);
        self.read_on(statement, Duration::ZERO)
    }

    /// Reads until the brake is pulled; `busy` is how long it waits for another process that holds the file.
    fn read_on(&mut self, statement: &Statement, busy: Duration) -> Result<ResultSet, Broken> {
        self.connection.busy_timeout(busy)?;
        let mut prepared = self.connection.prepare_cached(&statement.sql)?;
        let names = match self.names.get(&statement.sql) {
            Some(names) => names.clone(),
            None => {
                if self.names.len() >= PREPARED {
                    self.names.clear();
                }
                let names = prepared.column_names();
                let names: Arc<[Box<str>]> = names.into_iter().map(Box::from).collect();
                self.names.insert(statement.sql.clone(), names.clone());
                names
            }
        };
        let values = statement.values.iter().flat_map(|values| &values.0);
        for (position, value) in values.enumerate() {
            prepared.raw_bind_parameter(position + 1, Bound(value))?;
        }
        let width = names.len();
        let mut cells = Cells::new(names);
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next()? {
            for position in 0..width {
                match row.get_ref(position)? {
                    ValueRef::Null => cells.push(Cell::Null),
                    ValueRef::Integer(number) => cells.push(Cell::Integer(number)),
                    ValueRef::Real(number) => cells.push(Cell::Real(number)),
                    ValueRef::Text(text) => cells.push_text(std::str::from_utf8(text)?),
                    ValueRef::Blob(_) => return Err(Broken::other("a column holds bytes")),
                }
            }
        }
        Ok(ResultSet::Embedded(cells))
    }
}

/// Why a statement gave nothing.
enum Broken {
    /// It took longer than it may, or nobody waits for it any more.
    Off,
    /// Another process holds the file.
    Busy,
    Otherwise(DbErr),
}

impl Broken {
    fn other(reason: impl Into<String>) -> Self {
        Self::Otherwise(DbErr::Query(RuntimeErr::Internal(reason.into())))
    }
}

impl From<rusqlite::Error> for Broken {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => Self::Off,
            Some(ErrorCode::DatabaseBusy) => Self::Busy,
            _ => Self::other(error.to_string()),
        }
    }
}

impl From<Utf8Error> for Broken {
    fn from(error: Utf8Error) -> Self {
        Self::other(error.to_string())
    }
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Off => Self::TooLong,
            Broken::Busy => Self::Busy,
            Broken::Otherwise(error) => Self::Database(error),
        }
    }
}

/// A value as sqlx would bind it.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let integer = |number: Option<i64>| number.map_or(Owned::Null, Owned::Integer);
        let text = |text: Option<String>| text.map_or(Owned::Null, Owned::Text);
        Ok(ToSqlOutput::Owned(match self.0 {
            Value::String(Some(text)) => {
                return Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())));
            }
            Value::String(None) => Owned::Null,
            Value::Bool(value) => integer(value.map(i64::from)),
            Value::Int(number) => integer(number.map(i64::from)),
            Value::BigInt(number) => integer(*number),
            Value::BigUnsigned(number) => {
                let number = number.map(i64::try_from).transpose();
                integer(
                    number
                        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?,
                )
            }
            Value::Double(number) => number.map_or(Owned::Null, Owned::Real),
            Value::ChronoDate(date) => text(date.map(|date| date.to_string())),
            Value::ChronoDateTimeUtc(instant) => {
                text(instant.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
            }
            other => {
                let reason = format!("no statement that reads has a value like {other:?}");
                return Err(rusqlite::Error::ToSqlConversionFailure(reason.into()));
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::DatabaseBackend;

    use super::*;

    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

    /// One connection to a database in memory.
    fn one(limit: Duration) -> Embedded {
        Embedded::new(":memory:".into(), 1, limit, Arc::new(|_| {}))
    }

    fn statement(sql: &str) -> Statement {
        Statement::from_string(DatabaseBackend::Sqlite, sql)
    }

    async fn answers(readers: &Embedded) {
        let read = timeout(PATIENCE, readers.read(statement("SELECT 7 AS seven")));
        let rows = read.await.expect("in time").expect("an answer");
        let seven = rows.first().map(|row| row.named::<i64>("seven"));
        assert_eq!(seven.expect("a row").expect("a number"), 7);
    }

    #[tokio::test]
    async fn a_statement_that_takes_too_long_ends_and_its_connection_goes_on() {
        let readers = one(Duration::from_millis(100));
        for _ in 0..2 {
            let ended = readers.read(statement(ENDLESS)).await;
            assert!(matches!(ended, Err(Error::TooLong)));
            answers(&readers).await;
        }
    }

    #[tokio::test]
    async fn a_statement_that_nobody_waits_for_ends() {
        let readers = one(Duration::from_secs(3600));
        let given_up = timeout(Duration::from_millis(100), readers.read(statement(ENDLESS)));
        assert!(given_up.await.is_err());
        answers(&readers).await;
    }

    /// On one thread.
    #[tokio::test]
    async fn a_long_statement_keeps_nobody_else_waiting() {
        let readers = one(Duration::from_secs(3600));
        let long = readers.read(statement(ENDLESS));
        let others = async {
            for _ in 0..20 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::select! {
            _ = long => panic!("it never ends by itself"),
            () = others => {}
        }
    }

    /// On one thread: the first looks at its rows when the second works on its connection already.
    #[tokio::test]
    async fn whoever_gets_its_rows_breaks_off_nobody_elses_statement() {
        let long = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT COUNT(*) FROM n";
        let readers = one(PATIENCE);
        let second = async {
            while readers.0.free().is_empty() {
                std::thread::sleep(Duration::from_millis(1));
            }
            readers.read(statement(long)).await
        };
        let (first, second) = tokio::join!(readers.read(statement(long)), second);
        assert!(first.is_ok() && second.is_ok(), "{second:?}");
    }

    #[tokio::test]
    async fn nothing_is_changed() {
        let changed = one(PATIENCE).read(statement("CREATE TABLE t (i)")).await;
        assert!(matches!(changed, Err(Error::Database(_))));
    }
}
