//! `bab ask` and `bab schema`: what a shell gets.

use serde_json::Value;

use crate::bab::{run, sqlite, stderr, stdout};

#[tokio::test]
async fn ask_as_json_gives_36_for_2019_with_producer_and_source() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_NOW", "2026-11-23"),
    ];
    let output = run(
        &["ask", "--json", "how many call centres in Fès?"],
        &settings,
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let answer: Value =
        serde_json::from_slice(&output.stdout).expect("nothing but JSON on standard output");
    assert_eq!(answer["status"], "ANSWERED");
    let figure = &answer["figures"][0];
    assert_eq!(figure["value"], 36);
    assert_eq!(figure["territory"]["code"], "03.231");
    assert_eq!(figure["period"], "2019");
    assert_eq!(figure["producer"]["key"], "cri_fes_meknes");
    assert!(
        figure["source"]["url"]
            .as_str()
            .unwrap()
            .starts_with("http")
    );
    assert!(
        answer["operation"]["document"]
            .as_str()
            .unwrap()
            .contains("query")
    );
    assert_eq!(stderr(&output), "", "no noise when nothing is wrong");
}

#[tokio::test]
async fn ask_as_text_names_the_sources() {
    let database = testkit::database().await;
    let settings = [("DATABASE_URL", database.url.as_str())];
    for (locale, word) in [("fr", "Sources"), ("AR", "المصادر")] {
        let output = run(
            &["ask", "--locale", locale, "how many call centres in Fès?"],
            &settings,
        );
        let text = stdout(&output);
        assert!(
            text.contains("36") && text.contains(word) && text.contains("https://"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn the_clock_can_be_set_from_outside() {
    let database = testkit::database().await;
    let ask = |now: &str| {
        let settings = [("DATABASE_URL", database.url.as_str())];
        stdout(&run(
            &[
                "ask",
                "--locale",
                "en",
                "--now",
                now,
                "how many call centres in Fès?",
            ],
            &settings,
        ))
    };
    assert_ne!(
        ask("2020-01-01"),
        ask("2026-11-23"),
        "a figure of 2019 is old in 2026 and is said to be"
    );
}

#[test]
fn an_empty_database_is_filled_first_and_refused_data_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(&folder.path().join("new.db"));
    let settings = [("DATABASE_URL", url.as_str())];
    let output = run(
        &["ask", "--json", "combien de centres d'appels à Fès ?"],
        &settings,
    );
    let answer: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    assert_eq!(answer["figures"][0]["value"], 36);
    assert!(stderr(&output).contains("importing"), "{}", stderr(&output));

    let again = run(&["import", testkit::data().to_str().unwrap()], &settings);
    assert!(again.status.success(), "{}", stderr(&again));
    assert!(stdout(&again).contains("unchanged"), "{}", stdout(&again));

    let broken = folder.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    for entry in std::fs::read_dir(testkit::data()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, broken.join(path.file_name().unwrap())).unwrap();
    }
    let sites = std::fs::read_to_string(broken.join("sites.csv")).unwrap();
    let line = sites.lines().count() + 1;
    let columns = sites.lines().next().unwrap().split(',').count();
    std::fs::write(
        broken.join("sites.csv"),
        format!("{sites}nonsense{}\n", ",".repeat(columns - 1)),
    )
    .unwrap();
    let refused = run(&["import", broken.to_str().unwrap()], &settings);
    assert_eq!(refused.status.code(), Some(1));
    let message = stderr(&refused);
    assert!(
        message.contains("sites.csv") && message.contains(&format!("line {line}")),
        "{message}"
    );
    assert!(message.contains("column"), "{message}");
}

#[test]
fn schema_prints_the_contract_without_a_database() {
    let output = run(
        &["schema"],
        &[("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")],
    );
    let contract = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../schema/schema.graphql"
    ))
    .unwrap();
    assert_eq!(stdout(&output).trim_end(), contract.trim_end());
    assert!(output.status.success());
}

/// A build without a repository knows no commit.
#[test]
fn version_is_the_one_of_the_package_and_says_the_commit() {
    let said = stdout(&run(&["--version"], &[]));
    let version = concat!("bab ", env!("CARGO_PKG_VERSION"));
    let commit = said.trim().strip_prefix(version).unwrap();
    let inner = commit
        .strip_prefix(" (")
        .and_then(|rest| rest.strip_suffix(')'));
    let is_commit = inner
        .is_some_and(|hash| hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert!(commit.is_empty() || is_commit, "{said}");
}

#[tokio::test]
async fn near_a_position_parks_are_told_by_distance() {
    let database = testkit::database().await;
    let settings = [("DATABASE_URL", database.url.as_str())];
    let output = run(
        &["ask", "--near", "34.04,-4.99", "Which park is closest?"],
        &settings,
    );
    let text = stdout(&output);
    assert!(text.contains("Fès Shore") && text.contains("km"), "{text}");
    let southern = run(
        &["ask", "--near", "-34.6,-58.4", "Which park is closest?"],
        &settings,
    );
    assert!(
        stdout(&southern).contains("That is far"),
        "{}",
        stderr(&southern)
    );
    let without = run(&["ask", "Which park is closest?"], &settings);
    assert!(
        stdout(&without).contains("your position"),
        "{}",
        stdout(&without)
    );
    let unreadable = run(&["ask", "--near", "Fès", "parks near me"], &settings);
    assert_eq!(unreadable.status.code(), Some(2));
    assert!(
        stderr(&unreadable).contains("34.03,-5.00"),
        "{}",
        stderr(&unreadable)
    );
    let nowhere = run(&["ask", "--near", "91,0", "parks near me"], &settings);
    assert!(
        stderr(&nowhere).contains("-90 to 90"),
        "{}",
        stderr(&nowhere)
    );
}
