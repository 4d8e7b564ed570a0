//! The envelope of every answer: `ok` with a result, or an error with its code and description.

use poem::http::StatusCode;
use serde_json::{Value, json};

/// A refusal in Telegram's own words.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub status: StatusCode,
    pub description: String,
    pub retry_after: Option<u32>,
}

pub(crate) type Answer = Result<Value, Refusal>;

impl Refusal {
    pub fn new(status: StatusCode, description: impl Into<String>) -> Self {
        Self {
            status,
            description: description.into(),
            retry_after: None,
        }
    }

    /// 400, with the prefix Telegram puts before every description of that kind.
    pub fn bad(description: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            format!("Bad Request: {description}"),
        )
    }

    pub fn too_many(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                format!("Too Many Requests: retry after {seconds}"),
            )
        }
    }

    pub fn blocked() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "Forbidden: bot was blocked by the user",
        )
    }

    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }

    pub fn other_poller() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )
    }

    pub fn webhook_active() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        )
    }
}

/// The HTTP status and the body of an answer.
pub(crate) fn envelope(answer: Answer) -> (StatusCode, Value) {
    match answer {
        Ok(result) => (StatusCode::OK, json!({"ok": true, "result": result})),
        Err(refusal) => {
            let mut body = json!({"ok": false, "error_code": refusal.status.as_u16(), "description": refusal.description});
            if let Some(seconds) = refusal.retry_after {
                body["parameters"] = json!({"retry_after": seconds});
            }
            (refusal.status, body)
        }
    }
}
