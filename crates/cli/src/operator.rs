//! Whoever runs the program, as a caller of the schema: commands send documents like any partner, and are held to no scope.

use anyhow::{Result, anyhow, bail};
use graphql::{Access, Call, Request, Service, Variables, Visitor};
use serde_json::Value;

use crate::ready;
use crate::settings::Database;

/// The schema over a database, called by whoever runs the program.
pub struct Operator(Service);

impl Operator {
    /// Opens the database and brings its tables up to date.
    pub async fn open(database: &Database) -> Result<Self> {
        let store = ready::migrated(database).await?;
        Ok(Self(
            Service::open(store, graphql::Settings::default()).await?,
        ))
    }

    /// Runs a document with one root field; gives what that field answers.
    pub async fn run(&self, document: &str, variables: Value) -> Result<Value> {
        let call = Call {
            access: Access::ReadWrite,
            request_id: "terminal".to_owned(),
            visitor: Visitor::Operator,
            key: None,
        };
        let request = Request::new(document).variables(Variables::from_json(variables));
        let response = graphql::execute(&self.0, &call, request).await.response;
        if let Some(error) = response.errors.first() {
            bail!("{}", error.message);
        }
        match serde_json::to_value(&response.data)? {
            Value::Object(fields) => fields.into_iter().next().map(|(_, value)| value),
            _ => None,
        }
        .ok_or_else(|| anyhow!("the schema gave no answer"))
    }
}

/// What a mutation did not take, as one message; nothing when it took all.
pub fn refused(payload: &Value) -> Option<String> {
    let errors = payload["userErrors"].as_array()?;
    let message = |error: &Value| {
        let message = error["message"].as_str().unwrap_or_default();
        match error["field"].as_str() {
            Some(field) => format!("{field}: {message}"),
            None => message.to_owned(),
        }
    };
    let messages: Vec<_> = errors.iter().map(message).collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

/// A text of somebody else as a terminal may show it: without what would move its cursor or turn its direction.
pub fn shown(text: &str) -> String {
    let hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    text.chars()
        .map(|letter| if hidden(letter) { ' ' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_moves_no_cursor() {
        assert_eq!(shown("a\u{1b}[2Jb\nc\u{202e}d"), "a [2Jb c d");
        assert_eq!(shown("المركز 36"), "المركز 36");
    }

    #[test]
    fn what_was_not_taken_is_one_message() {
        let payload = serde_json::json!({ "userErrors": [{ "field": "reason", "message": "must not be empty" }, { "field": null, "message": "x" }] });
        assert_eq!(
            refused(&payload).as_deref(),
            Some("reason: must not be empty; x")
        );
        assert_eq!(refused(&serde_json::json!({ "userErrors": [] })), None);
    }
}
