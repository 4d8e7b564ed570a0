//! The same over HTTP: one POST a message, one JSON answer. Nothing is remembered between two requests, so that there are no
//! sessions to fill up.

use std::{io, sync::Arc, time::Duration};

use graphql::{Key, NotAuthenticated, Service, Visitor};
use http_body_util::BodyExt;
use poem::{
    Body, Endpoint, Request, Response, Result,
    endpoint::{BoxEndpoint, EndpointExt},
    error::ReadBodyError,
    http::{HeaderValue, Method, StatusCode, header},
};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};
use serde::de::IgnoredAny;
use serde_json::json;

use crate::{call::Caller, door::Door};

/// The largest message taken, in bytes: 1 MiB.
const MAX_MESSAGE_BYTES: usize = 1 << 20;

/// How long a message may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(30);

/// Codes of JSON-RPC.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;

/// The address `/mcp` over one service. Hosts and origins are for whoever mounts it to check, as for every other address; `caller` says
/// who sends a request.
pub fn endpoint(
    service: Service,
    caller: fn(&Request) -> Caller,
) -> BoxEndpoint<'static, Response> {
    let door = Door::new(service.clone());
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .disable_allowed_origins()
        .with_max_request_body_bytes(MAX_MESSAGE_BYTES);
    let protocol = StreamableHttpService::new(
        move || Ok(door.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    Messages {
        protocol,
        caller,
        service,
    }
    .boxed()
}

/// What is checked before the protocol looks at a message, and what is said when it turns one away.
struct Messages {
    protocol: StreamableHttpService<Door, NeverSessionManager>,
    caller: fn(&Request) -> Caller,
    service: Service,
}

impl Messages {
    /// The key in `Authorization: Bearer …`, when there is one.
    async fn key(
        &self,
        request: &Request,
        visitor: Visitor,
    ) -> std::result::Result<Option<Key>, Response> {
        let mut given = request.headers().get_all(header::AUTHORIZATION).iter();
        let credentials = match (given.next(), given.next()) {
            (None, _) => return Ok(None),
            (Some(value), None) => value.to_str().unwrap_or_default(),
            (Some(_), Some(_)) => "",
        };
        match self.service.authenticate(credentials, visitor).await {
            Ok(key) => Ok(Some(key)),
            Err(NotAuthenticated::Store(error)) => {
                tracing::error!(%error, "an API key could not be looked up");
                let message = "The API key could not be looked up. Try again.";
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Err(refusal(status, INVALID_REQUEST, message))
            }
            Err(error) => {
                let status = match error {
                    NotAuthenticated::TooMany => StatusCode::TOO_MANY_REQUESTS,
                    _ => StatusCode::UNAUTHORIZED,
                };
                Err(refusal(status, INVALID_REQUEST, &error.to_string()))
            }
        }
    }
}

impl Endpoint for Messages {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if let Err(refusal) = prepare(&mut request).await {
            return Ok(refusal);
        }
        let mut caller = (self.caller)(&request);
        caller.key = match self.key(&request, caller.visitor).await {
            Ok(key) => key,
            Err(refusal) => return Ok(refusal),
        };
        request.set_data(caller);
        let answered = self.protocol.handle(request.into()).await;
        let mut response: Response = answered
            .map(|body| body.map_err(|never| -> io::Error { match never {} }))
            .into();
        let is_json = response.content_type() == Some("application/json");
        if !response.status().is_success() && !is_json {
            let status = response.status();
            let said = response.take_body().into_string().await.unwrap_or_default();
            let (status, message) = advice(status, said);
            response = refusal(status, INVALID_REQUEST, &message);
        }
        let no_store = HeaderValue::from_static("no-store");
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, no_store);
        Ok(response)
    }
}

/// Reads the message into memory, so that it is known to be one.
async fn prepare(request: &mut Request) -> std::result::Result<(), Response> {
    if *request.method() != Method::POST {
        let message = "This address takes messages of the Model Context Protocol by POST; there are no sessions and no streams to open.";
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, INVALID_REQUEST, message);
        let post = HeaderValue::from_static("POST");
        response.headers_mut().insert(header::ALLOW, post);
        return Err(response);
    }
    let media = request.content_type().unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    let encoding = request.header(header::CONTENT_ENCODING);
    if !media.eq_ignore_ascii_case("application/json")
        || !matches!(encoding, None | Some("identity"))
    {
        let message =
            "Send the message as Content-Type: application/json, without Content-Encoding.";
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(refusal(status, INVALID_REQUEST, message));
    }
    let body = request.take_body().into_bytes_limit(MAX_MESSAGE_BYTES);
    let bytes = match tokio::time::timeout(ARRIVAL, body).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(ReadBodyError::PayloadTooLarge)) => {
            let message = format!("A message holds at most {MAX_MESSAGE_BYTES} bytes.");
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return Err(refusal(status, INVALID_REQUEST, &message));
        }
        Ok(Err(_)) => {
            let status = StatusCode::BAD_REQUEST;
            return Err(refusal(status, INVALID_REQUEST, "The message broke off."));
        }
        Err(_) => {
            let message = format!("The message did not arrive within {} s.", ARRIVAL.as_secs());
            let status = StatusCode::REQUEST_TIMEOUT;
            return Err(refusal(status, INVALID_REQUEST, &message));
        }
    };
    if let Err(error) = serde_json::from_slice::<IgnoredAny>(&bytes) {
        let message = format!("The message is not JSON: {error}.");
        return Err(refusal(StatusCode::BAD_REQUEST, PARSE_ERROR, &message));
    }
    request.set_body(Body::from(bytes));
    Ok(())
}

/// What the protocol said, and what to do.
fn advice(status: StatusCode, said: String) -> (StatusCode, String) {
    match status {
        StatusCode::NOT_ACCEPTABLE => (
            status,
            "Send Accept: application/json, text/event-stream.".to_owned(),
        ),
        // The media type was looked at before: it is the message that is not one.
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            let message = "The message is no request or notification of the Model Context Protocol; several in one list are not taken.";
            (StatusCode::BAD_REQUEST, message.to_owned())
        }
        _ => (status, said),
    }
}

/// An error of JSON-RPC that belongs to no request.
fn refusal(status: StatusCode, code: i32, message: &str) -> Response {
    let error =
        json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": message } });
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header(header::CACHE_CONTROL, "no-store")
        .body(error.to_string())
}
