//! `bab feedback`: what a server counted and kept, read and deleted from a shell.

use serde_json::Value;

use crate::bab::{Running, bab, run, stderr, stdout};
use crate::serving::{address, graphql};

/// Asks; once more while a busy machine is still reading the words.
fn ask(address: &str, question: &str) -> String {
    loop {
        let reply = graphql(address, question);
        if !reply.contains("TIMEOUT") {
            return reply;
        }
    }
}

#[tokio::test]
async fn what_was_asked_in_vain_is_there_after_the_server_stopped() {
    let database = testkit::database().await;
    let serve = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("BAB_KEEP_QUESTIONS", "true"),
        ("BAB_NOW", "2026-11-23"),
    ];
    let mut running = Running::start(bab(&["serve"], &serve));
    let address = address(&running);
    for _ in 0..2 {
        let asked = r#"{ ask(question: "How many Messi fans work in Fès call centres? (fan@example.ma)") { status } }"#;
        let reply = ask(&address, asked);
        assert!(!reply.contains("ANSWERED"), "{reply}");
    }
    let report = r#"mutation { reportAnswer(input: { question: "how many call centres in Fès?", problem: WRONG_FIGURE }) { report { times } } }"#;
    let reply = ask(&address, report);
    assert!(reply.contains("\"times\":1"), "{reply}");
    running.signal("TERM");
    assert!(running.ended().success());

    let settings = [("DATABASE_URL", database.url.as_str())];
    let output = run(&["feedback", "--json"], &settings);
    assert!(output.status.success(), "{}", stderr(&output));
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(seen["unanswered"][0]["form"], "en", "{seen}");
    assert_eq!(seen["unanswered"][0]["times"], 2);
    assert_eq!(seen["reported"][0]["indicator"], "call_centres");
    assert_eq!(seen["reported"][0]["problem"], "wrong_figure");
    let kept = seen["kept"].as_array().unwrap();
    assert_eq!(kept.len(), 2);
    assert!(!seen.to_string().contains("example.ma"), "{seen}");

    let table = stdout(&run(&["feedback"], &settings));
    for words in ["en", "wrong_figure", "03.231", "Messi fans", "2026-11-23"] {
        assert!(table.contains(words), "{words} is not in {table}");
    }
    let before = stdout(&run(&["feedback", "--until=2026-11-22"], &settings));
    assert_eq!(before.matches("none").count(), 3, "{before}");

    let forget = stdout(&run(
        &["feedback", "forget", "--before=2026-11-23"],
        &settings,
    ));
    assert!(forget.starts_with("0 "), "{forget}");
    let forget = stdout(&run(&["feedback", "forget"], &settings));
    assert!(forget.starts_with("2 "), "{forget}");
    let table = stdout(&run(&["feedback"], &settings));
    assert!(
        !table.contains("Messi") && table.contains("  en  "),
        "{table}"
    );
}

#[tokio::test]
async fn nothing_is_kept_unless_switched_on() {
    let database = testkit::database().await;
    let serve = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("BAB_KEEP_QUESTIONS", "false"),
    ];
    let mut running = Running::start(bab(&["serve"], &serve));
    let address = address(&running);
    let asked = r#"{ ask(question: "How many Messi fans work in Fès?") { status } }"#;
    let reply = ask(&address, asked);
    assert!(!reply.contains("ANSWERED"), "{reply}");
    running.signal("TERM");
    assert!(running.ended().success());
    let settings = [("DATABASE_URL", database.url.as_str())];
    let output = run(&["feedback", "--json"], &settings);
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(seen["unanswered"][0]["times"], 1, "{seen}");
    assert_eq!(seen["kept"], serde_json::json!([]));
}
