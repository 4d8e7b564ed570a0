//! Over real connections: HEAD, and a shutdown that finishes what was begun.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::stream;
use poem::{
    Body, Endpoint, Route,
    endpoint::{make, make_sync},
    get,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Notify, mpsc, oneshot},
    task::JoinHandle,
};

pub struct Served {
    pub address: SocketAddr,
    pub stop: oneshot::Sender<()>,
    pub running: JoinHandle<std::io::Result<()>>,
}

pub async fn serve(app: impl Endpoint + 'static, drain: Duration) -> Served {
    let listening = web::bind("127.0.0.1:0").await.unwrap();
    let address = listening.address();
    let (stop, stopped) = oneshot::channel();
    let shutdown = async move {
        let _ = stopped.await;
    };
    let running = tokio::spawn(listening.serve(app, shutdown, drain));
    Served {
        address,
        stop,
        running,
    }
}

async fn connect(address: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

async fn exchange(address: SocketAddr, request: &str) -> String {
    let mut answer = String::new();
    connect(address, request)
        .await
        .read_to_string(&mut answer)
        .await
        .unwrap();
    answer
}

/// An endpoint that says when it was reached, and answers when it is allowed to.
fn slow(reached: &Arc<Notify>, release: &Arc<Notify>) -> impl Endpoint + use<> {
    let (reached, release) = (reached.clone(), release.clone());
    let endpoint = make(move |_| {
        let (reached, release) = (reached.clone(), release.clone());
        async move {
            reached.notify_one();
            release.notified().await;
            "finished"
        }
    });
    Route::new().at("/slow", get(endpoint))
}

const SLOW: &str = "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn head_sends_the_headers_alone() {
    let app = web::app(testkit::service().await, web::Settings::default());
    let served = serve(app, Duration::from_secs(5)).await;
    for address in ["/", "/health", "/schema.graphql", "/site.css"] {
        let request =
            format!("HEAD {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = exchange(served.address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "no body: {answer}");
        assert!(
            answer.to_lowercase().contains("content-length: "),
            "{answer}"
        );
    }
    served.stop.send(()).unwrap();
    served.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_slow_request_is_finished_after_the_signal_and_new_ones_are_not_taken() {
    let (reached, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let served = serve(slow(&reached, &release), Duration::from_secs(60)).await;
    let mut idle = connect(served.address, "").await;
    let mut stream = connect(served.address, SLOW).await;
    reached.notified().await;
    served.stop.send(()).unwrap();
    // The idle connection is closed at once: by then the server has heard the signal.
    assert_eq!(idle.read(&mut [0; 16]).await.unwrap(), 0);
    assert!(TcpStream::connect(served.address).await.is_err());
    assert!(!served.running.is_finished());
    release.notify_one();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("finished"), "{answer}");
    served.running.await.unwrap().unwrap();
}

#[tokio::test]
async fn who_connected_before_the_signal_is_still_answered() {
    let listening = web::bind("127.0.0.1:0").await.unwrap();
    let mut streams = Vec::new();
    for _ in 0..20 {
        streams.push(
            connect(
                listening.address(),
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            )
            .await,
        );
    }
    // The signal is there before the server has taken a single one of them.
    let app = Route::new().at("/", make(|_| async { "answered" }));
    listening
        .serve(app, std::future::ready(()), Duration::from_secs(60))
        .await
        .unwrap();
    for mut stream in streams {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("answered"), "{answer}");
    }
}

#[tokio::test]
async fn the_drain_has_an_end() {
    let (reached, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let served = serve(slow(&reached, &release), Duration::from_millis(50)).await;
    let mut stream = connect(served.address, SLOW).await;
    reached.notified().await;
    served.stop.send(()).unwrap();
    served.running.await.unwrap().unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(
        answer.is_empty(),
        "the request never ended, and nothing was made up for it"
    );
}

#[tokio::test]
async fn an_address_that_is_taken_is_an_error() {
    let first = web::bind("127.0.0.1:0").await.unwrap();
    assert!(web::bind(&first.address().to_string()).await.is_err());
    assert!(web::bind("nowhere").await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_dawdles_is_let_go() {
    let never = make(|_| async { "200 OK" });
    let served = serve(Route::new().at("/", never), Duration::from_secs(5)).await;
    for begun in [
        "",
        "GET / HT",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    ] {
        let mut stream = connect(served.address, begun).await;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(!answer.contains("200 OK"), "{begun:?}: {answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_does_not_read_is_let_go() {
    let (writing, mut written) = mpsc::channel::<()>(1);
    let writing = Mutex::new(Some(writing));
    let endless = make_sync(move |_| {
        let writing = writing.lock().unwrap().take();
        Body::from_bytes_stream(stream::repeat_with(move || {
            let _held = &writing;
            Ok::<_, std::io::Error>(vec![b'x'; 64 * 1024])
        }))
    });
    let served = serve(Route::new().at("/", endless), Duration::from_secs(5)).await;
    let _unread = connect(served.address, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    // Nothing is written any more when what writes it is gone.
    assert_eq!(written.recv().await, None);
}

#[tokio::test]
async fn a_request_under_two_names_or_an_unreadable_one_is_refused() {
    let app = web::app(testkit::service().await, web::Settings::default());
    let served = serve(app, Duration::from_secs(5)).await;
    for hosts in [
        "Host: localhost\r\nHost: evil.example",
        "Host: \u{e9}vil.example",
    ] {
        let request = format!("GET /health HTTP/1.1\r\n{hosts}\r\nConnection: close\r\n\r\n");
        let answer = exchange(served.address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
}

#[tokio::test]
async fn heads_that_are_too_large_or_no_http_are_refused() {
    let app = web::app(testkit::service().await, web::Settings::default());
    let served = serve(app, Duration::from_secs(5)).await;
    let long = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a".repeat(100_000)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
        "X-A: b\r\n".repeat(200)
    );
    let big = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {}\r\n\r\n",
        "a".repeat(100_000)
    );
    for request in [
        long.as_str(),
        many.as_str(),
        big.as_str(),
        "\0\0\0\0",
        "POTATO\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        // The server may answer and hang up before it has heard everything.
        let _ = stream.write_all(request.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{answer}"
        );
    }
    let alive = exchange(
        served.address,
        "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(alive.starts_with("HTTP/1.1 200 OK"), "{alive}");
}
