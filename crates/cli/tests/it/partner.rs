//! The first hour of a partner in Rust, as docs/partners.md tells it, against a real server.

use crate::bab::{Running, bab, run, stderr, stdout};
use crate::serving::address;

#[allow(dead_code, reason = "`main` is for those who copy the example")]
#[path = "../../../../conformance/partners/rust/main.rs"]
mod example;

#[tokio::test]
async fn the_rust_example_prints_what_the_page_says() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
    ];
    let made = run(&["key", "create", "--holder", "A partner"], &settings);
    assert!(made.status.success(), "{}", stderr(&made));
    let running = Running::start(bab(&["serve"], &settings));
    let server = format!("http://{}", address(&running));
    let lines = example::first_hour(&server, stdout(&made).trim())
        .await
        .expect("answers");
    let expected = include_str!("../../../../conformance/partners/expected.txt");
    assert_eq!(lines.join("\n"), expected.trim_end());
}
