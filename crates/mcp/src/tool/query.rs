//! `query`: any read-only GraphQL document, under the limits that hold for everybody.

use graphql::Service;
use rmcp::{
    model::{CallToolResult, ContentBlock, JsonObject, Tool},
    schemars::{self, JsonSchema},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Failure, read, said};
use crate::call::{Caller, Operation, execute};

const DESCRIPTION: &str = r#"Runs a GraphQL query on the database of the offshoring ecosystem of Fès-Meknès and gives `data` with the document that gives it again. Reads only. For lists, filters, orders and counts that `ask` does not answer.

Root lists: observations (the figures), organisations, sites, parks, projects, agreements, plans, memberships, profiles, milestones, incentives, trainingProgrammes, events, territories, activities, indicators, sources. Each takes filter, orderBy, first (at most 100) and after, and gives nodes, totalCount and pageInfo. Single things by key: organisation(key:), park(key:), territory(code:) and so on. headline(indicator:, territory:) gives the leading figure of an indicator at a place, its conflicts and its series. Find keys with the tool `search`. Territory codes: 03 is the region, 03.231 the prefecture of Fès, 03.061 of Meknès; `within` takes everything below.

Always select the source with a figure: { headline(indicator: "call_centres", territory: "03.231") { observation { value unit { key } period qualifier producer { name } source { title publisher publishedOn url } } } }

The schema is the resource bab://schema.graphql, examples with answers are bab://examples/…; introspection works too: { __type(name: "ObservationFilter") { inputFields { name description } } }"#;

/// The largest result given: more would fill a model's memory, and is better asked for in pages.
const MAX_RESULT_BYTES: usize = 128 * 1024;

/// Said where figures come without one.
const NO_SOURCE: &str = "figures without their source: select source { title publisher publishedOn url }, period and qualifier before \
    giving one to anybody";

pub fn tool() -> Tool {
    Tool::new("query", DESCRIPTION, JsonObject::new())
        .with_title("Query the database (GraphQL, read only)")
        .with_input_schema::<Input>()
        .with_output_schema::<Given>()
}

pub async fn call(
    service: &Service,
    caller: &Caller,
    arguments: JsonObject,
) -> Result<CallToolResult, Failure> {
    let input: Input = read(arguments)?;
    let operation = Operation {
        document: input.document,
        variables: input.variables.unwrap_or_default(),
        operation_name: input.operation_name,
    };
    let reply = execute(service, caller, &operation).await;
    if reply.data.is_null() {
        return Err(Failure::errors(&reply.errors, caller));
    }
    let mut text = reply.written;
    if text.len() > MAX_RESULT_BYTES {
        return Err(Failure(format!(
            "TOO_COMPLEX: the result has {} bytes, at most {MAX_RESULT_BYTES} are given; ask for fewer rows (first, after), fewer \
             fields, or totalCount",
            text.len()
        )));
    }
    let note = (has(&reply.data, "value") && !has(&reply.data, "publisher")).then_some(NO_SOURCE);
    if let Some(note) = note {
        text += &format!("\n\nNote: {note}");
    }
    let failed = !reply.errors.is_empty();
    if failed {
        text += &format!("\n\nOnly a part was answered:\n{}", said(&reply.errors));
    }
    let given = Given {
        data: reply.data,
        errors: reply.errors,
        note,
        operation,
    };
    let content = vec![ContentBlock::text(text)];
    let mut result = match failed {
        true => CallToolResult::error(content),
        false => CallToolResult::success(content),
    };
    let structured = serde_json::to_value(&given).expect("its keys are strings");
    result.structured_content = Some(structured);
    Ok(result)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Input {
    /// A GraphQL document with a query, at most 64 KiB.
    document: String,
    /// Its variables, by name.
    variables: Option<Map<String, Value>>,
    /// Which operation of the document runs, when it has several.
    operation_name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Given {
    /// What the document asked for.
    data: Value,
    /// What could not be answered: message, path, and a code in `extensions`. Empty when all of it was.
    errors: Vec<Map<String, Value>>,
    /// What is missing before a figure can be quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    /// What gives it again: the arguments of this tool.
    operation: Operation,
}

/// Whether a field of this name is anywhere in the data.
fn has(data: &Value, name: &str) -> bool {
    match data {
        Value::Object(fields) => fields
            .iter()
            .any(|(key, value)| key == name || has(value, name)),
        Value::Array(values) => values.iter().any(|value| has(value, name)),
        _ => false,
    }
}
