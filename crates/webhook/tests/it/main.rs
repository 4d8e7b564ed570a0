//! Messages over a real network: signed, to no machine that is not public, with no redirect followed and no more waited for than allowed.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use std::{
    collections::VecDeque,
    io,
    net::{IpAddr, Ipv4Addr},
    sync::Mutex,
    time::{Duration, Instant},
};

use entity::webhook::SigningSecret;
use graphql::webhook::{Answer, Message, Post, Reach, Target};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use webhook::{Carrier, Found, Names, System, sign};

/// Longer than anything here takes that is not waited for on purpose.
const PATIENCE: Duration = Duration::from_secs(30);

/// An endpoint of a partner on this machine: what it was sent, request by request.
struct Endpoint {
    port: u16,
    requests: mpsc::UnboundedReceiver<String>,
}

impl Endpoint {
    /// Answers every request with these bytes, and closes.
    async fn answering(answer: &'static str) -> Self {
        Self::doing(move |mut stream| async move {
            let _ = stream.write_all(answer.as_bytes()).await;
        })
        .await
    }

    async fn doing<F: Future<Output = ()> + Send>(
        act: impl Fn(TcpStream) -> F + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (told, requests) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read(&mut stream).await;
                if told.send(request).is_err() {
                    return;
                }
                act(stream).await;
            }
        });
        Self { port, requests }
    }

    fn url(&self, host: &str) -> String {
        format!("http://{host}:{}/bab?key=1", self.port)
    }
}

/// A request with the body that it announces.
async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.strip_prefix("content-length: ")
                    .map(|length| length.parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => return text,
            Ok(_) => {}
        }
    }
}

/// Answers each look at a name with the next of these addresses; the last stays.
struct Changing(Mutex<VecDeque<Vec<IpAddr>>>);

impl Changing {
    fn new(answers: &[&[&str]]) -> Self {
        let addresses = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().unwrap()).collect();
        Self(Mutex::new(answers.iter().map(addresses).collect()))
    }
}

impl Names for Changing {
    fn find(&self, _: &str) -> Found {
        let mut answers = self.0.lock().unwrap();
        let found = match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        };
        Box::pin(async move { Ok(found) })
    }
}

/// A name server that does not answer in words.
struct Broken;

impl Names for Broken {
    fn find(&self, _: &str) -> Found {
        Box::pin(async { Err(io::Error::other("SERVFAIL from 10.0.0.53")) })
    }
}

fn message(url: &str) -> Message {
    Message {
        id: "wh_0011223344556677_42".to_owned(),
        to: Target::parse(url, Reach::Any).unwrap(),
        secret: SigningSecret::new([7; 32]),
        at: "2026-11-24T09:00:00Z".parse().unwrap(),
        body: "{\"type\":\"fact.revised\",\"data\":{\"key\":\"é\"}}".to_owned(),
    }
}

/// A carrier that may reach this machine, as it may reach a public one elsewhere.
fn carrier(names: impl Names, patience: Duration) -> Carrier {
    Carrier::only_to(
        |address| address == Ipv4Addr::LOCALHOST,
        false,
        names,
        patience,
    )
    .unwrap()
}

