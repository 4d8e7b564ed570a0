//! Errors by whose fault they are: one closed list of codes, one mapping.

use async_graphql::{Error, ErrorExtensions};

/// The codes an error can carry in `extensions.code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    BadUserInput,
    NotFound,
    Unauthenticated,
    Forbidden,
    TooComplex,
    RateLimited,
    Timeout,
    InternalServerError,
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::NotFound => "NOT_FOUND",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::InternalServerError => "INTERNAL_SERVER_ERROR",
        }
    }
}

/// An error the caller can act on.
pub fn error(code: Code, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

pub fn bad_input(message: impl Into<String>) -> Error {
    error(Code::BadUserInput, message)
}

/// What the store refused: the caller's cursor, or our own trouble, whose chain goes to the log only.
pub fn from_store(failure: store::Error) -> Error {
    match failure {
        store::Error::Cursor(_) | store::Error::UnknownKey { .. } | store::Error::NoText => {
            bad_input(failure.to_string())
        }
        store::Error::TooLong => error(
            Code::Timeout,
            "the query took too long; ask for fewer rows, or filter more",
        ),
        store::Error::Busy => error(
            Code::Timeout,
            "too many are served at this moment and no turn came; nothing was written: send it again in a few seconds",
        ),
        other => internal(&other),
    }
}

/// Our own trouble. The request id in the answer finds the chain in the log.
pub fn internal(cause: &dyn std::fmt::Display) -> Error {
    tracing::error!(%cause, "request failed");
    error(
        Code::InternalServerError,
        "something went wrong on our side; try again, and quote the request id if it stays",
    )
}
