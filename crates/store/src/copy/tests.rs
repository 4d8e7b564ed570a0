//! Copies between the engines lose nothing, and what cannot be copied is refused.

use sea_orm::{ConnectionTrait, Statement};
use tokio::runtime::Handle;

use super::*;
use crate::database::execute;

/// A database of the kit, opened by the crate that is tested.
struct Database {
    kit: testkit::Database,
    store: Store,
}

impl Database {
    async fn open(kit: testkit::Database) -> Self {
        let store = Store::connect(&kit.url).await.unwrap();
        Self { kit, store }
    }

    async fn each_empty() -> [Self; 2] {
        [
            Self::open(testkit::empty().await).await,
            Self::open(testkit::postgres_empty().await).await,
        ]
    }
}

/// What the shipped data have none of: rows that people and programs leave, with values at the edges of their kinds, a reference to a later
/// row, and ids of rows that are gone.
const TRACES: &[&str] = &[
    "INSERT INTO api_keys (id, prefix, hash, holder, scopes, trusted_documents_only, created_at) \
     VALUES (7, '3f9a01c2', 'h', 'APEBI, ''mobile''', 'read', TRUE, '2026-11-30T05:12:18.741470+00:00')",
    "INSERT INTO follows (chat, frame, form, told, revision, created_at) \
     VALUES (-9223372036854775807, '', 'ar', 'كم عدد مراكز الاتصال؟ \"36\", \n\t☎ null', 1, '1969-12-31T23:59:59.999999+00:00')",
    "INSERT INTO kept_questions (day, kind, form, reason, question, digest, times) \
     VALUES ('2026-02-28', 'k', 'fr', 'r', 'null,null', 9223372036854775807, 1)",
    "INSERT INTO outbox_events (id, revision_id, concept, key, change, recorded_at) \
     VALUES (5000, 1, 'site', 'gone', 'created', '2026-11-30T05:12:18+00:00')",
    "DELETE FROM outbox_events",
    "UPDATE incentives SET amount = 0.1 + 0.2 WHERE id = (SELECT MIN(id) FROM incentives)",
    "UPDATE incentives SET amount = 1e-300 WHERE id = (SELECT MAX(id) FROM incentives)",
    "UPDATE organisations SET parent_id = (SELECT MAX(id) FROM organisations) WHERE id = (SELECT MIN(id) FROM organisations)",
];

async fn copied(from: &Database, to: &Database) -> Result<BTreeMap<String, Content>, Error> {
    copy(&from.store, &to.store, &|_, _, _| {}).await
}

/// Every row that one file of SQLite has and the other has not, by what SQLite itself says.
async fn apart(one: &Database, other: &Database) -> Vec<String> {
    let file = other.kit.url.trim_start_matches("sqlite://");
    let file = file.split('?').next().unwrap_or_default();
    execute(&one.store, &format!("ATTACH '{file}' AS other"))
        .await
        .unwrap();
    let mut apart = Vec::new();
    let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' AND name <> 'seaql_migrations'";
    for table in texts(&one.store, sql).await {
        for (here, there) in [("main", "other"), ("other", "main")] {
            let rows = format!(
                "SELECT '{table}' FROM (SELECT * FROM {here}.{table} EXCEPT SELECT * FROM {there}.{table})"
            );
            apart.extend(texts(&one.store, &rows).await);
        }
    }
    execute(&one.store, "DETACH other").await.unwrap();
    apart
}

async fn texts(store: &Store, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(store.writer.get_database_backend(), sql);
    let rows = store.writer.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}

async fn with_traces() -> Database {
    let database = Database::open(testkit::database().await).await;
    for trace in TRACES {
        execute(&database.store, trace).await.unwrap();
    }
    database
}

/// A few rows, where more would tell no more.
async fn with_little() -> Database {
    let database = Database::open(testkit::empty().await).await;
    testkit::small::fill(&database.kit.store).await;
    database
}

