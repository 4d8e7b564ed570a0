//! `/chart/<frame>.png` and `.svg`: the picture of an answer, drawn from the data as they are.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use chart::{Chart, Picture};
use graphql::{Access, CHART_DOCUMENT, Call, Request as Operation, Variables};
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    edge, files,
    pages::House,
    refusal::{self, Refusal},
    studio::{self, Format},
    visitor::visitor,
};

/// The longest frame an address may hold, in bytes.
const LONGEST_FRAME: usize = 512;

/// Draws charts by their address.
pub struct Charts {
    house: Arc<House>,
}

impl Charts {
    pub fn new(house: &Arc<House>) -> Self {
        Self {
            house: house.clone(),
        }
    }

    async fn draw(&self, frame: &str, call: &Call) -> Result<Picture, Refusal> {
        let operation = Operation::new(CHART_DOCUMENT)
            .variables(Variables::from_json(json!({ "frame": frame })))
            .operation_name("Chart");
        let response = graphql::execute(&self.house.service, call, operation)
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
                Err(studio::failed())
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
        match self.house.studio.file(picture, format).await {
            Ok(file) => Ok(response
                .content_type(format.content_type())
                .body(file.to_vec())),
            Err(refusal) => Ok(refusal.response(id)),
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
