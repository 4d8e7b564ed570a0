//! Listening and serving: bind first (so that the address is known), serve until told to stop, then finish what was begun.
//! A connection that sends its request head too slowly, or nothing at all, or does not read what it asked for, is closed.

use std::{
    convert::Infallible,
    future::Future,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Response,
    endpoint::BoxEndpoint,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, Semaphore, mpsc, watch},
    task::JoinSet,
};

use crate::attended::Attended;

/// Connections served at once; the next ones wait in the machine's queue.
const CONNECTIONS: usize = 2048;

/// How long a request head may take, and how long a connection may wait for its next one.
const HEAD_TIME: Duration = Duration::from_secs(30);

/// How long a caller may take none of what it asked for.
const READING_TIME: Duration = Duration::from_secs(30);

/// The largest request head, in bytes, and how many headers it may hold.
const HEAD_SIZE: usize = 64 * 1024;
const HEADERS: usize = 100;

/// How long a connection that has sent nothing yet is waited for once the server is told to stop.
const LAST_CALL: Duration = Duration::from_millis(500);

/// The pause after the machine refused a connection (out of file descriptors, say).
const BREATH: Duration = Duration::from_millis(100);

/// An address that is taken, and not served yet.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

/// Takes `address` (`127.0.0.1:8000`; port 0 lets the machine choose).
pub async fn bind(address: &str) -> io::Result<Listening> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok(Listening { listener, address })
}

/// Ties what outlives its request, such as a WebSocket, to the server: it is told when the server stops, and waited for.
#[derive(Clone)]
pub struct Lifeline {
    stopped: watch::Receiver<()>,
    /// Dropped with the last copy, which is what the connection waits for.
    _alive: mpsc::Sender<Infallible>,
}

impl Lifeline {
    /// Returns when the server is told to stop.
    pub async fn stopped(&mut self) {
        // The sender is dropped then, and sends nothing before.
        let _ = self.stopped.changed().await;
    }
}

impl Listening {
    /// The address taken, with its real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves `app` until `shutdown` resolves. From then on no connection is taken but those the machine has already accepted;
    /// requests in flight are finished, for `drain` at most.
    pub async fn serve<E>(
        self,
        app: E,
        shutdown: impl Future<Output = ()> + Send,
        drain: Duration,
    ) -> io::Result<()>
    where
        E: IntoEndpoint,
        E::Endpoint: 'static,
    {
        let app = app.into_endpoint().map_to_response().boxed();
        self.run(app, Box::pin(shutdown), drain).await
    }

    /// Boxed, so that it is compiled here and not again in every crate that waits for it.
    fn run<'a>(self, app: App, shutdown: Told<'a>, drain: Duration) -> Ended<'a> {
        Box::pin(self.listen(app, shutdown, drain))
    }

    async fn listen(self, app: App, mut shutdown: Told<'_>, drain: Duration) -> io::Result<()> {
        let app = Arc::new(app);
        let (stop, stopped) = watch::channel(());
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        let mut connections = JoinSet::new();
        let own = self.address;
        let serve = |connections: &mut JoinSet<()>, (stream, caller, permit): Accepted| {
            let served = converse(stream, own, caller, app.clone(), stopped.clone());
            connections.spawn(async move {
                served.await;
                drop(permit);
            });
        };
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                Some(_) = connections.join_next() => continue,
                accepted = accept(&self.listener, &room) => accepted,
            };
            match accepted {
                Ok(accepted) => serve(&mut connections, accepted),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
        for accepted in waiting(self.listener, &room)? {
            serve(&mut connections, accepted);
        }
        drop(stop);
        tracing::info!(connections = connections.len(), "stopping");
        let finished = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(drain, finished).await.is_err() {
            tracing::warn!(
                connections = connections.len(),
                "cut off after {} s",
                drain.as_secs_f32()
            );
        }
        Ok(())
    }
}

type App = BoxEndpoint<'static, Response>;
type Told<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
type Ended<'a> = Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>>;
type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

/// The next connection, when there is room for one.
async fn accept(listener: &TcpListener, room: &Arc<Semaphore>) -> io::Result<Accepted> {
    let permit = room
        .clone()
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, caller) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, caller, permit))
}

/// The connections that the machine accepted and nobody has taken yet; dropping `listener` would reset them.
fn waiting(listener: TcpListener, room: &Arc<Semaphore>) -> io::Result<Vec<Accepted>> {
    let listener = listener.into_std()?;
    let mut taken = Vec::new();
    while let Ok(permit) = room.clone().try_acquire_owned()
        && let Ok((stream, caller)) = listener.accept()
    {
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        taken.push((TcpStream::from_std(stream)?, caller, permit));
    }
    Ok(taken)
}

/// One connection, until either side ends it and whatever one of its requests became has ended too.
async fn converse(
    stream: TcpStream,
    own: SocketAddr,
    caller: SocketAddr,
    app: Arc<App>,
    stopped: watch::Receiver<()>,
) {
    let (alive, mut ended) = mpsc::channel(1);
    let lifeline = Lifeline {
        stopped: stopped.clone(),
        _alive: alive,
    };
    exchange(stream, own, caller, app, stopped, lifeline).await;
    let _ = ended.recv().await;
}

/// Request after request.
async fn exchange(
    stream: TcpStream,
    own: SocketAddr,
    caller: SocketAddr,
    app: Arc<App>,
    mut stopped: watch::Receiver<()>,
    lifeline: Lifeline,
) {
    let begun = Notify::new();
    let service = service_fn(|request: hyper::Request<Incoming>| {
        begun.notify_one();
        let mut request: Request = (
            request,
            LocalAddr(own.into()),
            RemoteAddr(caller.into()),
            Scheme::HTTP,
        )
            .into();
        request.set_data(lifeline.clone());
        let app = app.clone();
        async move {
            let response: Response = app.get_response(request).await;
            Ok::<_, Infallible>(hyper::Response::from(response))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(HEAD_SIZE)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Attended::new(stream, READING_TIME)), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        // The sender is dropped when the server is told to stop.
        _ = stopped.changed() => {}
    }
    // hyper closes a connection that it has read nothing from, but its first request may be on the way.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = begun.notified() => {}
        () = tokio::time::sleep(LAST_CALL) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
