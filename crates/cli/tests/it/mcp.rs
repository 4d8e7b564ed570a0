//! `bab mcp`: the door of assistants, as a client starts it.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::bab::{Running, bab, sqlite, stderr};
use crate::serving;

fn greeting() -> String {
    let params = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
    let greeting =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }).to_string();
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    format!("{greeting}\n{ready}\n")
}

/// Also while an empty database is filled, and with everything logged.
#[test]
fn standard_output_carries_nothing_but_the_protocol() {
    let folder = tempfile::tempdir().unwrap();
    let call = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {
        "name": "search", "arguments": { "text": "fes shore" } } });
    let input = folder.path().join("input");
    std::fs::write(&input, format!("{}{call}\n", greeting())).unwrap();
    let url = sqlite(&folder.path().join("bab.db"));
    let mut command = bab(&["mcp"], &[("DATABASE_URL", &url), ("RUST_LOG", "debug")]);
    command.stdin(std::fs::File::open(&input).unwrap());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    let messages: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert_eq!(messages.len(), 2, "{lines}");
    assert_eq!(messages[0]["result"]["serverInfo"]["name"], "bab");
    let hit = &messages[1]["result"]["structuredContent"]["hits"][0];
    assert_eq!(hit["key"], "fes_shore");
    assert!(stderr(&output).contains("importing"));
}

#[tokio::test]
async fn a_signal_ends_it_while_its_client_is_silent() {
    let database = testkit::database().await;
    let mut command = bab(&["mcp"], &[("DATABASE_URL", &database.url)]);
    command.stdin(Stdio::piped());
    let mut running = Running::start(command);
    let mut input = running.input();
    input.write_all(greeting().as_bytes()).unwrap();
    running.line_with("serverInfo");
    running.signal("TERM");
    assert!(running.ended().success());
}

#[test]
fn a_client_that_speaks_something_else_is_told_and_the_program_ends() {
    let mut command = bab(&["mcp"], &[]);
    command.stdin(Stdio::piped());
    let mut running = Running::start(command);
    let mut input = running.input();
    input
        .write_all(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n")
        .unwrap();
    running.line_with("does not speak the Model Context Protocol");
    assert_eq!(running.ended().code(), Some(1));
}

#[tokio::test]
async fn over_http_it_has_a_listener_of_its_own_and_a_place_beside_the_other_addresses() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_MCP_LISTEN", "127.0.0.1:0"),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("BAB_ALLOWED_HOSTS", "assistants.example"),
        ("BAB_ALLOWED_ORIGINS", "https://partner.example"),
    ];
    for command in ["mcp", "serve"] {
        let mut running = Running::start(bab(&[command], &settings));
        let line = running.line_with("/mcp");
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http"))
            .unwrap();
        let address = url.trim_start_matches("http://").trim_end_matches("/mcp");
        let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
        let post = |host: &str| {
            let head = format!(
                "POST /mcp HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream"
            );
            let length = ping.len();
            serving::request(
                address,
                &format!("{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{ping}"),
            )
        };
        let answered = post(address);
        assert!(
            answered.starts_with("HTTP/1.1 200") && answered.contains("\"result\":{}"),
            "{answered}"
        );
        assert!(
            answered.to_lowercase().contains("x-request-id"),
            "{answered}"
        );
        // Names and pages are let in by the settings of every other address.
        for (host, status) in [
            ("assistants.example", 200),
            ("evil.example", 421),
            ("assistants.example\r\nOrigin: https://partner.example", 200),
            (
                "assistants.example\r\nOrigin: https://assistants.example",
                200,
            ),
            ("assistants.example\r\nOrigin: https://evil.example", 403),
            ("assistants.example\r\nOrigin: null", 403),
        ] {
            let answered = post(host);
            let begins = format!("HTTP/1.1 {status}");
            assert!(answered.starts_with(&begins), "{host}: {answered}");
        }
        running.signal("TERM");
        assert!(running.ended().success());
    }
}
