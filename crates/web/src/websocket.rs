//! `GET /graphql` with `Upgrade: websocket`: who may open a socket, and the handshake. What is said on it is in `socket.rs`.

mod authenticate;
mod message;
mod operation;
mod room;
mod socket;

use std::{sync::Arc, time::Duration};

use graphql::{Key, Service};
use poem::{
    Request, Response,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        handshake::derive_accept_key,
        protocol::{Role, WebSocketConfig},
    },
};

use crate::{Settings, refusal::Refusal, serve::Lifeline, visitor::visitor};
use authenticate::Viewer;
use room::Room;
use socket::Socket;

/// The one subprotocol spoken: <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>.
const PROTOCOL: &str = "graphql-transport-ws";

/// How long the connection may take to become a socket once that is agreed.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// What a socket may do, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketLimits {
    /// How long `connection_init` may take.
    pub initialisation: Duration,
    /// How often a silent client is pinged; one that is silent for two pings is let go.
    pub ping: Duration,
    /// How long a client may take to read one message.
    pub reading: Duration,
    /// How often it is checked that the client may still be here.
    pub checking: Duration,
    /// Operations at once on a socket, subscriptions included.
    pub operations: usize,
    /// Sockets at once of one address.
    pub of_one_address: usize,
    /// Sockets at once.
    pub in_total: usize,
    /// The largest message read, in bytes.
    pub message: usize,
}

impl Default for SocketLimits {
    fn default() -> Self {
        Self {
            initialisation: Duration::from_secs(10),
            ping: Duration::from_secs(25),
            reading: Duration::from_secs(20),
            checking: Duration::from_secs(1),
            operations: 50,
            of_one_address: 64,
            in_total: 1024,
            message: 128 * 1024,
        }
    }
}

/// Every socket of the door.
pub struct Sockets {
    service: Service,
    limits: SocketLimits,
    room: Arc<Room>,
}

/// Whether a request wants to become a socket.
pub fn is_wanted(request: &Request) -> bool {
    request.method() == Method::GET && has_token(request.headers(), header::UPGRADE, "websocket")
}

impl Sockets {
    pub fn new(service: Service, settings: &Settings) -> Self {
        Self {
            service,
            limits: settings.sockets,
            room: Room::new(settings.sockets),
        }
    }

    /// Agrees to the socket that `request` wants, and talks on it beside.
    pub fn open(
        &self,
        request: &Request,
        id: &str,
        shown: Option<Key>,
    ) -> Result<Response, Refusal> {
        let headers = request.headers();
        if header_text(headers, header::SEC_WEBSOCKET_VERSION) != Some("13") {
            let refusal = Refusal::new(
                StatusCode::UPGRADE_REQUIRED,
                "Send Sec-WebSocket-Version: 13.",
            );
            let mut response = refusal.response(id);
            response.headers_mut().insert(
                header::SEC_WEBSOCKET_VERSION,
                HeaderValue::from_static("13"),
            );
            return Ok(response);
        }
        let key = header_text(headers, header::SEC_WEBSOCKET_KEY)
            .filter(|key| key.len() == 24)
            .ok_or_else(|| Refusal::bad_request("Send a Sec-WebSocket-Key of 24 characters."))?;
        if !has_token(headers, header::CONNECTION, "upgrade") {
            return Err(Refusal::bad_request("Send Connection: Upgrade."));
        }
        let visitor = visitor(request);
        let place = self.room.take(visitor)?;
        let upgrade = request.take_upgrade().map_err(|_| {
            Refusal::bad_request("This connection cannot become a WebSocket: use HTTP/1.1.")
        })?;

        let understood = has_token(headers, header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
        let mut response = Response::builder()
            .status(StatusCode::SWITCHING_PROTOCOLS)
            .header(header::CONNECTION, "upgrade")
            .header(header::UPGRADE, "websocket")
            .header(
                header::SEC_WEBSOCKET_ACCEPT,
                derive_accept_key(key.as_bytes()),
            );
        if understood {
            response = response.header(header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
        }
        let socket = Socket {
            service: self.service.clone(),
            limits: self.limits,
            id: id.to_owned(),
            shown: Viewer {
                visitor,
                key: shown,
            },
            understood,
        };
        let lifeline = request.data::<Lifeline>().cloned();
        let config = WebSocketConfig::default()
            .max_message_size(Some(self.limits.message))
            .max_frame_size(Some(self.limits.message));
        tokio::spawn(async move {
            if let Ok(Ok(upgraded)) = tokio::time::timeout(HANDSHAKE, upgrade).await {
                let stream =
                    WebSocketStream::from_raw_socket(upgraded, Role::Server, Some(config)).await;
                socket.talk(stream, lifeline).await;
            }
            drop(place);
        });
        Ok(response.finish())
    }
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn has_token(headers: &HeaderMap, name: header::HeaderName, token: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| item.trim().eq_ignore_ascii_case(token))
}
