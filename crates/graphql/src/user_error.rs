//! What a mutation was given that it does not take, told beside the record and not as an error of the request.

use async_graphql::{Enum, Result, SimpleObject};
use store::Refused;

use crate::error::from_store;

/// What a mutation did not take, and what to do.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// The field of the input, such as `fact.observation.value`; null when it is about all of it.
    pub field: Option<String>,
    /// What is wrong, for programs.
    pub code: UserErrorCode,
    /// What is wrong and what to do, for people.
    pub message: String,
}

/// What is wrong with the input of a mutation.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserErrorCode {
    /// Something that is needed was left out.
    Required,
    /// Longer than what is taken.
    TooLong,
    /// Not of the form asked for.
    Invalid,
    /// Nothing has the key that it refers to.
    NotFound,
    /// The idempotency key was used for something else, the record changed since it was read, or something else still needs it.
    Conflict,
    /// Nothing would change.
    Unchanged,
    /// Too many at once or today; the message says when to try again.
    RateLimited,
}

impl UserError {
    pub fn new<'a>(
        field: impl Into<Option<&'a str>>,
        code: UserErrorCode,
        message: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into().map(str::to_owned),
            code,
            message: message.into(),
        }
    }
}

/// What a write was refused for, as far as whoever sent it can mend it; our own trouble is an error.
pub fn of_refusal(failure: store::Error) -> Result<UserError> {
    use UserErrorCode as Code;
    let code = match &failure {
        store::Error::UnknownKey { .. } => Code::NotFound,
        store::Error::Refused(refused) => match refused {
            Refused::NotFound(_) => Code::NotFound,
            Refused::Unchanged { .. } => Code::Unchanged,
            Refused::Fixed { .. } | Refused::Twice(_) | Refused::Invalid(_) => Code::Invalid,
            Refused::TooMany(_) => Code::RateLimited,
            Refused::Stale { .. }
            | Refused::Decided { .. }
            | Refused::Outdated(_)
            | Refused::Moved { .. }
            | Refused::InUse { .. }
            | Refused::KeyUsed => Code::Conflict,
        },
        _ => return Err(from_store(failure)),
    };
    Ok(UserError::new(None, code, failure.to_string()))
}
