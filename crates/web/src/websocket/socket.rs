//! One socket: what the client may say when, its operations at once, and how it ends.
//!
//! One task reads and writes; each operation is a task of its own, which waits while what it said before is not sent. So a client that does
//! not read holds back its own operations and nobody else's.

use std::{collections::HashMap, pin::pin};

use futures_util::{SinkExt, StreamExt};
use graphql::{Call, Request, Service};
use poem::Upgraded;
use serde_json::json;
use tokio::{
    io::AsyncReadExt,
    sync::{mpsc, oneshot},
    task::{AbortHandle, JoinSet},
    time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Error, Message, Utf8Bytes, protocol::CloseFrame},
};

use super::{
    SocketLimits,
    authenticate::{Viewer, authenticate},
    message::{self, Received},
    operation::{Operation, Said, What},
};
use crate::serve::Lifeline;

/// Messages of all operations that may wait to be sent.
const WAITING: usize = 8;

/// How long the client may take to answer that the socket closes.
const GOODBYE: std::time::Duration = std::time::Duration::from_secs(1);

/// The longest reason that fits a close frame, in bytes.
const REASON: usize = 123;

type Stream = WebSocketStream<Upgraded>;

/// A socket that is agreed on.
pub struct Socket {
    pub service: Service,
    pub limits: SocketLimits,
    /// The id of the request that became the socket; those of its operations begin with it.
    pub id: String,
    /// Who opened it, and the key of the handshake.
    pub shown: Viewer,
    /// Whether the client speaks the one subprotocol.
    pub understood: bool,
}

/// Why a socket is closed from this side.
struct Close(u16, String);

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self(code, reason.into())
    }

    fn frame(&self) -> CloseFrame {
        let end = self.1.floor_char_boundary(REASON);
        CloseFrame {
            code: self.0.into(),
            reason: self.1[..end].into(),
        }
    }
}

/// How a socket ends.
enum End {
    Close(Close),
    /// The client closed it, or is gone.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// An operation whose id is taken.
struct Running {
    number: u64,
    task: AbortHandle,
    /// Dropped when the server stops, which ends a subscription and nothing else.
    wanted: Option<oneshot::Sender<()>>,
}

/// What is known of a client while it is here.
struct State {
    viewer: Option<Viewer>,
    heard: Instant,
    running: HashMap<String, Running>,
    tasks: JoinSet<()>,
    begun: u64,
    say: mpsc::Sender<Said>,
    stopping: bool,
}

impl Socket {
    /// Talks until either side ends it.
    pub async fn talk(self, mut stream: Stream, lifeline: Option<Lifeline>) {
        let started = Instant::now();
        let (say, said) = mpsc::channel(WAITING);
        let mut state = State {
            viewer: None,
            heard: started,
            running: HashMap::new(),
            tasks: JoinSet::new(),
            begun: 0,
            say,
            stopping: false,
        };
        let end = match self.understood {
            true => self.converse(&mut stream, &mut state, said, lifeline).await,
            false => {
                let reason = "Subprotocol not acceptable: use graphql-transport-ws";
                Close::new(4406, reason).into()
            }
        };
        // Nobody is there to be answered: what runs ends where it is. What a mutation had written by then is taken back, for each writes
        // in one transaction.
        state.tasks.abort_all();
        let code = match &end {
            End::Close(close) => Some(close.0),
            End::Gone => None,
        };
        if let End::Close(close) = end {
            say_goodbye(&mut stream, &close).await;
        }
        // Its place is free for another socket when nothing of this one runs.
        state.tasks.shutdown().await;
        tracing::info!(
            id = self.id,
            code,
            operations = state.begun,
            s = started.elapsed().as_secs(),
            "socket closed"
        );
    }

    async fn check_again(&self, state: &State) -> Result<(), End> {
        match &state.viewer {
            Some(viewer) => viewer
                .check_again(&self.service)
                .await
                .map_err(|_| forbidden().into()),
            None => Ok(()),
        }
    }

