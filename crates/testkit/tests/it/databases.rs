//! Every test has a database of its own, and nothing stays behind, however a test process ends.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Set for the process that is to die with its databases open.
const DYING: &str = "TESTKIT_DYING";

#[tokio::test]
async fn databases_are_apart() {
    for (one, other) in [
        (testkit::empty().await, testkit::empty().await),
        (
            testkit::postgres_empty().await,
            testkit::postgres_empty().await,
        ),
    ] {
        assert_ne!(one.url, other.url);
        let options = import::Options {
            now: chrono::Utc::now(),
            progress: None,
        };
        let folder = tempfile::tempdir().expect("a folder");
        let units = "key,name_fr,name_en,name_ar,symbol\nton,tonnes,tonnes,أطنان,t\n";
        std::fs::write(folder.path().join("units.csv"), units).expect("a file");
        import::run(&one.store, folder.path(), &options)
            .await
            .expect("taken");
        assert_eq!(one.store.data_revision().await.expect("a revision"), 1);
        assert_eq!(
            other.store.data_revision().await.expect("a revision"),
            0,
            "{}",
            other.kind()
        );
        let again = store::Store::connect(&one.url)
            .await
            .expect("the url opens the same database");
        assert_eq!(again.data_revision().await.expect("a revision"), 1);
    }
}

#[tokio::test]
async fn a_killed_process_leaves_nothing() {
    if std::env::var_os(DYING).is_some() {
        let (file, server) = (testkit::empty().await, testkit::postgres_empty().await);
        println!("\nopen {} {}", file.url, server.url);
        std::process::abort();
    }
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program)
        .args([
            "--exact",
            "databases::a_killed_process_leaves_nothing",
            "--nocapture",
        ])
        .env(DYING, "1")
        .env_remove("TEST_DATABASE_URL")
        .stderr(Stdio::null())
        .output()
        .expect("a second process");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let urls = said
        .lines()
        .find_map(|line| line.strip_prefix("open "))
        .expect("its databases");
    let (file, server) = urls.split_once(' ').expect("two databases");
    let file = file
        .trim_start_matches("sqlite://")
        .split('?')
        .next()
        .expect("a path");
    let folder = PathBuf::from(file).parent().expect("a folder").to_owned();
    let socket = server
        .split_once("host=")
        .and_then(|(_, rest)| rest.split('&').next())
        .expect("a socket");
    let start = Instant::now();
    while folder.exists() || PathBuf::from(socket).exists() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{folder:?} or {socket} stays"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
