//! `bab doctor` finds what is wrong with a machine, says what to do, and shows no secret.

use serde_json::Value;
use testkit::telegram::TelegramDouble;

use crate::bab::{run, sqlite, stderr, stdout};

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";

/// The checks by name, and whether none failed.
fn examined(settings: &[(&str, &str)], more: &[&str]) -> (Value, bool) {
    let arguments: Vec<&str> = ["doctor", "--json", "--listen=127.0.0.1:0"]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let output = run(&arguments, settings);
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let failed = report["failures"].as_u64().unwrap() > 0;
    assert_eq!(output.status.code(), Some(i32::from(failed)), "{report}");
    let checks = report["checks"].as_array().unwrap().iter();
    let by_name = checks.map(|check| {
        let name = check["check"].as_str().unwrap().to_owned();
        // Whatever is not well says what to do.
        assert!(check["state"] == "ok" || !check["found"].as_str().unwrap().is_empty());
        (name, check.clone())
    });
    (Value::Object(by_name.collect()), !failed)
}

#[tokio::test]
async fn a_database_with_data_is_well_on_both_engines() {
    for database in [testkit::database().await, testkit::postgres().await] {
        let settings = [
            ("DATABASE_URL", database.url.as_str()),
            ("BAB_PUBLIC_URL", "https://bab.example"),
        ];
        let (checks, well) = examined(&settings, &[]);
        assert!(well, "{checks}");
        for check in [
            "program",
            "settings",
            "address",
            "public address",
            "data folder",
            "words",
            "documents",
            "bot",
            "today",
            "database",
            "tables",
            "writing",
            "data",
            "integrity",
            "clock",
        ] {
            assert_eq!(
                checks[check]["state"],
                "ok",
                "{}: {checks}",
                database.kind()
            );
        }
        assert!(
            checks["data"]["found"]
                .as_str()
                .unwrap()
                .contains("revision 1")
        );
        let lines = stdout(&run(&["doctor", "--listen=127.0.0.1:0"], &settings));
        assert_eq!(lines.lines().count(), checks.as_object().unwrap().len());
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_database_is_told_apart() {
    let state = |settings: &[(&str, &str)], check: &str| {
        let (checks, _) = examined(settings, &[]);
        assert!(!checks[check].is_null(), "{check}: {checks}");
        (
            checks[check]["state"].as_str().unwrap().to_owned(),
            checks[check].to_string(),
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.db");
    let url = sqlite(&missing);
    assert_eq!(state(&[("DATABASE_URL", &url)], "database").0, "failure");
    assert!(!missing.exists(), "looking makes nothing");

    let database = testkit::database().await;
    let settings = [("DATABASE_URL", database.url.as_str())];
    let execute = async |sql: &str| {
        store::database::execute(&database.store, sql)
            .await
            .unwrap();
    };
    execute("PRAGMA foreign_keys = OFF").await;
    execute("UPDATE parks SET operator_id = 999999 WHERE id = 1").await;
    let (integrity, said) = state(&settings, "integrity");
    assert!(
        integrity == "failure" && said.contains("parks (1)"),
        "{said}"
    );

    execute("UPDATE data_revisions SET recorded_at = '2099-01-01T00:00:00+00:00'").await;
    assert_eq!(state(&settings, "clock").0, "failure");

    execute("INSERT INTO seaql_migrations VALUES ('m20991231_000001_later', 0)").await;
    let (tables, said) = state(&settings, "tables");
    assert!(tables == "failure" && said.contains("newer"), "{said}");
    execute("DELETE FROM seaql_migrations WHERE version LIKE 'm2099%'").await;
    execute("DELETE FROM seaql_migrations WHERE version LIKE '%levels'").await;
    let (tables, said) = state(&settings, "tables");
    assert!(
        tables == "failure" && said.contains("bab migrate"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_with_the_settings_is_told_apart() {
    let (checks, _) = examined(
        &[
            ("BAB_PUBLC_URL", "https://bab.example"),
            ("BAB_NOW", "2026-11-24"),
            ("BAB_DATA", "/nowhere"),
            ("BAB_LEXICON", "/nowhere"),
            ("BAB_TRUSTED_DOCUMENTS", "/nowhere"),
        ],
        &[],
    );
    let remedy = checks["settings"]["remedy"].as_str().unwrap();
    assert!(remedy.contains("BAB_PUBLIC_URL"), "{remedy}");
    for check in ["settings", "public address", "today"] {
        assert_eq!(checks[check]["state"], "warning", "{checks}");
    }
    for check in ["data folder", "words", "documents"] {
        assert_eq!(checks[check]["state"], "failure", "{checks}");
    }
    let (checks, _) = examined(&[("BAB_PUBLIC_URL", "http://bab.example")], &[]);
    assert_eq!(checks["public address"]["state"], "warning", "{checks}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram_is_asked_only_when_told_to() {
    let double = TelegramDouble::start().await;
    let told = |token: &str, url: &str, more: &[&str]| {
        let settings = [("TELEGRAM_BOT_TOKEN", token), ("TELEGRAM_API_URL", url)];
        let (checks, _) = examined(&settings, more);
        (
            checks["bot"]["state"].as_str().unwrap().to_owned(),
            checks["bot"]["found"].to_string(),
        )
    };
    let (state, _) = told(double.token(), double.url(), &[]);
    assert_eq!(state, "ok");
    assert!(double.calls().is_empty());
    let (state, found) = told(double.token(), double.url(), &["--online"]);
    assert!(
        state == "ok" && found.contains(testkit::telegram::BOT_USERNAME),
        "{found}"
    );
    let other = double.token().replace(':', ":x");
    for (token, url) in [
        (other.as_str(), double.url()),
        (TOKEN, "http://127.0.0.1:1"),
    ] {
        let (state, found) = told(token, url, &["--online"]);
        assert!(state == "failure" && found.contains("TELEGRAM"), "{found}");
    }
}

#[test]
fn no_secret_is_shown() {
    let combinations = [
        (
            "postgres://bab:hunter2@127.0.0.1:1/bab",
            TOKEN,
            "http://user:hunter4@127.0.0.1:1",
        ),
        (
            "postgres:///bab?host=127.0.0.1&port=1&password=hunter2",
            TOKEN,
            "http://127.0.0.1:1",
        ),
        (
            "mysql://bab:hunter2@127.0.0.1:1/bab",
            "110201543:AAHdqTcvCH1vGWJx",
            "telegram",
        ),
    ];
    let examine = |(database, token, api): (&str, &str, &str)| {
        let settings = [
            ("DATABASE_URL", database),
            ("TELEGRAM_BOT_TOKEN", token),
            ("TELEGRAM_API_URL", api),
            ("RUST_LOG", "trace"),
        ];
        let output = run(&["doctor", "--online"], &settings);
        let said = stdout(&output) + &stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        for secret in ["hunter", "AAHdqTcv"] {
            let shown = said.lines().find(|line| line.contains(secret));
            assert_eq!(shown, None, "{database} {api}");
        }
    };
    // A server that is not there is waited for.
    std::thread::scope(|scope| {
        for combination in combinations {
            scope.spawn(move || examine(combination));
        }
    });
}