async fn refused(from: &Database, to: &Database) -> Refusal {
    match copied(from, to).await {
        Err(Error::Copy(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn there_and_back_nothing_is_lost() {
    let first = with_traces().await;
    let second = Database::open(testkit::postgres_empty().await).await;
    let third = Database::open(testkit::postgres_empty().await).await;
    let fourth = Database::open(testkit::empty().await).await;
    let there = copied(&first, &second).await.unwrap();
    let beside = copied(&second, &third).await.unwrap();
    let back = copied(&third, &fourth).await.unwrap();
    assert_eq!(there, beside);
    assert_eq!(there, back);
    assert!(there["observations"].rows > 70_000);
    assert_eq!(
        (there["outbox_events"].rows, there["outbox_events"].last_id),
        (0, 5000)
    );
    assert_eq!(apart(&first, &fourth).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_of_sqlite_keeps_every_nanosecond() {
    let (first, second) = (
        with_traces().await,
        Database::open(testkit::empty().await).await,
    );
    let fine = "UPDATE follows SET told_at = '2026-11-30T05:12:18.741470123+00:00'";
    execute(&first.store, fine).await.unwrap();
    copied(&first, &second).await.unwrap();
    assert_eq!(apart(&first, &second).await, Vec::<String>::new());
    execute(&second.store, "UPDATE follows SET told = 'x'")
        .await
        .unwrap();
    assert_eq!(apart(&first, &second).await, ["follows", "follows"]);
}

#[tokio::test]
async fn ids_go_on_and_references_hold_in_a_copy() {
    let first = with_traces().await;
    for second in Database::each_empty().await {
        copied(&first, &second).await.unwrap();
        let event = "INSERT INTO outbox_events (revision_id, concept, key, change, recorded_at) \
                     SELECT id, 'site', 'new', 'created', recorded_at FROM data_revisions";
        execute(&second.store, event).await.unwrap();
        let sql = "SELECT CAST(id AS TEXT) FROM outbox_events";
        assert_eq!(
            texts(&second.store, sql).await,
            ["5001"],
            "{}",
            second.kit.kind()
        );
        for broken in [
            "UPDATE parks SET territory_id = 999999",
            "UPDATE webhooks SET api_key_id = 0",
            "DELETE FROM api_keys WHERE id = 7",
        ] {
            let outcome = execute(&second.store, broken).await;
            let of_nothing = broken.contains("webhooks") || broken.contains("api_keys WHERE");
            assert_eq!(
                outcome.is_ok(),
                of_nothing,
                "{}: {broken}",
                second.kit.kind()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_sees_one_instant_while_others_write() {
    for first in Database::each_empty().await {
        testkit::small::fill(&first.kit.store).await;
        let second = Database::open(testkit::empty().await).await;
        let before = first.store.data_revision().await.unwrap();
        // Between two tables, somebody else writes.
        let write = |table: &str, _, _| {
            if table == "names" {
                let kit = &first.kit.store;
                let figure = testkit::small::figure("later", "jobs", "A", 2.0);
                let state = testkit::small::state(kit, vec![figure]);
                tokio::task::block_in_place(|| Handle::current().block_on(state));
            }
        };
        copy(&first.store, &second.store, &write).await.unwrap();
        assert_eq!(first.store.data_revision().await.unwrap(), before + 1);
        assert_eq!(second.store.data_revision().await.unwrap(), before);
        let sql = "SELECT key FROM observations ORDER BY key";
        assert_eq!(
            texts(&second.store, sql).await,
            ["first"],
            "{}",
            first.kit.kind()
        );
    }
}

#[tokio::test]
async fn only_a_database_without_rows_is_filled() {
    let first = with_little().await;
    for second in Database::each_empty().await {
        refuse_unless_empty(&second.store).await.unwrap();
        testkit::small::fill(&second.kit.store).await;
        let refusal = refuse_unless_empty(&second.store).await.unwrap_err();
        assert!(matches!(refusal, Error::Copy(Refusal::NotEmpty(_))));
        assert!(matches!(
            refused(&first, &second).await,
            Refusal::NotEmpty(_)
        ));
        assert_eq!(second.store.data_revision().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn tables_of_another_version_are_refused_with_what_to_do() {
    let (older, target) = (
        with_little().await,
        Database::open(testkit::empty().await).await,
    );
    let last =
        "DELETE FROM seaql_migrations WHERE version = (SELECT MAX(version) FROM seaql_migrations)";
    execute(&older.store, last).await.unwrap();
    let refusal = refused(&older, &target).await;
    assert!(matches!(refusal, Refusal::Older(_)) && refusal.to_string().contains("bab migrate"));
    let later = "INSERT INTO seaql_migrations VALUES ('m20991231_000001_later', 0)";
    execute(&older.store, later).await.unwrap();
    assert!(matches!(
        refused(&older, &target).await,
        Refusal::Newer(version) if version == "m20991231_000001_later"
    ));
    assert_eq!(target.store.data_revision().await.unwrap(), 0);
}

#[tokio::test]
async fn what_has_other_tables_or_no_migrations_is_refused() {
    let (first, target) = (
        with_little().await,
        Database::open(testkit::empty().await).await,
    );
    execute(
        &first.store,
        "CREATE TABLE strange (id integer, shape blob)",
    )
    .await
    .unwrap();
    let refusal = refused(&first, &target).await.to_string();
    assert!(refusal.contains("strange.shape"), "{refusal}");
    execute(&first.store, "DROP TABLE strange").await.unwrap();
    refuse_unless_whole(&first.store).await.unwrap();
    execute(&first.store, "DROP TABLE seaql_migrations")
        .await
        .unwrap();
    let refusal = refuse_unless_whole(&first.store).await.unwrap_err();
    assert!(matches!(refusal, Error::Copy(Refusal::Foreign(_))));
}

#[tokio::test]
async fn nothing_is_kept_of_a_copy_that_reads_back_otherwise() {
    let first = with_little().await;
    for second in Database::each_empty().await {
        let spoil = match second.kit.is_postgres() {
            true => {
                "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name_fr = 'x'; RETURN NEW; END $$; \
                 CREATE TRIGGER spoil BEFORE INSERT ON units FOR EACH ROW EXECUTE FUNCTION spoil()"
            }
            false => {
                "CREATE TRIGGER spoil AFTER INSERT ON units BEGIN UPDATE units SET name_fr = 'x' WHERE id = NEW.id; END"
            }
        };
        execute(&second.store, spoil).await.unwrap();
        let refusal = refused(&first, &second).await;
        assert!(
            matches!(&refusal, Refusal::Mismatch { table, .. } if table == "units"),
            "{refusal:?}"
        );
        refuse_unless_empty(&second.store).await.unwrap();
        let id = "SELECT CAST(last_value AS TEXT) FROM sources_id_seq";
        if second.kit.is_postgres() {
            assert_eq!(texts(&second.store, id).await, ["1"]);
        }
    }
}
