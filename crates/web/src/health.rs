//! `/health` says that the process lives; `/ready` that it can answer: database reached, every migration applied.

use std::time::Duration;

use graphql::{NotReady, Service};
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde_json::json;

use crate::{edge, refusal};

/// A database that takes longer than this to answer is not ready.
const PATIENCE: Duration = Duration::from_secs(5);

/// Alive.
pub struct Health;

impl Endpoint for Health {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        Ok(report(StatusCode::OK, &json!({ "status": "alive" })))
    }
}

/// Ready to answer.
pub struct Ready {
    service: Service,
}

impl Ready {
    pub fn new(service: Service) -> Self {
        Self { service }
    }
}

impl Endpoint for Ready {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let checked = tokio::time::timeout(PATIENCE, self.service.ready()).await;
        let (database, migrations) = match &checked {
            Ok(Ok(())) => ("ok", "ok"),
            Ok(Err(NotReady::Migration { .. })) => ("ok", "failed"),
            Ok(Err(NotReady::Database(_))) | Err(_) => ("failed", "unknown"),
        };
        let status = match checked {
            Ok(Ok(())) => StatusCode::OK,
            Ok(Err(failure)) => not_ready(&request, &failure.to_string()),
            Err(_) => not_ready(&request, "the database took too long"),
        };
        let word = if status == StatusCode::OK {
            "ready"
        } else {
            "not ready"
        };
        let body =
            json!({ "status": word, "checks": { "database": database, "migrations": migrations } });
        Ok(report(status, &body))
    }
}

/// The reason goes to the log, for whoever runs the server; the answer names the check alone.
fn not_ready(request: &Request, failure: &str) -> StatusCode {
    tracing::warn!(id = edge::request_id(request), failure, "not ready");
    StatusCode::SERVICE_UNAVAILABLE
}

fn report(status: StatusCode, body: &serde_json::Value) -> Response {
    Response::builder()
        .status(status)
        .content_type("application/json; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .body(body.to_string())
}
