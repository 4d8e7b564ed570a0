//! Facts out to files and in again, as an operator does it.

use serde_json::Value;

use crate::bab::{run, sqlite, stderr, stdout};

/// A folder with the shipped tables but the census, and a database filled with it.
fn filled() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("facts");
    std::fs::create_dir(&folder).unwrap();
    for entry in std::fs::read_dir(testkit::data()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if name.to_string_lossy().ends_with(".csv") {
            std::fs::copy(&path, folder.join(name)).unwrap();
        }
    }
    let url = sqlite(&home.path().join("facts.db"));
    let output = run(
        &["import", folder.to_str().unwrap()],
        &[("DATABASE_URL", &url)],
    );
    assert!(output.status.success(), "{}", stderr(&output));
    (home, url)
}

#[test]
fn what_was_exported_is_taken_in_again_and_changes_nothing() {
    let (home, url) = filled();
    let settings = [("DATABASE_URL", url.as_str())];
    for name in ["out", "out.xlsx", "out.jsonl"] {
        let path = home.path().join(name);
        let path = path.to_str().unwrap();
        let output = run(&["export", "--to", path], &settings);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(
            stdout(&output).contains("tables were written to"),
            "{}",
            stdout(&output)
        );
        assert_eq!(stderr(&output), "");
        let output = run(&["import", path, "--dry-run"], &settings);
        assert!(output.status.success(), "{}", stderr(&output));
        let said = stdout(&output);
        assert!(said.contains("\n0 new, 0 changed, 0 withdrawn,"), "{said}");
        assert!(said.ends_with("a dry run: nothing was written\n"), "{said}");
    }
    let output = run(&["export", "--to", "-"], &settings);
    let lines = stdout(&output);
    assert!(
        lines.lines().all(|line| line.starts_with("{\"table\":")),
        "{lines}"
    );
    let bad = home.path().join("out.csv");
    let output = run(&["export", "--to", bad.to_str().unwrap()], &settings);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("name a folder"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_dry_run_shows_the_difference_and_a_run_says_why() {
    let (home, url) = filled();
    let settings = [("DATABASE_URL", url.as_str())];
    let events = home.path().join("events.csv");
    let path = events.to_str().unwrap();
    let text = std::fs::read_to_string(home.path().join("facts/events.csv")).unwrap();
    std::fs::write(&events, text.replace("2015-10-13", "2015-10-14")).unwrap();
    let output = run(&["import", path, "--dry-run"], &settings);
    let said = stdout(&output);
    assert!(
        said.contains("    heldOn: 2015-10-13 → 2015-10-14\n"),
        "{said}"
    );
    assert!(said.contains("\n0 new, 1 changed, 0 withdrawn,"), "{said}");

    let output = run(&["import", path, "--dry-run", "--json"], &settings);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["written"], &told["problemCount"]),
        (&false.into(), &0.into())
    );
    assert_eq!(told["changes"][0]["fields"][0]["after"], "2015-10-14");

    let output = run(
        &["import", path, "--reason", "seen on the poster"],
        &settings,
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let audit = stdout(&run(&["audit", "--limit", "1"], &settings));
    assert!(
        audit.contains("import of events.csv: seen on the poster"),
        "{audit}"
    );
    let again = run(&["import", path, "--reason", "a\u{202e}b"], &settings);
    assert_eq!(again.status.code(), Some(2), "{}", stdout(&again));

    std::fs::write(&events, text.replace("2015-10-13", "yesterday")).unwrap();
    for arguments in [
        &["import", path][..],
        &["import", path, "--dry-run"],
        &["import", path, "--json"],
    ] {
        let output = run(arguments, &settings);
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        let said = stdout(&output) + &stderr(&output);
        assert!(
            said.contains("column date: ") && said.contains("nothing was changed"),
            "{said}"
        );
    }
}

#[test]
fn the_state_of_the_data_is_told_in_the_terminal() {
    let (_home, url) = filled();
    let settings = [("DATABASE_URL", url.as_str())];
    let output = run(&["health"], &settings);
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    for part in [
        "last import",
        "open conflicts",
        "what investors ask of",
        "unknown: ",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let output = run(&["health", "--json"], &settings);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["investorSheets"][1]["territory"]["key"], "03.231");
}
