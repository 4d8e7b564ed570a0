//! One document through `graphql::execute`: nothing is changed, and no position is taken.

use graphql::{Access, Call, Key, Refusal, Request, Service, Variables, Visitor};
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Who calls, and under which request id the log finds it again.
#[derive(Clone, Debug)]
pub struct Caller {
    pub request_id: String,
    pub visitor: Visitor,
    /// The API key the caller showed, when it was good.
    pub key: Option<Key>,
}

/// What gives a result again: the arguments of the tool `query`, or a body for /graphql (`document` is its `query`).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// The GraphQL document.
    pub document: String,
    /// Its variables.
    #[serde(default)]
    pub variables: Map<String, Value>,
    /// Which operation of the document, when it has several.
    #[serde(alias = "name", skip_serializing_if = "Option::is_none")]
    pub operation_name: Option<String>,
}

/// What the schema gave.
pub struct Reply {
    pub data: Value,
    /// The data as text, in the order that was asked for.
    pub written: String,
    /// As GraphQL writes them: message, locations, path, extensions.
    pub errors: Vec<Map<String, Value>>,
}

pub async fn execute(service: &Service, caller: &Caller, operation: &Operation) -> Reply {
    let variables = Variables::from_json(Value::Object(operation.variables.clone()));
    let mut request = Request::new(&operation.document).variables(variables);
    if let Some(name) = &operation.operation_name {
        request = request.operation_name(name);
    }
    let call = Call {
        access: Access::ReadOnly,
        request_id: caller.request_id.clone(),
        visitor: caller.visitor,
        key: caller.key.clone(),
    };
    let reply = graphql::execute(service, &call, request).await;
    let mut response = reply.response;
    if let Some(instead) = reply.refused.and_then(instead) {
        for error in &mut response.errors {
            instead.clone_into(&mut error.message);
        }
    }
    let errors = serde_json::to_value(&response.errors).and_then(serde_json::from_value);
    let written = serde_json::to_string(&response.data);
    Reply {
        written: written.expect("data of GraphQL has only string keys"),
        data: response.data.into_json().unwrap_or_default(),
        errors: errors.expect("an error of GraphQL is an object with string keys"),
    }
}

/// What the schema says of POST and GET means nothing here.
fn instead(refusal: Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::MutationNotAllowed => Some(
            "this tool only reads: send a query; nothing of Bab can be changed by an assistant",
        ),
        Refusal::PositionNotAllowed => Some(
            "no position is taken from an assistant: name a town instead, as in \"parks near Meknès\"",
        ),
        Refusal::Invalid | Refusal::TooComplex | Refusal::RateLimited(_) | Refusal::NotTrusted => {
            None
        }
    }
}