#[tokio::test]
async fn a_message_comes_signed_by_post() {
    let mut endpoint =
        Endpoint::answering("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok").await;
    let message = message(&endpoint.url("127.0.0.1"));
    let carrier = carrier(System, PATIENCE);
    assert_eq!(carrier.post(&message).await, Answer::Status(202, None));
    let request = endpoint.requests.recv().await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /bab?key=1 HTTP/1.1\r\n"), "{head}");
    let second = message.at.timestamp();
    let signature = sign(&[7; 32], &message.id, second, &message.body);
    for line in [
        "content-type: application/json".to_owned(),
        format!("webhook-id: {}", message.id),
        format!("webhook-timestamp: {second}"),
        format!("webhook-signature: {signature}"),
        format!("content-length: {}", message.body.len()),
    ] {
        assert!(
            head.lines().any(|found| found == line),
            "{line} is not in {head}"
        );
    }
    assert!(head.contains("user-agent: bab-webhook/"));
    assert_eq!(body, message.body);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let mut elsewhere = Endpoint::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let to = elsewhere.url("127.0.0.1");
    let listening = to.clone();
    let endpoint = Endpoint::doing(move |mut stream| {
        let to = listening.clone();
        async move {
            let answer = format!(
                "HTTP/1.1 307 Temporary Redirect\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await;
    let carrier = carrier(System, PATIENCE);
    assert_eq!(
        carrier.post(&message(&endpoint.url("127.0.0.1"))).await,
        Answer::Status(307, None)
    );
    assert!(elsewhere.requests.try_recv().is_err());
}

#[tokio::test]
async fn a_name_is_looked_at_anew_for_each_message_and_all_its_addresses_count() {
    let mut endpoint = Endpoint::answering(
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n",
    )
    .await;
    let names = Changing::new(&[
        &["127.0.0.1"],
        &["127.0.0.1", "10.0.0.1"],
        &["169.254.169.254"],
        &["::ffff:127.0.0.1"],
        &[],
        &["127.0.0.1"],
    ]);
    let carrier = carrier(names, PATIENCE);
    let message = message(&endpoint.url("partner.example"));
    assert_eq!(carrier.post(&message).await, Answer::Status(200, None));
    assert!(
        endpoint
            .requests
            .recv()
            .await
            .unwrap()
            .contains("host: partner.example")
    );
    for _ in 0..4 {
        match carrier.post(&message).await {
            Answer::Nothing(why) => assert!(
                why.contains("not public") || why.contains("nowhere"),
                "{why}"
            ),
            other => panic!("{other:?}"),
        }
    }
    assert!(
        endpoint.requests.try_recv().is_err(),
        "nothing was connected to"
    );
    assert_eq!(carrier.post(&message).await, Answer::Status(200, None));
}

#[tokio::test]
async fn by_default_no_machine_is_reached_that_is_not_public_by_name_or_number() {
    let mut endpoint = Endpoint::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    // http is allowed here, so that it is the address that is refused.
    let carrier = Carrier::only_to(graphql::webhook::is_public, false, System, PATIENCE).unwrap();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "127.1",
    ] {
        match carrier.post(&message(&endpoint.url(host))).await {
            Answer::Nothing(why) => assert!(why.contains("not public"), "{host}: {why}"),
            other => panic!("{host}: {other:?}"),
        }
    }
    assert!(
        endpoint.requests.try_recv().is_err(),
        "nothing was connected to"
    );
    // And nothing goes unencrypted.
    let carrier = Carrier::new(Reach::Public, Changing::new(&[&["8.8.8.8"]]), PATIENCE).unwrap();
    assert!(matches!(
        carrier.post(&message("http://partner.example:8080/")).await,
        Answer::Nothing(_)
    ));
}

#[tokio::test]
async fn what_a_name_server_says_is_not_passed_on() {
    let carrier = carrier(Broken, PATIENCE);
    match carrier.post(&message("http://partner.example:8080/")).await {
        Answer::Nothing(why) => assert!(
            why.contains("nowhere") && !why.contains("10.0.0.53"),
            "{why}"
        ),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_endpoint_that_says_nothing_is_not_waited_for() {
    let endpoint = Endpoint::doing(|stream| async move {
        let _open = stream;
        std::future::pending().await
    })
    .await;
    let carrier = carrier(System, Duration::from_millis(300));
    let began = Instant::now();
    let answer = carrier.post(&message(&endpoint.url("127.0.0.1"))).await;
    assert_eq!(answer, Answer::Nothing("no answer in time".to_owned()));
    assert!(began.elapsed() < PATIENCE);
    // Nor one that is not there.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let answer = carrier
        .post(&message(&format!("http://127.0.0.1:{port}/")))
        .await;
    assert!(matches!(answer, Answer::Nothing(why) if why.starts_with("no connection")));
}

#[tokio::test]
async fn an_answer_without_end_is_not_read() {
    let (written, mut lengths) = mpsc::unbounded_channel();
    let endpoint = Endpoint::doing(move |mut stream| {
        let written = written.clone();
        async move {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            let _ = stream.write_all(head.as_bytes()).await;
            let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
            let mut length = 0;
            // Until the other side has closed.
            while stream.write_all(chunk.as_bytes()).await.is_ok() {
                length += chunk.len();
            }
            let _ = written.send(length);
        }
    })
    .await;
    let carrier = carrier(System, PATIENCE);
    let answer = carrier.post(&message(&endpoint.url("127.0.0.1"))).await;
    assert_eq!(answer, Answer::Status(200, None));
    // What lay in the buffers of the machine, and not more.
    assert!(lengths.recv().await.unwrap() < 64 << 20);
}

#[tokio::test]
async fn an_endpoint_says_when_to_try_again() {
    for (answer, pause) in [
        (
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n",
            Some(Duration::from_secs(120)),
        ),
        (
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: Tue, 24 Nov 2026 09:01:00 GMT\r\ncontent-length: 0\r\n\r\n",
            Some(Duration::from_secs(60)),
        ),
        (
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: soon\r\ncontent-length: 0\r\n\r\n",
            None,
        ),
        (
            "HTTP/1.1 429 Too Many Requests\r\nretry-after: -1\r\ncontent-length: 0\r\n\r\n",
            None,
        ),
    ] {
        let endpoint = Endpoint::answering(answer).await;
        let sent = carrier(System, PATIENCE)
            .post(&message(&endpoint.url("127.0.0.1")))
            .await;
        assert_eq!(sent, Answer::Status(429, pause), "{answer}");
    }
}
