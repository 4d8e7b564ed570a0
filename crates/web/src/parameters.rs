//! The parameters of a GraphQL request, from a JSON body or from an address, each of its own type or refused.

use std::collections::HashMap;

use graphql::{Request, TrustedDocuments, Variables};
use serde::Deserialize;
use serde_json::Value;

use crate::refusal::Refusal;

/// A JSON body. A name given twice is refused; names not listed are ignored.
#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    query: Value,
    /// The id of a registered document, instead of `query`.
    #[serde(default, rename = "documentId")]
    document_id: Value,
    #[serde(default, rename = "operationName")]
    operation_name: Value,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    extensions: Value,
}

/// The request in a JSON body.
pub fn from_json(body: &[u8], trusted: &TrustedDocuments) -> Result<Request, Refusal> {
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Refusal::bad_request(
            "Batches are not taken: send one operation a request.",
        ));
    }
    let body: Body = serde_json::from_slice(body).map_err(|error| {
        Refusal::bad_request(format!(
            "The body is not a GraphQL request in JSON: {error}."
        ))
    })?;
    request(body, trusted)
}

/// The request in the payload of a message.
pub fn from_value(payload: Value, trusted: &TrustedDocuments) -> Result<Request, Refusal> {
    let body: Body = serde_json::from_value(payload).map_err(|error| {
        Refusal::bad_request(format!("The payload is not a GraphQL request: {error}."))
    })?;
    request(body, trusted)
}

/// The request in the parameters of an address; an empty one counts as absent.
pub fn from_address(
    mut given: HashMap<String, String>,
    trusted: &TrustedDocuments,
) -> Result<Request, Refusal> {
    let mut take = |name: &str| given.remove(name).filter(|value| !value.is_empty());
    let query = take("query").map_or(Value::Null, Value::String);
    let document_id = take("documentId").map_or(Value::Null, Value::String);
    let operation_name = take("operationName").map_or(Value::Null, Value::String);
    let mut json = |name: &str| match take(name) {
        None => Ok(Value::Null),
        Some(text) => serde_json::from_str(&text)
            .map_err(|error| Refusal::bad_request(format!("`{name}` is not JSON: {error}."))),
    };
    let body = Body {
        query,
        document_id,
        operation_name,
        variables: json("variables")?,
        extensions: json("extensions")?,
    };
    request(body, trusted)
}

fn request(body: Body, trusted: &TrustedDocuments) -> Result<Request, Refusal> {
    let query = match (body.query, body.document_id) {
        (Value::String(query), Value::Null) if !query.trim().is_empty() => query,
        (Value::Null, Value::String(id)) => trusted
            .by_id(&id)
            .map(str::to_owned)
            .ok_or_else(|| Refusal::bad_request("`documentId` names no registered document."))?,
        (Value::Null | Value::String(_), Value::Null) => {
            return Err(Refusal::bad_request(
                "`query` is missing: send a GraphQL document. /graphiql is the place to write one.",
            ));
        }
        (_, Value::Null) => return Err(Refusal::bad_request("`query` must be a string.")),
        (Value::Null, _) => return Err(Refusal::bad_request("`documentId` must be a string.")),
        _ => {
            return Err(Refusal::bad_request(
                "Send either `query` or `documentId`, not both.",
            ));
        }
    };
    let operation_name = match body.operation_name {
        Value::Null => None,
        Value::String(name) => Some(name).filter(|name| !name.is_empty()),
        _ => return Err(Refusal::bad_request("`operationName` must be a string.")),
    };
    let variables = match body.variables {
        Value::Null => Variables::default(),
        variables @ Value::Object(_) => Variables::from_json(variables),
        _ => return Err(Refusal::bad_request("`variables` must be an object.")),
    };
    if !matches!(body.extensions, Value::Null | Value::Object(_)) {
        return Err(Refusal::bad_request("`extensions` must be an object."));
    }
    let mut request = Request::new(query).variables(variables);
    if let Some(name) = operation_name {
        request = request.operation_name(name);
    }
    Ok(request)
}
