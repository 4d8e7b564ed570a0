//! The bot through the real binary, against the double of the Bot API.

use testkit::telegram::TelegramDouble;

use crate::bab::{Running, bab};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serve_answers_on_telegram_and_finishes_on_sigterm() {
    let database = testkit::database().await;
    let double = TelegramDouble::start().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("TELEGRAM_BOT_TOKEN", double.token()),
        ("TELEGRAM_API_URL", double.url()),
        ("RUST_LOG", "debug"),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let reply = double
        .person(1, "en")
        .ask("how many call centres in Fès?")
        .await;
    assert!(reply.text.contains("36"), "{}", reply.text);
    running.signal("TERM");
    assert!(running.ended().success());
    double.wait_until_confirmed().await;
    for line in running.rest() {
        assert!(
            !line.contains("call centres in"),
            "a message was logged: {line}"
        );
        assert!(
            !line.contains(double.token()),
            "the token was logged: {line}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_alone_ends_with_1_when_another_one_polls() {
    let database = testkit::database().await;
    let double = TelegramDouble::start().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("TELEGRAM_BOT_TOKEN", double.token()),
        ("TELEGRAM_API_URL", double.url()),
    ];
    let mut first = Running::start(bab(&["bot"], &settings));
    double.wait_for_calls("getUpdates", 1).await;
    let second = Running::start(bab(&["bot"], &settings));
    first.line_with("another program polls");
    assert_eq!(first.ended().code(), Some(1));
    drop(second);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_position_is_in_no_log_whatever_is_logged() {
    let database = testkit::database().await;
    let double = TelegramDouble::start().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("TELEGRAM_BOT_TOKEN", double.token()),
        ("TELEGRAM_API_URL", double.url()),
        ("RUST_LOG", "trace"),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let person = double.person(1, "en");
    person.ask("Which park is closest?").await;
    person.next().await;
    person.send(
        serde_json::json!({"location": {"latitude": 34.044_777_1, "longitude": -4.988_777_2}}),
    );
    person.next().await;
    let answer = person.next().await;
    assert!(answer.text.contains("Fès Shore"), "{}", answer.text);
    running.signal("TERM");
    assert!(running.ended().success());
    let lines = running.rest();
    assert!(lines.iter().any(|line| line.contains("question answered")));
    for line in &lines {
        assert!(
            !line.contains("04477") && !line.contains("98877"),
            "a position was logged: {line}"
        );
    }
    // Nor anywhere in the database.
    let path = database.url.trim_start_matches("sqlite://");
    let path = path.split('?').next().unwrap_or(path);
    for ending in ["", "-wal"] {
        let bytes = std::fs::read(format!("{path}{ending}")).unwrap_or_default();
        for needle in [
            &b"34.04477"[..],
            b"-4.98877",
            &34.044_777_1_f64.to_be_bytes(),
        ] {
            assert!(!bytes.windows(needle.len()).any(|found| found == needle));
        }
    }
}
