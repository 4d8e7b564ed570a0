//! `bab key`: made, used, listed, revoked from a shell while a server runs.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bab::{Running, bab, run, stderr, stdout};
use crate::serving::{address, request};

fn status(address: &str, key: &str) -> String {
    let sent = format!(
        "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n"
    );
    let reply = request(address, &sent);
    reply.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_key_works_until_it_is_revoked() {
    let database = testkit::database().await;
    let settings = [("DATABASE_URL", database.url.as_str())];
    let made = run(
        &[
            "key",
            "create",
            "--holder",
            "Médias 24, carte",
            "--scopes",
            "export,read",
            "--quota",
            "5000",
        ],
        &settings,
    );
    assert!(made.status.success(), "{}", stderr(&made));
    let key = stdout(&made).trim().to_owned();
    assert!(!stderr(&made).contains(&key), "only standard output has it");

    let listed = run(&["key", "list", "--json"], &settings);
    let keys: Value = serde_json::from_str(&stdout(&listed)).expect("JSON");
    assert_eq!(keys[0]["holder"], "Médias 24, carte");
    assert_eq!(keys[0]["scopes"], serde_json::json!(["read", "export"]));
    assert_eq!(
        (&keys[0]["state"], &keys[0]["quota"]),
        (&"in force".into(), &5000.into())
    );
    let prefix = keys[0]["prefix"].as_str().expect("a name");
    assert!(key.starts_with(&format!("bab_{prefix}_")));
    assert!(
        !stdout(&listed).contains(&key[13..])
            && !stdout(&run(&["key", "list"], &settings)).contains(&key[13..])
    );

    let serve = [settings[0], ("BAB_LISTEN", "127.0.0.1:0")];
    let mut running = Running::start(bab(&["serve"], &serve));
    let address = address(&running);
    assert!(status(&address, &key).contains("200"));
    let revoked = run(&["key", "revoke", prefix], &settings);
    assert!(revoked.status.success(), "{}", stderr(&revoked));
    // The server looks again after a second.
    let begun = Instant::now();
    while status(&address, &key).contains("200") {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "a revoked key still works"
        );
    }
    assert!(status(&address, &key).contains("401"));
    running.signal("TERM");
    assert!(running.ended().success());
    let again = run(&["key", "revoke", prefix], &settings);
    assert!(!again.status.success() && stderr(&again).contains("no key in force"));
}

#[test]
fn a_key_that_would_be_no_good_is_not_made() {
    for (arguments, said) in [
        (&["--holder", ""][..], "a name of 1 to 100"),
        (&["--holder", "A", "--scopes", "write"], "is not a scope"),
        (
            &["--holder", "A", "--scopes", ","],
            "is not a list of scopes",
        ),
        (&["--holder", "A", "--quota", "0"], "--quota"),
        (
            &["--holder", "A", "--expires", "2020-01-01"],
            "a day to come",
        ),
        (&["--holder", "A", "--expires", "soon"], "YYYY-MM-DD"),
    ] {
        let made = run(&[&["key", "create"], arguments].concat(), &[]);
        assert_eq!(made.status.code(), Some(2), "{arguments:?}");
        let error = stderr(&made);
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}
