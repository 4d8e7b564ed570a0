//! What Telegram refuses, sorted by what to do about it; never shows a token or a message.

use std::time::Duration;

use teloxide::{ApiError, RequestError};

/// What to do after a failed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The token is not (or no longer) valid: stop.
    CheckToken,
    /// Somebody else polls with the same token: stop.
    StopPolling,
    /// Wait as long as Telegram says.
    Wait(Duration),
    /// The person left: forget the chat.
    Forget,
    /// The markup was not accepted: send it plain.
    SendPlain,
    /// It was surely not carried out: try again a little later.
    TryAgain,
    /// It may have been carried out, or will never be: leave it.
    GiveUp,
}

/// Sorts an error.
pub fn remedy(error: &RequestError) -> Remedy {
    match error {
        RequestError::RetryAfter(seconds) => Remedy::Wait(seconds.duration()),
        RequestError::Api(ApiError::InvalidToken) => Remedy::CheckToken,
        RequestError::Api(ApiError::TerminatedByOtherGetUpdates) => Remedy::StopPolling,
        RequestError::Api(ApiError::Unknown(text)) if text.starts_with("Conflict") => {
            Remedy::StopPolling
        }
        RequestError::Api(ApiError::CantParseEntities(_)) => Remedy::SendPlain,
        RequestError::Api(
            ApiError::BotBlocked
            | ApiError::UserDeactivated
            | ApiError::ChatNotFound
            | ApiError::BotKicked,
        ) => Remedy::Forget,
        RequestError::Api(ApiError::Unknown(text)) if text.starts_with("Forbidden") => {
            Remedy::Forget
        }
        RequestError::Network(error) if error.is_connect() => Remedy::TryAgain,
        // Not JSON at all: the page of a proxy in front of Telegram.
        RequestError::InvalidJson { raw, .. } if !raw.trim_start().starts_with('{') => {
            Remedy::TryAgain
        }
        _ => Remedy::GiveUp,
    }
}

/// A line for the log: the kind of error, without addresses, tokens or texts.
pub fn describe(error: &RequestError) -> String {
    match error {
        RequestError::Api(error) => error.to_string(),
        RequestError::RetryAfter(seconds) => format!("too many requests, retry after {seconds}"),
        RequestError::MigrateToChatId(_) => "the group has become a supergroup".to_owned(),
        RequestError::Network(error) if error.is_timeout() => "no answer in time".to_owned(),
        RequestError::Network(error) if error.is_connect() => "no connection".to_owned(),
        RequestError::Network(_) => "the connection broke".to_owned(),
        RequestError::InvalidJson { raw, .. } => {
            format!("an answer of {} bytes that is not valid JSON", raw.len())
        }
        RequestError::Io(error) => format!("input or output: {}", error.kind()),
    }
}
