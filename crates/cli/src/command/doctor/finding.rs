//! What a check found, and what to do about it.

use std::fmt;

use serde::Serialize;

use crate::operator::shown;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Ok,
    /// The server runs, but not as it should in public.
    Warning,
    /// The server does not run, or answers what is wrong.
    Failure,
}

#[derive(Serialize)]
pub struct Finding {
    pub check: &'static str,
    pub state: State,
    pub found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

impl Finding {
    pub fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            found: found.into(),
            remedy: None,
        }
    }

    pub fn warning(
        check: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Warning,
            remedy: Some(remedy.into()),
            ..Self::good(check, found)
        }
    }

    pub fn failure(
        check: &'static str,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Failure,
            ..Self::warning(check, found, remedy)
        }
    }

    /// An error that says what to do of itself.
    pub fn error(check: &'static str, error: &anyhow::Error) -> Self {
        Self {
            state: State::Failure,
            ..Self::good(check, format!("{error:#}"))
        }
    }

    /// Good with what there is, else the error.
    pub fn of<T>(
        check: &'static str,
        outcome: anyhow::Result<T>,
        good: impl FnOnce(T) -> Self,
    ) -> Self {
        match outcome {
            Ok(there) => good(there),
            Err(error) => Self::error(check, &error),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Failure => "failure",
        };
        write!(f, "{state:<8} {:<16} {}", self.check, shown(&self.found))?;
        match &self.remedy {
            Some(remedy) => write!(f, " → {}", shown(remedy)),
            None => Ok(()),
        }
    }
}