    async fn converse(
        &self,
        stream: &mut Stream,
        state: &mut State,
        mut said: mpsc::Receiver<Said>,
        mut lifeline: Option<Lifeline>,
    ) -> End {
        let now = Instant::now();
        let mut initialised = pin!(sleep_until(now + self.limits.initialisation));
        let mut ping = interval_at(now + self.limits.ping, self.limits.ping);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut check = interval_at(now + self.limits.checking, self.limits.checking);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let outcome = tokio::select! {
                received = stream.next() => self.receive(stream, state, received).await,
                Some(said) = said.recv() => self.pass_on(stream, state, said).await,
                Some(_) = state.tasks.join_next() => Ok(()),
                _ = ping.tick() => self.ping(stream, state).await,
                _ = check.tick(), if state.viewer.is_some() => self.check_again(state).await,
                () = &mut initialised, if state.viewer.is_none() => {
                    Err(Close::new(4408, "Connection initialisation timeout").into())
                }
                () = stopped(&mut lifeline), if !state.stopping => {
                    state.stop();
                    Ok(())
                }
            };
            if let Err(end) = outcome {
                return end;
            }
            if state.stopping && state.tasks.is_empty() {
                while let Ok(said) = said.try_recv() {
                    if let Err(end) = self.pass_on(stream, state, said).await {
                        return end;
                    }
                }
                return Close::new(1001, "The server is stopping: connect again").into();
            }
        }
    }

    async fn receive(
        &self,
        stream: &mut Stream,
        state: &mut State,
        received: Option<Result<Message, Error>>,
    ) -> Result<(), End> {
        state.heard = Instant::now();
        let text = match received {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Binary(_))) => {
                return Err(Close::new(4400, "Messages are text").into());
            }
            // Pongs to pings of the transport are sent by the next reading.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => return Ok(()),
            Some(Ok(Message::Close(_))) => {
                let _ = timeout(GOODBYE, stream.flush()).await;
                return Err(End::Gone);
            }
            Some(Err(Error::Capacity(_))) => {
                let most = self.limits.message;
                let reason = format!("A message has at most {most} bytes");
                return Err(Close::new(1009, reason).into());
            }
            Some(Err(Error::Utf8(_))) => return Err(Close::new(1007, "Text is UTF-8").into()),
            Some(Err(Error::Protocol(_))) => {
                return Err(Close::new(1002, "This is no WebSocket").into());
            }
            None | Some(Err(_)) => return Err(End::Gone),
        };
        self.answer(stream, state, text).await
    }

    async fn answer(
        &self,
        stream: &mut Stream,
        state: &mut State,
        text: Utf8Bytes,
    ) -> Result<(), End> {
        let received = message::read(&text, self.service.trusted())
            .map_err(|reason| Close::new(4400, format!("Invalid message: {reason}")))?;
        match received {
            Received::Init(_) if state.viewer.is_some() => {
                Err(Close::new(4429, "Too many initialisation requests").into())
            }
            Received::Init(payload) => {
                let viewer = authenticate(&self.service, &payload, self.shown.clone()).await;
                state.viewer = Some(viewer.map_err(|_| forbidden())?);
                self.send(stream, message::acknowledgement()).await
            }
            Received::Ping(payload) => self.send(stream, message::pong(payload)).await,
            Received::Pong => Ok(()),
            Received::Complete(id) => {
                if let Some(running) = state.running.remove(&id) {
                    running.task.abort();
                }
                Ok(())
            }
            Received::Subscribe(id, request) => {
                let Some(viewer) = &state.viewer else {
                    return Err(Close::new(4401, "Unauthorized").into());
                };
                if state.running.contains_key(&id) {
                    let reason = format!("Subscriber for {id} already exists");
                    return Err(Close::new(4409, reason).into());
                }
                if state.stopping {
                    return Ok(());
                }
                let call = viewer.call(format!("{}.{}", self.id, state.begun + 1));
                while state.tasks.try_join_next().is_some() {}
                if state.tasks.len() >= self.limits.operations {
                    let refusal = self.too_many(&call);
                    return self.send(stream, message::error(&id, &refusal)).await;
                }
                state.begin(self.service.clone(), call, id, *request);
                Ok(())
            }
        }
    }

    fn too_many(&self, call: &Call) -> serde_json::Value {
        let most = self.limits.operations;
        json!([{
            "message": format!("{most} operations run on this socket; complete one, or open another socket"),
            "extensions": { "code": "RATE_LIMITED", "requestId": call.request_id },
        }])
    }

    /// Sends what an operation said, unless nobody wants to know any more.
    async fn pass_on(&self, stream: &mut Stream, state: &mut State, said: Said) -> Result<(), End> {
        let current = state
            .running
            .get(&said.id)
            .is_some_and(|running| running.number == said.operation);
        if !current {
            return Ok(());
        }
        match said.what {
            What::Message(text) => self.send(stream, text).await,
            What::Last(text) => {
                state.running.remove(&said.id);
                self.send(stream, text).await
            }
            What::TooSlow => Err(too_slow().into()),
        }
    }

    async fn ping(&self, stream: &mut Stream, state: &mut State) -> Result<(), End> {
        if state.heard.elapsed() >= self.limits.ping * 2 {
            return Err(Close::new(1001, "No answer to a ping").into());
        }
        if state.viewer.is_some() {
            self.send(stream, message::ping()).await?;
        }
        // Every WebSocket answers this by itself, also where the program above it does not know the message.
        self.send_message(stream, Message::Ping(Vec::new().into()))
            .await
    }

    async fn send(&self, stream: &mut Stream, text: String) -> Result<(), End> {
        self.send_message(stream, Message::text(text)).await
    }

    async fn send_message(&self, stream: &mut Stream, message: Message) -> Result<(), End> {
        match timeout(self.limits.reading, stream.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(too_slow().into()),
        }
    }
}

