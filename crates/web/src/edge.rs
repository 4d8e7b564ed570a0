//! What every request passes, whatever it asks for: a request id, one log line, security headers, compression, and a
//! panic turned into an answer.

use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use bytes::Bytes;
use futures_util::FutureExt;
use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result,
    error::NotFoundError,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
};

use crate::{Settings, compression, origin::Origins, refusal::Refusal, visitor::Proxies};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest request id taken over from a caller.
const REQUEST_ID_LENGTH: usize = 64;

/// As many headers as are added here.
const HEADERS: usize = 7;

/// For answers that are no pages: nothing may be loaded, framed or sent from them.
const CLOSED_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Under which id the log finds this request again.
#[derive(Clone)]
struct RequestId(HeaderValue);

/// The id of a request that came through [`Edge`].
pub fn request_id(request: &Request) -> &str {
    request
        .data::<RequestId>()
        .map_or("unknown", RequestId::text)
}

impl RequestId {
    fn text(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// The middleware around all addresses.
pub struct Edge {
    ids: Arc<Ids>,
    https: bool,
    origins: Arc<Origins>,
    proxies: Arc<Proxies>,
}

impl Edge {
    pub fn new(settings: &Settings) -> Self {
        Self {
            ids: Arc::new(Ids::new()),
            https: settings
                .public_url
                .as_deref()
                .is_some_and(|url| url.starts_with("https://")),
            origins: Arc::new(Origins::new(settings)),
            proxies: Arc::new(settings.proxies.clone()),
        }
    }
}

impl<E: Endpoint> Middleware<E> for Edge {
    type Output = EdgeEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        EdgeEndpoint {
            inner,
            ids: self.ids.clone(),
            https: self.https,
            origins: self.origins.clone(),
            proxies: self.proxies.clone(),
        }
    }
}

/// An endpoint behind [`Edge`].
pub struct EdgeEndpoint<E> {
    inner: E,
    ids: Arc<Ids>,
    https: bool,
    origins: Arc<Origins>,
    proxies: Arc<Proxies>,
}

impl<E: Endpoint> Endpoint for EdgeEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let started = Instant::now();
        let id = self.ids.accept_or_next(&request);
        request.set_data(id.clone());
        request.set_data(self.proxies.visitor(&request));
        let method = request.method().clone();
        let address = request.uri().clone();
        let encoding = compression::accepted(request.headers());

        let mut response = match self.admit(&request) {
            Err(refusal) => refusal.response(id.text()),
            Ok(Admitted::Preflight(response)) => response,
            Ok(Admitted::From(origin)) => {
                let outcome = AssertUnwindSafe(self.inner.call(request))
                    .catch_unwind()
                    .await;
                let mut response = match outcome {
                    Ok(Ok(output)) => output.into_response(),
                    Ok(Err(error)) => turned_away(&error, id.text()),
                    Err(_) => {
                        let (id, path) = (id.text(), shortened(address.path()));
                        tracing::error!(id, %method, path, "panic while answering");
                        failed(id)
                    }
                };
                self.origins.allow(&mut response, origin);
                response
            }
        };
        if method != Method::HEAD {
            response = compression::compress(response, encoding).await;
        }
        log(
            &method,
            address.path(),
            response.status(),
            started,
            id.text(),
        );
        self.finish(&mut response, id);
        Ok(response)
    }
}

/// Where a request comes from, once it is let in.
enum Admitted {
    /// From a page of this site (another one by name), or from no page.
    From(Option<HeaderValue>),
    /// No request yet: a browser asks whether it may send one.
    Preflight(Response),
}

impl<E> EdgeEndpoint<E> {
    fn admit(&self, request: &Request) -> std::result::Result<Admitted, Refusal> {
        self.origins.check_host(request)?;
        match self.origins.preflight(request) {
            Some(answer) => answer.map(Admitted::Preflight),
            None => self.origins.check_origin(request).map(Admitted::From),
        }
    }

    fn finish(&self, response: &mut Response, id: RequestId) {
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        headers.insert(REQUEST_ID, id.0);
        let policy = headers.get(header::CONTENT_SECURITY_POLICY);
        let may_be_framed = policy
            .and_then(|policy| policy.to_str().ok())
            .is_some_and(|policy| policy.ends_with("frame-ancestors *"));
        let mut default = |name: HeaderName, value: &'static str| {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        };
        default(header::CONTENT_SECURITY_POLICY, CLOSED_POLICY);
        default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        default(header::REFERRER_POLICY, "no-referrer");
        if !may_be_framed {
            default(header::X_FRAME_OPTIONS, "DENY");
        }
        default(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        );
        if self.https {
            default(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
    }
}

/// Poem reports "no such address" as an error; it becomes an answer here, so that it too gets its id and headers.
fn turned_away(error: &poem::Error, id: &str) -> Response {
    if error.is::<NotFoundError>() {
        let message = "Nothing lives at this address. The API is at /graphql, its explorer at /graphiql, its schema at /schema.graphql.";
        return Refusal::new(StatusCode::NOT_FOUND, message).response(id);
    }
    tracing::error!(id, %error, "an endpoint failed");
    failed(id)
}

fn failed(id: &str) -> Response {
    let message =
        "Something went wrong on our side. Try again; if it persists, report the requestId.";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message).response(id)
}

/// One line a request: never its query string, body or anything else a person may have typed.
fn log(method: &Method, path: &str, status: StatusCode, started: Instant, id: &str) {
    let path = shortened(path);
    let status = status.as_u16();
    let ms = (started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0;
    if matches!(path, "/health" | "/ready") && status < 400 {
        tracing::debug!(%method, path, status, ms, id, "request");
    } else {
        tracing::info!(%method, path, status, ms, id, "request");
    }
}

fn shortened(path: &str) -> &str {
    let end = path.floor_char_boundary(200);
    &path[..end]
}

/// Request ids: a random start per process, then counted.
struct Ids {
    process: u64,
    counter: AtomicU64,
}

impl Ids {
    fn new() -> Self {
        Self {
            process: RandomState::new().hash_one("request ids"),
            counter: AtomicU64::new(1),
        }
    }

    /// The caller's own id when it is short and harmless, else the next of ours.
    fn accept_or_next(&self, request: &Request) -> RequestId {
        let harmless = |id: &&HeaderValue| {
            (1..=REQUEST_ID_LENGTH).contains(&id.len()) && id.as_bytes().iter().all(is_id_byte)
        };
        let given = request.headers().get(REQUEST_ID).filter(harmless);
        RequestId(given.cloned().unwrap_or_else(|| self.next()))
    }

    fn next(&self) -> HeaderValue {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:016x}-{number:x}", self.process);
        HeaderValue::from_maybe_shared(Bytes::from(id)).expect("digits and a dash")
    }
}

fn is_id_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}
