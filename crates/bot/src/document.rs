//! A document of this door, sent to the schema for the person who wrote or pressed.

use graphql::{Access, Call, Key, Request, Service, Variables, Visitor};
use serde::Deserialize;
use serde_json::Value;

/// Who sends it.
pub struct Sender<'a> {
    /// The number of the account on Telegram.
    pub account: i64,
    /// The API key that the account is linked to, where its rights are needed.
    pub key: Option<Key>,
    pub request_id: &'a str,
}

/// What a mutation did not take.
#[derive(Clone, Debug, Deserialize)]
pub struct UserError {
    pub field: Option<String>,
    pub code: String,
    pub message: String,
}

/// Runs a document with one root field; gives what that field answers, or nothing when it failed, which the log tells.
pub async fn run(
    service: &Service,
    sender: Sender<'_>,
    document: &str,
    variables: Value,
) -> Option<Value> {
    let call = Call {
        access: Access::ReadWrite,
        request_id: sender.request_id.to_owned(),
        visitor: Visitor::Account(sender.account),
        key: sender.key,
    };
    let request = Request::new(document).variables(Variables::from_json(variables));
    let response = graphql::execute(service, &call, request).await.response;
    if !response.errors.is_empty() {
        tracing::warn!(
            request_id = sender.request_id,
            errors = response.errors.len(),
            "a document was refused"
        );
        return None;
    }
    match response.data.into_json() {
        Ok(Value::Object(fields)) => fields.into_iter().next().map(|(_, value)| value),
        _ => None,
    }
}

/// What a payload says was not taken; the first is told.
pub fn refused(payload: &Value) -> Option<UserError> {
    let errors = payload["userErrors"].as_array()?;
    serde_json::from_value(errors.first()?.clone()).ok()
}
