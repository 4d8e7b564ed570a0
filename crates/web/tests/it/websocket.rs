//! GraphQL over WebSocket: the handshake, the protocol to the letter, limits, and ends that are never silent.

use std::{future::pending, net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use store::api_key::{self, Secret, Terms};
use testkit::{
    Database,
    small::{self, figure},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    task::JoinHandle,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};
use web::{Settings, SocketLimits};

use crate::serving::{Served, serve};

const PATIENCE: Duration = Duration::from_secs(60);

const FIGURES: &str = "subscription S($after: ID) { observationChanged(after: $after) { eventId change key observation { value } } }";

/// A query with a long answer.
const LONG: &str = "{ __schema { types { name description fields { name description args { name description } } \
                    inputFields { name description } } } }";

/// A server over a small database of its own, following what others write there.
struct House {
    database: Database,
    served: Served,
    following: JoinHandle<()>,
}

impl House {
    async fn open(settings: Settings) -> Self {
        Self::over(testkit::empty().await, settings).await
    }

    async fn over(database: Database, settings: Settings) -> Self {
        small::fill(&database.store).await;
        let store = store::Store::connect(&database.url).await.unwrap();
        let service = graphql::Service::open(store, testkit::settings())
            .await
            .unwrap();
        let follower = service.clone();
        let following = tokio::spawn(async move { follower.follow_changes(pending()).await });
        while !service.follows_changes() {
            tokio::task::yield_now().await;
        }
        let served = serve(web::app(service, settings), Duration::from_secs(60)).await;
        Self {
            database,
            served,
            following,
        }
    }

    fn address(&self) -> SocketAddr {
        self.served.address
    }

    async fn client(&self) -> Client {
        let mut client = Client::connect(self.address(), &[PROTOCOL]).await.unwrap();
        client.say(json!({ "type": "connection_init" })).await;
        assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
        client
    }

    /// Subscribes, and returns when the subscription is open: a figure that is written until it is told of.
    async fn subscriber(&self) -> Client {
        let mut client = self.client().await;
        client
            .subscribe("s", FIGURES, json!({ "after": "0" }))
            .await;
        let mut value = 1.0;
        loop {
            value += 1.0;
            small::state(
                &self.database.store,
                vec![figure("begin", "jobs", "A", value)],
            )
            .await;
            let told = client.hear().await;
            assert_eq!(told["type"], "next", "{told}");
            if told["payload"]["data"]["observationChanged"]["observation"]["value"] == value {
                return client;
            }
        }
    }

    async fn close(self) {
        self.served.stop.send(()).unwrap();
        tokio::time::timeout(PATIENCE, self.served.running)
            .await
            .expect("the server ends")
            .unwrap()
            .unwrap();
        self.following.abort();
    }
}

const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

/// Somebody at the other end of a socket.
struct Client(WebSocketStream<TcpStream>);

impl Client {
    /// The status of the refusal when there is one.
    async fn connect(
        address: SocketAddr,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, (u16, String)> {
        let socket = TcpSocket::new_v4().unwrap();
        // Little is kept for a client that does not read.
        socket.set_recv_buffer_size(8 * 1024).unwrap();
        let stream = socket.connect(address).await.unwrap();
        let mut request = format!("ws://{address}/graphql")
            .into_client_request()
            .unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match client_async(request, stream).await {
            Ok((stream, _)) => Ok(Self(stream)),
            Err(Error::Http(response)) => {
                let body = response.body().clone().unwrap_or_default();
                Err((response.status().as_u16(), String::from_utf8(body).unwrap()))
            }
            Err(error) => panic!("{error}"),
        }
    }

    async fn say(&mut self, message: Value) {
        self.say_text(&message.to_string()).await;
    }

    async fn say_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload }))
            .await;
    }

    async fn frame(&mut self) -> Option<Result<Message, Error>> {
        tokio::time::timeout(PATIENCE, self.0.next())
            .await
            .expect("the server says something")
    }

    /// The next message.
    async fn hear(&mut self) -> Value {
        loop {
            match self.frame().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Waits until the server closes with this code, whatever it says before.
    async fn ends_with(&mut self, code: u16) {
        assert_eq!(self.closed().await.0, code);
    }

    /// The code and reason with which the server closes, whatever it says before.
    async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.frame().await {
                Some(Ok(Message::Close(Some(frame)))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(Message::Close(None))) | None => panic!("closed without a code"),
                Some(Ok(_)) => {}
                Some(Err(error)) => panic!("{error}"),
            }
        }
    }
}

fn limits(change: impl FnOnce(&mut SocketLimits)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings.sockets);
    settings
}

