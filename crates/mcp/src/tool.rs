//! The tools: what they have in common.

mod ask;
mod query;
mod search;

use graphql::Service;
use rmcp::{
    model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations},
    schemars::{self, JsonSchema},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::call::{Caller, Operation, Reply};

/// What is said of any other tool.
pub const NONE_SUCH: &str = "there is no such tool; there are ask, search and query";

/// The longest message about arguments that do not fit: it repeats what was sent.
const MESSAGE_CHARACTERS: usize = 300;

pub fn all() -> Vec<Tool> {
    let tools = [ask::tool(), search::tool(), query::tool()];
    let reads = ToolAnnotations::new()
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    tools
        .into_iter()
        .map(|tool| tool.annotate(reads.clone()))
        .collect()
}

/// The result of a call; none for a tool that there is not.
pub async fn call(
    service: &Service,
    caller: &Caller,
    name: &str,
    arguments: JsonObject,
) -> Option<CallToolResult> {
    let outcome = match name {
        "ask" => ask::call(service, caller, arguments).await,
        "search" => search::call(service, caller, arguments).await,
        "query" => query::call(service, caller, arguments).await,
        _ => return None,
    };
    Some(
        outcome
            .unwrap_or_else(|Failure(text)| CallToolResult::error(vec![ContentBlock::text(text)])),
    )
}

/// Why there is no result: a code and what to do, for the model to read and mend.
#[derive(Debug)]
struct Failure(String);

impl Failure {
    fn input(message: &str) -> Self {
        Self(format!("BAD_USER_INPUT: {message}"))
    }

    fn ours(cause: &dyn std::fmt::Display, caller: &Caller) -> Self {
        tracing::error!(%cause, request_id = caller.request_id, "the schema gave what this door does not know");
        Self(format!(
            "INTERNAL_SERVER_ERROR: something went wrong on our side; try again, or use query (request {})",
            caller.request_id
        ))
    }

    fn errors(errors: &[Map<String, Value>], caller: &Caller) -> Self {
        Self(format!("{}\n(request {})", said(errors), caller.request_id))
    }
}

/// One line an error: code, message, place.
fn said(errors: &[Map<String, Value>]) -> String {
    let line = |error: &Map<String, Value>| {
        let text =
            |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let code = error.get("extensions").and_then(|all| all.get("code"));
        let mut line = format!("{}: {}", text(code), text(error.get("message")));
        if let Some(Value::Array(path)) = error.get("path")
            && !path.is_empty()
        {
            line += &format!(" (at {})", Value::from(path.clone()));
        }
        line
    };
    errors.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The arguments of a call, as the tool wants them.
fn read<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Failure> {
    serde_json::from_value(Value::Object(arguments)).map_err(|error| {
        let mut message = error.to_string();
        if let Some((end, _)) = message.char_indices().nth(MESSAGE_CHARACTERS) {
            message.truncate(end);
            message.push('…');
        }
        Failure::input(&format!(
            "the arguments do not fit the input schema of the tool: {message}"
        ))
    })
}

/// What the schema gave under `field`, as this door knows it.
fn taken<T: DeserializeOwned>(
    mut reply: Reply,
    field: &str,
    caller: &Caller,
) -> Result<T, Failure> {
    if !reply.errors.is_empty() {
        return Err(Failure::errors(&reply.errors, caller));
    }
    let value = reply.data.get_mut(field).map(Value::take);
    serde_json::from_value(value.unwrap_or_default()).map_err(|error| Failure::ours(&error, caller))
}

/// A result for people (`text`) and for programs (`structured`), and what gives it again.
fn result(
    text: String,
    operation: Option<&Operation>,
    structured: &impl Serialize,
) -> CallToolResult {
    let again = operation.map(|operation| {
        let arguments = serde_json::to_string(operation).expect("its keys are strings");
        ContentBlock::text(format!("To get this again, call query with {arguments}"))
    });
    let mut result = CallToolResult::success(
        [ContentBlock::text(text)]
            .into_iter()
            .chain(again)
            .collect(),
    );
    let structured = serde_json::to_value(structured).expect("its keys are strings");
    result.structured_content = Some(structured);
    result
}

/// A document a fact was read in.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Source {
    /// Its key.
    key: String,
    /// Who printed it.
    publisher: String,
    /// PRESS, REPORT, OFFICIAL, DATASET or COMPANY.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// Its title.
    title: String,
    /// When it was published, as far as that is known: 2020-12, say.
    #[serde(skip_serializing_if = "Option::is_none")]
    published_on: Option<String>,
    /// Its web address.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Licence of what was taken from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
}

impl Source {
    /// Title, publisher, date and address in one line.
    fn line(&self) -> String {
        let date = self.published_on.as_deref().unwrap_or("undated");
        let url = self.url.as_deref().map(|url| format!(", {url}"));
        format!(
            "{}, {}, {date}{}",
            self.title,
            self.publisher,
            url.unwrap_or_default()
        )
    }
}
