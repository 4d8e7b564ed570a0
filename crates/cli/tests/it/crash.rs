//! Killed in the middle of an import, the next start finds all of it or nothing.

use serde_json::Value;

use crate::bab::{Running, bab, run, sqlite, stderr};

#[test]
fn a_killed_import_leaves_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(&folder.path().join("bab.db"));
    let settings = [
        ("DATABASE_URL", url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
    ];
    for delay in [0, 40, 400, 1500, 4000] {
        let mut running = Running::start(bab(&["serve"], &settings));
        if delay > 100 {
            // A fast machine has it all after an earlier delay: it then says where it answers.
            running.line_with_any(&["importing", "Bab answers at"]);
        }
        std::thread::sleep(std::time::Duration::from_millis(delay));
        running.signal("KILL");
        running.ended();
    }
    let output = run(
        &["ask", "--json", "how many call centres in Fès?"],
        &settings,
    );
    let answer: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    assert_eq!(answer["figures"][0]["value"], 36);

    let again = run(&["import", testkit::data().to_str().unwrap()], &settings);
    let report = crate::bab::stdout(&again);
    for line in report
        .lines()
        .skip(1)
        .filter(|line| line.split_whitespace().count() == 6)
    {
        let columns: Vec<_> = line.split_whitespace().collect();
        assert_eq!(
            (columns[2], columns[3]),
            ("0", "0"),
            "the rest was missing: {line}"
        );
    }
}
