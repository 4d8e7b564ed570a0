//! Alerts through the real binary: killed with SIGKILL between a change and its delivery, the next start delivers it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use store::Store;
use store::audit_entry::Act;
use store::load::{self, Batch};
use testkit::telegram::TelegramDouble;

use crate::bab::{Running, bab, run, stderr, stdout};
use crate::serving::{address, request};

#[path = "../../../../conformance/partners/rust/webhook.rs"]
mod example;

const FIGURE: &str = "call_centres.03.231.2019.journaleco_2020";

/// For how long a message is waited for: another process must first find that the dead one's time is over.
const PATIENCE: Duration = Duration::from_secs(90);

/// A message that came, and the connection that waits for its answer.
struct Arrived {
    head: String,
    body: String,
    stream: TcpStream,
}

impl Arrived {
    fn header(&self, name: &str) -> &str {
        let value = |line: &'_ str| line.to_owned().starts_with(&format!("{name}: "));
        let line = self.head.lines().find(|line| value(line)).expect(name);
        &line[name.len() + 2..]
    }

    fn value(&self) -> Value {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(body["data"]["key"], FIGURE, "{body}");
        body["data"]["fact"]["value"].clone()
    }

    fn take(mut self) {
        let answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
        self.stream.write_all(answer.as_bytes()).unwrap();
    }
}

/// The endpoint of a partner on this machine.
fn endpoint() -> (String, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/bab", listener.local_addr().unwrap());
    let (sender, arrived) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut bytes = Vec::new();
            let mut part = [0; 4096];
            let (head, body) = loop {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                if let Some((head, body)) = text.split_once("\r\n\r\n") {
                    let length = head
                        .lines()
                        .find_map(|line| line.strip_prefix("content-length: "));
                    if body.len() >= length.unwrap().parse().unwrap() {
                        break (head.to_owned(), body.to_owned());
                    }
                }
                match stream.read(&mut part) {
                    Ok(read @ 1..) => bytes.extend(&part[..read]),
                    _ => break (String::new(), String::new()),
                }
            };
            if sender.send(Arrived { head, body, stream }).is_err() {
                return;
            }
        }
    });
    (url, arrived)
}

/// Gives the figure that the shipped data begin with another value.
async fn change(url: &str, value: f64) {
    let store = Store::connect(url).await.unwrap();
    let figures = load::in_force(&store).await.unwrap().observations;
    let mut figure = figures
        .into_iter()
        .find(|figure| figure.key == FIGURE)
        .unwrap();
    figure.value = value;
    let batch = Batch {
        observations: vec![figure],
        ..Batch::default()
    };
    let act = Act::of_operator(chrono::Utc::now(), "counted again");
    load::apply(&store, &batch, &act).await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_is_told_what_changed_before_and_after_the_server_was_killed() {
    for database in [testkit::database().await, testkit::postgres().await] {
        let settings = [
            ("DATABASE_URL", database.url.as_str()),
            ("BAB_LISTEN", "127.0.0.1:0"),
            ("BAB_WEBHOOKS_ANYWHERE", "1"),
        ];
        let key = stdout(&run(&["key", "create", "--holder", "A partner"], &settings));
        let (url, arrived) = endpoint();
        let mut running = Running::start(bab(&["serve"], &settings));
        let query = "mutation C($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { key } secret userErrors { message } } }";
        let body = json!({ "query": query, "variables": { "input": { "url": url, "filter": { "observation": { "indicator": { "eq": "call_centres" } } } } } }).to_string();
        let server = address(&running);
        let reply = request(
            &server,
            &format!(
                "POST /graphql HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                key.trim(),
                body.len()
            ),
        );
        let made: Value = serde_json::from_str(reply.split_once("\r\n\r\n").unwrap().1).unwrap();
        let made = &made["data"]["createWebhook"];
        let (webhook, secret) = (
            made["webhook"]["key"].as_str().unwrap(),
            made["secret"].as_str().unwrap(),
        );

        change(&database.url, 41.0).await;
        let first = arrived.recv_timeout(PATIENCE).expect("the change is told");
        let id = first.header("webhook-id").to_owned();
        assert!(id.starts_with(webhook));
        let headers = example::Headers {
            id: &id,
            timestamp: first.header("webhook-timestamp"),
            signature: first.header("webhook-signature"),
        };
        let now = chrono::Utc::now().timestamp();
        let signed = |body: &str, now| example::is_from_bab(secret, &headers, body.as_bytes(), now);
        assert!(signed(&first.body, now));
        assert!(!signed(&first.body, now + 600) && !signed(&first.body.replace("41", "42"), now));
        assert_eq!(first.value(), 41.0);
        // Killed while the endpoint thinks about it; what it answers then is heard by nobody.
        running.signal("KILL");
        running.ended();
        drop(first);
        change(&database.url, 42.0).await;

        let running = Running::start(bab(&["serve"], &settings));
        let again = arrived.recv_timeout(PATIENCE).expect("nothing is lost");
        assert_eq!(again.header("webhook-id"), id);
        again.take();
        let second = arrived.recv_timeout(PATIENCE).expect("nothing is lost");
        assert_ne!(second.header("webhook-id"), id);
        assert_eq!(second.value(), 42.0);
        second.take();
        // And while it runs, at once.
        change(&database.url, 43.0).await;
        let third = arrived.recv_timeout(PATIENCE).expect("the change is told");
        assert_eq!(third.value(), 43.0);
        third.take();
        drop(running);

        let listed = run(&["webhook", "list", "--json"], &settings);
        let listed: Value = serde_json::from_str(&stdout(&listed)).unwrap();
        assert_eq!(
            (&listed[0]["key"], &listed[0]["url"]),
            (&json!(webhook), &json!(url))
        );
        assert!(!listed.to_string().contains(secret));
        let deleted = run(&["webhook", "delete", webhook], &settings);
        assert!(deleted.status.success(), "{}", stderr(&deleted));
        let deleted = run(&["webhook", "delete", webhook], &settings);
        assert!(
            stderr(&deleted).contains("bab webhook list"),
            "{}",
            stderr(&deleted)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_is_told_what_changed_while_the_bot_was_dead() {
    let database = testkit::database().await;
    let double = TelegramDouble::start().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_LISTEN", "127.0.0.1:0"),
        ("TELEGRAM_BOT_TOKEN", double.token()),
        ("TELEGRAM_API_URL", double.url()),
    ];
    let mut running = Running::start(bab(&["serve"], &settings));
    let person = double.person(1, "en");
    let reply = person.ask("/follow call centres in Fès").await;
    assert!(reply.text.contains("I follow"), "{}", reply.text);
    assert!(person.next().await.text.contains("36"));
    running.signal("KILL");
    running.ended();
    change(&database.url, 41.0).await;
    let _running = Running::start(bab(&["serve"], &settings));
    let told = person.next().await;
    assert!(
        told.text.contains("41") && told.text.contains("36 (2019)"),
        "{}",
        told.text
    );
}
