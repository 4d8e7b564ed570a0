//! `/chart/<frame>.png` and `.svg`: the picture of an answer, drawn from the data as they are.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chart::{Chart, Picture, Undrawable};
use graphql::{Access, CHART_DOCUMENT, Call, Request as Operation, Service, Variables};
use lru::LruCache;
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::{edge, files, refusal, refusal::Refusal, visitor::visitor};

/// The longest frame an address may hold, in bytes.
const LONGEST_FRAME: usize = 512;

/// Pictures kept as files; one has some 50 to 100 kB.
const KEPT: NonZeroUsize = NonZeroUsize::new(64).expect("not zero");

/// Pictures turned into files at once: each takes a core.
const AT_ONCE: usize = 2;

/// How long a picture may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Draws charts by their address.
pub struct Charts {
    service: Service,
    studio: Studio,
}

impl Charts {
    pub fn new(service: Service) -> Self {
        let studio = Studio {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            kept: Mutex::new(LruCache::new(KEPT)),
        };
        Self { service, studio }
    }

    async fn draw(&self, frame: &str, call: &Call) -> Result<Picture, Refusal> {
        let operation = Operation::new(CHART_DOCUMENT)
            .variables(Variables::from_json(json!({ "frame": frame })))
            .operation_name("Chart");
        let response = graphql::execute(&self.service, call, operation)
            .await
            .response;
        if let Some(error) = response.errors.first() {
            let named = error.extensions.as_ref();
            let code = named.and_then(|named| named.get("code")).cloned();
            let status = match code.and_then(|code| code.into_json().ok()) {
                Some(code) if code == "BAD_USER_INPUT" => StatusCode::BAD_REQUEST,
                Some(code) if code == "NOT_FOUND" => StatusCode::NOT_FOUND,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            return Err(Refusal::new(status, error.message.clone()));
        }
        let answered = response
            .data
            .into_json()
            .and_then(serde_json::from_value::<Answered>);
        match answered {
            Ok(Answered { chart: Some(chart) }) => Ok(chart::draw(&chart)),
            Ok(Answered { chart: None }) => Err(Refusal::new(
                StatusCode::NOT_FOUND,
                "There is nothing to draw for this question any more. Ask it again.",
            )),
            Err(error) => {
                tracing::error!(id = call.request_id, %error, "the chart does not have the shape of its document");
                Err(failed())
            }
        }
    }
}

#[derive(Deserialize)]
struct Answered {
    chart: Option<Chart>,
}

impl Endpoint for Charts {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let id = edge::request_id(&request);
        let name = request.raw_path_param("name").unwrap_or_default();
        let (frame, format) = match address(name) {
            Ok(address) => address,
            Err(refusal) => return Ok(refusal.response(id)),
        };
        let call = Call {
            access: Access::ReadOnly,
            request_id: id.to_owned(),
            visitor: visitor(&request),
            key: None,
        };
        let picture = match self.draw(frame, &call).await {
            Ok(picture) => picture,
            Err(refusal) => return Ok(refusal.response(id)),
        };
        let etag = etag(&picture, format);
        let response = Response::builder()
            .header(header::ETAG, &etag)
            .header(header::CACHE_CONTROL, "public, max-age=300");
        if files::is_known(request.headers(), &etag) {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        match self.studio.file(picture, format).await {
            Ok(file) => Ok(response
                .content_type(format.content_type())
                .body(file.to_vec())),
            Err(refusal) => Ok(refusal.response(id)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Format {
    Png,
    Svg,
}

impl Format {
    fn content_type(self) -> &'static str {
        match self {
            Format::Png => "image/png",
            Format::Svg => "image/svg+xml",
        }
    }

    fn of(self, picture: &Picture) -> Result<Vec<u8>, Undrawable> {
        match self {
            Format::Png => picture.png(),
            Format::Svg => picture.outlined().map(String::into_bytes),
        }
    }
}

/// Frame and format of an address.
fn address(name: &str) -> Result<(&str, Format), Refusal> {
    let parts = name.rsplit_once('.').and_then(|(frame, ending)| {
        let format = match ending {
            "png" => Format::Png,
            "svg" => Format::Svg,
            _ => return None,
        };
        Some((frame, format))
    });
    match parts {
        None => Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "A chart's address ends in .png or .svg. Take it from the chart of an answer.",
        )),
        Some((frame, _)) if frame.len() > LONGEST_FRAME => Err(Refusal::bad_request(format!(
            "A chart's frame has at most {LONGEST_FRAME} bytes. Take the address from the chart of an answer."
        ))),
        Some(parts) => Ok(parts),
    }
}

/// The same drawing has the same tag; other data or another way of drawing make another.
fn etag(picture: &Picture, format: Format) -> String {
    let mut hasher = DefaultHasher::new();
    (picture.svg(), format).hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

fn failed() -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The chart could not be drawn. Try again; if it persists, report the requestId.",
    )
}

/// Turns drawings into files, off the threads that serve, a few at a time, and keeps the last ones.
struct Studio {
    turns: Arc<Semaphore>,
    kept: Mutex<LruCache<Asked, Arc<[u8]>>>,
}

/// A drawing and the format it is wanted in.
type Asked = (Format, String);

impl Studio {
    async fn file(&self, picture: Picture, format: Format) -> Result<Arc<[u8]>, Refusal> {
        let asked = (format, picture.svg().to_owned());
        if let Some(file) = self.kept(&asked) {
            return Ok(file);
        }
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many charts are being drawn. Try again in a few seconds.",
            ));
        };
        // Somebody may have drawn the same while this one waited.
        if let Some(file) = self.kept(&asked) {
            return Ok(file);
        }
        let drawing = tokio::task::spawn_blocking(move || {
            let file = format.of(&picture);
            drop(turn);
            file
        });
        let file: Arc<[u8]> = match drawing.await {
            Ok(Ok(file)) => file.into(),
            Ok(Err(error)) => return Err(not_drawn(&error)),
            Err(error) => return Err(not_drawn(&error)),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(asked, file.clone());
        Ok(file)
    }

    fn kept(&self, asked: &Asked) -> Option<Arc<[u8]>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(asked).cloned()
    }
}

fn not_drawn(error: &dyn std::fmt::Display) -> Refusal {
    tracing::error!(%error, "a chart was not drawn");
    failed()
}
