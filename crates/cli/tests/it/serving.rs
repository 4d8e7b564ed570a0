//! `bab serve`: says where, answers there, stops politely.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::bab::{Running, bab};

/// The address in the banner.
pub fn address(running: &Running) -> String {
    let line = running.line_with("/graphql ");
    let url = line
        .split_whitespace()
        .find(|word| word.starts_with("http"))
        .expect("an address");
    url.trim_start_matches("http://")
        .trim_end_matches("/graphql")
        .to_owned()
}

pub fn request(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply);
    reply
}

pub fn graphql(address: &str, query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json";
    request(
        address,
        &format!(
            "{head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
}

#[tokio::test]
async fn it_prints_where_it_listens_answers_and_stops_on_sigterm() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let address = address(&running);
    assert!(
        running
            .line_with("organisations")
            .trim()
            .starts_with(|c: char| c.is_ascii_digit())
    );
    assert!(
        running
            .line_with("TELEGRAM_BOT_TOKEN")
            .contains("bot is off")
    );
    let reply = graphql(
        &address,
        "{ ask(question: \"how many call centres in Fès?\") { status figures { value } } }",
    );
    assert!(
        reply.contains("ANSWERED") && reply.contains("36"),
        "{reply}"
    );
    for path in ["/health", "/ready", "/"] {
        let get = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert!(
            request(&address, &get).starts_with("HTTP/1.1 200"),
            "{path}"
        );
    }
    running.signal("TERM");
    assert!(running.ended().success());
    assert!(
        running
            .rest()
            .iter()
            .all(|line| !line.contains("importing")),
        "a database that is filled is not filled again"
    );
}

#[tokio::test]
async fn a_request_in_flight_is_finished_after_sigterm() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let address = address(&running);
    let mut stream = TcpStream::connect(&address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let body = serde_json::json!({ "query": "{ parks { totalCount } }" }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json";
    let (first, second) = body.split_at(5);
    // Half of the request is there when the server is told to stop.
    write!(
        stream,
        "{head}\r\nContent-Length: {}\r\n\r\n{first}",
        body.len()
    )
    .unwrap();
    stream.flush().unwrap();
    running.line_with("sources");
    running.signal("TERM");
    running.line_with("stopping");
    stream.write_all(second.as_bytes()).unwrap();
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply);
    assert!(
        reply.starts_with("HTTP/1.1 200") && reply.contains("totalCount"),
        "{reply}"
    );
    assert!(running.ended().success());
}

#[tokio::test]
async fn logs_are_json_lines_when_nobody_watches() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let line = running.line_with("bot is off");
    let line: serde_json::Value = serde_json::from_str(&line).expect("a line of JSON");
    assert_eq!(line["level"], "INFO");
    running.signal("INT");
    assert!(running.ended().success());
    assert!(running.rest().iter().all(|line| !line.contains("panicked")));
}

#[tokio::test]
async fn a_position_sent_over_http_is_in_no_log() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("RUST_LOG", "trace"),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let address = address(&running);
    let query = "{ ask(question: \"parks near me\", location: { latitude: 34.0447771, longitude: -4.9887772 }) { status text } }";
    let reply = graphql(&address, query);
    assert!(reply.contains("ANSWERED"), "{reply}");
    running.signal("TERM");
    assert!(running.ended().success());
    for line in running.rest() {
        assert!(
            !line.contains("04477") && !line.contains("98877"),
            "a position was logged: {line}"
        );
    }
}
