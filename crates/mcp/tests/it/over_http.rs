//! The same over HTTP: one POST a message, no sessions, no strangers' pages.

use graphql::Visitor;
use poem::{
    Body, Endpoint, Request, Response,
    endpoint::BoxEndpoint,
    http::{HeaderMap, Method, StatusCode},
};
use serde_json::{Value, json};

use crate::client::{greeting, text};

const USUAL: [(&str, &str); 3] = [
    ("host", "127.0.0.1:8000"),
    ("content-type", "application/json"),
    ("accept", "application/json, text/event-stream"),
];

struct Server(BoxEndpoint<'static, Response>);

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

async fn server() -> Server {
    let caller = |_: &Request| mcp::Caller {
        request_id: "as-seen-at-the-edge".to_owned(),
        visitor: Visitor::Address([203, 0, 113, 5].into()),
        key: None,
    };
    Server(mcp::endpoint(testkit::service().await, caller))
}

impl Server {
    /// POST with the usual headers, where `headers` say nothing else.
    async fn post(&self, body: impl Into<Body>, headers: &[(&'static str, &str)]) -> Answer {
        self.send(Method::POST, body, headers).await
    }

    async fn send(
        &self,
        method: Method,
        body: impl Into<Body>,
        headers: &[(&'static str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri("/mcp".parse().unwrap())
            .body(body);
        for (name, value) in USUAL.iter().chain(headers) {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        for (name, value) in headers {
            if value.is_empty() {
                request.headers_mut().remove(*name);
            }
        }
        let response = self.0.call(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.into_vec().await.unwrap(),
        }
    }

    async fn request(&self, method: &str, params: Value) -> Value {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let version = ("mcp-protocol-version", "2025-11-25");
        let answer = self.post(message.to_string(), &[version]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.headers["content-type"], "application/json");
        assert_eq!(answer.headers["cache-control"], "no-store");
        answer.json()
    }
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(self.text()).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Asserts that it was turned away with a reason.
    #[track_caller]
    fn refused(&self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let message = self.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.len() < 500, "{message}");
        message
    }
}

fn ping() -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" }).to_string()
}

#[tokio::test]
async fn a_conversation_needs_no_session() {
    let server = server().await;
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": greeting("2025-06-18") });
    let greeted = server.post(message.to_string(), &[]).await;
    assert_eq!(greeted.json()["result"]["protocolVersion"], "2025-06-18");
    assert!(!greeted.headers.contains_key("mcp-session-id"));
    let message = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(server.post(message.to_string(), &[]).await.status, 202);
    let list = server.request("tools/list", json!({})).await;
    assert_eq!(list["result"]["tools"].as_array().unwrap().len(), 3);
    let call = json!({ "name": "ask", "arguments": { "question": "Combien de centres d'appels à Fès ?" } });
    let answer = server.request("tools/call", call).await;
    assert_eq!(
        answer["result"]["structuredContent"]["figures"][0]["value"],
        36.0
    );
    assert!(text(&answer["result"]).contains("JournalEco"));
}

#[tokio::test]
async fn the_newest_revision_needs_no_greeting() {
    let server = server().await;
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
        "name": "search", "arguments": { "text": "فاس شور" }, "_meta": meta } });
    let headers = [
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "tools/call"),
        ("mcp-name", "search"),
    ];
    let answer = server.post(message.to_string(), &headers).await;
    let hit = &answer.json()["result"]["structuredContent"]["hits"][0];
    assert_eq!(hit["key"], "fes_shore", "{}", answer.text());
}

#[tokio::test]
async fn whoever_the_edge_saw_is_whom_the_limits_know() {
    let server = server().await;
    let call = json!({ "name": "query", "arguments": { "document": "{ noSuchField }" } });
    let answer = server.request("tools/call", call).await;
    assert_eq!(answer["result"]["isError"], true);
    assert!(
        text(&answer["result"]).contains("as-seen-at-the-edge"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_key_that_opens_nothing_is_refused_and_not_passed_over() {
    let server = server().await;
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" }).to_string();
    for authorization in ["Bearer bab_no", "Basic YTpi", "bab_no"] {
        let headers = [("authorization", authorization)];
        let answer = server.post(message.clone(), &headers).await;
        assert_eq!(answer.status, 401, "{authorization}");
        assert!(answer.text().contains("API key"), "{}", answer.text());
    }
}

#[tokio::test]
async fn only_posts_are_taken() {
    let server = server().await;
    for method in ["GET", "DELETE", "PUT", "OPTIONS", "HEAD", "BREW"] {
        let answer = server.send(method.parse().unwrap(), "", &[]).await;
        assert!(answer.refused(405).contains("POST"));
        assert_eq!(answer.headers["allow"], "POST");
    }
}

#[tokio::test]
async fn bodies_of_the_wrong_kind_are_told_the_right_one() {
    let server = server().await;
    for media in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "",
    ] {
        let said = server
            .post(ping(), &[("content-type", media)])
            .await
            .refused(415);
        assert!(said.contains("application/json"), "{said}");
    }
    let utf8 = ("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(server.post(ping(), &[utf8]).await.status, 200);
    server
        .post(ping(), &[("content-encoding", "gzip")])
        .await
        .refused(415);
    let said = server
        .post(ping(), &[("accept", "text/html")])
        .await
        .refused(406);
    assert!(said.contains("text/event-stream"), "{said}");
    for body in ["", "{", "not json", "\u{0}", &"[".repeat(100_000)] {
        let answer = server.post(body.to_owned(), &[]).await;
        assert!(answer.refused(400).contains("not JSON"));
        assert_eq!(answer.json()["error"]["code"], -32700);
    }
    let batch = format!("[{},{}]", ping(), ping());
    for body in [
        "[]",
        "null",
        "7",
        "\"ping\"",
        "{}",
        "{\"jsonrpc\":\"2.0\"}",
        batch.as_str(),
    ] {
        let answer = server.post(body.to_owned(), &[]).await;
        assert!(
            answer.refused(400).contains("no request or notification"),
            "{body}"
        );
    }
    server
        .post(ping(), &[("mcp-protocol-version", "1999-01-01")])
        .await
        .refused(400);
}

#[tokio::test]
async fn a_message_has_a_size_however_it_is_sent() {
    let server = server().await;
    let long = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping", "params": { "x": "x".repeat(1 << 20) } }).to_string();
    let said = server.post(long.clone(), &[]).await.refused(413);
    assert!(said.contains("1048576"), "{said}");
    // With no length announced.
    let stream = Body::from_async_read(std::io::Cursor::new(long));
    server.post(stream, &[]).await.refused(413);
}

#[tokio::test]
async fn a_message_that_never_arrives_is_let_go() {
    let settings = mcp::Settings {
        address: "127.0.0.1:8000".parse().unwrap(),
        public_url: None,
        caller: |_| unreachable!("nobody was heard"),
    };
    let server = Server(mcp::endpoint(testkit::service().await, &settings));
    // Nothing but the clock has to move: the message is let go before anybody asks the database.
    tokio::time::pause();
    let (_kept, never) = tokio::io::duplex(8);
    let said = server
        .post(Body::from_async_read(never), &[])
        .await
        .refused(408);
    assert!(said.contains("30 s"), "{said}");
}
