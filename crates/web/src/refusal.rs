//! A request that is turned away before anything runs: a status, a code of the closed list, advice that can be acted on.

use std::time::Duration;

use poem::{Request, Response, http::StatusCode, http::header};
use serde_json::json;

use crate::edge;

/// Why a request is turned away.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    message: String,
    allow: Option<&'static str>,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// The caller's mistake, `message` saying what to do instead.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            allow: None,
            retry_after: None,
        }
    }

    /// 400.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 401: the caller showed a key that lets nobody in.
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 429, saying after what time it is worth trying again.
    pub fn too_many(message: impl Into<String>, retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, message)
        }
    }

    /// 405, naming the methods that work.
    pub fn method(allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("This address answers {allow} only."),
            )
        }
    }

    /// 4xx or 5xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What to do instead.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The response: a GraphQL error list without `data`, whatever the address was.
    pub fn response(&self, request_id: &str) -> Response {
        let body = json!({ "errors": [{
            "message": self.message,
            "extensions": { "code": code(self.status), "requestId": request_id },
        }] });
        let mut response = Response::builder()
            .status(self.status)
            .content_type("application/json; charset=utf-8")
            .header(header::CACHE_CONTROL, "no-store");
        if self.status == StatusCode::UNAUTHORIZED {
            response = response.header(header::WWW_AUTHENTICATE, "Bearer");
        }
        if let Some(after) = self.retry_after {
            response = response.header(header::RETRY_AFTER, after.as_secs() + 1);
        }
        if let Some(allow) = self.allow {
            response = response.header(header::ALLOW, allow);
        }
        response.body(body.to_string())
    }
}

/// Refuses everything but GET and HEAD: what a page, a file or a probe answers.
pub fn refuse_writes(request: &Request) -> Option<Response> {
    match request.method().as_str() {
        "GET" | "HEAD" => None,
        _ => Some(Refusal::method("GET, HEAD").response(edge::request_id(request))),
    }
}

fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "NOT_FOUND",
        StatusCode::UNAUTHORIZED => "UNAUTHENTICATED",
        StatusCode::FORBIDDEN => "FORBIDDEN",
        StatusCode::TOO_MANY_REQUESTS => "RATE_LIMITED",
        StatusCode::REQUEST_TIMEOUT => "TIMEOUT",
        status if status.is_server_error() => "INTERNAL_SERVER_ERROR",
        _ => "BAD_USER_INPUT",
    }
}
