//! From the text of an article to a changed answer, by the commands that docs/curation.md names.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::bab::{run, stderr, stdout};

/// An article and the three facts in it, one of them known, as `bab proposal make` takes them.
fn article() -> Value {
    let text = "La ville compte 38 centres d'appels en 2021. Atlas Contact en ouvre un de 1 200 postes.\u{202e}";
    let start = text.find("38").unwrap();
    json!({
        "source": { "new": { "kind": "PRESS", "publisher": "Le Journal de Fès", "title": "Atlas Contact grandit", "url": "https://journal.example.ma/atlas", "publishedOn": "2022-03-03" } },
        "text": { "text": text, "title": "Atlas Contact grandit", "url": "https://journal.example.ma/atlas" },
        "proposals": [
            { "fact": { "observation": { "indicator": "call_centres", "territory": "03.231", "activity": "call_centre", "period": "2021", "periodBasis": "STATED", "value": 38, "qualifier": "EXACT", "producer": "atlas_contact" } },
              "spans": [{ "name": "value", "start": start, "end": start + 2 }] },
            { "fact": { "organisation": { "name": "Atlas Contact", "kind": "COMPANY" } }, "note": "named in the text" },
        ],
    })
}

fn written(folder: &Path, name: &str, content: &Value) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json_of(arguments: &[&str], settings: &[(&str, &str)]) -> Value {
    let output = run(arguments, settings);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        stderr(&output)
    );
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", stdout(&output)))
}

#[tokio::test]
async fn a_text_becomes_facts_and_another_answer_in_under_a_minute() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_NOW", "2026-11-23"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let question = "how many call centres in Fès?";
    let answer = json_of(&["ask", "--json", question], &settings);
    assert_eq!(answer["figures"][0]["value"], 36);

    let started = Instant::now();
    let file = written(folder.path(), "found.json", &article());
    let made = run(&["proposal", "make", &file], &settings);
    assert!(made.status.success(), "{}", stderr(&made));
    let list = run(&["proposal", "list"], &settings);
    let page = stdout(&list);
    for words in ["call_centres.03.231", "Atlas Contact", "operator", "38"] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    assert!(!page.contains('\u{202e}'), "{page}");
    let accept = page.lines().last().unwrap().trim().replace("\"…\"", "");
    let words: Vec<&str> = accept
        .split_whitespace()
        .skip(1)
        .chain(["read in the article"])
        .collect();
    let accepted = run(&words, &settings);
    assert!(
        accepted.status.success(),
        "{words:?}: {}",
        stderr(&accepted)
    );
    let answer = json_of(&["ask", "--json", question], &settings);
    assert_eq!(answer["figures"][0]["value"], 38, "{answer}");
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );

    assert!(stdout(&run(&["proposal", "list"], &settings)).contains("none"));
    let all = json_of(
        &["proposal", "list", "--status", "all", "--json"],
        &settings,
    );
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    let lines = stdout(&run(&["audit", "--json"], &settings));
    let actions: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["action"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        actions,
        [
            "FILL", "PROPOSE", "PROPOSE", "CREATE", "CREATE", "ACCEPT", "CREATE", "ACCEPT"
        ]
    );
    let table = stdout(&run(&["audit", "--fact", "atlas_contact"], &settings));
    assert!(
        table.contains("read in the article") && table.contains("operator"),
        "{table}"
    );
}

#[tokio::test]
async fn one_proposal_is_shown_amended_or_rejected() {
    let database = testkit::database().await;
    let settings = [("DATABASE_URL", database.url.as_str())];
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "found.json", &article());
    let made = json_of(&["proposal", "make", &file, "--json"], &settings);
    let key = |at: usize| made["proposals"][at]["key"].as_str().unwrap().to_owned();
    let page = stdout(&run(&["proposal", "show", &key(0)], &settings));
    for words in [
        "value: 38",
        "with a new source",
        "value: “38”",
        "Le Journal de Fès",
        "version 1",
    ] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let amended = json!({ "organisation": { "name": "Atlas Contact", "aliases": ["AC"], "kind": "COMPANY" } });
    let amended = written(folder.path(), "amended.json", &amended);
    let decided = json_of(
        &[
            "proposal",
            "accept",
            &key(1),
            "--reason",
            "two names",
            "--amended",
            &amended,
            "--json",
        ],
        &settings,
    );
    assert_eq!(decided["decided"][0]["status"], "AMENDED", "{decided}");
    let decided = run(
        &["proposal", "reject", &key(0), "--reason", "says nobody"],
        &settings,
    );
    assert!(
        stdout(&decided).contains("rejected observation"),
        "{}",
        stderr(&decided)
    );
    // What cannot be is said, and the shell knows.
    for (arguments, words, code) in [
        (
            vec!["proposal", "reject", &key(0), "--reason", "again"],
            "rejected already",
            1,
        ),
        (
            vec!["proposal", "accept", "nothing", "--reason", "x"],
            "bab proposal list",
            1,
        ),
        (
            vec!["proposal", "accept", "--all-of", "nothing", "--reason", "x"],
            "nothing waits",
            1,
        ),
        (vec!["proposal", "show", "nothing"], "bab proposal list", 1),
        (vec!["proposal", "accept", "--reason", "x"], "KEY", 2),
        (vec!["proposal", "accept", "x"], "--reason", 2),
    ] {
        let output = run(&arguments, &settings);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    let mut wrong = article();
    wrong["proposals"][0]["fact"]["observation"]["value"] = json!(-1);
    let output = run(
        &[
            "proposal",
            "make",
            &written(folder.path(), "wrong.json", &wrong),
        ],
        &settings,
    );
    assert!(
        stderr(&output).contains("proposals.0.fact.observation.value: is negative"),
        "{}",
        stderr(&output)
    );
    let output = run(
        &[
            "proposal",
            "make",
            &written(folder.path(), "empty.json", &json!({})),
        ],
        &settings,
    );
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}
