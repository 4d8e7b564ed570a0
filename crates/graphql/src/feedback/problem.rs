//! What can be wrong with an answer, and with what a mutation was given.

use async_graphql::{Enum, SimpleObject};

/// What is wrong with an answer.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::AnswerProblem")]
pub enum AnswerProblem {
    /// A number is wrong.
    WrongFigure,
    /// It is about another place than the one asked about.
    WrongPlace,
    /// The question was taken for another one, or was not answered though it can be.
    #[graphql(name = "NOT_WHAT_I_ASKED")]
    NotWhatIAsked,
    /// Something newer is known.
    OutOfDate,
    /// Anything else.
    Other,
}

/// What a mutation did not take, and what to do.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// The field of the input; null when it is about all of it.
    pub field: Option<&'static str>,
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
    /// The idempotency key was used for something else.
    Conflict,
    /// Too many at once or today; the message says when to try again.
    RateLimited,
}

impl UserError {
    pub fn new(
        field: impl Into<Option<&'static str>>,
        code: UserErrorCode,
        message: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            code,
            message: message.into(),
        }
    }
}
