//! Why a mutation did not do what was asked, as the pages tell it.

use graphql::Value;
use serde::Deserialize;

use crate::pages::words::{Language, Words};

/// One thing that is wrong: an error of the payload, or of GraphQL where the input was not even read.
#[derive(Clone, Debug, Deserialize)]
pub struct UserError {
    /// The field of the input that is meant.
    #[serde(default)]
    pub field: Option<String>,
    #[serde(default)]
    pub code: String,
    pub message: String,
}

impl UserError {
    /// What is wrong, in the language of the page, and what the API says of it, which is in English.
    pub fn told(&self, w: &Words) -> String {
        let code = match self.code.as_str() {
            "BAD_USER_INPUT" => "INVALID",
            code => code,
        };
        let kind = match w.language {
            Language::English => None,
            _ => w.known_term("wrong", code),
        };
        match kind {
            Some(kind) => format!("{kind} ({})", self.message),
            None => self.message.clone(),
        }
    }
}

/// The errors of an answer.
pub fn errors(answer: &graphql::Response) -> Vec<UserError> {
    let errors = answer.errors.iter().map(|error| {
        let extensions = error.extensions.as_ref();
        let code = match extensions.and_then(|extensions| extensions.get("code")) {
            Some(Value::String(code)) => code.clone(),
            _ => String::new(),
        };
        UserError {
            field: None,
            code,
            message: error.message.clone(),
        }
    });
    errors.collect()
}
