//! What an operator keeps and brings back: backups, and copies between the engines.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};

use entity::ConceptKind;
use entity::organisation::Draft as Organisation;
use serde_json::Value;
use store::audit_entry::{self, Act};
use store::load::{self, Batch};
use store::{Store, history};
use testkit::Database;

use crate::bab::{Running, bab, run, sqlite, stderr, stdout};

const QUESTION: &str = "how many call centres in Fès?";

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

fn refused(output: &Output, why: &str) {
    let message = stderr(output);
    assert!(!output.status.success(), "{}", stdout(output));
    assert!(message.contains(why), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

fn on(url: &str, arguments: &[&str]) -> Output {
    run(arguments, &[("DATABASE_URL", url)])
}

/// What is answered, and from what.
fn answer(url: &str) -> [Value; 4] {
    let said = done(on(url, &["ask", "--json", QUESTION]));
    let mut answer: Value = serde_json::from_str(&said).unwrap();
    ["text", "figures", "sources", "operation"].map(|part| answer[part].take())
}

async fn an_organisation(store: &Store) -> Organisation {
    let mut organisations = load::in_force(store).await.unwrap().organisations;
    organisations.pop().unwrap()
}

/// Gives it another name, in a revision of its own.
async fn rename(store: &Store, organisation: &Organisation, number: usize) {
    let mut organisation = organisation.clone();
    organisation.name = format!("Name {number}");
    let batch = Batch {
        organisations: vec![organisation],
        ..Batch::default()
    };
    let act = Act::of_operator("2026-11-24T08:00:00Z".parse().unwrap(), "a test");
    load::apply(store, &batch, &act).await.unwrap();
}

/// Every revision has its entry and its event, and the organisation as many versions as there were writes.
async fn whole(store: &Store, writes_at_least: usize) {
    let part = store::Part {
        after: None,
        before: None,
        most: 100_000,
        newest_first: false,
        backward: false,
    };
    let revision = store.data_revision().await.unwrap();
    let wanted = audit_entry::Wanted::default();
    let entries = audit_entry::page(store, &wanted, &part);
    let entered: Vec<_> = entries
        .await
        .unwrap()
        .iter()
        .filter_map(|entry| entry.revision_id)
        .collect();
    let events = store::outbox::after(store, 0, 100_000).await.unwrap();
    let told: Vec<_> = events.iter().map(|event| event.revision_id).collect();
    assert_eq!(entered.last(), Some(&revision));
    // Nobody is told of the first.
    assert_eq!(entered[1..], told);
    let key = events[0].key.clone();
    let wanted = history::Wanted {
        concept: ConceptKind::Organisation,
        key,
    };
    let versions = history::count(store, &wanted).await.unwrap() as usize;
    assert_eq!(versions, told.len() + 1);
    assert!(told.len() >= writes_at_least, "{} writes", told.len());
}

async fn a_backup_taken_while_others_write(first: Database, second: Database) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("100% of it?.db");
    let name = file.to_str().unwrap();
    let asked = answer(&first.url);
    let organisation = an_organisation(&first.store).await;
    let stop = AtomicBool::new(false);
    for number in 0..5 {
        rename(&first.store, &organisation, number).await;
    }
    let writing = async {
        for number in 5.. {
            if stop.load(Ordering::Relaxed) {
                return number;
            }
            rename(&first.store, &organisation, number).await;
        }
        0
    };
    let backing_up = async {
        let (url, name) = (first.url.clone(), name.to_owned());
        let output = tokio::task::spawn_blocking(move || on(&url, &["backup", &name])).await;
        stop.store(true, Ordering::Relaxed);
        output.unwrap()
    };
    let (output, writes) = tokio::join!(backing_up, writing);
    let report = done(output);
    assert!(
        report.contains("observations") && report.contains("equal"),
        "{report}"
    );
    assert!(writes > 5, "nothing was written meanwhile");
    let mode = file.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let beside: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");

    let bytes = std::fs::read(&file).unwrap();
    done(on(&second.url, &["restore", name]));
    assert!(bytes == std::fs::read(&file).unwrap(), "the backup changed");
    whole(&second.store, 5).await;
    assert_eq!(answer(&second.url), asked);
    rename(&second.store, &organisation, writes).await;
    whole(&second.store, 6).await;

    refused(&on(&first.url, &["backup", name]), "is there already");
    refused(&on(&second.url, &["restore", name]), "rows in it already");
    assert!(bytes == std::fs::read(&file).unwrap(), "the backup changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_comes_back_on_a_server() {
    a_backup_taken_while_others_write(testkit::database().await, testkit::postgres_empty().await)
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_comes_back_in_a_file() {
    a_backup_taken_while_others_write(testkit::postgres().await, testkit::empty().await).await;
}

#[tokio::test]
async fn a_file_that_is_no_backup_is_refused_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let database = testkit::database().await;
    let backup = path("backup");
    done(on(&database.url, &["backup", backup.to_str().unwrap()]));
    let bytes = std::fs::read(&backup).unwrap();

    let restore = |name: &str, why: &str| {
        let target = path("target.db");
        let file = path(name);
        let output = on(&sqlite(&target), &["restore", file.to_str().unwrap()]);
        refused(&output, why);
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
        assert!(!target.exists(), "{name}");
    };
    restore("nowhere", "No such file");
    std::fs::write(path("empty"), "").unwrap();
    restore("empty", "no backup of Bab");
    std::fs::write(path("text"), "a,b\n1,2\n").unwrap();
    restore("text", "no backup of Bab");
    std::fs::write(path("half"), &bytes[..bytes.len() / 2]).unwrap();
    restore("half", "damaged");
    std::fs::write(path("page"), &bytes[..bytes.len() - 4096]).unwrap();
    restore("page", "damaged");
    std::fs::write(path("beginning"), &bytes[..100]).unwrap();
    restore("beginning", "damaged");
    let foreign = path("foreign");
    let store = Store::connect(&sqlite(&foreign)).await.unwrap();
    store::database::execute(&store, "CREATE TABLE songs (id integer PRIMARY KEY)")
        .await
        .unwrap();
    store.close().await.unwrap();
    restore("foreign", "no database of Bab");

    let unwritable = on(&database.url, &["backup", "/nowhere/at/all/backup"]);
    refused(&unwritable, "/nowhere/at/all/backup cannot be written");
}

/// The migrations after it was made are applied to a copy of it.
#[tokio::test]
async fn a_backup_of_an_older_bab_comes_back() {
    let database = testkit::database().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("older.db");
    for undo in [
        "DROP INDEX territory_ancestors_territory_id_level_ancestor_id_idx",
        "ALTER TABLE territory_ancestors DROP COLUMN level",
        "DELETE FROM seaql_migrations WHERE version = 'm20261129_000016_levels'",
    ] {
        store::database::execute(&database.store, undo)
            .await
            .unwrap();
    }
    let name = file.to_str().unwrap();
    refused(&on(&database.url, &["backup", name]), "bab migrate");
    assert!(!file.exists());
    // As the older program would have written it.
    let (url, target) = (&database.url, folder.path().join("restored.db"));
    database.store.close().await.unwrap();
    std::fs::copy(
        Path::new(&url["sqlite://".len()..url.find('?').unwrap()]),
        &file,
    )
    .unwrap();
    done(on(&sqlite(&target), &["restore", name]));
    let [_, figures, ..] = answer(&sqlite(&target));
    assert_eq!(figures[0]["value"], 36);
}

#[tokio::test]
async fn a_copy_that_is_killed_leaves_an_empty_database() {
    let first = testkit::database().await;
    for second in [testkit::empty().await, testkit::postgres_empty().await] {
        let arguments = ["copy", "--from", &first.url, "--to", &second.url];
        for delay in [200, 700, 1500] {
            let mut running = Running::start(bab(&arguments, &[]));
            std::thread::sleep(std::time::Duration::from_millis(delay));
            running.signal("KILL");
            running.ended();
            let empty = store::copy::refuse_unless_empty(&second.store).await;
            // On a fast machine it was done.
            if empty.is_err() {
                assert_eq!(answer(&second.url), answer(&first.url));
                break;
            }
        }
        let again = run(&arguments, &[]);
        let message = stderr(&again);
        assert!(
            again.status.success() || message.contains("rows in it already"),
            "{}: {message}",
            second.kind()
        );
    }
}

#[tokio::test]
async fn a_copy_says_what_it_did_and_never_a_password() {
    let (first, second) = (testkit::database().await, testkit::postgres_empty().await);
    let copy = |from: &str, to: &str| run(&["copy", "--from", from, "--to", to], &[]);
    let report = done(copy(&first.url, &second.url));
    assert!(
        report.contains("sources") && report.contains("were copied"),
        "{report}"
    );
    assert_eq!(answer(&second.url), answer(&first.url));
    refused(&copy(&first.url, &second.url), "rows in it already");
    let nobody = "postgres://bab:hunter2@127.0.0.1:1/bab";
    for output in [copy(nobody, &second.url), copy(&first.url, nobody)] {
        refused(&output, "127.0.0.1:1");
        assert!(!stderr(&output).contains("hunter2"), "{}", stderr(&output));
    }
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.db");
    let output = copy(&sqlite(&missing), &second.url);
    refused(&output, "--from");
    assert!(!missing.exists());
}