impl State {
    fn begin(&mut self, service: Service, call: Call, id: String, request: Request) {
        self.begun += 1;
        let number = self.begun;
        let (wanted, unwanted) = oneshot::channel();
        let operation = Operation {
            number,
            id: id.clone(),
            say: self.say.clone(),
        };
        let task = operation.run(service, call, request, unwanted);
        let running = Running {
            number,
            task: self.tasks.spawn(task),
            wanted: Some(wanted),
        };
        self.running.insert(id, running);
    }

    /// Ends the subscriptions; what else has begun is answered.
    fn stop(&mut self) {
        self.stopping = true;
        for running in self.running.values_mut() {
            running.wanted = None;
        }
    }
}

/// Returns when the server is told to stop.
async fn stopped(lifeline: &mut Option<Lifeline>) {
    match lifeline {
        Some(lifeline) => lifeline.stopped().await,
        None => std::future::pending().await,
    }
}

fn forbidden() -> Close {
    Close::new(4403, "Forbidden")
}

/// 1013, "try again later": clients connect again by themselves, and go on with `after`.
fn too_slow() -> Close {
    Close::new(
        1013,
        "Too slow: read faster, or select less; go on with after",
    )
}

/// Closes from this side. What the client still sends is read, or it might never see why.
async fn say_goodbye(stream: &mut Stream, close: &Close) {
    let goodbye = async {
        if stream.close(Some(close.frame())).await.is_err() {
            return;
        }
        while let Some(Ok(_)) = stream.next().await {}
        // A message that was too long is still on its way; what it says is nobody's concern.
        if close.0 == 1009 {
            let mut rest = [0; 4096];
            let raw = stream.get_mut();
            while raw.read(&mut rest).await.is_ok_and(|read| read > 0) {}
        }
    };
    let _ = timeout(GOODBYE, goodbye).await;
}