#[tokio::test]
async fn queries_and_mutations_are_answered_once() {
    let house = House::open(Settings::default()).await;
    let mut client = house.client().await;
    let query =
        "query Q($key: String) { observations(filter: { key: { eq: $key } }) { nodes { value } } }";
    client
        .subscribe("1", query, json!({ "key": "first" }))
        .await;
    let mut next = client.hear().await;
    assert_eq!(next["payload"]["extensions"]["cost"]["actual"], 4);
    assert_eq!(
        next["payload"]["data"].take(),
        json!({ "observations": { "nodes": [{ "value": 1.0 }] } })
    );
    assert_eq!((&next["id"], &next["type"]), (&json!("1"), &json!("next")));
    assert_eq!(
        client.hear().await,
        json!({ "id": "1", "type": "complete" })
    );
    // The id is free again.
    let report = "mutation { reportAnswer(input: { reference: \"nonsense\", problem: OTHER }) { userErrors { code } } }";
    client.subscribe("1", report, Value::Null).await;
    let next = client.hear().await;
    let code = &next["payload"]["data"]["reportAnswer"]["userErrors"][0]["code"];
    assert!(code.is_string(), "{next}");
    assert_eq!(client.hear().await["type"], "complete");
    // What does not fit the schema is an error and the end of it; so is what a limit refuses.
    for (document, code) in [
        ("{ nothing }", "BAD_USER_INPUT"),
        ("{", "BAD_USER_INPUT"),
        ("subscription { nothing }", "BAD_USER_INPUT"),
        (
            "subscription { observationChanged(after: \"x\") { eventId } }",
            "BAD_USER_INPUT",
        ),
        ("{ ...F } fragment F on Query { ...F }", "TOO_COMPLEX"),
    ] {
        client.subscribe("2", document, Value::Null).await;
        let error = client.hear().await;
        assert_eq!(
            (&error["type"], &error["id"]),
            (&json!("error"), &json!("2")),
            "{error}"
        );
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{error}");
        assert!(
            error["payload"][0]["extensions"]["requestId"].is_string(),
            "{error}"
        );
    }
    // An error of a field is a result.
    client
        .subscribe("3", "{ node(id: \"nonsense\") { id } }", Value::Null)
        .await;
    let next = client.hear().await;
    assert_eq!(next["type"], "next", "{next}");
    assert!(next["payload"]["errors"].is_array(), "{next}");
    assert_eq!(client.hear().await["type"], "complete");
    house.close().await;
}

#[tokio::test]
async fn pings_are_answered_before_and_after_the_beginning() {
    let house = House::open(Settings::default()).await;
    let mut client = Client::connect(house.address(), &[PROTOCOL]).await.unwrap();
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    client
        .say(json!({ "type": "connection_init", "payload": { "any": "thing" } }))
        .await;
    assert_eq!(client.hear().await["type"], "connection_ack");
    client.say(json!({ "type": "pong" })).await;
    client
        .say(json!({ "type": "ping", "payload": { "at": 7 } }))
        .await;
    assert_eq!(
        client.hear().await,
        json!({ "type": "pong", "payload": { "at": 7 } })
    );
    // Completing what is not there is nothing.
    client
        .say(json!({ "type": "complete", "id": "none" }))
        .await;
    client.0.close(None).await.unwrap();
    house.close().await;
}

