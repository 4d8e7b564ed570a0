//! `/metrics`: counted as it happens, on an address of its own, and nothing of anybody in it.

use crate::{
    bab::{Running, bab},
    serving::{address, graphql, request},
};

fn get(address: &str, path: &str) -> String {
    request(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
    )
}

/// The value of a measure with these labels, in any order.
fn value(page: &str, name: &str, labels: &[&str]) -> Option<f64> {
    let mut lines = page.lines().filter(|line| !line.starts_with('#'));
    let line = lines.find(|line| {
        let rest = line.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(['{', ' ']))
            && labels.iter().all(|label| line.contains(label))
    })?;
    line.rsplit(' ').next()?.parse().ok()
}

/// The names of our own measures that a file speaks of.
fn names(text: &str) -> Vec<&str> {
    let word = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_';
    let mut names: Vec<_> = text
        .split(word)
        .filter(|word| word.starts_with("bab_") && word.len() > 4)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[tokio::test]
async fn what_the_server_does_is_counted_and_told_apart_from_the_public() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("BAB_METRICS_LISTEN", "127.0.0.1:0"),
    ];
    let running = Running::start(bab(&["serve"], &settings));
    let public = address(&running);
    let measured = running.line_with("Measured at");
    let measured = measured.split("http://").nth(1).unwrap();
    let measured = measured.trim_end().trim_end_matches("/metrics").to_owned();
    assert!(get(&public, "/metrics").starts_with("HTTP/1.1 404"));

    let list = "{ parks { totalCount } }";
    for query in [
        list,
        list,
        list,
        "{ nothing }",
        "{ ask(question: \"how many call centres in Fès?\") { status } }",
        "{ ask(question: \"the salary of Zineb Xyzzy?\") { status } }",
    ] {
        graphql(&public, query);
    }
    get(&public, "/territory/03");
    let page = get(&measured, "/metrics");
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("text/plain; version=0.0.4"),
        "{page}"
    );
    let at = |name: &str, labels: &[&str]| value(&page, name, labels).unwrap_or_default();
    let http = "door=\"http\"";
    assert_eq!(
        at("bab_requests_total", &[http, "outcome=\"again\""]),
        2.0,
        "{page}"
    );
    assert_eq!(
        at("bab_requests_total", &[http, "outcome=\"invalid\""]),
        1.0,
        "{page}"
    );
    assert_eq!(
        at("bab_requests_total", &[http, "outcome=\"ok\""]),
        4.0,
        "{page}"
    );
    assert_eq!(at("bab_request_seconds_count", &[http]), 7.0, "{page}");
    assert!(at("bab_cost_units_total", &[http]) > 200.0, "{page}");
    let answered = ["status=\"ANSWERED\"", "kind=\"COUNT\"", "language=\"en\""];
    assert_eq!(at("bab_questions_total", &answered), 1.0, "{page}");
    assert!(at("bab_statement_seconds_count", &[]) > 10.0, "{page}");
    assert!(at("bab_readers", &["state=\"free\""]) >= 1.0, "{page}");
    assert!(at("bab_data_revision", &[]) >= 1.0, "{page}");
    assert!(at("process_resident_memory_bytes", &[]) > 1e6, "{page}");
    for private in ["Xyzzy", "127.0.0.1", "parks", database.url.as_str()] {
        let body = page.split("\r\n\r\n").nth(1).unwrap();
        assert!(!body.contains(private), "{private}: {body}");
    }
    // Everything that is told says what it means.
    let described: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("# HELP "))
        .collect();
    for line in page.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let name = line.split(' ').next().unwrap();
        assert!(
            described.iter().any(|help| help.starts_with(name)),
            "{name} is not described"
        );
    }
}

#[tokio::test]
async fn a_statement_is_found_in_the_log_by_the_id_of_its_request() {
    testkit::each_database(async |database| {
        let settings = [
            ("DATABASE_URL", database.url.as_str()),
            ("BAB_LISTEN", "127.0.0.1:0"),
            ("RUST_LOG", "info,store::statement=trace"),
        ];
        let running = Running::start(bab(&["serve"], &settings));
        let public = address(&running);
        let body = r#"{"query":"{ parks(first: 3) { nodes { name } } }"}"#;
        let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Request-Id: seen-at-the-door";
        let length = body.len();
        let sent = format!("{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        assert!(request(&public, &sent).contains("Fès Shore"));
        let line = running.line_with("\"seen-at-the-door\"");
        assert!(line.contains("SELECT") && line.contains("parks"), "{line}");
    })
    .await;
}

#[test]
fn the_dashboard_and_the_alerts_speak_of_what_is_measured() {
    let source = include_str!("../../src/metrics.rs");
    let described = names(source);
    for (file, text) in [
        (
            "alerts.yml",
            include_str!("../../../../deploy/prometheus/alerts.yml"),
        ),
        (
            "dashboard.json",
            include_str!("../../../../deploy/grafana/dashboard.json"),
        ),
    ] {
        let spoken = names(text);
        assert!(spoken.len() > 3, "{file}: {spoken:?}");
        for name in spoken {
            let parts = ["_bucket", "_count", "_sum"];
            let measure = parts
                .iter()
                .find_map(|part| name.strip_suffix(part))
                .unwrap_or(name);
            assert!(
                described.contains(&measure) || described.contains(&name),
                "{file}: {name}"
            );
        }
    }
}