#[tokio::test]
async fn every_breach_of_the_protocol_has_its_code() {
    let house = House::open(limits(|limits| limits.message = 16 * 1024)).await;
    let init = json!({ "type": "connection_init" }).to_string();
    let endless =
        json!({ "type": "subscribe", "id": "s", "payload": { "query": FIGURES } }).to_string();
    let large = json!({ "type": "ping", "payload": { "a": "a".repeat(300_000) } }).to_string();
    for (said, code, reason) in [
        (vec!["nonsense"], 4400, "Invalid message"),
        (vec![&init, r#"{"type":"start"}"#], 4400, "Invalid message"),
        (
            vec![
                &init,
                r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#,
            ],
            4400,
            "query",
        ),
        (vec![&endless], 4401, "Unauthorized"),
        (vec![&init, &init], 4429, "Too many initialisation requests"),
        (
            vec![&init, &endless, &endless],
            4409,
            "Subscriber for s already exists",
        ),
        (vec![&init, &large], 1009, "at most 16384 bytes"),
    ] {
        let mut client = Client::connect(house.address(), &[PROTOCOL]).await.unwrap();
        for text in said {
            // The server may hang up before it has heard everything.
            let _ = client.0.send(Message::text(text)).await;
        }
        let (found, why) = client.closed().await;
        assert_eq!(found, code, "{why}");
        assert!(why.contains(reason), "{why}");
    }
    let mut client = house.client().await;
    client
        .0
        .send(Message::binary(init.into_bytes()))
        .await
        .unwrap();
    assert_eq!(client.closed().await.0, 4400);
    house.close().await;
}

#[tokio::test]
async fn who_does_not_begin_is_let_go() {
    let quick = limits(|limits| limits.initialisation = Duration::from_millis(50));
    let house = House::open(quick).await;
    let mut client = Client::connect(house.address(), &[PROTOCOL]).await.unwrap();
    assert_eq!(client.closed().await.0, 4408);
    house.close().await;
}

#[tokio::test]
async fn only_the_one_subprotocol_is_spoken() {
    let house = House::open(Settings::default()).await;
    let both = ("sec-websocket-protocol", "graphql-ws, graphql-transport-ws");
    Client::connect(house.address(), &[both]).await.unwrap();
    // Without one that it asked for, this client does not even begin; it is the server that must say why.
    let old = "Sec-WebSocket-Protocol: graphql-ws\r\n";
    for protocol in ["", old] {
        let mut stream = TcpStream::connect(house.address()).await.unwrap();
        let head = format!(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{protocol}\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let text = String::from_utf8_lossy(&answer);
        assert!(text.starts_with("HTTP/1.1 101"), "{text}");
        let sign = "sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=";
        assert!(text.to_lowercase().contains(sign), "{text}");
        let code = 4406_u16.to_be_bytes();
        assert!(answer.windows(2).any(|bytes| bytes == code), "{text}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_handshake_that_is_none_is_refused_with_advice() {
    let house = House::open(Settings::default()).await;
    let good = "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (headers, status) in [
        (good.replace("13", "8"), "426"),
        (good.replace("dGhl", ""), "400"),
        (good.replace("Connection: Upgrade\r\n", ""), "400"),
    ] {
        let mut stream = TcpStream::connect(house.address()).await.unwrap();
        let head = format!(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).await.unwrap();
        let text = String::from_utf8_lossy(&answer[..read]);
        assert!(text.starts_with(&format!("HTTP/1.1 {status}")), "{text}");
        assert!(text.contains("requestId"), "{text}");
    }
    house.close().await;
}

/// A key in the database, and what a client sends to show it.
async fn bearer(house: &House) -> (Secret, String) {
    let secret = Secret::new([7; 4], [7; 32]);
    let terms = Terms {
        holder: "a partner".into(),
        scopes: "read".parse().unwrap(),
        quota: None,
        trusted_documents_only: false,
        expires_at: None,
    };
    api_key::create(&house.database.store, &secret, terms, chrono::Utc::now())
        .await
        .unwrap();
    let sent = format!("Bearer {}", secret.reveal());
    (secret, sent)
}

#[tokio::test]
async fn a_revoked_key_ends_its_socket() {
    let settings = limits(|limits| limits.checking = Duration::from_millis(50));
    let house = House::open(settings).await;
    let (secret, sent) = bearer(&house).await;
    let (service, store) = (house.address(), &house.database.store);
    let shown = [PROTOCOL, ("authorization", sent.as_str())];
    let mut by_header = Client::connect(service, &shown).await.ok().unwrap();
    by_header.say(json!({ "type": "connection_init" })).await;
    assert_eq!(by_header.hear().await["type"], "connection_ack");
    let mut by_payload = Client::connect(service, &[PROTOCOL]).await.ok().unwrap();
    let payload = json!({ "Authorization": sent });
    by_payload
        .say(json!({ "type": "connection_init", "payload": payload }))
        .await;
    assert_eq!(by_payload.hear().await["type"], "connection_ack");
    assert!(
        api_key::revoke(store, secret.prefix(), chrono::Utc::now())
            .await
            .unwrap()
    );
    by_header.ends_with(4403).await;
    by_payload.ends_with(4403).await;
    house.close().await;
}

#[tokio::test]
async fn a_key_that_opens_nothing_opens_no_socket() {
    let house = House::open(Settings::default()).await;
    let shown = [PROTOCOL, ("authorization", "Bearer bab_no")];
    let refused = Client::connect(house.address(), &shown).await;
    assert_eq!(refused.err().map(|(status, _)| status), Some(401));
    for payload in [
        json!({ "Authorization": "Bearer bab_no" }),
        json!({ "authorization": 7 }),
        json!({ "Authorization": "bab_no" }),
    ] {
        let mut client = Client::connect(house.address(), &[PROTOCOL])
            .await
            .ok()
            .unwrap();
        client
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        client.ends_with(4403).await;
    }
    house.close().await;
}

#[tokio::test]
async fn pages_of_other_origins_open_no_socket_unless_they_are_named() {
    let settings = Settings {
        public_url: Some("https://bab.example/fes".into()),
        allowed_origins: vec!["https://partner.example".into()],
        ..Settings::default()
    };
    let house = House::open(settings).await;
    let own = format!("http://{}", house.address());
    for origin in [&own, "https://bab.example", "https://PARTNER.example"] {
        let client = Client::connect(house.address(), &[PROTOCOL, ("origin", origin)]).await;
        assert!(client.is_ok(), "{origin}");
    }
    for origin in [
        "https://evil.example",
        "null",
        "",
        "http://bab.example",
        "https://partner.example.evil.example",
    ] {
        let refused = Client::connect(house.address(), &[PROTOCOL, ("origin", origin)]).await;
        let (status, body) = refused.err().expect(origin);
        assert_eq!(status, 403, "{origin}: {body}");
        assert!(
            body.contains("allow its origin") && body.contains("FORBIDDEN"),
            "{body}"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn a_subscriber_is_told_until_it_has_enough_and_goes_on_later() {
    testkit::each_empty_database(async |database| {
        let house = House::over(database, Settings::default()).await;
        let write = async |key: &str| {
            small::state(&house.database.store, vec![figure(key, "jobs", "A", 3.0)]).await;
        };
        let mut client = house.subscriber().await;
        write("a").await;
        let told = client.hear().await;
        let change = told["payload"]["data"]["observationChanged"].clone();
        assert_eq!(change["key"], "a");
        assert_eq!(change["change"], "CREATED");
        assert_eq!(change["observation"]["value"], 3.0);
        client.say(json!({ "type": "complete", "id": "s" })).await;
        write("b").await;
        write("c").await;
        // The id is free again, nothing is left of what had it, and it goes on after the event that was told last.
        client
            .subscribe("s", FIGURES, json!({ "after": change["eventId"] }))
            .await;
        for key in ["b", "c"] {
            let told = client.hear().await;
            assert_eq!(
                told["payload"]["data"]["observationChanged"]["key"], key,
                "{told}"
            );
        }
        drop(client);
        let mut client = house.client().await;
        client
            .subscribe("t", FIGURES, json!({ "after": change["eventId"] }))
            .await;
        for key in ["b", "c"] {
            let told = client.hear().await;
            assert_eq!(told["id"], "t");
            assert_eq!(
                told["payload"]["data"]["observationChanged"]["key"], key,
                "{told}"
            );
        }
        house.close().await;
    })
    .await;
}

#[tokio::test]
async fn operations_and_sockets_are_limited() {
    let few = limits(|limits| {
        limits.operations = 2;
        limits.of_one_address = 2;
    });
    let house = House::open(few).await;
    let mut client = house.client().await;
    for id in ["1", "2", "3"] {
        client.subscribe(id, FIGURES, json!({})).await;
    }
    let error = client.hear().await;
    assert_eq!(
        (&error["type"], &error["id"]),
        (&json!("error"), &json!("3"))
    );
    assert_eq!(error["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    let _second = house.client().await;
    let (status, body) = Client::connect(house.address(), &[PROTOCOL])
        .await
        .err()
        .unwrap();
    assert_eq!(status, 429, "{body}");
    assert!(body.contains("RATE_LIMITED"), "{body}");
    // Somebody else may, and who leaves makes room.
    let elsewhere = ("x-forwarded-for", "198.51.100.7");
    assert!(
        Client::connect(house.address(), &[PROTOCOL, elsewhere])
            .await
            .is_ok()
    );
    drop(client);
    while Client::connect(house.address(), &[PROTOCOL]).await.is_err() {
        tokio::task::yield_now().await;
    }
    house.close().await;

    let house = House::open(limits(|limits| limits.in_total = 1)).await;
    let _first = house.client().await;
    let (status, body) = Client::connect(house.address(), &[PROTOCOL, elsewhere])
        .await
        .err()
        .unwrap();
    assert_eq!(status, 503, "{body}");
    house.close().await;
}

#[tokio::test]
async fn who_does_not_answer_a_ping_is_let_go() {
    let quick = limits(|limits| limits.ping = Duration::from_millis(50));
    let house = House::open(quick).await;
    let mut client = house.client().await;
    // The bytes are read and nothing is answered.
    let mut rest = Vec::new();
    let reading = client.0.get_mut().read_to_end(&mut rest);
    tokio::time::timeout(PATIENCE, reading)
        .await
        .unwrap()
        .unwrap();
    assert!(rest.windows(2).any(|bytes| bytes == 1001_u16.to_be_bytes()));
    assert!(String::from_utf8_lossy(&rest).contains(r#"{"type":"ping"}"#));
    house.close().await;
}

#[tokio::test]
async fn who_does_not_read_is_let_go() {
    let impatient = limits(|limits| {
        limits.reading = Duration::from_millis(200);
        limits.of_one_address = 1;
    });
    let house = House::open(impatient).await;
    let mut client = house.client().await;
    // More than any buffer on the way holds.
    for id in 0..50 {
        client.subscribe(&id.to_string(), LONG, Value::Null).await;
    }
    // Its place is free when it is let go.
    let another = async {
        while Client::connect(house.address(), &[PROTOCOL]).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, another)
        .await
        .expect("it is let go");
    house.close().await;
}

/// Time stands still but where nobody has anything to do, so that the client begins to read when it is too late for one message and not
/// yet for the goodbye.
#[tokio::test]
async fn who_reads_too_slowly_is_told_why_it_is_let_go() {
    let house = House::open(limits(|limits| limits.ping = Duration::from_secs(3600))).await;
    let mut client = house.client().await;
    for id in 0..50 {
        client.subscribe(&id.to_string(), LONG, Value::Null).await;
    }
    tokio::time::pause();
    let reading = SocketLimits::default().reading;
    tokio::time::sleep(reading + Duration::from_millis(500)).await;
    tokio::time::resume();
    let (code, reason) = client.closed().await;
    assert_eq!(code, 1013);
    assert!(reason.contains("go on with after"), "{reason}");
    house.close().await;
}

/// As many operations as there are connections to the database wait for a table; when their socket goes, they go.
#[tokio::test]
async fn what_runs_ends_with_its_socket_or_when_it_is_complete() {
    let house = House::over(testkit::postgres_empty().await, Settings::default()).await;
    let _held = store::database::hold_readers(&house.database.store)
        .await
        .unwrap();
    let blocked = "{ observations { nodes { value } } }";
    for leaves in [true, false] {
        let mut client = house.client().await;
        for id in 0..12 {
            client
                .subscribe(&id.to_string(), blocked, Value::Null)
                .await;
        }
        client.say(json!({ "type": "ping" })).await;
        assert_eq!(client.hear().await["type"], "pong");
        let mut client = if leaves {
            drop(client);
            house.client().await
        } else {
            for id in 0..12 {
                client
                    .say(json!({ "type": "complete", "id": id.to_string() }))
                    .await;
            }
            client
        };
        client
            .subscribe("free", "{ indicators { nodes { key } } }", Value::Null)
            .await;
        // Less than a request may take: nothing of it waited for those to be given up.
        let answered = tokio::time::timeout(Duration::from_secs(8), client.hear()).await;
        assert_eq!(answered.expect("a connection is free")["type"], "next");
    }
    house.following.abort();
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let house = House::open(Settings::default()).await;
    let mut client = house.subscriber().await;
    let mut silent = Client::connect(house.address(), &[PROTOCOL]).await.unwrap();
    let House {
        served, following, ..
    } = house;
    served.stop.send(()).unwrap();
    assert_eq!(client.closed().await.0, 1001);
    assert_eq!(silent.closed().await.0, 1001);
    drop((client, silent));
    tokio::time::timeout(PATIENCE, served.running)
        .await
        .expect("the server ends")
        .unwrap()
        .unwrap();
    following.abort();
}

#[tokio::test]
async fn what_has_begun_is_answered_before_a_server_stops() {
    let house = House::open(Settings::default()).await;
    let mut client = house.client().await;
    client.subscribe("endless", FIGURES, json!({})).await;
    for id in 0..20 {
        client.subscribe(&id.to_string(), LONG, Value::Null).await;
    }
    client.say(json!({ "type": "ping" })).await;
    // What was said before the ping has begun when it is answered.
    let mut complete = 0;
    loop {
        match client.hear().await["type"].as_str() {
            Some("pong") => break,
            Some("complete") => complete += 1,
            _ => {}
        }
    }
    house.served.stop.send(()).unwrap();
    let code = loop {
        match client.frame().await {
            Some(Ok(Message::Text(text))) if text.contains(r#""type":"complete""#) => complete += 1,
            Some(Ok(Message::Close(Some(frame)))) => break u16::from(frame.code),
            Some(Ok(_)) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((complete, code), (20, 1001));
    drop(client);
    tokio::time::timeout(PATIENCE, house.served.running)
        .await
        .expect("the server ends")
        .unwrap()
        .unwrap();
    house.following.abort();
}
